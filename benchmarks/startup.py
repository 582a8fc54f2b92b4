"""How long commands take from a cold start: time on the clock, and processor time of all processes.

    python -m benchmarks.startup --rounds 5

Times are the least of some rounds, in seconds: on the clock, which is what a person waits, and of
the processor (user and system, with what worker processes take). Those of a bare interpreter and
of `import spacy` are from the same run: on another machine, or a busy one, compare with them. Byte
code is written by a round that does not count, as it is on a user's machine by the first start:
compiling all libraries takes as long again.
"""

from __future__ import annotations

import argparse
import ctypes
import os
import subprocess
import sys
import tempfile
import time
from contextlib import suppress
from pathlib import Path

RAW = Path(__file__).parents[1] / "data" / "raw"
REPORT = RAW / "board-104-pdf-ruled.pdf"
PR_SET_CHILD_SUBREAPER = 36
"""Of Linux's `prctl`: orphans among the processes below become children of this one."""

SVAR = "import sys; from pipeline.cli import main; main(sys.argv[1:])"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rounds", type=int, default=5)
    rounds = parser.parse_args().rounds
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_CHILD_SUBREAPER, 1)
    with tempfile.TemporaryDirectory() as folder:
        os.environ["PYTHONPYCACHEPREFIX"] = str(Path(folder, "bytecode"))
        os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
        out = Path(folder, "out")
        svar("run", RAW, "--out", out)
        commands: dict[str, tuple[object, ...]] = {
            "python -c pass": ("-c", "pass"),
            "import spacy": ("-c", "import spacy"),
            "svar --help": ("-c", SVAR, "--help"),
            "svar show FILE": ("-c", SVAR, "show", REPORT),
            "svar show OUT": ("-c", SVAR, "show", out, "--needs-eyes"),
            "svar query OUT": ("-c", SVAR, "query", out, "SELECT count(*) FROM answers"),
            "svar run FILE": ("-c", SVAR, "run", REPORT, "--force", "--out", Path(folder, "one")),
        }
        print("| command | clock | processor time |\n|---|---|---|")
        for name, arguments in commands.items():
            seconds(*arguments)
            clock, work = map(min, zip(*(seconds(*arguments) for _ in range(rounds)), strict=True))
            print(f"| `{name}` | {clock:.2f} s | {work:.2f} s |")


def svar(*arguments: object) -> None:
    command = [sys.executable, "-c", SVAR, *map(str, arguments)]
    subprocess.run(command, capture_output=True, check=True)


def seconds(*arguments: object) -> tuple[float, float]:
    """The time of a process on the clock, and the processor time of it and of all that it starts.

    On Linux that includes processes that outlive it.
    """
    command = [sys.executable, *map(str, arguments)]
    before, begun = os.times(), time.perf_counter()
    subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=True)
    clock = time.perf_counter() - begun
    with suppress(ChildProcessError):
        while True:  # orphans, as the server that workers are forked from
            os.wait()
    after = os.times()
    taken = after.children_user + after.children_system
    return clock, taken - before.children_user - before.children_system


if __name__ == "__main__":
    main()
