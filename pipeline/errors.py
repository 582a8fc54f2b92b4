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
