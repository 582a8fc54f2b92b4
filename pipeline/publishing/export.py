"""Exporting the datasets as one file for Excel, a database or a program."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.checking.selection import Selection
from pipeline.errors import WrongUseError
from pipeline.publishing.content import Content, load_content
from pipeline.publishing.facts import read_facts
from pipeline.publishing.files import Tell, whole_file
from pipeline.publishing.names import theme_names
from pipeline.publishing.sheets import all_sheets, one_sheet
from pipeline.publishing.sheets.about import about, about_output
from pipeline.publishing.words import words_in

if TYPE_CHECKING:
    from models.taxonomy import Taxonomy

FORMATS = {
    ".xlsx": "xlsx",
    ".csv": "csv",
    ".sqlite": "sqlite",
    ".db": "sqlite",
    ".jsonl": "jsonl",
}
"""Formats by the ending of the file's name."""


@dataclass(frozen=True, slots=True)
class Export:
    """What to write.

    Attributes:
        out: Output folder of `svar run`, or an fsspec address.
        taxonomy: Source of the theme names.
        selection: What to select.
        language: Of headings and words: sv or en.
        sheet: Which sheet a CSV file holds.
        excel: Whether a CSV file is in the dialect of Swedish Excel.
    """

    out: str
    taxonomy: Taxonomy
    selection: Selection = field(default_factory=Selection)
    language: str = "sv"
    sheet: str = "answers"
    excel: bool = False


def export(want: Export, target: Path, tell: Tell) -> int:
    """Writes a file in the format that its name ends with; returns how many answers it has.

    Raises:
        WrongUseError: There are no datasets, or the file cannot be written.
        UnknownNameError: No report has the section, question or theme.
        NoDatasetsError: The datasets cannot be read.
        VerdictError: A verdict file cannot be used.
    """
    kind = format_of(target)
    content = load_content(want.out, want.selection, boxes=kind in ("sqlite", "jsonl"))
    with whole_file(target) as path:
        _WRITERS[kind](want, content, path, tell)
    return int(content.tables["answers"].num_rows)


def format_of(target: Path) -> str:
    """Returns the format of a file by its name.

    Raises:
        WrongUseError: The file's extension is not a known format.
    """
    kind = FORMATS.get(target.suffix.lower())
    if kind is None:
        raise WrongUseError(
            f"{target}: the extension sets the format. Use one of {', '.join(FORMATS)}."
        )
    return kind


def _write_workbook(want: Export, content: Content, path: Path, tell: Tell) -> None:
    from pipeline.publishing.workbook import write_workbook  # noqa: PLC0415 - only where used

    words = words_in(want.language)
    sheets = all_sheets(content, words, theme_names(want.taxonomy, want.language))
    facts = read_facts(want.out, want.language)
    tick = tell("workbook", sum(sheet.count for sheet in sheets))
    write_workbook(
        path, sheets, lambda notes: about(content, facts, sheets, words, notes), words, tick
    )


def _write_csv(want: Export, content: Content, path: Path, tell: Tell) -> None:
    from pipeline.publishing.flat import write_csv  # noqa: PLC0415

    words = words_in(want.language)
    names = theme_names(want.taxonomy, want.language)
    sheet = one_sheet(want.sheet, content, words, names)
    encoding = "utf-8-sig" if want.excel else "utf-8"
    with path.open("w", encoding=encoding, newline="") as file:
        write_csv(file, sheet, excel=want.excel, tick=tell("rows", sheet.count))


def _write_json_lines(want: Export, content: Content, path: Path, tell: Tell) -> None:
    from pipeline.publishing.flat import write_json_lines  # noqa: PLC0415

    with path.open("w", encoding="utf-8", newline="\n") as file:
        write_json_lines(file, content, tell("answers", content.tables["answers"].num_rows))


def _write_database(want: Export, content: Content, path: Path, tell: Tell) -> None:
    from pipeline.publishing.database import write_database  # noqa: PLC0415

    words = words_in(want.language)
    told = about_output(content, read_facts(want.out, want.language), words)
    total = sum(table.num_rows for table in content.tables.values())
    write_database(path, content, told, tell("database", total))


_WRITERS: dict[str, Callable[[Export, Content, Path, Tell], None]] = {
    "xlsx": _write_workbook,
    "csv": _write_csv,
    "jsonl": _write_json_lines,
    "sqlite": _write_database,
}
