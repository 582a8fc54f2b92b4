"""Creating corrections of a report as read."""

from __future__ import annotations

from typing import Any

from models.corrections import Correction, Kind, RowText, digest
from models.report import Report
from pipeline.corrections.log import new_id, now

_ROWS = {Kind.ONE_ROW: 2}


def make(reviewer: str, report: Report, kind: Kind, position: int, **content: Any) -> Correction:  # noqa: ANN401
    """Returns a correction of a report.

    Args:
        reviewer: Who makes it.
        report: The report as read.
        kind: What it does.
        position: Position of the row as read, or of the first of two rows. For a missed row, the
            position of the row before it; 0 for the start.
        **content: What the kind needs, as `Correction` names it.

    Raises:
        ValueError: There is no such row, or the content does not suit the kind.
    """
    count = _ROWS.get(kind, 1) if position else 0
    rows = report.answers[position - 1 : position - 1 + count] if position else ()
    if len(rows) != count:
        raise ValueError(f"{report.source} has no row {position + len(rows)}.")
    read = tuple(RowText.of(answer) for answer in rows)
    return Correction(
        id=new_id(),
        at=now(),
        reviewer=reviewer,
        kind=kind,
        report_id=report.report_id,
        source=report.source,
        organisation=report.organisation,
        position=position,
        key=rows[0].key if rows else "",
        read=read,
        digest=digest(read),
        **content,
    )


def withdraw(reviewer: str, correction: Correction) -> Correction:
    """Returns a correction that withdraws another one."""
    return Correction(
        id=new_id(),
        at=now(),
        reviewer=reviewer,
        kind=Kind.WITHDRAWN,
        report_id=correction.report_id,
        source=correction.source,
        replaces=(correction.id,),
    )
