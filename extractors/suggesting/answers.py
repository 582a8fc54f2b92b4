"""The answer words of a questionnaire, with their probable codes."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from extractors.suggesting.cues import Cues
from extractors.text import fold, unmark

_LONGEST = 60
_MOST_WORDS = 25
_OFTEN = 2
_MOST_WORDS_ONCE = 3
_PART_SHARE = 0.2
_MOST = 0.6
_PART = re.compile(r"(?:^|(?<=\s))(?P<part>[^\W\d_][\w/-]*(?:\s[^\W\d_][\w/-]*){0,2}):\s*")


@dataclass(frozen=True)
class DraftAnswer:
    """An answer word; `code` is None if its meaning is unknown."""

    word: str
    count: int
    code: str | None


@dataclass(frozen=True)
class Parts:
    """Answers with several parts: the labels of the parts, and the texts after them."""

    labels: tuple[str, ...]
    answers: Counter[str]


@dataclass(frozen=True)
class DraftAnswers:
    """Answer words, the most frequent first.

    Attributes:
        words: The words; empty if the answers are free text, or there are none.
        parts: The labels of the parts that an answer can have.
        is_free: Whether some answers are not recurring words.
    """

    words: tuple[DraftAnswer, ...]
    parts: tuple[str, ...] = ()
    is_free: bool = False


def answers_of(values: Counter[str], cues: Cues, parts: Parts | None = None) -> DraftAnswers:
    """Returns the answer words among the values, with counts.

    Values that hardly ever recur are free text.
    """
    filled = _merged(values)
    total = sum(filled.values())
    short = {value: count for value, count in filled.items() if len(value) <= _LONGEST}
    words = {value: n for value, n in short.items() if n >= _OFTEN or _is_word(value, cues)}
    again = sum(words.values())
    labels = parts.labels if parts else ()
    if not total or again < _MOST * total:
        return DraftAnswers((), labels, is_free=bool(total))
    kept = sorted(words.items(), key=lambda pair: -pair[1])[:_MOST_WORDS]
    found = tuple(DraftAnswer(value, count, cues.code_of(value)) for value, count in kept)
    return DraftAnswers(found, labels)


def _merged(values: Counter[str]) -> Counter[str]:
    """Counts values without leading marks, merging those that differ only in case."""
    printed: dict[str, str] = {}
    merged: Counter[str] = Counter()
    for value, count in values.most_common():
        text = unmark(value).strip()
        if any(map(str.isalnum, text)):
            merged[printed.setdefault(fold(text), text)] += count
    return merged


def _is_word(value: str, cues: Cues) -> bool:
    """Whether a value that occurs once can be an answer word."""
    return len(value.split()) <= _MOST_WORDS_ONCE and cues.code_of(value) is not None


def parts_of(values: Sequence[str]) -> Parts | None:
    """Returns the parts of answers such as "Web: yes Documents: no", or None if they have none."""
    filled = [value for value in values if value]
    labels: Counter[str] = Counter()
    for value in filled:
        for match in _PART.finditer(value):
            words = match["part"].split()
            labels.update({" ".join(words[at:]) for at in range(len(words))})
    often = [label for label, count in labels.items() if count >= max(2, _PART_SHARE * len(filled))]
    # A label can be preceded by words of the previous answer, but these vary, so the label is more
    # frequent.
    usual = [label for label in often if not _is_part_of_label(label, often, labels)]
    with_parts = [value for value in filled if value.startswith(tuple(f"{own}:" for own in usual))]
    if not usual or len(with_parts) < _MOST * len(filled):
        return None
    usual.sort(key=lambda label: -labels[label])
    known = "|".join(map(re.escape, sorted(usual, key=len, reverse=True)))
    pattern = re.compile(rf"(?:^|(?<=\s))(?:{known}):\s*")
    answers = Counter(text.strip() for value in with_parts for text in pattern.split(value) if text)
    return Parts(tuple(usual), answers)


def _is_part_of_label(label: str, often: Sequence[str], counts: Counter[str]) -> bool:
    """Whether a label is the end of an equally frequent one, or continues before another one."""
    return any(
        (other.endswith(f" {label}") and counts[other] == counts[label])
        or (label.endswith(f" {other}") and counts[other] > counts[label])
        for other in often
    )
