"""Words that Tesseract was almost sure of, and whose spelling speaks against them.

Tesseract gives most misread words little confidence, but some just enough: "GVT" for "GVI", "bärn"
for "barn". Such a word is found nowhere else, and differs by one letter from one that is, or is an
abbreviation, which nothing but the report itself can confirm. It is only doubted: its letters stay.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from extractors.line_ends.vocabulary import is_compound, is_word
from extractors.ocr.hocr import ReadWord
from extractors.ocr.letters import UNSURE
from extractors.ocr.words import SURE

_CERTAIN = 93.0
"""Confidence from which a word is believed however it is spelled; nine words in ten have more."""
_SHORTEST = 3
_SHORTEST_SWEDISH = 4
"""Letters of the shortest word compared with Swedish ones; nearly all shorter ones resemble one."""
_AROUND = ".,;:!?()[]{}”“\"'’«»*•–—-…/|_"
_LETTERS = "abcdefghijklmnopqrstuvwxyzåäöé"


def doubted(pages: Sequence[Sequence[ReadWord]]) -> list[list[ReadWord]]:
    """Returns the words of a report's pages, with no confidence in those that seem misspelled.

    Args:
        pages: The words of each page, line by line from the left.
    """
    counts = Counter(_bare(word) for words in pages for word in words if word.confidence >= SURE)
    return [
        [
            word._replace(confidence=UNSURE) if _seems_misread(word, begins, counts) else word
            for word, begins in _with_starts(words)
        ]
        for words in pages
    ]


def _with_starts(words: Sequence[ReadWord]) -> Iterator[tuple[ReadWord, bool]]:
    """Yields words and whether each begins a line on a page where lines end with hyphens."""
    lines = {word.line: word.text for word in words}
    divides = any(last.endswith("-") for last in lines.values())
    line = None
    for word in words:
        yield word, divides and word.line != line
        line = word.line


def _seems_misread(word: ReadWord, begins: bool, counts: Mapping[str, int]) -> bool:
    """Whether a word is unknown, and an abbreviation or but for a letter another one.

    Args:
        word: The word.
        begins: Whether it can be the rest of a divided word.
        counts: How often each word was surely read in the report.
    """
    bare = _bare(word)
    if word.confidence >= _CERTAIN or len(bare) < _SHORTEST or not bare.isalpha():
        return False
    letters = word.text.strip(_AROUND)
    if counts[bare] > 1 or (begins and letters[0].islower()) or word.text.endswith("-"):
        return False
    if is_word(bare) or is_compound(bare):
        return False
    return letters.isupper() or any(
        counts.get(other, 0) or (len(bare) >= _SHORTEST_SWEDISH and is_word(other))
        for other in _one_letter_away(bare)
    )


def _one_letter_away(bare: str) -> Iterator[str]:
    """Yields a word with each of its letters replaced by each other one."""
    for at, own in enumerate(bare):
        for letter in _LETTERS:
            if letter != own:
                yield bare[:at] + letter + bare[at + 1 :]


def _bare(word: ReadWord) -> str:
    return word.text.strip(_AROUND).casefold()
