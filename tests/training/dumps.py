"""The weights of dumps: examples with the cell of each unit, and the paragraphs of each cell."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from itertools import accumulate, pairwise

from extractors.layout.decoding.decoder import Decoder
from extractors.layout.decoding.evidence import observe
from extractors.layout.decoding.weights import Trained
from extractors.layout.dumps import columns_by_blanks, flow
from extractors.layout.dumps.decoded import (
    LABELS,
    Decoders,
    Label,
    decode,
    links_of,
)
from extractors.layout.dumps.evidence import EVIDENCE
from extractors.layout.dumps.paragraphs import BEGINS, PARAGRAPH_EVIDENCE, PARAGRAPH_LABELS
from extractors.layout.dumps.units import Unit, units_of
from extractors.readers import text
from extractors.rules import FOLDER
from models.document import Document
from models.form import Form
from models.report import Answer
from tests.generator.questionnaire import VARIANTS
from tests.training.dump_files import TOOLS, dump_files
from tests.training.gold_units import Told, tell
from tests.training.learn import Example, calibration, learn, source_of, write

SEEDS = range(1000, 1060)
HELD_OUT = 4
"""The questionnaire whose boards are held out for scoring and calibration."""
_MOST_UNKNOWN = 0.2
_WEIGHTS = FOLDER / "weights"


@dataclass(frozen=True)
class Lesson:
    """The training examples from a dump.

    Attributes:
        group: What made it.
        questionnaire: Number of its questionnaire.
        tables: Its tables.
        told: The true label of each of their units.
        cells: Examples of cells.
        paragraphs: Examples of paragraphs.
    """

    group: str
    questionnaire: int
    tables: tuple[flow.Table, ...]
    told: tuple[Sequence[Told], ...]
    cells: tuple[Example, ...]
    paragraphs: tuple[Example, ...]


def lesson(
    document: Document, answers: Sequence[Answer], form: Form, group: str, questionnaire: int
) -> Lesson | None:
    """Returns the training examples from a dump; None if it is not in row order."""
    parsed = flow.parse(document, form)
    tables = tuple(
        block for block in parsed.blocks if isinstance(block, flow.Table) and block.chunks
    )
    units = [units_of(table.chunks, table.context) for table in tables]
    truth = tell([unit.text for own in units for unit in own], answers)
    unknown = sum(not told.label for told in truth)
    if parsed.by_columns or unknown > _MOST_UNKNOWN * len(truth):
        return None
    ends = [0, *accumulate(map(len, units))]
    told = tuple(truth[start:end] for start, end in pairwise(ends))
    pairs = list(zip(units, told, strict=True))
    cells = tuple(_cells(*pair, group) for pair in pairs)
    paragraphs = tuple(found for pair in pairs if (found := _paragraphs(*pair, group)))
    return Lesson(group, questionnaire, tables, told, cells, paragraphs)


def _cells(units: Sequence[Unit], told: Sequence[Told], group: str) -> Example:
    return Example(observe(units, EVIDENCE), tuple(one.label for one in told), group)


def _paragraphs(units: Sequence[Unit], told: Sequence[Told], group: str) -> Example | None:
    known = [Label(one.label) if one.label else Label.OTHER for one in told]
    links = zip(links_of(units, known), told, strict=True)
    pairs = [(link, one.begins) for link, one in links if link is not None]
    if not pairs:
        return None
    seen = observe([link for link, _ in pairs], PARAGRAPH_EVIDENCE)
    return Example(seen, tuple(BEGINS if begins else "goes-on" for _, begins in pairs), group)


@dataclass(frozen=True)
class Judged:
    """A decoded row.

    Attributes:
        group: What made its dump.
        in_cells: Computed probability that its units are in their cells, and whether they are.
        in_paragraphs: Likewise for the beginnings of its paragraphs.
    """

    group: str
    in_cells: tuple[float, bool]
    in_paragraphs: tuple[float, bool]

    @property
    def right(self) -> bool:
        """Whether all of it is right."""
        return self.in_cells[1] and self.in_paragraphs[1]


def judge(lessons: Iterable[Lesson], decoders: Decoders) -> Iterator[Judged]:
    """Yields the rows that decoders find in dumps."""
    for own in lessons:
        for table, told in zip(own.tables, own.told, strict=True):
            found = decode(units_of(table.chunks, table.context), decoders)
            labels = (*found.labels, Label.QUESTION)
            pairs = list(zip(found.labels, found.begins, told, strict=True))
            cells = [str(label) == one.label for label, _, one in pairs]
            begins = [own == one.begins or label not in _IN_CELLS for label, own, one in pairs]
            starts = [at for at, label in enumerate(labels) if label is Label.QUESTION or not at]
            for start, end in pairwise(starts):
                after = end == len(told) or told[end].label == Label.QUESTION
                yield Judged(
                    own.group,
                    (found.in_cells(start, end), after and all(cells[start:end])),
                    (found.in_paragraphs(start, end), all(begins[start:end])),
                )


_IN_CELLS = (Label.DETAIL, Label.TAIL, Label.COMMENT)


def train() -> None:
    """Learns the weights of dumps, scores them on a held-out questionnaire, and writes them."""
    with ProcessPoolExecutor(2) as pool:
        lessons = [own for found in pool.map(_lessons, SEEDS) for own in found]
    seen = [one for one in lessons if one.questionnaire != HELD_OUT]
    unseen = [one for one in lessons if one.questionnaire == HELD_OUT]
    judged = list(judge(unseen, _decoders(seen, source_of(""))))
    source = (
        f"boards {SEEDS.start} to {SEEDS.stop - 1} as dumps that the generator draws, as dumps by "
        f"{', '.join(TOOLS)} of PDFs by many programs, and as text by LibreOffice"
    )
    learned = _decoders(lessons, source_of(source, list(_scores(judged))))
    shares = Counter(one.group for one in judged)
    # Each tool counts as much as the others, however many rows it has.
    price = [1.0 / shares[one.group] for one in judged]
    for weights, told, name in (
        (learned.cells.weights, [one.in_cells for one in judged], "dump-cells"),
        (learned.paragraphs.weights, [one.in_paragraphs for one in judged], "dump-paragraphs"),
    ):
        points = calibration([own for own, _ in told], [right for _, right in told], price)
        write(weights.model_copy(update={"calibration": points}), _WEIGHTS / f"{name}.toml")


def _scores(judged: Sequence[Judged]) -> Iterator[str]:
    for group in sorted({one.group for one in judged}):
        own = [one for one in judged if one.group == group]
        right = sum(one.right for one in own)
        yield f"{group}: {right} of {len(own)} rows of questionnaire {HELD_OUT}, left out, right"


def _decoders(lessons: Sequence[Lesson], source: Trained) -> Decoders:
    cells = [example for own in lessons for example in own.cells]
    paragraphs = [example for own in lessons for example in own.paragraphs]
    return Decoders(
        Decoder(learn(cells, LABELS, source)), Decoder(learn(paragraphs, PARAGRAPH_LABELS, source))
    )


def _lessons(seed: int) -> list[Lesson]:
    """The training examples from a board's dumps in row order."""
    found = []
    for file in dump_files(seed):
        document = text.read(file.data)
        if columns_by_blanks.to_geometry(document) is None:
            answers = file.truth.report().answers
            own = lesson(document, answers, file.form, file.group, seed % VARIANTS)
            found += [own] if own is not None else []
    return found
