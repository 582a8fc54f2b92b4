"""PDF files that no printing program writes, byte by byte."""

from __future__ import annotations

import zlib
from base64 import a85encode
from collections.abc import Callable, Mapping, Sequence

_FONT = b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>"
_HEADS = ((50, "Uppföljningsfrågor"), (300, "Svarsalternativ med kommentar"))


def pdf(objects: Mapping[int, bytes]) -> bytes:
    """A PDF of numbered objects; 1 is its catalogue."""
    data = bytearray(b"%PDF-1.7\n")
    places = {}
    for number, content in objects.items():
        places[number] = len(data)
        data += b"%d 0 obj\n%b\nendobj\n" % (number, content)
    start = len(data)
    data += b"xref\n0 1\n0000000000 65535 f \n"
    for number, place in places.items():
        data += b"%d 1\n%010d 00000 n \n" % (number, place)
    size = max(objects) + 1
    data += b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (size, start)
    return bytes(data)


def stream(content: bytes, entries: bytes = b"", *, packed: bool = True) -> bytes:
    """A stream object, compressed with Flate or uncompressed."""
    if packed:
        content, entries = zlib.compress(content), entries + b" /Filter /FlateDecode"
    return b"<< /Length %d %b >>\nstream\n%b\nendstream" % (len(content), entries, content)


def with_pages(
    contents: Sequence[bytes], resources: bytes = b"", others: Mapping[int, bytes] | None = None
) -> bytes:
    """A PDF with a page for each content stream object; other objects are numbered from 1000001."""
    objects = {3: _FONT}
    kids = []
    for place, content in enumerate(contents):
        page, own = 10 + 2 * place, 11 + 2 * place
        kids.append(b"%d 0 R" % page)
        objects[page] = (
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents %d 0 R "
            b"/Resources << /Font << /F1 3 0 R >> %b >> >>" % (own, resources)
        )
        objects[own] = content
    objects[1] = b"<< /Type /Catalog /Pages 2 0 R >>"
    objects[2] = b"<< /Type /Pages /Kids [%b] /Count %d >>" % (b" ".join(kids), len(kids))
    return pdf(dict(sorted({**objects, **(others or {})}.items())))


def words(placed: Sequence[tuple[float, float, str]]) -> bytes:
    """Page content with texts at positions from the lower left corner."""
    shown = []
    for x, y, text in placed:
        escaped = text.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")
        shown.append(f"1 0 0 1 {x:.1f} {y:.1f} Tm ({escaped}) Tj")
    return f"BT /F1 10 Tf {' '.join(shown)} ET\n".encode("cp1252")


def table(rows: int) -> bytes:
    """Content of a page with column headers and some rows."""
    placed = [(x, 800.0, text) for x, text in _HEADS]
    for row in range(rows):
        y = 780.0 - 30 * row
        placed += [
            (50, y, f"Har nämnden vidtagit åtgärd {row}"),
            (50, y - 12, "för trygga platser?"),
            (300, y, "Ja"),
            (300, y - 12, "Belysningen är bytt."),
        ]
    return words(placed)


def form_entries(*draws: int) -> bytes:
    """Dictionary entries of a form that draws some others."""
    names = b" ".join(b"/X%d %d 0 R" % (other, other) for other in draws)
    return (
        b"/Type /XObject /Subtype /Form /BBox [0 0 595 842] "
        b"/Resources << /XObject << %b >> >>" % names
    )


def _form(content: bytes, draws: Sequence[int]) -> bytes:
    return stream(content + b"".join(b" /X%d Do" % other for other in draws), form_entries(*draws))


def _with_forms(forms: Mapping[int, bytes]) -> bytes:
    first = min(forms)
    return with_pages(
        [stream(table(5) + b"/X%d Do" % first)],
        b"/XObject << /X%d %d 0 R >>" % (first, first),
        forms,
    )


def draws_itself(_: int) -> bytes:
    """A form that draws itself."""
    return _with_forms({1000001: _form(b"", [1000001])})


def draw_each_other(count: int) -> bytes:
    """Forms in a ring, each of which draws the next."""
    numbers = [1000001 + place for place in range(max(2, count))]
    following = [*numbers[1:], numbers[0]]
    return _with_forms(
        {own: _form(b"", [other]) for own, other in zip(numbers, following, strict=True)}
    )


def nested_forms(count: int) -> bytes:
    """Forms in forms in forms."""
    return _with_forms(
        {
            1000001 + place: _form(b"0 0 m 9 9 l S", [1000002 + place] if place < count else [])
            for place in range(count + 1)
        }
    )


def doubling_forms(count: int) -> bytes:
    """Forms that each draw the next one twice: 2 ** count drawings."""
    return _with_forms(
        {
            1000001 + place: _form(b"0 0 m 9 9 l S", [1000002 + place] * 2 if place < count else [])
            for place in range(count + 1)
        }
    )


def blanks(count: int) -> bytes:
    """A page whose compressed content is nothing but spaces."""
    return with_pages([stream(table(5) + b" " * count)])


def packed_twice(count: int) -> bytes:
    """A page whose content is compressed twice, so that a few bytes become many."""
    inner = zlib.compress(table(5) + b" " * count, 9)
    outer = zlib.compress(inner, 9)
    entries = b"/Filter [/FlateDecode /FlateDecode]"
    return with_pages([stream(outer, entries, packed=False)])


def ascii85(count: int) -> bytes:
    """Page content written in ASCII85, most of it zeros."""
    content = a85encode(table(5)) + b"z" * count + b"~>"
    return with_pages([stream(content, b"/Filter /ASCII85Decode", packed=False)])


def ascii85_packed(count: int) -> bytes:
    """Compressed page content in ASCII85, followed by zeros."""
    content = a85encode(zlib.compress(table(5))) + b"z" * count + b"~>"
    return with_pages([stream(content, b"/Filter [/ASCII85Decode /FlateDecode]", packed=False)])


def paths(count: int) -> bytes:
    """A page with many lines drawn on it."""
    drawn = b"".join(
        b"%d %d m %d %d l S\n" % (n % 500, n % 800, n % 490 + 20, n % 800) for n in range(count)
    )
    return with_pages([stream(table(5) + drawn)])


def long_path(count: int) -> bytes:
    """A page with one path of many lines."""
    drawn = b"".join(b"%d %d l " % (n % 500, n * 7 % 800) for n in range(count))
    return with_pages([stream(table(5) + b"0 0 m " + drawn + b"S")])


def rectangles(count: int) -> bytes:
    """A page with many small boxes, as check boxes are drawn."""
    drawn = b"".join(b"%d %d 8 8 re S\n" % (n * 11 % 560, n * 13 % 800) for n in range(count))
    return with_pages([stream(table(5) + drawn)])


def letters(count: int) -> bytes:
    """A page with many words on top of one another."""
    placed = [(n * 17 % 550, n * 7 % 830, "trygg") for n in range(count)]
    return with_pages([stream(table(5) + words(placed))])


def one_place(count: int) -> bytes:
    """A page with many words at one place."""
    return with_pages([stream(table(5) + words([(60, 300, "trygg")] * count))])


def large_picture(count: int) -> bytes:
    """A page with a picture that claims to have `count` times `count` pixels."""
    picture = stream(
        b"\0" * 1000,
        b"/Type /XObject /Subtype /Image /Width %d /Height %d /ColorSpace /DeviceGray "
        b"/BitsPerComponent 8" % (count, count),
    )
    content = stream(table(5) + b"q 500 0 0 500 0 0 cm /I 1000001 0 R Do /I Do Q")
    return with_pages([content], b"/XObject << /I 1000001 0 R >>", {1000001: picture})


def pages(count: int) -> bytes:
    """Many pages with a small table each."""
    return with_pages([stream(table(1))] * count)


def rows(count: int) -> bytes:
    """Many full pages of rows."""
    return with_pages([stream(table(25))] * max(1, count // 25))


def long_cell(count: int) -> bytes:
    """One comment that runs over many pages."""
    first = table(1)
    full = words([(300, 800 - 12 * line, "Nämnden har bytt belysning") for line in range(60)])
    return with_pages([stream(first), *[stream(full)] * max(1, count // 60)])


def columns(count: int) -> bytes:
    """A table with many columns."""
    placed = [(5 + 580 * n / count, 700 - 12 * row, "x") for n in range(count) for row in range(20)]
    return with_pages([stream(table(2) + words(placed))])


def endless_tree(_: int) -> bytes:
    """A page tree that contains itself."""
    return pdf(
        {
            1: b"<< /Type /Catalog /Pages 2 0 R >>",
            2: b"<< /Type /Pages /Kids [2 0 R] /Count 9 >>",
        }
    )


def many_said(count: int) -> bytes:
    """A file that claims many more pages than it has."""
    data = with_pages([stream(table(5))])
    return data.replace(b"/Count 1 ", b"/Count %d " % count)


def nested_arrays(count: int) -> bytes:
    """Page content of nested brackets."""
    return with_pages([stream(table(5) + b"[" * count + b"]" * count + b" TJ")])


PDFS: dict[str, tuple[Callable[[int], bytes], int]] = {
    made.__name__.replace("_", " "): (made, count)
    for made, count in (
        (draws_itself, 1),
        (draw_each_other, 3),
        (nested_forms, 2_000),
        (doubling_forms, 40),
        (blanks, 1_000_000_000),
        (packed_twice, 1_000_000_000),
        (ascii85, 50_000_000),
        (ascii85_packed, 50_000_000),
        (paths, 2_000_000),
        (long_path, 2_000_000),
        (rectangles, 200_000),
        (letters, 200_000),
        (one_place, 200_000),
        (large_picture, 100_000),
        (pages, 100_000),
        (rows, 16_000),
        (long_cell, 16_000),
        (columns, 500),
        (endless_tree, 1),
        (many_said, 2_000_000_000),
        (nested_arrays, 1_000_000),
    )
}
"""Maker of each file, and its size in the benchmark."""
