"""Reading datasets back with their types."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyarrow as pa
import pyarrow.parquet as pq

from models.datasets import DATASETS, SCHEMA_VERSION, SCHEMAS
from pipeline.errors import OtherVersionError, WrongUseError
from pipeline.parts import file_name, part_names
from pipeline.store import Store, open_store

if TYPE_CHECKING:
    import pandas as pd


def load(out: str, name: str) -> pd.DataFrame:
    """Reads a dataset as a pandas table.

    Texts are `string`, counts `Int32` (nullable), yes and no `boolean`. Rows are in
    the order of `report_id`, then position.

    Args:
        out: Output folder of `svar run`, or an fsspec address.
        name: reports, sections, answers, themes, problems or corrections.

    Raises:
        WrongUseError: There is no such dataset, or it was written with another schema version.
    """
    import pandas as pd  # noqa: PLC0415 - slows start-up where it is not needed

    types = {
        pa.string(): pd.StringDtype(),
        pa.int32(): pd.Int32Dtype(),
        pa.bool_(): pd.BooleanDtype(),
        pa.float32(): pd.Float32Dtype(),
    }
    frame: pd.DataFrame = load_table(out, name).to_pandas(types_mapper=types.get)
    return frame


def load_table(out: str, name: str) -> pa.Table:
    """Reads a dataset as an Arrow table, with each column's description in its metadata.

    Args:
        out: Output folder of `svar run`, or an fsspec address.
        name: reports, sections, answers, themes, problems or corrections.

    Raises:
        WrongUseError: There is no such dataset, or it was written with another schema version.
    """
    if name not in DATASETS:
        raise WrongUseError(f"There is no dataset {name!r}. Use one of {', '.join(DATASETS)}.")
    store = open_store(str(out))
    parts = part_names(store, name)
    if not parts and part_names(store, DATASETS[0]):  # written by a version without this dataset
        return SCHEMAS[name].empty_table()
    if not parts:
        raise WrongUseError(f"{out} has no {name}. Give the output folder of `svar run`.")
    return pa.concat_tables(_read(store, file_name(name, part), name) for part in parts)


def _read(store: Store, file: str, name: str) -> pa.Table:
    with store.open(file) as opened:
        table = pq.ParquetFile(opened).read()
    version = (table.schema.metadata or {}).get(b"schema_version", b"").decode()
    if version != SCHEMA_VERSION:
        raise OtherVersionError(
            f"{file} was written with schema version {version or 'unknown'}; this is "
            f"{SCHEMA_VERSION}. Run `svar run … --force` to rewrite it."
        )
    table = _with_new_columns(table, SCHEMAS[name])
    missing = [column for column in SCHEMAS[name].names if column not in table.schema.names]
    if missing:
        raise OtherVersionError(
            f"{file} has no column {', '.join(missing)}: an earlier version of svar wrote it. Run "
            "`svar run …` to rewrite it."
        )
    return table.cast(SCHEMAS[name])


def _with_new_columns(table: pa.Table, schema: pa.Schema) -> pa.Table:
    """A table with columns added by later versions, filled with empty lists or null."""
    if table.schema.names == schema.names:
        return table
    for field in schema:
        if field.name not in table.schema.names and pa.types.is_list(field.type):
            empty = pa.array([[]] * table.num_rows, field.type)
            table = table.append_column(field, empty)
        elif field.name not in table.schema.names and field.nullable:
            table = table.append_column(field, pa.nulls(table.num_rows, field.type))
    known = [name for name in schema.names if name in table.schema.names]
    return table.select(known)
