"""Rows of a dump cut by a page break, and comments that look like rows: small tables by hand."""

from __future__ import annotations

import pytest

from extractors.layout.blocks import RowBlock
from extractors.layout.dumps import flow
from extractors.readers import text
from models.form import Form

HEAD = "Frågor Svar med kommentar \n\n"
SURE = """Finns en plan för parkerna i stadsdelen?

Strategi 1:1 Parkerna ska vara upplysta och
skötas hela året av egen personal.

 Ja

Planen är klar sedan i våras och den följs upp av
alla enheter två gånger om året.

Har ni möten med de boende på torget?

Strategi 1:2 De boende ska kunna påverka hur
torget används under kvällar och helger.

 Nej

Mötena har ställts in eftersom den som skulle hålla
i dem har slutat, men de börjar igen till hösten.

Är trygghetsvärdarna kända av besökarna?

Strategi 1:3 Värdarna ska synas där många rör
sig, också på dagtid när skolan har slutat.

 Ja

De har nya västar.

"""


def rows(dump: str, form: Form) -> list[tuple[str, str, str]]:
    """Question cell, answer and comment of each row; paragraphs separated by a bar."""
    document = text.read(dump.encode())
    return [
        (
            _text(block.question),
            " ".join(piece.text for piece in block.answer),
            _text(block.comment),
        )
        for block in flow.layout(document, form).blocks
        if isinstance(block, RowBlock)
    ]


def _text(cell):
    return " | ".join(" ".join(piece.text for piece in paragraph) for paragraph in cell)


def last_row(dump: str, form: Form) -> tuple[str, str, str]:
    found = rows(HEAD + SURE + dump, form)
    assert len(found) == 4
    return found[3]


QUESTION = "Används belysningen i gångtunneln?\n\n"
QUESTION_TEXT = "Används belysningen i gångtunneln?"


def test_the_rest_of_the_question_comes_before_the_rest_of_the_comment(form):
    found = last_row(
        QUESTION
        + "Strategi 1:4 Tunnlarna ska ha ljus som tänds när\n\n"
        + " Ja\n\nLamporna är bytta men flera har gått sönder och\n\n"
        + " någon kommer nära.\n\nska lagas i vinter.\n",
        form,
    )
    assert found == (
        f"{QUESTION_TEXT} | Strategi 1:4 Tunnlarna ska ha ljus som tänds när någon kommer nära.",
        "Ja",
        "Lamporna är bytta men flera har gått sönder och ska lagas i vinter.",
    )


def test_a_detail_that_begins_on_the_next_page_belongs_to_its_question(form):
    found = last_row(
        QUESTION
        + " Ja\n\nLamporna är bytta.\n\n"
        + " Strategi 1:4 Tunnlarna ska ha ljus.\n\nFler lampor är beställda.\n",
        form,
    )
    assert found[0] == f"{QUESTION_TEXT} | Strategi 1:4 Tunnlarna ska ha ljus."
    assert found[2].startswith("Lamporna är bytta.")
    assert found[2].endswith("Fler lampor är beställda.")


OPENINGS = pytest.mark.parametrize(
    "opening",
    [
        "Strategi 1:2 i programmet är svår att hinna med i år.",
        "Insats 2:1 och 2:3 hänger ihop för oss.",
        "2.3 Ljusa stråk är det delprojekt som hunnit längst.",
        "1.1 i vår verksamhetsplan säger samma sak.",
        "Delvis används lamporna även i parken.",
        "Svar lämnas av enheten som helhet.",
        "Vad kostar det? Frågan har vi ställt till staden.",
    ],
)
ROW = f"{QUESTION}Strategi 1:4 Tunnlarna ska ha ljus.\n\n Ja\n\nLamporna är bytta.\n\n"


@OPENINGS
def test_a_comment_that_opens_like_something_else_is_a_comment(form, opening):
    found = last_row(f"{ROW}{opening}\n\nFler lampor är beställda.\n", form)
    assert found[0] == f"{QUESTION_TEXT} | Strategi 1:4 Tunnlarna ska ha ljus."
    assert found[1] == "Ja"
    assert opening in found[2]


@OPENINGS
def test_text_after_a_space_that_may_begin_a_page_is_a_comment_or_doubtful(form, opening):
    """After a page the rest of the question comes first, and both cells are finished here."""
    dump = f"{HEAD}{SURE}{ROW} {opening}\n\nFler lampor är beställda.\n"
    blocks = flow.layout(text.read(dump.encode()), form).blocks
    last = [block for block in blocks if isinstance(block, RowBlock)][-1]
    assert _text(last.question).startswith(QUESTION_TEXT)
    assert opening in _text(last.comment) or last.confidence < 0.9


def test_an_answer_word_in_small_letters_can_end_a_sentence(form):
    found = last_row(
        QUESTION
        + "Strategi 1:4 Tunnlarna ska ha ljus.\n\n Ja\n\n"
        + "Lamporna är bytta i alla tunnlar utom i två, där arbetet\npågår.\n",
        form,
    )
    assert found[2].endswith("där arbetet pågår.")
    assert " | " not in found[2]


def test_a_year_on_the_next_page_is_not_a_list_item(form):
    found = last_row(
        QUESTION
        + "Strategi 1:4 Tunnlarna ska ha ljus.\n\n Ja\n\n"
        + "Rapporten om lamporna i alla tunnlar lämnas i juni\n\n"
        + " 2025. Sedan görs en ny.\n",
        form,
    )
    assert found[2].endswith("lämnas i juni 2025. Sedan görs en ny.")


def test_a_row_without_answer_is_not_part_of_the_previous_row(form):
    found = last_row(
        QUESTION + "Strategi 1:4 Tunnlarna ska ha ljus.\n\n \n\nVi har inga tunnlar.\n",
        form,
    )
    assert found == (
        f"{QUESTION_TEXT} | Strategi 1:4 Tunnlarna ska ha ljus.",
        "",
        "Vi har inga tunnlar.",
    )


def test_a_question_without_a_question_mark_opens_its_row(form):
    found = last_row(
        "Beskriv hur ni sköter ljuset i gångtunneln.\n\n"
        "Strategi 1:4 Tunnlarna ska ha ljus.\n\n Ja\n\nLamporna är bytta.\n",
        form,
    )
    assert found[0].startswith("Beskriv hur ni sköter ljuset")
    assert found[2] == "Lamporna är bytta."


def test_a_title_alone_before_a_page_number_is_not_a_comment(form):
    found = last_row(
        QUESTION
        + "Strategi 1:4 Tunnlarna ska ha ljus.\n\n Ja\n\nLamporna är bytta.\n\n \n\n"
        + "Redovisning av det trygga Almhamn\n\n4 (9)\n\n \n\nFler lampor är beställda.\n",
        form,
    )
    assert "Redovisning" not in found[2]


def test_an_answer_before_a_table_header_on_a_new_page_stays_in_its_row(form):
    """Text before several column headers can introduce a table; an answer never does."""
    dump = (
        HEAD
        + SURE
        + QUESTION
        + " Ja\n\n"
        + HEAD
        + " Strategi 1:4 Tunnlarna ska ha ljus.\n\nLamporna är bytta.\n\n"
        + "Syns skyltarna i mörker?\n\n Ja\n\n"
        + HEAD
        + " Strategi 1:5 Skyltar ska vara upplysta.\n\nAlla är bytta.\n"
    )
    found = rows(dump, form)
    assert [answer for _, answer, _ in found] == ["Ja", "Nej", "Ja", "Ja", "Ja"]
    assert found[4][0] == "Syns skyltarna i mörker? | Strategi 1:5 Skyltar ska vara upplysta."


def test_a_title_whose_first_line_ends_with_a_comma_is_a_heading_after_a_row(form):
    dump = (
        "1 Plan för ljus\n\n1.1 Parker\n\n"
        + HEAD
        + SURE.rstrip()
        + "\n1.2 Ljus i tunnlar, skyltar,\nbroar och kajer\n\nAnvisning\n\nHur är ljuset?\n\n"
        + HEAD
        + QUESTION
        + " Ja\n\nLamporna är bytta.\n"
    )
    found = rows(dump, form)
    assert found[2][2] == "De har nya västar."
    assert found[3] == (QUESTION_TEXT, "Ja", "Lamporna är bytta.")
