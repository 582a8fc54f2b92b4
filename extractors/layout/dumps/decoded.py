"""The cell of each unit of a dump's table, and which units begin a paragraph of their cell."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache

import numpy as np

from extractors.layout.decoding.decoder import Bools, Decoder, Masks, Path, moves_allowed
from extractors.layout.decoding.evidence import names_of, observe
from extractors.layout.decoding.weights import builtin_weights
from extractors.layout.dumps.chunk import Gap
from extractors.layout.dumps.evidence import EVIDENCE
from extractors.layout.dumps.paragraphs import BEGINS, PARAGRAPH_EVIDENCE, Link
from extractors.layout.dumps.units import Unit, counts_on, ends_blank


class Label(StrEnum):
    """The cell that a unit of a table belongs to.

    `tail` is the rest of a question cell after its answer: a page break cuts the row, or a tool
    puts the answer in between.
    """

    QUESTION = "question"
    DETAIL = "detail"
    ANSWER = "answer"
    COMMENT = "comment"
    TAIL = "tail"
    OTHER = "other"


LABELS = tuple(str(label) for label in Label)

_SOME_ROOM = 0.2
"""Share of a line assumed to be free if the width of its column is unknown."""
_SHORT = 40
_QUESTION_CELL = ("question", "detail", "answer", "comment", "other")
_RIGHT_CELL = ("question", "comment", "tail", "other")
FOLLOWS: dict[str, tuple[str, ...]] = {
    "question": _QUESTION_CELL,
    "detail": _QUESTION_CELL,
    "answer": (*_RIGHT_CELL, "answer"),
    "comment": _RIGHT_CELL,
    "tail": (*_RIGHT_CELL, "answer"),
    "other": LABELS,
}
"""What can follow a label: only a tail continues a question cell after its answer."""


@dataclass(frozen=True, slots=True)
class Decoded:
    """A decoded table.

    Attributes:
        units: Its units.
        labels: Label of each.
        begins: Whether each begins a paragraph of its cell; so does the first of a cell.
        cells: The decoder's path for the labels.
        paragraphs: The decoder's path for the paragraph starts, one step per link.
        links: For each unit the index of its link in `paragraphs`; -1 for the first of a cell.
    """

    units: Sequence[Unit]
    labels: tuple[Label, ...]
    begins: tuple[bool, ...]
    cells: Path
    paragraphs: Path | None
    links: tuple[int, ...]

    def probability(self, start: int, end: int) -> float:
        """Returns the probability that every decision on the units `start:end` is right.

        Includes the decision that the next unit begins another row; calibrated.
        """
        sure = self.cells.weights.calibrated(self.in_cells(start, end))
        if self.paragraphs is not None:
            sure *= self.paragraphs.weights.calibrated(self.in_paragraphs(start, end))
        return sure

    def in_cells(self, start: int, end: int) -> float:
        """Returns the probability that the units are in their cells, before calibration."""
        return self.cells.joint(start, min(end + 1, len(self.units)))

    def in_paragraphs(self, start: int, end: int) -> float:
        """Returns the probability of the paragraph starts, before calibration."""
        if self.paragraphs is None:
            return 1.0
        places = [place for place in self.links[start:end] if place >= 0]
        return float(self.paragraphs.chosen[places].prod())


def masks(units: Sequence[Unit]) -> Masks:
    """Returns the hard constraints: an answer is short, and a table begins with a question."""
    labels = np.ones((len(units), len(LABELS)), dtype=bool)
    labels[:, LABELS.index("answer")] = [unit.answer > 0 for unit in units]
    labels[0] = [label in ("question", "other") for label in LABELS]
    return Masks(labels, _moves())


@dataclass(frozen=True)
class Decoders:
    """The decoders of a kind of source: of cells, and of paragraphs in them."""

    cells: Decoder
    paragraphs: Decoder


def decode(units: Sequence[Unit], decoders: Decoders | None = None) -> Decoded:
    """Returns what the units of a table are, of which there is at least one.

    Args:
        units: The units, in order.
        decoders: The decoders; by default those of the built-in weights.
    """
    decoders = decoders or builtin_decoders()
    path = decoders.cells.decode(observe(units, EVIDENCE), masks(units))
    labels = tuple(map(Label, path.labels))
    links = list(links_of(units, labels))
    linked = [link for link in links if link is not None]
    places = iter(range(len(linked)))
    if not linked:
        return Decoded(units, labels, (True,) * len(units), path, None, (-1,) * len(units))
    paragraphs = decoders.paragraphs.decode(observe(linked, PARAGRAPH_EVIDENCE))
    where = tuple(-1 if link is None else next(places) for link in links)
    begins = tuple(place < 0 or paragraphs.labels[place] == BEGINS for place in where)
    return Decoded(units, labels, begins, path, paragraphs, where)


def links_of(units: Sequence[Unit], labels: Sequence[Label]) -> Iterator[Link | None]:
    """Yields the link of each unit to the one before it in its cell; None for the first."""
    question: Unit | None = None
    comment: Unit | None = None
    for unit, label in zip(units, labels, strict=True):
        if label in (Label.QUESTION, Label.DETAIL, Label.TAIL):
            if label is Label.QUESTION:
                question = comment = None
            yield None if question is None else _link(question, unit, is_comment=False)
            question = unit
        elif label is Label.COMMENT:
            yield None if comment is None else _link(comment, unit, is_comment=True)
            comment = unit
        else:
            yield None
            if label is Label.ANSWER and unit.shares_comment:
                comment = unit


def _link(before: Unit, unit: Unit, *, is_comment: bool) -> Link:
    style, width = unit.context.style, unit.context.widths[is_comment]
    touches = unit.at == before.at + 1
    above = (before, before.before)
    return Link(
        before=before.last_line,
        after=unit.text,
        room=width.room(before.last_line, unit.text) if width.limit else _SOME_ROOM,
        is_comment=is_comment,
        is_cut=unit.breaks > 0 or not touches,
        gap=unit.chunk.gap if touches else Gap.NONE,
        openness=before.is_open,
        asked=before.asks,
        kind=unit.kind,
        opens_detail=unit.opens_detail,
        in_list=any(one is not None and one.chunk.is_item for one in above),
        counts_on=counts_on(unit),
        is_short=len(unit.text) < _SHORT and len(unit.chunk.lines) == 1,
        after_line=len(before.chunk.lines) == 1,
        trail=(1 if ends_blank(before) else -1) if style.trails else 0,
        shows_gaps=style.is_gapped,
        is_unwrapped=style.is_unwrapped,
        misfit=width.misfit,
    )


@cache
def _moves() -> Bools:
    return moves_allowed(LABELS, FOLLOWS)


@cache
def builtin_decoders() -> Decoders:
    """Returns the decoders of the built-in weights of dumps."""
    return Decoders(
        Decoder(builtin_weights("dump-cells", names_of(EVIDENCE))),
        Decoder(builtin_weights("dump-paragraphs", names_of(PARAGRAPH_EVIDENCE))),
    )
