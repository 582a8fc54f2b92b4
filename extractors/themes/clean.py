"""A comment normalised for matching, with a mapping back to the original text."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from typing import NamedTuple

_INVISIBLE = "\u00ad\u200b\u200c\u200d\u2060\ufeff\u200e\u200f"
_TAG = re.compile(r"</?[A-Za-z][^<>]{0,200}>|&(?:nbsp|shy|amp|#160|#173);")
_SOFT_HYPHENS = ("&shy;", "&#173;")
_ODD = re.compile(rf"[{_INVISIBLE}\u0300-\u036f\ufb00-\ufb06\u2010\u2011]|{_TAG.pattern}")
_LINE_BREAK = re.compile(r"(?<=\S)\n(?=\S)")
_LONGEST_WORD = 200
_LONG_RUN = re.compile(rf"\S{{{_LONGEST_WORD + 1},}}")
_HYPHENS = {"\u2010": "-", "\u2011": "-"}


class CleanText(NamedTuple):
    """A normalised text, with its offsets in the source.

    Attributes:
        text: Composed characters, single blanks, blank lines between paragraphs, no markup.
        starts: For each character of `text`, where it begins in the source; empty if each has the
            offset that it has in the source.
        ends: For each character of `text`, where it ends in the source; likewise.
    """

    text: str
    starts: tuple[int, ...] = ()
    ends: tuple[int, ...] = ()

    def source_span(self, start: int, end: int) -> tuple[int, int]:
        """The span in the source of a non-empty span of `text`."""
        return (self.starts[start], self.ends[end - 1]) if self.starts else (start, end)


def clean(source: str) -> CleanText:
    """Returns the text to match in, mapped back to `source`. Most texts need no change."""
    text = source
    words = source.split()
    if max(map(len, words), default=0) > _LONGEST_WORD:
        text = _LONG_RUN.sub(_without_signs, source)
    elif not _ODD.search(source):
        text = _LINE_BREAK.sub(" ", source)
        if _has_plain_blanks(text, words):
            return CleanText(text)
    pieces = list(_single_blanks(_characters(text)))
    if not pieces:
        return CleanText("")
    characters, starts, ends = zip(*pieces, strict=True)
    return CleanText("".join(characters), starts, ends)


def _has_plain_blanks(source: str, words: Sequence[str]) -> bool:
    """Whether all white space is single spaces between words and blank lines between paragraphs."""
    return "\n\n\n" not in source and " ".join(words) == source.replace("\n\n", " ")


def _without_signs(run: re.Match[str]) -> str:
    """A run of non-word characters with spaces for its signs, which is cheap to tokenize."""
    return "".join(character if character.isalnum() else " " for character in run.group())


def _characters(source: str) -> Iterator[tuple[str, int, int]]:
    """Composed characters with their offsets; markup as spaces, invisible characters left out."""
    index = 0
    while index < len(source):
        character = source[index]
        end = index + 1
        if character in "<&" and (tag := _TAG.match(source, index)):
            end = tag.end()
            if tag.group() not in _SOFT_HYPHENS:
                yield " ", index, end
        elif character not in _INVISIBLE:
            while end < len(source) and unicodedata.combining(source[end]):
                end += 1
            for part in _composed(source[index:end]):
                yield part, index, end
        index = end


def _composed(cluster: str) -> str:
    """One source character with its combining accents, as the letters it represents."""
    if len(cluster) > 1:
        return unicodedata.normalize("NFC", cluster)
    if "\ufb00" <= cluster <= "\ufb06":
        return unicodedata.normalize("NFKC", cluster)
    return _HYPHENS.get(cluster, cluster)


def _single_blanks(characters: Iterator[tuple[str, int, int]]) -> Iterator[tuple[str, int, int]]:
    """Collapses runs of white space to one space, or to two line feeds between paragraphs."""
    blank: list[tuple[str, int, int]] = []
    begun = False
    for item in characters:
        if item[0].isspace():
            blank.append(item)
            continue
        if blank and begun:
            breaks = [part for part in blank if part[0] == "\n"]
            if len(breaks) > 1:
                yield from (breaks[0], breaks[1])
            else:
                yield " ", blank[0][1], blank[-1][2]
        blank.clear()
        begun = True
        yield item
