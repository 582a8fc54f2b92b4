"""Whether a row goes on over a page break: the evidence, without any file."""

from __future__ import annotations

import pytest

from extractors.layout.blocks import Doubt, Piece, RowBlock
from extractors.layout.rows.assemble import doubted, seem_one
from extractors.layout.rows.cuts import Habits, RowPart, judge
from models.document import Line
from tests.layout_builder import form

QUESTION = "Har ni en rutin för hot? Strategi 1:2 Rutiner ska finnas i alla verksamheter."
OPEN_COMMENT = "Rutinen är beslutad och används i"
CLOSED_COMMENT = "Rutinen är beslutad och används."
BEFORE = RowPart(question=QUESTION, answer=True, comment=OPEN_COMMENT)
DONE = RowPart(question=QUESTION, answer=True, comment=CLOSED_COMMENT)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (BEFORE, RowPart(comment="alla verksamheter.")),
        (DONE, RowPart(comment="Den följs upp varje år.")),
        (
            RowPart(question="Har ni en rutin för hot och", answer=True, comment=OPEN_COMMENT),
            RowPart(question="våld mot personal?", comment="alla verksamheter."),
        ),
        (
            RowPart(question="Har ni en rutin?", answer=True, comment=CLOSED_COMMENT),
            RowPart(question="Strategi 1:2 Rutiner ska finnas."),
        ),
        (
            RowPart(question="Har ni en rutin? Insats", answer=True, comment=CLOSED_COMMENT),
            RowPart(question="2:4 Rutiner ska finnas."),
        ),
    ],
    ids=["comment", "next-sentence", "both-cells", "detail", "inside-a-reference"],
)
def test_the_rest_of_a_row_goes_on(before: RowPart, after: RowPart) -> None:
    assert judge(before, after, Habits(), form()).goes_on


@pytest.mark.parametrize(
    "after",
    [
        RowPart(question="Är skolvägarna trygga?", answer=True, comment="Inte överallt."),
        RowPart(question="Är skolvägarna trygga?", answer=True),
        RowPart(question="Är skolvägarna trygga?", comment="Inte överallt."),
    ],
    ids=["whole", "no-comment", "blank-answer"],
)
def test_a_new_question_after_a_finished_row_is_a_new_row(after: RowPart) -> None:
    assert not judge(DONE, after, Habits(), form()).goes_on


def test_a_blank_answer_at_the_top_of_a_page_is_in_doubt() -> None:
    after = RowPart(question="Är skolvägarna trygga?", comment="Inte överallt.")
    assert not judge(DONE, after, Habits(), form()).sure


def test_weight_decides_where_questions_are_bold() -> None:
    habits = Habits(bold_starts=True)
    before = RowPart(question=QUESTION, answer=True, comment=CLOSED_COMMENT, opens_bold=True)
    bold = RowPart(question="Beskriv skolvägarna", comment="De är bra.", opens_bold=True)
    plain = RowPart(question="Alla ska kunna rutinen", comment="De är bra.")
    assert not judge(before, bold, habits, form()).goes_on
    assert judge(before, plain, habits, form()).goes_on


def test_a_question_cut_in_two_stays_whole_although_both_parts_are_bold() -> None:
    habits = Habits(bold_starts=True)
    before = RowPart(question="Har ni en rutin för", answer=True, opens_bold=True, ends_bold=True)
    after = RowPart(question="hot mot personal?", comment="Ja, sedan i våras.", opens_bold=True)
    assert judge(before, after, habits, form()).goes_on


def test_remark_in_brackets_after_a_bold_question_goes_on_on_the_next_page() -> None:
    habits = Habits(bold_starts=True)
    before = RowPart(question="Finns kontroll?", answer=True, opens_bold=True, ends_bold=True)
    after = RowPart(
        question="(samtliga bolag) 2:4 Alla ska kunna visa vem som är där.", opens_bold=True
    )
    assert judge(before, after, habits, form()).goes_on


def test_question_after_a_request_without_an_answer_is_a_new_row() -> None:
    before = RowPart(question="Redogör för hur ni når alla.", comment=CLOSED_COMMENT)
    after = RowPart(question="Är skolvägarna trygga?", answer=True, comment="Inte överallt.")
    assert not judge(before, after, Habits(), form()).goes_on


def test_an_open_edge_tells_of_a_cut_where_rows_are_closed() -> None:
    after = RowPart(question="Beskriv skolvägarna", comment="De är bra.")
    before = RowPart(question=QUESTION, answer=True, comment=CLOSED_COMMENT, open_edge=True)
    assert judge(before, after, Habits(), form()).goes_on
    closed = RowPart(question=QUESTION, answer=True, comment=CLOSED_COMMENT, open_edge=False)
    assert not judge(closed, after, Habits(closed_cuts=False), form()).goes_on


def test_shading_by_turns_parts_rows() -> None:
    habits = Habits(zebra=True)
    before = RowPart(question=QUESTION, answer=True, comment=OPEN_COMMENT, shaded=True)
    after = RowPart(question="Beskriv skolvägarna", comment="De är bra.", shaded=False)
    assert not judge(before, after, habits, form()).goes_on


def test_room_beside_the_last_line_ends_a_comment() -> None:
    after = RowPart(question="Är skolvägarna trygga?", comment="Tillsyn görs.")
    before = RowPart(question=QUESTION, answer=True, comment="Se bilaga", comment_room=30.0)
    assert not judge(before, after, Habits(), form()).goes_on


def test_a_numbered_question_opens_a_row_where_questions_are_numbered() -> None:
    after = RowPart(question="1:2:3 Beskriv läget", comment="Läget är gott.", opens_with=3)
    assert not judge(DONE, after, Habits(numbered=frozenset({3})), form()).goes_on


def cell(text: str) -> tuple[tuple[Piece, ...], ...]:
    return ((Piece.whole(Line(1, text)),),) if text else ()


def test_an_answer_and_a_comment_on_neighbouring_rows_may_be_of_one() -> None:
    answered = RowBlock(cell("Har något stärkts?"), cell("Ja")[0], ())
    commented = RowBlock(cell("Arbetar alla efter planen?"), (), cell("Det varierar."))
    assert seem_one(answered, commented)
    assert not seem_one(commented, answered)
    assert Doubt.QUESTION_UNCERTAIN in doubted(commented).doubts
    assert doubted(commented).confidence < commented.confidence
