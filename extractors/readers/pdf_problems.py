"""Problems that the PDF readers report about pages, and what to do about them."""

from __future__ import annotations

from extractors.readers.errors import ReadError
from models.document import ReadProblem

FEW_CHARACTERS = 100
"""A page with fewer characters under a large picture is a scan with a stamp or a page number."""
LARGE_PICTURE = 0.5
SMALLEST_SCAN = 0.02
OUTLINED_PATHS = 200


def encrypted() -> ReadError:
    """A file that none of the given passwords opens."""
    return ReadError(
        "encrypted",
        "The PDF needs a password, and none of those given opens it. Give the right one with "
        "--password-file, or save the file without protection.",
    )


def unknown_encryption() -> ReadError:
    """A file protected in a way that the engine does not know."""
    return ReadError(
        "encrypted",
        "The PDF is encrypted in a way that cannot be opened. Save it without protection.",
    )


def broken() -> ReadError:
    """A file that is not a complete PDF."""
    return ReadError(
        "broken-pdf",
        "The file is not a complete PDF: it may be cut or damaged. Open it in a PDF reader, and "
        "export or fetch it again.",
    )


def no_pages() -> ReadError:
    """A file without pages."""
    return ReadError("no-pages", "The PDF has no pages. Export it again from its source.")


def scan(page: int) -> ReadProblem:
    """A page that is only a picture."""
    return ReadProblem(
        "scan",
        f"Page {page} is a picture without text, so nothing on it was read. Run text recognition "
        "on the file (for example `ocrmypdf --language swe in.pdf out.pdf`) and submit it again.",
        "error",
        page,
    )


def outlined(page: int) -> ReadProblem:
    """A page whose letters are drawn shapes."""
    return ReadProblem(
        "scan",
        f"Page {page} has no text: its letters may be drawn as shapes, so nothing on it was read. "
        "Ask for a PDF made with fonts, or run text recognition on the file (for example "
        "`ocrmypdf --force-ocr --language swe in.pdf out.pdf`).",
        "error",
        page,
    )


def garbled(page: int) -> ReadProblem:
    """A page whose fonts do not say which letters their glyphs stand for."""
    return ReadProblem(
        "garbled-text",
        f"The text of page {page} cannot be trusted: its fonts do not say which letters their "
        "glyphs stand for. Ask for a newly exported PDF, or run text recognition on the file (for "
        "example `ocrmypdf --force-ocr --language swe in.pdf out.pdf`).",
        "error",
        page,
    )


def failed(page: int, reason: str) -> ReadProblem:
    """A page that could not be read at all."""
    return ReadProblem(
        "page-failed",
        f"Page {page} could not be read ({reason}); nothing of it is in the result. Open the file "
        "in a PDF reader to see whether the page is damaged, and export it again.",
        "error",
        page,
    )


def invisible(page: int) -> ReadProblem:
    """A page whose text is invisible, as left by text recognition."""
    return ReadProblem(
        "invisible-text",
        f"All text on page {page} is invisible, as when text recognition puts it over a scan; "
        "letters may have been read wrong. Compare with the picture of the page.",
        "info",
        page,
    )


def outside(page: int, texts: list[str]) -> ReadProblem:
    """Text outside the visible part of a page."""
    sample = "; ".join(texts)
    return ReadProblem(
        "outside-page",
        f"Left out on page {page}, because it is outside the visible part of the page: "
        f"{sample[:160]}{'…' if len(sample) > 160 else ''}",
        "info",
        page,
    )


def unseen(page: int, texts: list[str]) -> ReadProblem:
    """Text in the file that nobody sees."""
    sample = "; ".join(texts)
    return ReadProblem(
        "hidden-text",
        f"Left out on page {page}, because it is not visible (the colour of its background, "
        "covered or cut off): "
        f"{sample[:160]}{'…' if len(sample) > 160 else ''}. Compare with the picture of the page.",
        "warning",
        page,
    )


def many_drawings(page: int) -> ReadProblem:
    """A page with more shapes than are examined."""
    return ReadProblem(
        "drawings-skipped",
        f"Page {page} has so many drawn shapes that not all were examined, so a table's lines may "
        "have been missed. Compare with the picture of the page.",
        "warning",
        page,
    )


def unread_pages(first: int, last: int) -> ReadProblem:
    """Pages past the limit."""
    return ReadProblem(
        "too-many-pages",
        f"Pages {first} to {last} were not read: the file is over the page limit. Split it.",
        "error",
        first,
    )


def no_text(page: int, characters: int, image_share: float, paths: int) -> ReadProblem | None:
    """Returns why a page has little or no text, or None if that is plausible.

    Args:
        page: 1-based page.
        characters: Number of visible, non-blank characters on the page.
        image_share: Share of the page that its largest picture covers.
        paths: Number of drawn shapes.
    """
    if characters == 0 and image_share > SMALLEST_SCAN:
        return scan(page)
    if characters < FEW_CHARACTERS and image_share > LARGE_PICTURE:
        return scan(page)
    if characters == 0 and paths >= OUTLINED_PATHS:
        return outlined(page)
    return None
