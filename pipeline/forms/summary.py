"""A readable summary of what was found while drafting a form."""

from __future__ import annotations

from collections.abc import Iterator

from extractors.suggesting.draft import Draft, DraftTable
from extractors.suggesting.wording import counted, pages_text, shortened


def summary_of(draft: Draft) -> str:
    """Returns the tables, columns, answers, references and sections of a draft as lines of text."""
    lines = [f"{draft.title or 'No title'} (language: {draft.language})"]
    for table in draft.tables:
        lines += ["", *_table(table)]
    lines += ["", *_others(draft)]
    return "\n".join(lines).rstrip() + "\n"


def _table(table: DraftTable) -> Iterator[str]:
    kind = table.kind
    rows, tables = counted(len(kind.rows), "row"), counted(kind.tables, "table")
    on = f" on pages {pages_text(kind.pages)}" if kind.pages else ""
    left_out = "; left out, since it seems to have no questions" if not table.is_used else ""
    heads = counted(kind.repeats, "time")
    yield f"{rows} in {tables} of {kind.width} columns{on}; its headers occur {heads}{left_out}"
    for profile, role in table.columns:
        guess = " (guess)" if role.is_guess else ""
        example = f"such as “{shortened(profile.filled[0])}”" if profile.filled else "no text"
        why = f"; {role.why[0]}" if role.why else ""
        yield f"  {profile.head or '(no header)'}: {role.holds}{guess}; {example}{why}"
    wide = table.full_width
    if wide.count:
        count = counted(wide.count, "row")
        yield f"  {count} over all columns: {wide.holds}; such as “{shortened(wide.example)}”"


def _others(draft: Draft) -> Iterator[str]:
    if draft.written:
        questions = draft.written.questions
        count, first = counted(len(questions), "question"), shortened(questions[0][0])
        how = draft.written.recognised_by
        yield f"{count} outside tables, recognised by {how}; such as “{first}”"
    for answer in draft.answers.words:
        code = answer.code or "other (guess)"
        yield f"Answer “{answer.word}”: {counted(answer.count, 'time')}, {code}"
    for looks, number in draft.looks.items():
        yield f"Answer {looks}: {counted(number, 'time')} (guess)"
    if draft.references:
        yield f"References such as {', '.join(draft.references)}"
    if draft.sections.recognised_by:
        examples = ", ".join(f"“{shortened(text)}”" for text in draft.sections.examples[:3])
        yield f"Sections by {draft.sections.recognised_by}, such as {examples}"
