"""The evidence for the units of a table in a dump, each with a function and a line in a table."""

from __future__ import annotations

from collections.abc import Callable

from extractors.layout.cells.cues import ends_question
from extractors.layout.cells.openings import starts_item
from extractors.layout.decoding.evidence import Evidence
from extractors.layout.dumps.chunk import Gap
from extractors.layout.dumps.seen import (
    LONG,
    asks_later,
    breaks_inside,
    cell_is_bare,
    cell_lacks_question,
    comment_is_cut_short,
    comment_is_finished,
    comment_is_open,
    comment_width,
    cuts_later,
    has_kind_already,
    has_kind_due,
    has_other_reference,
    has_room,
    is_first_after_cut,
    is_full,
    is_gapped,
    is_inside_page,
    is_like_footnote,
    is_low,
    is_narrow,
    is_second,
    is_wider,
    lacks_kind,
    lacks_trail,
    near_cut,
    page_above,
    question_width,
    ref_order,
    repeats,
    since_cut,
    stands_elsewhere,
    trails,
    units_between,
)
from extractors.layout.dumps.units import Unit, continued, counts_on
from extractors.structure.notices import is_instruction_label
from extractors.text import unmark


def _both(one: Callable[[Unit], object], other: Callable[[Unit], object]) -> Callable[[Unit], bool]:
    return lambda unit: bool(one(unit) and other(unit))


def _gap(unit: Unit) -> bool:
    return unit.chunk.gap is Gap.EMPTY


def _ends_below(unit: Unit, most: float) -> bool:
    return unit.is_open <= most


def _ends(unit: Unit | None) -> str:
    """How a text ends, in one word."""
    if unit is None:
        return "missing"
    return {0.0: "finished", 1.0: "cut short"}.get(unit.is_open, "open")


def _at_cut(question: str, comment: str, *, low: bool) -> Evidence[Unit]:
    """Evidence of how both cells end before a page and how the page begins."""

    def is_so(unit: Unit) -> bool:
        if not unit.breaks or is_low(unit) is not low:
            return False
        return (_ends(unit.cell_end), _ends(unit.before)) == (question, comment)

    opens = "low" if low else "not low"
    return Evidence(f"page opens {opens}, question {question}, comment {comment}", is_so)


_ENDS = ("finished", "open", "cut short")
_AT_CUTS = tuple(
    _at_cut(question, comment, low=low)
    for question in _ENDS
    for comment in _ENDS
    for low in (True, False)
)


EVIDENCE: tuple[Evidence[Unit], ...] = (
    # The text itself.
    Evidence("asks", lambda unit: unit.asks, (-2, -1, 0, 1, 2)),
    Evidence("ends with a question mark", lambda unit: ends_question(unit.text), (-2, -1, 0)),
    Evidence("holds a question mark", lambda unit: "?" in unit.text, (0,)),
    Evidence("opens a detail", lambda unit: unit.opens_detail, (-2, -1, 0, 1, 2)),
    Evidence("opens with a reference", lambda unit: bool(unit.kind), (-1, 0, 1)),
    Evidence("asks by reference", lambda unit: unit.kind in unit.context.asking, (0,)),
    Evidence("is an answer", lambda unit: unit.answer == 3, (-2, -1, 0, 1, 2)),
    Evidence("opens with an answer", lambda unit: unit.answer == 2, (-1, 0, 1)),
    Evidence("may be an answer", lambda unit: unit.answer == 1, (0,)),
    Evidence("has a mark", lambda unit: unmark(unit.text) != unit.text, (-1, 0, 1)),
    Evidence(
        "may be an answer, with a mark",
        _both(lambda u: u.answer == 1, lambda u: u.chunk.lead or unmark(u.text) != u.text),
    ),
    Evidence("opens low", is_low, (0, 1)),
    Evidence("opens with a figure", lambda unit: unit.text[:1].isdigit(), (0,)),
    Evidence("opens a list item", lambda unit: starts_item(unit.text), (-1, 0, 1)),
    Evidence("counts on", counts_on, (0,)),
    Evidence("is finished", lambda unit: _ends_below(unit, 0), (-1, 0)),
    Evidence("cannot end so", lambda unit: unit.is_open == 1, (-1, 0)),
    Evidence("ends with a colon", lambda unit: unit.text.endswith(":"), (-1, 0)),
    Evidence("length", lambda unit: min(1.0, len(unit.text) / LONG), (-1, 0, 1)),
    Evidence("lines", lambda unit: min(1.0, len(unit.chunk.lines) / 4), (0,)),
    Evidence("words", lambda unit: min(1.0, len(unit.text.split()) / 10), (0,)),
    Evidence("is known", lambda unit: unit.is_known, (-1, 0, 1)),
    Evidence("known questions hold it", lambda unit: float(unit.in_known), (-1, 0, 1)),
    Evidence("next reference", lambda unit: ref_order(unit) == 1, (0, 1)),
    Evidence("reference goes back", lambda unit: ref_order(unit) == -1, (0,)),
    Evidence("repeats", repeats, (-1, 0, 1)),
    Evidence("repeats, list item", _both(repeats, lambda u: starts_item(u.text)), (0,)),
    Evidence("repeats inside a page", _both(repeats, is_inside_page), (0,)),
    Evidence("is like a footnote", is_like_footnote),
    Evidence("instruction", lambda u: is_instruction_label(u.text, u.context.form), (-1, 0)),
    # What comes before it.
    Evidence("gap", _gap, (-1, 0, 1)),
    Evidence("gap in a gapped dump", _both(_gap, is_gapped), (0, 1)),
    Evidence("no gap in a gapped dump", _both(lambda u: not u.chunk.gap, is_gapped), (0, 1)),
    Evidence("line of blanks", lambda unit: unit.chunk.gap is Gap.BLANKS, (-1, 0, 1)),
    Evidence(
        "line of blanks as in cells",
        _both(lambda u: u.chunk.gap is Gap.BLANKS, lambda u: u.context.style.inner_blanks),
        (0, 1),
    ),
    Evidence(
        "gap, not as in cells",
        _both(_gap, lambda u: u.context.style.inner_blanks),
    ),
    Evidence("wide gap", lambda unit: unit.chunk.after_empty, (0,)),
    Evidence("blank first", lambda unit: unit.chunk.lead, (0,)),
    Evidence(
        "answer with its blank",
        _both(lambda u: u.chunk.lead and u.answer, lambda u: u.context.style.lead_answers),
    ),
    Evidence(
        "answer without its blank",
        _both(lambda u: not u.chunk.lead and u.answer, lambda u: u.context.style.lead_answers),
    ),
    Evidence("unfinished line", trails),
    Evidence("finished line", lacks_trail),
    Evidence("goes on", lambda unit: continued(unit.before, unit), (0, 1)),
    # How it fits the columns.
    Evidence("line above had room", lambda u: has_room(u.before, u, comment_width(u))),
    Evidence("line above was full", lambda u: is_full(u.before, u, comment_width(u))),
    Evidence("question line had room", lambda u: has_room(u.before, u, question_width(u))),
    Evidence("question line was full", lambda u: is_full(u.before, u, question_width(u))),
    Evidence("too wide for questions", lambda u: is_wider(u, question_width(u)), (-1, 0, 1)),
    Evidence("too wide for comments", lambda u: is_wider(u, comment_width(u)), (-1, 0, 1)),
    Evidence("narrow as questions", is_narrow, (0,)),
    Evidence("breaks as no question", lambda u: breaks_inside(u, question_width(u))),
    Evidence("breaks as no comment", lambda u: breaks_inside(u, comment_width(u))),
    # Where it is between the answers.
    Evidence("no answer before", lambda unit: unit.answered is None),
    Evidence("first of the table", lambda unit: unit.at == 0),
    Evidence("1 after the answer", lambda u: units_between(u.answered, u) == 1),
    Evidence("2 after the answer", lambda u: units_between(u.answered, u) == 2),
    Evidence("3 or 4 after the answer", lambda u: units_between(u.answered, u) in (3, 4)),
    Evidence("no answer after", lambda unit: unit.next_answer is None),
    Evidence("1 before the answer", lambda u: units_between(u, u.next_answer) == 1),
    Evidence("2 before the answer", lambda u: units_between(u, u.next_answer) == 2),
    Evidence("3 or 4 before the answer", lambda u: units_between(u, u.next_answer) in (3, 4)),
    Evidence("far from the answer", lambda u: units_between(u, u.next_answer) > 7),
    Evidence("asked since the answer", lambda unit: unit.asked is not None, (0,)),
    Evidence(
        "asked and not asking",
        _both(lambda u: u.asked is not None and not u.asks, lambda u: u.next_answer is not None),
    ),
    Evidence("asks later", asks_later, (0,)),
    Evidence(
        "asks last before the answer",
        _both(lambda u: u.asks and u.next_answer is not None, lambda u: not asks_later(u)),
    ),
    Evidence(
        "asked for the last time",
        _both(lambda u: u.asked is not None and not u.asks, lambda u: not asks_later(u)),
    ),
    # What is between two tables.
    Evidence("a head follows", lambda unit: unit.chunk.before_head, (0, 1)),
    Evidence("a head follows, gap", _both(lambda u: u.chunk.before_head, _gap), (0, 1)),
    Evidence(
        "a head follows, one finished line",
        _both(lambda u: u.chunk.before_head and not u.is_open, lambda u: len(u.chunk.lines) == 1),
    ),
    Evidence(
        "a head follows, unit above is open",
        _both(lambda u: u.chunk.before_head, lambda u: u.before is not None and u.before.is_open),
    ),
    Evidence("a head follows, opens low", _both(lambda unit: unit.chunk.before_head, is_low), (0,)),
    # Where a page break cuts the row.
    Evidence("opens a page", lambda unit: unit.breaks == 2, (0, 1)),
    Evidence("may open a page", lambda unit: unit.breaks == 1, (0, 1)),
    Evidence("few units into the page", near_cut),
    Evidence("second on the page", is_second),
    Evidence("page begins later", cuts_later),
    Evidence("first, and asks", _both(is_first_after_cut, lambda u: u.asks)),
    Evidence("first, and opens low", _both(is_first_after_cut, is_low)),
    Evidence("first, and opens a detail", _both(is_first_after_cut, lambda u: u.opens_detail)),
    Evidence("first, and an answer", _both(is_first_after_cut, lambda u: u.answer > 1)),
    Evidence(
        "first, comment above finished",
        _both(is_first_after_cut, lambda u: u.before is not None and not u.before.is_open),
    ),
    Evidence(
        "first, comment above cannot end so",
        _both(is_first_after_cut, lambda u: u.before is not None and u.before.is_open == 1),
    ),
    Evidence(
        "first, goes on with the comment",
        _both(is_first_after_cut, lambda u: continued(u.before, u)),
    ),
    Evidence(
        "first, comment line was full",
        _both(is_first_after_cut, lambda u: is_full(u.before, u, comment_width(u))),
    ),
    Evidence(
        "first, goes on with the question",
        _both(is_first_after_cut, lambda u: continued(u.cell_end, u)),
    ),
    Evidence(
        "first, question cell finished",
        _both(is_first_after_cut, lambda u: u.cell_end is not None and not u.cell_end.is_open),
    ),
    Evidence(
        "first, question cell cannot end so",
        _both(is_first_after_cut, lambda u: u.cell_end is not None and u.cell_end.is_open == 1),
    ),
    Evidence(
        "first, question cell's line was full",
        _both(is_first_after_cut, lambda u: is_full(u.cell_end, u, question_width(u))),
    ),
    Evidence("first, question cell is bare", _both(is_first_after_cut, cell_is_bare)),
    Evidence(
        "first, question cell is bare against habit",
        _both(is_first_after_cut, lambda u: cell_is_bare(u) and u.context.detailed > 0.6),
    ),
    Evidence(
        "first, nothing asked yet, and asks",
        _both(is_first_after_cut, lambda u: cell_lacks_question(u) and u.asks),
    ),
    Evidence("second, comment above open", _both(is_second, comment_is_open), (0, 1)),
    Evidence("second, comment above cut short", _both(is_second, comment_is_cut_short), (0, 1)),
    Evidence("second, comment above finished", _both(is_second, comment_is_finished), (0, 1)),
    Evidence("lacks a kind", _both(lacks_kind, lambda u: since_cut(u) < 5)),
    Evidence("row has its kind already", has_kind_already),
    Evidence("first, row has its kind already", _both(is_first_after_cut, has_kind_already)),
    Evidence("row has another reference", has_other_reference),
    Evidence("has the kind due", has_kind_due),
    Evidence("words stand so elsewhere", lambda u: stands_elsewhere(u.before, u)),
    Evidence("words of the cell stand so elsewhere", lambda u: stands_elsewhere(u.cell_end, u)),
    Evidence(
        "later, goes on with the comment",
        _both(near_cut, lambda u: continued(page_above(u), u)),
        (0, 1),
    ),
    Evidence(
        "later, comment line was full",
        _both(near_cut, lambda u: is_full(page_above(u), u, comment_width(u))),
    ),
    Evidence(
        "later, comment above is finished",
        _both(near_cut, lambda u: (above := page_above(u)) is not None and not above.is_open),
    ),
    Evidence(
        "later, comment stands so elsewhere",
        _both(near_cut, lambda u: stands_elsewhere(page_above(u), u)),
    ),
    Evidence(
        "page began with the rest of the question",
        _both(near_cut, lambda u: u.cut is not None and continued(u.cell_end, u.cut)),
    ),
    *_AT_CUTS,
)
"""All evidence. `near` names the neighbouring units that are considered as well."""
