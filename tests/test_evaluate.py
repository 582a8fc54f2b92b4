"""Scoring against gold: what counts as found, exact, false and flagged."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from models.report import (
    Answer,
    Assertion,
    Mention,
    Report,
    Section,
    Status,
    to_json,
)
from pipeline.cli.evaluate import command
from pipeline.evaluation import Scores, compare
from pipeline.evaluation.display import as_json, differing_excerpts, percent
from tests.generator import make_board, render


def answer(position: int, ref: str | None, **changes: object) -> Answer:
    made = Answer(
        position=position,
        section="1.1",
        key=f"1.1/{ref or f'#{position}'}",
        ref=ref,
        question=f"Har ni en plan för område {position} som följs upp?",
        detail=f"Strategi {ref} Planen ska finnas.",
        answer="Ja",
        code="yes",
        comment="Planen finns sedan 2024.\n\nDen följs upp varje år.",
        page_first=position,
        page_last=position,
    )
    return replace(made, **changes)  # type: ignore[arg-type]


def mention(position: int, theme: str, start: int, assertion: Assertion) -> Mention:
    return Mention(position, theme, "g", "Planen", start, start + 6, "Planen finns.", assertion)


GOLD = Report(
    report_id="0" * 16,
    source="a.txt",
    organisation="byggnadsnämnden",
    sections=(Section("1", "Plan", 1), Section("1.1", "Område", 2, "1", instruction="Svara.")),
    answers=(answer(1, "1:1"), answer(2, "1:2"), answer(3, None)),
)


def with_answers(*answers: Answer) -> Report:
    return replace(GOLD, answers=answers)


def changed(index: int, **changes: object) -> Report:
    answers = list(GOLD.answers)
    answers[index] = replace(answers[index], **changes)  # type: ignore[arg-type]
    return with_answers(*answers)


def test_the_gold_itself_scores_in_full() -> None:
    scores = compare(GOLD, GOLD)
    assert (scores.recall, scores.precision, scores.exact) == (1, 1, 1)
    assert scores.misses == []
    assert scores.misses_flagged is None
    assert scores.row_fields["comment"].strict == 3
    assert scores.report_fields["pages"].strict == 3
    assert scores.report_fields["organisation"].strict == 1


def test_a_comment_that_lost_a_period_is_nearly_found_and_the_row_not_exact() -> None:
    scores = compare(GOLD, changed(0, comment=GOLD.answers[0].comment[:-1]))
    assert (scores.whole, scores.row_fields["comment"].strict) == (2, 2)
    assert scores.row_fields["comment"].soft == 3
    assert [(m.key, m.field, m.flagged) for m in scores.misses] == [("1.1/1:1", "comment", False)]
    assert scores.misses_flagged == 0


@pytest.mark.parametrize("doubt", [{"flags": ("cut-uncertain",)}, {"confidence": 0.85}])
def test_a_miss_with_a_flag_or_low_confidence_is_flagged(doubt: dict[str, object]) -> None:
    scores = compare(GOLD, changed(1, comment="Något annat.", **doubt))
    assert (scores.inexact, scores.doubted) == (1, 1)
    assert scores.row_fields["comment"].soft == 2


def test_a_flag_on_an_exact_row_counts_for_nothing() -> None:
    scores = compare(GOLD, changed(1, flags=("cut",)))
    assert (scores.inexact, scores.doubted) == (0, 0)


def test_paragraphs_that_were_joined_are_nearly_but_not_exactly_found() -> None:
    joined = GOLD.answers[0].comment.replace("\n\n", " ")
    comment = compare(GOLD, changed(0, comment=joined)).row_fields["comment"]
    assert (comment.strict, comment.soft) == (2, 3)


def test_a_missing_row_lowers_recall_and_every_field() -> None:
    found = with_answers(*GOLD.answers[:2])
    scores = compare(GOLD, found)
    assert (scores.aligned, scores.whole, scores.false_rows) == (2, 2, 0)
    assert scores.recall == pytest.approx(2 / 3)
    assert scores.row_fields["answer"].support == 3
    assert scores.doubted == 0
    assert compare(GOLD, replace(found, status=Status.PARTIAL)).doubted == 1


def test_a_missing_row_is_flagged_if_the_row_that_swallowed_it_is() -> None:
    swallowed = GOLD.answers[0].comment + " " + GOLD.answers[1].comment
    for flags, doubted in ((("cut-uncertain",), 2), ((), 0)):
        first = replace(GOLD.answers[0], comment=swallowed, flags=flags)
        scores = compare(GOLD, with_answers(first, GOLD.answers[2]))
        assert (scores.inexact, scores.doubted) == (2, doubted)


def test_a_false_row_lowers_precision() -> None:
    extra = answer(4, "9:9", question="Vem äger frågan?")
    scores = compare(GOLD, with_answers(*GOLD.answers, extra))
    assert (scores.false_rows, scores.inexact) == (1, 1)
    assert scores.precision == pytest.approx(3 / 4)
    assert scores.misses[0].field == "row"


def test_a_row_in_the_wrong_section_is_found_by_its_question() -> None:
    scores = compare(GOLD, changed(0, section="1.2", key="1.2/1:1"))
    assert (scores.aligned, scores.whole) == (3, 2)
    assert [miss.field for miss in scores.misses] == ["section"]


def test_a_numbered_key_that_moved_does_not_pair_different_questions() -> None:
    first = answer(1, None, key="1.1/#1", question="Vilka mål finns för året?")
    second = answer(2, None, key="1.1/#2", question="Hur många har gått utbildningen?")
    gold = with_answers(first, second)
    found = with_answers(replace(second, position=1, key="1.1/#1"))
    scores = compare(gold, found)
    assert (scores.aligned, scores.whole) == (1, 1)
    assert [miss.expected for miss in scores.misses] == ["Vilka mål finns för året?"]


def test_sections_are_scored_by_number() -> None:
    found = replace(
        GOLD, sections=(Section("1", "Plan", 1), Section("2", "Falsk", 1)), organisation=""
    )
    scores = compare(GOLD, found)
    assert scores.report_fields["title"].strict == 1
    assert scores.report_fields["organisation"].strict == 0
    assert scores.false_sections == 1


def test_rows_beside_a_partial_gold_are_not_false() -> None:
    gold = replace(with_answers(GOLD.answers[1]), status=Status.PARTIAL)
    scores = compare(gold, GOLD)
    assert (scores.rows, scores.found, scores.false_rows) == (1, 1, 0)


def test_themes_are_scored_where_the_gold_has_them() -> None:
    assert (
        compare(GOLD, replace(GOLD, themes=(mention(1, "x", 0, Assertion.AFFIRMED),))).themes == {}
    )
    gold = replace(
        GOLD,
        themes=(
            mention(1, "sspf", 0, Assertion.PLANNED),
            mention(1, "sig", 0, Assertion.AFFIRMED),
            mention(2, "gvi", 0, Assertion.AFFIRMED),
        ),
    )
    found = replace(
        GOLD,
        themes=(
            mention(1, "sspf", 2, Assertion.AFFIRMED),
            mention(2, "gvi", 0, Assertion.AFFIRMED),
            mention(3, "gvi", 0, Assertion.AFFIRMED),
        ),
    )
    scores = compare(gold, found)
    assert (scores.themes["gvi"].precision, scores.themes["gvi"].recall) == (0.5, 1)
    assert scores.themes["sig"].recall == 0
    assert scores.themes["sig"].precision is None
    assert scores.all_themes.recall == pytest.approx(2 / 3)
    assert scores.assertions["planned"].missed == 1
    assert scores.assertions["affirmed"].wrong == 1


def test_scores_add_up() -> None:
    total = sum([compare(GOLD, GOLD), compare(GOLD, changed(0, answer="Nej"))], Scores())
    assert (total.reports, total.rows, total.whole) == (2, 6, 5)
    assert total.row_fields["answer"].support == 6
    assert total.row_fields["answer"].strict == 5
    record = json.loads(as_json({"a.txt": total}, total))
    assert record["total"]["exact"] == pytest.approx(5 / 6)
    assert record["misses"][0]["field"] == "answer"


def test_what_is_not_all_never_looks_like_all() -> None:
    assert percent(0.9999) == "99.9 %"
    assert percent(1.0) == "100.0 %"
    assert percent(None) == "–"
    assert differing_excerpts("a" * 50 + "b", "a" * 50 + "c") == (
        "…" + "a" * 15 + "b",
        "…" + "a" * 15 + "c",
    )


def run(*arguments: object) -> Result:
    return CliRunner().invoke(command, [str(one) for one in arguments], standalone_mode=False)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = render(make_board(2), "dump", 2)
    folder = tmp_path_factory.mktemp("gold")
    (folder / made.name).write_bytes(made.data)
    (folder / "gold.json").write_text(to_json(made.truth, indent=1), encoding="utf-8")
    return folder


def test_the_command_scores_a_folder(folder: Path) -> None:
    result = run(folder)
    assert result.return_value == 0
    assert "all reports" in result.output
    assert "board-002-dump.txt" in result.output


def test_the_command_prints_json(folder: Path) -> None:
    total = json.loads(run(folder / "gold.json", "--json").output)["total"]
    assert total["rows"] == len(make_board(2).rows)
    assert total["false_rows"] == total["found"] - total["aligned"]


def test_a_report_that_is_not_found_is_reported_as_missing(folder: Path, tmp_path: Path) -> None:
    lonely = tmp_path / "gold.json"
    lonely.write_bytes((folder / "gold.json").read_bytes())
    result = run(lonely)
    assert "--reports" in str(result.exception)
    assert run(lonely, "--reports", folder).return_value == 0


def test_a_file_that_is_not_gold_is_named(tmp_path: Path) -> None:
    wrong = tmp_path / "wrong.json"
    wrong.write_text('{"source": "a.txt"}', encoding="utf-8")
    assert "wrong.json is not a gold file: report_id" in str(run(wrong).exception)
    empty = tmp_path / "empty"
    empty.mkdir()
    assert "contains no gold files" in str(run(empty).exception)
