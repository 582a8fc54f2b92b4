"""Writes reports and their gold: `python -m tests.generator OUT --boards 3 --seed 1`."""

from __future__ import annotations

from pathlib import Path

import click

from models.report import to_json
from tests.generator import KINDS, TOOL_KINDS, Rendered, make_board, render
from tests.generator.samples import last_year, samples


def gold_text(made: Rendered) -> str:
    """The gold as written to its file."""
    return to_json(made.truth, indent=1) + "\n"


def write(reports: Path, golds: Path, made: Rendered) -> None:
    """Writes a file and its gold, which is named after the file with `.gold.json` added."""
    for folder in (reports, golds):
        folder.mkdir(parents=True, exist_ok=True)
    (reports / made.name).write_bytes(made.data)
    (golds / f"{made.name}.gold.json").write_text(gold_text(made), encoding="utf-8", newline="\n")


@click.command()
@click.argument("out", type=click.Path(path_type=Path, file_okay=False))
@click.option("--boards", default=10, show_default=True, help="How many boards.")
@click.option("--seed", default=0, show_default=True, help="Seed of the first board.")
@click.option("--kinds", default=",".join(KINDS), show_default=True, help="Kinds, by commas.")
@click.option(
    "--samples", "only_samples", is_flag=True, help="The samples instead, into folders of OUT"
)
def main(out: Path, boards: int, seed: int, kinds: str, only_samples: bool) -> None:
    """Invents boards and writes their reports into OUT, each beside its gold.

    \b
    Examples:
      python -m tests.generator data/processed/boards --boards 3
      python -m tests.generator data --samples
    """
    if only_samples:
        for made in samples():
            write(out / "raw", out / "gold", made)
        for made in last_year():
            (out / "last-year").mkdir(exist_ok=True)
            (out / "last-year" / made.name).write_bytes(made.data)
        return
    wanted = kinds.split(",")
    for kind in wanted:
        if kind not in KINDS + TOOL_KINDS:
            raise click.BadParameter(f"{kind!r} is none of {', '.join(KINDS + TOOL_KINDS)}.")
    for number in range(seed, seed + boards):
        board = make_board(number)
        for kind in wanted:
            write(out, out, render(board, kind, number))
    click.echo(f"{boards * len(wanted)} reports of {boards} boards in {out}")


if __name__ == "__main__":
    main()
