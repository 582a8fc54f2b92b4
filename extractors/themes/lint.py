"""Findings for an analyst in a valid taxonomy: patterns with surprising effects."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

import simplemma
from simplemma.strategies.dictionaries import DefaultDictionaryFactory

from extractors.themes.keys import SHORT, base_key
from extractors.themes.patterns import CompiledPattern, Kind, compile_patterns
from extractors.themes.tagger import Tagger
from models.taxonomy import GAP, OPEN, Taxonomy

_SHOWN = 5
_LONG_STEM = 6
_LONG_HEAD = 8
_COMPOUND_JOINTS = ("s", "-", "")


class Finding(NamedTuple):
    """Something to review: the theme, the pattern, the kind of finding, and what it means."""

    theme: str
    pattern: str
    kind: str
    message: str


def lint(taxonomy: Taxonomy, tagger: Tagger) -> list[Finding]:
    """Returns the findings in a taxonomy, in the order of its themes.

    Kinds: `common-word` (another word shares the short key of a pattern), `open` (a short open
    pattern matches dictionary words that are not compounds of it), `never` (the pattern does not
    match its own words), `shared` (two themes have the same pattern), `double` (another pattern of
    the theme already covers it).
    """
    patterns = [p for p in compile_patterns(taxonomy) if p.kind is not Kind.IGNORE]
    findings = [
        *_shared_keys(patterns),
        *_open_ends(patterns),
        *_never(patterns, tagger),
        *_doubles(patterns, tagger),
    ]
    order = {theme.id: place for place, theme in enumerate(taxonomy.themes)}
    return sorted(findings, key=lambda finding: (order[finding.theme], finding[1:]))


@cache
def _lemmas() -> tuple[str, ...]:
    """The base forms of the Swedish dictionary."""
    dictionary = DefaultDictionaryFactory().get_dictionary("sv")
    return tuple(form for form, lemma in dictionary.items() if form == lemma)


def _shared_keys(patterns: list[CompiledPattern]) -> Iterator[Finding]:
    """Single words that share their key with a dictionary word of another lemma."""
    singles = [
        p
        for p in patterns
        if p.kind is Kind.WORD and len(p.words) == 1 and not p.heads and len(p.words[0]) > SHORT
    ]
    by_key = defaultdict(list)
    for pattern in singles:
        by_key[base_key(pattern.words[0])].append(pattern)
    openings = {key[:SHORT] for key in by_key}
    others: dict[str, set[str]] = defaultdict(set)
    for form in _lemmas():
        if form[:SHORT] in openings and len(form) > SHORT and form.islower():
            others[base_key(form)].add(form)
    for key, found in by_key.items():
        for pattern in found:
            own = simplemma.lemmatize(pattern.words[0].lower(), "sv", greedy=True)
            strange = sorted(others[key] - {own, pattern.words[0].lower()})
            if strange and len(key) < _LONG_STEM:
                yield Finding(
                    pattern.theme,
                    pattern.text,
                    "common-word",
                    f"also matches these words: {_some(strange)}. If they mean something else, add "
                    "a guard or use a longer phrase.",
                )


def _open_ends(patterns: list[CompiledPattern]) -> Iterator[Finding]:
    """Open words that begin dictionary words which are not compounds of them."""
    heads = {
        head.lower(): p
        for p in patterns
        for head in p.heads
        if len(p.words) == 1 and len(head) < _LONG_HEAD
    }
    openings = {head[:3] for head in heads}
    taken: dict[str, set[str]] = defaultdict(set)
    for form in _lemmas():
        if form[:3] not in openings:
            continue
        for length in range(3, len(form)):
            head = form[:length]
            if head in heads and not _is_compound(head, form):
                taken[head].add(form)
    for head, words in taken.items():
        pattern = heads[head]
        yield Finding(
            pattern.theme,
            pattern.text,
            "open",
            f"its open end also matches {_some(sorted(words))}. Write those that you mean, or a "
            f"longer beginning before the {OPEN}.",
        )


def _is_compound(head: str, word: str) -> bool:
    """Whether a word is a compound that begins with the head, or an inflection of the head."""
    rest = word[len(head) :]
    if simplemma.lemmatize(word, "sv") == head or len(rest) <= SHORT:
        return len(rest) <= SHORT and base_key(word) == base_key(head)
    return any(
        rest.startswith(joint) and simplemma.is_known(rest.removeprefix(joint), "sv")
        for joint in _COMPOUND_JOINTS
    )


def _never(patterns: list[CompiledPattern], tagger: Tagger) -> Iterator[Finding]:
    """Patterns that do not find their own words."""
    for pattern in patterns:
        found = tagger.mentions(" ".join(pattern.parts))
        if pattern.guards or any(mention.theme == pattern.theme for mention in found):
            continue
        instead = sorted({mention.theme for mention in found})
        why = f"{_some(instead)} is found instead" if instead else "something else hides it"
        yield Finding(
            pattern.theme,
            pattern.text,
            "never",
            f"never matches: {why}. Remove it, or what hides it (`ignore`, `titles`, a child).",
        )


def _doubles(patterns: list[CompiledPattern], tagger: Tagger) -> Iterator[Finding]:
    """Patterns that match the same words."""
    seen: dict[tuple[str, ...], CompiledPattern] = {}
    for pattern in patterns:
        doc = tagger.nlp.make_doc(f" {GAP} ".join(pattern.parts))
        keys = tuple(token.norm_ for token in tagger.nlp.get_pipe("svar_theme_keys")(doc))
        if pattern.exact:
            keys = (*keys, *pattern.exact)
        other = seen.setdefault(keys, pattern)
        if other is pattern:
            continue
        if other.theme == pattern.theme:
            yield Finding(
                pattern.theme,
                pattern.text,
                "double",
                f"{other.text!r} already covers it. Remove one of the two.",
            )
        elif set(other.words) != set(pattern.words) or len(pattern.words) == 1:
            yield Finding(
                pattern.theme,
                pattern.text,
                "shared",
                f"the theme {other.theme!r} has it too, as {other.text!r}: every mention counts "
                "for both. Remove one, unless that is meant.",
            )


def _some(words: list[str]) -> str:
    more = f" and {len(words) - _SHOWN} more" if len(words) > _SHOWN else ""
    return ", ".join(words[:_SHOWN]) + more
