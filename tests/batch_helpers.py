"""Shared by the tests of the batch: folders of small texts, and runs over them."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from models.datasets import DATASETS
from pipeline.batch import Outcome, Request, run
from pipeline.worker import Setup

FAST = Setup(extract="tests.fake_extract:fast", timeout=60, memory=1024)
HOSTILE = Setup(extract="tests.fake_extract:hostile", timeout=1, memory=256)


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
    """Runs a batch over a folder."""
    return run(Request((str(folder),), str(out), setup, **options))  # type: ignore[arg-type]


def files_of(out: Path) -> dict[str, bytes]:
    """The datasets' files by name below the output folder."""
    return {
        path.relative_to(out).as_posix(): path.read_bytes()
        for dataset in DATASETS
        for path in sorted((out / dataset).glob("*"))
    }


def clean_files(folder: Path, out: Path, setup: Setup = FAST) -> dict[str, bytes]:
    """The files of a run over `folder` into an empty output."""
    run_batch(folder, out, setup)
    return files_of(out)
