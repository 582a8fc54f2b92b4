"""The error that readers raise when a file cannot be read at all."""

from __future__ import annotations


class ReadError(Exception):
    """A file cannot be read as a document.

    Attributes:
        code: A stable code for what is wrong, e.g. `encrypted`, `broken-pdf` or `no-pages`.
        message: What happened and what to do, for a person.
    """

    def __init__(self, code: str, message: str) -> None:
        super().__init__(code, message)
        self.code = code
        self.message = message

    def __str__(self) -> str:
        return self.message
