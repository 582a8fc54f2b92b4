"""Questions outside tables: by label, reference, heading, question mark or known text."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO

import docx
import pytest
from docx.document import Document as WordDocument
from reportlab.pdfgen.canvas import Canvas

from extractors.extract import extract_bytes
from extractors.themes import builtin_taxonomy
from models.form import Form
from models.report import Answer, Report

ANSWERS = [{"word": "Ja", "code": "yes"}, {"word": "Nej", "code": "no"}]


def form(*questions: str, levels: tuple[int, ...] = (), **changes: object) -> Form:
    made = {
        "id": "egen",
        "title": "Självvärdering",
        "answers": ANSWERS,
        "outside_tables": {"questions": questions, "levels": levels},
        "labels": {"answer": ["Nämndens bedömning", "Svar"], "comment": ["Kommentar"]},
    }
    return Form.model_validate({**made, **changes})


def read(fill: Callable[[WordDocument], None], of: Form) -> Report:
    document = docx.Document()
    fill(document)
    made = BytesIO()
    document.save(made)
    found = extract_bytes(made.getvalue(), "egen.docx", [of], builtin_taxonomy())
    assert not [p for p in found.problems if p.code in {"text-lost", "text-doubled"}]
    return found


def paragraphs(*texts: str) -> Callable[[WordDocument], None]:
    """Paragraphs; `# ` opens a heading of level 1, `## ` one of level 2, `/` breaks a line."""

    def fill(document: WordDocument) -> None:
        for text in texts:
            mark, _, rest = text.partition(" ")
            if set(mark) == {"#"}:
                document.add_heading(rest, len(mark))
            else:
                document.add_paragraph(text.replace("/", "\n"))

    return fill


def said(answer: Answer) -> tuple[str, str, str]:
    return answer.question, answer.answer, answer.comment


BY_NUMBER = (
    "1. Finns en plan?", "Svar: Ja", "Den är ny.", "Den följs upp.", "2. Är den känd?",
    "Svar: Nej", "3. Används den?", "Svar:", "Ja", "Kommentar: I två parker:", "1. Stadsparken",
    "2. Hamnparken",
)  # fmt: skip


def test_questions_by_number_with_an_answer_line_and_the_comment_below() -> None:
    found = read(paragraphs(*BY_NUMBER), form("reference", reference_looks=["1."]))
    assert [said(answer) for answer in found.answers] == [
        ("1. Finns en plan?", "Ja", "Den är ny.\n\nDen följs upp."),
        ("2. Är den känd?", "Nej", ""),
        ("3. Används den?", "Ja", "I två parker:\n\n1. Stadsparken\n\n2. Hamnparken"),
    ]
    assert [answer.ref for answer in found.answers] == ["1", "2", "3"]
    assert [answer.key for answer in found.answers] == ["/1", "/2", "/3"]
    assert found.status == "ok"


def test_questions_by_a_label_and_all_in_one_paragraph() -> None:
    of = form("label", labels={"question": ["Fråga"], "answer": ["Svar"], "comment": ["Kommentar"]})
    text = "Fråga: Finns en plan?/Svar: Ja/Kommentar: Den är ny."
    found = read(paragraphs("Inledning.", text, "Fråga: Är den känd?/Svar: Nej"), of)
    assert [said(answer) for answer in found.answers] == [
        ("Finns en plan?", "Ja", "Den är ny."),
        ("Är den känd?", "Nej", ""),
    ]
    assert found.preamble == "Inledning."


def test_questions_by_heading_below_headings_that_are_sections() -> None:
    of = form("heading", sections={"headings": True, "levels": [1], "numbered": False})
    fill = paragraphs(
        "# Parker", "## Finns en plan", "Nämndens bedömning: Ja.", "Den är ny.", "# Gator",
        "## Är den känd", "Av alla som arbetar där.", "Nämndens bedömning: Delvis",
    )  # fmt: skip
    found = read(fill, of)
    assert [(a.section, *said(a), a.detail) for a in found.answers] == [
        ("Parker", "Finns en plan", "Ja.", "Den är ny.", ""),
        ("Gator", "Är den känd", "Delvis", "", "Av alla som arbetar där."),
    ]
    assert found.answers[0].code == "yes"
    assert found.answers[1].flags == ("answer-unknown",)


def test_a_question_mark_and_an_answer_alone_on_its_line() -> None:
    of = form("question_mark", labels={})
    found = read(paragraphs("Finns en plan?", "Ja", "Den är ny.", "Är den känd?", "Vet inte."), of)
    assert [said(answer) for answer in found.answers] == [
        ("Finns en plan?", "Ja", "Den är ny."),
        ("Är den känd?", "", "Vet inte."),
    ]
    assert found.answers[1].flags == ("answer-blank",)


def test_known_questions_and_free_text_as_answers() -> None:
    known = [{"question": "Beskriv planen."}, {"question": "Beskriv målet."}]
    of = form("known", questions=known, answers=[], labels={})
    found = read(paragraphs("Beskriv planen.", "Den är ny.", "Beskriv  målet.", "Trygghet."), of)
    assert [(*said(answer), answer.code) for answer in found.answers] == [
        ("Beskriv planen.", "", "Den är ny.", "other"),
        ("Beskriv målet.", "", "Trygghet.", "other"),
    ]
    assert found.status == "ok"


def test_a_numbered_heading_is_a_section_and_what_is_below_it_asks() -> None:
    of = form("reference", reference_looks=["1.1"], answers=[], labels={})
    fill = paragraphs(
        "# 1 Parker", "## 1.1 Vad har gjorts?", "Allt.", "## 1.2 Varför?", "Det behövdes.",
        "# 2 Gator", "## 2.1 Vad har gjorts?", "Inget.",
    )  # fmt: skip
    found = read(fill, of)
    assert [answer.key for answer in found.answers] == ["1/1.1", "1/1.2", "2/2.1"]
    assert [section.title for section in found.sections] == ["Parker", "Gator"]


def test_an_answer_with_its_comment_behind_it_on_the_line_is_doubted() -> None:
    fill = paragraphs("1. Finns en plan?", "Svar: Ja, den är ny.", "2. Är den känd?", "Svar: Nej.")
    one, other = read(fill, form("reference", reference_looks=["1."])).answers
    assert said(one) == ("1. Finns en plan?", "Ja", "den är ny.")
    assert "answer-uncertain" in one.flags
    assert (other.code, other.flags) == ("no", ())


def test_a_text_dump_without_tables() -> None:
    dump = "\n\n".join(text.replace("/", "\n") for text in BY_NUMBER)
    of = form("reference", reference_looks=["1."])
    found = extract_bytes(dump.encode(), "egen.txt", [of], builtin_taxonomy())
    assert [said(answer)[:2] for answer in found.answers] == [
        ("1. Finns en plan?", "Ja"),
        ("2. Är den känd?", "Nej"),
        ("3. Används den?", "Ja"),
    ]
    assert not [p for p in found.problems if p.code in {"text-lost", "text-doubled"}]


def test_a_report_without_the_labels_of_the_form_fits_no_form() -> None:
    found = read(paragraphs("Hej.", "Vi har inget att säga."), form("reference"))
    assert found.status == "failed"
    assert [problem.code for problem in found.problems] == ["no-form"]


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"outside_tables": {"questions": []}}, "it does not say how questions are recognised"),
        ({"outside_tables": {"questions": ["label"]}}, "there are no labels for questions"),
        ({"outside_tables": {"questions": ["known"]}}, "there are no known questions"),
        ({"outside_tables": {"questions": ["reference"], "levels": [1]}}, "levels only apply if"),
        ({"outside_tables": None}, "it does not say where the questions are"),
    ],
)
def test_a_form_that_finds_no_question_is_refused(changes: dict[str, object], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        form("reference", **changes)


def test_items_with_letters_ask_in_each_section_and_a_list_in_a_comment_does_not() -> None:
    found = read(
        paragraphs(
            "# Medarbetare", "a) Finns en plan?", "Svar: Ja", "Den säger:", "a) kartlägg", "b) mät",
            "b) Övas den?", "Svar: Nej", "# Service", "a) Är den känd?", "Svar: Ja",
        ),
        form("reference", reference_looks=["a)"], sections={"numbered": False, "headings": True}),
    )  # fmt: skip
    assert [(own.section, own.ref, own.question) for own in found.answers] == [
        ("Medarbetare", "a", "a) Finns en plan?"),
        ("Medarbetare", "b", "b) Övas den?"),
        ("Service", "a", "a) Är den känd?"),
    ]
    assert found.answers[0].comment == "Den säger:\n\na) kartlägg\n\nb) mät"


NUMBERED = ("1. Finns en plan?", "Svar: Ja", "Den antogs i maj.", "2. Övas den?", "Svar: Nej")
ENDING = ("Nämnden tackar enheterna.", "Planen ses över.", "Ordföranden")


def test_text_right_after_the_last_question_is_doubted() -> None:
    found = read(paragraphs(*NUMBERED, *ENDING), form("reference", reference_looks=["1."]))
    first, last = found.answers
    assert "comment-uncertain" not in first.flags
    assert "comment-uncertain" in last.flags
    assert last.comment.endswith("Ordföranden")


def test_a_heading_as_high_as_the_sections_ends_the_last_comment() -> None:
    found = read(
        paragraphs("# 1 Beredskap", *NUMBERED, "# Avslutning", *ENDING),
        form("reference", reference_looks=["1."]),
    )
    last = found.answers[-1]
    assert (last.comment, last.flags) == ("", ())


def test_a_table_below_a_question_outside_tables_is_doubted_as_its_comment() -> None:
    def fill(document: WordDocument) -> None:
        paragraphs(*NUMBERED[:2])(document)
        made = document.add_table(2, 2)
        for cell, text in zip(made._cells, ("År", "Antal", "2024", "7"), strict=True):
            cell.text = text
        paragraphs(*NUMBERED[3:])(document)

    first, last = read(fill, form("reference", reference_looks=["1."])).answers
    assert first.comment == "År\n\nAntal\n\n2024\n\n7"
    assert "comment-uncertain" in first.flags
    assert last.flags == ()


def test_the_footer_of_a_single_page_is_not_a_comment() -> None:
    canvas = Canvas(made := BytesIO())
    for at, line in enumerate(NUMBERED):
        canvas.drawString(60, 780 - 20 * at, line)
    canvas.drawString(60, 30, "Vikbergs fritidsnämnd")
    canvas.drawRightString(540, 30, "Sida 1")
    canvas.save()
    of = form("reference", reference_looks=["1."])
    found = extract_bytes(made.getvalue(), "egen.pdf", [of], builtin_taxonomy())
    assert [(own.ref, own.comment) for own in found.answers] == [
        ("1", "Den antogs i maj."),
        ("2", ""),
    ]


def test_a_question_at_the_top_of_a_page_does_not_join_the_full_line_before() -> None:
    """A comment had filled its last line on the page, and the next question went into it."""
    full = (
        "Den antogs av nämnden i maj efter remiss till alla förvaltningar i kommunen, och ska",
        "gälla till slutet av 2028. Arbetet har börjat i två av stadsdelarna och på nio skolor.",
    )
    canvas = Canvas(made := BytesIO())
    for at, line in enumerate(("1.1 Finns en plan?", "Svar: Ja")):
        canvas.drawString(60, 780 - 20 * at, line)
    for at, line in enumerate(full):
        canvas.drawString(60, 740 - 14 * at, line)
    canvas.showPage()
    for at, line in enumerate(("1.2 Är den känd?", "Svar: Nej", "Frågan ställs i år igen.")):
        canvas.drawString(60, 780 - 20 * at, line)
    canvas.save()
    of = form("reference", reference_looks=["1.1"])
    found = extract_bytes(made.getvalue(), "egen.pdf", [of], builtin_taxonomy())
    assert [(own.ref, own.comment) for own in found.answers] == [
        ("1.1", " ".join(full)),
        ("1.2", "Frågan ställs i år igen."),
    ]
