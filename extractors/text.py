"""Lines to running text: blanks collapsed and line-end hyphens resolved, nothing else changed."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from extractors.layout.blocks import Cell, Paragraph

_BLANKS = re.compile(r"\s+")
_HYPHENS = "-\u2010\u2011\u00ad"
_DASHES = "\u2013\u2014"
_FIRST_WORD = re.compile(r"[^\W_]+")
_HYPHENATED = re.compile(r"[^\W_]+(?:-[^\W_]+)+")
_WORD = re.compile(r"[^\W_]+")


def collapse(text: str) -> str:
    """Returns the text with every run of blanks as one blank, and none at its ends."""
    return _BLANKS.sub(" ", text).strip()


def fold(text: str) -> str:
    """Returns the text as phrases are compared: blanks collapsed, case folded."""
    return collapse(text).casefold()


class LineJoiner:
    """Joins the lines of one document into running text.

    A hyphen at a line's end can divide a word, belong to it, or stand for a left-out part. The
    rule: before a conjunction it is suspended and keeps its blank; beside a capital or a digit it
    belongs to the word; so it does where the hyphenated form occurs unbroken elsewhere in the
    document and the joined form does not; otherwise it divides, and goes.

    Args:
        lines: All lines of the document, as evidence of how its words are written.
        conjunctions: Words before which a hyphen is suspended ("och", "eller"), case folded.
    """

    def __init__(self, lines: Iterable[str], conjunctions: Iterable[str]) -> None:
        self._lines = lines
        self._conjunctions = frozenset(conjunctions)
        self._hyphenated: frozenset[str] | None = None
        self._words: frozenset[str] = frozenset()

    def paragraph(self, paragraph: Paragraph) -> str:
        """Returns the text of a paragraph."""
        return self.join([piece.text for piece in paragraph])

    def cell(self, cell: Cell) -> str:
        """Returns the text of a cell: paragraphs parted by a blank line."""
        return "\n\n".join(filter(None, map(self.paragraph, cell)))

    def join(self, lines: Sequence[str]) -> str:
        """Returns lines as one line of text."""
        text = ""
        for line in map(collapse, lines):
            if not line:
                continue
            text = self._append(text, line) if text else line
        return text

    def _append(self, text: str, line: str) -> str:
        last, before = text[-1], text[-2:-1]
        if last in _DASHES and before.isdigit() and line[0].isdigit():
            return text + line
        if last not in _HYPHENS or not before.isalnum() or not line[0].isalnum():
            return f"{text} {line}"
        first = _FIRST_WORD.match(line)
        following = first.group() if first else ""
        if following.casefold() in self._conjunctions:
            return f"{text} {line}"
        if last == "\u00ad":
            return text[:-1] + line
        if before.isupper() or before.isdigit() or line[0].isupper() or line[0].isdigit():
            return text + line
        head = re.split(r"[^\w-]", text[:-1])[-1]
        if self._is_written_with_hyphen(head, following):
            return text + line
        return text[:-1] + line

    def _is_written_with_hyphen(self, head: str, tail: str) -> bool:
        if self._hyphenated is None:
            content = "\n".join(self._lines).casefold()
            self._hyphenated = frozenset(_HYPHENATED.findall(content))
            self._words = frozenset(_WORD.findall(content))
        return (
            f"{head}-{tail}".casefold() in self._hyphenated
            and f"{head}{tail}".casefold() not in self._words
        )
