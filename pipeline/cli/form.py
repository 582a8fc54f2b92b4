"""`svar form`: makes a form of a report, tries it, and lists pictures that are answers."""

from __future__ import annotations

from pathlib import Path

import click

from pipeline.cli import _console
from pipeline.exit_codes import ExitCode

_REPORTS = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.group()
def command() -> None:
    """Make a form file for a questionnaire of your own, and try it.

    \b
    Examples:
      svar form suggest report.pdf -o our-form.toml
      svar form check our-form.toml report.pdf another.docx
      svar form icons report.pdf
    """


@command.command()
@click.argument("reports", nargs=-1, required=True, type=_REPORTS, metavar="REPORT...")
@click.option(
    "-o",
    "--output",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Form file to write; without it the form is printed.",
)
@click.option("--force", is_flag=True, help="Write over a file that is there.")
@click.option(
    "--password-file",
    type=_REPORTS,
    help="File with passwords for encrypted files, one per line.",
)
def suggest(
    *, reports: tuple[Path, ...], output: Path | None, force: bool, password_file: Path | None
) -> int:
    """Draft a form from reports of a questionnaire that no form knows.

    Finds the tables that return, what each column seems to hold and why, the answer words, the
    references and the sections; or the questions outside tables. Several reports of the same
    questionnaire tell questions from comments better than one.

    What is only guessed is marked GUESS in the form: look there first. Exit code 4: there are
    neither tables nor questions.
    """
    from pipeline.cli._options import read_passwords
    from pipeline.forms.suggesting import FormExistsError, suggest_form

    try:
        drafted = suggest_form(
            reports, output, force=force, passwords=read_passwords(password_file)
        )
    except FormExistsError as error:
        raise click.UsageError(str(error)) from error
    for problem in drafted.problems:
        click.echo(problem, err=True)
    if drafted.text is None:
        return ExitCode.NOTHING
    if output is None:
        click.echo(drafted.text, nl=False)
    else:
        _console.show(drafted.summary, pager=False)
        known = " ".join(map(str, reports))
        click.echo(f"\nWrote {output}. Look at it, then try it:\n")
        click.echo(f"  {_console.program()} form check {output} {known}")
    return ExitCode.SOME_FAILED if drafted.problems else ExitCode.OK
