"""Dumps to learn from: made by the generator, and by real tools from many programs' PDFs."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from random import Random

from extractors.rules import builtin_forms
from models.form import Form
from tests.generator import make_board, render
from tests.generator.content import Truth, plain_bullets
from tests.producers import VARIANTS, Programs, Variant, dumps, is_installed
from tests.training.variation import in_sentences, varied, with_known_questions, with_more_tables

TOOLS = ("mutool", "pdftotext-raw", "pypdf")
"""Tools that write text row by row; the bench holds out PyMuPDF."""
LEFT_OUT = (
    "justified",
    "two-up",
    "stamp",
    "sideways",
    "turned",
    "offset",
    "cropped",
    "qpdf",
    "cairo",
)
CACHE = Path("build/producers")


@dataclass(frozen=True)
class DumpFile:
    """A dump and its true content.

    Attributes:
        data: Its bytes.
        truth: Its true content.
        form: The form to read it with.
        group: What made it.
    """

    data: bytes
    truth: Truth
    form: Form
    group: str


def dump_files(seed: int) -> Iterator[DumpFile]:
    """Yields the dumps of a board."""
    random = Random(f"training {seed}")
    yield from _drawn(seed, random)
    bases = [variant for variant in VARIANTS if _is_base(variant)]
    texts = [variant for variant in VARIANTS if "libreoffice-text" in variant.name]
    programs = Programs(CACHE)
    truth = plain_bullets(with_more_tables(varied(make_board(seed), random), random))
    form = builtin_forms()[0]
    for variant in random.sample(bases, k=min(1, len(bases))):
        pdf = variant.render(truth, seed, programs)
        for tool in TOOLS:
            if is_installed(dumps.PROGRAM[tool]):
                yield DumpFile(dumps.TOOLS[tool](pdf, programs), truth, form, tool)
    for variant in texts[seed % 4 : seed % 4 + 1]:
        if all(map(is_installed, variant.needs)):
            data = variant.render(truth, seed, programs)
            yield DumpFile(data, truth, form, "libreoffice-text")


def _is_base(variant: Variant) -> bool:
    is_pdf = variant.kind == "pdf" and not variant.held_out
    left_out = any(part in variant.name for part in LEFT_OUT)
    return is_pdf and not left_out and all(map(is_installed, variant.needs))


def _drawn(seed: int, random: Random) -> Iterator[DumpFile]:
    """Dumps made by the generator, with pages and columns of many sizes."""
    board = make_board(seed)
    form = builtin_forms()[0]
    for number in range(4):
        truth = varied(board, random) if number else board
        truth = with_more_tables(truth, random) if number == 2 else truth
        style = _style(random)
        known = with_known_questions(form, truth, random) if number == 3 else form
        drawn = render(truth, "dump", 10 * seed + number, **(style if number else {}))
        yield DumpFile(drawn.data, truth, known, "drawn" if number < 3 else "drawn, known")
    own = Random(f"training {seed}, sentences")
    truth = varied(in_sentences(board, own), own, share=0.3)
    drawn = render(truth, "dump", 10 * seed + 4, **_style(own))
    yield DumpFile(drawn.data, truth, form, "drawn, sentences")


def _style(random: Random) -> dict[str, float]:
    return {
        "width": random.choice([58, 64, 70, 76, 84]),
        "question_share": random.choice([0.3, 0.36, 0.42, 0.47, 0.52]),
        "third_share": random.choice([0.32, 0.38, 0.46, 0.5]),
        "repeat_heads": random.random() < 0.5,
        "lines": random.choice([30, 38, 44, 50]),
    }
