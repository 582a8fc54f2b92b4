"""`svar codebook`: the columns of the datasets, in words."""

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
    help="Swedish, English, or one after the other.",
)
@click.option(
    "-o",
    "--output",
    type=click.Path(dir_okay=False, path_type=Path),
    help="File to write instead of printing.",
)
def command(*, language: str, output: Path | None) -> int:
    """Say what each column of the datasets holds, as Markdown.

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
