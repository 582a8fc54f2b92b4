"""Submitted form fields as the texts of a row, normalised as in the datasets."""

from __future__ import annotations

import re
from collections.abc import Mapping
from urllib.parse import parse_qsl

from models.corrections import RowText, ThemeMark
from models.report import Assertion, Mention
from pipeline.web.board import Shown

MOST_BYTES = 4_000_000
PARAGRAPHS = ("detail", "comment")
"""Fields with paragraphs; the others are a single line."""


class SayError(ValueError):
    """A submission cannot be used; the message is a key of `Words`."""


def parse(body: bytes) -> dict[str, str]:
    """The fields of a form; repeated fields are joined with spaces."""
    found: dict[str, str] = {}
    for name, value in parse_qsl(body.decode("utf-8", "replace"), keep_blank_values=True):
        found[name] = f"{found[name]} {value}" if name in found else value
    return found


def as_field(text: str, name: str) -> str:
    """A text normalised for a field: white space collapsed, a blank line between paragraphs."""
    if name not in PARAGRAPHS:
        return " ".join(text.split())
    paragraphs = (" ".join(part.split()) for part in re.split(r"\n\s*\n", text.replace("\r", "")))
    return "\n\n".join(part for part in paragraphs if part)


def row_text(form: Mapping[str, str], suffix: str) -> RowText:
    """The row whose fields end with a suffix."""
    names = ("section", "ref", "question", "detail", "answer", "comment")
    return RowText(**{name: as_field(form.get(name + suffix, ""), name) for name in names})


def added_mark(shown: Shown, form: Mapping[str, str]) -> ThemeMark:
    """The mention that a reviewer adds.

    Raises:
        SayError: Its text is not in exactly one place in the comment.
    """
    comment, surface = shown.answer.comment, " ".join(form.get("surface", "").split())
    if not surface or comment.count(surface) != 1:
        raise SayError("no_surface")
    start = comment.index(surface)
    left = max(comment.rfind(mark, 0, start) for mark in (". ", "? ", "! ", "\n"))
    ends = [comment.find(mark, start) for mark in (". ", "? ", "! ", "\n")]
    end = min((place for place in ends if place >= 0), default=len(comment))
    return ThemeMark(
        theme=form.get("theme", ""),
        surface=surface,
        start=start,
        end=start + len(surface),
        sentence=comment[left + 1 : end + 1].strip(),
        assertion=Assertion(form.get("assertion", "affirmed")),
    )


def mark_of(shown: Shown, number: str) -> ThemeMark:
    """A mention of a row by its 0-based index.

    Raises:
        SayError: The mention no longer exists.
    """
    mentions: list[Mention] = shown.mentions
    if not number.isdigit() or int(number) >= len(mentions):
        raise SayError("changed_meanwhile")
    mention = mentions[int(number)]
    names = ("theme", "surface", "start", "end", "sentence", "assertion")
    return ThemeMark(**{name: getattr(mention, name) for name in names})
