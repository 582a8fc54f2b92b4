"""Exit codes of `svar`, the same for every command."""

from enum import IntEnum


class ExitCode(IntEnum):
    """The exit code of a command.

    Attributes:
        OK: Everything succeeded.
        OWN_FAULT: Svarsutdrag itself failed; please report it.
        USAGE: The command line, a rule file or a folder that it names is wrong; nothing was done.
        SOME_FAILED: Done, but at least one report failed.
        NOTHING: Nothing could be extracted.
        LOCKED: Another run is writing to the same output; nothing was done. Try again later.
        FINDINGS: Done; a strict check found something.
        INTERRUPTED: Stopped by the user; what was published is intact.
    """

    OK = 0
    OWN_FAULT = 1
    USAGE = 2
    SOME_FAILED = 3
    NOTHING = 4
    LOCKED = 5
    FINDINGS = 6
    INTERRUPTED = 130
