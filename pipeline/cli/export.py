"""`svar export`: write the answers as Excel, CSV, SQLite or JSON Lines."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from pipeline.cli._options import publishing_options, selection_options
from pipeline.exit_codes import ExitCode
from pipeline.wording import counted

if TYPE_CHECKING:
    from pipeline.checking.selection import Selection

SHEETS = (
    "answers", "matrix", "themes", "mentions", "not_asked", "problems", "corrections", "reports",
)  # fmt: skip


@click.command()
@click.argument("out", metavar="DIR")
@publishing_options(
    file="File to write; its extension (.xlsx, .csv, .sqlite, .jsonl) sets the format.",
    language="Language of headings and answer codes in .xlsx and .csv.",
)
@selection_options
@click.option(
    "--sheet",
    type=click.Choice(SHEETS),
    default="answers",
    show_default=True,
    help="What to write to a .csv file.",
)
@click.option(
    "--excel",
    is_flag=True,
    help="Write .csv for a Swedish Excel: byte order mark, semicolons, decimal commas, and an "
    "apostrophe before any text that Excel would take for a formula.",
)
def command(
    *,
    out: str,
    output: Path,
    selection: Selection,
    language: str,
    sheet: str,
    excel: bool,
    lexicon: Path | None,
) -> int:
    """Write the answers as Excel, CSV, SQLite or JSON Lines.

    \b
    Examples:
      svar export data/processed -o svar.xlsx
      svar export data/processed -o sspf.csv --theme sspf --excel
      svar export data/processed -o svar.sqlite

    DIR is the output folder of `svar run`. The workbook has sheets for answers, questions by
    board, themes by board, theme mentions, sections not asked, problems, corrections and reports,
    and one about the file itself. No text in it turns into a formula, link, number or date.
    Reviewers' corrections are included.
    """
    from extractors.themes import user_taxonomy
    from models.rules_file import RuleFileError
    from pipeline.checking.selection import UnknownNameError, with_theme_id
    from pipeline.checking.verdicts import VerdictError
    from pipeline.cli._progress import progress_bar
    from pipeline.errors import BatchError, NoDatasetsError
    from pipeline.publishing.export import Export, export, format_of

    try:
        if (excel or sheet != "answers") and format_of(output) != "csv":
            raise click.UsageError("--sheet and --excel can only be used with a .csv file.")
        taxonomy = user_taxonomy(lexicon)
        picked = with_theme_id(selection, taxonomy)
        want = Export(out, taxonomy, picked, language, sheet, excel)
        with progress_bar() as tell:
            answers = export(want, output, tell)
    except (BatchError, NoDatasetsError, RuleFileError, UnknownNameError, VerdictError) as error:
        raise click.UsageError(str(error)) from error
    click.echo(f"Wrote {counted(answers, 'answer')} to {output}.", err=True)
    return ExitCode.OK
