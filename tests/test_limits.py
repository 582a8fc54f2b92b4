"""Files that are too large are refused at once, with the limit and how to raise it."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import docx
import pytest

import pipeline.worker
from extractors.extract import extract_bytes
from extractors.options import Options
from extractors.rules import builtin_forms
from extractors.themes import builtin_taxonomy
from pipeline.worker import Setup, Task, deserialize, run_task
from tests.hostile.dumps import DUMPS


def refusal(data: bytes, source: str, options: Options) -> str:
    report = extract_bytes(data, source, builtin_forms(), builtin_taxonomy(), options=options)
    (problem,) = report.problems
    assert (report.status, problem.code) == ("failed", "too-large")
    return problem.message


def test_a_text_longer_than_any_report_is_refused_with_the_limit() -> None:
    said = refusal(DUMPS["lines"](14_000).encode(), "dump.txt", Options(max_text=1))
    assert "more than 1 million characters of text (--max-text)" in said
    assert "--max-text 2 --retry-failed" in said


def test_a_longer_limit_reads_it() -> None:
    text = DUMPS["one line"](40_000)
    assert len(text) > 1_000_000
    options = Options(max_text=2)
    report = extract_bytes(
        text.encode(), "a.txt", builtin_forms(), builtin_taxonomy(), options=options
    )
    assert len(report.answers) == 1
    assert len(report.answers[0].comment) > 1_000_000


def test_text_in_a_word_file_counts_as_well() -> None:
    word = docx.Document()
    word.add_paragraph("Nämnden har bytt belysning. " * 40_000)
    file = BytesIO()
    word.save(file)
    assert len(file.getvalue()) < 100_000  # text packs well
    assert "--max-text" in refusal(file.getvalue(), "a.docx", Options(max_text=1))


def test_a_file_larger_than_any_report_is_refused_with_the_limit() -> None:
    said = refusal(b"%PDF-1.7\n" + bytes(2**20), "a.pdf", Options(max_size=1))
    assert "larger than 1 MiB (--max-size)" in said
    assert "--max-size 2 --retry-failed" in said


def test_a_batch_reads_no_more_of_a_file_than_the_limit(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "a.pdf"
    with path.open("wb") as file:
        file.truncate(2**32)  # takes no room on the disk
    asked: list[int] = []

    class Counted(BytesIO):
        def read(self, size: int | None = -1, /) -> bytes:
            assert size is not None and size >= 0
            asked.append(size)
            with path.open("rb") as file:
                return file.read(size)

    monkeypatch.setattr(pipeline.worker, "open_input", lambda _: Counted())
    setup = Setup(builtin_forms(), builtin_taxonomy(), Options(max_size=1))
    result = run_task(Task("0" * 16, "a.pdf", str(path), "0" * 64), setup)
    assert sum(asked) == 2**20 + 1
    (problem,) = deserialize(result.batches)["problems"].to_pylist()
    assert (result.status, problem["code"]) == ("failed", "too-large")
