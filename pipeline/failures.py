"""What can go wrong with a report before or during extraction, in plain language."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from enum import Enum
from importlib.metadata import version

from extractors.readers.other_kinds import describe, suffix_of
from models.report import Problem, Report, Severity, Status
from pipeline.inputs import KINDS


class Failure(Enum):
    """Why a report failed: code, stage, message and advice of its problem row."""

    UNREADABLE = (
        "unreadable",
        "read",
        "{source} could not be read: {detail}.",
        "Check that the file exists and that you have permission to read it, then run again.",
    )
    OTHER_KIND = (
        "other-kind",
        "read",
        "{source} is {what}, which is not read.",
        "{fix}",
    )
    VANISHED = (
        "vanished",
        "read",
        "{source} existed when the run began but was gone when it was to be read.",
        "Run again when the folder is no longer changing.",
    )
    CHANGING = (
        "changing",
        "read",
        "{source} changed while it was being read.",
        "Run again when the folder is no longer changing.",
    )
    TIMEOUT = (
        "timeout",
        "run",
        "{source} took longer than {timeout} s and was stopped.",
        "Run again with --retry-failed and a longer --timeout.",
    )
    MEMORY = (
        "memory",
        "run",
        "{source} needed more than {memory} MiB of memory and was stopped.",
        "Run again with --retry-failed and a larger --memory.",
    )
    CRASHED = (
        "crashed",
        "run",
        "The process that read {source} died ({detail}): the file is damaged, or draws more than "
        "memory can hold.",
        "Export the file again, or try the other reader: --reader plumber --retry-failed.",
    )
    FAULT = (
        "fault",
        "run",
        "Reading {source} failed because of a bug in svar ({detail}).",
        "Report it, with the file if you are allowed to share it.",
    )

    @property
    def code(self) -> str:
        """The code of its problem row."""
        return self.value[0]


def unreadable_id(source: str) -> str:
    """Id of a report whose bytes cannot be read, derived from its source."""
    return hashlib.sha256(f"unreadable:{source}".encode()).hexdigest()[:16]


def failed_report(
    report_id: str, source: str, failure: Failure, detail: str, limits: Mapping[str, str]
) -> Report:
    """A report from which nothing was read, with a problem that says why."""
    code, stage, message, advice = failure.value
    what, fix = describe(source)
    words = {"source": source, "detail": detail, "what": what, "fix": fix, **limits}
    text, advice = message.format(**words), advice.replace("{fix}", fix)
    problem = Problem(Severity.ERROR, code, text, stage=stage, advice=advice)
    return Report(
        report_id=report_id,
        source=source,
        format=KINDS.get(suffix_of(source), ""),
        status=Status.FAILED,
        version=version("svarsutdrag"),
        problems=(problem,),
    )
