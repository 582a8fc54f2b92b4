"""Telling the answer from the comment in one cell: "answer with comment", also as a list of boxes.

An answer stands alone on the cell's first line, perhaps after a mark. A comment that merely opens
with an answer word ("Ja, vi arbetar ...") is no answer.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from itertools import islice
from typing import NamedTuple

from extractors.layout.blocks import Cell, Paragraph, Piece
from extractors.layout.cells.answer_marks import (
    BOX,
    BOXES,
    BRACKETS,
    BULLETS,
    SYMBOLS,
    mark_of,
    part_mark,
)
from extractors.text import fold
from models.form import Form

_MOST_ANSWER_LINES = 3
_FEWEST_OPTIONS = 2
_MOST_WORDS = 4
_LONGEST = 40
"""Words and letters of an answer that the form lacks."""


class AnswerSplit(NamedTuple):
    """A cell parted into its answer and its comment.

    Attributes:
        answer: Pieces of the answer; empty where none stands alone.
        comment: The rest.
        marks: Mark glyphs, and options that were not taken.
        marked: Whether a mark was seen beside the answer.
        doubtful: Whether a person should look: a comment that opens with an answer word where no
            answer stands, or options of which not exactly one is taken.
        shared: Pieces that say the answer and stand elsewhere, as in the head of a ticked column.
    """

    answer: Paragraph
    comment: Cell
    marks: Paragraph = ()
    marked: bool = False
    doubtful: bool = False
    shared: Paragraph = ()


class _Option(NamedTuple):
    """An answer word with the mark before it, as it stands in one piece or over several."""

    marks: Paragraph
    words: Paragraph
    ticked: bool | None


def split_answer(cell: Cell, form: Form, beside_mark: frozenset[int] = frozenset()) -> AnswerSplit:
    """Parts a cell that holds an answer with its comment.

    Args:
        cell: Paragraphs of the cell.
        form: The form, for its answer words.
        beside_mark: Numbers of the lines that a drawn mark stands beside.
    """
    options, count = _leading_options(cell, form)
    if options:
        return _choose(options, _without(cell, count), beside_mark)
    return _without_known_answer(cell, form, beside_mark) if cell else AnswerSplit((), ())


def read_answer(cell: Cell, form: Form, beside_mark: frozenset[int] = frozenset()) -> AnswerSplit:
    """Reads a cell of a column that holds answers alone; an unknown answer is kept as printed."""
    split = split_answer(cell, form, beside_mark)
    if not split.comment and (split.answer or split.marks):
        return split
    if split.answer and _words(split.comment) > _MOST_WORDS:  # more than an answer is a comment
        return split._replace(doubtful=True)
    whole = tuple(piece for paragraph in cell for piece in paragraph)
    marks: Paragraph = ()
    if whole:
        mark, words, ticked = part_mark(whole[0])
        if mark is not None and ticked is not False and (words is not None or len(whole) > 1):
            marks, whole = (mark,), ((words,) if words else ()) + whole[1:]
    marked = bool(marks) or any(piece.line.number in beside_mark for piece in whole)
    return AnswerSplit(whole, (), marks, marked, doubtful=len(cell) > 1)


def _without_known_answer(cell: Cell, form: Form, beside_mark: frozenset[int]) -> AnswerSplit:
    """Parts a cell that opens with no answer word of the form, by its mark if it has one.

    A mark alone is that of a blank answer. A few words alone on the line beside a mark are an
    answer that the form lacks, unless the mark is the first of a list. What stands beside a box
    without being an answer is a comment, and the box is no part of it.
    """
    lines = [line for paragraph in cell for line in visual_lines(paragraph)]
    first, below = lines[0], lines[1:]
    mark, words, ticked = part_mark(first[0])
    if mark is not None and mark.text in SYMBOLS and len(first) + bool(words) > 1:
        mark, words, ticked = None, first[0], None  # a word of one letter
    marks = () if mark is None else (mark,)
    own = ((words,) if words else ()) + first[1:]
    if not own:
        is_tick = bool(ticked) and first[0].text[:1] not in BULLETS
        return AnswerSplit((), _without(cell, 1), marks, doubtful=is_tick)
    drawn = _number(first) in beside_mark and not any(
        _number(line) in beside_mark for line in below
    )
    if _is_short(own) and _ends(cell, first) and (drawn or _marks_one(mark, ticked, below)):
        return AnswerSplit(own, _without(cell, len(first)), marks, marked=True)
    if mark is not None and mark.text[:1] in BOXES and not BOX.search(_text(own)):
        rest = (own + cell[0][len(first) :], *cell[1:])
        return AnswerSplit((), rest, marks, doubtful=True)
    opens = form.answer_pattern.match(_text(cell[0])) is not None
    return AnswerSplit((), cell, doubtful=opens or first[0].text[:1] in BOXES - BRACKETS)


def _is_short(own: Paragraph) -> bool:
    """Whether words can be an answer: few, and no part of a sentence that goes on."""
    text = _text(own)
    return (
        len(text.split()) <= _MOST_WORDS
        and len(text) <= _LONGEST
        and text[0].isalpha()
        and text[-1].isalnum()
    )


def _ends(cell: Cell, first: Paragraph) -> bool:
    """Whether a cell's first line is a paragraph of its own, or ends with a manual break."""
    rest = cell[0][len(first) :]
    if not rest:
        return len(cell) < 2 or not cell[1][0].text[:1].islower()
    return rest[0].line.number == first[-1].line.number and not rest[0].text[:1].islower()


def _marks_one(mark: Piece | None, ticked: bool | None, below: list[Paragraph]) -> bool:
    """Whether a mark stands before an answer rather than before the first item of a list."""
    if mark is None or ticked is False or mark.text[:1] in BULLETS:
        return False
    return not any(line[0].text.startswith(mark.text) for line in below)


def _number(line: Paragraph) -> int:
    return line[0].line.number


def _words(cell: Cell) -> int:
    return sum(len(piece.text.split()) for paragraph in cell for piece in paragraph)


def stands_alone(paragraph: Paragraph, form: Form) -> bool:
    """Whether a paragraph opens with an answer that fills its first line or lines."""
    return bool(paragraph) and bool(_leading_options((paragraph,), form)[0])


def visual_lines(pieces: Paragraph) -> Iterator[Paragraph]:
    """Yields the pieces line by line, as a reader of the page sees lines."""
    line: list[Piece] = []
    for piece in pieces:
        if line and not same_line(line[-1], piece):
            yield tuple(line)
            line = []
        line.append(piece)
    if line:
        yield tuple(line)


def same_line(one: Piece, other: Piece) -> bool:
    """Whether two pieces stand on one line: the same source line, or side by side on a page.

    A paragraph of a Word file is one source line in which line feeds are manual breaks.
    """
    if one.line.number == other.line.number:
        return "\n" not in one.line.text[one.end : other.start]
    a, b = one.line.box, other.line.box
    if a is None or b is None or one.line.page != other.line.page:
        return False
    if a.y1 <= b.y0 or b.y1 <= a.y0:  # as most lines of a cell stand
        return False
    return min(a.y1, b.y1) - max(a.y0, b.y0) > 0.5 * min(a.y1 - a.y0, b.y1 - b.y0)


def _leading_options(cell: Cell, form: Form) -> tuple[list[_Option], int]:
    """Returns the answers that open a cell, each alone on its lines, and how many pieces they are.

    Without boxes to choose from there is at most one.
    """
    if not cell or not _may_open_answer(cell[0][0].text, form):
        return [], 0
    ahead = (line for paragraph in cell for line in visual_lines(paragraph))
    lines = list(islice(ahead, _MOST_ANSWER_LINES))
    options: list[_Option] = []
    at = count = 0
    while at < len(lines) and _may_open_answer(lines[at][0].text, form):
        found: list[_Option] = []
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


def _may_open_answer(text: str, form: Form) -> bool:
    """Whether a line opens with a mark or with an answer word's first word: most do not."""
    if mark_of(text)[0] or form.answer_pattern.match(text):
        return True
    words = text.split(maxsplit=1)
    return not words or words[0].casefold().rstrip(".:") in _first_words(tuple(form.codes))


@lru_cache(maxsize=16)
def _first_words(answers: tuple[str, ...]) -> frozenset[str]:
    """Returns the words that answer words begin with."""
    return frozenset(answer.split()[0].rstrip(".:") for answer in answers if answer.strip())


def _go_together(options: list[_Option], found: list[_Option]) -> bool:
    """Whether answer words on the next line are further options rather than a comment."""
    return any(option.ticked is not None for option in options) == any(
        option.ticked is not None for option in found
    ) and (options[0].ticked is not None or len(_distinct(options + found)) == len(options + found))


def _distinct(options: list[_Option]) -> set[str]:
    return {fold(_text(option.words)) for option in options}


def _read_options(pieces: Paragraph, form: Form) -> list[_Option]:
    """Reads pieces as nothing but answer words, each perhaps after a mark; else returns []."""
    if trailing := _read_trailing(pieces, form):
        return trailing
    options: list[_Option] = []
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
        options.append(_Option(tuple(marks), taken, ticked))
    if not any(_is_known(option, form) for option in options):
        return []
    bare = any(option.ticked is None for option in options)
    if bare and len(options) > 1 and len(options) < len(pieces):
        return []
    if bare and len(_distinct(options)) < len(options):
        return []
    return options


def _take_word(rest: list[Piece], form: Form) -> Paragraph | None:
    """Takes an answer word off the front, which may run over several pieces.

    What follows it on its line must be nothing, or another mark.
    """
    if fold(_text(tuple(rest))).rstrip(".:") in form.codes:
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


def _read_trailing(pieces: Paragraph, form: Form) -> list[_Option]:
    """Reads answer words each of which has its box behind it, as in "Ja ☐ Nej ☒"; else []."""
    (piece, *others) = pieces
    boxes = list(BOX.finditer(piece.text))
    if others or len(boxes) < _FEWEST_OPTIONS or boxes[-1].end() < len(piece.text.rstrip()):
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
        options.append(_Option((mark,), (word,), mark_of(mark.text)[1]))
        start = box.end()
    return options


def _take_unknown(rest: list[Piece]) -> Paragraph | None:
    """Takes a few words that stand between a box and the next one, or fill their line."""
    first = rest[0] if rest else None
    if first is None:
        return None
    box = BOX.search(first.text)
    end = box.start() if box else len(first.text)
    taken = Piece(first.line, first.start, first.start + len(first.text[:end].rstrip()))
    if not taken.text or not _is_short((taken,)):
        return None
    rest[:1] = [Piece(first.line, first.start + end, first.end)] if box else []
    return (taken,)


def _is_known(option: _Option, form: Form) -> bool:
    return fold(_text(option.words)).rstrip(".:") in form.codes


def _opens_option(piece: Piece, form: Form) -> bool:
    """Whether a piece begins another option: a mark, or an answer word in a piece of its own."""
    return part_mark(piece)[0] is not None or fold(piece.text) in form.codes


def _choose(options: list[_Option], rest: Cell, beside_mark: frozenset[int]) -> AnswerSplit:
    """Takes the one option that is ticked; a lone answer needs no mark."""
    ticked = [option for option in options if option.ticked]
    beside = [
        option
        for option in options
        if any(piece.line.number in beside_mark for piece in option.words)
    ]
    if len(options) == 1 and options[0].ticked is not False:
        taken, sure = options[0], True
    elif len(ticked) == 1:
        taken, sure = ticked[0], True
    elif len(beside) == 1:
        taken, sure = beside[0], True
    elif options[0].ticked is None and not _are_a_list(options, beside):
        taken, sure = options[0], False
        others = tuple(option.words for option in options[1:])
        return AnswerSplit(taken.words, others + rest, taken.marks, doubtful=True)
    else:
        pieces = tuple(piece for option in options for piece in option.marks + option.words)
        return AnswerSplit((), rest, pieces, doubtful=True)
    marks = tuple(
        piece
        for option in options
        for piece in option.marks + (() if option is taken else option.words)
    )
    marked = bool(taken.ticked) or taken in beside
    return AnswerSplit(taken.words, rest, marks, marked, doubtful=not sure)


def _are_a_list(options: list[_Option], beside: list[_Option]) -> bool:
    """Whether answer words without marks are options to choose from, and no answer and comment."""
    first, second = options[0].words[-1], options[1].words[0]
    return len(options) > _FEWEST_OPTIONS or len(beside) > 1 or same_line(first, second)


def _without(cell: Cell, count: int) -> Cell:
    """Returns the cell without its first pieces."""
    rest: list[Paragraph] = []
    for paragraph in cell:
        if count >= len(paragraph):
            count -= len(paragraph)
            continue
        rest.append(paragraph[count:])
        count = 0
    return tuple(rest)


def _text(paragraph: Paragraph) -> str:
    return " ".join([piece.text for piece in paragraph])
