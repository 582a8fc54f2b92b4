"""Checks whether a PDF's bytes are intact.

A PDF engine shows what it can of a damaged page and ignores the rest, so text would be lost without
a trace. Compressed streams have a checksum, and a complete file has an end marker: both are checked
before the engine is trusted.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator

import numpy as np

from models.document import ReadProblem

_STREAM = re.compile(rb">>\s{0,4}stream\r?\n")
_DICTIONARY_REACH = 1500
"""Maximum number of bytes from the start of a stream's dictionary to the stream."""
_FILTER = re.compile(rb"/Filter\s*\[?\s*(/ASCII85Decode\s*)?/FlateDecode\b")
_NOT_TEXT = re.compile(rb"/Image\b|/Length1\b|/FontFile|/Type1C|/CIDFontType0C|/ICCBased|/N 3\b")
_MOST_BYTES = 4_000_000
"""A longer stream is taken for an image, whatever its dictionary says."""
_CHUNK = 65_536
_END_REACH = 4096
_POWERS = 85 ** np.arange(4, -1, -1)


def damage(data: bytes) -> list[ReadProblem]:
    """Returns a problem if parts of the file are damaged, and one if its end is missing.

    Args:
        data: The bytes of the file. Encrypted files are not examined.
    """
    found = []
    broken = 0 if b"/Encrypt" in data else sum(_is_broken(*stream) for stream in _streams(data))
    if broken:
        found.append(
            ReadProblem(
                "damaged-pdf",
                f"{broken} compressed part{'s are' if broken > 1 else ' is'} damaged in the PDF, "
                "so text may be missing on any page. Fetch or export it again.",
                "error",
            )
        )
    if b"%%EOF" not in data[-_END_REACH:]:
        found.append(
            ReadProblem(
                "cut-pdf",
                "The end of the PDF is missing, so it may be cut and pages may be missing. Compare "
                "its last page with the source, or fetch the file again.",
                "warning",
            )
        )
    return found


def _streams(data: bytes) -> Iterator[tuple[bytes, int]]:
    """Yields the compressed streams that can contain or define text: bytes and start."""
    for match in _STREAM.finditer(data):
        start = max(0, match.start() - _DICTIONARY_REACH)
        dictionary = data[max(start, data.rfind(b" obj", start, match.start())) : match.end()]
        kind = _FILTER.search(dictionary)
        if kind is None or _NOT_TEXT.search(dictionary):
            continue
        if kind[1] is None:
            yield data, match.end()
        else:
            most = match.end() + _MOST_BYTES
            end = data.find(b"~>", match.end(), most)
            yield _from_ascii85(data[match.end() : end if end >= 0 else most]) + b"endstream", 0


def _from_ascii85(text: bytes) -> bytes:
    """Decodes ASCII85, a hundred times as fast as `base64`.

    Invalid digits give wrong bytes, which the checksum detects.
    """
    text = text.translate(None, b" \t\r\n\0\f").replace(b"z", b"!!!!!")
    missing = -len(text) % 5
    digits = np.frombuffer(text + b"u" * missing, np.uint8).reshape(-1, 5).astype(np.int64) - 33
    words = (digits @ _POWERS).astype(np.uint32).astype(">u4")
    return words.tobytes()[: 4 * len(words) - missing]


def _is_broken(data: bytes, start: int) -> bool:
    """Whether a compressed stream breaks off or contradicts its checksum."""
    whole, rest = _inflate(data, start, zlib.MAX_WBITS)
    if whole:
        return False
    # Some producers omit the checksum: the data itself must then end where the stream does.
    whole, rest = _inflate(data, start + 2, -zlib.MAX_WBITS)
    return not (whole and data[rest : rest + 16].lstrip().startswith(b"endstream"))


def _inflate(data: bytes, start: int, window: int) -> tuple[bool, int]:
    """Returns whether a stream inflates to its end, and where it ends."""
    inflater = zlib.decompressobj(window)
    for place in range(start, min(start + _MOST_BYTES, len(data)), _CHUNK):
        chunk = data[place : place + _CHUNK]
        try:
            while chunk and not inflater.eof:  # at the end, what follows stays the tail
                inflater.decompress(chunk, _CHUNK * 16)
                chunk = inflater.unconsumed_tail
        except zlib.error:
            return False, place
        if inflater.eof:
            return True, min(place + _CHUNK, len(data)) - len(inflater.unused_data)
    return start + _MOST_BYTES <= len(data), start
