"""Prints the scores of each variant: `python -m tests.producers`."""

from __future__ import annotations

import logging
import sys
from concurrent.futures import ProcessPoolExecutor
from fnmatch import fnmatch
from itertools import repeat
from pathlib import Path

import click

from tests.producers import VARIANTS, is_installed, tables
from tests.producers.programs import INSTALL, forget_profile
from tests.producers.reading import Settings, read_board
from tests.producers.scoring import Score

CACHE = Path("build/producers")


@click.command()
@click.option("--variants", "globs", default="*", show_default=True, help="Globs, by commas.")
@click.option("--boards", default=2, show_default=True, help="Boards a variant.")
@click.option("--seed", default=700, show_default=True, help="Seed of the first board.")
@click.option("--jobs", default=2, show_default=True, help="Processes.")
@click.option("--cache", type=click.Path(path_type=Path), default=CACHE, show_default=True)
@click.option("--show", help="List the misses of the variants that this glob names.")
@click.option("--markdown", is_flag=True, help="Print a table with a line a producer as well.")
@click.option("--classes", is_flag=True, help="Count misses by the fields that differ.")
@click.option("--flags", is_flag=True, help="Print what flags and confidence say, a kind a table.")
@click.option("--save", type=click.Path(path_type=Path), help="Write files and gold into a folder.")
@click.option("--chapters", default=0, help="Draw only so many chapters of each board; 0: all.")
def main(
    globs: str,
    boards: int,
    seed: int,
    jobs: int,
    cache: Path,
    show: str | None,
    markdown: bool,
    classes: bool,
    flags: bool,
    save: Path | None,
    chapters: int,
) -> None:
    """Renders boards with real programs, reads them, and scores what was read.

    \b
    Examples:
      python -m tests.producers --variants 'pdf/chromium*' --boards 4
      python -m tests.producers --show pdf/chromium-grid

    Columns: exact, and right except for spaces, line ends and hyphens, as a share of rows; rows
    lost, false, and silent (wrong without any sign of doubt).
    """
    patterns = (show or globs).split(",")
    chosen = [one for one in VARIANTS if any(fnmatch(one.name, p) for p in patterns)]
    able = [one for one in chosen if all(map(is_installed, one.needs))]
    for variant in chosen:
        for program in variant.needs:
            if not is_installed(program):
                click.echo(f"{variant.name}: no {program} here ({INSTALL[program]})", err=True)
    tasks = [(variant.name, number) for variant in able for number in range(seed, seed + boards)]
    scores: dict[str, Score] = {variant.name: Score() for variant in able}
    with ProcessPoolExecutor(jobs) as pool:
        names = [name for name, _ in tasks]
        settings = repeat(Settings(cache, save, chapters))
        done = pool.map(read_board, names, [number for _, number in tasks], settings)
        for name, result in zip(names, done, strict=True):
            scores[name] += result
            for error in result.errors:
                click.echo(error, err=True)
    for held_out, title in ((False, "Open to tuning"), (True, "Held out of tuning")):
        chosen_here = [variant for variant in able if variant.held_out is held_out]
        if chosen_here:
            click.echo("\n".join(tables.block(title, chosen_here, scores)))
    shown = [miss for variant in able if show for miss in scores[variant.name].misses]
    for miss in shown:
        click.echo("\n".join(tables.describe(miss)))
    if markdown:
        click.echo("\n".join(tables.markdown(able, scores)))
    if classes:
        click.echo("\n".join(tables.classes(able, scores)))
    if flags:
        click.echo("\n".join(tables.flags(able, scores)))


if __name__ == "__main__":
    logging.disable(logging.WARNING)
    try:
        main()
    finally:
        forget_profile()
        sys.stdout.flush()
