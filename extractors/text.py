"""Lines to running text: blanks collapsed and line-end hyphens resolved, nothing else changed."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache

from extractors.layout.blocks import Cell, Paragraph

_HYPHENS = "-\u2010\u2011\u00ad"
_DASHES = "\u2013\u2014"
_ENDS = frozenset(_HYPHENS + _DASHES)
_FIRST_WORD = re.compile(r"[^\W_]+")
_LETTERS_OF_MARKS = "lnqxüûþý"
"""What is left of dots, boxes and ticks of symbol fonts; none of them is a word."""
_MARK = re.compile(
    r"[^\w\s\"'”’»(\[]{1,2}\s*(?=\w)|\[[xX ]?\]\s*"
    rf"|[{_LETTERS_OF_MARKS}]\s+(?=[^\W\d_a-zåäö])"
)


def collapse(text: str) -> str:
    """Returns the text with every run of blanks as one blank, and none at its ends."""
    # Of all blanks only " " is printable, so that this tells most lines from those with others.
    if text.isprintable() and "  " not in text and text[:1] != " " != text[-1:]:
        return text
    return " ".join(text.split())


def fold(text: str) -> str:
    """Returns the text as phrases are compared: blanks collapsed, case folded."""
    return collapse(text).casefold()


@lru_cache(maxsize=256)
def fold_all(phrases: tuple[str, ...]) -> tuple[str, ...]:
    """Returns the phrases of a form as they are compared; each form's are folded once."""
    return tuple(map(fold, phrases))


def unmark(text: str) -> str:
    """Returns an answer without the mark (a bullet, a box, a symbol) that stands before it."""
    return _MARK.sub("", text, count=1) if _MARK.match(text) else text


class LineJoiner:
    """Joins the lines of one document into running text.

    A hyphen at a line's end can divide a word, belong to it, or stand for a left-out part. The
    rule: before a conjunction it is suspended and keeps its blank, unless both make a word that the
    document has; beside a capital or a digit it belongs to the word; so it does where the
    hyphenated form occurs unbroken elsewhere in the document and the joined form does not;
    otherwise it divides, and goes.

    Args:
        lines: All lines of the document, as evidence of how its words are written.
        conjunctions: Words before which a hyphen is suspended ("och", "eller"), case folded.
    """

    def __init__(self, lines: Iterable[str], conjunctions: Iterable[str]) -> None:
        self._lines = lines
        self._conjunctions = frozenset(conjunctions)
        self._content = ""

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
            if not text:
                text = line
            elif line:
                text = self._append(text, line) if text[-1] in _ENDS else f"{text} {line}"
        return text

    def _append(self, text: str, line: str) -> str:
        """Appends a line to a text that ends with a hyphen or a dash."""
        last, before = text[-1], text[-2:-1]
        if last in _DASHES and before.isdigit() and line[0].isdigit():
            return text + line
        first = _FIRST_WORD.match(line)
        if last not in _HYPHENS or not before.isalnum() or first is None:
            return f"{text} {line}"
        following = first.group()
        if following.casefold() in self._conjunctions and not self._is_word(text, following):
            return f"{text} {line}"
        belongs = last != "\u00ad" and self._belongs(text[:-1], line, following)
        return text + line if belongs else text[:-1] + line

    def _is_word(self, text: str, following: str) -> bool:
        """Whether a divided word happens to end like a conjunction: "gemen-samt"."""
        return self._occurs(_last_word(text[:-1]) + following)

    def _belongs(self, text: str, line: str, following: str) -> bool:
        """Whether the hyphen between a text and the next line is part of the word."""
        if not text[-1].islower() or not line[0].islower():
            return True
        head = _last_word(text)
        return self._occurs(f"{head}-{following}") and not self._occurs(head + following)

    def _occurs(self, word: str) -> bool:
        """Whether the document has a word, in any case, on one line."""
        if not self._content:
            self._content = "\n".join(self._lines).casefold()
        folded = word.casefold()
        at = self._content.find(folded)
        while at >= 0:
            around = (
                self._content[max(0, at - 1) : at]
                + self._content[at + len(folded) : at + len(folded) + 1]
            )
            if not any(letter.isalnum() or letter in "-_" for letter in around):
                return True
            at = self._content.find(folded, at + 1)
        return False


def _last_word(text: str) -> str:
    return re.split(r"[^\w-]", text)[-1]
