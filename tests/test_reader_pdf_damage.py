"""Damaged and hostile PDF files: a clear refusal or a problem row, in both readers."""

import base64
import zlib
from types import ModuleType

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from extractors.readers import pdf_drawings, pdf_words, pdfium, plumber
from extractors.readers.errors import ReadError
from extractors.readers.pdf_damage import _from_ascii85, damage
from models.document import Document
from tests.test_reader_pdf import READERS, codes, pdf, raw_pdf, text, texts

THREE_PAGES = pdf(*(text((72, 100, f"Sida {number}")) for number in (1, 2, 3)), pageCompression=0)
BOTH = (pdfium, plumber)


def outcome(reader: ModuleType, data: bytes) -> Document | None:
    """Reads a file; a refusal must be a ReadError that speaks to a person."""
    try:
        return reader.read(data)
    except ReadError as error:
        assert error.code in {"broken-pdf", "no-pages", "encrypted"}
        assert error.message.endswith(".")
        return None


@READERS
def test_a_file_without_its_cross_references_is_still_read(reader: ModuleType):
    data = THREE_PAGES.replace(b"startxref", b"startxxxx")
    document = outcome(reader, data)
    assert document is None or texts(document) == ["Sida 1", "Sida 2", "Sida 3"]


def test_pdfium_repairs_a_broken_cross_reference_table():
    place = THREE_PAGES.index(b"startxref\n") + len(b"startxref\n")
    assert texts(pdfium.read(THREE_PAGES[:place] + b"7\n%%EOF\n")) == ["Sida 1", "Sida 2", "Sida 3"]


@READERS
@pytest.mark.parametrize("share", [0.1, 0.5, 0.9])
def test_a_cut_file_is_read_or_refused(reader: ModuleType, share: float):
    document = outcome(reader, THREE_PAGES[: int(len(THREE_PAGES) * share)])
    assert document is None or len(document.pages) <= 3


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    places=st.lists(st.integers(0, len(THREE_PAGES) - 1), max_size=30),
    value=st.integers(0, 255),
    reader=st.sampled_from(BOTH),
)
def test_fuzzed_bytes_are_read_or_refused(places: list[int], value: int, reader: ModuleType):
    data = bytearray(THREE_PAGES)
    for place in places:
        data[place] = value
    document = outcome(reader, bytes(data))
    if document is not None:
        for page in document.pages:
            assert all(line.page == page.number and line.box is not None for line in page.lines)


@settings(max_examples=30, deadline=None)
@given(data=st.binary(max_size=300), reader=st.sampled_from(BOTH))
def test_any_bytes_after_a_signature_are_read_or_refused(data: bytes, reader: ModuleType):
    outcome(reader, b"%PDF-1.7\n" + data)


@READERS
def test_a_page_that_cannot_be_read_stays_in_the_document(reader: ModuleType):
    data = raw_pdf(
        "<< /Type /Catalog /Pages 2 0 R >>",
        "<< /Type /Pages /Kids [3 0 R 6 0 R] /Count 2 >>",
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R "
        "/Resources << /Font << /F1 5 0 R >> >> >>",
        "<< /Length 42 >>\nstream\nBT /F1 10 Tf 72 700 Td (Hel sida) Tj ET   \nendstream",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
        "(no page)",
    )
    document = outcome(reader, data)
    assert document is None or document.pages[0].lines[0].text == "Hel sida"
    if reader is pdfium:
        assert document is not None
        assert codes(document) == [("page-failed", 2)]
        assert len(document.pages) == 2


@READERS
def test_pages_past_the_limit_are_named(reader: ModuleType, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(reader, "MOST_PAGES", 2)
    document = reader.read(THREE_PAGES)
    assert len(document.pages) == 2
    (problem,) = document.problems
    assert (problem.code, problem.page, problem.severity) == ("too-many-pages", 3, "error")
    assert "Pages 3 to 3" in problem.message


def test_a_page_with_more_text_than_any_page_is_not_read(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(pdf_words, "MOST_CHARACTERS", 50)
    document = pdfium.read(pdf(text((72, 100, "ord " * 40)), text((72, 100, "Kort sida"))))
    assert codes(document) == [("page-failed", 1)]
    assert texts(document) == ["Kort sida"]


@READERS
def test_a_page_of_absurd_size(reader: ModuleType):
    data = pdf(text((72, 100, "Stor sida")), size=(2_000_000, 2_000_000))
    (line,) = reader.read(data).lines
    assert line.text == "Stor sida"


@READERS
def test_a_page_without_a_size(reader: ModuleType):
    data = pdf(text((72, 100, "Text")), pageCompression=0)
    box = f"/MediaBox [ 0 0 {A4[0]:.4f} {A4[1]:.4f} ]".encode()
    assert box in data
    document = outcome(reader, data.replace(box, b"/MediaBox [ 0 0 0 0 ]".ljust(len(box))))
    assert document is None or document.pages[0].number == 1


def test_endlessly_nested_forms_stop():
    loop = "q /X1 Do Q"
    data = raw_pdf(
        "<< /Type /Catalog /Pages 2 0 R >>",
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R "
        "/Resources << /XObject << /X1 5 0 R >> >> >>",
        f"<< /Length {len(loop)} >>\nstream\n{loop}\nendstream",
        f"<< /Type /XObject /Subtype /Form /BBox [0 0 595 842] /Length {len(loop)} "
        f"/Resources << /XObject << /X1 5 0 R >> >> >>\nstream\n{loop}\nendstream",
    )
    for reader in BOTH:
        outcome(reader, data)


@READERS
def test_drawings_past_the_limit_are_named(reader: ModuleType, monkeypatch: pytest.MonkeyPatch):
    for module in (pdf_drawings, plumber):
        monkeypatch.setattr(module, "MOST_OBJECTS", 5)

    def page(canvas: Canvas) -> None:
        canvas.drawString(72, 700, "Karta")
        for row in range(20):
            canvas.line(72, 100 + row, 300, 100 + row)

    document = reader.read(pdf(page))
    assert codes(document) == [("drawings-skipped", 1)]
    assert len(document.pages[0].rules) == 5


def _flipped(data: bytes) -> bytes:
    """Returns a file with one letter of its first page's compressed content changed."""
    place = data.index(b"stream") + 40
    letter = b"5" if data[place : place + 1] != b"5" else b"6"
    return data[:place] + letter + data[place + 1 :]


COMPRESSED = pdf(text(*((72, 100 + 12 * row, f"Rad {row} av texten") for row in range(30))))


@READERS
def test_a_damaged_compressed_page_is_named(reader: ModuleType):
    """Engines show what is left of such a page and say nothing of the rest."""
    assert reader.read(COMPRESSED).problems == ()
    document = reader.read(_flipped(COMPRESSED))
    assert ("damaged-pdf", None) in codes(document)
    assert len(document.lines) < 30


def test_streams_without_ascii85_are_examined_too():
    shown = b"BT /F1 10 Tf 72 700 Td (Hel sida) Tj ET " * 20
    for packed, expected in (
        (zlib.compress(shown), []),
        (zlib.compress(shown)[:-4], []),  # without its checksum, as some producers write it
        (zlib.compress(shown)[:-4] + b"abcd", ["damaged-pdf"]),
        (zlib.compress(shown)[:20], ["damaged-pdf"]),
    ):
        data = (
            b"1 0 obj\n<< /Filter /FlateDecode /Length %d >>\nstream\n" % len(packed)
            + packed
            + b"\nendstream\nendobj\n%%EOF\n"
        )
        assert [problem.code for problem in damage(data)] == expected


def test_pictures_are_not_examined():
    data = b"<< /Subtype /Image /Filter /FlateDecode >>\nstream\nno zlib\nendstream\n%%EOF\n"
    assert damage(data) == []


def test_a_file_without_its_end_is_named():
    document = pdfium.read(THREE_PAGES[: THREE_PAGES.rindex(b"startxref")])
    assert codes(document) == [("cut-pdf", None)]
    assert texts(document) == ["Sida 1", "Sida 2", "Sida 3"]


@given(st.binary(max_size=200))
def test_ascii85_decodes_as_the_library_does(data: bytes):
    packed = base64.a85encode(data)
    assert _from_ascii85(packed) == base64.a85decode(packed)
