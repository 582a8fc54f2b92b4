"""Widths of texts in common fonts: where a line of a dump ends depends on the font."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from pydantic import BaseModel, ConfigDict, Field

from extractors.rules import FOLDER
from models.rules_file import read_toml, validate

_FILE = FOLDER / "letter-widths.toml"
_USUAL = "abcdefghijklmnopqrstuvwxyzåäö "
_CODE = "cp1252"
_MOST = 255


@dataclass(frozen=True, slots=True)
class Measure:
    """Measures the length of a text in letters of average width.

    Attributes:
        widths: Width of every character of the code page.
        usual: Width of an average letter.
    """

    widths: bytes
    usual: float

    def __call__(self, text: str) -> float:
        """Returns the length of a text."""
        return sum(text.encode(_CODE, "replace").translate(self.widths)) / self.usual

    def all(self, texts: Sequence[str]) -> NDArray[np.float64]:
        """Returns the length of each of some texts."""
        joined = "".join(texts).encode(_CODE, "replace").translate(self.widths)
        sums = np.cumsum(np.frombuffer(joined, np.uint8), dtype=np.int64)
        ends = np.cumsum([len(text) for text in texts], dtype=np.int64)
        return np.diff(np.concatenate([[0], sums])[ends], prepend=0) / self.usual


EVEN = Measure(bytes([1]) * 256, 1.0)
"""The measure of letters that all have the same width."""


class Font(BaseModel):
    """The widths of a font's letters, in fiftieths of its size.

    Attributes:
        name: The fonts that have these widths.
        usual: Width of the letters that are not listed.
        widths: Letters by their width.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    name: str
    usual: int = Field(ge=1, le=_MOST)
    widths: dict[int, str]

    def measure(self) -> Measure:
        """Returns the measure of texts in this font."""
        known = {letter: width for width, letters in self.widths.items() for letter in letters}
        letters = (bytes([code]).decode(_CODE, "replace") for code in range(_MOST + 1))
        table = bytes(known.get(letter, self.usual) for letter in letters)
        return Measure(table, sum(_USUAL.encode(_CODE).translate(table)) / len(_USUAL))


class _Fonts(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    fonts: tuple[Font, ...] = Field(min_length=1)


def load_measures(path: Path) -> tuple[Measure, ...]:
    """Returns the measures in a file of fonts, after that of letters with the same width.

    Raises:
        RuleFileError: The file cannot be used; the message says what is wrong with it.
    """
    content, _ = read_toml(path)
    return (EVEN, *(font.measure() for font in validate(path, _Fonts, content).fonts))


@cache
def builtin_measures() -> tuple[Measure, ...]:
    """Returns the measures of the built-in fonts."""
    return load_measures(_FILE)


@cache
def sans() -> Measure:
    """Returns the measure of the most common fonts; in others, widths vary about as much."""
    return builtin_measures()[1]
