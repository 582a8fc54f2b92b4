"""`svar form check`: mistakes in a form, and what it reads of reports."""

from __future__ import annotations

from pathlib import Path

import pytest
from click import UsageError
from click.testing import CliRunner

from pipeline.cli.form import command
from pipeline.exit_codes import ExitCode
from pipeline.forms.suggesting import suggest_form
from tests.questionnaires import draw


def _run(*arguments: str | Path):
    return CliRunner().invoke(command, ["check", *map(str, arguments)], standalone_mode=False)


@pytest.fixture
def report(tmp_path) -> Path:
    drawn = draw("merged", "sv", "docx", 1)
    path = tmp_path / drawn.name
    path.write_bytes(drawn.data)
    return path


@pytest.fixture
def form(tmp_path, report) -> Path:
    path = tmp_path / "form.toml"
    suggest_form([report], path)
    return path


def _edit(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def test_a_form_that_fits_is_counted_and_has_no_findings(form, report):
    result = _run(form, report)
    assert result.return_value == ExitCode.OK
    (line,) = [line for line in result.output.splitlines() if line.startswith(report.name)]
    assert line.split()[1:] == ["20", "20", "20", "0", "5", "20", "10", "0", "ok"]


def test_a_mistake_is_reported_with_its_line_and_what_to_do(form):
    _edit(form, 'holds = "question"', 'holds = "qustion"')
    line = form.read_text(encoding="utf-8").splitlines().index('holds = "qustion"') + 1
    result = _run(form)
    assert isinstance(result.exception, UsageError)
    assert f"form.toml, line {line}: " in str(result.exception)
    assert str(result.exception).count("\n") == 0


def test_a_header_that_no_report_has_is_reported_with_the_nearest(form, report):
    _edit(form, 'heads = ["Bedömning"]', 'heads = ["Bedömningar av nämnden"]')
    result = _run(form, report)
    assert result.return_value == ExitCode.NOTHING
    assert (
        "Column headers of the table “table-1” that no table in the reports has: “Bedömningar av "
        "nämnden” (the nearest is “Bedömning”)." in result.output
    )
    assert "“Område | Frågeställning | Bedömning | Iakttagelser” (20 rows)" in result.output


def test_blank_answers_and_labelled_lines_outside_rows_show_that_a_form_does_not_fit(tmp_path):
    import docx  # noqa: PLC0415

    document = docx.Document()
    for number in range(1, 26):
        table = document.add_table(rows=1, cols=3)
        for cell, head in zip(table.rows[0].cells, ("Punkt", "Fråga", "Svar"), strict=True):
            cell.text = head
        cells = table.add_row().cells
        cells[0].text, cells[1].text = f"{number}", f"Är lokal {number} besiktigad?"
        document.add_paragraph(f"Kommentar: Besiktningen av lokal {number} gjordes i våras.")
    document.save(tmp_path / "r.docx")
    (tmp_path / "form.toml").write_text(
        'id = "l"\ntitle = "Lokaler"\nvocabularies = ["sv"]\nreference_looks = ["1"]\n'
        '[[tables]]\nid = "t"\n'
        + "".join(
            f'[[tables.columns]]\nholds = "{holds}"\nheads = ["{head}"]\n'
            for holds, head in (("ref", "Punkt"), ("question", "Fråga"), ("answer", "Svar"))
        ),
        encoding="utf-8",
    )
    result = _run(tmp_path / "form.toml", tmp_path / "r.docx")
    assert result.return_value == ExitCode.SOME_FAILED
    assert "r.docx: 25 of 25 answers blank, 25 “Kommentar:” outside rows." in result.output


def test_answers_that_the_form_does_not_know_are_listed_with_counts(form, report):
    text = form.read_text(encoding="utf-8")
    at = text.index("[[answers]]")
    form.write_text(
        text[:at].replace('vocabularies = ["sv"]', "")
        + '[[answers]]\nword = "Uppfyllt"\ncode = "yes"\n',
        encoding="utf-8",
    )
    result = _run(form, report)
    assert "answers are not among the form's answer words" in result.output
    assert "“Ej uppfyllt” " in result.output


def test_a_report_that_cannot_be_read_is_named_and_exits_4_alone(form, tmp_path):
    (tmp_path / "broken.pdf").write_bytes(b"%PDF-1.4 nothing")
    result = _run(form, tmp_path / "broken.pdf")
    assert result.return_value == ExitCode.NOTHING
    assert "broken.pdf: " in result.output
