"""Splitting a cell into answer and comment: "answer with comment", or a list of check boxes.

An answer is alone on the cell's first line, perhaps after a mark. A comment that merely opens with
an answer word ("Ja, vi arbetar ...") is not an answer.
"""

from __future__ import annotations

from typing import NamedTuple

from extractors.layout.blocks import Cell, Paragraph, Piece
from extractors.layout.cells.answer_marks import (
    BOX,
    BOXES,
    BRACKETS,
    BULLETS,
    SYMBOLS,
    part_mark,
)
from extractors.layout.cells.options import (
    FEWEST_OPTIONS,
    MOST_WORDS,
    Option,
    is_short,
    leading_options,
    may_open_answer,
    same_line,
    visual_lines,
    words_of,
)
from models.document import Line
from models.form import Form

_LONGEST_ANSWER_LINE = 80


class AnswerSplit(NamedTuple):
    """A cell split into its answer and its comment.

    Attributes:
        answer: Pieces of the answer; empty if none is alone on its line.
        comment: The rest.
        marks: Mark glyphs, and options that were not chosen.
        marked: Whether a mark was seen beside the answer.
        doubtful: Whether a person should review it: a comment opens with an answer word but there
            is no answer, or not exactly one option is chosen.
        shared: Pieces that give the answer but are elsewhere, as in the header of a ticked column.
    """

    answer: Paragraph
    comment: Cell
    marks: Paragraph = ()
    marked: bool = False
    doubtful: bool = False
    shared: Paragraph = ()


def split_answer(cell: Cell, form: Form, beside_mark: frozenset[int] = frozenset()) -> AnswerSplit:
    """Splits a cell that holds an answer with its comment.

    Args:
        cell: Paragraphs of the cell.
        form: The form, for its answer words.
        beside_mark: Numbers of the lines beside a drawn mark.
    """
    options, count = leading_options(cell, form)
    if options:
        return _choose(options, _without(cell, count), beside_mark)
    return _without_known_answer(cell, form, beside_mark) if cell else AnswerSplit((), ())


def read_answer(cell: Cell, form: Form, beside_mark: frozenset[int] = frozenset()) -> AnswerSplit:
    """Reads a cell of an answer-only column; an unknown answer is kept as printed."""
    split = split_answer(cell, form, beside_mark)
    if not split.comment and (split.answer or split.marks):
        return split
    if split.answer and _words(split.comment) > MOST_WORDS:  # more than an answer is a comment
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
    """Splits a cell that does not open with an answer word, by its mark if it has one.

    A mark alone belongs to a blank answer. A few words alone on the line beside a mark are an
    answer missing from the form, unless the mark is the first of a list. Other text beside a box is
    a comment, without the box.
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
    if is_short(own) and _ends(cell, first) and (drawn or _marks_one(mark, ticked, below)):
        return AnswerSplit(own, _without(cell, len(first)), marks, marked=True)
    if mark is not None and mark.text[:1] in BOXES and not BOX.search(words_of(own)):
        rest = (own + cell[0][len(first) :], *cell[1:])
        return AnswerSplit((), rest, marks, doubtful=True)
    opens = form.answer_pattern.match(words_of(cell[0])) is not None
    return AnswerSplit((), cell, doubtful=opens or first[0].text[:1] in BOXES - BRACKETS)


def _ends(cell: Cell, first: Paragraph) -> bool:
    """Whether a cell's first line is a paragraph of its own, or ends with a manual break."""
    rest = cell[0][len(first) :]
    if not rest:
        return len(cell) < 2 or not cell[1][0].text[:1].islower()
    return rest[0].line.number == first[-1].line.number and not rest[0].text[:1].islower()


def _marks_one(mark: Piece | None, ticked: bool | None, below: list[Paragraph]) -> bool:
    """Whether a mark belongs to an answer rather than to the first item of a list."""
    if mark is None or ticked is False or mark.text[:1] in BULLETS:
        return False
    return not any(line[0].text.startswith(mark.text) for line in below)


def _number(line: Paragraph) -> int:
    return line[0].line.number


def _words(cell: Cell) -> int:
    return sum(len(piece.text.split()) for paragraph in cell for piece in paragraph)


def is_answer(text: str, form: Form) -> bool:
    """Whether a text is only an answer word, or options of which one is chosen."""
    if len(text) > _LONGEST_ANSWER_LINE or not may_open_answer(text.strip(), form):
        return False
    return stands_alone((Piece.whole(Line(0, text)),), form)


def stands_alone(paragraph: Paragraph, form: Form) -> bool:
    """Whether a paragraph opens with an answer that fills its first line or lines."""
    return bool(paragraph) and bool(leading_options((paragraph,), form)[0])


def _choose(options: list[Option], rest: Cell, beside_mark: frozenset[int]) -> AnswerSplit:
    """Chooses the one ticked option; a single answer needs no mark."""
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


def _are_a_list(options: list[Option], beside: list[Option]) -> bool:
    """Whether answer words without marks are options to choose from, not an answer and comment."""
    first, second = options[0].words[-1], options[1].words[0]
    return len(options) > FEWEST_OPTIONS or len(beside) > 1 or same_line(first, second)


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
