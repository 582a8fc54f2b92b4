"""Learns how likely a row on pages is right, from its borders and its doubts.

The bench of producers draws boards, each row is compared with the report's truth, and what speaks
for and against it is known (`extractors/structure/confidence.py`).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from itertools import cycle

from extractors.extract import extract_bytes, read_document
from extractors.layout.arrange import arrange
from extractors.layout.decoding.evidence import observe
from extractors.layout.decoding.weights import Weights
from extractors.rules import FOLDER, builtin_forms
from extractors.sheets.two_up import as_pages
from extractors.structure.build import seen_rows
from extractors.structure.confidence import DOUBTS, EVIDENCE, KIND, RIGHT, WRONG, Seen, chance
from extractors.themes import builtin_taxonomy
from tests.generator import make_board
from tests.generator.content import plain_bullets
from tests.producers import VARIANTS, Programs, Variant, is_installed
from tests.producers.__main__ import CACHE
from tests.producers.scoring import score
from tests.training.learn import Example, learn, source_of, write

SEEDS = (4100, 4101)
"""Boards; each variant of the bench draws one."""
_SURE = 0.999
_STRENGTH = 10.0
"""Small penalty on large weights, which rare doubts need."""
_BINS = ((0.99, 1.01), (0.9, 0.99), (0.8, 0.9), (0.0, 0.8))


@dataclass(frozen=True)
class Judged:
    """A row whose truth is known.

    Attributes:
        seen: The evidence for and against it.
        right: Whether it is right.
        program: The program that rendered it.
    """

    seen: Seen
    right: bool
    program: str


def train() -> None:
    """Retrains the weights, and scores each program with weights learned from the others."""
    names = [variant.name for variant in VARIANTS if is_open(variant)]
    with ProcessPoolExecutor(2) as pool:
        judged = [row for found in pool.map(_rows, names, cycle(SEEDS)) for row in found]
    programs = ", ".join(sorted({row.program for row in judged}))
    source = f"boards {SEEDS} of tests.producers, as PDF by {programs}"
    trained = source_of(source, list(_scores(judged)))
    write(
        learned(judged).model_copy(update={"trained": trained}), FOLDER / "weights" / f"{KIND}.toml"
    )


def is_open(variant: Variant) -> bool:
    """Whether a variant is a PDF that may be learned from, by programs that are installed."""
    return variant.kind == "pdf" and not variant.held_out and all(map(is_installed, variant.needs))


def _rows(name: str, seed: int) -> list[Judged]:
    """Returns the rows that are read from a variant's board."""
    variant = next(one for one in VARIANTS if one.name == name)
    form = builtin_forms()[0]
    board = plain_bullets(make_board(seed))
    try:
        data = variant.render(board, seed, Programs(CACHE))
    except RuntimeError:
        return []  # a program that cannot draw the board
    file = f"{seed}{variant.suffix}"
    found = extract_bytes(data, file, [form], builtin_taxonomy())
    told = score(board.report(source=file), found, seed).told
    document = as_pages(read_document(data, file))
    rows = seen_rows(document, arrange(document, form), form)
    program = name.split("/")[1].split("-", maxsplit=1)[0]
    return [
        Judged(seen, not own.wrong, program)
        for seen, own in zip(rows, told, strict=True)
        if seen is not None
    ]


def learned(judged: Sequence[Judged]) -> Weights:
    """Returns the weights learned from rows.

    Each doubt gets one extra right row and one extra wrong one, so that a doubt never seen leaves
    a row neither sure nor surely wrong.
    """
    every = [(row.seen, row.right) for row in judged]
    every += [
        (Seen(_SURE, frozenset({doubt})), right) for doubt in DOUBTS for right in (True, False)
    ]
    labels = tuple(RIGHT if right else WRONG for _, right in every)
    observed = observe([seen for seen, _ in every], EVIDENCE)
    return learn([Example(observed, labels)], (RIGHT, WRONG), source_of(""), _STRENGTH)


def _scores(judged: Sequence[Judged]) -> Iterator[str]:
    """Yields how many rows of each confidence are right, with weights from other programs."""
    found = list(_left_out(judged))
    for low, high in _BINS:
        right = [row.right for row, sure in found if low <= sure < high]
        among = f"{low} to {high}" if high <= 1 else f"{low} and more"
        yield f"confidence {among}: {sum(right)} of {len(right)} rows of programs left out right"


def _left_out(judged: Sequence[Judged]) -> Iterator[tuple[Judged, float]]:
    """Yields each row with its confidence under the weights learned from all other programs."""
    for program in sorted({row.program for row in judged}):
        weights = learned([row for row in judged if row.program != program])
        yield from ((row, chance(row.seen, weights)) for row in judged if row.program == program)
