"""What a reader raises when a file cannot be read at all."""

from __future__ import annotations


class ReadError(Exception):
    """A file that no document can be made of.

    Attributes:
        code: A stable word for what is wrong, as `encrypted`, `broken-pdf` or `no-pages`.
        message: What happened and what to do, for a person.
    """

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code
        self.message = message
