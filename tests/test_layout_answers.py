"""Answer and comment in one cell, marks, and lists of boxes."""

from __future__ import annotations

import pytest

from extractors.layout.blocks import Cell, Piece
from extractors.layout.cells.answers import read_answer, split_answer
from models.document import Box, Line
from tests.layout_builder import form, text_of


def cell(*paragraphs: str) -> Cell:
    """A cell of paragraphs; `|` parts the lines of one."""
    number = 0
    found = []
    for paragraph in paragraphs:
        pieces = []
        for text in paragraph.split("|"):
            number += 1
            pieces.append(Piece.whole(Line(number, text)))
        found.append(tuple(pieces))
    return tuple(found)


def said(pieces: tuple[Piece, ...]) -> str:
    return " ".join(piece.text for piece in pieces)


@pytest.mark.parametrize(
    ("paragraphs", "answer", "comment"),
    [
        (("Ja", "Vi arbetar vidare."), "Ja", ("Vi arbetar vidare.",)),
        (("Ja|Vi arbetar vidare.",), "Ja", ("Vi arbetar vidare.",)),
        (("Ej|aktuellt", "Vi har inga lokaler."), "Ej aktuellt", ("Vi har inga lokaler.",)),
        (("Ja, delvis|Under våren.",), "Ja, delvis", ("Under våren.",)),
        ((" Nej ",), "Nej", ()),
        ((), "", ()),
        (("Redovisas i augusti.",), "", ("Redovisas i augusti.",)),
    ],
)
def test_an_answer_is_alone_on_the_first_line(
    paragraphs: tuple[str, ...], answer: str, comment: tuple[str, ...]
) -> None:
    split = split_answer(cell(*paragraphs), form())
    assert (said(split.answer), text_of(split.comment)) == (answer, comment)
    assert not split.doubtful


@pytest.mark.parametrize(
    "opening", ["Ja, vi arbetar med frågan.", "Delvis används metoden.", "Nej och ja."]
)
def test_a_comment_that_opens_with_an_answer_word_is_not_an_answer(opening: str) -> None:
    split = split_answer(cell(opening), form())
    assert split.answer == ()
    assert text_of(split.comment) == (opening,)
    assert split.doubtful


@pytest.mark.parametrize("mark", ["●", "•", "☒", "✔", "\uf06c", "\uf0fe", "\ufffd", "l", "[x]"])
def test_a_mark_before_the_answer_is_separated(mark: str) -> None:
    split = split_answer(cell(f"{mark} Ja", "Mer text."), form())
    assert said(split.answer) == "Ja"
    assert said(split.marks) == mark
    assert split.marked


def test_a_mark_in_a_piece_of_its_own() -> None:
    glyph = Line(1, "●", 1, Box(300, 100, 306, 110))
    word = Line(2, "Delvis", 1, Box(312, 100, 340, 112))
    text = Line(3, "Arbetet pågår.", 1, Box(300, 114, 380, 126))
    pieces = tuple(map(Piece.whole, (glyph, word, text)))
    split = split_answer((pieces,), form())
    assert (said(split.answer), text_of(split.comment)) == ("Delvis", ("Arbetet pågår.",))


@pytest.mark.parametrize(
    "options",
    [
        ("☐ Ja", "☒ Nej", "☐ Delvis", "Vi har ingen plan."),
        ("☐ Ja ☒ Nej ☐ Delvis", "Vi har ingen plan."),
        ("○ Ja|● Nej|○ Delvis|Vi har ingen plan.",),
        ("[ ] Ja [x] Nej", "Vi har ingen plan."),
        ("\uf0a8 Ja \uf0fe Nej", "Vi har ingen plan."),
    ],
)
def test_the_ticked_one_of_a_list_of_options_is_the_answer(options: tuple[str, ...]) -> None:
    split = split_answer(cell(*options), form())
    assert (said(split.answer), text_of(split.comment)) == ("Nej", ("Vi har ingen plan.",))
    assert "Ja" in said(split.marks)
    assert not split.doubtful


@pytest.mark.parametrize("options", ["☐ Ja ☐ Nej", "☒ Ja ☒ Nej"])
def test_options_of_which_not_exactly_one_is_ticked_give_no_answer(options: str) -> None:
    split = split_answer(cell(options, "Se bilaga."), form())
    assert split.answer == ()
    assert split.doubtful
    assert text_of(split.comment) == ("Se bilaga.",)


def test_bare_options_are_answered_by_the_drawn_mark_beside_one() -> None:
    split = split_answer(cell("Ja|Nej|Delvis", "Text."), form(), frozenset({2}))
    assert (said(split.answer), text_of(split.comment)) == ("Nej", ("Text.",))
    assert split.marked


def test_bare_options_without_a_mark_give_no_answer() -> None:
    split = split_answer(cell("Ja|Nej|Delvis", "Text."), form())
    assert split.answer == ()
    assert split.doubtful
    assert text_of(split.comment) == ("Text.",)


def test_bare_options_side_by_side() -> None:
    words = [
        Line(at + 1, word, 1, Box(60 * at, 100, 60 * at + 30, 112))
        for at, word in enumerate(("Ja", "Nej", "Ej aktuellt"))
    ]
    pieces = tuple(map(Piece.whole, words))
    assert split_answer((pieces,), form()).answer == ()
    assert said(split_answer((pieces,), form(), frozenset({3})).answer) == "Ej aktuellt"


def test_an_answer_and_a_comment_that_is_an_answer_word() -> None:
    split = split_answer(cell("Ja", "Nej"), form())
    assert (said(split.answer), text_of(split.comment)) == ("Ja", ("Nej",))
    assert split.doubtful


def test_an_unknown_answer_in_an_answer_column_is_kept_as_printed() -> None:
    split = read_answer(cell("● Påbörjas|2032"), form())
    assert said(split.answer) == "Påbörjas 2032"
    assert said(split.marks) == "●"


def test_no_character_is_lost_or_doubled() -> None:
    paragraphs = cell("☐ Ja ☒ Nej", "Ja, men inte nu.", "Ej aktuellt")
    split = split_answer(paragraphs, form())
    given = [piece for paragraph in paragraphs for piece in paragraph]
    found = [*split.answer, *split.marks, *(p for paragraph in split.comment for p in paragraph)]
    characters = sorted((p.line.number, at) for p in found for at in range(p.start, p.end))
    assert len(set(characters)) == len(characters)
    assert {(n, at) for n, at in characters} >= {
        (p.line.number, at)
        for p in given
        for at in range(p.start, p.end)
        if not p.line.text[at].isspace()
    }


@pytest.mark.parametrize("mark", ["●", "☐", "\uf06c", "l", "•"])
def test_the_mark_of_a_blank_answer_does_not_open_a_comment(mark: str) -> None:
    split = split_answer(cell(mark, "Vi har ingen plan."), form())
    assert (said(split.answer), said(split.marks)) == ("", mark)
    assert text_of(split.comment) == ("Vi har ingen plan.",)


@pytest.mark.parametrize("mark", ["☒", "✓", "x", "[x]"])
def test_a_tick_without_a_word_is_doubted(mark: str) -> None:
    for split in (split_answer(cell(mark), form()), read_answer(cell(mark), form())):
        assert (split.answer, split.comment, said(split.marks)) == ((), (), mark)
        assert split.doubtful


def test_a_box_before_running_text_is_not_part_of_the_comment() -> None:
    split = split_answer(cell("☐ Vi har ingen plan, men en är|beställd.", "Den kommer."), form())
    assert (split.answer, said(split.marks)) == ((), "☐")
    assert text_of(split.comment) == ("Vi har ingen plan, men en är beställd.", "Den kommer.")
    assert split.doubtful


@pytest.mark.parametrize("mark", ["☒ ", "● ", "✓ ", "[x] ", "\uf0fe "])
def test_an_answer_that_the_form_lacks_beside_a_mark(mark: str) -> None:
    split = split_answer(cell(f"{mark}Pausad tills vidare", "Arbetet återupptas i maj."), form())
    assert said(split.answer) == "Pausad tills vidare"
    assert text_of(split.comment) == ("Arbetet återupptas i maj.",)


def test_an_answer_that_the_form_lacks_beside_a_drawn_mark() -> None:
    paragraphs = cell("Pausad", "Arbetet återupptas i maj.")
    assert said(split_answer(paragraphs, form(), frozenset({1})).answer) == "Pausad"
    assert split_answer(paragraphs, form()).answer == ()


@pytest.mark.parametrize(
    "paragraphs",
    [
        ("• Trygghetsvandringar", "Vi går varje månad."),
        ("✓ Trygghetsvandringar", "✓ Föräldramöten"),
        ("● Utbildning av nya|medarbetare",),
        ("✓ Det är beslutat, men inte infört.",),
        ("T ex har vi prövat",),
    ],
)
def test_a_list_in_a_comment_keeps_its_marks(paragraphs: tuple[str, ...]) -> None:
    split = split_answer(cell(*paragraphs), form())
    assert split.answer == ()
    assert text_of(split.comment) == text_of(cell(*paragraphs))


def test_drawn_marks_before_all_lines_are_a_list() -> None:
    paragraphs = cell("Trygghetsvandringar", "Föräldramöten")
    split = split_answer(paragraphs, form(), frozenset({1, 2}))
    assert (split.answer, split.comment) == ((), paragraphs)


@pytest.mark.parametrize("options", ["☐ Ja ☒ Pausad ☐ Nej", "☐ Ja|☒ Pausad|☐ Nej"])
def test_the_ticked_option_may_be_one_that_the_form_lacks(options: str) -> None:
    split = split_answer(cell(options, "Vi väntar."), form())
    assert (said(split.answer), text_of(split.comment)) == ("Pausad", ("Vi väntar.",))


@pytest.mark.parametrize("options", ["Ja ☐ Nej ☒", "Ja [ ] Delvis ( ) Nej [x]"])
def test_boxes_behind_their_words(options: str) -> None:
    split = split_answer(cell(options, "Vi väntar."), form())
    assert (said(split.answer), text_of(split.comment)) == ("Nej", ("Vi väntar.",))
    assert not split.doubtful


def test_options_with_a_comment_on_their_line_are_doubted() -> None:
    split = split_answer(cell("☐ Ja ☒ Nej Vi har ingen plan."), form())
    assert split.doubtful


def test_a_comment_below_the_answer_in_an_answer_column_is_a_comment() -> None:
    split = read_answer(cell("Ja|Planen antogs i mars förra året."), form())
    assert (said(split.answer), text_of(split.comment)) == (
        "Ja",
        ("Planen antogs i mars förra året.",),
    )
    assert split.doubtful
