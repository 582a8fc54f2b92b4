"""Chapters on the reading itself: what is missing, and how reliable the rest is."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import pyarrow.compute as pc

from models.report import Status
from pipeline.checking.names import Aliases, fold
from pipeline.publishing.rows import rows_of
from pipeline.publishing.sheets.about import about_output
from pipeline.publishing.sheets.model import Cell, Styled
from pipeline.publishing.summary.answered import MOST_ROWS
from pipeline.publishing.summary.counts import count_by, total
from pipeline.publishing.summary.model import Chapter, Table, table
from pipeline.publishing.words import number

if TYPE_CHECKING:
    from pipeline.publishing.content import Content
    from pipeline.publishing.facts import Facts
    from pipeline.publishing.words import Words


def brief_chapter(content: Content, facts: Facts, words: Words) -> Chapter:
    """Returns the first chapter: the summary in a few sentences."""
    say, answers = words.summary, content.tables["answers"]
    codes = total(count_by(answers, "section", "code"))
    count = answers.num_rows
    shares = ", ".join(
        say["share"].format(
            word=word,
            count=number(codes.get(code, 0), words.language),
            share=per_cent(codes.get(code, 0), count, words.language),
        )
        for code, word in words.codes.items()
        if codes.get(code)
    )
    read = pc.sum(pc.not_equal(content.tables["reports"]["status"], str(Status.FAILED))).as_py()
    texts = [
        say["brief"].format(
            answers=number(count, words.language), reports=number(read or 0, words.language)
        )
    ]
    if shares:
        texts.append(f"{shares}.")
    if answers.num_rows:
        doubtful = pc.sum(answers["doubtful"]).as_py()
        texts.append(
            say["brief_doubtful"].format(
                count=number(doubtful, words.language),
                share=per_cent(doubtful, count, words.language),
            )
        )
    texts += facts.accuracy or (words.about["no_accuracy"].format(folder=facts.folder),)
    return Chapter("brief", say["in_brief"], tuple(texts))


def missing_chapter(content: Content, words: Words, expected: Aliases | None) -> Chapter:
    """Returns the chapter on what is missing: boards, partly read reports, answers.

    Args:
        content: The datasets.
        words: The words of the page's language.
        expected: The boards that should have answered, or None if unknown.
    """
    say, columns = words.summary, words.columns
    reports, problems = content.tables["reports"], content.tables["problems"]
    reasons: dict[str, str] = {}
    for row in rows_of(problems.filter(pc.equal(problems["severity"], "error"))):
        reasons.setdefault(row["report_id"], f"{row['message']} {row['advice']}".strip())
    not_whole = reports.filter(pc.not_equal(reports["status"], str(Status.OK)))
    rows: list[tuple[Cell, ...]] = [
        (
            content.boards[row["report_id"]],
            row["source"],
            Styled(words.say("statuses", row["status"]), row["status"]),
            reasons.get(row["report_id"], ""),
        )
        for row in rows_of(not_whole)
    ]
    headings = [columns[name] for name in ("board", "source", "status", "message")]
    tables: list[Table] = []
    if expected and (absent := _absent(content, expected)):
        tables.append(table(say["no_report"], [columns["board"]], absent))
    if rows:
        tables.append(table(say["not_whole"], headings, rows, MOST_ROWS))
    answers = content.tables["answers"]
    blank = answers.filter(pc.equal(answers["code"], "missing"))
    lacking = count_by(blank, "report_id", "code")
    unanswered: list[tuple[Cell, ...]] = [
        (content.boards[report_id], sum(counts.values())) for report_id, counts in lacking.items()
    ]
    if unanswered:
        headings = [columns["board"], words.codes["missing"]]
        tables.append(table(say["unanswered"], headings, unanswered, MOST_ROWS))
    texts = [] if tables else [say["nothing_missing"]]
    if content.superseded:
        count, names = len(content.superseded), ", ".join(content.superseded)
        texts.append(words.about["superseded_value"].format(count=count, names=names))
    return Chapter("missing", say["missing"], tuple(texts), (), tuple(tables))


def _absent(content: Content, expected: Aliases) -> list[tuple[Cell, ...]]:
    """The boards that should have answered but have no readable report."""
    reports = content.tables["reports"].select(["organisation", "source", "status"])
    there = {
        expected.board(row["organisation"] or row["source"])
        for row in rows_of(reports)
        if row["status"] != Status.FAILED
    }
    return [(board,) for board in expected.boards if fold(board) not in there]


def sure_chapter(content: Content, facts: Facts, words: Words) -> Chapter:
    """Returns the chapter on how reliable the reading is."""
    say, answers = words.summary, content.tables["answers"]
    flags = Counter(pc.list_flatten(answers["flags"]).to_pylist())
    rows: list[tuple[Cell, ...]] = [
        (words.say("flags", flag), count) for flag, count in flags.most_common()
    ]
    texts = [*(facts.accuracy or (words.about["no_accuracy"].format(folder=facts.folder),))]
    corrected = pc.sum(pc.greater(pc.list_value_length(answers["corrected"]), 0)).as_py()
    if corrected:
        texts.append(say["corrected"].format(count=number(corrected, words.language)))
    tables = (table(say["flags"], [words.columns["flags"], words.columns["answers"]], rows),)
    return Chapter("sure", say["sure"], tuple(texts), (), tables if rows else ())


def about_chapter(content: Content, facts: Facts, words: Words) -> Chapter:
    """Returns the last chapter: when and from what the page was made."""
    told: list[tuple[Cell, ...]] = list(about_output(content, facts, words)[1:])
    headings = [words.columns["fact"], words.columns["value"]]
    return Chapter("about", words.summary["about"], (), (), (table("", headings, told),))


def per_cent(count: int, whole: int, language: str) -> str:
    """Returns a share in whole per cent, or as under 1 or over 99: few is never shown as 0."""
    share = 100 * count / whole if whole else 0.0
    if 0 < share < 1:
        return "<1 %"
    if 99 < share < 100:
        return ">99 %"
    return f"{share:.0f} %" if language == "en" else f"{share:.0f}\u00a0%"
