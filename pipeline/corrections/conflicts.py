"""Which corrections can be applied. Disagreement between reviewers is shown, not averaged out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from models.corrections import ROW_KINDS, Correction, Kind
from models.report import CorrectionState

DIFFER = "Reviewers differ: {others}."
LATER = "The same reviewer corrected the whole row later."


@dataclass(frozen=True, slots=True)
class Placed:
    """A correction with its place and state.

    Attributes:
        correction: The correction.
        state: Its state.
        index: 0-based index of the first row it concerns in the report as read, or None.
        reason: Why it is not applied, or "".
    """

    correction: Correction
    state: CorrectionState
    index: int | None
    reason: str = ""

    @property
    def active(self) -> bool:
        """Whether it is to be applied."""
        return self.state is CorrectionState.ACTIVE

    @property
    def rows(self) -> range:
        """The rows as read that it replaces or changes."""
        if self.index is None or self.correction.kind is Kind.MISSED_ROW:
            return range(0)
        return range(self.index, self.index + max(1, len(self.correction.read)))


def settle(placed: Sequence[Placed]) -> list[Placed]:
    """Returns the corrections, with those that clash marked as in conflict or superseded."""
    return [_settled(item, placed) if item.active else item for item in placed]


def _settled(item: Placed, placed: Sequence[Placed]) -> Placed:
    clashing = [other for other in placed if other is not item and _clash(item, other)]
    others = sorted({o.correction.reviewer for o in clashing} - {item.correction.reviewer})
    if others:
        reason = DIFFER.format(others=", ".join(others))
        return replace(item, state=CorrectionState.CONFLICT, reason=reason)
    if any(other.correction.at > item.correction.at for other in clashing):
        return replace(item, state=CorrectionState.STALE, reason=LATER)
    return item


def _clash(one: Placed, other: Placed) -> bool:
    """Whether two corrections contradict each other."""
    if not (one.active and other.active):
        return False
    first, second = one.correction, other.correction
    if Kind.MISSED_ROW in (first.kind, second.kind):
        return first.kind == second.kind and one.index == other.index and _same_row(first, second)
    if not set(one.rows) & set(other.rows):
        return False
    if first.kind in ROW_KINDS and second.kind in ROW_KINDS:
        return (first.kind, first.rows) != (second.kind, second.rows)
    if first.kind in ROW_KINDS or second.kind in ROW_KINDS:
        return True
    return first.field == second.field and first.value != second.value


def _same_row(first: Correction, second: Correction) -> bool:
    """Whether two missed rows are one question, read differently."""
    return first.rows[0].question == second.rows[0].question and first.rows != second.rows


def once(placed: Iterable[Placed]) -> Iterator[Placed]:
    """Yields the corrections to apply, just one if several reviewers agree."""
    seen = set()
    for item in placed:
        if not item.active:
            continue
        correction = item.correction
        what = (correction.kind, correction.field, correction.value, correction.rows, item.index)
        if what not in seen:
            seen.add(what)
            yield item
