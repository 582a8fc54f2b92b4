"""Part files: which reports each holds, how they are read, and how they are encoded.

A part holds the reports whose ids begin with the same bits. Starting with one part for all, every
part with more than `LIMIT` reports is split in two (a binary trie). So the parts follow from the
ids alone, whatever the history, and adding or removing a report affects only its own part. A part
is named after the lowest id it could hold, so names sort as ids do.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from models.datasets import DATASETS, SCHEMA_VERSION, SCHEMAS
from pipeline.errors import OtherVersionError, WrongUseError
from pipeline.store import Store

LIMIT = 128
"""Maximum number of reports in a part."""

Tables = dict[str, pa.Table]
"""A table by dataset."""

_OWN_METADATA = frozenset(
    {"schema_version", "key", "stamp", "doubles", "corrections", "ARROW:schema"}
)


@dataclass(frozen=True, slots=True)
class PublishedReport:
    """What is known about a published report without reading its rows.

    Attributes:
        report_id: Its id.
        source: The first of its names.
        status: ok, partial or failed.
        doubles: Its other names, in order.
        organisation: The board that answers, or "".
        corrections: Digest of the corrections applied to it; "" for none.
        superseded_by: Id of the report that counts instead, or None.
    """

    report_id: str
    source: str
    status: str
    doubles: tuple[str, ...] = ()
    organisation: str = ""
    corrections: str = ""
    superseded_by: str | None = None


@dataclass(frozen=True, slots=True)
class Part:
    """A published part.

    Attributes:
        name: Such as `part-8000`.
        key: Identifies what its reports were read with: code, forms, themes, reader.
        stamp: Changes with its reports.
        reports: Ordered by id.
        about: Further metadata on what its reports were read with.
    """

    name: str
    key: str
    stamp: str
    reports: tuple[PublishedReport, ...]
    about: Mapping[str, str] = field(default_factory=dict)


@dataclass(slots=True)
class Published:
    """The intact parts of an output, and the names of damaged ones."""

    parts: dict[str, Part] = field(default_factory=dict)
    damaged: set[str] = field(default_factory=set)


def layout(report_ids: Sequence[str]) -> dict[str, list[str]]:
    """Ids by part name, both in order; one empty part if there are no ids."""
    parts: dict[str, list[str]] = {}
    _divide(sorted(report_ids), 0, 0, parts)
    return parts or {_part_name(0): []}


def _divide(ids: list[str], start: int, depth: int, parts: dict[str, list[str]]) -> None:
    if not ids:
        return
    if len(ids) <= LIMIT:
        parts[_part_name(start)] = ids
        return
    middle = start + (1 << (63 - depth))
    low = [report_id for report_id in ids if int(report_id, 16) < middle]
    _divide(low, start, depth + 1, parts)
    _divide(ids[len(low) :], middle, depth + 1, parts)


def _part_name(start: int) -> str:
    digits = f"{start:016x}"
    return f"part-{digits.rstrip('0').ljust(4, '0')}"


def file_name(dataset: str, part: str) -> str:
    """Name of a part's file below the output folder."""
    return f"{dataset}/{part}.parquet"


def part_names(store: Store, dataset: str) -> list[str]:
    """Names of a dataset's parts, in order."""
    return [
        name.removesuffix(".parquet")
        for name in store.names(dataset)
        if name.startswith("part-") and name.endswith(".parquet")
    ]


def read_published(store: Store) -> Published:
    """Reads which reports are published, from the parts themselves.

    A part whose files do not belong together (one is missing or corrupt) is damaged.

    Raises:
        OtherVersionError: The output was made with another schema version.
        WrongUseError: The output was made by another program.
    """
    published = Published()
    for name in all_part_names(store):
        part = _read_part(store, name)
        if part is None:
            published.damaged.add(name)
        else:
            published.parts[name] = part
    return published


def all_part_names(store: Store) -> list[str]:
    """Names of the parts of all datasets, in order."""
    return sorted({name for dataset in DATASETS for name in part_names(store, dataset)})


def _read_part(store: Store, name: str) -> Part | None:
    metas = [_metadata(store, file_name(dataset, name)) for dataset in DATASETS]
    content = store.read(file_name("reports", name))
    if content is None or len({meta.get("stamp") for meta in metas}) != 1 or not metas[0]:
        return None
    doubles = json.loads(metas[0]["doubles"])
    corrections = json.loads(metas[0]["corrections"])
    columns = ["report_id", "source", "status", "organisation", "superseded_by"]
    rows = read_parquet(pa.BufferReader(content), columns).to_pylist()
    reports = tuple(
        PublishedReport(
            **row,
            doubles=tuple(doubles.get(row["report_id"], ())),
            corrections=corrections.get(row["report_id"], ""),
        )
        for row in rows
    )
    about = {name: value for name, value in metas[0].items() if name not in _OWN_METADATA}
    return Part(name, metas[0]["key"], metas[0]["stamp"], reports, about)


def _metadata(store: Store, name: str) -> dict[str, str]:
    """The metadata of a part's file; empty if the file is missing or corrupt."""
    try:
        with store.open(name) as file:
            raw = pq.read_metadata(file).metadata or {}
    except (FileNotFoundError, pa.ArrowInvalid):
        return {}
    found = {key.decode(): value.decode() for key, value in raw.items()}
    version = found.get("schema_version")
    found.setdefault("corrections", "{}")  # before there were any
    if version is None or "stamp" not in found:
        raise WrongUseError(
            f"{store.url}/{name} was not written by svar run. Give --out an empty or new folder."
        )
    if version != SCHEMA_VERSION:
        raise OtherVersionError(
            f"{store.url} was written with schema version {version}; this is {SCHEMA_VERSION}. "
            "Run with --force to rewrite everything, or give --out a new folder."
        )
    return found


def read_parquet(file: Any, columns: Sequence[str] | None = None) -> pa.Table:  # noqa: ANN401
    """Reads a small file, without the threads and scan planning meant for large ones."""
    return pq.ParquetFile(file).read(columns, use_threads=False)


def read_rows(store: Store, part: str, datasets: Sequence[str] = DATASETS) -> Tables:
    """Reads the rows of a whole part."""
    return {
        dataset: read_parquet(pa.BufferReader(store.read(file_name(dataset, part)))).cast(
            SCHEMAS[dataset]
        )
        for dataset in datasets
    }


def encode(
    tables: Tables,
    key: str,
    about: Mapping[str, str],
    doubles: Mapping[str, Sequence[str]],
    corrections: Mapping[str, str],
) -> dict[str, bytes]:
    """The bytes of a part's files by dataset; deterministic for given tables.

    Args:
        tables: The rows, in order.
        key: What the reports were read with.
        about: For the file metadata: digests of forms and themes, version of the code.
        doubles: Other names of the same file, by report id.
        corrections: Digest of the corrections applied, by report id.
    """
    meta = {
        "schema_version": SCHEMA_VERSION,
        **about,
        "key": key,
        "doubles": json.dumps(doubles, sort_keys=True),
        "corrections": json.dumps(corrections, sort_keys=True),
        "stamp": _stamp(tables, key, corrections),
    }
    return {name: _encode_table(table, meta) for name, table in tables.items()}


def _stamp(tables: Tables, key: str, corrections: Mapping[str, str]) -> str:
    """Ties the files of a part together: identical in files written together."""
    reports = tables["reports"].select(["report_id", "source", "status"]).to_pydict()
    counts = [table.num_rows for table in tables.values()]
    return hashlib.sha256(
        json.dumps([key, reports, counts, corrections], sort_keys=True).encode()
    ).hexdigest()[:32]


def encode_again(table: pa.Table) -> bytes:
    """Encodes a table that was read from a part's file, keeping its metadata."""
    meta = {key.decode(): value.decode() for key, value in table.schema.metadata.items()}
    return _encode_table(table, meta)


def _encode_table(table: pa.Table, meta: Mapping[str, str]) -> bytes:
    sink = pa.BufferOutputStream()
    whole = table.combine_chunks().replace_schema_metadata(dict(sorted(meta.items())))
    pq.write_table(whole, sink, compression="zstd", version="2.6")
    return bytes(sink.getvalue())
