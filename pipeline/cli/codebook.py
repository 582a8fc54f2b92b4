"""`svar codebook`: describe the columns of the datasets."""

from __future__ import annotations

from pathlib import Path

import click

from pipeline.exit_codes import ExitCode


@click.command()
@click.option(
    "--language",
    type=click.Choice(["sv", "en", "both"]),
    default="sv",
    show_default=True,
    help="Swedish, English, or both.",
)
@click.option(
    "-o",
    "--output",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Write to this file instead of standard output.",
)
def command(*, language: str, output: Path | None) -> int:
    """Describe every column of the datasets, as Markdown.

    \b
    Examples:
      svar codebook
      svar codebook --language en -o kodbok.md
    """
    from pipeline.codebook import codebook

    text = codebook(language)
    if output is None:
        click.echo(text, nl=False)
        return ExitCode.OK
    try:
        output.write_text(text, encoding="utf-8", newline="\n")
    except OSError as error:
        raise click.UsageError(f"{output} cannot be written ({error.strerror}).") from error
    return ExitCode.OK
