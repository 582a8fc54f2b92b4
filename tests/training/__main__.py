"""Retrains the weights: `make train`, or `python -m tests.training KIND` for one kind."""

from __future__ import annotations

import os

import click

# One thread: on a machine that others use as well, two are many times slower.
os.environ.setdefault("OMP_NUM_THREADS", "1")
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

KINDS: dict[str, str] = {
    "dumps": "tests.training.dumps",
    "pages": "tests.training.tables",
    "ends": "tests.training.ends",
    "page-ends": "tests.training.page_ends",
    "rows": "tests.training.rows",
}
"""Kinds of sources and the modules whose `train()` writes their weights, in this order: ends are
learned in the rows found with the weights of pages, and the confidence of rows from both."""


@click.command()
@click.argument("kinds", nargs=-1, type=click.Choice(sorted(KINDS)))
def main(kinds: tuple[str, ...]) -> None:
    """Learns the weights of KINDS, or of all kinds."""
    from importlib import import_module  # noqa: PLC0415

    for kind in kinds or KINDS:
        import_module(KINDS[kind]).train()


if __name__ == "__main__":
    main()
