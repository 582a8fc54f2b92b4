"""Running headers and footers of a dump: repeated lines near page numbers and page breaks."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence, Set

from extractors.layout.cells.answers import is_answer
from extractors.layout.cells.cues import openness
from extractors.layout.dumps.heads import column_heads, head_texts
from extractors.structure.notices import is_instruction_label, notice_start
from extractors.text import collapse, fold
from models.document import Line
from models.form import Form

_NUMBER = re.compile(r"\d+")
_NUMBER_OF_PAGES = re.compile(
    r"(?:\w+\s)?\d{1,4}\s?(?:\(\s?\d{1,4}\s?\)|(?:/|av|of)\s?\d{1,4})|[-–]\s?\d{1,4}\s?[-–]",
    re.IGNORECASE,
)
_LONE_NUMBER = re.compile(r"\d{1,4}")
_NEIGHBOURS = 4
_FAR_WIDER = 1.3
_EMPTY_PARAGRAPH = 4


def is_number_of_pages(text: str) -> bool:
    """Whether a text is a page number with its total, such as `4 (33)` or `Sida 4 av 33`."""
    return bool(_NUMBER_OF_PAGES.fullmatch(text.strip()))


def dump_running_lines(lines: Sequence[Line], form: Form) -> frozenset[int]:
    """Returns the indices of the lines that are running headers and footers.

    Table headers and answers are repeated too, but do not count.

    A page number with its total always counts. Any other line counts if it is repeated, apart from
    digits, within a few lines of page numbers or at the edges of pages.
    """
    filled = [index for index, line in enumerate(lines) if line.text.strip()]
    places = {index: place for place, index in enumerate(filled)}
    numbers = {index for index in filled if is_number_of_pages(lines[index].text)}
    edges = _page_edges(lines, filled)
    beside: set[int] = set()
    for index in numbers:
        place = places[index]
        beside.update(filled[max(0, place - _NEIGHBOURS) : place + _NEIGHBOURS + 1])
    near = {index for index in beside | set(edges) if not _is_of_form(lines[index].text, form)}
    shapes = Counter(normalised(lines[index].text) for index in near)
    pages = len({line.page for line in lines})
    running = set(numbers)
    for index in sorted(near):
        line, repeats = lines[index], shapes[normalised(lines[index].text)]
        if _LONE_NUMBER.fullmatch(line.text.strip()):
            # A bare number is a page number if it counts with the pages.
            is_running = repeats * 2 >= pages > 1 and int(line.text) >= (line.page or 0)
        else:
            often = repeats * 2 >= len(numbers) if index in beside else repeats * 3 >= pages
            is_running = repeats > 1 and often
            # A line in lower case probably continues a sentence cut by a page break, except for the
            # second line of a running header.
            follows = index - 1 in near and shapes[normalised(lines[index - 1].text)] > 1
            is_running &= follows or repeats > 2 or not line.text.strip()[0].islower()
        if is_running or _interrupts(lines, filled, places[index], numbers, form):
            running.add(index)
    return frozenset(_touching(running, numbers, edges, places, filled))


def _is_of_form(text: str, form: Form) -> bool:
    """Whether a text is a table header, an answer, a label or a notice, which recur naturally."""
    return (
        fold(text) in head_texts(form)
        or collapse(text) in column_heads(form)
        or is_instruction_label(text, form)
        or notice_start(text, form)
        or is_answer(text, form)
    )


def _interrupts(
    lines: Sequence[Line],
    filled: Sequence[int],
    place: int,
    numbers: Set[int],
    form: Form,
) -> bool:
    """Whether a line before a page number breaks into an unfinished sentence, or stands out.

    It stands out if an empty paragraph separates it from the text, or if it is far wider.
    """
    if not 0 < place < len(filled) - 1 or filled[place + 1] not in numbers:
        return False
    before, index = filled[place - 1], filled[place]
    if index == before + 1 or before in numbers:
        return False
    text = lines[index].text.strip()
    if index - before >= _EMPTY_PARAGRAPH and not text.endswith((".", "?", "!", ":")):
        return True
    around = [len(lines[near].text.strip()) for near in filled[max(0, place - 20) : place]]
    is_wide = len(text) > _FAR_WIDER * max(around)
    # If pages are known, the last paragraph of a column can follow one without a full stop.
    is_told = lines[index].page is not None
    goes_on = not is_told and text[0].isupper() and openness(lines[before].text, form) > 0
    return is_wide or goes_on


def _page_edges(lines: Sequence[Line], filled: Sequence[int]) -> list[int]:
    """The first and last filled lines of each page, where pages are known."""
    by_page: dict[int, list[int]] = {}
    for index in filled:
        if (page := lines[index].page) is not None:
            by_page.setdefault(page, []).append(index)
    return [index for own in by_page.values() for index in own[:3] + own[-3:]]


def _touching(
    running: set[int],
    numbers: Set[int],
    edges: Sequence[int],
    places: dict[int, int],
    filled: Sequence[int],
) -> set[int]:
    """Keeps running lines that are contiguous with a page number or a page edge."""
    kept = set(numbers) | (running & set(edges))
    waiting = list(kept)
    while waiting:
        place = places[waiting.pop()]
        for other in (place - 1, place + 1):
            index = filled[other] if 0 <= other < len(filled) else -1
            if index in running and index not in kept:
                kept.add(index)
                waiting.append(index)
    return kept


def normalised(text: str) -> str:
    """Returns a line's text with white space collapsed, case-folded, and every number as #."""
    return _NUMBER.sub("#", fold(text))
