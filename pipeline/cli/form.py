"""`svar form`: drafts a form from reports, tries it, and lists pictures that are answers."""

from __future__ import annotations

from functools import partial
from pathlib import Path

import click

from pipeline.cli import _console
from pipeline.cli._options import Choices, reading_options
from pipeline.exit_codes import ExitCode

_REPORTS = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.group()
def command() -> None:
    """Make a form file for your own questionnaire, and try it.

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
    help="Form file to write; by default the form is printed.",
)
@click.option("--force", is_flag=True, help="Overwrite an existing file.")
@reading_options
def suggest(
    *, reports: tuple[Path, ...], output: Path | None, force: bool, choices: Choices
) -> int:
    """Draft a form from reports of a new questionnaire.

    Finds recurring tables, what each column seems to hold and why, the answer words, the references
    and the sections; or the questions outside tables. With several reports of the same
    questionnaire, questions are distinguished from comments more reliably.

    Guesses are marked GUESS in the form: check these first. Exit code 4 means that there are
    neither tables nor questions.
    """
    from pipeline.forms.suggesting import FormExistsError, suggest_form

    try:
        drafted = suggest_form(reports, output, choices.passwords(), choices.limits(), force=force)
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
        click.echo(f"\nWrote {output}. Review it, then try it:\n")
        click.echo(f"  {_console.program()} form check {output} {known}")
    return ExitCode.SOME_FAILED if drafted.problems else ExitCode.OK


@command.command()
@click.argument("form", type=_REPORTS, metavar="FORM")
@click.argument("reports", nargs=-1, type=_REPORTS, metavar="[REPORT...]")
@reading_options
def check(*, form: Path, reports: tuple[Path, ...], choices: Choices) -> int:
    """Check a form for mistakes, and try it on reports.

    A mistake in the form is reported with its line and how to fix it (exit code 2). With reports,
    counts what the form reads from each: rows, answers, known words, references, sections,
    comments, doubtful rows and lines left out; and says what does not fit (exit code 3), or that
    nothing was read (4).
    """
    from extractors.rules import user_form
    from models.rules_file import RuleFileError
    from pipeline.checking.shown import visible
    from pipeline.forms.checking import COLUMNS, check_form
    from pipeline.forms.trying import try_form
    from pipeline.tabular import as_text

    try:
        loaded = user_form(form)
    except RuleFileError as error:
        raise click.UsageError(str(error)) from error
    if not reports:
        tables, words = len(loaded.tables), len(loaded.answers)
        click.echo(f"{form}: no mistakes; {tables} kinds of tables, {words} answer words.")
        return ExitCode.OK
    checked = check_form(loaded, try_form(loaded, reports, choices.passwords(), choices.limits()))
    click.echo(as_text(COLUMNS, checked.rows, "table", width=_console.width()), nl=False)
    for line in (*checked.findings, *checked.notes):
        click.echo(f"\n{visible(line)}")
    if checked.failed == len(reports) and not any(row[1] for row in checked.rows):
        return ExitCode.NOTHING
    return ExitCode.SOME_FAILED if checked.findings else ExitCode.OK


@command.command()
@click.argument("report", type=_REPORTS, metavar="REPORT")
@reading_options
def icons(*, report: Path, choices: Choices) -> int:
    """List the pictures and colours of a report, with counts and pages.

    Their names are the values of `looks` in a form's [[icons]]. Exit code 4 means that there are
    none.
    """
    from extractors.extract import read_document
    from extractors.options import Options
    from extractors.readers.errors import ReadError
    from extractors.suggesting.looks import count_looks
    from extractors.suggesting.wording import pages_text
    from pipeline.guard import read_guarded
    from pipeline.tabular import as_text

    options = Options(passwords=choices.passwords())
    try:
        read = partial(read_document, report.read_bytes(), report.name)
        counts = count_looks(read_guarded(read, report.name, options, choices.limits()))
    except ReadError as error:
        click.echo(f"{report}: {error.message}", err=True)
        return ExitCode.NOTHING
    if not counts:
        click.echo(f"{report}: there are no pictures or colours that can be answers.", err=True)
        return ExitCode.NOTHING
    rows = []
    for looks in sorted({looks for looks, _ in counts}):
        own = {page: count for (name, page), count in counts.items() if name == looks}
        pages = pages_text([page for page in own if page])
        rows.append((looks, sum(own.values()), pages))
    rows.sort(key=lambda row: -row[1])
    click.echo(as_text(("looks", "count", "pages"), rows, "table"), nl=False)
    return ExitCode.OK
