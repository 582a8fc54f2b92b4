"""Counts how often a PDF draws its form XObjects, before an engine draws them.

A form may draw other forms. If each of forty draws the next one twice, a few kilobytes request 2 **
40 drawings, which crashes an engine. Files that could do this are rare: their compressed contents
are first scanned as bytes, and only suspicious files are parsed.
"""

from __future__ import annotations

import io
import re
import zlib
from collections import Counter
from contextlib import suppress
from math import prod
from typing import Any

from extractors.readers.errors import ReadError

MOST_DRAWS = 200_000
"""Maximum times forms may draw other forms; a map with a symbol per house has thousands."""
_DEEPEST = 40
"""Maximum nesting depth of forms followed here; an engine follows fewer levels."""
_MOST_BYTES = 32_000_000
"""Maximum bytes examined per content stream."""
_CHUNK = 16_384
"""Bytes decompressed at a time, as a stream does not say where it ends."""

_STREAM = re.compile(rb">>\s{0,4}stream\r?\n")
_FORM = re.compile(rb"/Subtype\s*/Form\b")
_OTHER = re.compile(rb"/Subtype\b|/Type\s*/(?!XObject)|/Length1\b|/N\s")
_DRAW = re.compile(rb"/([^\s/<>\[\](){}%]+)\s+Do\b")
_REACH = 4000
"""Bytes before a stream in which its dictionary begins."""


def check_forms(data: bytes) -> None:
    """Raises a ReadError if a PDF's forms draw one another more often than any real file's.

    Args:
        data: The bytes of the file. Encrypted content is not examined.
    """
    if _FORM.search(data) and _could_draw(data) > MOST_DRAWS and _draws(data) > MOST_DRAWS:
        raise ReadError(
            "broken-pdf",
            f"The PDF draws parts of pages within one another more than {MOST_DRAWS:,} times, "
            "which no program writes, so it was not read. Ask the sender to export the report "
            "again.",
        )


def _could_draw(data: bytes) -> int:
    """An upper bound on the drawings that the forms could make, if each drew all others."""
    forms, others = [], []
    for match in _STREAM.finditer(data):
        start = max(0, match.start() - _REACH)
        dictionary = data[max(start, data.rfind(b" obj", start, match.start())) : match.end()]
        if _FORM.search(dictionary):
            forms.append((dictionary, match.end()))
        elif not _OTHER.search(dictionary):
            others.append((dictionary, match.end()))
    times = [count for form in forms if (count := _count(data, *form)) > 1]
    return prod(times) * max([1, *(_count(data, *other) for other in others)]) if times else 0


def _count(data: bytes, dictionary: bytes, start: int) -> int:
    """How often a stream draws anything."""
    if b"/FlateDecode" not in dictionary:
        end = data.find(b"endstream", start, start + _MOST_BYTES)
        return len(_DRAW.findall(data, start, max(start, end)))
    return len(_DRAW.findall(_inflated(data, start)))


def _inflated(data: bytes, start: int) -> bytearray:
    """The contents of a compressed stream, up to any damage."""
    stream, content = zlib.decompressobj(), bytearray()
    with suppress(zlib.error):
        for at in range(start, min(start + _MOST_BYTES, len(data)), _CHUNK):
            content += stream.decompress(data[at : at + _CHUNK], _MOST_BYTES - len(content))
            if stream.eof or len(content) >= _MOST_BYTES:
                break
    return content


def _draws(data: bytes) -> int:
    """Number of times forms draw other forms; 0 if the file cannot be parsed."""
    from pdfminer.pdfdocument import PDFDocument  # noqa: PLC0415 - seldom wanted
    from pdfminer.pdfpage import PDFPage  # noqa: PLC0415
    from pdfminer.pdfparser import PDFParser  # noqa: PLC0415

    try:
        forms = _Forms()
        document = PDFDocument(PDFParser(io.BytesIO(data)))
        return sum(_drawn(page, forms) for page in PDFPage.create_pages(document))
    except Exception:  # the reader reports the damage
        return 0


class _Forms:
    """The forms of a file by object number, and what they draw."""

    def __init__(self) -> None:
        self._streams: dict[int, tuple[Any, Any]] = {}
        self._drawn: dict[int, Counter[int]] = {}

    def drawn_by(self, form: int) -> Counter[int]:
        """How often a form draws each other form."""
        if form not in self._drawn:
            stream, resources = self._streams[form]
            self._drawn[form] = self.drawn_in(stream.get_data(), resources)
        return self._drawn[form]

    def drawn_in(self, content: bytes, resources: Any) -> Counter[int]:  # noqa: ANN401
        """How often a content stream draws each form of its resources, as parsed by pdfminer."""
        from pdfminer.pdftypes import PDFStream, resolve1  # noqa: PLC0415

        named = resolve1((resolve1(resources) or {}).get("XObject")) or {}
        found: Counter[int] = Counter()
        for name, count in Counter(_DRAW.findall(content)).items():
            form = resolve1(named.get(name.decode("latin-1")))
            if not isinstance(form, PDFStream) or "Form" not in str(form.get("Subtype")):
                continue
            if (number := form.objid) is not None:
                found[number] += count
                self._streams.setdefault(number, (form, form.get("Resources") or resources))
        return found


def _drawn(page: Any, forms: _Forms) -> int:  # noqa: ANN401 - pdfminer has no types
    """Number of times the forms on a page draw other forms, level by level."""
    from pdfminer.pdftypes import resolve1  # noqa: PLC0415

    content = b" ".join(resolve1(stream).get_data() for stream in page.contents)
    total, level = 0, forms.drawn_in(content, page.resources)
    for _ in range(_DEEPEST):
        following: Counter[int] = Counter()
        for form, times in level.items():
            for other, count in forms.drawn_by(form).items():
                following[other] += times * count
        total += following.total()
        if not following or total > MOST_DRAWS:
            break
        level = following
    return total
