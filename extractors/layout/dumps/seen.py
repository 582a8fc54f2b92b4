"""A unit compared with others: room on the line above, and the row and page around it."""

from __future__ import annotations

import re
from itertools import pairwise

from extractors.layout.cells.cues import ends_question
from extractors.layout.dumps.habits import AROUND_BREAK, shape
from extractors.layout.dumps.units import Unit, ends_blank
from extractors.layout.dumps.widths import Width, with_word

_MOST_ASKING = 20
"""Number of units with the same question that are searched for another one."""
_TOO_WIDE = 1.12
_NEAR_CUT = 2
_NARROWER = 0.85
LONG = 160.0
"""Letters from which a unit counts as long."""
_FOOTNOTE = re.compile(r"(?:\d{1,2}|\*{1,3})\s[A-ZÅÄÖ]")


def question_width(unit: Unit) -> Width:
    """Width of the question column."""
    return unit.context.widths[0]


def comment_width(unit: Unit) -> Width:
    """Width of the comment column."""
    return unit.context.widths[1]


def has_room(before: Unit | None, after: Unit, width: Width) -> bool:
    """Whether the next word would have fitted on the line before: the break is deliberate."""
    if before is None or not width.full:
        return False
    return width.measure(with_word(before.last_line, after.text)) < width.full


def is_full(before: Unit | None, after: Unit, width: Width) -> bool:
    """Whether the next word did not fit on the line before, as where a column wraps."""
    return before is not None and bool(width.full) and not has_room(before, after, width)


def is_wider(unit: Unit, width: Width) -> bool:
    """Whether a line is too wide for a column."""
    return bool(width.limit) and _longest(unit, width) > _TOO_WIDE * width.limit


def is_narrow(unit: Unit) -> bool:
    """Whether lines that fill the question column are in a much wider comment column."""
    question, comment = question_width(unit), comment_width(unit)
    if len(unit.chunk.lines) < 3 or question.limit >= _NARROWER * comment.limit:
        return False
    return _longest(unit, question) <= 1.05 * question.limit


def _longest(unit: Unit, width: Width) -> float:
    return max(map(width.measure, unit.chunk.lines))


def breaks_inside(unit: Unit, width: Width) -> float:
    """Share of the line ends inside a unit where the next word would have fitted."""
    lines = unit.chunk.lines
    if len(lines) < 2 or not width.full:
        return 0.0
    ends = [with_word(before, after) for before, after in pairwise(lines)]
    return sum(width.measure(end) < width.full for end in ends) / len(ends)


def is_low(unit: Unit) -> bool:
    """Whether a unit begins with a lower-case letter."""
    return unit.text[:1].islower()


def stands_elsewhere(before: Unit | None, after: Unit) -> bool:
    """Whether the words around a break occur together elsewhere in the dump."""
    if before is None:
        return False
    own = before.chunk.squeezed[-AROUND_BREAK:] + after.chunk.squeezed[:AROUND_BREAK]
    return len(own) == 2 * AROUND_BREAK and own in after.context.style.windows


def trails(unit: Unit) -> bool:
    """Whether the line before has a space at its end where only unfinished lines do."""
    return unit.context.style.trails and unit.before is not None and ends_blank(unit.before)


def lacks_trail(unit: Unit) -> bool:
    """Whether the line before ends without the space that unfinished lines have."""
    return unit.context.style.trails and unit.before is not None and not ends_blank(unit.before)


def is_gapped(unit: Unit) -> bool:
    """Whether empty lines separate the cells of this dump."""
    return unit.context.style.is_gapped


def units_between(start: Unit | None, end: Unit | None) -> int:
    """Number of units from one to another; 99 where one of them is missing."""
    return 99 if start is None or end is None else end.at - start.at


def asks_later(unit: Unit) -> bool:
    """Whether another unit is a question before the next answer."""
    following = unit.next_asking
    for _ in range(_MOST_ASKING):
        if following is None or not _is_before_answer(unit, following):
            return False
        if following.sentence not in unit.sentence:
            return True
        following = following.next_asking
    return False


def cuts_later(unit: Unit) -> bool:
    """Whether a page begins before the next answer."""
    return unit.next_cut is not None and _is_before_answer(unit, unit.next_cut)


def _is_before_answer(unit: Unit, following: Unit) -> bool:
    """Whether a unit after another one comes before the next answer."""
    return unit.next_answer is None or following.at < unit.next_answer.at


def since_cut(unit: Unit) -> int:
    """Number of units since a page began, in this row; 99 if none did."""
    return 0 if unit.breaks else units_between(unit.cut, unit)


def page_above(unit: Unit) -> Unit | None:
    """The last unit of the previous page, if a page has begun in this row."""
    return unit.before if unit.breaks else unit.cut_from


def is_first_after_cut(unit: Unit) -> bool:
    """Whether a unit is the first of its page."""
    return unit.breaks > 0


def is_second(unit: Unit) -> bool:
    """Whether a unit is the second of its page."""
    return since_cut(unit) == 1


def comment_is_open(unit: Unit) -> bool:
    """Whether the previous page ends without a full stop."""
    return (above := page_above(unit)) is not None and 0 < above.is_open < 1


def comment_is_cut_short(unit: Unit) -> bool:
    """Whether the previous page ends with a word that cannot end a sentence."""
    return (above := page_above(unit)) is not None and above.is_open == 1


def comment_is_finished(unit: Unit) -> bool:
    """Whether the previous page ends with a full stop."""
    return (above := page_above(unit)) is not None and not above.is_open


def repeats(unit: Unit) -> bool:
    """Whether a text recurs in the dump apart from its figures, as running headers do."""
    return unit.context.style.shapes[shape(unit.text)] > 2


def is_inside_page(unit: Unit) -> bool:
    """Whether no page is seen to begin right before or after a unit."""
    return since_cut(unit) > _NEAR_CUT and (unit.after is None or not unit.after.breaks)


def is_like_footnote(unit: Unit) -> bool:
    """Whether a unit begins with a bare figure or star before a capital, as footnotes do."""
    return bool(_FOOTNOTE.match(unit.text))


def near_cut(unit: Unit) -> bool:
    """Whether a page began a few units before."""
    return 0 < since_cut(unit) < 5


def lacks_kind(unit: Unit) -> bool:
    """Whether the question cell before the last answer lacks a label or reference."""
    usual = unit.context.usual
    if not usual or unit.cell_end is None:
        return False
    return not usual <= unit.cell_end.cell_kinds


def has_kind_already(unit: Unit) -> bool:
    """Whether its label or reference begins another paragraph of the row's question cell."""
    return bool(unit.kind) and unit.cell_end is not None and unit.kind in unit.cell_end.cell_kinds


def has_other_reference(unit: Unit) -> bool:
    """Whether it gives a different reference from the row's question cell."""
    if unit.ref is None or unit.cell_end is None:
        return False
    return bool(unit.cell_end.cell_refs - {unit.ref})


def has_kind_due(unit: Unit) -> bool:
    """Whether a unit begins with exactly the label or reference that its row lacks."""
    return bool(unit.kind) and unit.kind in unit.context.usual and lacks_kind(unit)


def cell_is_bare(unit: Unit) -> bool:
    """Whether the question cell before the last answer is only the question."""
    end = unit.cell_end
    return end is not None and ends_question(end.text)


def cell_lacks_question(unit: Unit) -> bool:
    """Whether there was no question between the last answer and the answer before it."""
    return unit.answered is not None and unit.answered.asked is None


def ref_order(unit: Unit) -> int:
    """1 if the reference of a unit is the next one due, -1 if it goes back, otherwise 0."""
    own, last = unit.ref, unit.last_ref
    if own is None or last is None or not unit.context.style.counts_up:
        return 0
    if own <= last:
        return -1
    same = len(last) == len(own) and last[:-1] == own[:-1]
    return int((same and own[-1] == last[-1] + 1) or (not same and own[-1] == 1))
