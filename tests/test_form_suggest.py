"""A form that is drafted of one report reads other reports of its questionnaire, unedited."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from extractors.extract import extract_bytes
from extractors.rules import user_form
from extractors.themes import builtin_taxonomy
from pipeline.cli.form import command
from pipeline.exit_codes import ExitCode
from pipeline.forms.suggesting import suggest_form
from tests.generator import make_board
from tests.generator.word import WordStyle, render_word
from tests.questionnaires import FORMATS, LANGUAGES, SHAPES, draw
from tests.questionnaires.reading import read_by_suggestion
from tests.questionnaires.scoring import score


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("file_format", FORMATS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_form_drafted_of_one_sample_reads_other_boards(shape, language, file_format):
    drawn = draw(shape, language, file_format, 21)
    result = score(drawn, read_by_suggestion(shape, drawn))
    assert result.exact >= 0.9 * result.rows, result.misses[:3]
    # What is wrong without doubt differs in blanks and line ends alone.
    assert all(miss.whole for miss in result.misses if miss.silent)


def test_a_form_drafted_of_a_board_reads_another_one_as_the_built_in_form_does(tmp_path, form):
    sample = tmp_path / "sample.docx"
    sample.write_bytes(render_word(make_board(4), WordStyle()))
    drafted = suggest_form([sample], tmp_path / "drafted.toml")
    assert drafted.problems == ()
    truth = make_board(6)
    data = render_word(truth, WordStyle())
    found = extract_bytes(
        data, "b.docx", [user_form(tmp_path / "drafted.toml")], builtin_taxonomy()
    )
    known = extract_bytes(data, "b.docx", [form], builtin_taxonomy())
    same = [
        (one.ref, one.question, one.answer, one.comment)
        == (other.ref, other.question, other.answer, other.comment)
        for one, other in zip(known.answers, found.answers, strict=True)
    ]
    assert sum(same) >= 0.9 * len(same)


def _run(*arguments: str | Path):
    return CliRunner().invoke(command, [*map(str, arguments)], standalone_mode=False)


def _sample(folder: Path, shape: str, language: str = "sv", file_format: str = "docx") -> Path:
    drawn = draw(shape, language, file_format, 1)
    path = folder / drawn.name
    path.write_bytes(drawn.data)
    return path


def test_the_draft_says_what_was_seen_and_marks_what_is_guessed(tmp_path):
    result = _run("suggest", _sample(tmp_path, "applicability", file_format="pdf"))
    assert result.exit_code == ExitCode.OK
    text = result.output
    assert "# 1 table with 25 rows on pages 1-2; its headers occur 2 times." in text
    assert (
        "# 5 rows with one cell over all columns, such as “A.5 Styrning”.\n"
        'full_width_rows = "section"' in text
    )
    assert 'reference_looks = ["A.5.1"]' in text
    assert 'holds = "other"\nheads = ["Införd"]' in text
    assert '# 12 times.\nword = "Ja"\ncode = "yes"' in text


def test_an_answer_that_nothing_is_known_of_is_marked_as_a_guess(tmp_path):
    import docx  # noqa: PLC0415

    document = docx.Document()
    table = document.add_table(rows=1, cols=2)
    for cell, head in zip(table.rows[0].cells, ("Fråga", "Svar"), strict=True):
        cell.text = head
    for number in range(6):
        cells = table.add_row().cells
        cells[0].text = f"Hur går arbetet i lag {number}?"
        cells[1].text = "Hipp" if number % 2 else "Happ"
    document.save(tmp_path / "r.docx")
    text = _run("suggest", tmp_path / "r.docx").output
    assert '# GUESS: meaning unknown; 3 times.\nword = "Hipp"\ncode = "other"' in text


@pytest.mark.parametrize("content", ["", "Ett brev utan frågor.\n\nMed vänlig hälsning\n"])
def test_a_report_without_tables_or_questions_is_reported_and_exits_with_4(tmp_path, content):
    import docx  # noqa: PLC0415

    document = docx.Document()
    document.add_paragraph(content)
    document.save(tmp_path / "brev.docx")
    result = _run("suggest", tmp_path / "brev.docx", "-o", tmp_path / "form.toml")
    assert result.return_value == ExitCode.NOTHING
    assert "brev.docx" in result.stderr
    assert "no form can be drafted" in result.stderr
    assert not (tmp_path / "form.toml").exists()


def test_a_file_that_cannot_be_read_is_named_and_the_others_are_used(tmp_path):
    (tmp_path / "broken.pdf").write_bytes(b"%PDF-1.4 nothing")
    sample = _sample(tmp_path, "merged")
    result = _run("suggest", tmp_path / "broken.pdf", sample, "-o", tmp_path / "form.toml")
    assert result.return_value == ExitCode.SOME_FAILED
    assert "broken.pdf: " in result.stderr
    assert user_form(tmp_path / "form.toml").tables


def test_a_form_that_is_there_is_not_written_over(tmp_path):
    (tmp_path / "form.toml").write_text("mine", encoding="utf-8")
    result = _run("suggest", _sample(tmp_path, "merged"), "-o", tmp_path / "form.toml")
    assert result.exit_code != ExitCode.OK
    assert "already exists" in str(result.exception)
    assert (tmp_path / "form.toml").read_text(encoding="utf-8") == "mine"


def test_the_pictures_and_colours_of_a_report_are_listed_with_counts(tmp_path):
    result = _run("icons", _sample(tmp_path, "lights", file_format="pdf"))
    assert result.return_value == ExitCode.OK
    found = dict(line.split()[:2] for line in result.output.splitlines() if "colour:" in line)
    assert sorted(found) == ["colour:green", "colour:red", "colour:yellow"]
    assert sum(map(int, found.values())) == 20


def test_a_report_without_pictures_or_colours_is_reported_and_exits_with_4(tmp_path):
    result = _run("icons", _sample(tmp_path, "merged"))
    assert result.return_value == ExitCode.NOTHING
    assert "no pictures or colours" in result.stderr


def test_colours_are_drafted_as_guesses_with_their_usual_meaning(tmp_path):
    text = _run("suggest", _sample(tmp_path, "ratings")).output
    assert 'looks = "colour:green"\nword = "Grönt"\ncode = "yes"' in text
    assert "write the word and code that it means" in text
