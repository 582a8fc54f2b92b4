"""Random samples of answers, reproducible from the seed on any machine."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from hashlib import sha256
from typing import Any

from pipeline.addresses import Place
from pipeline.checking.stored import read_rows

NONE = "(none)"
"""Stratum for answers without a flag or theme."""


class By(StrEnum):
    """What a sample can be stratified by."""

    BOARD = "board"
    CODE = "code"
    FLAG = "flag"
    THEME = "theme"


@dataclass(frozen=True, slots=True)
class Unit:
    """An answer that can be drawn."""

    report_id: str
    position: int
    key: str
    stratum: str = ""


@dataclass(frozen=True, slots=True)
class Stratum:
    """A part of the dataset that is sampled separately.

    Attributes:
        name: Its board, code, flags or theme; "" if the sample is not stratified.
        population: Answers in the dataset.
        drawn: Answers in the sample.
    """

    name: str
    population: int
    drawn: int


@dataclass(frozen=True, slots=True)
class Sample:
    """A random sample.

    Attributes:
        seed: The seed.
        by: What it is stratified by, or None.
        strata: The strata, by name; a single one if it is not stratified.
        units: The drawn answers in random order, so that any leading part is a random sample too.
    """

    seed: int
    by: By | None
    strata: tuple[Stratum, ...]
    units: tuple[Unit, ...]

    @property
    def population(self) -> int:
        """Answers in the dataset."""
        return sum(stratum.population for stratum in self.strata)


def read_units(out: Place, by: By | None) -> list[Unit]:
    """Returns all answers in an output folder with their strata.

    By flag, answers with the same set of flags form a stratum. By theme, an answer belongs to the
    rarest theme that it mentions, so that rare themes are represented.

    Raises:
        NoDatasetsError: The folder has no datasets.
    """
    columns = ["report_id", "position", "key", "code", "flags"]
    rows = read_rows(out, "answers", columns=columns)
    stratum = _stratum(out, by)
    return [
        Unit(row["report_id"], row["position"], row["key"], stratum(row))
        for row in sorted(rows, key=lambda row: (row["report_id"], row["position"]))
    ]


def draw(units: Sequence[Unit], count: int, seed: int, by: By | None = None) -> Sample:
    """Draws a sample without replacement.

    The order is that of SHA-256 over seed, report and position: random enough for our purposes,
    and the same on every machine and version. A stratified sample takes as equal a number from
    each stratum as possible, so that small ones are represented; `accuracy` weights them back.
    """
    held: dict[str, list[Unit]] = defaultdict(list)
    for unit in sorted(units, key=lambda unit: _rank(seed, unit)):
        held[unit.stratum].append(unit)
    shares = _shares({name: len(own) for name, own in held.items()}, count, seed)
    drawn = [unit for name, own in held.items() for unit in own[: shares[name]]]
    return Sample(
        seed,
        by,
        tuple(Stratum(name, len(held[name]), shares[name]) for name in sorted(held)),
        tuple(sorted(drawn, key=lambda unit: _rank(seed, unit))),
    )


def _rank(seed: int, unit: Unit) -> bytes:
    return sha256(f"{seed}\0{unit.report_id}\0{unit.position}".encode()).digest()


def _shares(sizes: dict[str, int], count: int, seed: int) -> dict[str, int]:
    """How many to draw from each stratum: evenly, with any shortfall made up by larger strata."""
    shares = dict.fromkeys(sizes, 0)
    order = sorted(sizes, key=lambda name: sha256(f"{seed}\0{name}".encode()).digest())
    left = min(count, sum(sizes.values()))
    while left:
        for name in order:
            if left and shares[name] < sizes[name]:
                shares[name] += 1
                left -= 1
    return shares


def _stratum(out: Place, by: By | None) -> Callable[[dict[str, Any]], str]:
    """Returns a function that gives an answer's stratum from its row."""
    match by:
        case By.BOARD:
            boards = _boards(out)
            return lambda row: boards[row["report_id"]]
        case By.CODE:
            return lambda row: str(row["code"])
        case By.FLAG:
            return lambda row: "+".join(sorted(row["flags"])) or NONE
        case By.THEME:
            rarest = _rarest_themes(out)
            return lambda row: rarest.get((row["report_id"], row["position"]), NONE)
        case None:
            return lambda _row: ""


def _boards(out: Place) -> dict[str, str]:
    rows = read_rows(out, "reports", columns=["report_id", "organisation", "source"])
    return {row["report_id"]: row["organisation"] or row["source"] for row in rows}


def _rarest_themes(out: Place) -> dict[tuple[str, int], str]:
    rows = read_rows(out, "themes", columns=["report_id", "position", "theme"])
    pairs: set[tuple[tuple[str, int], str]] = {
        ((row["report_id"], row["position"]), row["theme"]) for row in rows
    }
    often = Counter(theme for _, theme in pairs)
    rarest: dict[tuple[str, int], str] = {}
    for place, theme in sorted(pairs, key=lambda pair: (-often[pair[1]], pair[1])):
        rarest[place] = theme
    return rarest
