"""Read-only SQL over the datasets: each is a table with the dataset's name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from models.datasets import DATASETS
from pipeline.errors import WrongUseError
from pipeline.reading import load_table

if TYPE_CHECKING:
    from collections.abc import Sequence


def query(out: str, sql: str) -> tuple[list[str], list[Sequence[object]]]:
    """Returns names of columns and rows of a query over the datasets of an output.

    The query sees the tables `reports`, `sections`, `answers`, `themes` and so on, and no files,
    networks or extensions.

    Args:
        out: Output folder of `svar run`, or an fsspec address.
        sql: One SQL statement of DuckDB.

    Raises:
        WrongUseError: There are no datasets, or DuckDB refuses the statement.
    """
    import duckdb  # noqa: PLC0415 - costs start-up time where it is not needed

    with duckdb.connect(":memory:") as connection:
        for name in DATASETS:
            connection.register(name, load_table(out, name))
        connection.execute("SET enable_external_access = false")
        connection.execute("SET lock_configuration = true")
        try:
            result = connection.execute(sql)
            columns = [column[0] for column in result.description or ()]
            return columns, list(result.fetchall())
        except duckdb.Error as error:
            raise WrongUseError(
                f"The query failed. {str(error).strip()}\n"
                f"The tables are {', '.join(DATASETS)}; `svar codebook` lists their columns."
            ) from error
