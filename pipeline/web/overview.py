"""The overview: reports and their state, answers and themes of all boards side by side."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from models.report import Severity
from pipeline.web.board import Board
from pipeline.web.desk import Desk

WIDEST = 24
"""Boards that stand beside each other; more stand under each other."""


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a report, or all of them, is looked at.

    Attributes:
        answers: How many answers there are.
        eyes: How many a person should look at.
        open: How many of these nobody has judged or corrected yet.
        reviewed: How many have been judged or corrected.
        corrected: How many have a corrected field.
    """

    answers: int = 0
    eyes: int = 0
    open: int = 0
    reviewed: int = 0
    corrected: int = 0


@dataclass(frozen=True, slots=True)
class Line:
    """A report in the list of reports."""

    board: Board
    progress: Progress
    problem: str


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of a matrix: its text, what it is, and where it leads."""

    text: str
    kind: str
    href: str
    eyes: bool = False


@dataclass(frozen=True, slots=True)
class Matrix:
    """Boards against questions or themes.

    Attributes:
        columns: Name and address of each column.
        rows: Name, explanation and address of each row, with its cells.
    """

    columns: Sequence[tuple[str, str, str]]
    rows: Sequence[tuple[tuple[str, str, str], Sequence[Cell | None]]]


def progress(desk: Desk, board: Board) -> Progress:
    """How far a report is looked at."""
    rows = [row for row in board.shown if not row.struck]
    eyes = [row for row in rows if row.needs_eyes]
    return Progress(
        len(rows),
        len(eyes),
        sum(not desk.is_reviewed(row) for row in eyes),
        sum(desk.is_reviewed(row) for row in rows),
        sum(bool(row.answer.corrected) for row in rows),
    )


def lines(desk: Desk) -> list[Line]:
    """The reports with their progress, and for those not read whole, why."""
    return [Line(board, progress(desk, board), _problem(board)) for board in desk.boards.values()]


def _problem(board: Board) -> str:
    errors = [p.message for p in board.now.problems if p.severity is Severity.ERROR]
    return errors[0] if errors else ""


def total(found: Sequence[Line]) -> Progress:
    """The progress of all reports."""
    parts = [line.progress for line in found]
    return Progress(
        *(
            sum(getattr(part, name) for part in parts)
            for name in ("answers", "eyes", "open", "reviewed", "corrected")
        )
    )


def questions(desk: Desk, letters: dict[str, str]) -> Matrix:
    """Questions against boards: a letter and a colour for each answer's code."""
    texts: dict[str, str] = {}
    order: dict[str, tuple[Any, ...]] = {}
    cells: dict[tuple[str, str], Cell] = {}
    for board in desk.boards.values():
        for row in board.shown:
            key = row.answer.key
            if row.struck or (board.id, key) in cells:
                continue
            texts.setdefault(key, row.answer.question)
            order.setdefault(key, (_numbers(row.answer.section), row.answer.position))
            code = row.answer.code
            href = f"/row/{board.id}/{row.name}"
            cells[board.id, key] = Cell(letters.get(code, "?"), code, href, row.needs_eyes)
    keys = sorted(order, key=lambda key: order[key])
    heads = [(key, texts[key], f"/answers?key={key}") for key in keys]
    return _matrix(desk, heads, cells, keys)


def themes(desk: Desk, language: str) -> Matrix:
    """Themes against boards: how many answers of a board name a theme."""
    counts: dict[tuple[str, str], set[int]] = defaultdict(set)
    totals: Counter[str] = Counter()
    for board in desk.boards.values():
        for mention in board.now.themes:
            counts[board.id, mention.theme].add(mention.position)
            totals[mention.theme] += 1
    names = sorted(totals, key=lambda theme: (-totals[theme], theme))
    cells = {
        (report_id, theme): Cell(
            str(len(found)),
            f"n{min(4, 1 + len(found) // 2)}",
            f"/themes/{theme}?board={report_id}",
        )
        for (report_id, theme), found in counts.items()
    }
    heads = [(title(desk, theme, language), theme, f"/themes/{theme}") for theme in names]
    return _matrix(desk, heads, cells, names)


def title(desk: Desk, theme: str, language: str) -> str:
    """A theme's name for people, in Swedish (`sv`) or English (`en`)."""
    known = desk.taxonomy.by_id.get(theme)
    if known is None:
        return theme
    return known.sv if language == "sv" else known.en


def _matrix(
    desk: Desk,
    heads: Sequence[tuple[str, str, str]],
    cells: dict[tuple[str, str], Cell],
    names: Sequence[str],
) -> Matrix:
    """Few boards are columns; many are rows."""
    boards = [board for board in desk.boards.values() if board.now.answers]
    columns = [(board.title, board.now.source, f"/answers?board={board.id}") for board in boards]
    if len(boards) <= WIDEST:
        rows = [
            (head, [cells.get((board.id, name)) for board in boards])
            for head, name in zip(heads, names, strict=True)
        ]
        return Matrix(columns, rows)
    turned = [
        (column, [cells.get((board.id, name)) for name in names])
        for column, board in zip(columns, boards, strict=True)
    ]
    return Matrix(heads, turned)


def _numbers(section: str) -> tuple[int, ...]:
    return tuple(int(part) for part in section.split(".") if part.isdigit())
