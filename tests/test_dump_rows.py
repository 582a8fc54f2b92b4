"""Dumps of real tools with few or no empty lines between cells: small reports by hand."""

from __future__ import annotations

import pytest

from extractors.extract import extract_bytes
from extractors.rules import builtin_forms
from extractors.themes import builtin_taxonomy
from models.report import Report

LINES = """1 Trygga platser
Uppföljningsfrågor
Svarsalternativ med kommentar
Finns en plan för parkerna i
stadsdelen?
Strategi 1:1 Parkerna ska vara upplysta
och skötas hela året av egen personal.
Ja
Planen är klar sedan i våras och den följs
upp av alla enheter två gånger om året.
Har ni möten med de boende på
torget?
Strategi 1:2 De boende ska kunna påverka
hur torget används under kvällar och
helger.
Nej
Mötena har ställts in eftersom den som
skulle hålla i dem har slutat, men de
börjar igen till hösten.
Är trygghetsvärdarna kända av dem som
besöker badet?
Strategi 1:3 Värdarna ska synas där många
rör sig, också på dagtid.
Delvis
De har nya västar sedan i maj och finns på
plats varje kväll.
Används belysningen i gångtunneln?
Strategi 1:4 Tunnlarna ska ha ljus som
tänds när någon kommer nära.
Ja
Lamporna är bytta i alla tunnlar.
"""
ROWS = [
    ("Finns en plan för parkerna i stadsdelen?", "Ja", "Planen är klar"),
    ("Har ni möten med de boende på torget?", "Nej", "Mötena har ställts in"),
    ("Är trygghetsvärdarna kända av dem som besöker badet?", "Delvis", "De har nya västar"),
    ("Används belysningen i gångtunneln?", "Ja", "Lamporna är bytta i alla tunnlar."),
]


def extract(dump: str) -> Report:
    return extract_bytes(dump.encode(), "dump.txt", builtin_forms(), builtin_taxonomy())


def check(report: Report) -> None:
    assert [(answer.question, answer.answer) for answer in report.answers] == [
        (question, said) for question, said, _ in ROWS
    ]
    for answer, (_, _, comment) in zip(report.answers, ROWS, strict=True):
        assert answer.comment.startswith(comment)
        assert answer.detail.startswith("Strategi 1:")


def test_rows_are_found_where_nothing_separates_their_cells() -> None:
    """As `pdftotext -raw` and PyMuPDF write: a line after a line, without any empty one."""
    check(extract(LINES))


def test_rows_are_found_where_headers_share_a_line() -> None:
    check(extract(LINES.replace("frågor\nSvars", "frågor Svars")))


def test_rows_are_found_where_every_paragraph_is_one_line() -> None:
    """As LibreOffice saves text: nothing is wrapped, and nothing parts the cells."""
    lines = LINES.split("\n")
    whole = lines[:3]
    for line in lines[3:]:
        if line[:1].islower():
            whole[-1] += f" {line}"
        else:
            whole.append(line)
    check(extract("\n".join(whole)))


@pytest.mark.parametrize("at", [7, 15])
def test_page_number_between_cells_is_not_text_of_a_row(at: int) -> None:
    lines = LINES.split("\n")
    dump = "\n".join([*lines[:at], "4 (33)", *lines[at:]])
    check(extract(f"{dump}\nSvaren är slut.\n5 (33)\n"))


def test_answer_that_shares_its_line_is_not_a_sign_of_a_cut_row() -> None:
    """The blank that a lost mark left before the answer was taken for a page that begins."""
    dump = LINES.replace("Svarsalternativ med kommentar", "Svar Kommentar")
    for said in ("Ja", "Nej", "Delvis"):
        dump = dump.replace(f"\n{said}\n", f"\n {said} ")
    report = extract(dump.replace("\nFinns", "\n\nFinns"))
    assert report.answers
    assert not [answer.key for answer in report.answers if "cut" in answer.flags]


def test_items_of_a_lettered_list_are_paragraphs() -> None:
    """As LibreOffice saves text: each item is a line that opens with a small letter."""
    items = "a) lampor i tunneln\nb) spegel vid utgången\nc) städning varje vecka\n"
    dump = f"{LINES}{items}"
    report = extract(dump)
    assert report.answers[-1].comment.split("\n\n")[1:] == items.splitlines()


@pytest.mark.parametrize("lead", ["Frågorna som följer gäller hela året.", "Om samverkan"])
def test_text_before_a_header_inside_a_page_is_never_a_comment_without_doubt(lead: str) -> None:
    """Text that introduces the next table was the last paragraph of the comment above it."""
    head = "Uppföljningsfrågor\nSvarsalternativ med kommentar\n"
    dump = LINES.replace("Är trygghetsvärdarna", f"\n{lead}\n\n{head}\nÄr trygghetsvärdarna")
    row = extract(dump).answers[1]
    assert lead not in row.comment or row.confidence < 0.9


def test_items_with_bullets_on_lines_right_below_each_other_are_paragraphs() -> None:
    """A tool put empty lines between paragraphs, but none between the items of a list."""
    text = LINES.replace("\n", "\n\n").replace(
        "Lamporna är bytta i alla tunnlar.",
        "Lamporna är bytta:\n\n• i gången vid torget\n• i gången vid badet, som\nhar en\n• ute",
    )
    comment = extract(text).answers[-1].comment
    assert comment.split("\n\n") == [
        "Lamporna är bytta:", "• i gången vid torget", "• i gången vid badet, som har en",
        "• ute",
    ]  # fmt: skip
