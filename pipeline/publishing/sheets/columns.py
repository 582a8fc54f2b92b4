"""Columns of tables in words for people, a whole column at a time."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from pipeline.publishing.rows import answer_of

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from pipeline.publishing.content import Content


def said(values: pa.Array, say: Callable[[str], str]) -> pa.Array:
    """Returns each value in words; every distinct value is looked up once."""
    coded = values.dictionary_encode()
    names = [say(value) for value in coded.dictionary.to_pylist()]
    return pa.array(names, pa.string()).take(coded.indices)


def said_together(lists: pa.Array, say: Callable[[str], str], between: str) -> pa.Array:
    """Returns the values of each list in words, joined into one text."""
    lengths = pc.list_value_length(lists).to_numpy(zero_copy_only=False)
    return pc.binary_join(_lists(said(lists.flatten(), say), lengths), between)


def themes_said(content: Content, say: Callable[[str, str], str]) -> pa.Array:
    """Returns the themes in each answer's comment with their assertions, each once, in order.

    Args:
        content: The tables.
        say: Called with a theme and its assertion.
    """
    answers, mentions = content.tables["answers"], content.tables["themes"]
    place = answer_of(mentions, answers)
    pairs = pc.binary_join_element_wise(mentions["theme"], mentions["assertion"], "\0")
    names = said(pairs.combine_chunks(), lambda pair: say(*pair.split("\0"))).dictionary_encode()
    # Number each combination of answer, theme and assertion, and take its first mention.
    numbers = place * (len(names.dictionary) + 1) + names.indices.to_numpy()
    _, first = np.unique(numbers, return_index=True)
    first = first[place[first] >= 0]
    first = first[np.lexsort((first, place[first]))]
    lengths = np.bincount(place[first], minlength=answers.num_rows)
    return pc.binary_join(_lists(names.take(pa.array(first)).dictionary_decode(), lengths), "; ")


def _lists(values: pa.Array, lengths: NDArray[np.int64]) -> pa.Array:
    offsets = np.concatenate(([0], np.cumsum(lengths))).astype(np.int32)
    return pa.ListArray.from_arrays(pa.array(offsets), values)
