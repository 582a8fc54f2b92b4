"""Learns where rows begin on pages: weights for PDF (`pages`) and for dumps of pages (`layout`).

Reports are rendered by real programs with random looks (`pages.py`), each line is labelled from the
report's truth (`gold.py`), and a linear chain is learned (`chain.py`). Confidence is calibrated on
a held-out questionnaire.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from random import Random

import numpy as np

from extractors.extract import read_document
from extractors.layout.decoding.decoder import Bools, Decoder
from extractors.layout.decoding.weights import Weights
from extractors.layout.dumps import columns_by_blanks
from extractors.layout.geometry import find_areas, right_edges
from extractors.layout.rows.chain import chain_of
from extractors.layout.rows.decide import BEGINS, LABELS, masks_of, observed
from extractors.layout.rows.habits import learn_habits
from extractors.layout.rows.units import Unit
from extractors.layout.tables.tables import Table
from extractors.rules import FOLDER, builtin_forms
from models.document import Document, Format, Line
from tests.producers.__main__ import CACHE
from tests.training.chain import Chain, learn_chain
from tests.training.gold import rows_of_lines
from tests.training.learn import calibration, source_of, write
from tests.training.pages import Sample, samples

LEARNED = range(3000, 3480)
CALIBRATED = range(8900, 8924)

_PRICE = 0.4
_UNTAGGED, _IN_ORDER = 0.7, 0.3
"""Shares of the reports whose tags, and whose file order, are ignored in training."""
_BEGINS = np.array([label in BEGINS for label in LABELS])


@dataclass(frozen=True)
class Decisions:
    """Decisions on the rows of some tables.

    Attributes:
        computed: Computed probability of each row.
        right: Whether each truly begins and ends where decided, and nowhere in between.
    """

    computed: list[float]
    right: list[bool]


def train() -> None:
    """Retrains both files of weights."""
    learned = _chains(samples(LEARNED, CACHE))
    kept = _chains(samples(CALIBRATED, CACHE, held_out=True))
    for kind, chains in learned.items():
        weights = learn_chain(chains, LABELS, source_of(""), _PRICE)
        found = decisions(weights, kept[kind])
        weights = weights.model_copy(
            update={
                "calibration": calibration(found.computed, found.right),
                "trained": source_of(_source(chains), _scores(weights, kept[kind])),
            }
        )
        write(weights, FOLDER / "weights" / f"{kind}.toml")


def _source(chains: Sequence[Chain]) -> str:
    groups = ", ".join(sorted({chain.group for chain in chains}))
    learned = f"seeds {LEARNED.start} to {LEARNED.stop - 1} of tests.training.pages: {groups}"
    return f"{learned}; calibrated on seeds {CALIBRATED.start} to {CALIBRATED.stop - 1}"


def _scores(weights: Weights, chains: Sequence[Chain]) -> Iterator[str]:
    """Yields how many rows of a questionnaire unseen in training have the right borders."""
    by_group: dict[str, list[Chain]] = defaultdict(list)
    for chain in chains:
        by_group[chain.group].append(chain)
    for group, own in sorted(by_group.items()):
        found = decisions(weights, own)
        yield f"{group}: {sum(found.right)} of {len(found.right)} rows of a questionnaire kept back"


def _chains(drawn: Iterable[Sample]) -> dict[str, list[Chain]]:
    """Returns the tables of reports as chains, by the kind of their source."""
    found: dict[str, list[Chain]] = defaultdict(list)
    for sample in drawn:
        document = document_of(sample)
        if document is not None:
            kind = "layout" if document.format is Format.TEXT else "pages"
            found[kind] += chains_of(document, sample)
    return found


def document_of(sample: Sample) -> Document | None:
    """Returns a report as lines with boxes; None for a dump without columns."""
    document = read_document(sample.data, sample.name + sample.suffix)
    if document.format is Format.TEXT:
        return columns_by_blanks.to_geometry(document)
    return _less_told(document, Random(f"told {sample.name}"))


def _less_told(document: Document, random: Random) -> Document:
    """Returns most documents without tags, and some in reading order.

    The file's own evidence is almost certain where it exists, so nothing else would be learned.
    """
    untagged, in_order = random.random() < _UNTAGGED, random.random() < _IN_ORDER
    number = 0
    pages = []
    for page in document.pages:
        lines = sorted(page.lines, key=_down) if in_order else list(page.lines)
        kept = []
        for line in lines:
            number += 1
            kept.append(line._replace(number=number, tag=None if untagged else line.tag))
        pages.append(replace(page, lines=tuple(kept)))
    return replace(document, pages=tuple(pages))


def _down(line: Line) -> tuple[int, float]:
    return (round(line.box.y1), line.box.x0) if line.box else (0, 0.0)


def chains_of(document: Document, sample: Sample) -> Iterator[Chain]:
    """Yields the tables of a report as chains with their true labels."""
    form = builtin_forms()[0]
    found = find_areas(document, form)
    tables = [item for item in found.items if isinstance(item, Table)]
    areas = [area for table in tables for area in table.areas]
    on_grid = document.format is Format.TEXT
    habits = learn_habits(areas, found.spacing.pitch, form, on_grid=on_grid)
    rows = {id(area): own for area, own in rows_of_lines(tables, sample.truth.answers)}
    for table in tables:
        units = chain_of(table, habits, form, right_edges(table))
        if units:
            masks = masks_of(units)
            truth = _truth(units, rows)
            possible = (truth & masks.labels).any(axis=1)
            truth[~possible] = True
            yield Chain(observed(units), masks, truth, sample.group)


def _truth(units: Sequence[Unit], rows: dict[int, list[int | None]]) -> Bools:
    """Returns the true labels that each unit can have."""
    truth = np.ones((len(units), len(LABELS)), dtype=np.bool_)
    last: int | None = None
    for at, unit in enumerate(units):
        own = rows[id(unit.area)][unit.start : unit.start + len(unit.lines)]
        first = own[0]
        if not at:
            truth[at] = _BEGINS
        elif first is not None and last is not None:
            truth[at] = (first > last) == _BEGINS
        known = [row for row in own if row is not None]
        if known:
            last = max(known) if last is None else max(last, *known)
    return truth


def decisions(weights: Weights, chains: Sequence[Chain]) -> Decisions:
    """Decides tables; returns the probability of each row and whether it is right."""
    decoder = Decoder(weights)
    computed: list[float] = []
    right: list[bool] = []
    for chain in chains:
        path = decoder.decode(chain.observed, chain.masks)
        begins = [label in BEGINS for label in path.labels]
        could = chain.truth[:, _BEGINS].any(axis=1)
        must = ~chain.truth[:, ~_BEGINS].any(axis=1)
        good = [could[at] if own else not must[at] for at, own in enumerate(begins)]
        starts = [at for at, own in enumerate(begins) if own]
        for start, stop in zip(starts, [*starts[1:], len(begins)], strict=True):
            end = min(stop + 1, len(begins))
            computed.append(path.probability(start, end))
            right.append(bool(all(good[start:end])))
    return Decisions(computed, right)
