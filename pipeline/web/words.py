"""The wording of the pages, in Swedish and English."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path

LANGUAGES = ("sv", "en")
FILE = Path(__file__).with_name("words.toml")


@cache
def load_words() -> dict[str, dict[str, str]]:
    """Returns the words by language and key."""
    found: dict[str, dict[str, str]] = tomllib.loads(FILE.read_text(encoding="utf-8"))
    return found


class Words:
    """The words of one language; call with a key and the values to insert."""

    def __init__(self, language: str) -> None:
        self.language = language if language in LANGUAGES else LANGUAGES[0]
        self._words = load_words()[self.language]

    def __call__(self, key: str, **values: object) -> str:
        """The text of a key; for an unknown key, its last part."""
        text = self._words.get(key, key.split("_", 1)[-1])
        return text.format(**values) if values else text

    @property
    def other(self) -> str:
        """The other language."""
        return LANGUAGES[1 - LANGUAGES.index(self.language)]
