"""Texts as HTML, fully escaped, with their theme mentions marked."""

from __future__ import annotations

import re
from collections.abc import Iterable

from markupsafe import Markup, escape

from models.report import Mention
from pipeline.checking.shown import visible


def safe(text: str) -> Markup:
    """A text for a page: escaped, with invisible characters spelled out."""
    return escape(visible(text))


def marked(comment: str, mentions: Iterable[Mention]) -> Markup:
    """A comment with its mentions marked; of overlapping ones, only the first."""
    parts, at = [], 0
    for mention in sorted(mentions, key=lambda mention: (mention.start, -mention.end)):
        if mention.start < at:
            continue
        parts.append(safe(comment[at : mention.start]))
        parts.append(_mark(comment[mention.start : mention.end], mention))
        at = mention.end
    parts.append(safe(comment[at:]))
    return Markup("").join(parts)


def _mark(text: str, mention: Mention) -> Markup:
    return Markup('<mark class="{}" title="{}">{}</mark>').format(
        str(mention.assertion), safe(mention.theme), safe(text)
    )


def sentence(mention: Mention) -> Markup:
    """A mention's sentence with its text marked, and the words that decided its assertion."""
    text = mention.sentence
    spans = [(found.span(), "surface") for found in _places(text, mention.surface)]
    spans += [(found.span(), "cue") for found in _places(text, mention.cue)]
    parts, at = [], 0
    for (start, end), kind in sorted(spans):
        if start < at:
            continue
        parts.append(safe(text[at:start]))
        tag = '<mark class="{}">{}</mark>' if kind == "surface" else '<b class="cue">{1}</b>'
        parts.append(Markup(tag).format(str(mention.assertion), safe(text[start:end])))
        at = end
    parts.append(safe(text[at:]))
    return Markup("").join(parts)


def _places(text: str, wanted: str) -> list[re.Match[str]]:
    """The first whole-word occurrence of a text, ignoring case."""
    if not wanted:
        return []
    found = re.search(rf"(?<!\w){re.escape(wanted)}(?!\w)", text, re.IGNORECASE)
    found = found or re.search(re.escape(wanted), text, re.IGNORECASE)
    return [found] if found else []
