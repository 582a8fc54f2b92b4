"""Runs the examples and counterexamples given with the cues."""

from __future__ import annotations

import re
from collections.abc import Iterator

from extractors.themes.lint import Finding
from extractors.themes.tagger import Tagger
from models.cues import Cue
from models.report import Assertion, Mention
from models.taxonomy import Taxonomy

_MARK = re.compile(r"\[([^\[\]]+)\]")


def failing_examples(taxonomy: Taxonomy, tagger: Tagger) -> Iterator[Finding]:
    """Yields a finding for each example that is not read as its cue says.

    An example passes if every mention it marks has the class of its cue; a counterexample if every
    one is affirmed.
    """
    for cue in taxonomy.cues:
        wanted = Assertion(cue.category.lower()) if cue.direction.bears else Assertion.AFFIRMED
        for text in cue.examples:
            yield from _failing(cue, text, wanted, tagger)
        for text in cue.counterexamples:
            yield from _failing(cue, text, Assertion.AFFIRMED, tagger)


def _failing(cue: Cue, marked: str, wanted: Assertion, tagger: Tagger) -> Iterator[Finding]:
    text = _MARK.sub(r"\1", marked)
    found = tagger.mentions(text)
    for number, mark in enumerate(_MARK.finditer(marked)):
        start = mark.start() - 2 * number
        said = _said(found, start, start + len(mark.group(1)))
        if said != wanted:
            yield Finding(
                "cues",
                cue.words[0],
                "example",
                f"“{marked}” should be {wanted}, but is {said or 'no theme'}. Fix the cue, the "
                "grammar or the example.",
            )


def _said(mentions: list[Mention], start: int, end: int) -> Assertion | None:
    """The assertion of the mention at a place, or None if there is none."""
    for mention in mentions:
        if mention.start < end and start < mention.end:
            return mention.assertion
    return None
