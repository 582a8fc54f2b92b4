"""The text reader: encodings, line ends, evidence kept, bad bytes refused with how to fix it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors.readers.errors import ReadError
from extractors.readers.text import read

TEXT = "Anvisning\n \n\nSvaren på frågorna är våra egna.\n Ja \n \nDärför över ån.\n"


def lines(data: bytes) -> list[str]:
    return [line.text for line in read(data).lines]


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"]
)
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_any_common_encoding_and_line_end_gives_the_same_lines(encoding, end):
    assert lines(TEXT.replace("\n", end).encode(encoding)) == TEXT.split("\n")


def test_decomposed_letters_are_composed():
    assert lines("A\u030angfa\u0308rja o\u0308".encode()) == ["Ångfärja ö"]


def test_spaces_survive_as_evidence():
    assert lines(b" Ja \n \n\nText") == [" Ja ", " ", "", "Text"]


def test_a_guessed_encoding_is_reported():
    (problem,) = read(TEXT.encode("cp1252")).problems
    assert problem.code == "encoding"
    assert "cp1252" in problem.message


def test_form_feeds_separate_pages_and_line_numbers_are_those_of_the_file():
    document = read(b"ett\ntv\xc3\xa5\n\ftre\nfyra\n")
    assert document.paged
    assert [[line.text for line in page.lines] for page in document.pages] == [
        ["ett", "två", ""],
        ["tre", "fyra", ""],
    ]
    assert [line.number for line in document.pages[1].lines] == [3, 4, 5]
    assert {line.page for line in document.pages[1].lines} == {2}


def test_without_form_feeds_pages_are_not_known():
    document = read(b"ett\n")
    assert not document.paged
    assert document.lines[0].page is None


def test_a_form_feed_inside_a_line_keeps_offsets_apart():
    first, second = read(b"slut\fb\xc3\xb6rjan\nmer\n").lines[:2]
    assert (first.number, first.text) == (1, "slut")
    assert (second.number, second.text.strip()) == (1, "början")
    assert second.text.startswith(" " * len("slut"))


@pytest.mark.parametrize("data", [b"", b"   \n\n", b"\xef\xbb\xbf", b"\xff\xfe"])
def test_an_empty_file_is_refused(data):
    with pytest.raises(ReadError, match="empty") as error:
        read(data)
    assert error.value.code == "empty"


@pytest.mark.parametrize(
    "data", [bytes(range(256)) * 20, b"\x89PNG\r\n\x1a\n" + b"\0" * 99, b"PK\x03\x04rest"]
)
def test_a_binary_file_named_txt_is_refused(data):
    with pytest.raises(ReadError) as error:
        read(data)
    assert error.value.code == "binary"
    assert "again" in error.value.message


@given(st.binary(max_size=300))
def test_any_bytes_give_a_document_or_a_clear_error(data):
    try:
        document = read(data)
    except ReadError as error:
        assert error.message.endswith(".")
    else:
        assert document.lines


@pytest.mark.parametrize("sign", ["(cid:127)", "\x7f"])
def test_bullets_that_a_tool_could_not_name(sign: str) -> None:
    """pdfminer and pypdf of a PDF by reportlab."""
    document = read(f"{sign} Cykla\n{sign} Gå\n(cid:3)\n".encode())
    assert [line.text for line in document.lines] == ["• Cykla", "• Gå", "\ufffd", ""]


def test_letters_are_cleaned_of_what_is_not_printed() -> None:
    """Dumps of PDFs with soft hyphens and ligatures."""
    document = read("Brotts\u00adof\u00adfer \ufb01nns på Gam\u00ad\nla torget\n".encode())
    assert [line.text for line in document.lines] == [
        "Brottsoffer finns på Gam-",
        "la torget",
        "",
    ]


def test_tabs_between_words_become_spaces() -> None:
    """pypdf of a PDF by wkhtmltopdf; tabs between the cells of a table stay."""
    assert read(b"Har\tni\ten\tplan?   Ja\n").lines[0].text == "Har ni en plan?   Ja"
    assert read(b"Har ni en plan?\tJa\n").lines[0].text == "Har ni en plan?\tJa"


def test_a_soft_hyphen_between_digits_or_before_a_space_is_a_hyphen():
    """Dumps of typst's PDFs: 2023-2025 was read as 20232025 without a doubt."""
    document = read("Perioden 2023\u00ad2025, vålds\u00ad och drog\u00ad\nfrågor".encode())
    assert [line.text for line in document.lines] == [
        "Perioden 2023-2025, vålds- och drog-",
        "frågor",
    ]


def test_letters_that_a_tool_could_not_name_are_an_error_and_no_bullets():
    """Reports without them were `ok`, and a code that is a bullet elsewhere was one in words."""
    document = read("Planen an(cid:12)gs i m\x81aj.\n\x81 Cykla (cid:3)\n".encode())
    first, second, _ = (line.text for line in document.lines)
    assert (first, second) == ("Planen an\ufffdgs i m\ufffdaj.", "• Cykla \ufffd")
    (problem,) = document.problems
    assert (problem.code, problem.severity) == ("letters-lost", "error")
    assert "2 words of the text, as in “an\ufffdgs”" in problem.message
