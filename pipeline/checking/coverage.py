"""Coverage: who answered what, every question against every board."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from models.report import Report, Status
from pipeline.checking.names import Aliases, fold


class Cover(StrEnum):
    """Status of a question for a board."""

    ANSWERED = "answered"
    BLANK = "blank"
    NOT_ASKED = "not asked"
    LACKING = "lacking"
    NO_REPORT = "no report"


@dataclass(frozen=True, slots=True)
class Coverage:
    """Who answered what.

    Attributes:
        keys: Keys of all questions, in the order of the reports.
        boards: All boards, those without a report last.
        cells: Status of each question for each board, by board, then by key.
    """

    keys: tuple[str, ...]
    boards: tuple[str, ...]
    cells: dict[str, dict[str, Cover]]

    def counts(self, board: str) -> Counter[Cover]:
        """Returns how many questions a board answered, left blank, and so on."""
        return Counter(self.cells[board].values())


def coverage(reports: Sequence[Report], expected: Aliases) -> Coverage:
    """Computes the coverage of some reports.

    A board with several reports has answered a question if any of them has. Expected boards
    without a report are included. What only another form asks is not asked.

    Args:
        reports: The reports; those that could not be read belong to no board.
        expected: The boards that should answer, with their alternative names.
    """
    read = [report for report in reports if report.status != Status.FAILED]
    sections, keys = _questions(read)
    own: dict[str, list[Report]] = defaultdict(list)
    for report in read:
        own[expected.board(report.organisation or report.source)].append(report)
    names = {folded: held[0].organisation or held[0].source for folded, held in own.items()}
    asking: dict[str, set[str]] = defaultdict(set)
    for report in read:
        for answer in report.answers:
            asking[answer.key].add(report.form)
    names |= {fold(board): board for board in expected.boards if fold(board) in own}
    cells = {}
    for folded in sorted(own, key=lambda name: names[name].casefold()):
        cells[names[folded]] = {
            key: min(
                (
                    _cover(report, key, sections[key])
                    for report in own[folded]
                    if report.form in asking[key]
                ),
                key=_rank,
                default=Cover.NOT_ASKED,
            )
            for key in keys
        }
    for board in expected.boards:
        if fold(board) not in own:
            cells[board] = dict.fromkeys(keys, Cover.NO_REPORT)
    return Coverage(tuple(keys), tuple(cells), cells)


def rows(found: Coverage) -> Iterator[tuple[str, ...]]:
    """Yields the coverage as a table: a header, then a row for each question."""
    yield ("key", *found.boards)
    for key in found.keys:
        yield (key, *(str(found.cells[board][key]) for board in found.boards))


def _questions(reports: Sequence[Report]) -> tuple[dict[str, str], list[str]]:
    """The section of every question, with the questions in their order."""
    sections: dict[str, str] = {}
    places: dict[str, int] = {}
    for report in reports:
        for answer in report.answers:
            sections.setdefault(answer.key, answer.section)
            places[answer.key] = min(places.get(answer.key, answer.position), answer.position)
    return sections, sorted(places, key=lambda key: (places[key], key))


def _cover(report: Report, key: str, section: str) -> Cover:
    answers = [answer for answer in report.answers if answer.key == key]
    if answers:
        blank = all(answer.code == "missing" for answer in answers)
        return Cover.BLANK if blank else Cover.ANSWERED
    numbers = section.split(".")
    above = {".".join(numbers[:n]) for n in range(1, len(numbers) + 1)}
    spared = any(not s.asked and s.section in above for s in report.sections)
    return Cover.NOT_ASKED if spared else Cover.LACKING


def _rank(cover: Cover) -> int:
    return list(Cover).index(cover)
