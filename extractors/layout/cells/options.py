"""The options that open a cell: answer words, each alone on its line or with a mark of its own."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from itertools import islice
from typing import NamedTuple

from extractors.layout.blocks import Cell, Paragraph, Piece
from extractors.layout.cells.answer_marks import BOX, BOXES, mark_of, part_mark
from extractors.text import fold
from models.form import Form

_MOST_ANSWER_LINES = 3
FEWEST_OPTIONS = 2
MOST_WORDS = 4
_LONGEST = 40
"""Maximum words and letters of an answer that is not in the form."""


class Option(NamedTuple):
    """An answer word with the mark before it, in one or more pieces."""

    marks: Paragraph
    words: Paragraph
    ticked: bool | None


def leading_options(cell: Cell, form: Form) -> tuple[list[Option], int]:
    """Returns the answers that open a cell, each alone on its lines, and how many pieces they are.

    Without boxes to choose from there is at most one.
    """
    if not cell or not may_open_answer(cell[0][0].text, form):
        return [], 0
    ahead = (line for paragraph in cell for line in visual_lines(paragraph))
    lines = list(islice(ahead, _MOST_ANSWER_LINES))
    options: list[Option] = []
    at = count = 0
    while at < len(lines) and may_open_answer(lines[at][0].text, form):
        found: list[Option] = []
        taken = 0
        for length in range(1, min(_MOST_ANSWER_LINES, len(lines) - at) + 1):
            pieces = tuple(piece for line in lines[at : at + length] for piece in line)
            read = _read_options(pieces, form)
            if read and (not found or len(read) <= len(found)):
                found, taken = read, length
        if not found:
            break
        if options and not _go_together(options, found):
            break
        options += found
        count += sum(len(line) for line in lines[at : at + taken])
        at += taken
        lines += islice(ahead, taken)
    return options, count


def may_open_answer(text: str, form: Form) -> bool:
    """Whether a line opens with a mark or with the first word of an answer word; most do not."""
    if mark_of(text)[0] or form.answer_pattern.match(text):
        return True
    words = text.split(maxsplit=1)
    return not words or words[0].casefold().rstrip(".:") in _first_words(tuple(form.codes))


@lru_cache(maxsize=16)
def _first_words(answers: tuple[str, ...]) -> frozenset[str]:
    """Returns the words that answer words begin with."""
    return frozenset(answer.split()[0].rstrip(".:") for answer in answers if answer.strip())


def _go_together(options: list[Option], found: list[Option]) -> bool:
    """Whether answer words on the next line are further options rather than a comment."""
    return any(option.ticked is not None for option in options) == any(
        option.ticked is not None for option in found
    ) and (options[0].ticked is not None or len(_distinct(options + found)) == len(options + found))


def _distinct(options: list[Option]) -> set[str]:
    return {fold(words_of(option.words)) for option in options}


def _read_options(pieces: Paragraph, form: Form) -> list[Option]:
    """Reads pieces as answer words only, each with or without a mark before it; else returns []."""
    if trailing := _read_trailing(pieces, form):
        return trailing
    options: list[Option] = []
    rest = list(pieces)
    while rest:
        marks: list[Piece] = []
        ticked: bool | None = None
        mark, words, is_ticked = part_mark(rest[0])
        if mark is not None:
            marks.append(mark)
            ticked = is_ticked
            rest[:1] = [words] if words else []
        taken = _take_word(rest, form)
        if taken is None and marks and marks[0].text[:1] in BOXES:
            taken = _take_unknown(rest)
        if taken is None:
            return []
        options.append(Option(tuple(marks), taken, ticked))
    if not any(_is_known(option, form) for option in options):
        return []
    bare = any(option.ticked is None for option in options)
    if bare and len(options) > 1 and len(options) < len(pieces):
        return []
    if bare and len(_distinct(options)) < len(options):
        return []
    return options


def _take_word(rest: list[Piece], form: Form) -> Paragraph | None:
    """Takes an answer word from the start; it may span several pieces.

    Nothing may follow it on its line except another mark.
    """
    if fold(words_of(tuple(rest))).rstrip(".:") in form.codes:
        taken = tuple(rest)
        rest.clear()
        return taken
    first = rest[0] if rest else None
    match = form.answer_pattern.match(first.text) if first else None
    if first is None or match is None:
        return None
    after = first.text[match.end() :]
    if not after.strip():
        following = rest[1] if len(rest) > 1 else None
        if following is None or not _opens_option(following, form):
            return None
        del rest[0]
        return (first,)
    blank = len(after) - len(after.lstrip())
    following = Piece(first.line, first.start + match.end() + blank, first.end)
    if part_mark(following)[0] is None:
        return None
    rest[0] = following
    return (Piece(first.line, first.start, first.start + match.end()),)


def _read_trailing(pieces: Paragraph, form: Form) -> list[Option]:
    """Reads answer words that each have their box after them, as in "Ja ☐ Nej ☒"; else []."""
    (piece, *others) = pieces
    boxes = list(BOX.finditer(piece.text))
    if others or len(boxes) < FEWEST_OPTIONS or boxes[-1].end() < len(piece.text.rstrip()):
        return []
    options = []
    start = 0
    for box in boxes:
        text = piece.text[start : box.start()]
        first = piece.start + start + len(text) - len(text.lstrip())
        word = Piece(piece.line, first, first + len(text.strip()))
        mark = Piece(piece.line, piece.start + box.start(), piece.start + box.end())
        if fold(word.text).rstrip(".:") not in form.codes:
            return []
        options.append(Option((mark,), (word,), mark_of(mark.text)[1]))
        start = box.end()
    return options


def _take_unknown(rest: list[Piece]) -> Paragraph | None:
    """Takes a few words between a box and the next one, or up to the end of their line."""
    first = rest[0] if rest else None
    if first is None:
        return None
    box = BOX.search(first.text)
    end = box.start() if box else len(first.text)
    taken = Piece(first.line, first.start, first.start + len(first.text[:end].rstrip()))
    if not taken.text or not is_short((taken,)):
        return None
    rest[:1] = [Piece(first.line, first.start + end, first.end)] if box else []
    return (taken,)


def _is_known(option: Option, form: Form) -> bool:
    return fold(words_of(option.words)).rstrip(".:") in form.codes


def _opens_option(piece: Piece, form: Form) -> bool:
    """Whether a piece begins another option: a mark, or an answer word in a piece of its own."""
    return part_mark(piece)[0] is not None or fold(piece.text) in form.codes


def is_short(own: Paragraph) -> bool:
    """Whether words can be an answer: few, and not part of a sentence that continues."""
    text = words_of(own)
    return (
        len(text.split()) <= MOST_WORDS
        and len(text) <= _LONGEST
        and text[0].isalpha()
        and text[-1].isalnum()
    )


def visual_lines(pieces: Paragraph) -> Iterator[Paragraph]:
    """Yields the pieces line by line, as seen on the page."""
    line: list[Piece] = []
    for piece in pieces:
        if line and not same_line(line[-1], piece):
            yield tuple(line)
            line = []
        line.append(piece)
    if line:
        yield tuple(line)


def same_line(one: Piece, other: Piece) -> bool:
    """Whether two pieces are on one line: the same source line, or side by side on a page.

    A paragraph of a Word file is one source line in which line feeds are manual breaks.
    """
    if one.line.number == other.line.number:
        return "\n" not in one.line.text[one.end : other.start]
    a, b = one.line.box, other.line.box
    if a is None or b is None or one.line.page != other.line.page:
        return False
    if a.y1 <= b.y0 or b.y1 <= a.y0:  # as most lines of a cell are
        return False
    return min(a.y1, b.y1) - max(a.y0, b.y0) > 0.5 * min(a.y1 - a.y0, b.y1 - b.y0)


def words_of(paragraph: Paragraph) -> str:
    """Returns the words of a paragraph, with a space between its pieces."""
    return " ".join([piece.text for piece in paragraph])
