"""Which themes came to a board, went from it, or are told of otherwise than the year before."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from models.report import Report
from pipeline.checking.years.boards import BoardPair


class ThemeKind(StrEnum):
    """What became of a theme."""

    CAME = "came"
    WENT = "went"
    SAID_OTHERWISE = "said-otherwise"


@dataclass(frozen=True, slots=True)
class ThemeChange:
    """A theme of a board in two years.

    Attributes:
        board: The board.
        theme: The theme's id.
        kind: What became of it.
        old: What was said of it, as `affirmed`; empty if it was not mentioned.
        new: What is said of it.
    """

    board: str
    theme: str
    kind: ThemeKind
    old: tuple[str, ...]
    new: tuple[str, ...]


def theme_changes(boards: BoardPair) -> Iterator[ThemeChange]:
    """Yields the themes of a board that are not as they were, in the order of their ids."""
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
