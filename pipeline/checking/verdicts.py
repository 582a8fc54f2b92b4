"""Reviewers' verdicts on answers: JSON Lines that can be shared, and merged by appending."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, field
from enum import StrEnum
from hashlib import sha256
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from models.report import Answer
from pipeline.addresses import Place
from pipeline.store import open_store

FIELDS = ("section", "question", "detail", "answer", "comment", "themes")
"""The fields of an answer that are judged, in the order of their keys."""

FOLDER = "verdicts"
"""Folder below the datasets that holds one file per reviewer."""


class Judgement(StrEnum):
    """A reviewer's judgement of an answer."""

    RIGHT = "right"
    WRONG = "wrong"
    UNSURE = "unsure"


@dataclass(frozen=True, slots=True)
class Drawn:
    """The sample an answer was drawn in, so that a verdict can be weighted without other data.

    Attributes:
        seed: The sample's seed.
        by: What it was stratified by, or None.
        count: Answers in the sample.
        population: Answers in the dataset.
        stratum: The answer's stratum.
        stratum_population: Answers of the dataset in that stratum.
    """

    seed: int
    by: str | None
    count: int
    population: int
    stratum: str = ""
    stratum_population: int = 0


@dataclass(frozen=True, slots=True)
class Verdict:
    """A reviewer's verdict on one answer.

    Attributes:
        reviewer: Name of the reviewer.
        report_id: The answer's report.
        position: Its place in the report.
        key: Its question.
        judgement: Right, wrong or unsure.
        wrong: The wrong fields with the correct text, or None if it was not given.
        read: Digest of what was judged, so that a verdict on an older extraction is recognised.
        sample: The random sample it was drawn in; None if a reviewer chose the answer, so that it
        is not representative of others.
        withdrawn: Whether the reviewer withdrew an earlier verdict.
    """

    reviewer: str
    report_id: str
    position: int
    key: str
    judgement: Judgement
    sample: Drawn | None
    read: str
    wrong: dict[str, str | None] = field(default_factory=dict)
    withdrawn: bool = False

    @property
    def place(self) -> tuple[str, int]:
        """The answer that the verdict is about."""
        return self.report_id, self.position

    @property
    def drawn(self) -> tuple[int, str | None] | None:
        """Seed and strata of the sample the answer was drawn in, or None."""
        return (self.sample.seed, self.sample.by) if self.sample else None


class VerdictError(ValueError):
    """A verdict file cannot be used. The message names the line."""


def read_digest(answer: Answer, themes: Iterable[str]) -> str:
    """Returns a digest of the parts of an answer that a reviewer judges."""
    fields = (answer.section, answer.question, answer.detail, answer.answer, answer.comment)
    return sha256("\0".join((*fields, *sorted(themes))).encode()).hexdigest()[:16]


def verdict_file(reviewer: str) -> str:
    """Returns the path, relative to an output, of a reviewer's verdict file."""
    name = re.sub(r"[^\w.-]+", "-", reviewer).strip(".-") or "reviewer"
    return f"{FOLDER}/{name}.jsonl"


def append(out: Place, verdicts: Iterable[Verdict]) -> None:
    """Appends verdicts to their reviewers' files in an output; they are on disk when it returns.

    A reviewer's later verdict on an answer replaces an earlier one.

    Raises:
        OSError: They cannot be written.
        BatchError: They cannot be written to the object store.
    """
    store = open_store(out)
    for verdict in verdicts:
        line = json.dumps(asdict(verdict), ensure_ascii=False)
        store.append(verdict_file(verdict.reviewer), line)


def read(path: Path) -> list[Verdict]:
    """Returns the verdicts in a file, each reviewer's last one on each answer.

    A last line without a line end comes from a review killed while writing and is ignored.

    Raises:
        VerdictError: The file cannot be read, or a line is not a verdict.
    """
    try:
        content = path.read_bytes()
    except OSError as error:
        raise VerdictError(f"{path} cannot be read ({error.strerror}).") from error
    return _parse(str(path), content)


def _parse(path: str, content: bytes) -> list[Verdict]:
    lines = content.splitlines(keepends=True)
    if lines and not lines[-1].endswith(b"\n"):
        lines.pop()
    adapter: TypeAdapter[Verdict] = TypeAdapter(Verdict)
    verdicts = []
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            verdicts.append(adapter.validate_json(line))
        except ValidationError as error:
            raise VerdictError(
                f"{path}, line {number}: not a verdict as written by `svar review`. "
                "Remove the line."
            ) from error
    return latest(verdicts)


def read_all(out: Place) -> list[Verdict]:
    """Returns all reviewers' verdicts on the datasets of an output.

    Raises:
        VerdictError: A file cannot be used.
    """
    names = (name for name in open_store(out).names(FOLDER) if name.endswith(".jsonl"))
    return latest(verdict for name in names for verdict in _read_kept(out, f"{FOLDER}/{name}"))


def read_own(out: Place, reviewer: str) -> list[Verdict]:
    """Returns a reviewer's verdicts on the datasets of an output.

    Raises:
        VerdictError: The file cannot be used.
    """
    return _read_kept(out, verdict_file(reviewer))


def _read_kept(out: Place, name: str) -> list[Verdict]:
    store = open_store(out)
    try:
        content = store.read(name)
    except OSError as error:
        raise VerdictError(f"{store.url}/{name} cannot be read ({error.strerror}).") from error
    return _parse(f"{store.url}/{name}", content or b"")


def merge(out: Place, path: Path) -> int:
    """Merges a colleague's verdict file; returns how many of its verdicts were new.

    Raises:
        VerdictError: The file cannot be used.
    """
    held = read_all(out)
    new = [verdict for verdict in read(path) if verdict not in held]
    append(out, new)
    return len(new)


def latest(verdicts: Iterable[Verdict]) -> list[Verdict]:
    """Returns each reviewer's last verdict on each answer in each sample."""
    held = {(v.reviewer, *v.place, v.drawn): v for v in verdicts}
    return [verdict for verdict in held.values() if not verdict.withdrawn]


def agreement(first: Sequence[Verdict], second: Sequence[Verdict]) -> tuple[int, float, float]:
    """Returns the agreement of two reviewers on the answers that both judged.

    Returns:
        The number of answers, the share on which they agree, and Cohen's kappa (Cohen 1960):
        agreement beyond chance, where 1 is perfect; also 1 if both gave the same judgement
        throughout.
    """
    theirs = {verdict.place: verdict.judgement for verdict in second}
    pairs = [(v.judgement, theirs[v.place]) for v in first if v.place in theirs]
    if not pairs:
        return 0, 0.0, 0.0
    count = len(pairs)
    observed = sum(a == b for a, b in pairs) / count
    chance = sum(
        sum(a == kind for a, _ in pairs) * sum(b == kind for _, b in pairs) for kind in Judgement
    ) / (count * count)
    return count, observed, 1.0 if chance == 1 else (observed - chance) / (1 - chance)
