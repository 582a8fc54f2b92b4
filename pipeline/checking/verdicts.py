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
from pipeline.addresses import Place
from pipeline.store import open_store

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


def verdict_file(reviewer: str) -> str:
    """Returns the name below an output of the file that keeps a reviewer's verdicts."""
    name = re.sub(r"[^\w.-]+", "-", reviewer).strip(".-") or "reviewer"
    return f"{FOLDER}/{name}.jsonl"


def append(out: Place, verdicts: Iterable[Verdict]) -> None:
    """Adds verdicts to their reviewers' files below an output; on disk when it returns.

    A later verdict of a reviewer on an answer replaces an earlier.

    Raises:
        OSError: They cannot be written.
        BatchError: They cannot be put into an object store.
    """
    store = open_store(out)
    for verdict in verdicts:
        line = json.dumps(asdict(verdict), ensure_ascii=False)
        store.append(verdict_file(verdict.reviewer), line)


def read(path: Path) -> list[Verdict]:
    """Returns the verdicts of a file, the last of a reviewer on each answer.

    A last line without its line end is of a review that was killed while writing: it is left out.

    Raises:
        VerdictError: The file cannot be read, or a line is no verdict.
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
                f"{path}, line {number}: is no verdict as `svar review` writes it. Remove the line."
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
    """Takes a colleague's verdict file in; returns how many of its verdicts were new.

    Raises:
        VerdictError: The file cannot be used.
    """
    held = read_all(out)
    new = [verdict for verdict in read(path) if verdict not in held]
    append(out, new)
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
