"""Whether a few letters stand together anywhere in a long text, at the same cost however long."""

from __future__ import annotations

from functools import cached_property

import numpy as np
from numpy.typing import NDArray

_FACTOR = 0x9E3779B97F4A7C15
_BITS = (1 << 64) - 1


class Windows:
    """All pieces of a text that have a given length.

    Looking for a piece in the text itself takes as long as the text is, and each unit of a dump
    asks for a few. Here the pieces are kept as sorted sums of 64 bits (Karp, Rabin 1987), made when
    the first is asked for.

    Args:
        text: The text.
        length: Letters of a piece.
    """

    def __init__(self, text: str, length: int) -> None:
        self._text = text
        self._length = length

    def __contains__(self, piece: str) -> bool:
        """Whether a piece, which has the given length, stands in the text."""
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
