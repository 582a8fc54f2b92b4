"""Learns where paragraphs begin in the cells of dumps whose columns are laid out with spaces.

Real programs render reports with random looks (`pages.py`), `pdftotext -layout` makes text of
them, and each line of a cell is labelled from the report's truth.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise

from extractors.layout import geometry
from extractors.layout.decoding.decoder import Decoder
from extractors.layout.decoding.evidence import Observed, observe
from extractors.layout.decoding.weights import Weights
from extractors.layout.dumps.grid_cells import KIND, GridCell, cells_of, links_of
from extractors.layout.dumps.paragraphs import BEGINS, PARAGRAPH_EVIDENCE, PARAGRAPH_LABELS
from extractors.rules import FOLDER, builtin_forms
from models.document import Format
from models.report import Answer
from tests.producers.__main__ import CACHE
from tests.training.gold import Stream
from tests.training.learn import Example, calibration, learn, source_of, write
from tests.training.pages import Sample, samples
from tests.training.tables import document_of

LEARNED = range(3000, 3240)
CALIBRATED = range(8900, 8930)


@dataclass(frozen=True)
class Ends:
    """The line ends of the cells of a dump.

    Attributes:
        observed: The evidence on each.
        rows: The row of each, or None if unknown.
        labels: The true label of each; "" if unknown.
        group: What made the dump.
    """

    observed: Observed
    rows: tuple[int | None, ...]
    labels: tuple[str, ...]
    group: str


def train() -> None:
    """Retrains the weights, calibrated on a held-out questionnaire."""
    learned = list(_ends(samples(LEARNED, CACHE)))
    kept = list(_ends(samples(CALIBRATED, CACHE, held_out=True)))
    examples = [Example(one.observed, one.labels, one.group) for one in learned]
    groups = ", ".join(sorted({one.group for one in learned}))
    source = f"seeds {LEARNED.start} to {LEARNED.stop - 1} of tests.training.pages: {groups}"
    weights = learn(examples, PARAGRAPH_LABELS, source_of(""))
    judged = [row for one in kept for row in judge(weights, one)]
    points = calibration([sure for sure, _ in judged], [right for _, right in judged])
    trained = source_of(source, list(_scores(weights, kept)))
    weights = weights.model_copy(update={"calibration": points, "trained": trained})
    write(weights, FOLDER / "weights" / f"{KIND}.toml")


def _scores(weights: Weights, kept: Sequence[Ends]) -> Iterator[str]:
    for group in sorted({one.group for one in kept}):
        found = [right for one in kept if one.group == group for _, right in judge(weights, one)]
        yield f"{group}: {sum(found)} of {len(found)} rows of a questionnaire kept back"


def _ends(drawn: Iterator[Sample]) -> Iterator[Ends]:
    form = builtin_forms()[0]
    for sample in drawn:
        document = document_of(sample)
        if document is None or document.format is not Format.TEXT:
            continue
        cells = cells_of(geometry.layout(document, form).blocks)
        links = links_of(cells, form)
        if links:
            rows, labels = zip(*_truth(cells, sample.truth.answers), strict=True)
            yield Ends(observe(links, PARAGRAPH_EVIDENCE), rows, labels, sample.group)


def _truth(
    cells: Sequence[GridCell], answers: Sequence[Answer]
) -> Iterator[tuple[int | None, str]]:
    """Yields the row and the label of each line of a cell but the first."""
    question = Stream(
        (own.position, text)
        for own in answers
        for text in (own.question, *own.detail.split("\n\n"))
    )
    comment = Stream((own.position, text) for own in answers for text in own.comment.split("\n\n"))
    for cell in cells:
        stream = comment if cell.is_comment else question
        found = [stream.find(line.text) for line in cell.lines]
        for above, below in pairwise(found):
            if above is None or below is None or above[0] != below[0]:
                yield None, ""
            else:
                yield below[0], BEGINS if below[1] else "goes-on"


def judge(weights: Weights, ends: Ends) -> Iterator[tuple[float, bool]]:
    """Yields for each row the computed probability of its paragraphs and whether they are right."""
    path = Decoder(weights).decode(ends.observed)
    own = zip(ends.rows, path.labels, ends.labels, path.probabilities.max(axis=1), strict=True)
    known = sorted((one for one in own if one[0] is not None), key=lambda one: one[0] or 0)
    for _, group in groupby(known, key=lambda one: one[0]):
        sure, right = 1.0, True
        for _, label, truth, probability in group:
            sure *= float(probability)
            right &= label == truth
        yield sure, right
