"""Shared by the tests of corrections: boards as lines of text, read by a stand-in."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any
from unittest.mock import patch

from extractors.rules import builtin_forms
from extractors.themes import builtin_taxonomy
from models.corrections import Correction, Kind
from models.report import Report
from pipeline.batch import run
from pipeline.checking.stored import read_reports
from pipeline.corrections.apply import apply
from pipeline.corrections.log import append
from pipeline.corrections.making import make
from pipeline.request import Outcome, Request
from pipeline.worker import Setup
from tests.batch_helpers import inline_engine
from tests.fake_board import table

BOARD = """\
# Lövhamns stadsdelsnämnd
1 | Har ni folk ute på kvällarna? | Ja | Vi har två fältassistenter vid torget.
1 | Samverkar ni med polisen? | Nej | Vi deltar i SSPF varje månad.
2 | Finns en lägesbild? | Delvis | Någon lägesbild finns inte ännu. Arbetet väntas komma igång.
2 | Följer ni upp den? | Ja | Uppföljning sker i orossamtal och föräldrastöd.
"""


def setup() -> Setup:
    return Setup(builtin_forms(), builtin_taxonomy(), None, extract="tests.fake_board:table")


def read(text: str = BOARD, source: str = "lovhamn.txt") -> Report:
    """A board as it is read."""
    return table(text.encode(), source, builtin_forms(), builtin_taxonomy())


def corrected(report: Report, *corrections: Correction) -> Report:
    return apply(report, corrections, builtin_forms(), builtin_taxonomy()).report


def fix(
    report: Report, position: int, field: str, value: str, reviewer: str = "Kim", **more: Any
) -> Correction:
    return make(reviewer, report, Kind.FIELD, position, field=field, value=value, **more)


def batch(folder: Path, out: Path, *, code: str = "one", **options: Any) -> Outcome:
    """A run over a folder with some version of the code."""
    with (
        patch("pipeline.code_version.code_digest", lambda: code),
        patch("pipeline.batch.make_engine", inline_engine),
    ):
        return run(Request((str(folder),), str(out), setup(), allow_removals=True, **options))


def stored(out: Path) -> Report:
    """The only report of an output."""
    (report,) = read_reports(out)
    return report


def save(out: Path, corrections: Iterable[Correction]) -> None:
    append(out, corrections)
