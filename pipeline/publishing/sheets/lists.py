"""The sheets with one row for each row of a dataset."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cached_property, partial
from typing import TYPE_CHECKING

import pyarrow as pa
import pyarrow.compute as pc

from pipeline.publishing.rows import STRETCH, beside_answers, rows_of
from pipeline.publishing.sheets.columns import said, said_together, themes_said
from pipeline.publishing.sheets.model import Batch, Cells, Column, Sheet

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
"""Width of a column not listed above, in characters."""


class Lists:
    """Makes the sheets of one content, with lookups shared by several of them."""

    def __init__(self, content: Content, words: Words, names: ThemeNames) -> None:
        self._content = content
        self._words = words
        self._names = names

    @cached_property
    def doubtful(self) -> dict[str, int]:
        """Number of answers in each report that need review."""
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

        def with_themes() -> pa.Table:
            return table.append_column("themes", themes_said(self._content, self._theme_said))

        return self._sheet("answers", columns, table, self._answer, with_themes, frozen=2)

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
        """A row for each section that a board was not asked to answer."""
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
        self,
        name: str,
        columns: str,
        table: pa.Table,
        make: Callable[[pa.RecordBatch], dict[str, Cells]],
        prepare: Callable[[], pa.Table] | None = None,
        frozen: int = 1,
    ) -> Sheet:
        """A sheet with a row for each row of a table.

        Args:
            name: Its id.
            columns: Its columns, by their names in `make` or in the table.
            table: The table.
            make: Returns columns that the table lacks or that are shown in other words.
            prepare: Adds to the table what is slow to compute, once rows are requested.
            frozen: Columns that stay in view.
        """

        def batches() -> Iterator[Batch]:
            whole = prepare() if prepare else table
            for batch in whole.to_batches(max_chunksize=STRETCH):
                made = self._whose(batch) | make(batch)
                yield [made.get(name) or Cells(batch[name]) for name in columns.split()]

        headings = tuple(
            Column(self._words.columns[name], WIDTHS.get(name, WIDTH)) for name in columns.split()
        )
        return Sheet(name, self._words.sheets[name], headings, batches, table.num_rows, frozen)

    def _whose(self, batch: pa.RecordBatch) -> dict[str, Cells]:
        """The columns that identify each row's report."""
        reports = batch["report_id"]
        return {
            "board": Cells(said(reports, self._content.boards.__getitem__)),
            "source": Cells(said(reports, self._content.sources.__getitem__)),
        }

    def _styled(self, kind: str, values: pa.Array) -> Cells:
        return Cells(said(values, partial(self._words.say, kind)), values)

    def _report(self, batch: pa.RecordBatch) -> dict[str, Cells]:
        doubtful = [self.doubtful.get(one, 0) for one in batch["report_id"].to_pylist()]
        return {
            "status": self._styled("statuses", batch["status"]),
            "doubtful": Cells(pa.array(doubtful, pa.int64())),
            "confidence": _share(batch["confidence"]),
        }

    def _answer(self, batch: pa.RecordBatch) -> dict[str, Cells]:
        sections = zip(batch["report_id"].to_pylist(), batch["section"].to_pylist(), strict=True)
        titles = [self.titles.get(section, "") for section in sections]
        return _corrected(batch) | {
            "corrected": Cells(said_together(batch["corrected"], self._field, ", ")),
            "section_title": Cells(pa.array(titles, pa.string())),
            "code": self._styled("codes", batch["code"]),
            "flags": Cells(said_together(batch["flags"], partial(self._words.say, "flags"), "; ")),
            "confidence": _share(batch["confidence"]),
        }

    def _mention(self, batch: pa.RecordBatch) -> dict[str, Cells]:
        return {
            "theme": Cells(said(batch["theme"], self._names.theme)),
            "theme_id": Cells(batch["theme"]),
            "group": Cells(said(batch["group"], self._names.group)),
            "assertion": self._styled("assertions", batch["assertion"]),
            "certainty": Cells(said(batch["certainty"], partial(self._words.say, "certainties"))),
        }

    def _section(self, batch: pa.RecordBatch) -> dict[str, Cells]:
        return {"section_title": Cells(batch["title"])}

    def _problem(self, batch: pa.RecordBatch) -> dict[str, Cells]:
        return {
            "severity": self._styled("severities", batch["severity"]),
            "problem": Cells(said(batch["code"], partial(self._words.say, "flags"))),
        }

    def _correction(self, batch: pa.RecordBatch) -> dict[str, Cells]:
        return {
            "correction": Cells(said(batch["kind"], partial(self._words.say, "corrections"))),
            "field": Cells(said(batch["field"], self._field)),
            "corrected_to": Cells(batch["corrected"]),
            "state": self._styled("states", batch["state"]),
        }

    def _field(self, name: str) -> str:
        """The heading of a field of an answer."""
        return self._words.columns.get(name, self._words.say("corrections", name))

    def _theme_said(self, theme: str, assertion: str) -> str:
        """A theme's name, with its assertion if it is not plainly affirmed."""
        name = self._names.theme(theme)
        if assertion == "affirmed":
            return name
        return f"{name} ({self._words.say('assertions', assertion)})"


def _share(values: pa.Array) -> Cells:
    """Numbers from 0 to 1, rounded to undo their storage as 32-bit floats."""
    return Cells(pc.round(values.cast(pa.float64()), 4))


def _corrected(batch: pa.RecordBatch) -> dict[str, Cells]:
    """The fields corrected in at least one of the answers, with the corrected cells marked."""
    corrected = batch["corrected"].to_pylist()
    fields = {name for names in corrected for name in names} & set(batch.schema.names)
    return {
        field: Cells(
            batch[field],
            pa.array(["corrected" if field in names else None for names in corrected], pa.string()),
        )
        for field in fields
    }


def _counts(table: pa.Table) -> dict[str, int]:
    """Number of rows by report."""
    counted = table.group_by("report_id").aggregate([([], "count_all")])
    return dict(
        zip(counted["report_id"].to_pylist(), counted["count_all"].to_pylist(), strict=True)
    )
