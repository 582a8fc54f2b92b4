"""Themes that a board added, dropped, or mentions differently from the previous year."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from models.report import Report
from pipeline.checking.years.boards import BoardPair


class ThemeKind(StrEnum):
    """How a theme changed."""

    CAME = "came"
    WENT = "went"
    SAID_OTHERWISE = "said-otherwise"


@dataclass(frozen=True, slots=True)
class ThemeChange:
    """A board's theme in two years.

    Attributes:
        board: The board.
        theme: The theme's id.
        kind: How it changed.
        old: Its earlier assertions, such as `affirmed`; empty if it was not mentioned.
        new: Its later assertions.
    """

    board: str
    theme: str
    kind: ThemeKind
    old: tuple[str, ...]
    new: tuple[str, ...]


def theme_changes(boards: BoardPair) -> Iterator[ThemeChange]:
    """Yields the changed themes of a board, ordered by id."""
    before, after = _said(boards.old), _said(boards.new)
    for theme in sorted({*before, *after}):
        old, new = before.get(theme, set()), after.get(theme, set())
        if old == new:
            continue
        kind = (
            ThemeKind.SAID_OTHERWISE if old and new else ThemeKind.WENT if old else ThemeKind.CAME
        )
        yield ThemeChange(boards.board, theme, kind, tuple(sorted(old)), tuple(sorted(new)))


def _said(report: Report) -> dict[str, set[str]]:
    said: dict[str, set[str]] = defaultdict(set)
    for mention in report.themes:
        said[mention.theme].add(str(mention.assertion))
    return dict(said)
