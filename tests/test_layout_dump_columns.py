"""Dumps whose columns are laid out with spaces."""

from __future__ import annotations

from extractors.layout.blocks import Piece
from extractors.layout.dumps.columns_by_blanks import to_geometry
from extractors.layout.geometry import layout
from extractors.readers.text import read
from models.document import Document
from tests.layout_builder import Row, form, rows_of, texts_of

HEAD = "    Uppföljningsfrågor                  Svarsalternativ med kommentar\n\n"


def rows(text: str) -> list[Row]:
    document = to_geometry(read(text.encode()))
    assert document is not None
    return rows_of(layout(document, form()))


TWO_ROWS = (
    "    1.1 Uppföljning\n\n"
    + HEAD
    + """\
    Har ni en rutin för hot och         Ja
    våld mot personal?
                                        Rutinen är beslutad och alla chefer
    Strategi 1:1 Rutiner ska finnas     känner till den. Den följs upp varje
    i alla verksamheter.                år i ledningsgruppen.

    Är skolvägarna trygga?              Nej

    Strategi 1:2 Skolvägar ska          Belysning saknas på flera platser och
    inventeras av eleverna.             korsningen är farlig.
"""
)


def test_rows_of_a_dump_with_columns() -> None:
    assert rows(TWO_ROWS) == [
        Row(
            "Har ni en rutin för hot och våld mot personal?",
            "Ja",
            (
                "Rutinen är beslutad och alla chefer känner till den. Den följs upp varje år i "
                "ledningsgruppen.",
            ),
            ("Strategi 1:1 Rutiner ska finnas i alla verksamheter.",),
        ),
        Row(
            "Är skolvägarna trygga?",
            "Nej",
            ("Belysning saknas på flera platser och korsningen är farlig.",),
            ("Strategi 1:2 Skolvägar ska inventeras av eleverna.",),
        ),
    ]


def test_row_without_an_answer_in_a_tight_table() -> None:
    # Neither a gap nor an answer tells that the second row begins.
    text = TWO_ROWS.replace(
        """\
    i alla verksamheter.                år i ledningsgruppen.

    Är skolvägarna trygga?              Nej

""",
        """\
    i alla verksamheter.                år i ledningsgruppen.
    Är skolvägarna trygga?

""",
    )
    found = rows(text)
    assert [row.question for row in found] == [
        "Har ni en rutin för hot och våld mot personal?",
        "Är skolvägarna trygga?",
    ]
    assert found[1].detail == ("Strategi 1:2 Skolvägar ska inventeras av eleverna.",)


def test_text_below_a_long_comment_at_the_bottom_of_a_page_is_not_a_detail() -> None:
    # The comment is longer than the question cell; the text leads to the table on the next page.
    text = TWO_ROWS.replace(
        "korsningen är farlig.\n",
        """korsningen är farlig.

                                        Frågan tas upp igen i höst, när
                                        vägarna har setts över.

    Nästa tabell gäller hela perioden.
\f

"""
        + HEAD
        + "    Finns en plan?                      Delvis\n",
    )
    found = rows(text)
    assert found[1].detail == ("Strategi 1:2 Skolvägar ska inventeras av eleverna.",)
    assert [row.question for row in found][2:] == ["Finns en plan?"]


def test_pieces_point_into_the_original_lines() -> None:
    document = read(TWO_ROWS.encode())
    geometry = to_geometry(document)
    assert geometry is not None
    originals = {line.number: line.text for line in document.lines}
    for line in geometry.lines:
        piece = Piece.whole(line)
        assert originals[line.number][piece.start : piece.end] == piece.text
    gathered: dict[int, set[int]] = {}
    for line in geometry.lines:
        piece = Piece.whole(line)
        gathered.setdefault(line.number, set()).update(range(piece.start, piece.end))
    for number, text in originals.items():
        filled = {at for at, character in enumerate(text) if not character.isspace()}
        assert filled <= gathered.get(number, set())


def test_columns_that_move_on_the_next_page() -> None:
    # pdftotext lays out every page anew: a page without answers has its columns closer together.
    text = (
        HEAD
        + """\
    Har ni en rutin för hot och         Ja
    våld mot personal?
                                        Rutinen är beslutad och alla chefer
                                        känner till den och
\f våld i arbetet ska               följer den i sitt dagliga arbete. Den
 anmälas av chefen.               följs upp varje år.

 Är skolvägarna trygga?           Nej

                                  Belysning saknas på flera platser och
                                  korsningen är farlig.
"""
    )
    found = rows(text)
    assert [row.answer for row in found] == ["Ja", "Nej"]
    assert found[0].comment == (
        "Rutinen är beslutad och alla chefer känner till den och följer den i sitt dagliga arbete. "
        "Den följs upp varje år.",
    )


def test_columns_whose_lines_alternate() -> None:
    text = (
        HEAD
        + """\
    Har ni en rutin för hot och         Ja
    våld mot personal som
                                        Rutinen är beslutad och alla chefer
    möter invånare och som
                                        känner till den och följer den i sitt
    arbetar ensamma?
                                        dagliga arbete med personalen.

    Är skolvägarna trygga?              Nej
                                        Belysning saknas på flera platser.
"""
    )
    found = rows(text)
    assert found[0].question == (
        "Har ni en rutin för hot och våld mot personal som möter invånare och som arbetar ensamma?"
    )
    assert found[1].question == "Är skolvägarna trygga?"


def test_headers_with_a_single_space_between_them() -> None:
    text = (
        "Fråga                    Svarsalternativ Kommentarer\n\n"
        "Har ni en rutin?         Ja              Rutinen är beslutad.\n\n"
        "Är vägarna trygga?       Ej aktuellt     Vi har inga vägar.\n\n"
    ) * 3
    assert len(rows(text)) == 6


def test_a_heading_with_a_wide_space_is_not_a_row() -> None:
    text = (
        TWO_ROWS + "\n    2.3 Område 3: Trygg kollektivtrafik  och säkra skolvägar\n\n    Text.\n"
    )
    document = to_geometry(read(text.encode()))
    assert document is not None
    found = layout(document, form())
    assert len(rows_of(found)) == 2
    assert texts_of(found)[-2] == "2.3 Område 3: Trygg kollektivtrafik och säkra skolvägar"


def test_a_flow_of_cells_is_not_laid_out_in_columns() -> None:
    head = "Uppföljningsfrågor Svarsalternativ med kommentar\n\n"
    text = head + "Har ni en rutin?\n\n Ja\n\nDen finns.\n"
    assert to_geometry(read((text * 20).encode())) is None


def test_a_document_with_tabs_keeps_its_offsets() -> None:
    document = to_geometry(read((TWO_ROWS + "\n\tIndragen\ttext.\n").encode()))
    assert isinstance(document, Document)
    assert any("Indragen\ttext." in line.text for line in document.lines)


DRIFTED = """\
    1.1 Uppföljning

    Fråga                    Svar               Kommentar
    Är vägen trygg?                 Ja                 Ja, efter att den nya
                                                       bron öppnade i maj.
    Finns det en rutin för hot      Delvis             Rutinen är skriven och
    och våld som alla känner                           gäller från hösten.
    till?
    Har personalen övat på den?     Nej                Övningen är planerad till
                                                       våren.
"""


def test_header_whose_words_are_left_of_their_columns() -> None:
    # The second question runs into the place of the answer's head; the white between stands further
    # right.
    found = rows(DRIFTED)
    assert [(row.question, row.answer) for row in found] == [
        ("Är vägen trygg?", "Ja"),
        ("Finns det en rutin för hot och våld som alla känner till?", "Delvis"),
        ("Har personalen övat på den?", "Nej"),
    ]
    assert found[1].comment == ("Rutinen är skriven och gäller från hösten.",)


def test_header_whose_words_are_left_of_all_rows() -> None:
    first = "    Är vägen trygg?                 Ja                 Ja, efter att den nya\n"
    second = "                                                       bron öppnade i maj.\n"
    found = rows(DRIFTED.replace(first + second, ""))
    assert [row.answer for row in found] == ["Delvis", "Nej"]
