"""Options for how rows are written: format, file, and CSV for Excel."""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import click

from pipeline.cli import _console
from pipeline.tabular import FORMATS


@dataclass(frozen=True, slots=True)
class Output:
    """The values given for the options of `output_options`.

    Attributes:
        format: One of `pipeline.tabular.FORMATS`, or `text` if the command can show a page.
        file: File to write, or None for standard output.
        excel: Whether the CSV should open in a Swedish Excel with a double click.
    """

    format: str
    file: Path | None
    excel: bool

    def table(self, columns: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
        """Returns rows in the format."""
        from pipeline.tabular import as_text

        return as_text(columns, rows, self.format, excel=self.excel, width=_console.width())

    def write(self, text: str) -> None:
        """Writes text to the file or to standard output.

        Raises:
            click.UsageError: The file cannot be written.
        """
        if self.file is None:
            click.echo(text, nl=False)
            return
        try:
            self.file.write_text(text, encoding="utf-8", errors="backslashreplace", newline="")
        except OSError as error:
            raise click.UsageError(f"{self.file} cannot be written ({error.strerror}).") from error


def output_options(*, page: bool) -> Callable[[Callable[..., object]], Callable[..., object]]:
    """Adds --format, -o and --excel; passed to the command as `output`.

    Args:
        page: Whether the command can also show a page for people, as format `text`; that is then
            the default.
    """
    formats = ("text", *FORMATS) if page else FORMATS

    def decorate(command: Callable[..., object]) -> Callable[..., object]:
        @click.option(
            "--format",
            "output_format",
            type=click.Choice(formats),
            default=formats[0],
            show_default=True,
            help="Output format.",
        )
        @click.option(
            "-o",
            "--output",
            "file",
            type=click.Path(dir_okay=False, path_type=Path),
            help="Write to this file instead of standard output.",
        )
        @click.option(
            "--excel",
            is_flag=True,
            help="CSV for a Swedish Excel: byte order mark, semicolons, decimal commas.",
        )
        @functools.wraps(command)
        def with_output(
            *, output_format: str, file: Path | None, excel: bool, **others: object
        ) -> object:
            if excel and output_format != "csv":
                raise click.UsageError("--excel can only be used with --format csv.")
            return command(output=Output(output_format, file, excel), **others)

        return with_output

    return decorate
