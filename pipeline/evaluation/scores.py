"""The counts of an evaluation. Scores of several reports add up to those of all."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field, fields
from typing import Any

FIELDS = ("section", "ref", "question", "detail", "answer", "code", "comment")
"""Fields of a row. A row is whole and exact if all of them are exact."""


@dataclass
class Count:
    """Number of values of a field in the gold, and how many of them were found.

    Attributes:
        support: Values in the gold.
        strict: Found exactly.
        soft: Found nearly: similarity of at least 0.95, ignoring case and white space.
    """

    support: int = 0
    strict: int = 0
    soft: int = 0

    def __add__(self, other: Count) -> Count:
        return Count(
            self.support + other.support, self.strict + other.strict, self.soft + other.soft
        )


@dataclass
class Found:
    """Things found, found wrongly and not found, such as themes."""

    right: int = 0
    wrong: int = 0
    missed: int = 0

    def __add__(self, other: Found) -> Found:
        return Found(self.right + other.right, self.wrong + other.wrong, self.missed + other.missed)

    @property
    def precision(self) -> float | None:
        """Share of the found that is right; None if nothing was found."""
        return _share(self.right, self.right + self.wrong)

    @property
    def recall(self) -> float | None:
        """Share of the existing that was found; None if nothing exists."""
        return _share(self.right, self.right + self.missed)


@dataclass(frozen=True)
class Miss:
    """A value that was not found exactly.

    Attributes:
        source: The report.
        key: The question's key, a section's number, or "".
        field: The field that differs; "row" for a row that is missing or false.
        expected: What the gold says; "" for a false row.
        found: What was found; "" for a missing row.
        flagged: Whether the extraction showed doubt.
    """

    source: str
    key: str
    field: str
    expected: str
    found: str
    flagged: bool


@dataclass
class Scores:
    """Scores of one report or of several.

    Attributes:
        reports: Number of reports.
        failed: Reports from which nothing could be extracted.
        rows: Rows in the gold.
        found: Extracted rows.
        aligned: Gold rows with an aligned extracted row.
        whole: Rows that are exact in every field.
        doubted: Of the inexact, missing and false rows, those with a flag or a confidence below
            0.9. A missing row has neither: it counts as flagged if the report's status is not ok,
            or if an adjacent row is wrong and flagged, so that a person reviewing that row finds
            it.
        row_fields: Counts by field of the rows; a missing row has no field right.
        report_fields: Counts of section titles, asked, instructions, organisation and pages.
        false_sections: Extracted sections that are not in the gold.
        themes: By theme, if the gold has themes.
        assertions: By class of assertion, over the mentions that were found.
        misses: Every value that was not found exactly.
    """

    reports: int = 0
    failed: int = 0
    rows: int = 0
    found: int = 0
    aligned: int = 0
    whole: int = 0
    doubted: int = 0
    row_fields: dict[str, Count] = field(default_factory=dict)
    report_fields: dict[str, Count] = field(default_factory=dict)
    false_sections: int = 0
    themes: dict[str, Found] = field(default_factory=dict)
    assertions: dict[str, Found] = field(default_factory=dict)
    misses: list[Miss] = field(default_factory=list)

    def __add__(self, other: Scores) -> Scores:
        added: dict[str, Any] = {}
        for one in fields(self):
            mine, its = getattr(self, one.name), getattr(other, one.name)
            added[one.name] = _merged(mine, its) if isinstance(mine, dict) else mine + its
        return Scores(**added)

    @property
    def recall(self) -> float | None:
        """Share of the gold's rows that were found."""
        return _share(self.aligned, self.rows)

    @property
    def precision(self) -> float | None:
        """Share of the extracted rows that are in the gold."""
        return _share(self.aligned, self.found)

    @property
    def exact(self) -> float | None:
        """Share of the gold's rows that are whole and exact."""
        return _share(self.whole, self.rows)

    @property
    def false_rows(self) -> int:
        """Extracted rows that are not in the gold."""
        return self.found - self.aligned

    @property
    def inexact(self) -> int:
        """Rows that are inexact, missing or false."""
        return self.rows - self.whole + self.false_rows

    @property
    def misses_flagged(self) -> float | None:
        """Share of `inexact` that is marked as doubtful; None if every row is exact."""
        return _share(self.doubted, self.inexact)

    @property
    def all_themes(self) -> Found:
        """All themes together."""
        return sum(self.themes.values(), Found())


def _merged(left: dict[str, Any], right: dict[str, Any]) -> dict[str, Any]:
    result = dict(left)
    for key, value in right.items():
        result[key] = result[key] + value if key in result else value
    return result


def _share(part: int, whole: int) -> float | None:
    return part / whole if whole else None


def tally(pairs: Counter[tuple[str, str]]) -> dict[str, Found]:
    """Counts by class from pairs of (class in the gold, class found)."""
    classes = sorted({name for pair in pairs for name in pair})
    return {
        name: Found(
            right=pairs[name, name],
            wrong=sum(n for (gold, found), n in pairs.items() if found == name != gold),
            missed=sum(n for (gold, found), n in pairs.items() if gold == name != found),
        )
        for name in classes
    }
