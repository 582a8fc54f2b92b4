"""Where in a report a correction belongs, and whether that text still reads as it did.

A correction is applied only if the text it replaces is what the reviewer saw. If that has since
been put right, the correction is resolved; if it now reads differently, it is stale and a person
must look again.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from models.corrections import FIELDS, TEXTS, Correction, Kind, RowText
from models.report import CorrectionState

SPECIFIC = 40
"""Length from which equal texts are no coincidence, whatever surrounds them."""

GONE = "The row is no longer read."
TWICE = "Several rows now read as this one did."
OTHERWISE = "The row now reads differently."


@dataclass(frozen=True, slots=True)
class Found:
    """Where a correction belongs, and its state.

    Attributes:
        state: Active, resolved or stale.
        index: 0-based index of the first row it concerns, or None. For a missed row, the index of
            the row it follows; -1 for the start.
        reason: Why it is stale, or "".
    """

    state: CorrectionState
    index: int | None
    reason: str = ""


def find(
    rows: Sequence[RowText], keys: Sequence[str], correction: Correction, *, own: bool
) -> Found:
    """Finds the place of a correction that is not about themes.

    Args:
        rows: The report's rows as now read.
        keys: Their keys.
        correction: The correction.
        own: Whether it was made on this report; one carried over from an earlier version of the
            file is applied only if whole rows read the same.
    """
    match correction.kind:
        case Kind.FIELD:
            return _field(rows, keys, correction, own)
        case Kind.MISSED_ROW:
            return _missed(rows, keys, correction, own)
        case Kind.FALSE_ROW:
            return _false(rows, keys, correction)
        case _:
            return _rows(rows, keys, correction)


def row_of(rows: Sequence[RowText], keys: Sequence[str], correction: Correction) -> Found:
    """Finds the row of a correction of themes; active if it reads as it did."""
    same = _same(rows, correction.read, correction.position - 1)
    if same.index is not None or same.reason:
        return same
    alike = _alike(rows, keys, correction)
    return Found(CorrectionState.STALE, alike, OTHERWISE if alike is not None else GONE)


def _same(rows: Sequence[RowText], wanted: Sequence[RowText], at: int) -> Found:
    """Rows that read exactly the same: those at `at`, or else the only ones that do."""
    for names in (TEXTS, TEXTS[1:]):  # the section's number may have been what was corrected
        texts = [_texts(row, names) for row in wanted]
        places = [
            index
            for index in range(len(rows) - len(texts) + 1)
            if [_texts(row, names) for row in rows[index : index + len(texts)]] == texts
        ]
        if at in places:
            return Found(CorrectionState.ACTIVE, at)
        if len(places) == 1:
            return Found(CorrectionState.ACTIVE, places[0])
        if places:
            return Found(CorrectionState.STALE, None, TWICE)
    return Found(CorrectionState.STALE, None)


def _texts(row: RowText, names: Sequence[str]) -> tuple[str, ...]:
    return tuple(getattr(row, name) for name in names)


def _alike(rows: Sequence[RowText], keys: Sequence[str], correction: Correction) -> int | None:
    """The row with the same question, or else the only one with the same key."""
    question = correction.read[0].question
    by_question = [n for n, row in enumerate(rows) if question and row.question == question]
    by_key = [n for n, key in enumerate(keys) if key == correction.key]
    both = [n for n in by_question if n in by_key]
    for places in (both, by_question, by_key):
        if len(places) == 1:
            return places[0]
    return None


def _field(
    rows: Sequence[RowText], keys: Sequence[str], correction: Correction, own: bool
) -> Found:
    name, value, read = correction.field, correction.value, correction.read[0]
    was: str = getattr(read, name)
    same = _same(rows, correction.read, correction.position - 1)
    if same.index is not None:
        return _by_value(rows, same.index, correction)
    if same.reason:
        return same
    fixed = read.model_copy(update={name: value})
    now = _same(rows, [fixed], correction.position - 1)
    if now.index is not None:
        return Found(CorrectionState.RESOLVED, now.index)
    alike = _alike(rows, keys, correction)
    if alike is None:
        return Found(CorrectionState.STALE, None, GONE)
    current: str = getattr(rows[alike], name)
    if current == value or (own and current == was and len(was) >= SPECIFIC):
        return _by_value(rows, alike, correction)
    return Found(CorrectionState.STALE, alike, OTHERWISE)


def _by_value(rows: Sequence[RowText], index: int, correction: Correction) -> Found:
    """The state of a field's correction in its row."""
    current: str = getattr(rows[index], correction.field)
    if current == correction.value:
        return Found(CorrectionState.RESOLVED, index)
    if current == getattr(correction.read[0], correction.field):
        return Found(CorrectionState.ACTIVE, index)
    return Found(CorrectionState.STALE, index, OTHERWISE)


def _false(rows: Sequence[RowText], keys: Sequence[str], correction: Correction) -> Found:
    same = _same(rows, correction.read, correction.position - 1)
    if same.index is not None or same.reason:
        return same
    alike = _alike(rows, keys, correction)
    if alike is not None:
        return Found(CorrectionState.STALE, alike, OTHERWISE)
    texts = {text for text in correction.read[0].texts if len(text) >= SPECIFIC}
    left = next((index for index, row in enumerate(rows) if texts & set(row.texts)), None)
    if left is not None:
        return Found(CorrectionState.STALE, left, OTHERWISE)
    return Found(CorrectionState.RESOLVED, None)


def _rows(rows: Sequence[RowText], keys: Sequence[str], correction: Correction) -> Found:
    """The place of a correction that merges two rows or splits one."""
    same = _same(rows, correction.read, correction.position - 1)
    if same.index is not None or same.reason:
        return same
    now = _same(rows, correction.rows, correction.position - 1)
    if now.index is not None:
        return Found(CorrectionState.RESOLVED, now.index)
    alike = _alike(rows, keys, correction)
    return Found(CorrectionState.STALE, alike, OTHERWISE if alike is not None else GONE)


def _missed(
    rows: Sequence[RowText], keys: Sequence[str], correction: Correction, own: bool
) -> Found:
    missed = correction.rows[0]
    now = _same(rows, correction.rows, correction.position)
    if now.index is not None:
        return Found(CorrectionState.RESOLVED, now.index)
    if any(row.question == missed.question and row.section == missed.section for row in rows):
        return Found(CorrectionState.STALE, None, "A row with this question is read now.")
    if not correction.read:
        return Found(CorrectionState.ACTIVE, -1)
    before = _same(rows, correction.read, correction.position - 1)
    index = before.index
    if index is None and own:
        index = _alike(rows, keys, correction)
    if index is None:
        return Found(CorrectionState.STALE, None, "The row before it is no longer read.")
    return Found(CorrectionState.ACTIVE, index)


def as_text(rows: Sequence[RowText]) -> str:
    """Rows for people to read: their texts, separated by blank lines."""
    shown = (
        "\n\n".join(text for name in FIELDS[2:] if name != "code" and (text := getattr(row, name)))
        for row in rows
    )
    return "\n\n\u2014\n\n".join(shown)
