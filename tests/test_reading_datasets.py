"""The recipes of docs/reading-datasets.md, run as written."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import duckdb
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from click.testing import CliRunner

import pipeline.batch
from models.datasets import DATASETS, SCHEMAS
from pipeline import load, load_table
from pipeline.cli import cli
from pipeline.errors import OtherVersionError, WrongUseError
from pipeline.exit_codes import ExitCode
from pipeline.worker import Setup
from tests.batch_helpers import inline_engine, run_batch, write_texts

DOCUMENT = (Path(__file__).parents[1] / "docs" / "reading-datasets.md").read_text(encoding="utf-8")
RECIPES = re.findall(r"```(python|sql)\n(.*?)```", DOCUMENT, re.DOTALL)
REAL = Setup(extract="tests.fake_extract:rich")


@pytest.fixture(autouse=True)
def datasets(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(pipeline.batch, "make_engine", inline_engine)
    texts = {"a.txt": "Skolan är trygg.\nVi planerar mer.", "b.txt": "Nej tack.", "tom.txt": ""}
    run_batch(write_texts(tmp_path / "in", texts), tmp_path / "data" / "processed", REAL)
    monkeypatch.chdir(tmp_path)
    return tmp_path / "data" / "processed"


@pytest.mark.parametrize(("language", "code"), RECIPES)
def test_recipe(language: str, code: str) -> None:
    if language == "python":
        exec(compile(code, "docs/reading-datasets.md", "exec"), {})
    else:
        assert duckdb.sql(code).fetchall()


@pytest.mark.parametrize("line", re.findall(r"^\$ (svar query .*)$", DOCUMENT, re.MULTILINE))
def test_query_recipe(line: str) -> None:
    words = shlex.split(line)
    result = CliRunner().invoke(cli, words[1:], standalone_mode=False, catch_exceptions=False)
    assert result.return_value == ExitCode.OK


def test_all_readers_agree_on_types(datasets: Path) -> None:
    for name in DATASETS:
        table = load_table(str(datasets), name)
        assert table.schema.equals(SCHEMAS[name])
        sql = duckdb.sql(f"SELECT * FROM '{datasets}/{name}/*.parquet'")
        assert sql.to_arrow_table().num_rows == table.num_rows
        frame = load(str(datasets), name)
        for field in SCHEMAS[name]:
            if field.type == pa.int32():
                assert frame[field.name].dtype == pd.Int32Dtype()
            if field.type == pa.bool_():
                assert frame[field.name].dtype == pd.BooleanDtype()


def test_what_does_not_exist_is_reported(datasets: Path, tmp_path: Path) -> None:
    with pytest.raises(WrongUseError, match="no dataset 'answer'"):
        load(str(datasets), "answer")
    with pytest.raises(WrongUseError, match="has no answers"):
        load(str(tmp_path / "in"), "answers")


def test_another_schema_version_is_reported(
    datasets: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("pipeline.reading.SCHEMA_VERSION", "9")
    with pytest.raises(OtherVersionError, match="schema version 1; this is 9"):
        load(str(datasets), "answers")


def test_dataset_of_an_earlier_version_without_a_column_is_reported(datasets: Path) -> None:
    for file in (datasets / "themes").glob("*.parquet"):
        table = pq.read_table(file)
        pq.write_table(table.drop_columns(["cue"]), file)
    with pytest.raises(OtherVersionError, match="has no column cue: an earlier version"):
        load(str(datasets), "themes")


def test_dataset_of_an_earlier_version_has_null_in_a_column_that_may_have(datasets: Path) -> None:
    for file in (datasets / "problems").glob("*.parquet"):
        table = pq.read_table(file)
        pq.write_table(table.drop_columns(["line"]), file)
    table = load_table(str(datasets), "problems")
    assert table.schema.equals(SCHEMAS["problems"])
    assert table["line"].null_count == table.num_rows > 0
