"""Calls functions in a process apart: a file that crashes its reader costs no more than itself.

One process serves all calls, one after the other. It is started by the first call, and again by the
next one after it died. A process without threads is forked where the system does that safely
(Linux); elsewhere a new interpreter starts.
"""

from __future__ import annotations

import gc
import multiprocessing
import multiprocessing.connection
import os
import pickle
import signal
import sys
import threading
import time
import traceback
from collections.abc import Callable
from dataclasses import dataclass
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from typing import Any, TypeVar

from pipeline.watch import MEMORY_EXIT, Watch

_LOOK_SECONDS = 0.1
_END_SECONDS = 5.0

Value = TypeVar("Value")


class TooLongError(Exception):
    """A call took longer than it may, and was stopped."""


class TooMuchMemoryError(Exception):
    """A call needed more memory than it may, and was stopped."""


class CrashedError(Exception):
    """The process died during a call; the message is how, as in "signal 11"."""


class _Process:
    """The process that calls are made in."""

    def __init__(self) -> None:
        self._one_at_a_time = threading.Lock()
        self._process: BaseProcess | None = None
        self._pipe: Connection | None = None

    def call(
        self,
        function: Callable[[], Value],
        seconds: float,
        mib: int,
        meanwhile: Callable[[], object] | None,
    ) -> Value:
        with self._one_at_a_time:
            pipe = self._started()
            last = time.monotonic() + seconds
            try:
                pipe.send((function, mib))
                if meanwhile is not None:
                    meanwhile()
                if not pipe.poll(max(0.0, last - time.monotonic())):
                    raise TooLongError
                outcome = pipe.recv()
            except (EOFError, OSError) as error:
                raise self._death() from error
            except BaseException:  # also an interrupt: the call may still be running
                self._end()
                raise
        if isinstance(outcome, _Raised):
            raise outcome.error
        value: Value = outcome
        return value

    def _started(self) -> Connection:
        if self._process is None or self._pipe is None or not self._process.is_alive():
            alone = sys.platform == "linux" and threading.active_count() == 1
            context: Any = multiprocessing.get_context("fork" if alone else "spawn")
            self._pipe, end = context.Pipe()
            self._process = context.Process(target=_serve, args=(end,), daemon=True)
            self._process.start()
            end.close()
        return self._pipe

    def _death(self) -> Exception:
        """How the process died, as an error."""
        code = self._end()
        if code == MEMORY_EXIT:
            return TooMuchMemoryError()
        how = f"signal {-code}" if code is not None and code < 0 else f"exit code {code}"
        return CrashedError(how)

    def _end(self) -> int | None:
        """Ends the process and returns its exit code, its own if it is ending already."""
        process, pipe = self._process, self._pipe
        self._process = self._pipe = None
        if process is None or pipe is None:
            return None
        dying = multiprocessing.connection.wait([process.sentinel], _LOOK_SECONDS)
        if not dying:
            process.kill()
        process.join(_END_SECONDS)
        pipe.close()
        return process.exitcode


_process = _Process()


def call_apart(
    function: Callable[[], Value],
    seconds: float,
    mib: int,
    meanwhile: Callable[[], object] | None = None,
) -> Value:
    """Returns what a function returns in the process apart, or raises what it raises there.

    Args:
        function: A function that can be pickled, such as a `partial` of one of a module.
        seconds: Maximum time.
        mib: Maximum memory in MiB, in addition to what the process holds before the call.
        meanwhile: Called in this process while the other is busy.

    Raises:
        TooLongError: It took longer.
        TooMuchMemoryError: It needed more memory.
        CrashedError: The process died.
    """
    return _process.call(function, seconds, mib, meanwhile)


@dataclass(frozen=True, slots=True)
class _Raised:
    """What a call raised."""

    error: Exception


def _serve(pipe: Connection) -> None:
    """Makes the calls that come through a pipe until its other end is gone."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the process that calls
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    gc.freeze()  # the collector would touch, and so copy, all that this process shares
    watch = Watch()
    watch.start()
    while True:
        try:
            function, mib = pipe.recv()
        except EOFError:
            return
        watch.allow(mib)
        pipe.send(_outcome(function))


def _outcome(function: Callable[[], Any]) -> Any:  # noqa: ANN401 - whatever the function returns
    try:
        return function()
    except MemoryError:
        os._exit(MEMORY_EXIT)
    except Exception as error:
        error.add_note(traceback.format_exc())
        try:
            pickle.loads(pickle.dumps(error))
        except Exception:
            return _Raised(RuntimeError(f"{type(error).__name__}: {error}"))
        return _Raised(error)
