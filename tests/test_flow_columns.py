"""Dumps that give the columns of a page one after the other, without geometry."""

from __future__ import annotations

import pytest

from extractors.extract import extract_bytes
from extractors.rules import builtin_forms
from extractors.themes import builtin_taxonomy
from models.report import Answer, Report
from tests.generator import make_board, render

BEGINNING = """\
1 Program för trygga stadsdelar

1.1 Arbetsprocessen

Uppföljningsfråga
"""


def extract(*pages: str) -> Report:
    data = "\f".join(pages).encode()
    return extract_bytes(data, "dump.txt", builtin_forms(), builtin_taxonomy())


def fields(answer: Answer) -> tuple[str, str, str, str]:
    return answer.question, answer.detail, answer.answer, answer.comment


TWO_ROWS = f"""{BEGINNING}
Har ni gjort en plan?

Strategi 1:1 Alla ska ha en plan.

Har planen övats?

Strategi 1:2 Planen ska övas
"""
TWO_ANSWERS = """
Svar och kommentar

Ja

Planen är klar.

Den finns på två språk.

Nej

Övningen är flyttad till
"""


def test_questions_of_a_page_come_before_its_answers() -> None:
    report = extract(TWO_ROWS + TWO_ANSWERS, "vartannat år.\n\nhösten.\n")
    assert [fields(answer) for answer in report.answers] == [
        (
            "Har ni gjort en plan?",
            "Strategi 1:1 Alla ska ha en plan.",
            "Ja",
            "Planen är klar.\n\nDen finns på två språk.",
        ),
        (
            "Har planen övats?",
            "Strategi 1:2 Planen ska övas vartannat år.",
            "Nej",
            "Övningen är flyttad till hösten.",
        ),
    ]


def test_every_line_of_a_dump_by_columns_stands_in_one_place() -> None:
    report = extract(TWO_ROWS + TWO_ANSWERS, "vartannat år.\n\nhösten.\n")
    assert not [problem for problem in report.problems if problem.code.startswith("text-")]


def test_one_answer_too_few_is_shown_as_doubt() -> None:
    # Which of the two questions has no answer, nothing tells.
    right = "\nSvar och kommentar\n\nJa\n\nPlanen är klar.\n"
    first, second = extract(TWO_ROWS + right, TWO_ROWS + TWO_ANSWERS).answers[:2]
    for answer in (first, second):
        assert "column-uncertain" in answer.flags
        assert answer.confidence < 0.9


def test_two_empty_lines_stand_for_a_blank_answer() -> None:
    right = "\nSvar och kommentar\n\nJa\n\nPlanen är klar.\n\n\nÖvningen är flyttad.\n"
    first, second = extract(TWO_ROWS + right, TWO_ROWS + TWO_ANSWERS).answers[:2]
    assert (first.answer, first.comment) == ("Ja", "Planen är klar.")
    assert (second.answer, second.comment) == ("", "Övningen är flyttad.")


def test_reference_that_opens_a_comment_is_no_detail_of_a_question() -> None:
    # It repeats a number that is used, so that it does not lead on from the details.
    right = TWO_ANSWERS.replace(
        "Den finns på två språk.", "Strategi 1:1 tar mer tid än väntat, skriver enheterna."
    )
    first = extract(TWO_ROWS + right, "vartannat år.\n\nhösten.\n").answers[0]
    assert first.detail == "Strategi 1:1 Alla ska ha en plan."
    assert first.comment.endswith("Strategi 1:1 tar mer tid än väntat, skriver enheterna.")


def test_short_comment_that_repeats_is_no_question() -> None:
    right = TWO_ANSWERS.replace("Den finns på två språk.", "Följs upp i bokslutet")
    again = TWO_ROWS.replace(BEGINNING, BEGINNING.replace("1.1", "1.2")) + right
    report = extract(TWO_ROWS + right, "vartannat år.\n\nhösten.\n", again)
    assert [answer.question for answer in report.answers] == [
        "Har ni gjort en plan?",
        "Har planen övats?",
    ] * 2


@pytest.mark.parametrize(
    ("opening", "rest"),
    [
        ("1.1 Arbetet med rutiner är det svåra. Det tar tid att nå", "alla."),
        ("1.2 Rutiner för hot och våld är det som", "brister mest."),
    ],
    ids=["a-sentence-inside", "cut-inside-its-first-sentence"],
)
def test_comment_that_opens_with_a_section_number_is_no_heading(opening: str, rest: str) -> None:
    # It is the last on its page, where a heading could stand before its text on the next.
    right = TWO_ANSWERS.replace("Övningen är flyttad till", f"Övningen är flyttad.\n\n{opening}")
    report = extract(TWO_ROWS + right, f"vartannat år.\n\n{rest}\n")
    assert report.answers[1].comment == f"Övningen är flyttad.\n\n{opening} {rest}"


def test_request_without_a_question_mark_is_a_question() -> None:
    left = TWO_ROWS.replace("Har planen övats?", "Beskriv hur planen övas.")
    report = extract(left + TWO_ANSWERS, "vartannat år.\n\nhösten.\n")
    assert [answer.question for answer in report.answers] == [
        "Har ni gjort en plan?",
        "Beskriv hur planen övas.",
    ]


def test_rest_of_a_comment_stays_out_of_a_question_cell_that_has_no_full_stop() -> None:
    right = TWO_ANSWERS.replace("Övningen är flyttad till", "Övningen leds av")
    following = (
        "polis och räddningstjänst. Datum är inte satt.\n\nEn ny plan tas fram. Den blir kort."
    )
    report = extract(TWO_ROWS.replace("ska övas", "ska övas varje vår") + right, following)
    second = report.answers[1]
    assert second.detail == "Strategi 1:2 Planen ska övas varje vår"
    assert second.comment.startswith("Övningen leds av polis och räddningstjänst.")


ROW_BY_ROW = """\
1 Program för trygga stadsdelar

1.1 Arbetsprocessen

Uppföljningsfråga

Svar och kommentar

Har ni gjort en plan?

Strategi 1:1 Alla ska ha en plan.

Ja

Planen är klar.

Har planen övats?

Strategi 1:2 Planen ska övas.

Nej

Övningen är flyttad.

Finns en rutin?

Strategi 1:3 Rutiner ska finnas.

Delvis

Rutinen är ny.
"""
ONE_TABLE_BY_COLUMNS = """\
1.2 Samlad bedömning

Uppföljningsfråga

Nås målet för planen?

Målet är att alla är trygga.

Svar

Delvis

Kommentar

Mycket återstår.
"""


def test_table_by_columns_in_a_dump_that_else_goes_by_rows() -> None:
    report = extract(ROW_BY_ROW, ONE_TABLE_BY_COLUMNS)
    assert [fields(answer) for answer in report.answers[2:]] == [
        ("Finns en rutin?", "Strategi 1:3 Rutiner ska finnas.", "Delvis", "Rutinen är ny."),
        ("Nås målet för planen?", "Målet är att alla är trygga.", "Delvis", "Mycket återstår."),
    ]


def test_footnote_at_the_foot_of_a_page_is_no_comment() -> None:
    report = extract(ROW_BY_ROW + "\n1 Siffrorna avser förra året.\n", ONE_TABLE_BY_COLUMNS)
    assert report.answers[2].comment == "Rutinen är ny."
    told = [problem.message for problem in report.problems if problem.code == "text-other"]
    assert any("1 Siffrorna avser förra året." in message for message in told)


def test_list_without_full_stops_after_its_numbers_is_no_footnote() -> None:
    items = "\n1 Kartläggning av behoven.\n\n2 Val av metod.\n"
    comment = extract(ROW_BY_ROW + items, ONE_TABLE_BY_COLUMNS).answers[2].comment
    assert comment == "Rutinen är ny.\n\n1 Kartläggning av behoven.\n\n2 Val av metod."


THREE_COLUMNS = f"""{BEGINNING}
Svar

Har ni gjort en plan?

Ja

Har planen övats?

Nej

Kommentar

Planen är klar.

Den finns på två språk.

Övningen är flyttad.
"""


NEXT_PAGE = """\
1.2 Inriktningen

Uppföljningsfråga

Svar

Finns rutinen?

Delvis

Kommentar

Rutinen är ny.
"""


def test_comments_of_three_columns_that_nothing_parts_are_doubtful() -> None:
    answers = extract(THREE_COLUMNS, NEXT_PAGE).answers[:2]
    assert [answer.answer for answer in answers] == ["Ja", "Nej"]
    assert all(answer.confidence < 0.9 for answer in answers)
    told = "\n\n".join(answer.comment for answer in answers)
    assert told == "Planen är klar.\n\nDen finns på två språk.\n\nÖvningen är flyttad."


def test_last_paragraph_of_a_page_after_one_without_full_stop_is_no_running_foot() -> None:
    right = "\nSvar och kommentar\n\nJa\n\nArbetet går enligt plan\n\nVi är klara.\n\n1 (2)\n"
    report = extract(TWO_ROWS + right, "vartannat år.\n\n2 (2)\n")
    told = " ".join(answer.comment for answer in report.answers).strip()
    assert told == "Arbetet går enligt plan\n\nVi är klara."


def exact(report: Report, truth: Report) -> tuple[int, list[Answer]]:
    """Returns how many rows are exact, and the others that look sure."""
    wanted = {answer.key: fields(answer) for answer in truth.answers}
    right = [answer for answer in report.answers if wanted.get(answer.key) == fields(answer)]
    wrong = [answer for answer in report.answers if answer not in right]
    return len(right), [answer for answer in wrong if answer.confidence >= 0.9]


@pytest.mark.parametrize(
    ("kind", "floor", "sure_but_wrong"),
    [("dump-columns", 0.92, 0.01), ("dump-pdfminer", 0.55, 0.0)],
)
def test_rows_of_invented_boards(kind: str, floor: float, sure_but_wrong: float) -> None:
    rows = right = wrong = 0
    for seed in range(1000, 1003):
        rendered = render(make_board(seed), kind, seed)
        report = extract_bytes(rendered.data, rendered.name, builtin_forms(), builtin_taxonomy())
        count, sure = exact(report, rendered.truth)
        rows += len(rendered.truth.answers)
        right += count
        wrong += len(sure)
        assert not [problem for problem in report.problems if problem.code == "text-lost"]
    print(f"{kind}: {right} of {rows} rows exact, {wrong} wrong that look sure")
    assert right / rows >= floor
    assert wrong / rows <= sure_but_wrong
