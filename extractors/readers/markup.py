"""Decodes a web page, which may declare its own encoding."""

from __future__ import annotations

import codecs
import re
from contextlib import suppress

from charset_normalizer import from_bytes

from extractors.readers.errors import ReadError
from models.document import ReadProblem

_CHARSET = re.compile(rb"(?:charset|encoding)\s*=\s*[\"']?\s*([\w.:-]+)", re.IGNORECASE)
_DECLARATION = re.compile(r"^\s*<\?xml[^>]*\?>")
_WITHIN = 4096
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


def decode(data: bytes) -> tuple[str, tuple[ReadProblem, ...]]:
    """Returns the text of a page, and a problem if its encoding had to be guessed.

    Raises:
        ReadError: The bytes are not text (`binary`), or there are none (`empty`).
    """
    if not data.strip(b" \t\r\n\x00"):
        raise ReadError("empty", "The file is empty. Ask the sender for the report again.")
    said = _CHARSET.search(data[:_WITHIN])
    names = [name for mark, name in _MARKS if data.startswith(mark)]
    names += [said[1].decode("ascii")] if said else []
    for name in [*names, "utf-8"]:
        with suppress(UnicodeDecodeError, LookupError):
            # What is declared as Latin-1 on the web is really Windows-1252.
            is_latin = name.casefold() in {"iso-8859-1", "latin-1", "latin1", "us-ascii"}
            return _DECLARATION.sub("", data.decode("cp1252" if is_latin else name)), ()
    best = from_bytes(data).best()
    if best is None:
        raise ReadError("binary", "The file is named as a web page but holds binary data.")
    message = f"The page was read as {best.encoding}, by guess. Check that å, ä and ö are right."
    return _DECLARATION.sub("", str(best)), (ReadProblem("encoding", message, "info"),)
