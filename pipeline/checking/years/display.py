"""The differences between two years, as lines on the terminal."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from rich.text import Text

from pipeline.checking.shown import visible
from pipeline.checking.years.answers import AnswerPair
from pipeline.checking.years.questions import Kind, Match
from pipeline.checking.years.tally import by_theme, carried_over, moves
from pipeline.checking.years.themes import ThemeKind

if TYPE_CHECKING:
    from rich.console import RenderableType

    from pipeline.checking.years import Years

UNSURE = "?"
"""Follows anything that a person should review."""


def page(years: Years) -> Iterator[RenderableType]:
    """Yields the boards, questions, answers, themes and comments that changed."""
    yield from _boards(years)
    yield from _questions(years.questions)
    yield from _answers(years.answers)
    yield from _themes(years)
    yield from _taken_over(years.answers)
    yield Text(f"\n{UNSURE} = needs review: the reading or the match is uncertain.")


def _head(text: str) -> Text:
    return Text(f"\n{text}", style="bold")


def _boards(years: Years) -> Iterator[Text]:
    boards = years.boards
    yield Text(f"{_count(len(boards.pairs), 'board')} in both years.", style="bold")
    for what, names in (
        ("Only in A", boards.only_old),
        ("Only in B", boards.only_new),
        ("Several reports in a year, not compared", boards.several),
        ("Could not be read", boards.unread),
    ):
        if names:
            yield Text(f"  {what}: {visible(', '.join(names))}")
    for new, old in boards.perhaps.items():
        yield Text(
            f"  Is {visible(new)} the same board as {visible(old)} in A? "
            "If so, list both in --boards."
        )


def _questions(questions: Iterable[Match]) -> Iterator[Text]:
    counts = Counter(match.kind for match in questions)
    told = ", ".join(f"{counts[kind]} {kind}" for kind in Kind if counts[kind])
    yield _head(f"Questions: {told or 'none'}")
    for match in questions:
        if match.kind == Kind.SAME and not match.unsure:
            continue
        keys = " → ".join(one.key for one in (match.old, match.new) if one)
        mark = f" {UNSURE}" if match.unsure else ""
        yield Text(f"  {match.kind}: {visible(keys)}{mark}")
        for sign, one in (("-", match.old), ("+", match.new)):
            if one:
                yield Text(f"    {sign} {visible(one.question)}")


def _answers(answers: Iterable[AnswerPair]) -> Iterator[Text]:
    changed = [pair for pair in answers if pair.answer_changed]
    both = sum(1 for pair in answers if pair.old and pair.new)
    yield _head(f"Changed answers: {len(changed)} of {both}")
    for (old, new), count in sorted(moves(answers).items()):
        if old != new:
            yield Text(f"  {old} → {new}: {count}")
    for pair in changed:
        if pair.old and pair.new:
            mark = f" {UNSURE}" if pair.unsure else ""
            texts = " → ".join(visible(one.answer) or "(blank)" for one in (pair.old, pair.new))
            yield Text(f"  {visible(pair.board)} · {visible(pair.new.key)}: {texts}{mark}")
    alone = [pair for pair in answers if pair.old is None or pair.new is None]
    if alone:
        yield _head(f"Answered in only one year: {len(alone)}")
    for pair in alone:
        one = pair.old or pair.new
        year = "A" if pair.old else "B"
        key = visible(one.key) if one else ""
        yield Text(f"  {visible(pair.board)} · {key}: only in {year}")


def _themes(years: Years) -> Iterator[Text]:
    found = by_theme(years.themes)
    yield _head(
        f"Themes added, dropped or mentioned differently, over boards in both: {len(found)}"
    )
    for theme, kinds in found.items():
        told = ", ".join(f"{kind} {len(kinds[kind])}" for kind in ThemeKind if kinds.get(kind))
        yield Text(f"  {visible(theme)}: {told}")
        for kind in ThemeKind:
            for change in kinds.get(kind, ()):
                said = " → ".join(
                    ", ".join(one) or "not mentioned" for one in (change.old, change.new)
                )
                yield Text(f"    {visible(change.board)}: {said}")


def _taken_over(answers: Iterable[AnswerPair]) -> Iterator[Text]:
    found = carried_over(answers)
    share = f" ({100 * len(found.unchanged) / found.pairs:.0f} %)" if found.pairs else ""
    yield _head(
        f"Comments carried over unchanged: {len(found.unchanged)} of {found.pairs}{share}; "
        f"nearly unchanged: {len(found.nearly)}"
    )
    for what, pairs in (("unchanged", found.unchanged), ("nearly", found.nearly)):
        for board in dict.fromkeys(pair.board for pair in pairs):
            keys = [pair.new.key for pair in pairs if pair.board == board and pair.new]
            yield Text(f"  {what}: {visible(board)}: {visible(', '.join(keys))}")


def _count(count: int, noun: str) -> str:
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"
