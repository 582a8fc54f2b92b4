"""`svar query`: SQL over the datasets."""

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
    """Ask the datasets in DIR with SQL.

    \b
    Examples:
      svar query data/processed "SELECT key, code, count(*) AS boards FROM answers GROUP BY ALL"
      svar query data/processed "SELECT organisation, assertion, sentence FROM themes
        JOIN reports USING (report_id) WHERE theme = 'sspf'" --format csv -o sspf.csv

    DIR is the output folder of `svar run`. Its datasets are tables by their names: reports,
    sections, answers, themes, problems and so on; `svar codebook` lists their columns. The
    dialect is DuckDB's. Nothing can be written, and no other file read.
    """
    from pipeline.query import query
    from pipeline.tabular import as_text

    columns, rows = query(out, sql)
    width = _console.width()
    output.write(as_text(columns, rows, output.format, excel=output.excel, width=width))
    return ExitCode.OK
