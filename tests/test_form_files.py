"""Form files: what an analyst can write in them, and how each mistake is reported."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from extractors.rules import FOLDER, builtin_forms, user_form
from models.form import Code
from models.form_file import load_vocabulary
from models.form_tables import Column
from models.references import pattern_of
from models.rules_file import RuleFileError

FORM = """id = "egen"
title = "Egen enkät"
vocabularies = ["sv"]
reference_looks = ["A&A-01.1"]

[[tables]]
id = "enkät"
full_width_rows = "section"
[[tables.columns]]
holds = "ref"
heads = ["Nr"]
[[tables.columns]]
holds = "question"
heads = ["Fråga"]
[[tables.columns]]
holds = "answer"
heads = ["Svar"]
free_text = true
[[tables.columns]]
holds = "other"
heads = ["Ansvarig"]
keep = false

[[answers]]
word = "Ärvd"
code = "yes"
own_code = "inherited"
[[answers]]
word = "Delvis"
code = "no"
"""


def write(folder: Path, text: str) -> Path:
    path = folder / "egen.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_a_form_can_have_columns_of_any_kind(tmp_path: Path) -> None:
    form = user_form(write(tmp_path, FORM))
    (table,) = form.tables
    assert table.holds == [Column.REF, Column.QUESTION, Column.ANSWER, Column.OTHER]
    assert table.at(Column.ANSWER) == 2
    assert not table.is_plain
    assert not form.is_plain


def test_a_word_of_the_form_counts_before_that_of_a_vocabulary(tmp_path: Path) -> None:
    form = user_form(write(tmp_path, FORM))
    assert form.codes["delvis"] is Code.NO
    assert form.codes["ja"] is Code.YES
    assert form.own_codes["ärvd"] == "inherited"
    assert "och" in form.never_last


MISTAKES = {
    "an unknown key": (
        "keep = false",
        "keeps = false",
        "line 22: tables.0.columns.3.keeps: is not a known key here. Remove it, or fix its "
        "spelling. Did you mean “keep”?",
    ),
    "an unknown kind of column": (
        'holds = "ref"',
        'holds = "reference"',
        "line 10: tables.0.columns.0.holds: Input should be",
    ),
    "two columns of questions": (
        'holds = "ref"',
        'holds = "question"',
        "line 13: tables.0.columns.1.holds: 2 columns hold question. Only one can",
    ),
    "no column of questions": (
        'holds = "question"',
        'holds = "other"',
        "line 9: tables.0.columns.0: no column holds the question",
    ),
    "nothing that answers": (
        'holds = "answer"\nheads = ["Svar"]\nfree_text = true',
        'holds = "other"\nheads = ["Svar"]',
        "line 9: tables.0.columns.0: no column holds an answer or a comment",
    ),
    "free text where no answer is": (
        'heads = ["Nr"]',
        'heads = ["Nr"]\nfree_text = true',
        "line 12: tables.0.columns.0.free_text: a column that holds ref cannot have it",
    ),
    "a question that is not kept": (
        'heads = ["Fråga"]',
        'heads = ["Fråga"]\nkeep = false',
        "line 15: tables.0.columns.1.keep: a column that holds question is always kept",
    ),
    "one tick": (
        'holds = "other"\nheads = ["Ansvarig"]\nkeep = false',
        'holds = "tick"\nheads = ["Ja"]',
        "line 20: tables.0.columns.3.holds: only one column holds a tick",
    ),
    "one word in two codes": (
        'word = "Delvis"',
        'word = "Ärvd"',
        "line 29: answers.1.word: the answer 'Ärvd' is given twice, for yes and for no. "
        "Remove one.",
    ),
    "an unknown code": (
        'code = "no"',
        'code = "nope"',
        "line 30: answers.1.code: Input should be 'yes', 'no'",
    ),
    "an own code that is no name": (
        'own_code = "inherited"',
        'own_code = "Met by others"',
        "line 27: answers.0.own_code: 'Met by others' must consist of",
    ),
    "a vocabulary that there is not": (
        '["sv"]',
        '["de"]',
        "line 3: vocabularies: there is no vocabulary 'de'. There are da, en, fi, no, sv",
    ),
    "an example without a number": (
        '"A&A-01.1"',
        '"Krav"',
        "line 4: reference_looks: 'Krav' has no digit",
    ),
    "a level of headings that do not count": (
        "[[answers]]",
        "[sections]\nlevels = [2]\n[[answers]]",
        "line 25: sections.levels: levels only apply with `headings = true`",
    ),
}


@pytest.mark.parametrize("mistake", MISTAKES)
def test_a_mistake_is_reported_once_with_its_line_and_what_to_do(
    mistake: str, tmp_path: Path
) -> None:
    right, wrong, message = MISTAKES[mistake]
    assert right in FORM
    path = write(tmp_path, FORM.replace(right, wrong, 1))
    with pytest.raises(RuleFileError) as caught:
        user_form(path)
    assert str(caught.value).startswith(str(path))
    assert message in str(caught.value)
    if "Input should be" not in message:
        assert len(str(caught.value).splitlines()) == 1


@pytest.mark.parametrize(
    ("examples", "found", "not_found"),
    [
        (["1.1.1"], ["1.1.1", "12.4.10"], ["1.1", "1.1.1.1", "1.1.1a"]),
        (["1.1", "1.1.1"], ["1.1", "2.10.3"], ["1", "1.1.1.1"]),
        (["A&A-01.1"], ["A&A-01.1", "IAM-14.2"], ["A-01.1", "iam-14.2", "IAM-14"]),
        (["A.5.1"], ["A.5.1", "B.12.30"], ["AB.5.1", "5.1"]),
        (["R12"], ["R1", "Q123"], ["R12345", "RR1"]),
    ],
)
def test_a_reference_looks_like_its_example(
    examples: list[str], found: list[str], not_found: list[str]
) -> None:
    pattern = re.compile(rf"^{pattern_of(examples)}")
    assert all(pattern.match(text) for text in found)
    assert all(pattern.fullmatch(f"{text} är satt") is None for text in not_found)
    assert not any(pattern.match(f"{text} är satt") for text in not_found)


def test_a_reference_ends_before_the_full_stop_of_its_sentence() -> None:
    assert re.search(pattern_of(["1.1"]), "Se krav 1.1.")
    assert not re.match(pattern_of(["1.1"]), "1.1.2")


def test_no_example_makes_a_slow_pattern() -> None:
    pattern = re.compile(pattern_of(["1.1.1.1.1.1.1.1", "AAAA-AAAA-1", "a1a1a1"]))
    assert pattern.search("1." * 50_000 + "A" * 50_000 + "a1" * 50_000 + "-a") is None


@pytest.mark.parametrize("language", ["sv", "en", "no", "da", "fi"])
def test_a_vocabulary_has_a_yes_and_a_no_and_no_word_twice(language: str) -> None:
    vocabulary = load_vocabulary(language, FOLDER / "vocabularies")
    assert vocabulary.language == language
    words = [answer.word.casefold() for answer in vocabulary.answers]
    assert len(words) == len(set(words))
    assert {Code.YES, Code.NO, Code.PARTLY} <= {answer.code for answer in vocabulary.answers}


def test_the_built_in_forms_are_plain_or_state_what_their_columns_hold() -> None:
    assert builtin_forms()[0].is_plain
