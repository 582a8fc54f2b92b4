"""Learns whether paragraphs end with their page, where their last line does not show it.

The bench of producers draws boards, and each paragraph before a page's end is compared with the
report's truth. Tags of the files are ignored: where there are any, nothing is left to decide.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace
from itertools import product
from unittest.mock import patch

from extractors.extract import read_document
from extractors.layout.arrange import arrange
from extractors.layout.cells import paragraphs
from extractors.layout.cells.page_ends import ENDS, EVIDENCE, GOES_ON, KIND, Cut
from extractors.layout.decoding.evidence import observe
from extractors.layout.decoding.weights import Weights, chance_of
from extractors.rules import FOLDER, builtin_forms
from extractors.sheets.two_up import as_pages
from models.document import Document
from models.report import Answer
from tests.generator import make_board
from tests.generator.content import plain_bullets
from tests.producers import VARIANTS, Programs
from tests.producers.__main__ import CACHE
from tests.training.gold import letters_only
from tests.training.learn import Example, learn, source_of, write
from tests.training.rows import is_open

SEEDS = range(4200, 4204)
_BINS = ((0.95, 1.01), (0.5, 0.95), (0.05, 0.5), (0.0, 0.05))


@dataclass(frozen=True)
class Known:
    """A page end inside a cell whose truth is known.

    Attributes:
        cut: The page end.
        ends: Whether a paragraph ends there.
        program: The program that rendered it.
    """

    cut: Cut
    ends: bool
    program: str


def train() -> None:
    """Retrains the weights, and scores each program with weights learned from the others."""
    names = [variant.name for variant in VARIANTS if is_open(variant)]
    with ProcessPoolExecutor(2) as pool:
        drawn = zip(*product(names, SEEDS), strict=True)
        known = [cut for found in pool.map(known_cuts, *drawn) for cut in found]
    programs = ", ".join(sorted({one.program for one in known}))
    source = f"boards {SEEDS.start} to {SEEDS.stop - 1} of tests.producers, as PDF by {programs}"
    trained = source_of(source, list(_scores(known)))
    write(
        learned(known).model_copy(update={"trained": trained}), FOLDER / "weights" / f"{KIND}.toml"
    )


def known_cuts(name: str, seed: int) -> list[Known]:
    """Returns the page ends to decide in a variant's board."""
    variant = next(one for one in VARIANTS if one.name == name)
    board = plain_bullets(make_board(seed))
    try:
        data = variant.render(board, seed, Programs(CACHE))
    except RuntimeError:
        return []  # a program that cannot draw the board
    cuts: list[Cut] = []

    def note(cut: Cut) -> float:
        cuts.append(cut)
        return 0.5

    document = _untagged(as_pages(read_document(data, f"{seed}{variant.suffix}")))
    with patch.object(paragraphs, "chance_of_end", note):
        arrange(document, builtin_forms()[0])
    texts = list(_texts(board.report(source=name).answers))
    program = name.split("/")[1].split("-", maxsplit=1)[0]
    return [
        Known(cut, ends.pop(), program) for cut in cuts if len(ends := set(_truth(cut, texts))) == 1
    ]


def _untagged(document: Document) -> Document:
    pages = (
        replace(page, lines=tuple(line._replace(tag=None) for line in page.lines))
        for page in document.pages
    )
    return replace(document, pages=tuple(pages))


def _texts(answers: Sequence[Answer]) -> Iterator[list[str]]:
    """Yields the letters of each cell, a text a paragraph."""
    for own in answers:
        yield [letters_only(text) for text in (own.question, *own.detail.split("\n\n"))]
        yield [letters_only(text) for text in own.comment.split("\n\n")]


def _truth(cut: Cut, texts: Sequence[Sequence[str]]) -> Iterator[bool]:
    """Yields whether a paragraph ends at each place with the text around a page end."""
    above = letters_only("".join(line.text for line in cut.above[-3:]))
    below = letters_only("".join(line.text for line in cut.below[:3]))
    for paragraphs_of_cell in texts:
        at = "".join(paragraphs_of_cell).find(above + below)
        if at >= 0:
            lengths = [len("".join(paragraphs_of_cell[:n])) for n in range(len(paragraphs_of_cell))]
            yield at + len(above) in lengths


def learned(known: Sequence[Known]) -> Weights:
    """Returns the weights learned from page ends."""
    labels = tuple(ENDS if one.ends else GOES_ON for one in known)
    observed = observe([one.cut for one in known], EVIDENCE)
    return learn([Example(observed, labels)], (ENDS, GOES_ON), source_of(""))


def _scores(known: Sequence[Known]) -> Iterator[str]:
    """Yields how many paragraphs of programs left out end, by their probability."""
    found = list(left_out(known))
    for low, high in _BINS:
        ends = [one.ends for one, chance in found if low <= chance < high]
        yield f"probability {low} to {min(high, 1.0)}: {sum(ends)} of {len(ends)} end"


def left_out(known: Sequence[Known]) -> Iterator[tuple[Known, float]]:
    """Yields each page end with its probability under weights from all other programs."""
    for program in sorted({one.program for one in known}):
        weights = learned([one for one in known if one.program != program])
        for one in known:
            if one.program == program:
                yield one, chance_of(one.cut, EVIDENCE, weights, (ENDS, GOES_ON))
