"""What a batch tells while it runs."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.inputs import Inputs
from pipeline.plan import Plan
from pipeline.worker import Result


class Listener:
    """Hears what a batch does; does nothing with it. Others build on it."""

    def planned(self, plan: Plan, inputs: Inputs, hashed: int) -> None:
        """The plan stands; `hashed` input files had to be read for it."""

    def finished(self, result: Result) -> None:
        """A report is done."""

    def published(self, files: dict[str, str]) -> None:
        """Files were published: SHA-256 by name."""

    def ended(self) -> None:
        """Nothing more will come."""


class Listeners(Listener):
    """Passes everything on to several."""

    def __init__(self, listeners: Sequence[Listener]) -> None:
        self._listeners = listeners

    def planned(self, plan: Plan, inputs: Inputs, hashed: int) -> None:
        """The plan stands."""
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
        """Nothing more will come."""
        for listener in self._listeners:
            listener.ended()
