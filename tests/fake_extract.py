"""Stand-ins for extraction, for tests of the batch around it.

Each has the signature of `extractors.extract.extract_bytes` and is named to a batch by
`tests.fake_extract:<function>`.
"""

from __future__ import annotations

import ctypes
import hashlib
import os
import signal
import time
from dataclasses import replace
from typing import Any

from models.report import (
    Answer,
    Assertion,
    FieldBox,
    Mention,
    Problem,
    Report,
    Section,
    Severity,
    Status,
)


def fast(data: bytes, source: str, forms: Any, taxonomy: Any, *, options: Any = None) -> Report:
    """A report with an answer for every line of the text."""
    lines = data.decode("utf-8", "replace").splitlines()
    answers = tuple(
        Answer(n, "1.1", f"1.1/#{n}", None, f"Fråga {n}?", "", "Ja", "yes", line, flags=("cut",))
        for n, line in enumerate(lines, 1)
    )
    problems = () if answers else (Problem(Severity.ERROR, "empty", "The file is empty."),)
    return Report(
        report_id=hashlib.sha256(data).hexdigest()[:16],
        source=source,
        format="text",
        status=Status.OK if answers else Status.FAILED,
        confidence=1.0 if answers else 0.0,
        sections=(Section("1.1", "Trygghet", 2, "1"),),
        answers=answers,
        themes=tuple(
            Mention(answer.position, "skola", "plats", answer.comment[:5], 0, 5, answer.comment)
            for answer in answers
            if len(answer.comment) >= 5
        ),
        problems=problems,
    )


def hostile(data: bytes, source: str, forms: Any, taxonomy: Any, *, options: Any = None) -> Report:
    """Does what the text says: hang, crash, use up memory or raise; otherwise reads it."""
    if data.startswith(b"hang"):
        time.sleep(3600)
    if data.startswith(b"crash"):
        ctypes.string_at(0)
    if data.startswith(b"kill"):
        os.kill(os.getpid(), signal.SIGKILL)
    if data.startswith(b"leave"):
        os._exit(7)
    if data.startswith(b"swallow"):
        hoard = []
        while True:
            hoard.append(bytearray(2**22))
    if data.startswith(b"raise"):
        raise RuntimeError("the reader met what it did not expect")
    if data.startswith(b"surrogate"):
        return replace(fast(data, source, forms, taxonomy), title="\udcff")
    return fast(data, source, forms, taxonomy)


def slow(data: bytes, source: str, forms: Any, taxonomy: Any, *, options: Any = None) -> Report:
    """Like `fast`, after a delay."""
    time.sleep(0.02)
    return fast(data, source, forms, taxonomy)


def rich(data: bytes, source: str, forms: Any, taxonomy: Any, *, options: Any = None) -> Report:
    """Like `fast`, with places on pages and every kind of row."""
    report = fast(data, source, forms, taxonomy)
    boxes = (
        FieldBox(1, 10.0, 20.0, 200.0, 40.0, "question"),
        FieldBox(2, 1.0, 2.0, 3.0, 4.0, "comment"),
    )
    return replace(
        report,
        organisation="trygghetsnämnden",
        answers=tuple(
            replace(answer, page_first=1, page_last=2, boxes=boxes) for answer in report.answers
        ),
        themes=tuple(
            replace(
                mention, assertion=Assertion.PLANNED if mention.position > 1 else mention.assertion
            )
            for mention in report.themes
        ),
    )


def board(data: bytes, source: str, forms: Any, taxonomy: Any, *, options: Any = None) -> Report:
    """Like `fast`, with the text's first line as title and its first word as board."""
    report = fast(data, source, forms, taxonomy)
    first, *answers = report.answers
    return replace(
        report,
        title=first.comment,
        organisation=first.comment.split()[0],
        answers=tuple(answers),
        themes=tuple(m for m in report.themes if m.position != first.position),
    )
