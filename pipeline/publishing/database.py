"""The datasets as one SQLite file with full-text search, for Datasette or DB Browser."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pyarrow as pa

from models.datasets import SCHEMA_VERSION
from pipeline.publishing.rows import rows_of

if TYPE_CHECKING:
    from pipeline.publishing.content import Content

KEYS = {"reports": ("report_id",), "answers": ("report_id", "position")}
"""Primary key columns of each table."""

INDEXES = {
    "answers": (("key",), ("code",)),
    "sections": (("report_id", "section"),),
    "themes": (("report_id", "position"), ("theme", "assertion")),
    "problems": (("report_id", "position"),),
}

# Å, ä and ö are letters of their own in Swedish: a search for a must not find å.
SEARCH = """
CREATE VIRTUAL TABLE answers_fts USING fts5(
    question, detail, comment, content="answers", tokenize="unicode61 remove_diacritics 0"
);
INSERT INTO answers_fts (answers_fts) VALUES ('rebuild');
CREATE VIEW board_answers AS
    SELECT reports.organisation, reports.source, answers.*
    FROM answers JOIN reports USING (report_id);
"""


def write_database(
    path: Path, content: Content, about: Sequence[tuple[str, str]], tick: Callable[[int], None]
) -> None:
    """Writes the datasets as tables of a new SQLite file.

    `answers_fts` finds words in questions, details and comments; `board_answers` has each answer
    with its board; lists are JSON; `about` describes the file.

    Raises:
        OSError: The file cannot be written.
    """
    connection = sqlite3.connect(path)
    try:
        for name, table in content.tables.items():
            _write_table(connection, name, table, tick)
        connection.execute("CREATE TABLE about (fact TEXT, value TEXT)")
        connection.executemany(
            "INSERT INTO about VALUES (?, ?)", [("schema_version", SCHEMA_VERSION), *about]
        )
        connection.executescript(SEARCH)
        connection.commit()
    except sqlite3.OperationalError as error:  # for example if the disk is full
        raise OSError(str(error)) from error
    finally:
        connection.close()


def _write_table(
    connection: sqlite3.Connection, name: str, table: pa.Table, tick: Callable[[int], None]
) -> None:
    columns = [f'"{field.name}" {_type(field.type)}' for field in table.schema]
    if name in KEYS:
        columns.append(f"PRIMARY KEY ({', '.join(KEYS[name])})")
    if name != "reports":
        columns.append("FOREIGN KEY (report_id) REFERENCES reports (report_id)")
    connection.execute(f"CREATE TABLE {name} ({', '.join(columns)})")
    marks = ", ".join("?" * table.num_columns)
    connection.executemany(f"INSERT INTO {name} VALUES ({marks})", _values(table, tick))
    for indexed in INDEXES.get(name, ()):
        connection.execute(
            f"CREATE INDEX {name}_{'_'.join(indexed)} ON {name} ({', '.join(indexed)})"
        )


def _values(table: pa.Table, tick: Callable[[int], None]) -> Iterator[list[Any]]:
    for row in rows_of(table):
        yield [
            json.dumps(value, ensure_ascii=False) if isinstance(value, list) else value
            for value in row.values()
        ]
        tick(1)


def _type(kind: pa.DataType) -> str:
    if pa.types.is_integer(kind) or pa.types.is_boolean(kind):
        return "INTEGER"
    return "REAL" if pa.types.is_floating(kind) else "TEXT"
