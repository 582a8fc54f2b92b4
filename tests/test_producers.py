"""Files that real programs drew: what is in the repository is read exactly, on any machine.

How right whole boards in all variants are is for `make bench` to say.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest

from extractors.extract import extract, extract_bytes
from models.report import from_json
from tests.generator import make_board
from tests.generator.content import plain_bullets
from tests.producers import VARIANTS, Programs, is_installed
from tests.producers.programs import INSTALL
from tests.producers.reading import first_chapters
from tests.producers.scoring import score

FILES = Path(__file__).parent / "producers" / "files"


@pytest.mark.parametrize("gold", sorted(FILES.glob("*.gold.json")), ids=lambda path: path.name)
def test_every_row_of_a_file_that_a_program_drew_is_exact(gold, form, taxonomy):
    truth = from_json(gold.read_bytes())
    found = extract(gold.with_name(truth.source), [form], taxonomy)
    misses = score(truth, found, 0).misses
    assert [(miss.kind, miss.expected, miss.found) for miss in misses] == []


@pytest.mark.parametrize(
    "variant",
    [one for one in VARIANTS if one.name.startswith("word/planning")],
    ids=lambda one: one.name,
)
def test_every_row_of_an_export_of_a_planning_tool_is_exact(variant, form, taxonomy):
    """Controls around rows and cells, records, nested tables, merged heads, tracked rows."""
    truth = first_chapters(plain_bullets(make_board(7)), 1)
    data = variant.render(truth, 7, Programs())
    found = extract_bytes(data, "rapport.docx", [form], taxonomy)
    misses = score(truth.report(source="rapport.docx"), found, 7).misses
    assert [(miss.kind, miss.expected, miss.found) for miss in misses] == []


def test_the_bench_has_enough_producers_and_holds_some_out_entirely():
    kinds = Counter(variant.kind for variant in VARIANTS)
    assert kinds["pdf"] >= 25
    assert kinds["word"] >= 8
    tools = {one.name.partition("@")[0] for one in VARIANTS if one.kind == "dump"}
    assert len(tools) >= 8
    assert len({variant.name for variant in VARIANTS}) == len(VARIANTS)
    for name in (
        *("weasyprint", "ledger", "html-docx", "pymupdf", "fpdf2", "npm-docx"),
        *("qt-", "firefox", "poi-"),
    ):
        assert all(variant.held_out for variant in VARIANTS if name in variant.name)


def test_every_program_says_how_it_is_installed():
    assert {program for variant in VARIANTS for program in variant.needs} <= set(INSTALL)


@pytest.mark.parametrize(
    "name",
    [
        "pdf/chromium-grid",
        "pdf/platypus-grid",
        "word/grid",
        "dump/mutool@platypus-lines",
        "pdf/typst-lines",
        "pdf/tcpdf-grid",
        "pdf/prawn-grid",
        "pdf/abiword-grid",
    ],
)
def test_a_variant_draws_the_same_file_twice(name):
    variant = next(one for one in VARIANTS if one.name == name)
    for program in variant.needs:
        if not is_installed(program):
            pytest.skip(f"{program} is not installed: {INSTALL[program]}")
    truth = first_chapters(plain_bullets(make_board(7)), 1)
    first, second = (variant.render(truth, 7, Programs()) for _ in range(2))
    assert first == second


def test_scoring_calls_a_wrong_row_silent_unless_it_shows_doubt():
    truth = make_board(3).report()
    first, second, third, *others = truth.answers
    wrong = replace(first, comment="fel", flags=("cut",))
    doubted = replace(second, comment="fel", flags=("cut-uncertain",))
    blanks = replace(third, question=third.question.replace(" ", "  ", 1), confidence=0.5)
    found = replace(truth, answers=(wrong, doubted, blanks, *others[:-1]))
    result = score(truth, found, 3)
    assert (result.rows, result.exact) == (len(truth.answers), len(others) - 1)
    assert (result.nearly, result.lost, result.false, result.silent) == (len(others), 1, 0, 2)
