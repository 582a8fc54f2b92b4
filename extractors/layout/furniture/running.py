"""Running heads and feet: what stands at the same height on page after page."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from extractors.layout.cells.runs import TextLine, lines_of
from extractors.layout.tables.heads import head_words, is_head_line
from extractors.text import fold
from models.document import Document, Line, Page
from models.form import Form

_ZONE = 0.2
"""Running heads stand in the upper fifth of the page, feet in the lower."""
_LEAST_ZONE = 60.0
"""Points; on a page of a dump that holds few lines the fifth is too little."""
_MOST_LINES = 5
_SAME_HEIGHT = 4.0
_SHARE = 0.25
"""A text must return on at least this share of the pages."""
_NUMBER = re.compile(r"\d+")
_PAGE_NUMBER = re.compile(
    r"^(?:(?:sida|sid|page|s)\.?\s*)?(\d{1,4})(?:\s*(?:\((\d{1,4})\)|(?:av|of|/)\s*(\d{1,4})))$"
    r"|^(?:sida|sid|page)\.?\s*(\d{1,4})$|^[-\u2013]\s*(\d{1,4})\s*[-\u2013]$",
    re.IGNORECASE,
)

_Key = tuple[str, int, str]
"""Side of the page, place from its edge, and text."""
_Seen = dict[_Key, set[int]]
"""The pages that have a line with a key."""


def split(document: Document, form: Form | None = None) -> tuple[list[Line], list[Line]]:
    """Parts the running heads and feet of a document from its other lines.

    A line is running if, with every line further out on its page, it returns on other pages at
    the same height, with the same text but for a number that counts the pages; or if it is a page
    number in full at the page's edge.

    Args:
        document: A document with boxes. Without boxes nothing is running.
        form: Its table heads, which may be repeated too, are kept.

    Returns:
        The running lines, and the others, each in the order of the document.
    """
    found = running_numbers([(page, lines_of(page)) for page in document.pages], form)
    lines = document.lines
    return (
        [line for line in lines if line.number in found],
        [line for line in lines if line.number not in found],
    )


def running_numbers(
    pages: Sequence[tuple[Page, Sequence[TextLine]]], form: Form | None = None
) -> frozenset[int]:
    """Returns the numbers of the lines that are running heads or feet.

    Args:
        pages: The pages with their lines.
        form: Its table heads, which may be repeated too, are kept.
    """
    edges = [
        (page, [(line, _keys(line, page, side)) for line in _edge(lines, page, side)])
        for page, lines in pages
        for side in ("head", "foot")
    ]
    seen: _Seen = defaultdict(set)
    for page, lines in edges:
        for _, keys in lines:
            for key in keys:
                seen[key].add(page.number)
    enough = max(2, _SHARE * sum(1 for _, lines in pages if lines))
    heads = head_words(form) if form is not None else []
    found: set[int] = set()
    for page, lines in edges:
        for line, keys in lines:
            if not (_repeats(seen, keys, enough) or is_page_number(line.text, page.number)):
                break
            if is_head_line([run.text for run in line.runs], heads):
                break
            found.update([run.piece.line.number for run in line.runs])
    return frozenset(found)


def is_page_number(text: str, page: int | None = None) -> bool:
    """Whether a line is nothing but a page number: `4 (33)`, `Sida 4 av 33`, `- 4 -`.

    Args:
        text: The line.
        page: The page that it stands on; a bare number must then be this one.
    """
    text = fold(text)
    if _PAGE_NUMBER.match(text):
        return True
    return page is not None and text == str(page)


def normalised(text: str) -> str:
    """Returns a line's text with blanks collapsed, case folded and every number as #."""
    return _NUMBER.sub("#", fold(text))


def _edge(lines: Sequence[TextLine], page: Page, side: str) -> Iterator[TextLine]:
    """Yields the lines in the upper or lower zone of a page, from the edge inwards."""
    height = page.height or max((line.base for line in lines), default=0.0)
    ordered: Iterable[TextLine] = lines if side == "head" else reversed(lines)
    for count, line in enumerate(ordered):
        from_edge = line.base if side == "head" else height - line.base
        if count == _MOST_LINES or from_edge > max(_ZONE * height, _LEAST_ZONE):
            return
        yield line


def _keys(line: TextLine, page: Page, side: str) -> list[_Key]:
    """Returns what a running line has in common with its fellows on other pages.

    Its height from the edge, and its text, as it is or with one number as a distance to the page
    number. Other numbers must be the same: "1.2 Mål 2" is no repetition of "1.1 Mål 1".
    """
    height = page.height or 0.0
    from_edge = line.base if side == "head" else height - line.base
    place = round(from_edge / _SAME_HEIGHT)
    text = fold(line.text)
    keys = [(side, place, text)]
    for match in _NUMBER.finditer(text):
        if len(match.group()) <= 4:
            counted = f"<page{int(match.group()) - page.number:+d}>"
            keys.append((side, place, text[: match.start()] + counted + text[match.end() :]))
    return keys


def _repeats(seen: _Seen, keys: Sequence[_Key], enough: float) -> bool:
    """Whether something that a line has in common with others is seen on enough pages."""
    return any(len(seen[key]) >= enough for key in keys) or any(
        len(seen[key] | _beside(seen, key)) >= enough for key in keys
    )


def _beside(seen: _Seen, key: _Key) -> set[int]:
    """Returns the pages that have the same text in the next place up or down."""
    side, place, text = key
    return seen.get((side, place - 1, text), set()) | seen.get((side, place + 1, text), set())
