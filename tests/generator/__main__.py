"""Writes files and their gold side by side: `python -m tests.generator OUT --boards 3 --seed 1`."""

from __future__ import annotations

from pathlib import Path

import click

from models.report import to_json
from tests.generator import KINDS, Rendered, make_board, render


def write(folder: Path, made: Rendered) -> None:
    """Writes a file and its gold, which bears the file's name and `.gold.json`."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / made.name).write_bytes(made.data)
    gold = to_json(made.truth, indent=1) + "\n"
    (folder / f"{made.name}.gold.json").write_text(gold, encoding="utf-8")


@click.command(epilog="Example: python -m tests.generator data/processed/boards --boards 3")
@click.argument("out", type=click.Path(path_type=Path, file_okay=False))
@click.option("--boards", default=10, show_default=True, help="How many boards.")
@click.option("--seed", default=0, show_default=True, help="Seed of the first board.")
@click.option("--kinds", default=",".join(KINDS), show_default=True, help="Kinds, by commas.")
def main(out: Path, boards: int, seed: int, kinds: str) -> None:
    """Invents boards and writes their reports into OUT, each beside its gold."""
    wanted = kinds.split(",")
    for kind in wanted:
        if kind not in KINDS:
            raise click.BadParameter(f"{kind!r} is none of {', '.join(KINDS)}.")
    for number in range(seed, seed + boards):
        board = make_board(number)
        for kind in wanted:
            write(out, render(board, kind, number))
    click.echo(f"{boards * len(wanted)} reports of {boards} boards in {out}")


if __name__ == "__main__":
    main()
