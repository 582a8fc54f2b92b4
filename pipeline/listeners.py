"""Events of a batch while it runs."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.inputs import Inputs
from pipeline.plan import Plan
from pipeline.worker import Result


class Listener:
    """Receives the events of a batch; this base class ignores them."""

    def planned(self, plan: Plan, inputs: Inputs, hashed: int) -> None:
        """The plan is made; `hashed` input files had to be read for it."""

    def finished(self, result: Result) -> None:
        """A report is done."""

    def published(self, files: dict[str, str]) -> None:
        """Files were published: SHA-256 by name."""

    def ended(self) -> None:
        """There will be no more events."""


class Listeners(Listener):
    """Passes events on to several listeners."""

    def __init__(self, listeners: Sequence[Listener]) -> None:
        self._listeners = listeners

    def planned(self, plan: Plan, inputs: Inputs, hashed: int) -> None:
        """The plan is made."""
        for listener in self._listeners:
            listener.planned(plan, inputs, hashed)

    def finished(self, result: Result) -> None:
        """A report is done."""
        for listener in self._listeners:
            listener.finished(result)

    def published(self, files: dict[str, str]) -> None:
        """Files were published."""
        for listener in self._listeners:
            listener.published(files)

    def ended(self) -> None:
        """There will be no more events."""
        for listener in self._listeners:
            listener.ended()
