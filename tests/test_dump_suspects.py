"""Rows of dumps whose text suggests an error are doubted, however certain their borders."""

from __future__ import annotations

import pytest

from extractors.extract import extract_bytes
from extractors.rules import builtin_forms
from extractors.themes import builtin_taxonomy
from models.report import Answer, Report, Status

HEAD = """\
1 Program för trygga stadsdelar

1.1 Arbetsprocessen

Uppföljningsfråga

Svar och kommentar

"""
SURE = [
    f"Har ni {what} i stadsdelen?\n\nStrategi 1:{at} Det ska finnas {what} för alla.\n\nJa\n\n"
    f"Arbetet med {what} började i våras. Det går bra.\n\n"
    for at, what in enumerate(["parker", "gårdar", "värdar", "möten", "lampor"], start=1)
]


def read(*rows: str) -> list[Answer]:
    dump = HEAD + "".join([*SURE, *rows])
    report = extract_bytes(dump.encode(), "dump.txt", builtin_forms(), builtin_taxonomy())
    return list(report.answers)


def doubted(answers: list[Answer]) -> bool:
    return bool(answers) and all(one.confidence <= 0.6 for one in answers)


def test_rows_without_anything_of_it_are_sure() -> None:
    assert [one.flags for one in read()] == [()] * len(SURE)


@pytest.mark.parametrize(
    "row",
    [
        "Har ni öppet?\n\nStrategi 1:6 Det ska vara öppet.\n\nJa\n\nVi har öppet varje\n"
        "lördag och söndag på vårens torg.\nlördag och söndag på vårens torg.\n\n",
        "Har ni öppet?\n\nStrategi 1:6 Det ska vara öppet.\n\nJa\n\n"
        "Kurserna är fulla och kön är lång.\n\när lång.\n\nFler ordnas i höst.\n\n",
        "Har ni öppet?\n\nStrategi 1:6 Det ska vara öppet.\n\nJa\n\nAntalet ärenden1 var lågt.\n\n",
        "Har ni öppet?\n\nStrategi 1:6 Det ska vara öppet.\n\nJa\n\nVi har öppet och\n\n",
    ],
    ids=["line twice", "end of a line twice", "a raised figure", "a comment that breaks off"],
)
def test_what_tools_leave_at_pages_and_of_footnotes(row: str) -> None:
    assert doubted([one for one in read(row) if one.ref == "1:6"])


def test_question_that_a_page_cuts_between_two_rows() -> None:
    """mutool of a PDF by wkhtmltopdf: its first line looks like the end of the comment above."""
    row = (
        "Har ni öppet?\n\nStrategi 1:6 Det ska vara öppet.\n\nJa\n\nVi har öppet.\n\n"
        "Är era medarbetare på platser där\n\nunga samlas?\n\nStrategi 1:7 De ska synas.\n\n"
        "Nej\n\nInte än.\n\n"
    )
    (cut,) = (one for one in read(row) if one.question.endswith("unga samlas?"))
    (above,) = (one for one in read(row) if one.question == "Har ni öppet?")
    assert cut.question == "Är era medarbetare på platser där unga samlas?" or doubted([cut, above])


def test_question_with_nothing_between_it_and_the_comment_above() -> None:
    """mutool of a PDF by LaTeX with three columns."""
    row = (
        "Har ni öppet?\n\nStrategi 1:6 Det ska vara öppet.\n\nJa\n\nVi har öppet. Fler kommer.\n\n"
        "Barnen är med. Mer finns att göra\nHar ni kö till lokalen?\n\n"
        "Strategi 1:7 Det ska gå fort.\n\nNej\n\nInte än.\n\n"
    )
    above, glued = read(row)[-2:]
    assert above.comment.endswith("Barnen är med. Mer finns att göra")
    assert glued.question == "Har ni kö till lokalen?"


def test_mark_of_an_answer_on_a_line_of_its_own() -> None:
    """mutool on a PDF by LibreOffice: the mark is below the answer."""
    row = "Har ni öppet?\n\nStrategi 1:6 Det ska vara öppet.\n\n Delvis\n☒\nVi har öppet i dag.\n\n"
    answer = read(row)[-1]
    assert (answer.answer, answer.comment) == ("Delvis", "Vi har öppet i dag.")


def columns(*lines: tuple[str, str]) -> str:
    return "".join(f"  {left:<40}{right}".rstrip() + "\n" for left, right in lines)


TOP = "1 Program för trygga stadsdelar\n\n1.1 Arbetsprocessen\n\n" + columns(
    ("Uppföljningsfråga", "Svar och kommentar"), ("", "")
)
ROWS = columns(
    *(
        line
        for at in range(1, 6)
        for line in (
            (f"Har ni värdar i park nummer {at}?", "Ja"),
            (f"Strategi 1:{at} Det ska finnas värdar", "Arbetet med dem började i våras, och"),
            ("för alla som bor här.", "det går bra."),
            ("", ""),
        )
    )
)


def extract(dump: str) -> Report:
    return extract_bytes(dump.encode(), "dump.txt", builtin_forms(), builtin_taxonomy())


def test_rest_of_a_comment_alone_on_its_page() -> None:
    """`pdftotext -layout` lays out each page separately."""
    cut = columns(
        ("Har ni möten med de boende?", "Ja"),
        ("Strategi 1:6 Det ska finnas möten.", "Vi har haft möten varje vecka sedan i"),
    )
    alone = "".join(
        f"{'':<20}{line}\n"
        for line in ["mars, och alla säger att de har", "varit bra för oss.", "Fler ska ordnas."]
    )
    report = extract(f"{TOP}{ROWS}{cut}\f{alone}\f{ROWS}")
    assert len(report.answers) == 11
    assert "sedan i mars, och alla säger att de har varit bra för oss." in report.answers[5].comment


def test_answers_outside_tables_are_an_error() -> None:
    """A table with differently worded headers, below a heading in the same section."""
    told = extract(TOP + ROWS)
    lost = extract(f"{TOP}{ROWS}\n1.2 Inriktningen\nAnvisning\n\nSvara kort.\n\n{ROWS}")
    assert not [one for one in told.problems if one.severity == "error"]
    (problem,) = (one for one in lost.problems if one.code == "answers-outside-tables")
    assert problem.message.startswith("5 answers")
    assert lost.status is Status.PARTIAL


def test_one_answer_on_a_cover_is_not_a_missing_row() -> None:
    """A line of a cover made the whole report `partial`."""
    cover = "Kulturnämnden\n\n" + columns(("Godkänd av nämnden", "Ja"), ("", ""))
    asking = cover.replace("Godkänd av nämnden", "Är planen god?    ")
    codes = [{one.code for one in extract(top + TOP + ROWS).problems} for top in (cover, asking)]
    assert "answers-outside-tables" not in codes[0]
    assert "answers-outside-tables" in codes[1]


def test_lettered_questions_are_not_cut() -> None:
    """The small letter made every row doubtful, and so the whole report."""
    lettered = [f"{letter}) {row}" for letter, row in zip("abcde", SURE, strict=True)]
    report = extract(HEAD + "".join(lettered))
    assert [one.question[:2] for one in report.answers] == ["a)", "b)", "c)", "d)", "e)"]
    assert not [one for one in report.answers if one.flags]


def test_rest_of_a_row_in_one_column_below_the_next_pages_header() -> None:
    """`pdftotext -layout` of a PDF by FOP: a single space between the columns of a few lines."""
    cut = columns(("Har ni öppet på kvällarna?", "Ja"))
    head = columns(("Uppföljningsfråga", "Svar och kommentar"))
    rest = "  Strategi 1:6 Det ska vara öppet på kvällar Vi har haft öppet varje kväll i år.\n"
    report = extract(f"{TOP}{ROWS}{cut}\f{head}{rest}{ROWS}")
    asked = next(one for one in report.answers if one.question.startswith("Har ni öppet"))
    assert asked.ref == "1:6" or "cut-uncertain" in asked.flags


@pytest.mark.parametrize(
    ("detail", "is_suspect"),
    [
        ("Strategi 1:6 Stödet ska vara likvärdigt.\narbetar heltid mot skolorna.", True),
        ("Strategi 1:6 Stödet finns på trygg.almhamn.\nse varje dag.", False),
    ],
    ids=["sentence ends", "address"],
)
def test_rest_of_a_comment_taken_for_the_rest_of_the_detail(detail: str, is_suspect: bool) -> None:
    """mutool of a PDF by LibreOffice whose page break cuts both cells of a row."""
    (answer,) = (
        one
        for one in read(f"Har ni öppet?\n\n{detail}\n\nJa\n\nDet är öppet varje dag.\n\n")
        if one.ref == "1:6"
    )
    assert ("cut-uncertain" in answer.flags) is is_suspect


def test_a_row_without_answer_is_never_as_sure_as_one_with_it() -> None:
    """`pypdf` in its layout mode lost answers of a PDF; the rest of such rows looked perfect."""
    cut = columns(("Har ni öppet på kvällarna?", ""), ("Strategi 1:6 Det ska vara öppet.", ""))
    found = {one.ref: one for one in extract(f"{TOP}{ROWS}{cut}").answers}
    assert found["1:6"].answer == ""
    assert found["1:6"].confidence < 0.99
