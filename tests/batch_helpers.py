"""Shared by the tests of the batch: folders of small texts, and runs over them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from multiprocessing.connection import Connection
from pathlib import Path
from unittest.mock import patch

import pipeline.batch
from models.datasets import DATASETS
from pipeline import parts
from pipeline.batch import run
from pipeline.request import Outcome, Request
from pipeline.worker import Result, Setup, Task, run_task

FAST = Setup(extract="tests.fake_extract:fast", timeout=60, memory=1024)
HOSTILE = Setup(extract="tests.fake_extract:hostile", timeout=12, memory=256)


def write_texts(folder: Path, texts: Mapping[str, str]) -> Path:
    """Writes texts by name into a folder."""
    for name, text in texts.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return folder


def numbered(count: int, start: int = 0) -> dict[str, str]:
    """Texts that differ by their number."""
    return {
        f"rapport {n:05}.txt": f"Vi arbetar med {n} skolor.\nRad två.\n"
        for n in range(start, start + count)
    }


def run_batch(folder: Path, out: Path, setup: Setup = FAST, **options: object) -> Outcome:
    """Runs a batch over a folder; it may remove reports unless told otherwise."""
    options.setdefault("allow_removals", True)
    request = Request((str(folder),), str(out), setup, **options)  # type: ignore[arg-type]
    # The stand-ins do not change when the extraction code does.
    with patch("pipeline.code_version.code_digest", lambda: "fixed"):
        return run(request)


def files_of(out: Path) -> dict[str, bytes]:
    """The datasets' files by name below the output folder."""
    return {
        path.relative_to(out).as_posix(): path.read_bytes()
        for dataset in DATASETS
        for path in sorted((out / dataset).glob("*"))
    }


def clean_files(
    folder: Path, out: Path, setup: Setup = FAST, **options: object
) -> dict[str, bytes]:
    """The files of a run over `folder` into an empty output."""
    run_batch(folder, out, setup, **options)
    return files_of(out)


class InlineEngine:
    """Reads reports in this process: for tests of what is around the reading."""

    def __init__(self, setup: Setup) -> None:
        self._setup = setup

    def run(self, tasks: Iterable[Task]) -> Iterator[Result]:
        for task in tasks:
            yield run_task(task, self._setup)

    def close(self) -> None:
        pass


def inline_engine(name: str, setup: Setup, jobs: int, scheduler: str = "") -> InlineEngine:
    """In place of `pipeline.engines.make_engine`."""
    return InlineEngine(setup)


def run_in_small_parts(folder: Path, out: Path, began: Connection) -> None:
    """A run that publishes all the time; says when it begins and when it is done."""
    parts.LIMIT = 3
    pipeline.batch.make_engine = inline_engine  # type: ignore[assignment]
    pipeline.batch.CHECKPOINT_SECONDS = 0.0
    began.send("begun")
    run_batch(folder, out)
    began.send("done")
