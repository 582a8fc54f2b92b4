"""Where paragraphs begin in cells of page dumps: the room on the line above shows it."""

from __future__ import annotations

from itertools import zip_longest

import pytest

from extractors.extract import extract_bytes
from extractors.layout.decisions import decisions
from extractors.layout.dumps.letters import builtin_measures
from extractors.layout.dumps.paragraphs import opens_item
from extractors.readers.text import read
from extractors.rules import builtin_forms
from extractors.themes import builtin_taxonomy
from models.report import Answer
from tests.test_dump_widths import TEXT, wrapped

ARIAL = builtin_measures()[1]
WIDTH = 44.5
SHORT = "Lamporna vid badet är bytta."
LONG = (
    "Därefter har gångvägen mellan torget och stationen fått nya armaturer, som tänds tidigare på "
    "kvällen än de gamla och lyser upp även trappan ned mot kajen."
)
PARAGRAPHS = [
    (TEXT.strip(), SHORT, LONG),
    (LONG, TEXT.strip()),
    (SHORT, "a) nya skyltar vid bron", "b) spegel i tunneln", TEXT.strip()),
]


def dump() -> str:
    """A table of three rows, no empty line in them, as a page with narrow line spacing gives."""
    lines = ["1 Trygga platser", "", f"{'Uppföljningsfrågor':40}Svarsalternativ med kommentar"]
    for number, paragraphs in enumerate(PARAGRAPHS, start=1):
        left = ["Är vägen till skolan", "trygg?", f"Strategi 1:{number} Vägar ska ha ljus."]
        right = ["Ja", *(line for own in paragraphs for line in wrapped(own, ARIAL, WIDTH))]
        lines += [f"{a:40}{b}".rstrip() for a, b in zip_longest(left, right, fillvalue="")]
        lines.append("")
    return "\n".join(lines)


def answers() -> tuple[Answer, ...]:
    return extract_bytes(dump().encode(), "dump.txt", builtin_forms(), builtin_taxonomy()).answers


def test_paragraphs_end_where_the_next_word_had_room() -> None:
    assert [tuple(row.comment.split("\n\n")) for row in answers()] == PARAGRAPHS


@pytest.mark.parametrize(
    ("text", "opens"),
    [("¹ Uppgiften är hämtad ur systemet.", True), ("² av tre", True), ("2025² var", False)],
)
def test_the_raised_number_of_a_note_opens_a_paragraph(text: str, opens: bool) -> None:
    assert opens_item(text) is opens


def test_the_detail_is_a_paragraph_of_its_own() -> None:
    assert [row.question for row in answers()] == ["Är vägen till skolan trygg?"] * 3
    assert [row.ref for row in answers()] == ["1:1", "1:2", "1:3"]


def test_room_on_the_line_is_among_the_reasons() -> None:
    found = decisions(read(dump().encode()), builtin_forms()[0])
    why = next(own.why for own in found if own.text.startswith(SHORT) and own.why.label == "begins")
    assert any("room" in reason.name for reason in why.reasons)
