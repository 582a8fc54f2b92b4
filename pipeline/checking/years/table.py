"""The differences between two years as rows: one board's answer per row, with both years."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pipeline.checking.years import Years

HEAD = (
    "board", "question_kind", "key_old", "key_new", "question_old", "question_new", "code_old",
    "code_new", "answer_old", "answer_new", "answer_changed", "comment_kind", "comment_old",
    "comment_new", "page_old", "page_new", "unsure",
)  # fmt: skip


def rows(years: Years) -> Iterator[tuple[str | int | None, ...]]:
    """Yields the values of `HEAD` for every answer of either year to a question of both."""
    for pair in years.answers:
        match, old, new = pair.match, pair.old, pair.new
        yield (
            pair.board,
            match.kind,
            match.old.key if match.old else "",
            match.new.key if match.new else "",
            match.old.question if match.old else "",
            match.new.question if match.new else "",
            old.code if old else "",
            new.code if new else "",
            old.answer if old else "",
            new.answer if new else "",
            "yes" if pair.answer_changed else "no",
            pair.comment,
            old.comment if old else "",
            new.comment if new else "",
            old.page_first if old else None,
            new.page_first if new else None,
            "yes" if pair.unsure else "no",
        )
