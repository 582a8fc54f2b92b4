"""Datasets made by somebody else: no command opens other files, or lets texts drive a terminal."""

from __future__ import annotations

import io
import json
import re
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import click
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from models.report import Problem, Report, Severity
from pipeline.cli import cli, main
from pipeline.cli._streams import safe
from pipeline.exit_codes import ExitCode
from tests import checking_helpers as made

ESCAPE = "\x1b]0;ägd\x07\x1b[2J\x9b31m\x1b[6n\r\u202edolt\u2069"
SECRET = b"Det som ingen ska l\xc3\xa4sa.\n"
_OWN = re.compile(
    r"\x1b\[[0-9;]*m|\r\n|\x1b\[(?:\?25[hl]|\d*[AK])|\r(?=\x1b\[|$)|\x1b\[2J\x1b\[1;1H"
)
"""Colours, line ends, how a progress bar moves the cursor, and a clear screen."""
_UNSAFE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")

COMMANDS: dict[str, list[list[str]]] = {
    "accuracy": [["accuracy", "{out}"]],
    "check": [["check", "{out}"]],
    "codebook": [["codebook"]],
    "compare": [["compare", "{out}", "{other}"], ["compare", "{out}", "{other}", "--years"]],
    "correct": [["correct", "{out}"]],
    "evaluate": [["evaluate", "{gold}"]],
    "export": [["export", "{out}", "-o", "{tmp}/out.xlsx"]],
    "form": [["form", "check", "{gold}", "{text}"], ["form", "suggest", "{text}"]],
    "page": [["page", "{out}", "--board", "gone", "--question", "2/#1"]],
    "query": [["query", "{out}", "SELECT * FROM answers"]],
    "review": [["review", "{out}", "-n", "1"]],
    "run": [["run", "{text}", "--out", "{tmp}/new", "--dry-run", "-v"]],
    "sample": [["sample", "{out}"], ["sample", "{out}", "--html", "{tmp}/sample.html"]],
    "show": [["show", "{out}"], ["show", "{out}", "--format", "table"], ["show", "{text}"]],
    "status": [["status", "{out}"]],
    "summary": [["summary", "{out}", "-o", "{tmp}/summary.html"]],
    "themes": [["themes", "suggest", "{out}"], ["themes", "try", "Vi har väktare " + ESCAPE]],
}
"""How each command is called; `open` serves pages, which its own tests look at."""

_REFUSE = ("accuracy", "correct", "evaluate", "form", "page", "status")
"""Commands that say what is wrong with what they are given."""


class Terminal(io.TextIOWrapper):
    """A terminal that keeps what it gets."""

    def __init__(self) -> None:
        super().__init__(io.BytesIO(), encoding="utf-8", newline="")

    def isatty(self) -> bool:
        return True

    def text(self) -> str:
        self.flush()
        assert isinstance(self.buffer, io.BytesIO)
        return self.buffer.getvalue().decode()


OPENED: list[str] = []


def _hear(event: str, arguments: tuple[object, ...]) -> None:
    if event == "open" and isinstance(arguments[0], str | bytes):
        OPENED.append(str(arguments[0]))


sys.addaudithook(_hear)


def _without_pager(text: str, *, pager: bool) -> None:
    del pager
    click.echo(text)


def hostile(source: str, report_id: str) -> Report:
    base = made.report(source, report_id=report_id)
    answers = tuple(
        replace(
            a, question=a.question + ESCAPE, answer=a.answer + ESCAPE, comment=a.comment + ESCAPE
        )
        for a in base.answers
    )
    problem = Problem(Severity.WARNING, "other", f"Text: {ESCAPE}", advice=ESCAPE)
    return replace(
        base, organisation=f"Nämnden {ESCAPE}", title=ESCAPE, answers=answers, problems=(problem,)
    )


@pytest.fixture
def places(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[dict[str, str]]:
    """An output whose sources lead to a file outside its inputs in every way, and more."""
    secret = tmp_path / "other" / "secret.txt"
    secret.parent.mkdir()
    secret.write_bytes(SECRET)
    inputs = tmp_path / "set" / "in"
    inputs.mkdir(parents=True)
    (inputs / "link.txt").symlink_to(secret)
    (inputs / "folder").symlink_to(secret.parent)
    (inputs / f"a{ESCAPE}.txt").write_text(made.DUMP.replace("Nej", "Nej" + ESCAPE), "utf-8")
    ways = ["../../other/secret.txt", str(secret), "link.txt", "folder/secret.txt", "gone.txt"]
    out = tmp_path / "set" / "out"
    report_id = made.report_id(SECRET)
    reports = [hostile(source + ESCAPE * (n == 4), report_id) for n, source in enumerate(ways)]
    made.write_datasets(out, *reports)
    (out / "state").mkdir()
    state = {"source": "x", "url": str(secret), "size": 1, "stamp": "1", "digest": report_id * 4}
    pq.write_table(pa.Table.from_pylist([state]), out / "state" / "files.parquet")
    (out / "runs").mkdir()
    record = {"state": "finished", "started": "2031-01-01T00:00:00", "inputs": [str(inputs)]}
    (out / "runs" / "20310101T000000Z-aaaaaa.json").write_text(json.dumps(record))
    other = made.write_datasets(tmp_path / "set" / "other", hostile("b.txt", "0" * 16))
    gold = tmp_path / f"g{ESCAPE}.json"
    gold.write_text("{}")
    here = tmp_path / "here"
    here.mkdir()
    monkeypatch.chdir(here)
    monkeypatch.setattr(click, "getchar", lambda *_: "q")
    monkeypatch.setattr("pipeline.cli._console.show", _without_pager)
    yield {
        "out": str(out),
        "other": str(other),
        "gold": str(gold),
        "text": str(inputs),
        "tmp": str(here),
        "secret": str(secret),
    }


def test_every_command_is_covered() -> None:
    assert {*COMMANDS, "open"} == set(cli.list_commands(click.Context(cli)))


@pytest.mark.parametrize("name", COMMANDS)
def test_a_terminal_gets_no_controls_and_no_other_file_is_opened(
    name: str, places: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    for arguments in COMMANDS[name]:
        out, err = Terminal(), Terminal()
        OPENED.clear()
        with monkeypatch.context() as patch, pytest.raises(SystemExit) as ended:
            patch.setattr(sys, "stdout", out)
            patch.setattr(sys, "stderr", err)
            patch.setattr(sys, "stdin", Terminal())
            main([argument.format(**places) for argument in arguments])
        opened = [path for path in OPENED if Path(path).name in ("secret.txt", "link.txt")]
        printed = out.text() + err.text()
        assert "fault of svar" not in printed
        assert ended.value.code != ExitCode.USAGE or name in _REFUSE, printed
        assert not _UNSAFE.findall(_OWN.sub("", printed))
        if "{out}" in arguments:
            assert opened == []


def test_colours_and_tables_of_our_own_stay() -> None:
    own = "\x1b[1;31mNej\x1b[0m\ta\r\n"
    assert safe(own) == own
    assert safe("\x1b[2J\x1b[1;1H") == "\x1b[2J\x1b[1;1H"  # clears the screen before a page
    assert safe("x\x1b[2J") == "x<U+001B>[2J"
