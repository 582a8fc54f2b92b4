"""Files of types that are not read: what they are, and what a person can do."""

from __future__ import annotations

import os

_AS_WORD = "Open it in Word or LibreOffice, save it as .docx or PDF, and submit that."
_AS_PDF = "Save it as PDF and submit that."
_KINDS: tuple[tuple[str, str, str], ...] = (
    ("a file in Word's old format", _AS_WORD, ".doc .dot"),
    ("a Word file with macros, or a template", _AS_WORD, ".docm .dotx .dotm .ott .fodt .wps .wpd"),
    ("a rich text file", _AS_WORD, ".rtf"),
    ("an Apple Pages file", "Export it from Pages as Word or PDF, and submit that.", ".pages"),
    ("a spreadsheet", _AS_PDF, ".xlsx .xls .xlsm .xlsb .ods .csv .tsv .numbers"),
    ("a presentation", _AS_PDF, ".pptx .ppt .odp .key"),
    (
        "a picture",
        "Ask for the report itself; if it was scanned, save the scan as PDF, PNG, JPEG or TIFF.",
        ".gif .bmp .webp .heic .heif .svg",
    ),
    (
        "an archive",
        "Unpack it into the input folder.",
        ".zip .7z .rar .tar .gz .tgz .bz2 .xz .zst",
    ),
    ("an e-mail", "Save its attachment into the input folder.", ".eml .msg .mbox"),
    ("a web page with its pictures in one file", _AS_PDF, ".mht .mhtml .webarchive"),
    ("a link to a document elsewhere", "Download it as PDF or .docx.", ".gdoc .url .lnk .webloc"),
)
_BY_SUFFIX = {suffix: (what, fix) for what, fix, suffixes in _KINDS for suffix in suffixes.split()}
_RTF = b"{\\rtf"


def suffix_of(source: str) -> str:
    """Returns a file's extension in lower case, ignoring spaces after it."""
    return os.path.splitext(source.rstrip())[1].lower()  # noqa: PTH122 - faster than a path


def describe(source: str) -> tuple[str, str]:
    """Returns what a file is, by its name, and what to do so that it can be read.

    Args:
        source: Its name or path.
    """
    suffix = suffix_of(source)
    if not suffix:
        return "a file without an extension", (
            "If it is a report, give it the extension .pdf, .docx, .odt, .html or .txt."
        )
    return _BY_SUFFIX.get(
        suffix,
        (f"a {suffix} file", "If it is a report, save it as PDF or .docx; if not, move it away."),
    )


def is_known(data: bytes, source: str) -> bool:
    """Whether a file is certainly of a type that is not read, by its first bytes or its name."""
    return data.startswith(_RTF) or suffix_of(source) in _BY_SUFFIX


def say(data: bytes, source: str) -> str:
    """Returns a message that a file is of a type that is not read, and what to do."""
    what, fix = describe("x.rtf" if data.startswith(_RTF) else source)
    return f"The file is {what}, which is not read. {fix}"
