"""Errors that stop a batch, each with a message for people."""


class BatchError(Exception):
    """A batch cannot continue. The message says what happened and what to do."""


class WrongUseError(BatchError):
    """The command line, or a folder that it names, is wrong; nothing was done."""


class OtherVersionError(WrongUseError):
    """The output was written with another schema version."""


class LockedError(WrongUseError):
    """Another run is writing to the output; nothing was done."""


class NoDatasetsError(ValueError):
    """A folder has no datasets written by `svar run`. The message says what to do."""


class StoppedError(Exception):
    """Reading a file ended early.

    Attributes:
        code: What ended it: `timeout`, `memory` or `crashed`.
        message: What happened to which file.
        advice: What to do about it.
    """

    def __init__(self, code: str, message: str, advice: str) -> None:
        super().__init__(code, message, advice)
        self.code = code
        self.message = message
        self.advice = advice

    def __str__(self) -> str:
        return f"{self.message} {self.advice}"
