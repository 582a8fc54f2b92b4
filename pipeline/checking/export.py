"""Answers as records: one answer per record, with its report and its themes."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict
from typing import Any

from models.report import Answer, Report
from models.taxonomy import Taxonomy

BRIEF = ("organisation", "key", "page_first", "answer", "comment", "flags")
"""The columns most useful to people; a table on the terminal has no room for more."""


def records(pairs: Iterable[tuple[Report, Answer]]) -> Iterator[dict[str, Any]]:
    """Yields answers with their report's identity, their boxes and their mentions."""
    for report, answer in pairs:
        fields = asdict(answer)
        yield {
            "report_id": report.report_id,
            "source": report.source,
            "organisation": report.organisation,
            **fields,
            "themes": [
                {key: value for key, value in asdict(mention).items() if key != "position"}
                for mention in report.themes
                if mention.position == answer.position
            ],
        }


def json_lines(pairs: Iterable[tuple[Report, Answer]]) -> str:
    """Returns answers as JSON, one per line."""
    return "".join(json.dumps(record, ensure_ascii=False) + "\n" for record in records(pairs))


def flat_rows(
    pairs: Sequence[tuple[Report, Answer]], theme_titles: Mapping[str, str]
) -> tuple[list[str], list[list[object]]]:
    """Returns column names and rows of answers for a spreadsheet, without the boxes.

    A comment's mentions are in three lists of equal length: ids, titles and assertions.

    Args:
        pairs: Answers with their reports.
        theme_titles: Titles by theme id; a theme without a title is shown by its id.
    """
    columns: list[str] = []
    rows: list[list[object]] = []
    for (report, answer), record in zip(pairs, records(pairs), strict=True):
        mentions = record.pop("themes")
        del record["boxes"]
        headings = {section.section: section.title for section in report.sections}
        whole = {
            "report_id": record.pop("report_id"),
            "source": record.pop("source"),
            "organisation": record.pop("organisation"),
            "title": report.title,
            "section_title": headings.get(answer.section, ""),
            **record,
            "themes": [mention["theme"] for mention in mentions],
            "theme_titles": [theme_titles.get(m["theme"], m["theme"]) for m in mentions],
            "assertions": [str(mention["assertion"]) for mention in mentions],
        }
        columns = columns or list(whole)
        rows.append(list(whole.values()))
    return columns, rows


def answer_rows(
    pairs: Sequence[tuple[Report, Answer]], taxonomy: Taxonomy, output: str
) -> tuple[list[str], list[list[object]]]:
    """Returns column names and rows of answers for one of `pipeline.tabular.FORMATS`."""
    columns, rows = flat_rows(pairs, {theme.id: theme.sv for theme in taxonomy.themes})
    return brief_rows(columns, rows) if output in ("table", "markdown") else (columns, rows)


def brief_rows(
    columns: Sequence[str], rows: Iterable[Sequence[object]]
) -> tuple[list[str], list[list[object]]]:
    """Returns only the columns of `BRIEF`, in its order."""
    places = [columns.index(name) for name in BRIEF if name in columns]
    return [columns[place] for place in places], [[row[place] for place in places] for row in rows]
