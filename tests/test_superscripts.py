"""Small raised numbers: a note number after a year turned it into another ("2025²", "20252")."""

from __future__ import annotations

import zipfile
from io import BytesIO

import docx
import pytest
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.pdfgen.canvas import Canvas

from extractors.readers import html, odt, pdfium, word
from extractors.readers.superscripts import raised
from tests.test_reader_pdf import HEIGHT, pdf


@pytest.mark.parametrize(
    ("text", "shown"),
    [("2", "²"), ("13", "¹³"), ("1, 2", "¹, ²"), (" 1)", " ¹)"), ("a", "a"), ("2025", "2025")],
)
def test_raised_numbers_are_superscripts_and_words_stay(text, shown):
    assert raised(text) == shown


PARTS = (
    *(("Under 2025", ""), ("2", "super"), (" var det 5 m", ""), ("2", "super"), (" och CO", "")),
    *(("2", "sub"), (", se 1", ""), (":a", "super"), (" punkten.", ""), ("1)", "super")),
)
SHOWN = "Under 2025² var det 5 m² och CO2, se 1:a punkten.¹)"


def as_word() -> bytes:
    document = docx.Document()
    paragraph = document.add_paragraph()
    for text, place in PARTS:
        run = paragraph.add_run(text)
        if place:
            setattr(run.font, f"{place}script", True)
    buffer = BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def as_page() -> bytes:
    tags = {"super": "<sup>{}</sup>", "sub": "<sub>{}</sub>", "": "{}"}
    return f"<html><body><p>{''.join(tags[place].format(t) for t, place in PARTS)}</p>".encode()


def as_odt() -> bytes:
    spaces = " ".join(
        f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
        for name in ("office", "text", "style")
    )
    spans = "".join(f'<text:span text:style-name="{place}">{t}</text:span>' for t, place in PARTS)
    styles = "".join(
        f'<style:style style:name="{name}" style:family="text">'
        f'<style:text-properties style:text-position="{name} 58%"/></style:style>'
        for name in ("super", "sub")
    )
    content = (
        f"<office:document-content {spaces}><office:automatic-styles>{styles}"
        f"</office:automatic-styles><office:body><office:text><text:p>{spans}</text:p>"
        "</office:text></office:body></office:document-content>"
    )
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w") as file:
        file.writestr("mimetype", "application/vnd.oasis.opendocument.text")
        file.writestr("content.xml", content)
    return buffer.getvalue()


@pytest.mark.parametrize(
    ("reader", "made"),
    [(word, as_word), (html, as_page), (odt, as_odt)],
    ids=["word", "html", "odt"],
)
def test_a_raised_number_is_not_read_as_part_of_the_number_before_it(reader, made):
    (line,) = reader.read(made()).lines
    assert line.text == SHOWN


def test_a_raised_number_is_one_within_other_tags_too():
    page = "<html><body><p>Under 2025<sup><span>2</span></sup> och 5 m<sup><b>2</b></sup></p>"
    (line,) = html.read(page.encode()).lines
    assert line.text == "Under 2025² och 5 m²"


def drawn(*lines: list[tuple[str, float, float]]) -> bytes:
    """A page of lines of texts, each with its size and how far it is raised, in points."""

    def draw(canvas: Canvas) -> None:
        for number, texts in enumerate(lines):
            left, down = 60.0, HEIGHT - 100 - 14 * number
            for text, size, rise in texts:
                canvas.setFont("Helvetica", size)
                canvas.drawString(left, down + rise, text)
                left += stringWidth(text, "Helvetica", size)

    return pdf(draw)


@pytest.mark.parametrize(("size", "rise"), [(5.8, 3.3), (6.5, 5.0), (8.3, 3.5), (10, 4.5)])
def test_a_raised_digit_on_a_page_is_a_superscript(size, rise):
    note = ("2", size, rise)
    line = [("Under 2025", 10, 0), note, (" var det 5 m", 10, 0), note, (".", 10, 0)]
    opening = [("13", size, rise), (" Uppgiften är hämtad ur systemet.", 10, 0)]
    found = [line.text for line in pdfium.read(drawn(line, opening)).lines]
    assert found == ["Under 2025² var det 5 m².", "¹³ Uppgiften är hämtad ur systemet."]


@pytest.mark.parametrize(
    "texts",
    [
        [("Utsläppen av CO", 10, 0), ("2", 6.5, -2), (" sjönk 2025 med 12.", 10, 0)],
        [("Svar ", 10, 0), ("2025", 6.5, 0), (" i januari, se 3.1 och 2024-12-31.", 10, 0)],
        [("Raden ", 10, 0), ("12", 10, 1.5), (" står lite högre.", 10, 0)],
    ],
    ids=["lowered", "small", "uneven"],
)
def test_other_digits_on_a_page_are_digits(texts):
    found = "".join(line.text for line in pdfium.read(drawn(texts)).lines)
    assert found.replace(" ", "") == "".join(text for text, _, _ in texts).replace(" ", "")


@pytest.mark.parametrize("number", ["412", "10", "2025"])
def test_a_number_set_higher_in_the_next_cell_stays_whole(number):
    """Cells centred on their row's height: "412" beside a question of two lines became "4¹²"."""

    def page(canvas: Canvas) -> None:
        canvas.setFont("Helvetica", 10)
        canvas.drawString(72, HEIGHT - 100, "Hur många elever deltog")
        canvas.drawString(72, HEIGHT - 112, "under hela året?")
        canvas.drawString(300, HEIGHT - 106, number)

    assert [line.text for line in pdfium.read(pdf(page)).lines][-1] == number
