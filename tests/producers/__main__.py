"""Prints how right each variant is read: `python -m tests.producers`."""

from __future__ import annotations

import logging
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from fnmatch import fnmatch
from itertools import repeat
from pathlib import Path

import click

from tests.producers import VARIANTS, Variant, is_installed
from tests.producers.programs import INSTALL, forget_profile
from tests.producers.reading import Settings, read_board
from tests.producers.scoring import Miss, Score

CACHE = Path("build/producers")
_HEAD = f"{'variant':42}{'rows':>6}{'exact':>9}{'but -':>9}{'lost':>6}{'false':>6}{'silent':>8}"


@click.command()
@click.option("--variants", "globs", default="*", show_default=True, help="Globs, by commas.")
@click.option("--boards", default=2, show_default=True, help="Boards a variant.")
@click.option("--seed", default=700, show_default=True, help="Seed of the first board.")
@click.option("--jobs", default=2, show_default=True, help="Processes.")
@click.option("--cache", type=click.Path(path_type=Path), default=CACHE, show_default=True)
@click.option("--show", help="List the misses of the variants that this glob names.")
@click.option("--markdown", is_flag=True, help="Print a table with a line a producer as well.")
@click.option("--classes", is_flag=True, help="Count misses by the fields that differ.")
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
    save: Path | None,
    chapters: int,
) -> None:
    """Draws boards by real programs, reads them, and scores what was read.

    \b
    Examples:
      python -m tests.producers --variants 'pdf/chromium*' --boards 4
      python -m tests.producers --show pdf/chromium-grid

    Columns: exact, and right but for blanks, line ends and hyphens, in per cent of the rows; rows
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
        block = [variant for variant in able if variant.held_out is held_out]
        if block:
            click.echo("\n".join(_block(title, block, scores)))
    shown = [miss for variant in able if show for miss in scores[variant.name].misses]
    for miss in shown:
        click.echo("\n".join(_miss(miss)))
    if markdown:
        click.echo("\n".join(_markdown(able, scores)))
    if classes:
        click.echo("\n".join(_classes(able, scores)))


def _block(title: str, variants: Iterable[Variant], scores: dict[str, Score]) -> Iterator[str]:
    yield f"\n{title}\n{_HEAD}"
    kinds: dict[str, Score] = {}
    for variant in variants:
        yield _line(variant.name, scores[variant.name])
        kinds[variant.kind] = kinds.get(variant.kind, Score()) + scores[variant.name]
    for kind, total in kinds.items():
        yield _line(f"all {kind}", total)


def _markdown(variants: Iterable[Variant], scores: dict[str, Score]) -> Iterator[str]:
    """Yields a Markdown table, a line a producer; those held out of tuning bear a star."""
    groups: dict[str, Score] = {}
    for variant in variants:
        name = variant.producer + (" *" if variant.held_out else "")
        groups[name] = groups.get(name, Score()) + scores[variant.name]
    yield "| producer | rows | exact | but for blanks | lost | false | silent |"
    yield "|---|---|---|---|---|---|---|"
    for name, one in groups.items():
        rows = max(one.rows, 1)
        exact, nearly = (_percent(part, rows).strip() for part in (one.exact, one.nearly))
        silent = f"{100 * one.silent / rows:.1f} %"
        counts = f"{one.lost} | {one.false} | {silent}"
        yield f"| {name} | {one.rows:,} | {exact} % | {nearly} % | {counts} |"


def _line(name: str, one: Score) -> str:
    rows = max(one.rows, 1)
    silent = f"{one.silent:4}{100 * one.silent / rows:5.1f}"
    return (
        f"{name:42}{one.rows:6}{_percent(one.exact, rows)}{_percent(one.nearly, rows)}"
        f"{one.lost:6}{one.false:6} {silent}"
    )


def _percent(part: int, whole: int) -> str:
    """A share in per cent, rounded down: what is not all does not look like all."""
    return f"{int(1000 * part / whole) / 10:9.1f}"


def _classes(variants: Iterable[Variant], scores: dict[str, Score]) -> Iterator[str]:
    counts: Counter[str] = Counter()
    where: dict[str, Counter[str]] = {}
    for variant in variants:
        if variant.held_out:
            continue
        for miss in scores[variant.name].misses:
            kind = f"{variant.kind} {miss.kind}{' (blanks)' if miss.blanks else ''}"
            counts[kind] += 1
            where.setdefault(kind, Counter())[variant.name] += 1
    for kind, count in counts.most_common():
        worst = ", ".join(f"{name} {n}" for name, n in where[kind].most_common(4))
        yield f"{count:5} {kind}: {worst}"


def _miss(miss: Miss) -> Iterator[str]:
    row = miss.expected or miss.found
    assert row is not None
    sign = "SILENT" if miss.silent else "doubted"
    flags = ",".join(miss.found.flags) if miss.found else ""
    page = miss.found.page_first if miss.found else None
    yield f"\n[{miss.seed}] {row.key} {miss.kind} {sign} {flags} page {page}"
    if miss.expected is None or miss.found is None:
        yield f"    {row.question!r} | {row.detail!r} | {row.answer!r} | {row.comment[:80]!r}"
        return
    for name in miss.kind.split("+"):
        expected, found = (str(getattr(one, name) or "") for one in (miss.expected, miss.found))
        start = next(
            (n for n, pair in enumerate(zip(expected, found, strict=False)) if pair[0] != pair[1]),
            min(len(expected), len(found)),
        )
        at = max(start - 30, 0)
        yield f"    {name} at {start}: true {expected[at : start + 60]!r}"
        yield f"    {'':{len(name) + len(str(start)) + 4}} read {found[at : start + 60]!r}"


if __name__ == "__main__":
    logging.disable(logging.WARNING)
    try:
        main()
    finally:
        forget_profile()
        sys.stdout.flush()
