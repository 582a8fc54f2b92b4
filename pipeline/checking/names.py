"""Names of boards: equal up to case and whitespace, or by a list of aliases."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from dataclasses import dataclass, field
from io import StringIO
from pathlib import Path

HEADS = {"board", "boards", "name", "nämnd", "nämnder", "namn"}
"""First fields that make a line a header rather than a board."""


class BoardsFileError(ValueError):
    """A file of boards cannot be used. The message names the line and how to fix it."""


@dataclass(frozen=True, slots=True)
class Aliases:
    """Boards by each of their names.

    Attributes:
        boards: Names of the listed boards, in the order of the list.
        names: The board that each folded name refers to.
    """

    boards: tuple[str, ...] = ()
    names: dict[str, str] = field(default_factory=dict)

    def board(self, name: str) -> str:
        """Returns the folded name of the board that a name refers to."""
        return fold(self.names.get(fold(name), name))


def fold(name: str) -> str:
    """Returns a name with case folded and whitespace collapsed."""
    return " ".join(name.casefold().split())


def read_boards(path: Path) -> Aliases:
    """Reads boards from a file: one per line, followed by its alternative names.

    Names are separated by semicolons or tabs, as in CSV from a Swedish Excel, and not by commas,
    since many boards have one in their name. The first line may be a header.

    Raises:
        BoardsFileError: The file cannot be read, or a name refers to two boards.
    """
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise BoardsFileError(f"{path} cannot be read as UTF-8 text: {error}") from error
    return aliases(_rows(text), str(path))


def aliases(rows: Sequence[tuple[int, Sequence[str]]], where: str) -> Aliases:
    """Builds boards from rows of names.

    Args:
        rows: Line number and the names on that line, the board's own name first.
        where: How to refer to their source in a message.

    Raises:
        BoardsFileError: A name refers to two boards.
    """
    boards: list[str] = []
    names: dict[str, str] = {}
    for number, row in rows:
        board = row[0]
        for name in row:
            other = names.setdefault(fold(name), board)
            if other != board:
                raise BoardsFileError(
                    f"{where}, line {number}: {name!r} is already a name of {other!r}. "
                    "Remove one of them."
                )
        boards.append(board)
    return Aliases(tuple(dict.fromkeys(boards)), names)


def _rows(text: str) -> list[tuple[int, list[str]]]:
    reader = csv.reader(StringIO(text), delimiter=";" if ";" in text else "\t")
    rows: list[tuple[int, list[str]]] = []
    for fields in reader:
        names = [" ".join(name.split()) for name in fields if name.strip()]
        if names and not (not rows and fold(names[0]) in HEADS):
            rows.append((reader.line_num, names))
    return rows
