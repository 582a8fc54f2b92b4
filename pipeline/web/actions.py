"""A reviewer's actions on a row: verdicts and corrections, saved at once and undoable."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from models.corrections import FIELDS, ROW_KINDS, THEME_KINDS, Correction, Kind, RowText
from models.report import Assertion
from pipeline.checking.verdicts import Judgement, Verdict
from pipeline.corrections.log import new_id
from pipeline.corrections.making import make, withdraw
from pipeline.web.board import Shown
from pipeline.web.desk import Desk
from pipeline.web.forms import SayError, added_mark, as_field, mark_of, row_text
from pipeline.web.queue import Queue

GOES_ON = frozenset({"right", "unsure", "wrong", "false-row"})
"""Actions that finish a row, so that the next one is shown."""

JUDGED = ("section", "question", "detail", "answer", "comment", "themes")
"""Fields that a verdict can call wrong."""


@dataclass(frozen=True, slots=True)
class Done:
    """A reviewer's action, as recorded for undo.

    Attributes:
        address: The row it concerns.
        corrections: Corrections that were made.
        verdict: The verdict that was given, or None.
        before: The reviewer's verdict before that, or None.
        replaced: Corrections that the new ones replaced.
    """

    address: str
    corrections: tuple[Correction, ...] = ()
    verdict: Verdict | None = None
    before: Verdict | None = None
    replaced: tuple[Correction, ...] = ()


def act(desk: Desk, queue: Queue, shown: Shown, form: Mapping[str, str]) -> Done | None:
    """Applies a submitted form to a row; returns None if there was nothing to do.

    Raises:
        SayError: The form cannot be used; the message is a key of `Words`.
        OSError: It cannot be saved.
    """
    action = form.get("action", "")
    address = f"/row/{shown.board.id}/{shown.name}?{queue.query}"
    if action in ("right", "unsure", "wrong"):
        return _judge(desk, queue, shown, action, form, address)
    corrections = _corrections(desk, shown, action, form)
    if not corrections:
        return None
    replaced = tuple(
        old for item in corrections for name in item.replaces if (old := _by_id(shown, name))
    )
    verdict, before = None, None
    if action in ("field", "false-row", "one-row", "two-rows", "theme-strike", "assertion"):
        verdict, before = _called_wrong(desk, queue, shown, action, form)
    if verdict:
        desk.judge(verdict)
    desk.correct(*corrections)
    return Done(address, corrections, verdict, before, replaced)


def undo(desk: Desk, done: Done) -> None:
    """Undoes an action; the logs keep both.

    Raises:
        OSError: It cannot be saved.
    """
    if done.verdict is not None:
        desk.judge(done.before or replace(done.verdict, withdrawn=True))
    made = [item for item in done.corrections if item.kind is not Kind.WITHDRAWN]
    back = [withdraw(desk.reviewer, item) for item in made]
    back += [item.model_copy(update={"id": new_id()}) for item in done.replaced]
    if back:
        desk.correct(*back)


def _by_id(shown: Shown, name: str) -> Correction | None:
    return shown.board.by_id.get(name)


def _judge(
    desk: Desk, queue: Queue, shown: Shown, action: str, form: Mapping[str, str], address: str
) -> Done | None:
    if shown.struck or (action == "right" and _is_corrected(desk, shown)):
        return None  # the corrections say everything
    names = [name for name in form.get("wrong", "").split() if name in JUDGED]
    if action == "wrong" and not names:
        raise SayError("wrong_which")
    verdict = Verdict(
        reviewer=desk.reviewer,
        report_id=shown.board.id,
        position=shown.answer.position,
        key=shown.answer.key,
        judgement=Judgement(action),
        sample=queue.drawn if queue.at(shown) >= 0 else None,
        read=shown.digest,
        wrong=dict.fromkeys(names) if action == "wrong" else {},
    )
    before = _own(desk, shown, verdict)
    desk.judge(verdict)
    return Done(address, verdict=verdict, before=before)


def _is_corrected(desk: Desk, shown: Shown) -> bool:
    """Whether the reviewer has corrected the row, and the corrections count."""
    return any(
        item.reviewer == desk.reviewer and item.state == "active" for item, _ in shown.outcomes
    )


def _own(desk: Desk, shown: Shown, verdict: Verdict) -> Verdict | None:
    """The reviewer's verdict of the same kind on a row so far."""
    found = [
        held
        for held in desk.judgements(shown)
        if held.reviewer == desk.reviewer and held.drawn == verdict.drawn
    ]
    return found[-1] if found else None


def _called_wrong(
    desk: Desk, queue: Queue, shown: Shown, action: str, form: Mapping[str, str]
) -> tuple[Verdict | None, Verdict | None]:
    """The verdict that a correction implies: what was read is wrong in these fields."""
    read = shown.read
    if read is None:
        return None, None
    if action == "field":
        name = form.get("field", "")
        wrong: dict[str, str | None] = {name: as_field(form.get("value", ""), name)}
    elif action in ("theme-strike", "assertion"):
        wrong = {"themes": None}
    else:
        wrong = dict.fromkeys(JUDGED[:5])
    wrong = {name: text for name, text in wrong.items() if name in JUDGED}
    if not wrong:
        return None, None
    board = shown.board
    verdict = Verdict(
        reviewer=desk.reviewer,
        report_id=board.id,
        position=shown.answer.position,
        key=shown.answer.key,
        judgement=Judgement.WRONG,
        sample=queue.drawn if queue.at(shown) >= 0 else None,
        read=board.read_digests[board.id, read.position],
        wrong=wrong,
    )
    before = _own(desk, shown, verdict)
    if before and before.judgement is Judgement.WRONG and before.read == verdict.read:
        verdict = replace(verdict, wrong={**before.wrong, **wrong})
    return verdict, before


def _corrections(
    desk: Desk, shown: Shown, action: str, form: Mapping[str, str]
) -> tuple[Correction, ...]:
    match action:
        case "withdraw":
            return _withdrawn(desk, shown, form.get("id", ""))
        case "settle":
            return _settled(desk, shown, form.get("id", ""))
        case "field":
            return _field(desk, shown, form)
        case "false-row":
            return _false_row(desk, shown, form)
        case "missed-row" | "one-row" | "two-rows":
            return (_rows(desk, shown, Kind(action), form),)
        case "theme-add" | "theme-strike" | "assertion":
            return (_theme(desk, shown, action, form),)
    raise SayError("error_title")


def _make(desk: Desk, shown: Shown, kind: Kind, position: int, **content: Any) -> Correction:  # noqa: ANN401
    try:
        return make(desk.reviewer, shown.board.read, kind, position, **content)
    except ValueError as error:
        raise SayError("no_next" if kind is Kind.ONE_ROW else "error_title") from error


def _withdrawn(desk: Desk, shown: Shown, name: str) -> tuple[Correction, ...]:
    correction = _by_id(shown, name)
    if correction is None or correction.reviewer != desk.reviewer:
        raise SayError("changed_meanwhile")
    return (withdraw(desk.reviewer, correction),)


def _settled(desk: Desk, shown: Shown, name: str) -> tuple[Correction, ...]:
    """A new correction of the current reading, replacing all that clash with it."""
    chosen = _by_id(shown, name)
    if chosen is None:
        raise SayError("changed_meanwhile")
    clashing = [
        correction.id
        for item, correction in shown.outcomes
        if item.state in ("stale", "conflict") and _of_one_thing(correction, chosen)
    ]
    content = chosen.model_dump(include={"field", "value", "rows", "page", "mention", "note"})
    position = shown.old[0] if shown.old and chosen.kind is not Kind.MISSED_ROW else chosen.position
    replaces = tuple({*clashing, chosen.id})
    return (_make(desk, shown, chosen.kind, position, **content, replaces=replaces),)


def _of_one_thing(one: Correction, other: Correction) -> bool:
    if one.kind in THEME_KINDS or other.kind in THEME_KINDS:
        marks = [item.mention for item in (one, other)]
        return all(marks) and marks[0].theme == marks[1].theme  # type: ignore[union-attr]
    return one.field == other.field or {one.kind, other.kind} & ROW_KINDS != set()


def _field(desk: Desk, shown: Shown, form: Mapping[str, str]) -> tuple[Correction, ...]:
    name = form.get("field", "")
    if name not in FIELDS:
        raise SayError("error_title")
    value = as_field(form.get("value", ""), name)
    if value == (getattr(shown.answer, name) or ""):
        return ()
    if shown.read is None:
        return (_remade(desk, shown, name, value),)
    own = [
        correction
        for item, correction in shown.outcomes
        if correction.kind is Kind.FIELD
        and correction.field == name
        and item.reviewer == desk.reviewer
    ]
    if value == (getattr(shown.read, name) or "") and own:  # back to what was read
        return tuple(withdraw(desk.reviewer, correction) for correction in own)
    stale = tuple(correction.id for correction in own)
    note = as_field(form.get("note", ""), "note")
    return (
        _make(
            desk, shown, Kind.FIELD, shown.old[0],
            field=name, value=value, note=note, replaces=stale,
        ),
    )  # fmt: skip


def _remade(desk: Desk, shown: Shown, name: str, value: str) -> Correction:
    """A row supplied by a reviewer, with a different text in one of its fields."""
    ids = {row.answer.position: row.by for row in shown.board.rows}[shown.answer.position]
    given = next(
        correction
        for correction in shown.board.corrections
        if correction.id in ids and correction.kind in ROW_KINDS
    )
    half = 1 if shown.name.endswith(".2") else 0
    rows: Sequence[RowText] = [
        row.model_copy(update={name: value, **({"code": ""} if name == "answer" else {})})
        if index == half
        else row
        for index, row in enumerate(given.rows)
    ]
    return _make(
        desk,
        shown,
        given.kind,
        given.position,
        rows=tuple(rows),
        page=given.page,
        replaces=(given.id,),
    )


def _false_row(desk: Desk, shown: Shown, form: Mapping[str, str]) -> tuple[Correction, ...]:
    if shown.added is not None:
        return (withdraw(desk.reviewer, shown.added),)
    if shown.read is None:
        raise SayError("error_title")
    note = as_field(form.get("note", ""), "note")
    return (_make(desk, shown, Kind.FALSE_ROW, shown.old[0], note=note),)


def _rows(desk: Desk, shown: Shown, kind: Kind, form: Mapping[str, str]) -> Correction:
    if not shown.old:
        raise SayError("error_title")
    note = as_field(form.get("note", ""), "note")
    if kind is Kind.MISSED_ROW:
        before = form.get("where") == "before"
        page = form.get("page", "")
        return _make(
            desk,
            shown,
            kind,
            shown.old[0] - 1 if before else shown.old[-1],
            rows=(row_text(form, "1"),),
            page=int(page) if page.isdigit() else None,
            note=note,
        )
    rows = tuple(
        row_text(form, suffix) for suffix in ("1", "2")[: 2 if kind is Kind.TWO_ROWS else 1]
    )
    return _make(desk, shown, kind, shown.old[0], rows=rows, note=note)


def _theme(desk: Desk, shown: Shown, action: str, form: Mapping[str, str]) -> Correction:
    if not shown.old:
        raise SayError("error_title")
    if action == "theme-add":
        mark = added_mark(shown, form)
        if mark.theme not in desk.taxonomy.by_id:
            raise SayError("no_theme")
        return _make(desk, shown, Kind.THEME_ADDED, shown.old[0], mention=mark)
    mark = mark_of(shown, form.get("mention", ""))
    if action == "theme-strike":
        return _make(desk, shown, Kind.THEME_STRUCK, shown.old[0], mention=mark)
    wanted = form.get("assertion", "")
    if wanted not in set(Assertion) or wanted == mark.assertion:
        raise SayError("error_title")
    return _make(desk, shown, Kind.ASSERTION, shown.old[0], mention=mark, value=wanted)
