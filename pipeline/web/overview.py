"""The overview's figures: reading and review progress of each report and of all."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from models.report import Severity
from pipeline.web.board import Board
from pipeline.web.desk import Desk


@dataclass(frozen=True, slots=True)
class Progress:
    """Review progress of a report, or of all.

    Attributes:
        answers: Number of answers.
        eyes: Number of answers that need review.
        open: Number of these that nobody has judged or corrected yet.
        reviewed: Number of answers judged or corrected.
        corrected: Number of answers with a corrected field.
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


def progress(desk: Desk, board: Board) -> Progress:
    """Review progress of a report."""
    rows = [row for row in board.shown if not row.struck]
    eyes = [row.needs_eyes for row in rows]
    done = [desk.is_reviewed(row) for row in rows]
    return Progress(
        len(rows),
        sum(eyes),
        sum(looked and not reviewed for looked, reviewed in zip(eyes, done, strict=True)),
        sum(done),
        sum(bool(row.answer.corrected) for row in rows),
    )


def lines(desk: Desk) -> list[Line]:
    """The reports with their progress and, for those not fully read, the reason."""
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


def title(desk: Desk, theme: str, language: str) -> str:
    """A theme's name for people, in Swedish (`sv`) or English (`en`)."""
    known = desk.taxonomy.by_id.get(theme)
    if known is None:
        return theme
    return known.sv if language == "sv" else known.en
