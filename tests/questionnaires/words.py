"""The wording of a questionnaire: everybody gets the same questions, but answers differ."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from itertools import cycle
from pathlib import Path
from random import Random
from typing import Any

_FOLDER = Path(__file__).parent / "material"


@cache
def _material(language: str) -> dict[str, Any]:
    return tomllib.loads((_FOLDER / f"{language}.toml").read_text(encoding="utf-8"))


@dataclass(frozen=True)
class Question:
    """A question with its section and what it asks about."""

    section: str
    text: str
    topic: str
    number: int


class Words:
    """Wording in a language.

    Attributes:
        language: `sv` or `en`.
        random: Source of what differs between respondents.
    """

    def __init__(self, language: str, seed: int) -> None:
        self.language = language
        self.random = Random(f"{language} {seed}")
        self._material = _material(language)

    def say(self, swedish: str, english: str) -> str:
        """What this language says."""
        return swedish if self.language == "sv" else english

    @property
    def owner(self) -> str:
        return self.random.choice(self._material["owners"])

    def questions(self, domain: str, kind: str = "questions", count: int = 20) -> list[Question]:
        """The questions of a questionnaire, in sections of four."""
        topics = self._material["topics"][domain][:count]
        wordings = cycle(self._material[kind])
        areas = self._material["areas"][domain]
        return [
            Question(
                areas[place * len(areas) // len(topics)], text.format(topic=topic), topic, place
            )
            for place, (topic, text) in enumerate(zip(topics, wordings, strict=False))
        ]

    def answer(self, *codes: str) -> tuple[str, str]:
        """An answer word and its code, one of `codes`."""
        code = self.random.choice(codes or tuple(self._material["answers"]))
        return self._material["answers"][code], code

    def comment(self, topic: str, *, blank: float = 0.15, paragraphs: int = 2) -> str:
        """A comment of some sentences on a topic; paragraphs separated by a blank line."""
        if self.random.random() < blank:
            return ""
        made = []
        for _ in range(self.random.randint(1, paragraphs)):
            sentences = self.random.sample(self._material["comments"], self.random.randint(1, 4))
            made.append(" ".join(sentence.format(topic=topic) for sentence in sentences))
        return "\n\n".join(made)

    def pick(self, name: str) -> str:
        """One of the phrases of a list of the material."""
        return self.random.choice(self._material[name])
