"""Whatever came before, the datasets equal those of a run into an empty folder, byte for byte."""

from __future__ import annotations

import random
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import pipeline.batch
from models.datasets import DATASETS
from pipeline import parts
from pipeline.errors import BatchError
from pipeline.store import LocalStore
from tests.batch_helpers import (
    clean_files,
    files_of,
    inline_engine,
    numbered,
    run_batch,
    write_texts,
)


@pytest.fixture(autouse=True)
def small_parts_read_inline(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Few reports a part, so that parts are divided and joined; no processes; no waiting."""
    monkeypatch.setattr("os.fsync", lambda descriptor: None)
    monkeypatch.setattr(parts, "LIMIT", 3)
    monkeypatch.setattr(pipeline.batch, "make_engine", inline_engine)
    monkeypatch.setattr(pipeline.batch, "CHECKPOINT_SECONDS", 0.0)
    yield


class Killed(BaseException):
    """Stands for the death of the process."""


class DyingStore(LocalStore):
    """A folder that is written until a certain moment, and never after."""

    def __init__(self, root: Path, left: int, error: BaseException) -> None:
        super().__init__(root)
        self._left = left
        self._error = error

    def _live(self) -> None:
        self._left -= 1
        if self._left < 0:
            raise self._error

    def write(self, name: str, data: bytes) -> None:
        self._live()
        super().write(name, data)

    def move(self, name: str, target: str) -> None:
        self._live()
        super().move(name, target)

    def delete(self, name: str) -> None:
        self._live()
        super().delete(name)


def run_until(moment: int, folder: Path, out: Path, error: BaseException) -> bool:
    """Runs with a store that dies; returns whether it died."""

    def dying(url: str) -> DyingStore:
        return DyingStore(Path(url), moment, error)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(pipeline.batch, "open_store", dying)
        try:
            run_batch(folder, out)
        except type(error):
            return True
    return False


def assert_readable(out: Path) -> None:
    """The datasets are readable at any moment, and no row occurs twice."""
    for name in DATASETS:
        if any((out / name).glob("*")):
            rows = pq.read_table(out / name).to_pylist()
            assert len({str(row) for row in rows}) == len(rows)


STEPS = ("add", "change", "remove", "rename", "double", "swap", "kill", "full disk", "stop", "run")


def step(kind: str, folder: Path, out: Path, chance: random.Random) -> None:
    names = sorted(path.name for path in folder.iterdir())
    name = chance.choice(names) if names else ""
    new = f"r{chance.randrange(10**6)}.txt"
    if kind == "add" or not names:
        for _ in range(chance.randrange(1, 5)):
            write_texts(folder, {f"r{chance.randrange(10**6)}.txt": str(chance.random())})
    elif kind == "change":
        write_texts(folder, {name: str(chance.random())})
    elif kind == "remove":
        (folder / name).unlink()
    elif kind == "rename":
        (folder / name).rename(folder / new)
    elif kind == "double":
        shutil.copy(folder / name, folder / new)
    elif kind == "swap":
        other = chance.choice(names)
        (folder / name).rename(folder / "aside")
        if name != other:
            (folder / other).rename(folder / name)
        (folder / "aside").rename(folder / other)
    elif kind == "kill":
        run_until(chance.randrange(60), folder, out, Killed())
    elif kind == "full disk":
        run_until(chance.randrange(60), folder, out, BatchError("no room"))
    elif kind == "stop":
        interrupted_run(folder, out, chance.randrange(4))
    else:
        run_batch(folder, out)


def interrupted_run(folder: Path, out: Path, after: int) -> None:
    """A run that the user stops after some reports."""

    def stopping(*arguments: Any) -> Any:
        engine = inline_engine(*arguments)
        read = engine.run

        def run(tasks: Any) -> Iterator[Any]:
            for number, result in enumerate(read(tasks)):
                if number >= after:
                    raise KeyboardInterrupt
                yield result

        engine.run = run  # type: ignore[method-assign]
        return engine

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(pipeline.batch, "make_engine", stopping)
        run_batch(folder, out)


@settings(
    max_examples=15,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(kinds=st.lists(st.sampled_from(STEPS), min_size=1, max_size=12), seed=st.integers(0, 10**6))
def test_any_history_ends_as_a_clean_run(
    tmp_path_factory: pytest.TempPathFactory, kinds: list[str], seed: int
) -> None:
    base = tmp_path_factory.mktemp("history")
    folder = write_texts(base / "in", numbered(7))
    chance = random.Random(seed)
    for kind in kinds:
        step(kind, folder, base / "out", chance)
        if (base / "out").exists():
            assert_readable(base / "out")
    run_batch(folder, base / "out")
    assert files_of(base / "out") == clean_files(folder, base / "clean")
    assert run_batch(folder, base / "out").files == {}
    shutil.rmtree(base)


CHANGES: dict[str, Callable[[Path], object]] = {
    "first run": lambda folder: None,
    "parts divide": lambda folder: write_texts(folder, numbered(9, start=100)),
    "parts join": lambda folder: [path.unlink() for path in sorted(folder.iterdir())[2:]],
    "all change": lambda folder: write_texts(folder, dict.fromkeys(numbered(7), "ny") | {"a": ""}),
}


@pytest.mark.parametrize("change", CHANGES)
def test_death_at_steps_all_through_a_run(tmp_path: Path, change: str) -> None:
    folder = write_texts(tmp_path / "in", numbered(7))
    if change != "first run":
        run_batch(folder, tmp_path / "before")
    CHANGES[change](folder)
    expected = clean_files(folder, tmp_path / "clean")
    moment, deaths, died = 0, 0, True
    while died:
        out = tmp_path / "out"
        shutil.rmtree(out, ignore_errors=True)
        if change != "first run":
            shutil.copytree(tmp_path / "before", out)
        died = run_until(moment, folder, out, Killed())
        assert_readable(out)
        run_batch(folder, out)
        assert files_of(out) == expected
        deaths += died
        moment += 1 + moment // 8  # close together first, then further and further apart
    assert deaths > 10
