"""A run does not empty the datasets because its input is suddenly gone."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline import load
from pipeline.errors import WrongUseError
from tests.batch_helpers import files_of, numbered, run_batch, write_texts


def _published(tmp_path: Path, count: int) -> tuple[Path, Path]:
    folder = write_texts(tmp_path / "in", numbered(count))
    run_batch(folder, tmp_path / "out")
    return folder, tmp_path / "out"


def _delete(folder: Path, count: int) -> None:
    for path in sorted(folder.glob("*.txt"))[:count]:
        path.unlink()


@pytest.mark.parametrize(("reports", "gone"), [(1, 1), (8, 8), (8, 3), (3, 2)])
@pytest.mark.parametrize("force", [False, True])
def test_an_input_that_lost_too_much_stops_the_run(
    tmp_path: Path, reports: int, gone: int, force: bool
) -> None:
    folder, out = _published(tmp_path, reports)
    before = files_of(out)
    _delete(folder, gone)
    with pytest.raises(WrongUseError, match=f"remove {gone} of the {reports}.*--allow-removals"):
        run_batch(folder, out, force=force, allow_removals=False)
    assert files_of(out) == before
    run_batch(folder, out, force=force)
    assert len(load(str(out), "reports")) == reports - gone


@pytest.mark.parametrize(("reports", "gone"), [(2, 1), (8, 2)])
def test_a_few_removed_files_are_taken_away_unasked(
    tmp_path: Path, reports: int, gone: int
) -> None:
    folder, out = _published(tmp_path, reports)
    _delete(folder, gone)
    run_batch(folder, out, allow_removals=False)
    assert len(load(str(out), "reports")) == reports - gone


def test_renamed_and_changed_files_are_not_removals(tmp_path: Path) -> None:
    folder, out = _published(tmp_path, 4)
    first, second, *_ = sorted(folder.glob("*.txt"))
    first.rename(folder / "nytt namn.txt")
    second.write_text("Nytt innehåll.\n", encoding="utf-8")
    run_batch(folder, out, allow_removals=False)
    assert len(load(str(out), "reports")) == 4
