"""Every command that reads an output takes an address of an object store: a real S3 server."""

from __future__ import annotations

import os
import re
from pathlib import Path

import fsspec
import pytest
from click.testing import CliRunner, Result

import pipeline.batch
from extractors.options import Options
from extractors.rules import builtin_forms
from extractors.themes import builtin_taxonomy
from pipeline.batch import run
from pipeline.checking.recorded import find_source, places_of
from pipeline.checking.sampling import draw, read_units
from pipeline.checking.stored import read_reports
from pipeline.checking.verdicts import Drawn, Judgement, Verdict, append, read_all
from pipeline.cli import cli
from pipeline.corrections.log import append as keep
from pipeline.request import Request
from pipeline.web.desk import Desk
from pipeline.worker import Setup
from tests.batch_helpers import inline_engine
from tests.correction_helpers import BOARD, fix, setup
from tests.test_batch_remote import put

RAW = Path(__file__).parents[1] / "data" / "raw"


def svar(*arguments: object) -> Result:
    return CliRunner().invoke(cli, [str(argument) for argument in arguments])


@pytest.fixture
def out(s3: str, monkeypatch: pytest.MonkeyPatch) -> str:
    """Datasets in an object store, read from the same store."""
    monkeypatch.setattr(pipeline.batch, "make_engine", inline_engine)
    put(f"{s3}/in", {"lovhamn.txt": BOARD, "aspnas.txt": BOARD.replace("Lövhamns", "Aspnäs")})
    run(Request((f"{s3}/in",), f"{s3}/out", setup()))
    return f"{s3}/out"


def test_what_only_reads_works_on_an_address(
    s3: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pipeline.batch, "make_engine", inline_engine)
    for name in ("board-101-dump.txt", "board-104-pdf-ruled.pdf"):
        fsspec.filesystem("s3").put(str(RAW / name), f"{s3}/in/{name}")
    rules = Setup(builtin_forms(), builtin_taxonomy(), Options())
    run(Request((f"{s3}/in",), f"{s3}/out", rules))
    out, dump = f"{s3}/out", f"{s3}/in/board-101-dump.txt"
    shown = {
        ("show", out, "--needs-eyes"): "confidence",
        ("show", out, "--theme", "sspf", "--format", "csv"): "SSPF",
        ("show", dump, "--question", "2.2/2:4", "--source"): "board-101-dump.txt",
        ("page", out, "--board", "101", "--question", "2.2/2:4"): "2:4",
        ("page", out, "--board", "104", "--question", "3.1/1:4", "-o", tmp_path / "p.png"): "Wrote",
        ("sample", out, "-n", "2"): "2 of",
        ("sample", out, "-n", "2", "--html", tmp_path / "sample.html"): "2 answers",
        ("check", out): "in 2 reports",
        ("compare", out, out): "2 identical",
        ("compare", out, out, "--years"): "2 boards",
        ("query", out, "SELECT count(*) AS n FROM reports"): "2",
        ("status", out): "2 inputs",
        ("themes", "suggest", out): "",
        ("export", out, "-o", tmp_path / "svar.csv"): "answers",
        ("summary", out, "--previous", out, "-o", tmp_path / "s.html"): "answers",
    }
    for arguments, text in shown.items():
        result = svar(*arguments)
        assert result.exit_code == 0, (arguments, result.output, result.exception)
        assert text in result.output, (arguments, result.output)
        assert "without their source" not in result.output


def test_verdicts_and_corrections_are_kept_in_the_store(out: str) -> None:
    desk = Desk(out, "Kim", builtin_forms(), builtin_taxonomy())
    rows = {(row.board.id, row.answer.position): row for row in desk.rows()}
    drawn = Drawn(7, None, 2, 8, "", 8)
    for unit in draw(read_units(out, None), 2, 7, None).units:
        place = (unit.report_id, unit.position)
        read = rows[place].digest
        append(out, [Verdict("Kim", *place, unit.key, Judgement.RIGHT, drawn, read)])
    assert [verdict.judgement for verdict in read_all(out)] == ["right", "right"]
    said = " ".join(svar("accuracy", out).output.split())
    assert "In a random sample of 2 of 8 answers" in said

    report = next(report for report in read_reports(out) if report.source == "lovhamn.txt")
    keep(out, [fix(report, 2, "answer", "Ja")])
    desk.refresh()
    assert desk.waiting == 1
    assert svar("correct", out).output == "Updated 1 report.\nCorrections: 1 active.\n"
    assert svar("show", out, "--code", "yes", "--format", "csv").output.count("Samverkar ni") == 1


def test_a_dataset_cannot_send_us_to_another_store(out: str, tmp_path: Path) -> None:
    """A recorded address counts only in the store of the output; --input is the user's word."""
    fsspec.filesystem("s3").get(f"{out}/", str(tmp_path / "copy"), recursive=True)
    (report,) = (r for r in read_reports(tmp_path / "copy") if r.source == "lovhamn.txt")
    assert find_source(report, places_of(out, None)) == BOARD.encode()
    assert find_source(report, places_of(tmp_path / "copy", None)) is None
    given = places_of(tmp_path / "copy", out.replace("/out", "/in"))
    assert find_source(report, given) == BOARD.encode()


@pytest.mark.parametrize("command", ["show", "sample", "check", "accuracy", "open"])
def test_an_invalid_address_is_reported(command: str) -> None:
    result = svar(command, "unknown-protocol://x")
    assert result.exit_code == 2
    assert re.search("cannot be reached", result.output), result.output


@pytest.mark.skipif(os.name != "posix", reason="needs a POSIX terminal")
def test_a_review_on_the_terminal_keeps_its_verdicts_at_the_address(out: str) -> None:
    from tests.terminal import Terminal  # noqa: PLC0415 - cannot be imported elsewhere

    terminal = Terminal("review", out, "--seed", 7, "-n", 2, "--reviewer", "Kim")
    for key in "rq":
        terminal.expect("q stop")
        terminal.press(key)
    assert terminal.end() == 0
    assert [verdict.judgement for verdict in read_all(out)] == [Judgement.RIGHT]


def test_an_empty_address_is_reported(memory: str) -> None:
    put(memory, {"x": ""})
    for command in ("show", "sample", "check", "accuracy", "status"):
        result = svar(command, f"{memory}/nothing")
        assert result.exit_code == 2, (command, result.exception)
        assert re.search("has no|is not an output", result.output), result.output
