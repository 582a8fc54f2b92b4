"""Verdicts of reviewers on answers: JSON lines that people can share, and join by appending."""

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
from pipeline.corrections.log import append_line

FIELDS = ("section", "question", "detail", "answer", "comment", "themes")
"""What is judged of an answer, in the order of the key letters."""

FOLDER = "verdicts"
"""Folder below the datasets that holds one file per reviewer."""


class Judgement(StrEnum):
    """What a reviewer says of an answer."""

    RIGHT = "right"
    WRONG = "wrong"
    UNSURE = "unsure"


@dataclass(frozen=True, slots=True)
class Drawn:
    """The sample that an answer was drawn in, so that a verdict can be weighted on its own.

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
    """What a reviewer says of one answer.

    Attributes:
        reviewer: Who.
        report_id: The answer's report.
        position: Its place in the report.
        key: Its question.
        judgement: Right, wrong or unsure.
        wrong: The wrong fields, with the correct text, or None where it was not given.
        read: Digest of what was judged, so that a verdict on an older extraction is known.
        sample: The random sample that it was drawn in; None where a reviewer chose it, so that
            it says nothing of the other answers.
        withdrawn: Whether the reviewer took back what was said before.
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
        """The answer that it is about."""
        return self.report_id, self.position

    @property
    def drawn(self) -> tuple[int, str | None] | None:
        """Seed and strata of the sample that it was drawn in, or None."""
        return (self.sample.seed, self.sample.by) if self.sample else None


class VerdictError(ValueError):
    """A verdict file cannot be used. The message names the line."""


def read_digest(answer: Answer, themes: Iterable[str]) -> str:
    """Returns a digest of what a reviewer judges of an answer."""
    fields = (answer.section, answer.question, answer.detail, answer.answer, answer.comment)
    return sha256("\0".join((*fields, *sorted(themes))).encode()).hexdigest()[:16]


def verdict_file(folder: Path, reviewer: str) -> Path:
    """Returns where a reviewer's verdicts on the datasets of a folder are kept."""
    name = re.sub(r"[^\w.-]+", "-", reviewer).strip(".-") or "reviewer"
    return folder / FOLDER / f"{name}.jsonl"


def append(path: Path, verdicts: Iterable[Verdict]) -> None:
    """Adds verdicts to a file. A later verdict of a reviewer on an answer replaces an earlier."""
    for verdict in verdicts:
        append_line(path.parents[1], path, json.dumps(asdict(verdict), ensure_ascii=False))


def read(path: Path) -> list[Verdict]:
    """Returns the verdicts of a file, the last of a reviewer on each answer.

    A last line without its line end is of a review that was killed while writing: it is left out.

    Raises:
        VerdictError: The file cannot be read, or a line is no verdict.
    """
    try:
        lines = path.read_bytes().splitlines(keepends=True)
    except OSError as error:
        raise VerdictError(f"{path} cannot be read ({error.strerror}).") from error
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
                f"{path}, line {number}: is no verdict as `svar review` writes it. Remove the line."
            ) from error
    return latest(verdicts)


def read_all(folder: Path) -> list[Verdict]:
    """Returns all reviewers' verdicts on the datasets of a folder.

    Raises:
        VerdictError: A file cannot be used.
    """
    files = sorted((folder / FOLDER).glob("*.jsonl"))
    return latest(verdict for path in files for verdict in read(path))


def merge(folder: Path, path: Path) -> int:
    """Takes a colleague's verdict file in; returns how many of its verdicts were new.

    Raises:
        VerdictError: The file cannot be used.
    """
    held = read_all(folder)
    new = [verdict for verdict in read(path) if verdict not in held]
    for reviewer in sorted({verdict.reviewer for verdict in new}):
        own = [verdict for verdict in new if verdict.reviewer == reviewer]
        append(verdict_file(folder, reviewer), own)
    return len(new)


def latest(verdicts: Iterable[Verdict]) -> list[Verdict]:
    """Returns the last verdict of each reviewer on each answer in each sample."""
    held = {(v.reviewer, *v.place, v.drawn): v for v in verdicts}
    return [verdict for verdict in held.values() if not verdict.withdrawn]


def agreement(first: Sequence[Verdict], second: Sequence[Verdict]) -> tuple[int, float, float]:
    """Returns how two reviewers agree on the answers that both judged.

    Returns:
        The number of answers, the share judged alike, and Cohen's kappa (Cohen 1960): agreement
        beyond what chance would give, 1 for full; also 1 where both gave all the same judgement.
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
