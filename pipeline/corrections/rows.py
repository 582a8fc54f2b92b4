"""The rows of a report as reviewers corrected them: texts, codes, keys, places and flags."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from extractors.doubts import ANSWER_BLANK, ANSWER_UNKNOWN, QUESTION_BLANK, REF_REPEATED
from extractors.layout.blocks import Doubt
from extractors.structure.answers import code_of, keys_of
from extractors.text import fold
from models.corrections import FIELDS, ROW_KINDS, TEXTS, Correction, Kind, RowText
from models.form import Form
from models.report import Answer
from pipeline.corrections.conflicts import Placed, once

_SETTLED = {
    "answer": {ANSWER_BLANK, ANSWER_UNKNOWN, Doubt.ANSWER_UNCERTAIN.value},
    "code": {ANSWER_UNKNOWN},
    "question": {QUESTION_BLANK, Doubt.QUESTION_UNCERTAIN.value},
}
"""Flags that no longer apply once a reviewer has corrected the field."""


@dataclass(slots=True)
class Row:
    """A row of the corrected report.

    Attributes:
        answer: The answer; its position and key are set last.
        old: 0-based indices of the rows as read that it comes from; empty if it was missed.
        made: Whether a reviewer supplied the whole row.
        fields: Fields whose text changed.
        by: Ids of the corrections that produced it.
    """

    answer: Answer
    old: tuple[int, ...] = ()
    made: bool = False
    fields: set[str] = field(default_factory=set)
    by: set[str] = field(default_factory=set)

    @property
    def position(self) -> int:
        """Its position in the corrected report, from 1."""
        return self.answer.position

    @property
    def retag(self) -> bool:
        """Whether its comment must be tagged again."""
        return "comment" in self.fields


def build_rows(answers: Sequence[Answer], placed: Sequence[Placed], form: Form | None) -> list[Row]:
    """Returns the rows of a report with the active corrections applied.

    Args:
        answers: The answers as read.
        placed: The corrections, after conflicts are settled.
        form: The report's form, for answer codes; None if unknown.
    """
    active = list(once(placed))
    whole = {item.index: item for item in active if item.correction.kind in ROW_KINDS and item.rows}
    covered = {index for item in whole.values() for index in item.rows}
    rows = list(_missed(-1, active, answers, form))
    for index, answer in enumerate(answers):
        if index in whole:
            rows += _whole(whole[index], answers, form)
        elif index not in covered:
            own = [i.correction for i in active if i.index == index and i.correction.field]
            rows.append(_corrected(answer, index, own, form))
        rows += _missed(index, active, answers, form)
    for item in placed:  # reviewers who supplied the same row share it
        if item.active and item.correction.kind in ROW_KINDS:
            for row in rows:
                if any(_says_same(item, other, row) for other in active):
                    row.by.add(item.correction.id)
    _number(rows, answers)
    return rows


def _says_same(item: Placed, other: Placed, row: Row) -> bool:
    one, two = item.correction, other.correction
    same = (one.kind, one.rows, item.index) == (two.kind, two.rows, other.index)
    return same and two.id in row.by


def _corrected(
    answer: Answer, index: int, corrections: Sequence[Correction], form: Form | None
) -> Row:
    """A row with some fields corrected."""
    if not corrections:
        return Row(answer, (index,))
    values: dict[str, str | None] = {item.field: item.value for item in corrections}
    fields = set(values)
    if "ref" in values:
        values["ref"] = values["ref"] or None
    if "answer" in fields and "code" not in fields:
        values["code"] = _code(values["answer"] or "", form)
    changed = replace(answer, **values)  # type: ignore[arg-type]
    settled = {flag for name in fields for flag in _SETTLED.get(name, ())}
    flags = [flag for flag in answer.flags if flag not in settled]
    flags += [flag for flag in _content_flags(changed, form) if flag not in flags]
    if "code" in fields:
        flags = [flag for flag in flags if flag != ANSWER_UNKNOWN]
    names = tuple(name for name in FIELDS if name in fields)
    return Row(
        replace(changed, flags=tuple(flags), corrected=names),
        (index,),
        fields=fields | {name for name in ("code",) if "answer" in fields},
        by={item.id for item in corrections},
    )


def _whole(item: Placed, answers: Sequence[Answer], form: Form | None) -> Iterator[Row]:
    """The rows that replace one or two that were read."""
    sources = [answers[index] for index in item.rows]
    for text in item.correction.rows:
        yield _made(text, sources, tuple(item.rows), item.correction, form)


def _missed(
    index: int, active: Sequence[Placed], answers: Sequence[Answer], form: Form | None
) -> Iterator[Row]:
    """The missed rows that follow a row."""
    for item in active:
        correction = item.correction
        if correction.kind is Kind.MISSED_ROW and item.index == index:
            row = _made(correction.rows[0], [], (), correction, form)
            page = correction.page
            row.answer = replace(row.answer, page_first=page, page_last=page)
            yield row


def _made(
    text: RowText,
    sources: Sequence[Answer],
    old: tuple[int, ...],
    correction: Correction,
    form: Form | None,
) -> Row:
    """A row supplied by a reviewer, at the place of the rows it comes from."""
    answer = Answer(
        position=0,
        section=text.section,
        key="",
        ref=text.ref or None,
        question=text.question,
        detail=text.detail,
        answer=text.answer,
        code=text.code or _code(text.answer, form),
        comment=text.comment,
        page_first=min((a.page_first for a in sources if a.page_first), default=None),
        page_last=max((a.page_last for a in sources if a.page_last), default=None),
        boxes=tuple(box for source in sources for box in source.boxes),
        line_first=min((a.line_first for a in sources if a.line_first), default=None),
        line_last=max((a.line_last for a in sources if a.line_last), default=None),
        corrected=TEXTS,
    )
    flags = tuple(_content_flags(answer, form))
    return Row(replace(answer, flags=flags), old, True, set(FIELDS), {correction.id})


def _code(answer: str, form: Form | None) -> str:
    if form is None:
        return "other" if answer else "missing"
    return code_of(answer, form).value


def _content_flags(answer: Answer, form: Form | None) -> Iterator[str]:
    """Flags that follow from the texts of a row."""
    if not answer.answer:
        yield ANSWER_BLANK
    elif form is not None and fold(answer.answer) not in form.codes:
        yield ANSWER_UNKNOWN
    if not answer.question:
        yield QUESTION_BLANK


def _number(rows: Sequence[Row], answers: Sequence[Answer]) -> None:
    """Sets each row's position, and the keys in sections whose rows have changed."""
    before: dict[str, list[str | None]] = defaultdict(list)
    for answer in answers:
        before[answer.section].append(answer.ref)
    own: dict[str, list[Row]] = defaultdict(list)
    for position, row in enumerate(rows, start=1):
        row.answer = replace(row.answer, position=position)
        own[row.answer.section].append(row)
    for section, members in own.items():
        refs = [row.answer.ref for row in members]
        if refs != before[section] or any(row.made for row in members):
            _rename(section, members, refs)


def _rename(section: str, rows: Sequence[Row], refs: Sequence[str | None]) -> None:
    repeated = {ref for ref, count in Counter(refs).items() if ref and count > 1}
    for row, key in zip(rows, keys_of(section, refs), strict=True):
        flags = [flag for flag in row.answer.flags if flag != REF_REPEATED]
        flags += [REF_REPEATED] if row.answer.ref in repeated else []
        row.answer = replace(row.answer, key=key, flags=tuple(flags))
