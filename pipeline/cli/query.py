"""`svar query`: query the datasets with SQL."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from pipeline.cli import _console
from pipeline.cli._output import output_options
from pipeline.exit_codes import ExitCode

if TYPE_CHECKING:
    from pipeline.cli._output import Output


@click.command()
@click.argument("out", metavar="DIR")
@click.argument("sql", metavar="SQL")
@output_options(page=False)
def command(*, out: str, sql: str, output: Output) -> int:
    """Query the datasets in DIR with SQL.

    \b
    Examples:
      svar query data/processed "SELECT key, code, count(*) AS boards FROM answers GROUP BY ALL"
      svar query data/processed "SELECT organisation, assertion, sentence FROM themes
        JOIN reports USING (report_id) WHERE theme = 'sspf'" --format csv -o sspf.csv

    DIR is the output folder of `svar run`. Each dataset is a table with the dataset's name:
    reports, sections, answers, themes, problems and so on; `svar codebook` lists their columns.
    The SQL dialect is DuckDB's. A query cannot write anything or read any other file.
    """
    from pipeline.query import query
    from pipeline.tabular import as_text

    columns, rows = query(out, sql)
    width = _console.width()
    output.write(as_text(columns, rows, output.format, excel=output.excel, width=width))
    return ExitCode.OK
