"""Running headers and footers: lines repeated on page after page, at the same height or place."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence, Set
from itertools import chain
from typing import NamedTuple

from extractors.layout.cells.answers import is_answer
from extractors.layout.cells.runs import TextLine
from extractors.layout.furniture.misread import Running, resembled
from extractors.layout.tables.heads import head_words, is_head_line
from extractors.text import fold
from models.document import Page
from models.form import Form

_ZONE = 0.2
"""Running headers are in the top fifth of the page, footers in the bottom fifth."""
_LEAST_ZONE = 60.0
"""In points; on a dump page with few lines a fifth is too little."""
_MOST_LINES = 5
_SAME_HEIGHT = 4.0
_BESIDE = 3
"""Number of lines further in that are examined."""
_ROW_PITCH = 2.0
"""Maximum distance of lines within table rows, in font sizes."""
_SAME_SIZE = 0.3
_SAME_EDGE = 1.0
_SHARE = 0.25
"""Minimum share of the pages on which a text must be repeated."""
_NUMBER = re.compile(r"\d+")
_PAGE_NUMBER = re.compile(
    r"^(?:(?:sida|sid|page|s)\.?\s*)?(\d{1,4})(?:\s*(?:\((\d{1,4})\)|(?:av|of|/)\s*(\d{1,4})))$"
    r"|^(?:sida|sid|page)\.?\s*(\d{1,4})$|^[-\u2013]\s*(\d{1,4})\s*[-\u2013]$",
    re.IGNORECASE,
)


_Key = tuple[str, int, str]
"""Side of the page, position from its edge, and text."""
_Seen = dict[_Key, set[int]]
"""The pages that have a line with a key."""


def running_numbers(
    pages: Sequence[tuple[Page, Sequence[TextLine]]], form: Form | None = None
) -> frozenset[int]:
    """Returns the numbers of the lines that are running headers or footers.

    A line is running if it and every line further out on its page are repeated on other pages at
    the same height, with the same text except for a number that counts the pages; or if it is a
    full page number at the page's edge.

    Args:
        pages: The pages with their lines.
        form: Its table headers, which may be repeated too, are kept.
    """
    seen: _Seen = defaultdict(set)
    edges = []
    for page, lines in pages:
        for side in ("head", "foot"):
            ordered = lines if side == "head" else lines[::-1]
            keys = [_keys(line, page, side) for line in _edge(ordered, page, side)]
            edges.append(_Edge(page.number, ordered[: len(keys) + _BESIDE], keys))
            for key in chain.from_iterable(keys):
                seen[key].add(page.number)
    enough = max(2, _SHARE * sum(1 for _, lines in pages if lines))
    if recognised := frozenset(page.number for page, _ in pages if page.recognised):
        edges = list(_as_read_elsewhere(edges, recognised, seen, enough, form))
    counts = [_repeated(edge, seen, enough, form) for edge in edges]
    attached = _attached(edges, counts, seen)
    found: set[int] = set()
    for edge, count in zip(edges, counts, strict=True):
        common = [_most_common(keys, seen) for keys in edge.keys[:count]]
        free = next((n for n in range(count, 0, -1) if common[n - 1] not in attached), 0)
        found.update(run.piece.line.number for line in edge.lines[:free] for run in line.runs)
    return frozenset(found)


class _Edge(NamedTuple):
    """The lines at the upper or lower edge of a page, from the edge inwards.

    Attributes:
        page: Its number.
        lines: Those that can be running lines, and some further in.
        keys: What the candidates have in common with lines on other pages.
    """

    page: int
    lines: Sequence[TextLine]
    keys: Sequence[Sequence[_Key]]


def _repeated(edge: _Edge, seen: _Seen, enough: float, form: Form | None) -> int:
    """Returns how many lines at an edge are repeated, up to the first other line."""
    heads = head_words(form) if form is not None else []
    for count, (line, keys) in enumerate(zip(edge.lines, edge.keys, strict=False)):
        texts = [run.text for run in line.runs]
        is_running = _repeats(seen, keys, enough) or is_page_number(line.text, edge.page)
        if not is_running or is_head_line(texts, heads) or _has_answer(texts, form):
            return count
    return len(edge.keys)


def _as_read_elsewhere(
    edges: Sequence[_Edge],
    recognised: frozenset[int],
    seen: _Seen,
    enough: float,
    form: Form | None,
) -> Iterator[_Edge]:
    """Yields the edges of pages, with corrected keys for misread running lines.

    Such a line gets the key of the line that it resembles at the same place on other pages.
    """
    known: dict[tuple[str, int], dict[tuple[str, int, int], Running]] = defaultdict(dict)
    for edge in edges:
        for line, keys in zip(edge.lines, edge.keys, strict=False):
            for key in keys:
                if _repeats(seen, [key], enough):
                    running = Running(key[2], line.x0, line.x1)
                    known[key[:2]].setdefault(running.likeness, running)
    for edge in edges:
        keys_of = list(edge.keys)
        for at, (line, keys) in enumerate(zip(edge.lines, edge.keys, strict=False)):
            if edge.page not in recognised or _repeats(seen, keys, enough):
                continue
            if form is not None and is_answer(line.text, form):
                continue
            side, place, text = keys[0]
            for near in (place, place - 1, place + 1):
                own = Running(text, line.x0, line.x1)
                if other := resembled(own, edge.page, known.get((side, near), {}).values()):
                    keys_of[at] = [(side, near, other.text)]
                    break
        yield edge._replace(keys=keys_of)


def _has_answer(texts: Sequence[str], form: Form | None) -> bool:
    """Whether a later run of a line is an answer, as in a row of a table."""
    return form is not None and any(is_answer(text, form) for text in texts[1:])


def _attached(edges: Iterable[_Edge], counts: Iterable[int], seen: _Seen) -> Set[_Key]:
    """Returns which repeated lines are part of the text: rows that are alike on page after page.

    Running lines are separated from the text by white space or by their type. Lines separated by
    neither on most of their pages belong to the text, even "31 av 68" if it is not a page number.
    """
    votes: dict[_Key, list[bool]] = defaultdict(list)
    for edge, count in zip(edges, counts, strict=True):
        for at in range(count):
            line, inner = edge.lines[at], edge.lines[at + 1 : at + 1 + _BESIDE]
            votes[_most_common(edge.keys[at], seen)].append(_stands_with(line, inner))
    return {key for key, own in votes.items() if 2 * sum(own) > len(own)}


def _most_common(keys: Sequence[_Key], seen: _Seen) -> _Key:
    """Returns what a line has in common with the most pages."""
    return max(keys, key=lambda key: len(seen[key]))


def _stands_with(line: TextLine, inner: Sequence[TextLine]) -> bool:
    """Whether a line is as close to those further in as rows are, and in the same type."""
    return (
        bool(inner)
        and abs(inner[0].base - line.base) <= _ROW_PITCH * line.size
        and abs(inner[0].size - line.size) < _SAME_SIZE
        and any(abs(run.x0 - line.x0) < _SAME_EDGE for other in inner for run in other.runs)
    )


def is_page_number(text: str, page: int | None = None) -> bool:
    """Whether a line is only a page number: `4 (33)`, `Sida 4 av 33`, `- 4 -`.

    Args:
        text: The line.
        page: Its page; a bare number must then be this one.
    """
    text = fold(text)
    if _PAGE_NUMBER.match(text):
        return True
    return page is not None and text == str(page)


def _edge(ordered: Sequence[TextLine], page: Page, side: str) -> Iterator[TextLine]:
    """Yields the lines in the upper or lower zone of a page, from the edge inwards."""
    height = page.height or max((line.base for line in ordered), default=0.0)
    for line in ordered[:_MOST_LINES]:
        from_edge = line.base if side == "head" else height - line.base
        if from_edge > max(_ZONE * height, _LEAST_ZONE):
            return
        yield line


def _keys(line: TextLine, page: Page, side: str) -> list[_Key]:
    """Returns what a running line has in common with those on other pages.

    Its distance from the edge, and its text, unchanged or with one number as a distance from the
    page number. Other numbers must be the same: "1.2 Mål 2" does not repeat "1.1 Mål 1".
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
    """Whether something that a line has in common with others occurs on enough pages."""
    return any(len(seen[key]) >= enough for key in keys) or any(
        len(seen[key] | _beside(seen, key)) >= enough for key in keys
    )


def _beside(seen: _Seen, key: _Key) -> set[int]:
    """Returns the pages that have the same text one position up or down."""
    side, place, text = key
    return seen.get((side, place - 1, text), set()) | seen.get((side, place + 1, text), set())
