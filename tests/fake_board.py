"""A stand-in for extraction: boards as lines of text, with real themes."""

from __future__ import annotations

import hashlib
from typing import Any

from extractors.structure.answers import code_of
from extractors.themes import tag
from models.report import Answer, Problem, Report, Section, Severity, Status


def table(data: bytes, source: str, forms: Any, taxonomy: Any, *, options: Any = None) -> Report:
    """A row for every line `section | question | answer | comment`; `# name` is the board."""
    organisation, rows = "", []
    for line in data.decode().splitlines():
        if line.startswith("# "):
            organisation = line.removeprefix("# ")
        elif line.strip():
            rows.append([cell.strip() for cell in line.split("|")])
    answers = []
    for position, (section, question, answer, comment) in enumerate(rows, 1):
        number = sum(other[0] == section for other in rows[:position])
        code = code_of(answer, forms[0]).value
        key = f"{section}/#{number}"
        answers.append(
            Answer(position, section, key, None, question, "", answer, code, comment, 1, 1)
        )
    return Report(
        report_id=hashlib.sha256(data).hexdigest()[:16],
        source=source,
        format="text",
        form=forms[0].id,
        organisation=organisation,
        status=Status.OK if answers else Status.FAILED,
        confidence=1.0 if answers else 0.0,
        sections=tuple(
            Section(name, f"Avsnitt {name}", 1) for name in sorted({r[0] for r in rows})
        ),
        answers=tuple(answers),
        themes=tag(answers, taxonomy),
        problems=() if answers else (Problem(Severity.ERROR, "empty", "The file is empty."),),
    )
