"""Conversion between a Report and rows of the datasets."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import pyarrow as pa

from models.datasets import DATASETS, SCHEMAS
from models.report import (
    Answer,
    AppliedCorrection,
    Assertion,
    Certainty,
    CorrectionState,
    FieldBox,
    Mention,
    Problem,
    Report,
    Section,
    Severity,
    Status,
)

_COORDINATES = ("page", "x0", "y0", "x1", "y1")
_LISTS = (
    "flags", "corrected", "parts", "part_answers", "part_codes", "extra", "extra_heads",
)  # fmt: skip
_COUNTS = ("sections", "answers", "problems")


def rows(report: Report) -> dict[str, list[dict[str, Any]]]:
    """Returns the rows of a report by dataset, in the contract's order."""
    columns = {name: SCHEMAS[name].names for name in DATASETS}
    own = {"report_id": report.report_id}
    return {
        "reports": [
            _pick(report, columns["reports"])
            | {
                "status": str(report.status),
                "sections": len(report.sections),
                "answers": len(report.answers),
                "problems": len(report.problems),
            }
        ],
        "sections": [own | _pick(section, columns["sections"]) for section in report.sections],
        "answers": [
            own
            | _pick(answer, columns["answers"])
            | {
                "boxes": [
                    {"page": b.page, "x0": b.x0, "y0": b.y0, "x1": b.x1, "y1": b.y1}
                    for b in answer.boxes
                ],
                "box_fields": [box.field for box in answer.boxes],
            }
            | {name: list(getattr(answer, name)) for name in _LISTS}
            for answer in report.answers
        ],
        "themes": [own | _pick(mention, columns["themes"]) for mention in report.themes],
        "problems": [own | _pick(problem, columns["problems"]) for problem in report.problems],
        "corrections": [own | _pick(item, columns["corrections"]) for item in report.corrections],
    }


def tables(reports: Iterable[Report]) -> dict[str, pa.Table]:
    """Returns the datasets of several reports, ordered by `report_id`, then by position."""
    collected: dict[str, list[dict[str, Any]]] = {name: [] for name in DATASETS}
    for report in sorted(reports, key=lambda report: report.report_id):
        for name, part in rows(report).items():
            collected[name].extend(part)
    return {name: pa.Table.from_pylist(collected[name], SCHEMAS[name]) for name in DATASETS}


def from_rows(held: Mapping[str, Sequence[Mapping[str, Any]]]) -> Report:
    """Returns the report stored in one report's rows: everything except the parts of its lines.

    Args:
        held: The rows of one report, by dataset.
    """
    own = {
        name: [{key: value for key, value in row.items() if key != "report_id"} for row in content]
        for name, content in held.items()
    }
    row = held["reports"][0]
    plain = {name: value for name, value in row.items() if name not in (*_COUNTS, "status")}
    return Report(
        status=Status(row["status"]),
        sections=tuple(Section(**section) for section in own["sections"]),
        answers=tuple(
            _answer(answer) for answer in sorted(own["answers"], key=lambda item: item["position"])
        ),
        themes=tuple(_mention(mention) for mention in own["themes"]),
        problems=tuple(
            Problem(**{**problem, "severity": Severity(problem["severity"])})
            for problem in own["problems"]
        ),
        corrections=tuple(
            AppliedCorrection(**{**item, "state": CorrectionState(item["state"])})
            for item in own["corrections"]
        ),
        **plain,
    )


def _answer(row: dict[str, Any]) -> Answer:
    fields = row.pop("box_fields")
    boxes = tuple(
        FieldBox(**{key: box[key] for key in _COORDINATES}, field=field)
        for box, field in zip(row.pop("boxes"), fields, strict=True)
    )
    lists = {name: tuple(row.get(name) or ()) for name in _LISTS}
    return Answer(**{**row, **lists, "boxes": boxes})


def _mention(row: dict[str, Any]) -> Mention:
    kinds = {
        "assertion": Assertion(row["assertion"]),
        "certainty": Certainty(row.get("certainty") or Certainty.CLEAR),
    }
    return Mention(**{**row, **kinds})


def _pick(item: object, names: list[str]) -> dict[str, Any]:
    """The attributes of `item` that are columns."""
    return {name: getattr(item, name) for name in names if hasattr(item, name)}
