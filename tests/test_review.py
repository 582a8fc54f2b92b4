"""`svar review` in a real pseudo-terminal: keys, corrections, stopping and resuming."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from models.report import to_json
from pipeline.checking.verdicts import Judgement, Verdict, read
from pipeline.cli.review import command
from tests import checking_helpers as made

if os.name != "posix":
    pytest.skip("pseudo-terminals are of POSIX", allow_module_level=True)

from tests.terminal import Terminal


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "aspnaset.txt").write_bytes(made.DUMP.encode())
    return made.write_datasets(tmp_path / "out", made.report(), *made.many(1, 3))


def verdicts(folder: Path, reviewer: str = "Kim") -> list[Verdict]:
    return read(folder / "verdicts" / f"{reviewer}.jsonl")


def review(folder: Path, *arguments: object, **options: object) -> Terminal:
    return Terminal("review", folder, "--seed", 7, "--reviewer", "Kim", *arguments, **options)  # type: ignore[arg-type]


def test_every_answer_is_judged_with_a_key(folder: Path) -> None:
    terminal = review(folder)
    for n, key in enumerate("rurwr", 1):
        terminal.expect(f"{n} of 5 · {n - 1} judged")
        terminal.expect("q stop")
        terminal.press(key)
        if key == "w":
            terminal.expect("Wrong field:")
            terminal.press("c")
            terminal.expect("Correct comment")
            terminal.send("Så här står det.\r")
            terminal.expect("Enter done")
            terminal.press("t")
            terminal.expect("Enter done")
            terminal.press("\r")
    terminal.expect("5 of 5 answers judged")
    assert terminal.end() == 0
    given = verdicts(folder)
    assert [v.judgement for v in given] == ["right", "unsure", "right", "wrong", "right"]
    assert given[3].wrong == {"comment": "Så här står det.", "themes": None}
    assert {(v.sample.seed, v.sample.population) for v in given} == {(7, 5)}


def test_source_is_shown_beside_what_was_read(folder: Path) -> None:
    terminal = review(folder)
    while "1/1:1" not in terminal.expect("q stop"):
        terminal.press("n")
    assert "Insats 1:1 Personal" in terminal.output
    terminal.press("q")
    assert terminal.end() == 0


def test_a_long_answer_scrolls(folder: Path) -> None:
    terminal = review(folder, lines=7)
    terminal.expect("space down · k up (1–4 of 6)")
    terminal.press(" ")
    terminal.expect("space down · k up (3–6 of 6)")
    terminal.press("k")
    terminal.expect("(1–4 of 6)")
    terminal.press("q")
    assert terminal.end() == 0


def test_an_unknown_key_gets_a_message(folder: Path) -> None:
    terminal = review(folder)
    terminal.expect("q stop")
    terminal.press("x")
    terminal.expect("x does nothing here.")
    terminal.press("q")
    assert terminal.end() == 0


def test_a_resize_redraws_the_screen(folder: Path) -> None:
    terminal = review(folder)
    terminal.expect("q stop")
    terminal.resize(lines=7, columns=70)
    terminal.expect("space down · k up (1–4 of ")
    terminal.press("q")
    assert terminal.end() == 0


def test_a_key_opens_the_picture_of_the_source(folder: Path, tmp_path: Path) -> None:
    viewer = tmp_path / "xdg-open"
    viewer.write_text("#!/bin/sh\nhead -c 4 \"$1\" | tail -c 3; echo ' was opened'\n")
    viewer.chmod(0o755)
    terminal = review(folder, env={"PATH": f"{tmp_path}:{os.environ['PATH']}"})
    while "1/1:1" not in terminal.expect("q stop"):
        terminal.press("n")
    terminal.press("p")
    terminal.expect("The image is ")
    terminal.expect("Press any key")
    terminal.press(" ")
    terminal.expect("q stop")
    terminal.press("q")
    assert terminal.end() == 0


def test_review_resumes_where_it_was_stopped(folder: Path) -> None:
    terminal = review(folder)
    terminal.expect("1 of 5 · 0 judged")
    terminal.expect("q stop")
    terminal.press("r")
    terminal.expect("2 of 5 · 1 judged")
    terminal.expect("q stop")
    terminal.press("q")
    terminal.expect("Run the same command again to resume.")
    assert terminal.end() == 0
    terminal = review(folder)
    terminal.expect("2 of 5 · 1 judged")
    terminal.press("q")
    terminal.end()


def test_killed_review_keeps_what_was_judged(folder: Path) -> None:
    terminal = review(folder)
    terminal.expect("q stop")
    terminal.press("r")
    terminal.expect("2 of 5 · 1 judged")
    os.kill(terminal.pid, 9)
    terminal.end()
    assert len(verdicts(folder)) == 1


def test_back_lets_a_verdict_be_changed(folder: Path) -> None:
    terminal = review(folder)
    terminal.expect("q stop")
    terminal.press("r")
    terminal.expect("2 of 5")
    terminal.expect("q stop")
    terminal.press("b")
    terminal.expect("Your verdict: right")
    terminal.press("u")
    terminal.expect("2 of 5 · 1 judged")
    terminal.press("q")
    terminal.end()
    assert [v.judgement for v in verdicts(folder)] == ["unsure"]


def test_correct_text_can_be_edited(folder: Path, tmp_path: Path) -> None:
    editor = tmp_path / "editor.py"
    editor.write_text(
        f"#!{sys.executable}\nimport sys, pathlib\np = pathlib.Path(sys.argv[1])\n"
        "p.write_text(p.read_text(encoding='utf-8') + ' Tillagt.', encoding='utf-8')\n"
        "import os; os.utime(p, (2e9, 2e9))\n"
    )
    editor.chmod(0o755)
    terminal = review(folder, env={"EDITOR": str(editor), "VISUAL": str(editor)})
    terminal.expect("q stop")
    terminal.press("w")
    terminal.expect("Wrong field:")
    terminal.press("q")
    terminal.expect("Correct question")
    terminal.send("e\r")
    terminal.expect("Enter done")
    terminal.press("\r")
    terminal.expect("2 of 5 · 1 judged")
    terminal.press("q")
    terminal.end()
    corrected = verdicts(folder)[0].wrong["question"]
    assert corrected and corrected.endswith("? Tillagt.")


def test_ctrl_c_stops_and_keeps_what_was_judged(folder: Path) -> None:
    terminal = review(folder)
    terminal.expect("q stop")
    terminal.press("r")
    terminal.expect("2 of 5 · 1 judged")
    terminal.expect("q stop")
    terminal.press("\x03")
    assert terminal.end() == 130
    assert [v.judgement for v in verdicts(folder)] == [Judgement.RIGHT]


def test_colleagues_verdicts_are_merged_once(folder: Path, tmp_path: Path) -> None:
    terminal = review(folder)
    terminal.expect("q stop")
    terminal.press("r")
    terminal.expect("2 of 5 · 1 judged")
    terminal.press("q")
    terminal.end()
    mine = folder / "verdicts" / "Kim.jsonl"
    theirs = tmp_path / "noor.jsonl"
    theirs.write_text(mine.read_text().replace("Kim", "Noor"))
    outputs = [
        CliRunner().invoke(command, [str(folder), "--merge", str(theirs)]).output for _ in range(2)
    ]
    assert [output.split(": ")[1] for output in outputs] == [
        "1 new verdict.\n",
        "0 new verdicts.\n",
    ]
    assert len(verdicts(folder, "Noor")) == 1


def test_verdicts_that_cannot_be_saved_are_reported(folder: Path) -> None:
    (folder / "verdicts").write_text("a file where the folder should be")
    terminal = review(folder)
    terminal.expect("q stop")
    terminal.press("r")
    terminal.expect("cannot be written")
    assert terminal.end() == 2


def test_review_without_a_terminal_is_refused(folder: Path) -> None:
    result = CliRunner().invoke(command, [str(folder)])
    assert result.exit_code == 2
    assert "svar sample" in result.stderr


def test_pager_opens_on_a_terminal_and_only_there(folder: Path, tmp_path: Path) -> None:
    pager = tmp_path / "pager.py"
    pager.write_text(f"#!{sys.executable}\nimport sys\nprint('PAGED', len(sys.stdin.read()))\n")
    pager.chmod(0o755)
    report = tmp_path / "report.json"
    report.write_text(to_json(made.report()))
    terminal = Terminal("show", report, lines=10, env={"PAGER": str(pager)})
    terminal.expect("PAGED")
    assert terminal.end() == 0
    tall = Terminal("show", report, lines=200, env={"PAGER": str(pager)})
    tall.expect("hyreskontrakten")
    assert tall.end() == 0
    assert "PAGED" not in tall.output
    off = Terminal("show", report, "--no-pager", lines=10, env={"PAGER": str(pager)})
    off.expect("hyreskontrakten")
    assert off.end() == 0
    assert "PAGED" not in off.output


def test_colour_on_a_terminal_unless_it_is_not_wanted(tmp_path: Path) -> None:
    report = tmp_path / "report.json"
    report.write_text(to_json(made.report()))
    colourful = Terminal("show", report, lines=200)
    colourful.end()
    assert "\x1b[" in colourful.output
    assert "[fältassistenter]" not in colourful.output
    plain = Terminal("show", report, lines=200, env={"NO_COLOR": "1"})
    plain.end()
    assert "\x1b[" not in plain.output
    assert "[fältassistenter]{faltarbete}" in plain.output
