"""Where paragraphs of a cell begin in a dump: evidence on each pair of successive pieces."""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable
from dataclasses import dataclass

from extractors.layout.cells.cues import ends_question
from extractors.layout.cells.openings import starts_item
from extractors.layout.decoding.evidence import Evidence
from extractors.layout.dumps.chunk import Gap

BEGINS = "begins"
_NOTE = re.compile(r"[⁰¹²³⁴-⁹]{1,2}\s\w")

PARAGRAPH_LABELS = (BEGINS, "goes-on")


@dataclass(frozen=True, slots=True)
class Link:
    """Two successive units of a cell in a dump, or two of its lines.

    Attributes:
        before: Text of the first.
        after: Text of the second: it begins a paragraph, or continues that of the first.
        room: Share of the column's width that would have been left on the line before after adding
            the next word; below 0 the word did not fit.
        is_comment: Whether the cell is the comment's.
        is_cut: Whether a page certainly or possibly begins between the two.
        gap: What separates them, if there are only blank lines between them.
        openness: How unfinished the end of the first is, 0 to 1.
        asked: Whether the sentence of the first is a question.
        kind: Label or reference of the form that the second begins with; "" for neither.
        opens_detail: Whether question cells continue in that way in this table.
        in_list: Whether a list item begins a few lines before the second.
        counts_on: Whether the second has the next number after that of an item before it.
        is_short: Whether the second is a short line by itself.
        after_line: Whether the first is a single line.
        trail: 1 if a space at the end of the line before shows that it is unfinished, -1 if it has
            none where unfinished lines do; otherwise 0.
        shows_gaps: Whether gaps separate the paragraphs, or cells, of this dump.
        is_unwrapped: Whether lines end only where paragraphs do.
        beside: Whether another column has lines beside both.
        shifted: Whether the lines of the other column are aligned differently beside the two.
        passed: Whether there is a line of another column alone between the two.
        misfit: How badly the width of the column explains where its lines end, 0 to 1.
        indent: 1 if the second begins further right than the first, -1 if further left; else 0.
    """

    before: str
    after: str
    room: float
    is_comment: bool
    is_cut: bool
    gap: Gap
    openness: float
    asked: bool
    kind: str
    opens_detail: bool
    in_list: bool
    counts_on: bool = False
    is_short: bool = False
    after_line: bool = True
    trail: int = 0
    shows_gaps: bool = False
    is_unwrapped: bool = False
    beside: bool = False
    shifted: bool = False
    passed: bool = False
    misfit: float = 0.0
    indent: int = 0

    @property
    def is_finished(self) -> bool:
        """Whether the first ends with a full stop, or is a question."""
        return not self.openness

    @property
    def opens_sentence(self) -> bool:
        """Whether a sentence ends with the first, and the second begins like a sentence."""
        return self.is_finished and not self.after[:1].islower()


def opens_item(text: str) -> bool:
    """Whether a text opens with the mark of a list item, or with the raised number of a note."""
    return starts_item(text) or _NOTE.match(text) is not None


Test = Callable[[Link], bool]

_STEPS = (-9.0, -0.15, -0.05, -0.01, 0.01, 0.03, 0.08, 0.2, 9.0)
_KINDS: dict[str, Test] = {
    "": lambda _: True,
    ", sentence opens": lambda link: link.opens_sentence,
    ", unfinished": lambda link: not link.is_finished,
    ", capital": lambda link: link.after[:1].isupper(),
    ", list item": lambda link: opens_item(link.after),
    ", in a list": lambda link: link.in_list,
    ", cut": lambda link: link.is_cut,
    ", no gap where they show": lambda link: link.shows_gaps and link.gap is Gap.NONE,
    ", question cell": lambda link: not link.is_comment,
}


def _room(low: float, high: float, kind: str) -> Evidence[Link]:
    """Evidence that the free share of a line is between two bounds."""
    holds = _KINDS[kind]
    name = f"room {low:.0%} to {high:.0%}" if low > -1 else f"room below {high:.0%}"
    return Evidence(name + kind, lambda link: low <= link.room < high and holds(link))


_ROOMS = tuple(
    _room(low, high, kind) for kind in _KINDS for low, high in itertools.pairwise(_STEPS)
)

PARAGRAPH_EVIDENCE: tuple[Evidence[Link], ...] = (
    Evidence("in the comment", lambda link: link.is_comment),
    Evidence("gap", lambda link: link.gap is Gap.EMPTY and not link.is_cut),
    Evidence("gap, finished", lambda link: link.gap is Gap.EMPTY and link.is_finished),
    Evidence("line of blanks", lambda link: link.gap is Gap.BLANKS and not link.is_cut),
    Evidence("gap at a cut", lambda link: link.gap is not Gap.NONE and link.is_cut),
    Evidence(
        "no gap where they show",
        lambda link: link.shows_gaps and link.gap is Gap.NONE and not link.is_cut,
    ),
    Evidence(
        "no gap where they show, nothing beside",
        lambda link: (
            link.shows_gaps and link.gap is Gap.NONE and not link.is_cut and not link.beside
        ),
    ),
    Evidence(
        "gap where they show", lambda link: link.shows_gaps and link.gap > 0 and not link.is_cut
    ),
    Evidence("another column beside", lambda link: link.beside),
    Evidence("stands otherwise beside it", lambda link: link.shifted),
    Evidence(
        "stands otherwise beside it, sentence opens",
        lambda link: link.shifted and link.opens_sentence,
    ),
    Evidence("passed by another column", lambda link: link.passed),
    Evidence(
        "passed by another column, sentence opens",
        lambda link: link.passed and link.opens_sentence,
    ),
    Evidence("cut", lambda link: link.is_cut),
    Evidence("cut, finished", lambda link: link.is_cut and link.is_finished),
    Evidence("cut, cannot end so", lambda link: link.is_cut and link.openness == 1),
    Evidence("finished", lambda link: link.is_finished),
    Evidence("cannot end so", lambda link: link.openness == 1),
    Evidence("sentence opens", lambda link: link.opens_sentence),
    Evidence("asked", lambda link: ends_question(link.before)),
    Evidence("asked, in the question cell", lambda link: link.asked and not link.is_comment),
    Evidence("ends with a colon", lambda link: link.before.endswith(":")),
    Evidence("ends with a comma", lambda link: link.before.endswith(",")),
    Evidence("ends with a hyphen", lambda link: link.before.endswith(("-", "/"))),
    Evidence("opens low", lambda link: link.after[:1].islower()),
    Evidence("opens low, unfinished", lambda link: link.after[:1].islower() and link.openness > 0),
    Evidence("opens with a capital", lambda link: link.after[:1].isupper()),
    Evidence("opens with a figure", lambda link: link.after[:1].isdigit()),
    Evidence("opens a list item", lambda link: opens_item(link.after)),
    Evidence("counts on", lambda link: link.counts_on),
    Evidence("list item before", lambda link: starts_item(link.before)),
    Evidence("in a list", lambda link: link.in_list),
    Evidence("opens a detail", lambda link: link.opens_detail),
    Evidence("opens with a label or reference", lambda link: bool(link.kind)),
    Evidence(
        "opens a detail in the question cell", lambda link: bool(link.kind) and not link.is_comment
    ),
    Evidence("begins further right", lambda link: link.indent > 0),
    Evidence("begins further left", lambda link: link.indent < 0),
    Evidence("short", lambda link: link.is_short),
    Evidence("short before", lambda link: link.after_line),
    Evidence("unfinished line", lambda link: link.trail > 0),
    Evidence("finished line", lambda link: link.trail < 0),
    Evidence("finished line, finished", lambda link: link.trail < 0 and link.is_finished),
    Evidence("finished line, had room", lambda link: link.trail < 0 and link.room >= 0),
    Evidence("long lines", lambda link: link.is_unwrapped),
    Evidence("long lines, finished", lambda link: link.is_unwrapped and link.is_finished),
    Evidence("width unsure", lambda link: link.misfit),
    Evidence("width unsure, had room", lambda link: link.misfit * (link.room > 0)),
    *_ROOMS,
)
"""All evidence."""
