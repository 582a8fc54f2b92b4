"""Phrases without content of their own, as data that an analyst can edit."""

from __future__ import annotations

import re
from functools import cached_property
from pathlib import Path

from pydantic import BaseModel, ConfigDict

from models.rules_file import read_toml, validate

BUILT_IN = Path(__file__).with_name("phrases.toml")
NUMBER = r"\d+(?:[.: ]\d+)*"


class Phrases(BaseModel):
    """Comments that only refer elsewhere; `{ref}` is a number."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    says_nothing: tuple[str, ...]

    @cached_property
    def _pattern(self) -> re.Pattern[str]:
        each = (re.escape(_plain(p)).replace(r"\{ref\}", NUMBER) for p in self.says_nothing)
        return re.compile("|".join(each))

    def says_nothing_else(self, comment: str) -> bool:
        """Whether a comment consists of one of the phrases and nothing else."""
        return self._pattern.fullmatch(_plain(comment)) is not None


def load_phrases(path: Path = BUILT_IN) -> Phrases:
    """Loads phrases from a file.

    Raises:
        RuleFileError: The file cannot be used; the message names the place and how to fix it.
    """
    content, _ = read_toml(path)
    return validate(path, Phrases, content)


def _plain(text: str) -> str:
    """A text in lower case, with single blanks and without punctuation except in numbers."""
    words = re.findall(r"\d+(?:[.:]\d+)*|[^\W\d_]+|\{ref\}", text.casefold())
    return " ".join(words)
