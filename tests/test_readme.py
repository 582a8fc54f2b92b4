"""What the README says of commands and exit codes is what they do."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner

from pipeline.cli import cli
from pipeline.exit_codes import ExitCode
from tests.readme_examples import README, examples, printed

DATA = README.parent / "data"


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder as `make demo` leaves it."""
    folder = tmp_path_factory.mktemp("demo")
    for name in ("raw", "last-year"):
        shutil.copytree(DATA / name, folder / "data" / name)
    out = str(folder / "data" / "processed")
    done = CliRunner().invoke(cli, ["run", str(folder / "data" / "raw"), "--out", out, "-q"])
    assert done.exit_code == 0, done.output
    return folder


def test_there_are_four_questions_and_each_is_one_command() -> None:
    asked = " ".join(command for command, _ in examples())
    assert len(examples()) == 4
    for words in ("'sspf'", "key = ", "--needs-eyes", "compare data/last-year"):
        assert words in asked


@pytest.mark.parametrize(("command", "shown"), examples(), ids=lambda value: str(value)[:30])
def test_the_readme_shows_what_is_printed(
    command: str, shown: list[str], demo: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where it differs: `make demo && .venv/bin/python -m tests.readme_examples`."""
    monkeypatch.chdir(demo)
    assert printed(command, shown) == shown


def test_every_exit_code_is_in_the_readme_and_in_the_help() -> None:
    text = README.read_text(encoding="utf-8")
    in_readme = {int(code) for code in re.findall(r"^\| (\d+) \|", text, re.M)}
    assert in_readme == set(ExitCode)
    help_text = CliRunner().invoke(cli, ["--help"]).output
    in_help = {
        int(code) for code in re.findall(r"(?:codes: |; )(\d+) ", " ".join(help_text.split()))
    }
    assert in_help == set(ExitCode)


def test_every_command_of_the_readme_exists_with_its_options() -> None:
    text = README.read_text(encoding="utf-8")
    for line in re.findall(r"^(?:\$ )?svar ([a-z]\S*.*?)(?:  +#.*)?$", text, re.M):
        name, *words = line.split()
        command = cli.commands.get(name) or cli.get_command(
            cli.make_context("svar", ["-h"], resilient_parsing=True), name
        )
        assert command is not None, line
        known = {option for parameter in command.params for option in parameter.opts}
        assert {word for word in words if re.fullmatch(r"--?[a-z-]+", word)} <= known, line
