"""Several reports by one board: which one counts, by a rule that the user sets.

A superseded report keeps all its rows, and `reports.superseded_by` names the one that counts
instead. Without a rule all count, and a run lists the boards that have several.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc

from models.report import Status
from pipeline.errors import WrongUseError
from pipeline.parts import Published, encode_again, file_name, read_parquet
from pipeline.publish import publish
from pipeline.store import Store

NAME = "name"
DATE = "date"

_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_COLUMNS = ("report_id", "source", "organisation", "form", "title", "status", "superseded_by")


@dataclass(frozen=True, slots=True)
class VersionRule:
    """Which of several reports of one board counts.

    Attributes:
        kind: `name`: the file whose name sorts last, with numbers ordered by value; `date`: the
            file modified last; `list`: the listed files; "": all of them.
        listed: Sources of the files that count, for `list`.
    """

    kind: str = ""
    listed: frozenset[str] = field(default_factory=frozenset)


def version_rule(text: str) -> VersionRule:
    """Parses the rule given to `svar run --versions`.

    Args:
        text: `name`, `date`, or the path of a file that lists the reports that count, one per line,
            as in `reports.source`.

    Raises:
        WrongUseError: It is none of these, or the file cannot be read.
    """
    if text in ("", NAME, DATE):
        return VersionRule(text)
    try:
        lines = Path(text).read_text(encoding="utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise WrongUseError(
            f"--versions {text}: give {NAME}, {DATE}, or a UTF-8 text file that lists the reports "
            f"that count, one per line ({error})."
        ) from error
    return VersionRule("list", frozenset(line.strip() for line in lines if line.strip()))


def settle_versions(
    store: Store, published: Published, rule: VersionRule, modified: Mapping[str, float]
) -> dict[str, bytes]:
    """Applies the rule to all published reports and updates `reports.superseded_by`.

    Args:
        store: The output.
        published: What the datasets hold.
        rule: The rule.
        modified: When each file was modified, in seconds since 1970, by source.

    Returns:
        The files that were written, by name.
    """
    tables = {name: _reports(store, name) for name in published.parts}
    rows = [row for table in tables.values() for row in table.select(_COLUMNS).to_pylist()]
    wanted = _superseded(rows, rule, modified)
    writes = {}
    for name, table in tables.items():
        ids = table["report_id"].to_pylist()
        column = pa.array([wanted.get(report_id) for report_id in ids], pa.string())
        if not column.equals(table["superseded_by"].combine_chunks()):
            place = table.schema.get_field_index("superseded_by")
            settled = table.set_column(place, table.schema.field(place), column)
            writes[file_name("reports", name)] = encode_again(settled)
    if writes:
        publish(store, writes, [])
    return writes


def current_only(tables: Mapping[str, pa.Table]) -> dict[str, pa.Table]:
    """Returns datasets without the rows of superseded reports.

    Args:
        tables: Datasets by name, including `reports`.
    """
    reports = tables["reports"]
    if reports["superseded_by"].null_count == reports.num_rows:
        return dict(tables)
    gone = reports.filter(pc.is_valid(reports["superseded_by"]))["report_id"].combine_chunks()
    return {
        name: table.filter(pc.invert(pc.is_in(table["report_id"], gone)))
        for name, table in tables.items()
    }


def same_board(rows: Iterable[Mapping[str, str]]) -> list[list[Mapping[str, str]]]:
    """Returns groups of reports by one board on the same questionnaire and year.

    Args:
        rows: Rows of `reports`.
    """
    groups: dict[tuple[str, ...], list[Mapping[str, str]]] = defaultdict(list)
    for row in rows:
        if row["organisation"] and row["status"] != Status.FAILED:
            years = sorted(set(_YEAR.findall(row["title"])))
            groups[row["organisation"].casefold(), row["form"], *years].append(row)
    return [group for group in groups.values() if len(group) > 1]


def _superseded(
    rows: Iterable[Mapping[str, str]], rule: VersionRule, modified: Mapping[str, float]
) -> dict[str, str]:
    """The report that counts instead, by the id of each superseded one."""
    wanted: dict[str, str] = {}
    if not rule.kind:
        return wanted
    for group in same_board(rows):
        if rule.kind == "list":
            counting = [row for row in group if row["source"] in rule.listed]
            others = [row for row in group if row["source"] not in rule.listed]
            newest = counting[-1] if len(counting) == 1 else None
        else:
            *others, newest = sorted(group, key=lambda row: _age(row["source"], rule, modified))
        if newest is not None:
            wanted |= {row["report_id"]: newest["report_id"] for row in others}
    return wanted


def _age(
    source: str, rule: VersionRule, modified: Mapping[str, float]
) -> tuple[float, Sequence[tuple[int, int, str]]]:
    """A sort key that orders files from old to new."""
    when = modified.get(source, 0.0) if rule.kind == DATE else 0.0
    parts = re.findall(r"\d+|\D+", source.casefold())
    return when, [(0, int(part), "") if part.isdecimal() else (1, 0, part) for part in parts]


def _reports(store: Store, part: str) -> pa.Table:
    with store.open(file_name("reports", part)) as file:
        return read_parquet(file)
