"""`svar compare`: what belongs together, and what is said to differ."""

from __future__ import annotations

import csv
import json
from dataclasses import replace
from pathlib import Path

from click.testing import CliRunner, Result
from hypothesis import given
from hypothesis import strategies as st

from models.report import Report
from pipeline.checking.comparison import compare, pair, word_edits
from pipeline.cli.compare import command
from tests import checking_helpers as made


def run(folder: Path, old: list[Report], new: list[Report], *arguments: str) -> Result:
    a = made.write_datasets(folder / "a", *old)
    b = made.write_datasets(folder / "b", *new)
    return CliRunner().invoke(
        command, [str(a), str(b), *arguments], standalone_mode=False, catch_exceptions=False
    )


def test_same_output_has_no_difference(tmp_path: Path) -> None:
    output = run(tmp_path, made.many(3, 4), made.many(3, 4)).output
    assert output.strip() == (
        "3 reports in A, 3 in B: 3 identical, 0 changed, 0 only in A, 0 only in B."
    )


def test_changed_comment_is_shown_word_by_word(tmp_path: Path) -> None:
    old = made.report()
    comment = old.answers[0].comment.replace("två", "tre")
    new = replace(old, answers=(replace(old.answers[0], comment=comment), old.answers[1]))
    output = run(tmp_path, [old], [new]).output
    assert "comment: Vi har [-två-]{+tre+} fältassistenter" in output
    assert "1 changed" in output


def test_codes_and_themes_are_counted(tmp_path: Path) -> None:
    old = made.report()
    no = replace(old.answers[0], answer="Nej", code="no")
    new = replace(old, answers=(no, old.answers[1]), themes=old.themes[:1])
    output = run(tmp_path, [old], [new]).output
    assert "yes → no: 1" in output
    assert "lagesbild: 1 → 0" in output
    assert "theme - lagesbild, negated" in output


def test_last_year_and_this_year_are_paired_by_board() -> None:
    old = [made.report("2030/a.pdf", report_id="a" * 16)]
    new = [made.report("2031/b.pdf", report_id="b" * 16)]
    assert pair(old, new) == [(old[0], new[0])]


def test_two_reports_of_a_board_are_not_paired_by_its_name() -> None:
    old = [made.report("2030/a.pdf", report_id="a" * 16)]
    new = [made.report(f"2031/{n}.pdf", report_id=n * 16) for n in "bc"]
    assert len(pair(old, new)) == 3


def test_report_and_question_that_only_one_has(tmp_path: Path) -> None:
    old = made.report()
    new = replace(old, answers=old.answers[:1])
    other = made.report("boda.txt", report_id="b" * 16, organisation="Boda AB")
    output = run(tmp_path, [old, other], [new]).output
    assert "2/#1  only in A" in output
    assert "Boda AB (boda.txt)  only in A" in output


def test_section_that_is_no_longer_asked(tmp_path: Path) -> None:
    old = made.report()
    sections = (replace(old.sections[0], asked=False), *old.sections[1:])
    output = run(tmp_path, [old], [replace(old, sections=sections)]).output
    assert "asked of 1: [-True-]{+False+}" in output


def test_json_has_all_of_it(tmp_path: Path) -> None:
    old = made.report()
    new = replace(old, answers=(replace(old.answers[0], comment="Nytt."), old.answers[1]))
    content = json.loads(run(tmp_path, [old], [new], "--json").output)
    (change,) = content["reports"][0]["answers"][0]["changes"]
    assert (change["field"], change["new"]) == ("comment", "Nytt.")


def test_repeated_key_is_compared_in_order() -> None:
    old = made.report()
    twice = replace(old.answers[1], position=3, comment="Tre.")
    report = replace(old, answers=(*old.answers, twice))
    assert compare([report], [report]).same == 1


@given(st.text("ab å.\n", max_size=40), st.text("ab å.\n", max_size=40))
def test_edits_rebuild_both_texts(old: str, new: str) -> None:
    edits = word_edits(old, new)
    assert "".join(e.text for e in edits if e.kind != "new") == old
    assert "".join(e.text for e in edits if e.kind != "old") == new


def test_themes_are_counted_over_boards_in_both(tmp_path: Path) -> None:
    other = made.report("boda.txt", report_id="b" * 16, organisation="Boda AB")
    output = run(tmp_path, [made.report(), other], [made.report()]).output
    assert "Changed theme counts" not in output


def test_csv_is_a_table_of_changes(tmp_path: Path) -> None:
    old = made.report()
    other = made.report("boda.txt", report_id="b" * 16, organisation="Boda AB")
    new = replace(
        old, answers=(replace(old.answers[0], answer="Nej", code="no"),), themes=old.themes[:1]
    )
    output = run(tmp_path, [old, other], [new], "--format", "csv").output
    rows = list(csv.DictReader(output.splitlines()))
    assert [(row["board"], row["key"], row["field"], row["old"], row["new"]) for row in rows] == [
        ("Aspnäsets stadsdelsnämnd", "1/1:1", "answer", "Ja", "Nej"),
        ("Aspnäsets stadsdelsnämnd", "1/1:1", "code", "yes", "no"),
        ("Aspnäsets stadsdelsnämnd", "1/1:1", "themes", "lagesbild, negated", ""),
        ("Aspnäsets stadsdelsnämnd", "2/#1", "row", "there", ""),
        ("Boda AB", "", "report", "there", ""),
    ]
