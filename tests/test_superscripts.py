"""Small raised numbers: a note's mark after a year made another year of it ("2025²", "20252")."""

from __future__ import annotations

import zipfile
from io import BytesIO

import docx
import pytest

from extractors.readers import html, odt, word
from extractors.readers.superscripts import raised


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
