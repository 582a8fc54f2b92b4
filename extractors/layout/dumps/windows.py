"""Finds whether a short string occurs anywhere in a long text, at a cost independent of length."""

from __future__ import annotations

from functools import cached_property

import numpy as np
from numpy.typing import NDArray

_FACTOR = 0x9E3779B97F4A7C15
_BITS = (1 << 64) - 1


class Windows:
    """All pieces of a text with a given length.

    Searching the text itself takes time proportional to its length, and each unit of a dump needs a
    few searches. Here the pieces are kept as sorted 64-bit hashes (Karp, Rabin 1987), computed at
    the first search.

    Args:
        text: The text.
        length: Number of letters in a piece.
    """

    def __init__(self, text: str, length: int) -> None:
        self._text = text
        self._length = length

    def __contains__(self, piece: str) -> bool:
        """Whether a piece of the given length occurs in the text."""
        own = 0
        for letter in piece:
            own = (own * _FACTOR + ord(letter)) & _BITS
        place = int(np.searchsorted(self._sums, np.uint64(own)))
        return place < len(self._sums) and int(self._sums[place]) == own

    @cached_property
    def _sums(self) -> NDArray[np.uint64]:
        letters = np.frombuffer(self._text.encode("utf-32-le", "surrogatepass"), dtype="<u4")
        count = max(0, len(letters) - self._length + 1)
        sums = np.zeros(count, dtype=np.uint64)
        for place in range(self._length):
            sums *= np.uint64(_FACTOR)
            sums += letters[place : place + count]
        sums.sort()
        return sums
