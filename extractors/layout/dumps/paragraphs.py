"""Where paragraphs of a cell begin in a dump: evidence on each two units that follow in a cell."""

from __future__ import annotations

import itertools
from typing import NamedTuple

from extractors.layout.decoding.evidence import Evidence
from extractors.layout.dumps.chunks import Gap
from extractors.layout.dumps.units import Unit, continued, counts_on, ends_blank
from extractors.layout.rows.wording import ends_question, opens_list_item


class Link(NamedTuple):
    """Two units that follow one another in a cell.

    Attributes:
        before: The first.
        unit: The second: it begins a paragraph, or goes on with that of the first.
        is_comment: Whether the cell is that of the comment.
    """

    before: Unit
    unit: Unit
    is_comment: bool

    @property
    def touches(self) -> bool:
        """Whether nothing stands between the two in the dump."""
        return self.unit.at == self.before.at + 1

    @property
    def is_cut(self) -> bool:
        """Whether a page begins between the two, surely or perhaps."""
        return self.unit.breaks > 0 or not self.touches

    @property
    def gap(self) -> Gap:
        """What stands between them, where nothing but blank lines does."""
        return self.unit.chunk.gap if self.touches else Gap.NONE

    @property
    def is_finished(self) -> bool:
        """Whether the first ends with a full stop, or asks."""
        return not self.before.is_open

    @property
    def room(self) -> float:
        """Share of the column's width that the next word left free on the line before."""
        style = self.unit.context.style
        width = self.unit.context.widths[self.is_comment]
        if not width.widest:
            return 0.2
        return 1.0 - style.length_with(self.before.last_line, self.unit.text) / width.widest


def _room(low: float, high: float, finished: bool | None = None) -> Evidence[Link]:
    """Evidence that the share of a line that was free lies between two bounds."""

    def is_within(link: Link) -> bool:
        if finished is not None and link.is_finished is not finished:
            return False
        return low <= link.room < high

    name = f"room {low:.0%} to {high:.0%}" if low > -1 else f"room below {high:.0%}"
    kinds = {None: "", True: ", finished", False: ", unfinished"}
    return Evidence(name + kinds[finished], is_within)


_STEPS = (-9.0, -0.05, 0.0, 0.05, 0.1, 0.2, 0.35, 9.0)
_ROOMS = tuple(
    _room(low, high, finished)
    for finished in (True, False)
    for low, high in itertools.pairwise(_STEPS)
)


PARAGRAPH_EVIDENCE: tuple[Evidence[Link], ...] = (
    Evidence("in the comment", lambda link: link.is_comment),
    Evidence("gap", lambda link: link.gap is Gap.EMPTY and not link.is_cut),
    Evidence("gap, finished", lambda link: link.gap is Gap.EMPTY and link.is_finished),
    Evidence("line of blanks", lambda link: link.gap is Gap.BLANKS and not link.is_cut),
    Evidence("gap at a cut", lambda link: link.gap is not Gap.NONE and link.is_cut),
    Evidence(
        "no gap in a gapped dump",
        lambda link: link.unit.context.style.is_gapped and link.gap is Gap.NONE and not link.is_cut,
    ),
    Evidence(
        "gap in a gapped dump",
        lambda link: link.unit.context.style.is_gapped and link.gap > 0 and not link.is_cut,
    ),
    Evidence("cut", lambda link: link.is_cut),
    Evidence("cut, finished", lambda link: link.is_cut and link.is_finished),
    Evidence("cut, cannot end so", lambda link: link.is_cut and link.before.is_open == 1),
    Evidence("finished", lambda link: link.is_finished),
    Evidence("cannot end so", lambda link: link.before.is_open == 1),
    Evidence("asked", lambda link: ends_question(link.before.text)),
    Evidence("asked, in the question cell", lambda link: link.before.asks and not link.is_comment),
    Evidence("ends with a colon", lambda link: link.before.text.endswith(":")),
    Evidence("opens low", lambda link: link.unit.text[:1].islower()),
    Evidence("goes on in the middle", lambda link: continued(link.before, link.unit)),
    Evidence("opens with a capital", lambda link: link.unit.text[:1].isupper()),
    Evidence("opens with a figure", lambda link: link.unit.text[:1].isdigit()),
    Evidence("opens a list item", lambda link: opens_list_item(link.unit.text)),
    Evidence("counts on", lambda link: counts_on(link.unit)),
    Evidence("list item before", lambda link: opens_list_item(link.before.text)),
    Evidence("opens a detail", lambda link: link.unit.opens_detail),
    Evidence("opens with a label or reference", lambda link: bool(link.unit.kind)),
    Evidence(
        "opens a detail in the question cell",
        lambda link: bool(link.unit.kind) and not link.is_comment,
    ),
    Evidence("short", lambda link: len(link.unit.text) < 40 and len(link.unit.chunk.lines) == 1),
    Evidence("short before", lambda link: len(link.before.chunk.lines) == 1),
    Evidence(
        "unfinished line",
        lambda link: link.unit.context.style.trails and ends_blank(link.before),
    ),
    Evidence(
        "finished line",
        lambda link: link.unit.context.style.trails and not ends_blank(link.before),
    ),
    Evidence(
        "finished line, finished",
        lambda link: (
            link.unit.context.style.trails and not ends_blank(link.before) and link.is_finished
        ),
    ),
    Evidence(
        "finished line, had room",
        lambda link: (
            link.unit.context.style.trails and not ends_blank(link.before) and link.room >= 0
        ),
    ),
    Evidence("long lines", lambda link: link.unit.context.style.is_unwrapped),
    Evidence(
        "long lines, finished",
        lambda link: link.unit.context.style.is_unwrapped and link.is_finished,
    ),
    *_ROOMS,
)
"""All of it."""
