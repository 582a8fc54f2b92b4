"""`svar summary`: summarise the answers on one printable page with figures."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from pipeline.cli._options import publishing_options, selection_options
from pipeline.cli._places import FOLDER
from pipeline.exit_codes import ExitCode
from pipeline.wording import counted

if TYPE_CHECKING:
    from pipeline.checking.selection import Selection


@click.command()
@click.argument("out", metavar="DIR", type=FOLDER)
@publishing_options(
    file="HTML file to write.",
    language="Language of the page.",
)
@click.option(
    "--figures",
    type=click.Path(file_okay=False, path_type=Path),
    help="Folder to write each figure to as SVG and PNG, for use in a report.",
)
@click.option(
    "--sentences",
    type=click.IntRange(min=1),
    default=10,
    show_default=True,
    help="Maximum number of sentences shown per theme.",
)
@click.option(
    "--previous",
    type=FOLDER,
    help="Output folder of the previous year, to show what has changed.",
)
@click.option(
    "--expected",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="File with the boards that should answer, one per line; alternative names of a board "
    "follow it, separated by semicolons.",
)
@selection_options
def command(
    *,
    out: str,
    output: Path,
    figures: Path | None,
    sentences: int,
    previous: str | None,
    expected: Path | None,
    selection: Selection,
    language: str,
    lexicon: Path | None,
) -> int:
    """Summarise the answers on one page with figures.

    \b
    Examples:
      svar summary data/processed -o summary.html
      svar summary data/processed -o summary.html --figures figures
      svar summary data/this-year -o summary.html --previous data/last-year
      svar summary data/processed -o sspf.html --theme sspf --sentences 50

    DIR is the output folder of `svar run`. The page is one HTML file without scripts that needs no
    network. It covers what is missing, answers by section, by question and by board, themes and
    what is said about them, contradictions, sections not asked, and how reliable the reading is.
    Below each figure is a table of its numbers.
    """
    from extractors.themes import user_taxonomy
    from models.rules_file import RuleFileError
    from pipeline.checking.names import BoardsFileError, read_boards
    from pipeline.checking.selection import UnknownNameError, with_theme_id
    from pipeline.checking.verdicts import VerdictError
    from pipeline.cli._progress import progress_bar
    from pipeline.errors import BatchError, NoDatasetsError
    from pipeline.publishing.summary.writing import Summary, summarise

    try:
        boards = read_boards(expected) if expected else None
        taxonomy = user_taxonomy(lexicon)
        picked = with_theme_id(selection, taxonomy)
        want = Summary(out, taxonomy, picked, language, sentences, previous, boards)
        with progress_bar() as tell:
            answers = summarise(want, output, figures, tell)
    except (
        BatchError,
        BoardsFileError,
        NoDatasetsError,
        RuleFileError,
        UnknownNameError,
        VerdictError,
    ) as error:
        raise click.UsageError(str(error)) from error
    click.echo(f"Wrote a summary of {counted(answers, 'answer')} to {output}.", err=True)
    return ExitCode.OK
