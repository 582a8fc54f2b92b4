"""`svar status`: summarise an output: its contents, its age, what failed and why."""

from __future__ import annotations

from dataclasses import astuple
from typing import TYPE_CHECKING

import click

from pipeline.cli import _console
from pipeline.cli._output import output_options
from pipeline.exit_codes import ExitCode

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rich.console import RenderableType

    from pipeline.cli._output import Output
    from pipeline.status import OutputStatus

MOST_FAILED = 20
MOST_RUNS = 5


@click.command()
@click.argument("out", metavar="DIR")
@click.option("--all", "show_all", is_flag=True, help="List every failed report and every run.")
@click.option("--json", "as_json", is_flag=True, help="Print everything as one JSON object.")
@output_options(page=True)
def command(*, out: str, show_all: bool, as_json: bool, output: Output) -> int:
    """Summarise the datasets in DIR and list what failed.

    \b
    Examples:
      svar run data/raw --out data/processed && svar status data/processed
      svar status data/processed --json
      svar status data/processed --format csv -o failed.csv

    With --format, the reports that failed are written as rows.
    """
    from pipeline.status import read_status

    status = read_status(out)
    if as_json:
        output.write(_as_json(status) + "\n")
    elif output.format != "text":
        rows = (astuple(failed) for failed in status.failed)
        output.write(output.table(("source", "code", "message", "advice"), rows))
    else:
        output.write(_console.render(*_items(status, show_all)))
    return ExitCode.OK


def _as_json(status: OutputStatus) -> str:
    import json
    from dataclasses import asdict

    from pipeline.run_record import content_counts

    content = {
        "contents": content_counts(status.contents),
        "failed": [asdict(failed) for failed in status.failed],
        "runs": status.runs,
        "damaged": status.damaged,
    }
    return json.dumps(content, indent=1, ensure_ascii=False)


def _items(status: OutputStatus, show_all: bool) -> Iterator[RenderableType]:
    from rich.text import Text

    from pipeline.progress import one_line
    from pipeline.status import made_with, run_line
    from pipeline.summary import content_items, contents_line

    yield Text(contents_line(status.contents))
    if status.runs:
        yield Text(f"Read with {made_with(status.runs[-1])}")
    yield from content_items(status.contents)
    if status.damaged:
        yield Text(f"Incomplete, to be rewritten by the next run: {', '.join(status.damaged)}")
    shown = status.failed if show_all else status.failed[:MOST_FAILED]
    if shown:
        yield Text("Failed")
    for failed in shown:
        yield Text(f"  {one_line(failed.source)}: {failed.code}")
        yield Text(f"    {one_line(failed.message)} {one_line(failed.advice)}".rstrip())
    if len(shown) < len(status.failed):
        yield Text(f"  and {len(status.failed) - len(shown)} more: svar status --all")
    runs = status.runs if show_all else status.runs[-MOST_RUNS:]
    if runs:
        yield Text("Runs")
    for record in reversed(runs):
        yield Text(f"  {run_line(record)}")
