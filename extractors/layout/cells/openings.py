"""Openings of paragraphs: a list item, or a detail after a question."""

from __future__ import annotations

import re
from collections.abc import Sequence

from extractors.layout.cells.runs import TextLine
from extractors.line_ends.joiner import reads_on
from extractors.structure import labels
from models.form import Form

_BULLETS = "•●▪■◦○‣»➢➤►✓✔·∙\uf0b7\uf0a7\uf0d8\uf0fc"
_BULLET = re.compile(rf"[{_BULLETS}]\s*\S")
_DASH = re.compile(r"[-–—]\s+\S")
_NUMBERED = re.compile(r"\(?(\d{1,2}|[a-zA-Z])[.)]\s+\S")
_SENTENCE_END = re.compile(r"[.!?:…][\"'”’)\]]*$")
_INDENT = 5.0


def opens_detail(text: str, form: Form) -> bool:
    """Whether a paragraph of the question cell begins like the detail after a question."""
    return detail_label(text, form) is not None


def detail_label(text: str, form: Form) -> str | None:
    """Returns the label, or the kind of reference, that opens the detail of a question cell."""
    if (label := labels.detail_label(text, form)) is not None:
        return label
    for phrase, pattern in zip(form.references, form.reference_patterns, strict=True):
        match = pattern.match(text)
        if match is not None and match.start("ref") > 0:
            return phrase
    return None


def is_unfinished(text: str) -> bool:
    """Whether a text breaks off inside a sentence."""
    # Most lines end with a letter, which settles it without the pattern.
    return text[-1:].isalnum() or (bool(text) and _SENTENCE_END.search(text) is None)


def is_item(paragraph: Sequence[TextLine], below: TextLine, left: float) -> bool:
    """Whether a line begins a list item."""
    if not _may_start_item(below.text):
        return False
    if starts_with_bullet(below.text):
        return True
    first, above = paragraph[0], paragraph[-1]
    if not (dash := _DASH.match(below.text)) and not _NUMBERED.match(below.text):
        return False
    if below.x0 > left + _INDENT and abs(below.x0 - above.x0) > _INDENT:
        return True
    same_kind = (_DASH if dash else _NUMBERED).match(first.text) is not None
    return (same_kind and not reads_on(above.text)) or not is_unfinished(above.text)


def _may_start_item(text: str) -> bool:
    """Whether a text begins with a sign, or has one right after its first letter or digits."""
    return not text[:1].isalnum() or not text[:3].isalnum()


def starts_with_bullet(text: str) -> bool:
    """Whether a line opens with a bullet, as no running text does."""
    return _BULLET.match(text) is not None


def starts_item(text: str) -> bool:
    """Whether a line opens with the bullet, dash or number of a list item."""
    return _may_start_item(text) and any(kind.match(text) for kind in (_BULLET, _DASH, _NUMBERED))


def is_indented(paragraph: Sequence[TextLine], below: TextLine, left: float) -> bool:
    """Whether a line's left edge shows that a paragraph begins."""
    first, above = paragraph[0], paragraph[-1]
    if starts_item(first.text):
        hangs = paragraph[1].x0 if len(paragraph) > 1 else None
        if hangs is None:
            return below.x0 < first.x0 - _INDENT
        return below.x0 < hangs - _INDENT
    return below.x0 > above.x0 + _INDENT and above.x0 <= left + _INDENT


def hangs(paragraph: Sequence[TextLine], below: TextLine) -> bool:
    """Whether a line is indented below the text of a list item, not below its bullet."""
    return starts_item(paragraph[0].text) and below.x0 > paragraph[0].x0 + _INDENT
