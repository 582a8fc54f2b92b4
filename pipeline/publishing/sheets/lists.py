"""The sheets that have a row for each row of a dataset."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import TYPE_CHECKING

import pyarrow as pa
import pyarrow.compute as pc

from pipeline.publishing.rows import Row, answers_with_mentions, beside_answers, rows_of
from pipeline.publishing.sheets.model import Cell, Column, Sheet, Styled

if TYPE_CHECKING:
    from pipeline.publishing.content import Content
    from pipeline.publishing.names import ThemeNames
    from pipeline.publishing.words import Words

WIDTHS = {
    "board": 28, "source": 24, "report_id": 18, "section": 9, "section_title": 28, "key": 12,
    "question": 45, "detail": 35, "answer": 14, "code": 12, "comment": 80, "themes": 32,
    "flags": 32, "theme": 26, "theme_id": 18, "group": 24, "assertion": 13, "surface": 22,
    "sentence": 70, "cue": 18, "title": 36, "status": 16, "instruction": 60, "message": 70,
    "advice": 50, "problem": 20, "severity": 12, "corrected": 16, "correction": 18, "field": 14,
    "read": 50, "corrected_to": 50, "state": 16, "reason": 30, "reviewer": 16, "at": 20, "note": 30,
}  # fmt: skip
WIDTH = 10
"""Width of a column that has none above, in characters."""


class Lists:
    """Makes the sheets of one content; holds what several of them look up."""

    def __init__(self, content: Content, words: Words, names: ThemeNames) -> None:
        self._content = content
        self._words = words
        self._names = names

    @cached_property
    def doubtful(self) -> dict[str, int]:
        """How many answers of each report a person should look at."""
        answers = self._content.tables["answers"]
        return _counts(answers.filter(answers["doubtful"]))

    @cached_property
    def titles(self) -> dict[tuple[str, str], str]:
        """Titles of sections by report and number."""
        sections = self._content.tables["sections"].select(["report_id", "section", "title"])
        return {(row["report_id"], row["section"]): row["title"] for row in rows_of(sections)}

    def reports(self) -> Sheet:
        """A row for each report."""
        columns = (
            "board source title status pages sections answers doubtful problems confidence format "
            "form version report_id"
        )
        return self._sheet("reports", columns, self._content.tables["reports"], self._report)

    def answers(self) -> Sheet:
        """A row for each answer."""
        columns = (
            "board key section section_title ref question detail answer code comment themes flags "
            "corrected confidence page_first page_last line_first line_last source report_id "
            "position"
        )
        table = self._content.tables["answers"]
        headings = self._columns(columns)

        def rows() -> Iterator[Sequence[Cell]]:
            for answer, mentions in answers_with_mentions(self._content):
                row = self._answer(answer, mentions)
                yield [row[name] for name in columns.split()]

        return Sheet("answers", self._words.sheets["answers"], headings, rows, table.num_rows, 2)

    def mentions(self) -> Sheet:
        """A row for each mention of a theme."""
        columns = (
            "board theme assertion certainty sentence surface cue key page_first page_last group "
            "theme_id source report_id position"
        )
        tables = self._content.tables
        places = ["key", "page_first", "page_last"]
        table = beside_answers(tables["themes"], tables["answers"], places)
        return self._sheet("mentions", columns, table, self._mention)

    def not_asked(self) -> Sheet:
        """A row for each section that a board is not to answer."""
        table = self._content.tables["sections"]
        table = table.filter(pc.invert(table["asked"]))
        columns = "board section section_title instruction page source report_id"
        return self._sheet("not_asked", columns, table, self._section)

    def problems(self) -> Sheet:
        """A row for each problem."""
        columns = "board severity problem key message advice page line source report_id position"
        tables = self._content.tables
        table = beside_answers(tables["problems"], tables["answers"], ["key"])
        return self._sheet("problems", columns, table, self._problem)

    def corrections(self) -> Sheet:
        """A row for each correction by a reviewer, applied or not."""
        columns = (
            "board key correction field read corrected_to state reason reviewer at note source "
            "report_id position"
        )
        table = self._content.tables["corrections"]
        return self._sheet("corrections", columns, table, self._correction)

    def _sheet(
        self, name: str, columns: str, table: pa.Table, make: Callable[[Row], Mapping[str, Cell]]
    ) -> Sheet:
        """A sheet with a row for each row of a table."""

        def rows() -> Iterator[Sequence[Cell]]:
            for row in rows_of(table):
                made = make(row)
                yield [made[column] for column in columns.split()]

        title = self._words.sheets[name]
        return Sheet(name, title, self._columns(columns), rows, table.num_rows)

    def _columns(self, names: str) -> tuple[Column, ...]:
        return tuple(
            Column(self._words.columns[name], WIDTHS.get(name, WIDTH)) for name in names.split()
        )

    def _whose(self, row: Row) -> Row:
        """What tells a row's report."""
        report_id = row["report_id"]
        return {
            "board": self._content.boards[report_id],
            "source": self._content.sources[report_id],
        }

    def _report(self, row: Row) -> Row:
        status = row["status"]
        return row | {
            **self._whose(row),
            "status": Styled(self._words.say("statuses", status), status),
            "doubtful": self.doubtful.get(row["report_id"], 0),
            "confidence": round(row["confidence"], 4),
        }

    def _answer(self, row: Row, mentions: Sequence[Row]) -> Row:
        said = dict.fromkeys(
            theme_said(mention["theme"], mention["assertion"], self._words, self._names)
            for mention in mentions
        )
        own = row | {
            field: Styled(row[field], "corrected") for field in row["corrected"] if row.get(field)
        }
        return own | {
            **self._whose(row),
            "corrected": ", ".join(map(self._field, row["corrected"])),
            "section_title": self.titles.get((row["report_id"], row["section"]), ""),
            "code": Styled(self._words.say("codes", row["code"]), row["code"]),
            "themes": "; ".join(said),
            "flags": "; ".join(self._words.say("flags", flag) for flag in row["flags"]),
            "confidence": round(row["confidence"], 4),
        }

    def _mention(self, row: Row) -> Row:
        said = row["assertion"]
        return row | {
            **self._whose(row),
            "theme": self._names.theme(row["theme"]),
            "theme_id": row["theme"],
            "group": self._names.group(row["group"]),
            "assertion": Styled(self._words.say("assertions", said), said),
            "certainty": self._words.say("certainties", row["certainty"]),
        }

    def _section(self, row: Row) -> Row:
        return row | {**self._whose(row), "section_title": row["title"]}

    def _problem(self, row: Row) -> Row:
        severity = row["severity"]
        return row | {
            **self._whose(row),
            "severity": Styled(self._words.say("severities", severity), severity),
            "problem": self._words.say("flags", row["code"]),
        }

    def _correction(self, row: Row) -> Row:
        state = row["state"]
        return row | {
            **self._whose(row),
            "correction": self._words.say("corrections", row["kind"]),
            "field": self._field(row["field"]),
            "corrected_to": row["corrected"],
            "state": Styled(self._words.say("states", state), state),
        }

    def _field(self, name: str) -> str:
        """The heading of a field of an answer."""
        return self._words.columns.get(name, self._words.say("corrections", name))


def theme_said(theme: str, assertion: str, words: Words, names: ThemeNames) -> str:
    """Returns a theme by name, with what is said of it where it is not plainly affirmed."""
    name = names.theme(theme)
    if assertion == "affirmed":
        return name
    return f"{name} ({words.say('assertions', assertion)})"


def _counts(table: pa.Table) -> dict[str, int]:
    """Number of rows by report."""
    counted = table.group_by("report_id").aggregate([([], "count_all")])
    return dict(
        zip(counted["report_id"].to_pylist(), counted["count_all"].to_pylist(), strict=True)
    )
