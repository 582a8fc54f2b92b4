"""Whether a row continues over a page break: the evidence, without any file."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, TypeGuard

import pytest

from extractors.layout.blocks import Block, Doubt, RowBlock
from extractors.layout.geometry import layout
from extractors.layout.rows.decide import goes_on
from extractors.layout.rows.habits import Habits
from extractors.layout.rows.page_break import Break, Side
from tests.layout_builder import Builder, Row, form

QUESTION = "Har ni en rutin för hot? Strategi 1:2 Rutiner ska finnas i alla verksamheter."
OPEN_COMMENT = "Rutinen är beslutad och används i"
CLOSED_COMMENT = "Rutinen är beslutad och används."
BEFORE = Side(question=QUESTION, answer=True, comment=OPEN_COMMENT)
DONE = Side(question=QUESTION, answer=True, comment=CLOSED_COMMENT)
PLAIN = Habits({}, aligned=1.0, asks=True)
BOLD = Habits({}, aligned=1.0, asks=True, bold=True)
NUMBERED = Habits({}, aligned=1.0, asks=True, numbered=frozenset({3}))


def likely(before: Side, after: Side, habits: Habits = PLAIN, **drawn: Any) -> float:
    """How likely the row is to continue."""
    return goes_on(Break(before, after, habits, form(), **drawn))


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (BEFORE, Side(comment="alla verksamheter.")),
        (DONE, Side(comment="Den följs upp varje år.")),
        (
            Side(question="Har ni en rutin för hot och", answer=True, comment=OPEN_COMMENT),
            Side(question="våld mot personal?", comment="alla verksamheter."),
        ),
        (
            Side(question="Har ni en rutin?", answer=True, comment=CLOSED_COMMENT),
            Side(question="Strategi 1:2 Rutiner ska finnas."),
        ),
        (
            Side(question="Har ni en rutin? Insats", answer=True, comment=CLOSED_COMMENT),
            Side(question="2:4 Rutiner ska finnas."),
        ),
    ],
    ids=["comment", "next-sentence", "both-cells", "detail", "inside-a-reference"],
)
def test_the_rest_of_a_row_continues_it(before: Side, after: Side) -> None:
    assert likely(before, after) > 0.5


@pytest.mark.parametrize(
    "after",
    [
        Side(question="Är skolvägarna trygga?", answer=True, comment="Inte överallt."),
        Side(question="Är skolvägarna trygga?", answer=True),
        Side(question="Är skolvägarna trygga?", comment="Inte överallt."),
    ],
    ids=["whole", "no-comment", "blank-answer"],
)
def test_a_new_question_after_a_finished_row_is_a_new_row(after: Side) -> None:
    assert likely(DONE, after) < 0.5


def test_a_blank_answer_at_the_top_of_a_page_is_doubtful() -> None:
    after = Side(question="Är skolvägarna trygga?", comment="Inte överallt.")
    assert 0.02 < likely(DONE, after) < 0.98


def test_weight_decides_where_questions_are_bold() -> None:
    before = Side(question=QUESTION, answer=True, comment=CLOSED_COMMENT, opens_bold=True)
    bold = Side(question="Beskriv skolvägarna", comment="De är bra.", opens_bold=True)
    plain = Side(question="Alla ska kunna rutinen", comment="De är bra.")
    assert likely(before, bold, BOLD) < 0.5
    assert likely(before, plain, BOLD) > 0.5


def test_a_question_cut_in_two_is_rejoined_although_both_parts_are_bold() -> None:
    before = Side(question="Har ni en rutin för", answer=True, opens_bold=True, ends_bold=True)
    after = Side(question="hot mot personal?", comment="Ja, sedan i våras.", opens_bold=True)
    assert likely(before, after, BOLD) > 0.5


def test_remark_in_brackets_after_a_bold_question_continues_on_the_next_page() -> None:
    before = Side(question="Finns kontroll?", answer=True, opens_bold=True, ends_bold=True)
    after = Side(
        question="(samtliga bolag) 2:4 Alla ska kunna visa vem som är där.", opens_bold=True
    )
    assert likely(before, after, BOLD) > 0.5


def test_question_after_a_request_without_an_answer_is_a_new_row() -> None:
    before = Side(question="Redogör för hur ni når alla.", comment=CLOSED_COMMENT)
    after = Side(question="Är skolvägarna trygga?", answer=True, comment="Inte överallt.")
    assert likely(before, after) < 0.5


def test_an_open_edge_shows_a_cut_where_rows_are_closed() -> None:
    after = Side(question="Beskriv skolvägarna", comment="De är bra.")
    is_open = likely(DONE, after, closed=False, closed_share=0.8)
    assert is_open > likely(DONE, after, closed=True, closed_share=0.8)


def test_alternate_shading_separates_rows() -> None:
    after = Side(question="Beskriv skolvägarna", comment="De är bra.")
    assert likely(BEFORE, after, shades_differ=True) < 0.5


def test_room_beside_the_last_line_ends_a_comment() -> None:
    after = Side(question="Är skolvägarna trygga?", comment="Tillsyn görs.")
    before = Side(question=QUESTION, answer=True, comment="Se bilaga", comment_room=30.0)
    assert likely(before, after) < likely(replace(before, comment_room=0.0), after)


def test_a_numbered_question_opens_a_row_where_questions_are_numbered() -> None:
    after = Side(question="1:2:3 Beskriv läget", comment="Läget är gott.")
    assert likely(DONE, after, NUMBERED) < 0.5


@pytest.mark.parametrize(
    ("below", "doubted"),
    [
        ("", True),
        ("Frågorna nedan besvaras av alla.", False),
        ("och i alla verksamheter.", True),
    ],
    ids=["page-end", "next-text", "rest"],
)
def test_a_comment_that_breaks_off_is_doubted_where_more_of_it_could_stand(
    below: str, doubted: bool
) -> None:
    """A last comment without a full stop ends where other text follows on its page."""
    builder = Builder()
    comment = "Avdelningscheferna ansvarar för att planen är känd"
    builder.table([Row("Är planen känd?", "Ja", (comment,))])
    if below:
        builder.text(below)
    (row,) = (block for block in layout(builder.document(), form()).blocks if is_row(block))
    assert (Doubt.CUT_UNCERTAIN in row.doubts) == doubted


def is_row(block: Block) -> TypeGuard[RowBlock]:
    return isinstance(block, RowBlock)
