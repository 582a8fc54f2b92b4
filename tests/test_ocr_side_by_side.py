"""Pages of one scan that are read side by side, and how many are."""

from __future__ import annotations

import io
import threading
import time
from concurrent.futures import Future
from hashlib import sha256
from pathlib import Path

import numpy as np
import pytest
from PIL import Image, ImageDraw

from extractors.extract import read_document
from extractors.ocr import engine as tesseract
from extractors.ocr.hocr import ReadWord
from extractors.ocr.picture import Grey
from extractors.ocr.unread import ManyPagesError
from extractors.options import Options
from models.document import Document
from models.report import Report, Status
from pipeline.engines.local import LocalEngine
from pipeline.worker import Result, Setup, Task

PAGES = 6


class SlowAtFirst:
    """Reads so many pages at a time; those in the front take longer than later ones."""

    def __init__(self, together: int) -> None:
        self._together = threading.Barrier(together)
        self.reading = 0
        self.most = 0
        self._lock = threading.Lock()

    def words(self, grey: Grey, dpi: int) -> list[ReadWord]:
        with self._lock:
            self.reading += 1
            self.most = max(self.most, self.reading)
        self._together.wait(60)
        rows, columns = np.nonzero(grey < 128)
        top, foot = int(rows.min()), int(rows.max())
        time.sleep(10 / top)
        with self._lock:
            self.reading -= 1
        if foot - top < 60:
            raise tesseract.RecognitionError(f"nothing is on {top}")
        box = (int(columns.min()), top, int(columns.max()), foot)
        return [ReadWord(f"sida{top}", *box, foot, foot - top, 96.0)]


def scan(pages: int) -> bytes:
    """A picture of several pages, with a block lower and lower; that of the third is too low."""
    pictures = []
    for at in range(pages):
        image = Image.new("L", (620, 877), "white")
        top = 100 + 60 * at
        ImageDraw.Draw(image).rectangle((100, top, 160, top + (8 if at == 2 else 30)), fill=0)
        pictures.append(image)
    buffer = io.BytesIO()
    pictures[0].save(buffer, "TIFF", save_all=True, append_images=pictures[1:])
    return buffer.getvalue()


def read_with(
    threads: int, together: int, monkeypatch: pytest.MonkeyPatch
) -> tuple[Document, SlowAtFirst]:
    pytest.importorskip("scipy")
    engine = SlowAtFirst(together)
    monkeypatch.setattr(tesseract, "engine", lambda: engine)
    monkeypatch.setattr(tesseract, "version", lambda: "5")
    return read_document(scan(PAGES), "scan.tif", Options(ocr_threads=threads)), engine


def test_pages_read_side_by_side_give_what_pages_read_one_by_one_give(
    monkeypatch: pytest.MonkeyPatch,
):
    alone, engine = read_with(1, 1, monkeypatch)
    assert engine.most == 1
    together, engine = read_with(3, 3, monkeypatch)
    assert engine.most == 3
    assert together == alone
    texts = [[line.text for line in page.lines] for page in together.pages]
    assert sum(map(len, texts)) == PAGES - 1
    assert [problem.page for problem in together.problems if problem.code == "ocr-failed"] == [3]


def test_no_more_pages_are_read_at_a_time_than_memory_allows(monkeypatch: pytest.MonkeyPatch):
    from extractors.ocr import recognise  # noqa: PLC0415 - scipy comes with the extra

    monkeypatch.setattr(recognise, "_MOST_TOGETHER", 2.5 * 2481 * 3508)
    _, engine = read_with(8, 2, monkeypatch)
    assert engine.most == 2


def threads_of_a_scan(
    data: bytes, source: str, forms: object, taxonomy: object, *, options: Options
) -> Report:
    """Stands for a scan of two pages; says how many of them may be read side by side."""
    if options.ocr_pages is not None and options.ocr_pages < 2:
        raise ManyPagesError(2)
    return Report("0" * 16, source, status=Status.OK, ocr_pages=options.ocr_threads)


@pytest.mark.parametrize(("reports", "jobs", "threads"), [(1, 1, 4), (2, 2, 2), (5, 4, 1)])
def test_processors_without_a_report_read_pages_of_the_others(
    reports: int, jobs: int, threads: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    tasks = []
    for at in range(reports):
        (tmp_path / f"{at}.pdf").write_bytes(b"%d" % at)
        digest = sha256(b"%d" % at).hexdigest()
        tasks.append(Task(f"{at:016}", f"{at}.pdf", str(tmp_path / f"{at}.pdf"), digest))
    setup = Setup(
        options=Options(), extract=f"{__name__}:{threads_of_a_scan.__name__}", processors=4
    )
    scheduled: list[Task] = []
    engine = LocalEngine(setup, jobs)
    schedule = engine._schedule

    def remembered(task: Task) -> Future[Result]:
        scheduled.append(task)
        return schedule(task)

    monkeypatch.setattr(engine, "_schedule", remembered)
    try:
        results = [result for result in engine.run(tasks) if result is not None]
    finally:
        engine.close()
    assert {result.status for result in results} == {"ok"}
    given = [task.threads for task in scheduled if task.scanned]
    assert (len(given), given[0]) == (reports, threads)
