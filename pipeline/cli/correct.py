"""`svar correct`: apply reviewers' corrections to the datasets."""

from __future__ import annotations

from pathlib import Path

import click

from pipeline.cli._options import Choices
from pipeline.exit_codes import ExitCode
from pipeline.wording import counted

FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.command()
@click.argument("out", metavar="DIR")
@click.option(
    "--form", "forms", type=FILE, multiple=True, help="Form file that was given to `run`."
)
@click.option("--themes", type=FILE, help="Theme lexicon that was given to `run`.")
@click.option("--dry-run", is_flag=True, help="Show what would be done, without doing it.")
def command(*, out: str, forms: tuple[Path, ...], themes: Path | None, dry_run: bool) -> int:
    """Apply reviewers' corrections to the datasets.

    \b
    Examples:
      svar correct data/processed
      svar correct data/processed --dry-run

    DIR is the output folder of `svar run`. Corrections are made in the browser (`svar open`) and
    stored in DIR/reviews, one file per reviewer. No report is read again: the datasets get the
    corrected text and its themes, `answers.corrected` names the corrected fields, and
    `corrections` records the original reading and the outcome of each correction. `svar run`
    applies corrections too.
    """
    from pipeline.corrections.republish import republish
    from pipeline.reading import load_table
    from pipeline.store import open_store

    loaded, taxonomy = Choices(forms, themes).rules()
    done = republish(open_store(out), loaded, taxonomy, dry_run=dry_run)
    would = "Would update" if dry_run else "Updated"
    click.echo(f"{would} {_reports(len(done.sources))}.")
    for source in done.to_read:
        click.echo(
            f"{source}: what was read is not kept. `svar run` reads it again and applies its "
            "corrections.",
            err=True,
        )
    if not dry_run:
        states = load_table(out, "corrections").column("state").to_pylist()
        counts = ", ".join(f"{states.count(state)} {state}" for state in sorted(set(states)))
        click.echo(f"Corrections: {counts or 'none'}.")
    return ExitCode.SOME_FAILED if done.to_read else ExitCode.OK


def _reports(count: int) -> str:
    return counted(count, "report")
