"""Explains the labels of the units in a dump's table."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from extractors.layout.decoding.decoder import Why
from extractors.layout.dumps.chunk import Chunk
from extractors.layout.dumps.decoded import decode
from extractors.layout.dumps.habits import Context
from extractors.layout.dumps.units import Unit, units_of


def explain(chunks: Sequence[Chunk], context: Context) -> Iterator[tuple[Unit, Why]]:
    """Yields each unit with why it is in its cell, and why it begins or continues a paragraph."""
    told = decode(units_of(chunks, context))
    for at, unit in enumerate(told.units):
        yield unit, told.cells.why(at)
        if told.paragraphs is not None and told.links[at] >= 0:
            yield unit, told.paragraphs.why(told.links[at])
