"""Answers to take away, as the filter has them: CSV for a spreadsheet, JSON lines for programs."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from io import StringIO

from models.report import Answer, Report
from pipeline.checking.export import records
from pipeline.publishing.flat import FORMULA

COLUMNS = (
    "organisation", "source", "key", "section", "ref", "question", "detail", "answer", "code",
    "comment", "themes", "flags", "corrected", "confidence", "page_first", "page_last",
    "line_first", "line_last", "report_id", "position",
)  # fmt: skip
LISTS = ("flags", "corrected")


def as_spreadsheet(pairs: Iterable[tuple[Report, Answer]]) -> str:
    """Returns answers as CSV that a Swedish Excel opens by a double click.

    Semicolons part the fields, a byte order mark says that it is UTF-8, and an apostrophe stands
    before what would be taken for a formula.
    """
    buffer = StringIO()
    buffer.write("\ufeff")
    writer = csv.writer(buffer, delimiter=";", lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for record in records(pairs):
        mentions = (f"{m['theme']} ({m['assertion']})" for m in record["themes"])
        record |= {name: ", ".join(record[name]) for name in LISTS}
        record["themes"] = ", ".join(mentions)
        record["confidence"] = f"{record['confidence']:.2f}".replace(".", ",")
        writer.writerow([_safe(record[name]) for name in COLUMNS])
    return buffer.getvalue()


def _safe(value: object) -> object:
    if isinstance(value, str) and value.startswith(FORMULA):
        return f"'{value}"
    return "" if value is None else value
