"""Every command that prints a table prints it in every format, to the screen and to a file."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from extractors.extract import extract
from extractors.rules import builtin_forms
from extractors.themes import builtin_taxonomy
from models.report import to_json
from pipeline.checking.sampled import open_units
from pipeline.checking.sampling import draw, read_units
from pipeline.checking.session import resume
from pipeline.checking.verdicts import Judgement
from pipeline.cli import cli
from pipeline.tabular import BOM, FORMATS
from tests import checking_helpers as made
from tests.batch_helpers import run_batch, write_texts

COMMANDS = {
    "show": ("show", "OUT"),
    "query": ("query", "OUT", "SELECT report_id, key, comment FROM answers"),
    "check": ("check", "OUT"),
    "compare": ("compare", "OUT", "OTHER"),
    "years": ("compare", "OUT", "OTHER", "--years"),
    "suggest": ("themes", "suggest", "OUT"),
    "themes": ("themes", "list"),
    "sample": ("sample", "OUT", "-n", "3"),
    "status": ("status", "RUN"),
    "accuracy": ("accuracy", "OUT"),
    "evaluate": ("evaluate", "GOLD"),
}


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Path:
    base = tmp_path_factory.mktemp("formats")
    made.write_datasets(base / "out", *made.many(3, 6))
    made.write_datasets(base / "other", *made.many(2, 4))
    out = str(base / "out")
    sample = draw(read_units(out, None), 3, 1, None)
    session = resume(out, "Kim", sample, open_units(out, sample.units))
    while not session.finished:
        session.judge(Judgement.RIGHT)
    run_batch(write_texts(base / "texts", {"a.txt": "Rad.", "tom.txt": ""}), base / "run")
    report = base / "gold" / "a.txt"
    report.parent.mkdir()
    report.write_bytes(made.DUMP.encode())
    gold = extract(report, builtin_forms(), builtin_taxonomy())
    (report.parent / "a.txt.gold.json").write_text(to_json(gold), encoding="utf-8")
    return base


def svar(name: str, base: Path, *more: object) -> str:
    places = {
        "RUN": str(base / "run"),
        "OUT": str(base / "out"),
        "OTHER": str(base / "other"),
        "GOLD": str(base / "gold"),
    }
    arguments = [places.get(word, word) for word in COMMANDS[name]]
    result = CliRunner().invoke(cli, [*arguments, *map(str, more)])
    assert result.exit_code == 0, (result.output, result.exception)
    return result.stdout


@pytest.mark.parametrize("output", FORMATS)
@pytest.mark.parametrize("name", COMMANDS)
def test_a_table_comes_in_every_format(name: str, output: str, base: Path, tmp_path: Path) -> None:
    printed = svar(name, base, "--format", output)
    assert svar(name, base, "--format", output, "-o", tmp_path / "file") == ""
    assert (tmp_path / "file").read_text(encoding="utf-8") == printed
    if output == "json":
        assert json.loads(printed) is not None
    elif output == "jsonl":
        assert all(isinstance(json.loads(line), dict) for line in printed.splitlines())
    elif output in ("csv", "tsv"):
        rows = list(csv.reader(io.StringIO(printed), delimiter="\t" if output == "tsv" else ","))
        assert len({len(row) for row in rows}) == 1
        assert len(rows[0]) > 2
    elif output == "markdown":
        assert printed.startswith("| ") and "| --- |" in printed
    else:
        assert "───" in printed


@pytest.mark.parametrize("name", COMMANDS)
def test_csv_opens_in_a_swedish_excel(name: str, base: Path) -> None:
    printed = svar(name, base, "--format", "csv", "--excel")
    assert printed.startswith(BOM) and ";" in printed.splitlines()[0]
