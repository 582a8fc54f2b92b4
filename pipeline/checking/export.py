"""Answers as JSON lines or CSV: one answer a record, with its report and themes."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable, Iterator
from dataclasses import asdict
from io import StringIO
from typing import Any

from models.report import Answer, Report


def records(pairs: Iterable[tuple[Report, Answer]]) -> Iterator[dict[str, Any]]:
    """Yields answers with what tells their report, their boxes and their mentions."""
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
    """Returns answers as JSON, one a line."""
    return "".join(json.dumps(record, ensure_ascii=False) + "\n" for record in records(pairs))


def as_csv(pairs: Iterable[tuple[Report, Answer]]) -> str:
    """Returns answers as CSV: flags and themes parted by `;`, without the boxes."""
    buffer = StringIO()
    writer: csv.DictWriter[str] | None = None
    for record in records(pairs):
        record["flags"] = ";".join(record["flags"])
        record["themes"] = ";".join(m["theme"] for m in record["themes"])
        del record["boxes"]
        if writer is None:
            writer = csv.DictWriter(buffer, fieldnames=list(record), lineterminator="\n")
            writer.writeheader()
        writer.writerow(record)
    return buffer.getvalue()
