"""Options and calls shared by the commands that work on samples."""

from __future__ import annotations

import functools
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

import click

from pipeline.cli._options import password_option
from pipeline.cli._places import FOLDER, PLACE

if TYPE_CHECKING:
    from pipeline.checking.sampling import Sample


@dataclass(frozen=True, slots=True)
class Drawing:
    """How a sample is drawn: from where, how many answers, which seed, and which strata."""

    out: str
    count: int
    seed: int
    by: str | None

    def sample(self) -> Sample:
        """Draws the sample.

        Raises:
            click.UsageError: The folder has no datasets, or no answers.
        """
        from pipeline.checking.sampling import By, draw, read_units
        from pipeline.errors import NoDatasetsError

        by = By(self.by) if self.by else None
        try:
            units = read_units(self.out, by)
        except NoDatasetsError as error:
            raise click.UsageError(str(error)) from error
        if not units:
            raise click.UsageError(f"{self.out} has no answers to draw from.")
        return draw(units, self.count, self.seed, by)


def sampling_options(command: Callable[..., object]) -> Callable[..., object]:
    """Adds DIR, -n, --seed and --by; passed to the command as `drawing`."""

    @click.argument("out", metavar="DIR", type=PLACE)
    @click.option(
        "-n",
        "count",
        type=click.IntRange(1),
        default=60,
        show_default=True,
        help="Number of answers.",
    )
    @click.option(
        "--seed",
        type=int,
        default=1,
        show_default=True,
        help="Random seed; the same seed draws the same sample.",
    )
    @click.option(
        "--by",
        type=click.Choice(["board", "code", "flag", "theme"]),
        help="Stratify by board, answer code, flags or theme.",
    )
    @functools.wraps(command)
    def with_drawing(
        *, out: str, count: int, seed: int, by: str | None, **others: object
    ) -> object:
        return command(drawing=Drawing(out, count, seed, by), **others)

    return with_drawing


def source_options(command: Callable[..., object]) -> Callable[..., object]:
    """Adds --input and --password-file, used to find and open the source files of datasets."""
    for option in (
        password_option,
        click.option(
            "--input",
            "inputs",
            type=FOLDER,
            help="Folder the reports were read from.  [default: as recorded by the run]",
        ),
    ):
        command = option(command)
    return command
