"""Hand-made reports for the tests of the spot checks: an invented board, our own wording."""

from __future__ import annotations

from dataclasses import replace
from hashlib import sha256
from pathlib import Path

import pyarrow.parquet as pq

from models.datasets import SCHEMA_VERSION
from models.report import (
    Answer,
    Assertion,
    Mention,
    Part,
    Problem,
    Report,
    Role,
    Section,
    Severity,
    Status,
)
from models.rows import tables

COMMENT = (
    "Vi har två fältassistenter på Åsa torg.\n\nNågon lägesbild finns inte ännu, men ska tas fram."
)
DUMP = """\
Uppföljning 2031
1 Trygga platser

Frågor Svar med kommentar

Har ni folk ute på kvällarna?

 Ja

Vi har två fältassistenter på Åsa torg.

Någon lägesbild finns inte ännu, men
 Insats 1:1 Personal ska synas.

ska tas fram.

2 Handel och hyra

Har ni kontroll på hyreskontrakten?

 Nej
"""
ROLES = {
    1: (Role.RUNNING, None),
    2: (Role.HEADING, None),
    4: (Role.TABLE_HEAD, None),
    6: (Role.QUESTION, 1),
    8: (Role.ANSWER, 1),
    10: (Role.COMMENT, 1),
    12: (Role.COMMENT, 1),
    13: (Role.DETAIL, 1),
    15: (Role.COMMENT, 1),
    17: (Role.HEADING, None),
    19: (Role.QUESTION, 2),
    21: (Role.ANSWER, 2),
}


def report_id(data: bytes) -> str:
    return sha256(data).hexdigest()[:16]


def parts() -> tuple[Part, ...]:
    found = []
    for number, line in enumerate(DUMP.splitlines(), 1):
        if number in ROLES:
            role, position = ROLES[number]
            start = len(line) - len(line.lstrip())
            section = "1" if number < 17 else "2"
            found.append(Part(role, number, start, len(line), None, section, position))
    return tuple(found)


def mention(surface: str, theme: str, **changes: object) -> Mention:
    start = COMMENT.index(surface)
    sentence = next(sentence for sentence in COMMENT.split("\n\n") if surface in sentence)
    base = Mention(1, theme, theme, surface, start, start + len(surface), sentence)
    return replace(base, **changes)  # type: ignore[arg-type]


def report(source: str = "aspnaset.txt", **changes: object) -> Report:
    """A text dump's report: two sections, two answers, two mentions, a warning."""
    base = Report(
        report_id=report_id(DUMP.encode()),
        source=source,
        format="text",
        reader="text",
        form="trygghet",
        organisation="Aspnäsets stadsdelsnämnd",
        title="Uppföljning 2031",
        status=Status.OK,
        confidence=0.75,
        version="0.1.0",
        sections=(
            Section("1", "Trygga platser", 1, instruction="Svara kort."),
            Section("2", "Handel och hyra", 1),
            Section("3", "Skolan", 1, asked=False),
        ),
        answers=(
            Answer(
                position=1,
                section="1",
                key="1/1:1",
                ref="1:1",
                question="Har ni folk ute på kvällarna?",
                detail="Insats 1:1 Personal ska synas.",
                answer="Ja",
                code="yes",
                comment=COMMENT,
                line_first=6,
                line_last=15,
                confidence=0.6,
                flags=("cut",),
            ),
            Answer(
                position=2,
                section="2",
                key="2/#1",
                ref=None,
                question="Har ni kontroll på hyreskontrakten?",
                detail="",
                answer="Nej",
                code="no",
                comment="",
                line_first=19,
                line_last=21,
                confidence=0.9,
            ),
        ),
        themes=(
            mention("fältassistenter", "faltarbete"),
            mention("lägesbild", "lagesbild", assertion=Assertion.NEGATED, cue="inte ännu"),
        ),
        problems=(
            Problem(Severity.WARNING, "line-other", "Line 3 is unclear.", line=3, advice="Look."),
        ),
        parts=parts(),
    )
    return replace(base, **changes)  # type: ignore[arg-type]


def failed(source: str = "tom.txt") -> Report:
    return Report(
        report_id="0" * 16,
        source=source,
        status=Status.FAILED,
        problems=(Problem(Severity.ERROR, "empty", f"{source} is empty.", advice="Send it anew."),),
    )


def write_datasets(folder: Path, *reports: Report) -> Path:
    """Writes datasets as `svar run` leaves them: a folder of Parquet files each."""
    for name, table in tables(reports).items():
        (folder / name).mkdir(parents=True, exist_ok=True)
        marked = table.replace_schema_metadata({"schema_version": SCHEMA_VERSION})
        pq.write_table(marked, folder / name / "part-0000.parquet")
    return folder


def many(boards: int, answers: int) -> list[Report]:
    """Boards with numbered answers: every fifth a no, every fourth flagged, one theme rare."""
    return [
        report(
            f"board-{board}.txt",
            report_id=report_id(f"board {board}".encode()),
            organisation=f"Nämnd {board}",
            answers=tuple(
                Answer(
                    position=n,
                    section="1",
                    key=f"1/#{n}",
                    ref=None,
                    question=f"Fråga {n}?",
                    detail="",
                    answer="Nej" if n % 5 == 0 else "Ja",
                    code="no" if n % 5 == 0 else "yes",
                    comment=f"Kommentar {n} från nämnd {board}.",
                    flags=("cut",) if n % 4 == 0 else (),
                )
                for n in range(1, answers + 1)
            ),
            themes=tuple(
                Mention(n, theme, theme, "Kommentar", 0, 9, "")
                for n in range(1, answers + 1)
                for theme in (("vanligt", "ovanligt") if (board, n) == (0, 1) else ("vanligt",))
            ),
            problems=(),
            parts=(),
        )
        for board in range(boards)
    ]
