"""Tools that turn a PDF into text, used as people do who submit a text dump."""

from __future__ import annotations

import importlib
from collections.abc import Callable
from io import BytesIO

from tests.producers.programs import Programs, need


def _pdftotext(options: str = "") -> Callable[[bytes, Programs], bytes]:
    command = " ".join(f"pdftotext {options} in.pdf ut.txt".split())
    return lambda pdf, programs: programs.text_of(command, pdf)


def _mutool(pdf: bytes, programs: Programs) -> bytes:
    return programs.text_of("mutool convert -F text -o ut.txt in.pdf", pdf)


def _pdfminer(pdf: bytes, programs: Programs) -> bytes:
    need("pdfminer")

    def make() -> bytes:
        text: str = importlib.import_module("pdfminer.high_level").extract_text(BytesIO(pdf))
        return text.encode()

    return programs.remembered("pdfminer", pdf, make)


def _pymupdf(pdf: bytes, programs: Programs) -> bytes:
    need("pymupdf")

    def make() -> bytes:
        with importlib.import_module("pymupdf").open(stream=pdf, filetype="pdf") as document:
            return "\f".join(page.get_text() for page in document).encode()

    return programs.remembered("pymupdf", pdf, make)


def _pypdf(mode: str) -> Callable[[bytes, Programs], bytes]:
    def dump(pdf: bytes, programs: Programs) -> bytes:
        need("pypdf")

        def make() -> bytes:
            reader = importlib.import_module("pypdf").PdfReader(BytesIO(pdf))
            return "\n".join(
                page.extract_text(extraction_mode=mode) for page in reader.pages
            ).encode()

        return programs.remembered(f"pypdf {mode}", pdf, make)

    return dump


TOOLS: dict[str, Callable[[bytes, Programs], bytes]] = {
    "pdftotext": _pdftotext(),
    "pdftotext-layout": _pdftotext("-layout"),
    "pdftotext-raw": _pdftotext("-raw"),
    "mutool": _mutool,
    "pdfminer": _pdfminer,
    "pymupdf": _pymupdf,
    "pypdf": _pypdf("plain"),
    "pypdf-layout": _pypdf("layout"),
}
"""Makes a dump from a PDF's bytes."""

PROGRAM = {
    **{tool: "pdftotext" for tool in TOOLS if tool.startswith("pdftotext")},
    **{tool: "pypdf" for tool in TOOLS if tool.startswith("pypdf")},
    "mutool": "mutool",
    "pdfminer": "pdfminer",
    "pymupdf": "pymupdf",
}
