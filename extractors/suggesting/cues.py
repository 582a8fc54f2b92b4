"""The cues from which a form is guessed, loaded from their rule file."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import cache, cached_property

from pydantic import BaseModel, ConfigDict

from extractors.rules import FOLDER
from extractors.text import fold
from models.rules_file import read_toml, validate

_WORD = re.compile(r"[\w/#&-]+")


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid")


class AnswerCue(_Strict):
    """Words that suggest a code: parts of an answer, or all of it."""

    code: str
    contains: tuple[str, ...] = ()
    equals: tuple[str, ...] = ()

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """Matches the start of a part; a part of up to four letters must be a whole word."""
        parts = [re.escape(part) + (r"(?!\w)" if len(part) < 5 else "") for part in self.contains]
        return re.compile(rf"(?<!\w)(?:{'|'.join(parts) or '(?!)'})", re.IGNORECASE)


class Cues(_Strict):
    """Words from which a form is guessed.

    Attributes:
        heads: What a column holds, by words in its header.
        answers: The meaning of answer words; the first match counts.
        labels: What a labelled line holds, by words in its label.
        languages: Short words of each language.
        colours: What each language calls the colours of icons.
    """

    heads: Mapping[str, tuple[str, ...]]
    answers: tuple[AnswerCue, ...]
    labels: Mapping[str, tuple[str, ...]]
    languages: Mapping[str, tuple[str, ...]]
    colours: Mapping[str, Mapping[str, str]]

    def code_of(self, answer: str) -> str | None:
        """Returns the probable code of an answer word, or None."""
        text = fold(answer)
        for cue in self.answers:
            if text in cue.equals or cue.pattern.search(text):
                return cue.code
        return None

    def language_of(self, texts: Iterable[str]) -> str:
        """Returns the language of texts as a BCP 47 tag, by its short words."""
        counts = dict.fromkeys(self.languages, 0)
        for text in texts:
            words = fold(text).split()
            for language, own in self.languages.items():
                counts[language] += sum(word in own for word in words)
        return max(counts, key=lambda language: counts[language])


@cache
def builtin_cues() -> Cues:
    """Returns the built-in cues.

    Raises:
        RuleFileError: The file cannot be used.
    """
    path = FOLDER / "suggesting" / "cues.toml"
    return validate(path, Cues, read_toml(path)[0])


def matches(text: str, phrases: Sequence[str]) -> float:
    """Returns how well a header or label matches phrases: 1 as a whole, 0.6 by its last word.

    A phrase inside it counts 0.5, since "Answer to question" is not a question.
    """
    own = fold(text).rstrip(":. ")
    words = _WORD.findall(own)
    if own in phrases:
        return 1.0
    if words and words[-1] in phrases:
        return 0.6
    return 0.5 if any(f" {phrase} " in f" {' '.join(words)} " for phrase in phrases) else 0.0
