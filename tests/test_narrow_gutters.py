"""Page dumps with a single space between columns where a line fills its cell."""

from __future__ import annotations

from extractors.extract import extract_bytes
from extractors.rules import builtin_forms
from extractors.themes import builtin_taxonomy
from models.report import Answer

TOP = """\
1 Program för trygga stadsdelar

1.1 Arbetsprocessen

 Uppföljningsfrågor                                    Svarsalternativ med kommentar
"""
ROWS = """\
 Erbjuds vårdnadshavare stöd innan oron för bar\u00ad Ja
 net har blivit stor?
                                                       Kontroller ingår i arbetet, liksom
 Strategi 1:1 Föräldrastöd ska finnas nära familjerna, ett dokument för svar. De flesta
 vara lätt att söka och erbjudas på flera språk.       har efterfrågat kurser på dagtid.

 Finns mötesplatser för unga på de tider då alla Ja, delvis
 behöver dem?
                                                       Nattvandrare är ute varje helg, och
 Strategi 1:2 Mötesplatser för unga ska ha öppet kväl\u00ad arbetet bedrivs med föreningar och
 lar och bemannas av utbildad personal på kvällarna. lovskolan lockade fler elever än någonsin.

 Vet medarbetarna hur de ska handla vid misstan\u00ad Nej
 ke om våld?
                                                       Rutinerna har setts över, och de
 Strategi 1:3 Rutiner ska finnas i alla verksamheter.  flesta är klara.
"""


ROWS += """
 Är skolvägarna trygga?                                Ja

 Strategi 1:5 Skolvägar ska inventeras.                Belysning saknas på flera platser och
                                                       korsningen är farlig.
"""


def answers(text: str) -> dict[str, Answer]:
    report = extract_bytes(text.encode(), "dump.txt", builtin_forms(), builtin_taxonomy())
    return {own.ref: own for own in report.answers}


def test_answers_and_comments_after_a_single_space() -> None:
    """`pdftotext -layout` of a PDF by typst: 60 of 74 rows were lost."""
    found = answers(TOP + ROWS)
    assert [own.answer for own in found.values()] == ["Ja", "Ja, delvis", "Nej", "Ja"]
    assert (
        found["1:1"].question
        == "Erbjuds vårdnadshavare stöd innan oron för barnet har blivit stor?"
    )
    assert found["1:1"].detail == (
        "Strategi 1:1 Föräldrastöd ska finnas nära familjerna, vara lätt att söka och erbjudas på "
        "flera språk."
    )
    assert found["1:2"].detail.endswith("bemannas av utbildad personal på kvällarna.")
    assert found["1:2"].comment.endswith(
        "arbetet bedrivs med föreningar och lovskolan lockade fler elever än någonsin."
    )


def test_rows_with_such_lines_are_doubted() -> None:
    found = answers(TOP + ROWS)
    told = {ref: "column-uncertain" in own.flags for ref, own in found.items()}
    assert told == {"1:1": True, "1:2": True, "1:3": True, "1:5": False}


def test_an_answer_inside_a_question_is_doubted() -> None:
    """A single answer far from where its column begins, in a row that seemed sure and blank."""
    row = f"""
 Har ni kartlagt Ja
 vilka platser som är otrygga?

{" Strategi 1:4 Platser ska kartläggas.":55}Det har vi gjort i år.
"""
    found = answers(TOP + ROWS + row)["1:4"]
    assert found.answer == "Ja" or "answer-uncertain" in found.flags
