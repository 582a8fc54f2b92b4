"""Theme mentions in a comment as runs of text, for the terminal, an image or a page."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from models.report import Assertion, Mention


@dataclass(frozen=True, slots=True)
class Run:
    """A run of characters in a comment that is covered by the same mentions.

    Attributes:
        text: The characters.
        mentions: The mentions that cover it, the widest first.
        opens: Those of them that begin here.
        closes: Those of them that end here.
    """

    text: str
    mentions: tuple[Mention, ...] = ()
    opens: tuple[Mention, ...] = ()
    closes: tuple[Mention, ...] = ()


def runs(comment: str, mentions: Iterable[Mention]) -> list[Run]:
    """Cuts a comment where mentions begin and end; the joined runs equal the comment."""
    inside = [m for m in mentions if 0 <= m.start < m.end <= len(comment)]
    inside.sort(key=lambda m: (m.start, -m.end, m.theme))
    cuts = sorted({0, len(comment), *(m.start for m in inside), *(m.end for m in inside)})
    return [
        Run(
            comment[start:end],
            tuple(m for m in inside if m.start <= start and end <= m.end),
            tuple(m for m in inside if m.start == start),
            tuple(m for m in reversed(inside) if m.end == end),
        )
        for start, end in pairwise(cuts)
    ]


def label(mention: Mention) -> str:
    """Returns a mention's theme, with its assertion if it is not plainly affirmed."""
    if mention.assertion == Assertion.AFFIRMED:
        return mention.theme
    cue = f": {mention.cue}" if mention.cue else ""
    return f"{mention.theme}, {mention.assertion}{cue}"


def plain(comment: str, mentions: Sequence[Mention]) -> str:
    """Returns a comment with its mentions in brackets: `vi har [SSPF]{sspf}`."""
    return "".join(
        "[" * len(run.opens) + run.text + "".join(f"]{{{label(m)}}}" for m in run.closes)
        for run in runs(comment, mentions)
    )
