"""The words of exported files, as data: a TOML file for each language, beside this one."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from pydantic import BaseModel, ConfigDict

from models.rules_file import read_toml, validate

LANGUAGES = ("sv", "en")


class Words(BaseModel):
    """Words by key, in one language.

    Attributes:
        language: BCP 47 language tag.
        sheets: Names of sheets; Excel allows 31 characters.
        columns: Headings.
        codes: Answer codes.
        cells: What stands in a matrix where there is no answer, and marks after one.
        assertions: What is said of a theme.
        certainties: Whether the words of a mention could mean something else.
        severities: How much a problem matters.
        statuses: How far a report came.
        flags: What a person should look at.
        corrections: What a correction does, and what it is of where that is no field.
        states: What became of a correction.
        about: What the sheet on the file itself says.
        about_sheets: What each sheet holds.
        short: A letter or sign for each answer code.
        summary: What the summary says.
        years: What it says of the year before.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)
    language: str
    sheets: dict[str, str]
    columns: dict[str, str]
    codes: dict[str, str]
    cells: dict[str, str]
    assertions: dict[str, str]
    certainties: dict[str, str]
    severities: dict[str, str]
    statuses: dict[str, str]
    flags: dict[str, str]
    corrections: dict[str, str]
    states: dict[str, str]
    about: dict[str, str]
    about_sheets: dict[str, str]
    short: dict[str, str]
    summary: dict[str, str]
    years: dict[str, str]

    def say(self, kind: str, value: str) -> str:
        """Returns a value of the datasets in words; one that has none as it stands.

        Args:
            kind: The words of which values, as `codes` or `flags`.
            value: As it stands in the datasets.
        """
        words: dict[str, str] = getattr(self, kind)
        return words.get(value, value)


@cache
def words_in(language: str) -> Words:
    """Returns the words of a language.

    Raises:
        RuleFileError: Its file cannot be used; the message names the place and how to fix it.
    """
    path = Path(__file__).with_name(f"{language}.toml")
    content, _ = read_toml(path)
    return validate(path, Words, content)


def number(count: int, language: str) -> str:
    """Returns a number with its thousands parted: 1,640 or, in Swedish, 1 640."""
    text = f"{count:,}"
    return text.replace(",", "\u00a0") if language == "sv" else text
