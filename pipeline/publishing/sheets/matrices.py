"""The sheets that compare boards side by side: answers to each question, and themes."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

import pyarrow.compute as pc

from pipeline.publishing.content import swedish_order
from pipeline.publishing.rows import rows_of
from pipeline.publishing.sheets.model import Cell, Column, Sheet, Styled, batches_of

if TYPE_CHECKING:
    import pyarrow as pa

    from pipeline.publishing.content import Content
    from pipeline.publishing.names import ThemeNames
    from pipeline.publishing.words import Words


def question_matrix(content: Content, words: Words) -> Sheet:
    """Returns every question's answers, board by board, with a count of each code.

    The texts for a missing answer, and the marks after an answer, are in `words.cells`.
    """
    answers = content.tables["answers"]
    usual = usual_wordings(answers)
    sections: dict[str, str] = {}
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    given: dict[str, dict[str, Styled]] = defaultdict(dict)
    cells_said: dict[tuple[str, bool, bool], Styled] = {}
    columns = ["report_id", "key", "section", "question", "code", "doubtful"]
    for row in rows_of(answers.select(columns)):
        key, own = row["key"], given[row["key"]]
        sections[key] = row["section"]
        counts[key][row["code"]] += 1
        said = (row["code"], row["doubtful"], row["question"] != usual[key])
        cell = cells_said.get(said) or cells_said.setdefault(said, _answer_cell(*said, words))
        before = own.get(row["report_id"])
        own[row["report_id"]] = _joined(before, cell) if before else cell
    empty = _Empty(content, words)

    def rows() -> Iterator[Sequence[Cell]]:
        for key in sorted(given, key=swedish_order):
            cells = [
                given[key].get(report_id) or empty.cell(report_id, sections[key])
                for report_id in content.boards
            ]
            yield [key, usual[key], *(counts[key][code] for code in words.codes), *cells]

    head = [Column(words.columns["key"], 12), Column(words.columns["question"], 45)]
    head += [Column(word, 9) for word in words.codes.values()]
    boards = [Column(board, 20) for board in content.boards.values()]
    title = words.sheets["matrix"]
    return Sheet(
        "matrix", title, (*head, *boards), lambda: batches_of(rows()), len(given), 2, len(head)
    )


def theme_matrix(content: Content, words: Words, names: ThemeNames) -> Sheet:
    """Returns how often each board mentions each theme, with a row per assertion."""
    table = content.tables["themes"].select(["report_id", "theme", "group", "assertion"])
    counted = table.group_by(["report_id", "theme", "group", "assertion"]).aggregate(
        [([], "count_all")]
    )
    counts: dict[tuple[str, str, str], dict[str, int]] = defaultdict(dict)
    for row in rows_of(counted):
        said = (row["group"], row["theme"], row["assertion"])
        counts[said][row["report_id"]] = row["count_all"]
    said_order = list(words.assertions)

    def order(said: tuple[str, str, str]) -> tuple[object, ...]:
        group, theme, assertion = said
        rank = said_order.index(assertion) if assertion in said_order else len(said_order)
        return swedish_order(names.theme(theme)), theme, group, rank, assertion

    def rows() -> Iterator[Sequence[Cell]]:
        for said in sorted(counts, key=order):
            group, theme, assertion = said
            own = counts[said]
            word = Styled(words.say("assertions", assertion), assertion)
            head: list[Cell] = [names.theme(theme), word, names.group(group), theme]
            cells = [own.get(report_id) for report_id in content.boards]
            yield [*head, sum(own.values()), len(own), *cells]

    first = [("theme", 28), ("assertion", 13), ("group", 26), ("theme_id", 18)]
    first += [("mentions", 12), ("boards", 9)]
    head = [Column(words.columns[name], width) for name, width in first]
    boards = [Column(board, 20) for board in content.boards.values()]
    title = words.sheets["themes"]
    return Sheet(
        "themes", title, (*head, *boards), lambda: batches_of(rows()), len(counts), 2, len(head)
    )


def usual_wordings(answers: pa.Table) -> dict[str, str]:
    """Returns each question's most common wording; among equals the first in the alphabet."""
    counted = answers.group_by(["key", "question"]).aggregate([([], "count_all")])
    rows = sorted(rows_of(counted), key=lambda row: (row["count_all"], row["question"]))
    best = {row["key"]: row["count_all"] for row in rows}
    return {
        row["key"]: row["question"]
        for row in reversed(rows)
        if row["count_all"] == best[row["key"]]
    }


class _Empty:
    """The cell for a report without an answer to a question."""

    def __init__(self, content: Content, words: Words) -> None:
        reports, sections = content.tables["reports"], content.tables["sections"]
        failed = reports.filter(pc.equal(reports["status"], "failed"))
        self._failed = set(failed["report_id"].to_pylist())
        self._not_asked: dict[str, set[str]] = defaultdict(set)
        for row in rows_of(sections.filter(pc.invert(sections["asked"]))):
            self._not_asked[row["report_id"]].add(row["section"])
        self._words = words.cells
        # If a selection leaves out answers, a missing one says nothing about the report.
        picked = content.selection
        by_text = (picked.theme, picked.assertion, picked.code)
        self._silent = picked.flagged or any(name is not None for name in by_text)

    def cell(self, report_id: str, section: str) -> Styled | None:
        """The cell of a report for a question in a section."""
        if report_id in self._failed:
            return Styled(self._words["unread"], "unread")
        if self._silent:
            return None
        numbers = section.split(".")
        above = {".".join(numbers[:n]) for n in range(1, len(numbers) + 1)}
        asked = above.isdisjoint(self._not_asked.get(report_id, ()))
        why = "lacking" if asked else "not_asked"
        return Styled(self._words[why], why)


def _answer_cell(code: str, doubtful: bool, other_wording: bool, words: Words) -> Styled:
    """A board's answer to a question, with its marks."""
    text = words.say("codes", code)
    if doubtful:
        text += f" {words.cells['doubtful']}"
    if other_wording:
        text += f" {words.cells['other_wording']}"
    return Styled(text, code)


def _joined(first: Styled, second: Styled) -> Styled:
    """Several answers of a board to one question."""
    style = first.style if first.style == second.style else "other"
    return Styled(f"{first.text} / {second.text}", style)
