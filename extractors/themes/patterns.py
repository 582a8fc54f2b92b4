"""The patterns of a taxonomy, compiled for the matcher."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import Enum

from extractors.swedish_words import is_known
from extractors.themes.keys import is_exact
from models.taxonomy import GAP, OPEN, Guard, Taxonomy, expanded

IGNORED = ""
"""Used as the theme of phrases inside which no theme counts."""


class Kind(Enum):
    """What a pattern does where it matches."""

    WORD = "word"
    NAME = "name"
    TITLE = "title"
    IGNORE = "ignore"


@dataclass(frozen=True, slots=True)
class CompiledPattern:
    """One pattern of one theme.

    Attributes:
        text: The pattern as written in the file.
        theme: Id of its theme, or `IGNORED`.
        kind: What it does where it matches.
        parts: Its texts to match, without open ends; two if it has a gap.
        exact: For a name, or an ignored phrase with a capital, the exact starts of its words.
        guards: The guards that apply to it.
        heads: Its words with open ends.
        is_debatable: Whether it often means something else.
        is_common_word: Whether its acronym in lower case is an ordinary Swedish word.
        hides_only: For an ignored phrase of one theme, that theme's id; else "".
    """

    text: str
    theme: str
    kind: Kind
    parts: tuple[str, ...]
    exact: tuple[str, ...] = ()
    guards: tuple[Guard, ...] = ()
    hides_only: str = ""
    heads: tuple[str, ...] = ()
    is_common_word: bool = False
    is_debatable: bool = False

    @property
    def words(self) -> tuple[str, ...]:
        """Its words, without open ends."""
        return tuple(word for part in self.parts for word in part.split())

    @property
    def exact_words(self) -> tuple[str, ...]:
        """The words of a name that are recognised by their case."""
        return tuple(word for word in self.exact if self.kind is Kind.NAME and is_exact(word))


def compile_patterns(taxonomy: Taxonomy) -> list[CompiledPattern]:
    """Returns all patterns of a taxonomy, in its order; ignored phrases last."""
    compiled: list[CompiledPattern] = []
    for theme in taxonomy.themes:
        listed = [(Kind.WORD, text) for text in (*theme.words, *theme.variants)]
        listed += [(Kind.NAME, text) for text in theme.names]
        listed += [(Kind.TITLE, text) for text in theme.titles]
        for kind, text in listed:
            guards = tuple(g for g in theme.guards if not g.patterns or text in g.patterns)
            debatable = text in theme.debatable
            compiled.extend(
                _compile(one, theme.id, kind, guards, is_debatable=debatable)
                for one in expanded(text, taxonomy.sets)
            )
        for text in theme.ignore:
            compiled.append(_compile(text, IGNORED, Kind.IGNORE, (), hides_only=theme.id))
    compiled.extend(_compile(text, IGNORED, Kind.IGNORE, ()) for text in taxonomy.ignore)
    return compiled


def _compile(
    text: str,
    theme: str,
    kind: Kind,
    guards: tuple[Guard, ...],
    *,
    hides_only: str = "",
    is_debatable: bool = False,
) -> CompiledPattern:
    parts = tuple(part.strip().replace(OPEN, "") for part in text.split(GAP))
    heads = tuple(word.rstrip(OPEN) for word in text.split() if word.endswith(OPEN))
    cased = kind is Kind.NAME or (kind is Kind.IGNORE and text != text.lower())
    exact = tuple(" ".join(parts).split()) if cased else ()
    common = kind is Kind.NAME and len(exact) == 1 and is_known(exact[0].lower())
    return CompiledPattern(
        text, theme, kind, parts, exact, guards, hides_only, heads, common, is_debatable
    )


def single_words(patterns: Sequence[CompiledPattern]) -> Iterator[str]:
    """The words that are themselves a whole pattern, in lower case or title case."""
    for pattern in patterns:
        if len(pattern.words) == 1 and not pattern.heads and pattern.kind is not Kind.NAME:
            yield pattern.words[0]
