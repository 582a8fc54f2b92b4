"""Options from `svar.toml` and the environment: one order of precedence, mistakes named."""

from __future__ import annotations

import json
import os
from pathlib import Path

import click
import pytest

from models.report import to_json
from pipeline.cli import cli, main
from pipeline.cli._settings import load_settings
from pipeline.exit_codes import ExitCode
from tests import checking_helpers as made


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "report.json").write_text(to_json(made.report()), encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def svar(capfd: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    capfd.readouterr()
    with pytest.raises(SystemExit) as ended:
        main(arguments)
    return int(ended.value.code or 0), *capfd.readouterr()


def test_command_line_before_environment_before_file(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    show = ("show", "report.json")
    (folder / "svar.toml").write_text('[show]\nformat = "jsonl"\n')
    assert json.loads(svar(capfd, *show)[1].splitlines()[0])["key"] == "1/1:1"
    monkeypatch.setenv("SVAR_SHOW_FORMAT", "csv")
    assert svar(capfd, *show)[1].startswith("report_id,")
    assert svar(capfd, *show, "--format", "tsv")[1].startswith("report_id\t")


def test_a_command_counts_more_than_all(folder: Path) -> None:
    (folder / "svar.toml").write_text("[run]\njobs = 3\n[all]\njobs = 7\npager = false\n")
    settings = load_settings(cli, {})
    assert settings["run"]["jobs"] == 3
    assert settings["show"]["pager"] is False
    assert "jobs" not in settings["show"]


def test_paths_are_taken_from_the_folder_of_the_file(folder: Path) -> None:
    (folder / "rules").mkdir()
    (folder / "rules" / "forms.toml").write_text("")
    (folder / "rules" / "svar.toml").write_text('[run]\nform = ["forms.toml"]\n')
    settings = load_settings(cli, {"SVAR_SETTINGS": str(folder / "rules" / "svar.toml")})
    assert settings["run"]["forms"] == [str(folder / "rules" / "forms.toml")]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[rum]\njobs = 1\n", "no command 'rum'. The closest matches are"),
        ("[run]\njob = 1\n", "[run] there is no option 'job'. The closest matches are jobs"),
        ("[all]\nfjobs = 1\n", "[all] there is no option 'fjobs'"),
        ('[run]\njobs = "many"\n', "[run] jobs: 'many' is not a valid integer"),
        ("[run]\njobs = 0\n", "[run] jobs: 0 is not in the range"),
        ("[run]\njobs = [1, 2]\n", "[run] jobs takes one value"),
        ('[run]\nform = ["nowhere.toml"]\n', "[run] form: File 'nowhere.toml' does not exist"),
        ("jobs = 1\n", "jobs"),
        ("[run\n", "is not valid TOML"),
    ],
)
def test_a_mistake_names_file_and_key(
    folder: Path, capfd: pytest.CaptureFixture[str], text: str, said: str
) -> None:
    (folder / "svar.toml").write_text(text)
    code, _, printed = svar(capfd, "show", "report.json")
    assert code == ExitCode.USAGE
    assert said in printed and "svar.toml" in printed


def test_a_named_file_that_does_not_exist_is_reported(folder: Path) -> None:
    with pytest.raises(click.UsageError, match="cannot be read"):
        load_settings(cli, {"SVAR_SETTINGS": str(folder / "none.toml")})


def test_the_environment_can_set_every_command_and_several_values(folder: Path) -> None:
    (folder / "a.toml").write_text("")
    environ = {
        "SVAR_ALL_JOBS": "3",
        "SVAR_RUN_JOBS": "5",
        "SVAR_SHOW_FORM": os.pathsep.join([str(folder / "a.toml")] * 2),
        "SVAR_NOTHING_OF_OURS": "1",
        "SVAR_DEBUG": "1",
    }
    settings = load_settings(cli, environ)
    assert settings["run"]["jobs"] == "5"
    assert settings["show"]["forms"] == [str(folder / "a.toml")] * 2


def test_a_wrong_variable_is_named(folder: Path) -> None:
    with pytest.raises(click.UsageError, match="SVAR_RUN_JOBS: 'x' is not a valid integer"):
        load_settings(cli, {"SVAR_RUN_JOBS": "x"})
