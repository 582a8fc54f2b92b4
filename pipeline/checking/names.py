"""Names of boards: which are the same in spite of case and blanks, or by a list of aliases."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from dataclasses import dataclass, field
from io import StringIO
from pathlib import Path

HEADS = {"board", "boards", "name", "nämnd", "nämnder", "namn"}
"""First fields that make a line a head, and no board."""


class BoardsFileError(ValueError):
    """A file of boards cannot be used. The message names the line and how to fix it."""


@dataclass(frozen=True, slots=True)
class Aliases:
    """Boards by every name that they go by.

    Attributes:
        boards: Names of the boards that are listed, in the order of the list.
        names: The board that each folded name means.
    """

    boards: tuple[str, ...] = ()
    names: dict[str, str] = field(default_factory=dict)

    def board(self, name: str) -> str:
        """Returns the folded name of the board that a name means."""
        return fold(self.names.get(fold(name), name))


def fold(name: str) -> str:
    """Returns a name without regard to case and to the number of blanks."""
    return " ".join(name.casefold().split())


def read_boards(path: Path) -> Aliases:
    """Reads boards from a file: a board a line, with its other names after it.

    Names are parted by semicolons or tabs, as a Swedish Excel writes CSV, and not by commas, for
    many boards have one in their name. The first line may be a head.

    Raises:
        BoardsFileError: The file cannot be read, or a name means two boards.
    """
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise BoardsFileError(f"{path} cannot be read as UTF-8 text: {error}") from error
    return aliases(_rows(text), str(path))


def aliases(rows: Sequence[tuple[int, Sequence[str]]], where: str) -> Aliases:
    """Returns boards from rows of names.

    Args:
        rows: Number of the line, and the names on it, the board's own first.
        where: What to call their source in a message.

    Raises:
        BoardsFileError: A name means two boards.
    """
    boards: list[str] = []
    names: dict[str, str] = {}
    for number, row in rows:
        board = row[0]
        for name in row:
            other = names.setdefault(fold(name), board)
            if other != board:
                raise BoardsFileError(
                    f"{where}, line {number}: {name!r} is a name of {other!r} already. Remove one."
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
