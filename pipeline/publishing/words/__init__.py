"""The wording of exported files: one TOML file per language, in this folder."""

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
        cells: Texts for missing answers in a matrix, and marks after answers.
        assertions: Assertions of themes.
        certainties: Whether the words of a mention could mean something else.
        severities: How much a problem matters.
        statuses: Statuses of reports.
        flags: Flags of answers.
        corrections: Kinds of corrections, and what they concern if that is not a field.
        states: States of corrections.
        about: Texts of the sheet about the file itself.
        about_sheets: Description of each sheet.
        short: A letter or sign for each answer code.
        summary: Texts of the summary.
        years: Its texts about the previous year.
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
        """Returns a dataset value in words, or unchanged if it has none.

        Args:
            kind: The kind of value, such as `codes` or `flags`.
            value: The value in the datasets.
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
    """Returns a number with thousands separators: 1,640 or, in Swedish, 1 640."""
    text = f"{count:,}"
    return text.replace(",", "\u00a0") if language == "sv" else text
