"""Chapters on the answers: by section, by question, and board by board."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

import pyarrow as pa
import pyarrow.compute as pc

from pipeline.publishing.colours import CODES
from pipeline.publishing.content import swedish_order
from pipeline.publishing.rows import rows_of
from pipeline.publishing.sheets.matrices import usual_wordings
from pipeline.publishing.sheets.model import Cell, Styled
from pipeline.publishing.summary.charts import MatrixCell, Parts, matrix, stacked_bars, stretches
from pipeline.publishing.summary.counts import Counts, count_by
from pipeline.publishing.summary.model import Chapter, Figure, Table, table
from pipeline.publishing.words import number

if TYPE_CHECKING:
    from pipeline.publishing.content import Content
    from pipeline.publishing.words import Words

MOST_BOARDS = 40
"""Maximum boards in a figure: more would not fit on a page."""

MOST_ROWS = 400
"""Maximum rows in a table of boards; the workbook of `svar export` has all."""


def answer_chapters(content: Content, words: Words) -> list[Chapter]:
    """Returns the chapters on answers."""
    return [
        _by_section(content, words),
        _by_question(content, words),
        _by_board(content, words),
    ]


def bars(
    name: str,
    title: str,
    rows: Sequence[tuple[str, Mapping[str, int]]],
    parts: Parts,
    unit: str,
) -> Iterator[Figure]:
    """Yields bar charts with a bar for each row, as many charts as needed."""
    drawn = stretches(rows)
    for part, stretch in enumerate(drawn, 1):
        yield _figure(name, title, part, len(drawn), stacked_bars(stretch, parts, unit))


def _figure(name: str, title: str, part: int, of: int, spec: dict[str, Any]) -> Figure:
    """A figure, numbered if there are several."""
    if of == 1:
        return Figure(name, title, spec)
    return Figure(f"{name}-{part}", f"{title} ({part}/{of})", spec)


def _by_section(content: Content, words: Words) -> Chapter:
    say, answers = words.summary, content.tables["answers"]
    counts = count_by(answers, "section", "code")
    titles = _section_titles(content)
    order = sorted(counts, key=swedish_order)
    labels = {section: f"{section} {_shortened(titles.get(section, ''))}" for section in order}
    figures = bars(
        "answers-by-section",
        say["by_section"],
        [(labels[section], counts[section]) for section in order],
        Parts(words.codes, CODES),
        say["answers"],
    )
    columns = words.columns
    rows: list[tuple[Cell, ...]] = [
        (section, titles.get(section, ""), *_counted(counts[section], words)) for section in order
    ]
    headings = [columns["section"], columns["section_title"], *_code_headings(words)]
    return Chapter("sections", say["by_section"], (), tuple(figures), (table("", headings, rows),))


def _by_question(content: Content, words: Words) -> Chapter:
    say, answers = words.summary, content.tables["answers"]
    counts, usual = count_by(answers, "key", "code"), usual_wordings(answers)
    order = sorted(counts, key=swedish_order)
    figures = bars(
        "answers-by-question",
        say["by_question"],
        [(key, counts[key]) for key in order],
        Parts(words.codes, CODES),
        say["answers"],
    )
    headings = [words.columns["key"], words.columns["question"], *_code_headings(words)]
    rows: list[tuple[Cell, ...]] = [
        (key, usual[key], *_counted(counts[key], words)) for key in order
    ]
    return Chapter(
        "questions", say["by_question"], (), tuple(figures), (table("", headings, rows),)
    )


def _by_board(content: Content, words: Words) -> Chapter:
    say, answers = words.summary, content.tables["answers"]
    counts = count_by(answers, "report_id", "code")
    doubtful = count_by(answers.filter(answers["doubtful"]), "report_id", "code")
    rows: list[tuple[Cell, ...]] = [
        (
            board,
            *_counted(counts.get(report_id, {}), words),
            sum(doubtful.get(report_id, {}).values()),
        )
        for report_id, board in content.boards.items()
    ]
    headings = [words.columns["board"], *_code_headings(words), words.columns["doubtful"]]
    by_board = table("", headings, rows, MOST_ROWS)
    if len(content.boards) > MOST_BOARDS:
        text = say["too_many_boards"].format(count=number(len(content.boards), words.language))
        return Chapter("boards", say["by_board"], (text,), (), (by_board,))
    figures, cells = _matrices(content, words)
    marks = ", ".join(f"{words.short[code]} = {word}" for code, word in words.codes.items())
    text = say["matrix_about"].format(marks=marks, doubtful=words.cells["doubtful"])
    return Chapter("boards", say["by_board"], (text,), tuple(figures), (by_board, cells))


def _matrices(content: Content, words: Words) -> tuple[list[Figure], Table]:
    """Each board's answer to each question, as figures and as a table.

    If a board has several answers to a question, the figure shows the first and the table all.
    """
    held: dict[str, dict[str, list[MatrixCell]]] = {}
    columns = ["report_id", "key", "code", "doubtful"]
    for row in rows_of(content.tables["answers"].select(columns)):
        mark = words.short[row["code"]] + (words.cells["doubtful"] if row["doubtful"] else "")
        cell = MatrixCell(row["key"], content.boards[row["report_id"]], row["code"], mark)
        held.setdefault(row["key"], {}).setdefault(row["report_id"], []).append(cell)
    order = sorted(held, key=swedish_order)
    title, boards = words.summary["matrix"], list(content.boards.values())
    drawn = stretches(order)
    figures = []
    for part, stretch in enumerate(drawn, 1):
        cells = [own[0] for key in stretch for own in held[key].values()]
        spec = matrix(cells, boards, Parts(words.codes, CODES))
        figures.append(_figure("answers-by-board", title, part, len(drawn), spec))
    rows: list[tuple[Cell, ...]] = [
        (key, *(_marks(held[key].get(report_id, [])) for report_id in content.boards))
        for key in order
    ]
    headings = (words.columns["key"], *boards)
    return figures, Table(title, headings, tuple(rows), len(rows), tight=True)


def _marks(cells: Sequence[MatrixCell]) -> Cell:
    if not cells:
        return None
    return Styled(" ".join(cell.mark for cell in cells), cells[0].part)


def not_asked_chapter(content: Content, words: Words) -> Chapter:
    """Returns the chapter on sections that boards were not asked to answer."""
    say = words.summary
    sections = content.tables["sections"]
    spared = sections.filter(pc.invert(sections["asked"]))
    boards: dict[str, list[str]] = {}
    titles: dict[str, str] = {}
    for row in rows_of(spared.select(["report_id", "section", "title"])):
        boards.setdefault(row["section"], []).append(content.boards[row["report_id"]])
        titles.setdefault(row["section"], row["title"])
    rows: list[tuple[Cell, ...]] = [
        (section, titles[section], len(boards[section]), listed(boards[section], say))
        for section in sorted(boards, key=swedish_order)
    ]
    columns = words.columns
    headings = [columns["section"], columns["section_title"], columns["boards"], say["which"]]
    texts = () if rows else (say["none_not_asked"],)
    tables = (table("", headings, rows),) if rows else ()
    return Chapter("not-asked", say["not_asked"], texts, (), tables)


def contradictions_chapter(content: Content, words: Words) -> Chapter:
    """Returns the chapter on answers that their own comment contradicts."""
    say, columns = words.summary, words.columns
    problems, answers = content.tables["problems"], content.tables["answers"]
    found = problems.filter(pc.equal(problems["code"], "contradiction"))
    wanted = {(row["report_id"], row["position"]) for row in rows_of(found)}
    rows: list[tuple[Cell, ...]] = [
        (
            content.boards[row["report_id"]],
            row["key"],
            row["question"],
            Styled(words.say("codes", row["code"]), row["code"]),
            row["comment"],
            row["page_first"],
        )
        for row in rows_of(_of(answers, wanted))
    ]
    headings = [columns[n] for n in ("board", "key", "question", "code", "comment", "page")]
    texts = (say["contradictions_about"],) if rows else (say["no_contradictions"],)
    tables: tuple[Table, ...] = (table("", headings, rows, MOST_ROWS),) if rows else ()
    return Chapter("contradictions", say["contradictions"], texts, (), tables)


def listed(names: Sequence[str], say: Mapping[str, str], most: int = 12) -> str:
    """Returns a list of names as text, with at most `most` of them."""
    shown = ", ".join(names[:most])
    left = len(names) - most
    return shown if left <= 0 else say["and_more"].format(names=shown, count=left)


def _of(answers: pa.Table, wanted: set[tuple[str, int]]) -> pa.Table:
    """The answers at some places."""
    if not wanted:
        return answers.slice(0, 0)
    reports = pc.is_in(answers["report_id"], pa.array(sorted({place[0] for place in wanted})))
    own = answers.filter(reports)
    pairs = zip(own["report_id"].to_pylist(), own["position"].to_pylist(), strict=True)
    return own.filter(pa.array([pair in wanted for pair in pairs], pa.bool_()))


def _code_headings(words: Words) -> list[str]:
    return [*words.codes.values(), words.summary["all"]]


def _counted(counts: Mapping[str, int], words: Words) -> tuple[int, ...]:
    """Number of answers by code, and in total."""
    return (*(counts.get(code, 0) for code in words.codes), sum(counts.values()))


def _section_titles(content: Content) -> dict[str, str]:
    """Each section's most common title; among equals, the first in alphabetical order."""
    titles: Counts = count_by(content.tables["sections"], "section", "title")
    return {
        section: min(own, key=lambda title: (-own[title], title)) for section, own in titles.items()
    }


def _shortened(title: str, most: int = 45) -> str:
    return title if len(title) <= most else f"{title[: most - 1].rstrip()}…"
