"""Rows of tables, read in batches: a big dataset is never in memory as Python objects."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa

from pipeline.publishing.selected import numbers, ranks

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from pipeline.publishing.content import Content

STRETCH = 4096
"""Rows per batch."""

Row = dict[str, Any]
"""A row's values by column."""


def rows_of(table: pa.Table) -> Iterator[Row]:
    """Yields the rows of a table."""
    for batch in table.to_batches(max_chunksize=STRETCH):
        yield from batch.to_pylist()


def answer_of(table: pa.Table, answers: pa.Table) -> NDArray[np.int64]:
    """Returns the row of the answer that each row of a table concerns; -1 where there is none.

    Args:
        table: Has `report_id` and `position`.
        answers: The answers.
    """
    known = ranks(answers)
    held, wanted = numbers(answers, known), numbers(table, known)
    if not len(held):
        return np.full(len(wanted), -1)
    order = np.argsort(held, kind="stable")
    found = np.minimum(np.searchsorted(held, wanted, sorter=order), len(held) - 1)
    places = order[found]
    return np.where(held[places] == wanted, places, -1)


def beside_answers(table: pa.Table, answers: pa.Table, columns: Sequence[str]) -> pa.Table:
    """Returns a table with columns of the answer that each row concerns; null where there is none.

    Args:
        table: Has `report_id` and `position`.
        answers: The answers.
        columns: Which of their columns.
    """
    found = answer_of(table, answers)
    places = pa.array(found, mask=found < 0)
    for column in columns:
        table = table.append_column(column, answers[column].take(places))
    return table


def answers_with_mentions(content: Content) -> Iterator[tuple[Row, list[Row]]]:
    """Yields the answers, each with the mentions in its comment."""
    mentions = rows_of(content.tables["themes"])
    order = {report_id: rank for rank, report_id in enumerate(content.boards)}
    ahead = next(mentions, None)
    for answer in rows_of(content.tables["answers"]):
        place = (order[answer["report_id"]], answer["position"])
        own: list[Row] = []
        while ahead and (order[ahead["report_id"]], ahead["position"]) <= place:
            if (order[ahead["report_id"]], ahead["position"]) == place:
                own.append(ahead)
            ahead = next(mentions, None)
        yield answer, own
