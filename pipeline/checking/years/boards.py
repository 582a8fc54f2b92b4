"""Matches the reports of two years by board."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from rapidfuzz import process

from models.report import Report, Status
from pipeline.checking.names import Aliases

NEAR = 80
"""Minimum similarity of a name that is reported as possibly another board's, in per cent."""


@dataclass(frozen=True, slots=True)
class BoardPair:
    """A board with its report from each year."""

    board: str
    old: Report
    new: Report


@dataclass(frozen=True, slots=True)
class Boards:
    """Boards of two years.

    Attributes:
        pairs: Boards with one report in each year.
        only_old: Boards with a report only in the earlier year.
        only_new: Boards with a report only in the later year.
        several: Boards with several reports in a year; they are not compared.
        unread: Unreadable files of either year, whose board is unknown.
        perhaps: Possible former names, in `only_old`, of boards in `only_new`.
    """

    pairs: tuple[BoardPair, ...]
    only_old: tuple[str, ...]
    only_new: tuple[str, ...]
    several: tuple[str, ...]
    unread: tuple[str, ...]
    perhaps: dict[str, str]


def pair_boards(old: Sequence[Report], new: Sequence[Report], aliases: Aliases) -> Boards:
    """Pairs the reports of two years by board name.

    Names that are merely similar are reported but not paired: "Nordost" and "Nordväst" are similar.
    """
    held_old, held_new = _by_board(old, aliases), _by_board(new, aliases)
    names = {
        folded: _name(reports[0])
        for held in (held_old, held_new)
        for folded, reports in held.items()
    }
    several = {f for held in (held_old, held_new) for f, own in held.items() if len(own) > 1}
    both = [folded for folded in held_new if folded in held_old and folded not in several]
    only_old = [names[f] for f in held_old if f not in held_new and f not in several]
    only_new = [names[f] for f in held_new if f not in held_old and f not in several]
    perhaps = {}
    for name in only_new:
        near = process.extractOne(name, only_old, score_cutoff=NEAR, processor=str.casefold)
        if near:
            perhaps[name] = near[0]
    return Boards(
        tuple(BoardPair(names[f], held_old[f][0], held_new[f][0]) for f in sorted(both)),
        tuple(sorted(only_old)),
        tuple(sorted(only_new)),
        tuple(sorted(names[f] for f in several)),
        tuple(sorted(r.source for r in (*old, *new) if r.status == Status.FAILED)),
        perhaps,
    )


def _by_board(reports: Sequence[Report], aliases: Aliases) -> dict[str, list[Report]]:
    held: dict[str, list[Report]] = defaultdict(list)
    for report in reports:
        if report.status != Status.FAILED:
            held[aliases.board(_name(report))].append(report)
    return dict(held)


def _name(report: Report) -> str:
    return report.organisation or report.source
