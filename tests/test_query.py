"""`svar query`: SQL over the datasets, and nothing but them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from pipeline.cli import cli
from tests import checking_helpers as made


@pytest.fixture
def out(tmp_path: Path) -> Path:
    return made.write_datasets(tmp_path, made.report())


def ask(out: Path, sql: str, *options: object) -> Result:
    return CliRunner().invoke(cli, ["query", str(out), sql, *map(str, options)])


def test_datasets_are_tables_by_their_names(out: Path) -> None:
    sql = "SELECT organisation, theme, assertion FROM themes JOIN reports USING (report_id)"
    rows = json.loads(ask(out, sql, "--format", "json").output)
    assert {"theme": "lagesbild", "assertion": "negated"}.items() <= rows[1].items()
    assert rows[0]["organisation"] == "Aspnäsets stadsdelsnämnd"


def test_a_table_for_people_is_the_default(out: Path) -> None:
    printed = ask(out, "SELECT key, code FROM answers ORDER BY position").output
    assert [line.split() for line in printed.splitlines() if "/" in line] == [
        ["1/1:1", "yes"],
        ["2/#1", "no"],
    ]


def test_csv_goes_to_a_file(out: Path, tmp_path: Path) -> None:
    ask(out, "SELECT key FROM answers ORDER BY position", "--format", "csv", "-o", tmp_path / "a")
    assert (tmp_path / "a").read_text() == "key\n1/1:1\n2/#1\n"


@pytest.mark.parametrize(
    "sql",
    [
        "SELECT * FROM 'secret.csv'",
        "SELECT * FROM read_text('secret.csv')",
        "COPY answers TO 'written.csv'",
        "INSTALL httpfs",
        "SET enable_external_access = true",
        "ATTACH 'written.db'",
    ],
)
def test_no_other_file_is_read_or_written(
    out: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, sql: str
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "secret.csv").write_text("secret\n1\n")
    before = set(tmp_path.iterdir())
    result = ask(out, sql)
    assert result.exit_code == 2
    assert "secret\n" not in result.output
    assert set(tmp_path.iterdir()) == before


def test_a_wrong_query_names_the_tables(out: Path) -> None:
    result = ask(out, "SELECT * FROM svar")
    assert result.exit_code == 2
    assert "The tables are reports, sections, answers" in result.stderr


def test_a_folder_without_datasets_is_reported(tmp_path: Path) -> None:
    assert ask(tmp_path, "SELECT 1").exit_code == 2
