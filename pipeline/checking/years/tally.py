"""Counts of the differences between two years."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from pipeline.checking.years.answers import AnswerPair, Comment
from pipeline.checking.years.themes import ThemeChange, ThemeKind


@dataclass(frozen=True, slots=True)
class CarriedOver:
    """Comments that were carried over from the previous year.

    Attributes:
        pairs: Answers with a comment in both years.
        unchanged: Those with an identical comment.
        nearly: Those with a nearly identical comment.
    """

    pairs: int
    unchanged: tuple[AnswerPair, ...]
    nearly: tuple[AnswerPair, ...]


def carried_over(answers: Iterable[AnswerPair]) -> CarriedOver:
    """Returns the comments that were carried over."""
    held: dict[Comment, list[AnswerPair]] = defaultdict(list)
    for pair in answers:
        held[pair.comment].append(pair)
    both = sum(len(held[kind]) for kind in (Comment.UNCHANGED, Comment.NEARLY, Comment.CHANGED))
    return CarriedOver(both, tuple(held[Comment.UNCHANGED]), tuple(held[Comment.NEARLY]))


def moves(answers: Iterable[AnswerPair]) -> Counter[tuple[str, str]]:
    """Counts the transitions between answer codes, unchanged ones included."""
    return Counter((pair.old.code, pair.new.code) for pair in answers if pair.old and pair.new)


def by_theme(changes: Iterable[ThemeChange]) -> Mapping[str, dict[ThemeKind, list[ThemeChange]]]:
    """Returns the changes of each theme by kind, the theme with the most changes first."""
    held: dict[str, dict[ThemeKind, list[ThemeChange]]] = defaultdict(lambda: defaultdict(list))
    for change in changes:
        held[change.theme][change.kind].append(change)
    order = sorted(held, key=lambda theme: (-sum(map(len, held[theme].values())), theme))
    return {theme: held[theme] for theme in order}
