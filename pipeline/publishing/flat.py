"""Sheets as CSV, and answers as JSON lines."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any, TextIO

from pipeline.publishing.rows import Row, answers_with_mentions, rows_of
from pipeline.tabular import excel_text

if TYPE_CHECKING:
    from pipeline.publishing.content import Content
    from pipeline.publishing.sheets.model import Sheet


def write_csv(file: TextIO, sheet: Sheet, *, excel: bool, tick: Callable[[int], None]) -> None:
    """Writes a sheet as CSV.

    Args:
        file: Opened with `newline=""`.
        sheet: The sheet.
        excel: Use the dialect that Swedish Excel opens on a double click: semicolons between
            fields, decimal commas, and an apostrophe before text that it would take for a formula.
        tick: Called for each row.
    """
    writer = csv.writer(file, delimiter=";" if excel else ",", lineterminator="\r\n")
    writer.writerow([column.heading for column in sheet.columns])
    for batch in sheet.batches():
        rows = list(zip(*(cells.values.to_pylist() for cells in batch), strict=True))
        writer.writerows([map(excel_text, row) for row in rows] if excel else rows)
        tick(len(rows))


def write_json_lines(file: TextIO, content: Content, tick: Callable[[int], None]) -> None:
    """Writes the answers as JSON, one per line, each with its boxes and the themes it mentions."""
    reports = content.tables["reports"].select(["report_id", "organisation"])
    organisations = {row["report_id"]: row["organisation"] for row in rows_of(reports)}
    for record in _records(content, organisations):
        file.write(json.dumps(record, ensure_ascii=False) + "\n")
        tick(1)


def _records(content: Content, organisations: dict[str, str]) -> Iterator[dict[str, Any]]:
    """The records of `svar show --format jsonl`, read from the datasets in batches."""
    for answer, mentions in answers_with_mentions(content):
        report_id = answer.pop("report_id")
        del answer["doubtful"]
        fields = answer.pop("box_fields")
        answer["boxes"] = [
            box | {"field": field} for box, field in zip(answer["boxes"], fields, strict=True)
        ]
        yield {
            "report_id": report_id,
            "source": content.sources[report_id],
            "organisation": organisations[report_id],
            **answer,
            "themes": [_mention(mention) for mention in mentions],
        }


def _mention(mention: Row) -> Row:
    own = ("report_id", "position")
    return {name: value for name, value in mention.items() if name not in own}
