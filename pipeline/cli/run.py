"""`svar run`: read reports and write the datasets."""

from __future__ import annotations

import os
import sys
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import click

from pipeline.cli import _console
from pipeline.cli._options import Choices, extraction_options
from pipeline.cli._streams import unguarded
from pipeline.exit_codes import ExitCode
from pipeline.wording import counted

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipeline.listeners import Listener
    from pipeline.request import Outcome, Request


@dataclass(frozen=True, slots=True)
class _Verbosity:
    """How much is printed, and where."""

    verbose: bool
    quiet: bool
    log_file: Path | None


@click.command()
@click.argument("paths", nargs=-1, required=True, metavar="PATH…")
@click.option("--out", required=True, metavar="DIR", help="Output folder, or an fsspec address.")
@click.option(
    "--jobs",
    type=click.IntRange(1),
    default=lambda: os.cpu_count() or 1,
    show_default="one per processor",
    help="Number of reports to read in parallel.",
)
@extraction_options
@click.option("--retry-failed", is_flag=True, help="Retry reports that failed before.")
@click.option("--force", is_flag=True, help="Read and write everything again.")
@click.option(
    "--allow-removals",
    is_flag=True,
    help="Remove reports whose files are gone, however many there are.",
)
@click.option(
    "--versions",
    metavar="RULE",
    default="",
    help="Which of several reports of one board counts: `name` (the last by name), `date` (the "
    "last modified), or a file that lists those that count.  [default: all of them]",
)
@click.option("--dry-run", is_flag=True, help="Show what would be done, without doing it.")
@click.option(
    "--engine",
    type=click.Choice(["local", "dask"]),
    default="local",
    show_default=True,
    help="Run processes on this machine, or use Dask.",
)
@click.option(
    "--scheduler", default="", metavar="ADDR", help="Dask scheduler, e.g. tcp://host:8786."
)
@click.option(
    "--log-file",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Write all events to this file, as JSON Lines.",
)
@click.option("-v", "--verbose", is_flag=True, help="Print a line for every report.")
@click.option("-q", "--quiet", is_flag=True, help="Print only errors.")
def command(
    *,
    paths: tuple[str, ...],
    out: str,
    jobs: int,
    choices: Choices,
    retry_failed: bool,
    force: bool,
    allow_removals: bool,
    versions: str,
    dry_run: bool,
    engine: str,
    scheduler: str,
    log_file: Path | None,
    verbose: bool,
    quiet: bool,
) -> int:
    """Read reports and write the datasets.

    \b
    Examples:
      svar run data/raw --out data/processed
      svar run data/raw --out data/processed --dry-run

    PATHs are folders or files (.pdf, .docx, .odt, .html, .txt), or fsspec addresses such as
    s3://bucket/folder. Only reports that are new or changed since the last run are read.
    Afterwards the datasets in DIR match the PATHs: a report that is gone from the PATHs is
    removed from the datasets. A run that would remove more than a quarter of the reports stops
    and asks for --allow-removals.
    """
    from pipeline.store import has_datasets

    if engine == "local" and not dry_run and (force or not has_datasets(out)):
        from pipeline.fork_server import start_early  # there will be something to read

        start_early()
    from pipeline.request import Request
    from pipeline.versions import version_rule
    from pipeline.worker import Setup

    if scheduler and engine != "dask":
        raise click.UsageError(
            "--scheduler can only be used with --engine dask. Give both or neither."
        )
    forms, taxonomy = choices.rules()
    setup = Setup(
        forms, taxonomy, choices.options(), timeout=choices.timeout, memory=choices.memory
    )
    request = Request(
        paths,
        out,
        setup,
        jobs,
        engine,
        scheduler,
        force=force,
        retry_failed=retry_failed,
        allow_removals=allow_removals,
        versions=version_rule(versions),
    )
    verbosity = _Verbosity(verbose, quiet, log_file)
    return _show_plan(request, verbose) if dry_run else _run(request, verbosity)


def _show_plan(request: Request, verbose: bool) -> int:
    from pipeline.batch import dry_run
    from pipeline.summary import plan_lines

    plan, inputs = dry_run(request)
    click.echo(f"Would read {counted(plan.to_read(), 'report')}:")
    for line in plan_lines(plan, inputs, names=verbose):
        click.echo(line)
    return ExitCode.OK if plan.wanted else ExitCode.NOTHING


def _run(request: Request, verbosity: _Verbosity) -> int:
    from pipeline.batch import run
    from pipeline.listeners import Listeners
    from pipeline.quick_start import import_arrow

    import_arrow()
    with ExitStack() as stack:
        outcome = run(request, Listeners(list(_listeners(verbosity, stack))))
    if not verbosity.quiet:
        click.echo(_summary(request, outcome), nl=False)
    if outcome.interrupted:
        click.echo(
            "Interrupted. What has been published is intact; run again to continue.", err=True
        )
        return ExitCode.INTERRUPTED
    statuses = outcome.contents.statuses
    if not outcome.contents.inputs:
        click.echo(
            "No reports were found. Give a folder with .pdf, .docx, .odt, .html or .txt.", err=True
        )
    if not statuses["ok"] + statuses["partial"]:
        return ExitCode.NOTHING
    return ExitCode.SOME_FAILED if statuses["failed"] else ExitCode.OK


def _listeners(verbosity: _Verbosity, stack: ExitStack) -> Iterator[Listener]:
    """Yields the listeners that report on the run as requested."""
    from rich.console import Console

    from pipeline.progress import Bar, JsonLog, Lines, Names

    def say(line: str) -> None:
        click.echo(line, err=True)

    if verbosity.log_file:
        try:
            file = verbosity.log_file.open("w", encoding="utf-8")
        except OSError as error:
            raise click.UsageError(f"{verbosity.log_file} cannot be written: {error}") from error
        yield stack.enter_context(JsonLog(file))
    if verbosity.quiet:
        return
    if verbosity.verbose:
        yield Names(say)
    elif sys.stderr.isatty():
        yield Bar(Console(file=unguarded(sys.stderr)))
    else:
        yield Lines(say)


def _summary(request: Request, outcome: Outcome) -> str:
    from rich.text import Text

    from pipeline.summary import content_items, next_steps, report_line, skipped_lines

    head = (
        report_line(outcome.contents, outcome.plan, outcome.read),
        *skipped_lines(outcome.inputs),
    )
    plain = [Text(line) for line in head]
    steps = next_steps(_console.program(), request.out, outcome.contents, outcome.seconds)
    return _console.render(*plain, *content_items(outcome.contents), *map(Text, steps))
