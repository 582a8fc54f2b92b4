"""Wording of findings in reports, for people."""

from __future__ import annotations

from collections.abc import Sequence

from extractors.suggesting.kinds import Kind

_EXAMPLE = 60


def named(kind: Kind) -> str:
    """Describes a kind of table by its headers, with its rows and pages."""
    heads = " | ".join(head or "(no header)" for head in kind.heads)
    on = f" on pages {pages_text(kind.pages)}" if kind.pages else ""
    return f"“{heads}” ({counted(len(kind.rows), 'row')}{on})"


def pages_text(pages: Sequence[int]) -> str:
    """Returns 1-based pages as people write them: "1-3, 7"; "" for none."""
    runs: list[list[int]] = []
    for page in sorted(pages):
        if runs and page == runs[-1][-1] + 1:
            runs[-1].append(page)
        else:
            runs.append([page])
    return ", ".join(str(run[0]) if len(run) == 1 else f"{run[0]}-{run[-1]}" for run in runs)


def shortened(text: str) -> str:
    """Returns the beginning of a text, on one line, made safe for a TOML comment."""
    line = " ".join("".join(char if char.isprintable() else " " for char in text).split())
    return line if len(line) <= _EXAMPLE else f"{line[: _EXAMPLE - 1].rstrip()}…"


def counted(number: int, noun: str) -> str:
    """Returns a number with its noun: "1 row", "2 rows"."""
    return f"{number} {noun}{'' if number == 1 else 's'}"
