"""Shared by the tests of `svar export`: datasets that a spreadsheet could spoil."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from click.testing import CliRunner, Result

from models.report import AppliedCorrection, CorrectionState, Report
from pipeline.cli.export import command
from tests import checking_helpers as made

HOSTILE = [
    "=1+1",
    "=HYPERLINK(\"http://exempel.se\")",
    "@SUM(A1)",
    "+46 8 123",
    "-1",
    "http://exempel.se/",
    "mailto:a@exempel.se",
    "internal:Blad!A1",
    "2031-01-05",
    "1:1",
    "007",
    "3,14",
    "1e5",
    "TRUE",
    "'apostrof",
    "{=A1}",
    "<r><t>fet</t></r>",
    "<b>&amp;</b> ]]> \"citat\"",
    " blanksteg först och sist ",
    "rad ett\nrad två\n\nstycke",
    "klocka\x07 och retur\r och _x0041_ och \ufffe",
    "\u202eomvänd\u2069 å ä ö 👮🏽 𝄞",
    "#N/A",
    "å" * 40_000,
    "👮" * 20_000,
]  # fmt: skip


def run(*arguments: object) -> Result:
    return CliRunner().invoke(
        command, [str(a) for a in arguments], standalone_mode=False, catch_exceptions=False
    )


def hostile_report() -> Report:
    """A board whose every field is a text that a spreadsheet could take for something else."""
    base = made.report().answers[1]
    answers = tuple(
        replace(
            base,
            position=n,
            key=f"2/#{n}",
            question=f"{text}?" if len(text) < 1000 else "Lång?",
            detail=text[:1000],
            answer=text[:1000],
            comment=text,
        )
        for n, text in enumerate(HOSTILE, 1)
    )
    return made.report(organisation="=nämnden", answers=answers, themes=(), problems=())


def corrected_report() -> Report:
    """A comment that a reviewer corrected, too long for a cell, and a correction not applied."""
    base = made.report()
    comment = replace(
        base.answers[0], comment="Rättat. " + "å" * 40_000, corrected=("comment",), flags=()
    )
    disputed = replace(base.answers[1], flags=("correction-conflict",))
    corrections = tuple(
        AppliedCorrection(
            "field", field, read, right, state, "Kim", "2031-02-01T09:00:00Z", "id", "a" * 16,
            position, key,
        )
        for field, read, right, state, position, key in (
            ("comment", "=Fel.", comment.comment, CorrectionState.ACTIVE, 1, "1/1:1"),
            ("answer", "Nej", "Ja", CorrectionState.CONFLICT, 2, "2/#1"),
        )
    )  # fmt: skip
    return replace(
        base, answers=(comment, disputed), themes=(), problems=(), corrections=corrections
    )


def write_out(folder: Path) -> Path:
    """Writes datasets of three boards, a hostile one, and a report that could not be read."""
    plain = made.report()
    other = made.report(
        "boda.txt",
        report_id="b" * 16,
        organisation="Åbodas nämnd",
        answers=(replace(plain.answers[0], question="Har ni folk ute?", flags=(), confidence=1.0),),
        problems=(),
    )
    return made.write_datasets(
        folder,
        plain,
        other,
        replace(hostile_report(), report_id="c" * 16, source="=c.txt"),
        made.failed(),
    )
