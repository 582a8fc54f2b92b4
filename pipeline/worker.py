"""Reading one report in a process of its own: the function that every engine calls.

A task that takes too long, too much memory or the whole process with it costs its own report
only. The process watches its memory itself, and ends when the run that started it is gone.
"""

from __future__ import annotations

import hashlib
import multiprocessing
import multiprocessing.connection
import os
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field, replace
from importlib import import_module
from typing import Any

import psutil
import pyarrow as pa

import extractors
from extractors.ocr.unread import ManyPagesError
from extractors.readers.limits import MAX_SIZE, MIB
from models.datasets import DATASETS, SCHEMAS
from models.report import Report, Status
from models.rows import rows
from pipeline.addresses import open_input
from pipeline.failures import Failure, failed_report
from pipeline.guard import SECONDS_A_SCANNED_PAGE

MEMORY_EXIT = 86
"""Exit code of a worker that ended itself because it held too much memory."""

Extract = Callable[..., Report]


@dataclass(frozen=True, slots=True)
class Setup:
    """What every task of a run shares.

    Attributes:
        forms: The forms that a report may follow.
        taxonomy: The themes to look for.
        options: Options of `extractors.extract`.
        extract: Where the function that reads a report is: `module:name`.
        timeout: Seconds that a report may take.
        memory: MiB that a worker may take for a report on top of what it holds at its start.
    """

    forms: tuple[Any, ...] = ()
    taxonomy: Any = None
    options: Any = None
    extract: str = f"{extractors.__name__}.extract:extract_bytes"
    timeout: float = 300.0
    memory: int = 2048


@dataclass(frozen=True, slots=True)
class Task:
    """A report to read: its id, its names and the digest that it had when it was planned.

    Attributes:
        scanned: How many of its pages may be read by text recognition: its time allows for them.
    """

    report_id: str
    source: str
    url: str
    digest: str
    scanned: int = 0


@dataclass(frozen=True, slots=True)
class Result:
    """What came of a task.

    Attributes:
        task: The task.
        status: ok, partial or failed; "changed" where the file is no longer what was planned;
            "scan" where it is to be read again, with time for its scanned pages.
        batches: The report's rows by dataset, each a serialized Arrow record batch.
        failure: Why it failed or changed.
        seconds: How long it took.
        scanned: How many pages of a scan are to be read.
    """

    task: Task
    status: str
    batches: dict[str, bytes] = field(default_factory=dict, repr=False)
    failure: Failure | None = None
    seconds: float = 0.0
    scanned: int = 0


def seconds_for(task: Task, setup: Setup) -> float:
    """Returns how long a report may take: longer for each page that is recognised."""
    return setup.timeout + SECONDS_A_SCANNED_PAGE * task.scanned


def run_task(task: Task, setup: Setup) -> Result:
    """Reads a report; never raises for what the report holds."""
    begun = time.perf_counter()
    most = getattr(setup.options, "max_size", MAX_SIZE) * MIB
    try:
        data = _read(task.url, most + 1)
    except FileNotFoundError:
        return Result(task, "changed", failure=Failure.VANISHED)
    except Exception:  # every file system has its own errors
        return Result(task, "changed", failure=Failure.UNREADABLE)
    # What is larger is refused by its size: there is no need to hold all of it.
    if len(data) <= most and hashlib.sha256(data).hexdigest() != task.digest:
        return Result(task, "changed", failure=Failure.CHANGING)
    try:
        found = _extract(data, task, setup)
        report = replace(found, report_id=task.report_id, source=task.source)
        result = Result(task, str(report.status), serialize(report))
    except ManyPagesError as more:
        result = Result(task, "scan", scanned=more.pages)
    except MemoryError:
        result = failed_result(task, Failure.MEMORY, setup)
    except Exception as error:
        result = failed_result(task, Failure.FAULT, setup, f"{type(error).__name__}: {error}")
    return replace(result, seconds=time.perf_counter() - begun)


def _read(url: str, most: int) -> bytes:
    """The first bytes of a file, in pieces: to read them at once sets memory aside for `most`."""
    pieces = []
    with open_input(url) as file:
        while most > 0 and (piece := file.read(min(most, MIB))):
            pieces.append(piece)
            most -= len(piece)
    return b"".join(pieces)


def _extract(data: bytes, task: Task, setup: Setup) -> Report:
    module, _, name = setup.extract.partition(":")
    extract: Extract = getattr(import_module(module), name)
    options = setup.options
    if hasattr(options, "ocr_pages"):
        options = replace(options, ocr_pages=task.scanned)
    return extract(data, task.source, setup.forms, setup.taxonomy, options=options)


def failed_result(task: Task, failure: Failure, setup: Setup, detail: str = "") -> Result:
    """The result of a task that gave no report."""
    limits = {"timeout": f"{seconds_for(task, setup):g}", "memory": str(setup.memory)}
    report = failed_report(task.report_id, task.source, failure, detail, limits)
    return Result(task, str(Status.FAILED), serialize(report), failure)


def serialize(report: Report) -> dict[str, bytes]:
    """The rows of a report by dataset, as record batches without their schema.

    Raises:
        ValueError: The report holds what the schema does not allow.
    """
    found = rows(report)
    return {name: _serialize(name, found[name]) for name in DATASETS}


def _serialize(name: str, content: list[dict[str, Any]]) -> bytes:
    batch = pa.RecordBatch.from_pylist(content, SCHEMAS[name])
    for column, kind in zip(batch.columns, batch.schema, strict=True):
        if column.null_count and not kind.nullable:
            raise ValueError(f"{name}.{kind.name} has no value")
    return bytes(batch.serialize())


def deserialize(batches: dict[str, bytes]) -> dict[str, pa.RecordBatch]:
    """The record batches of `serialize`, by dataset."""
    return {
        name: pa.ipc.read_record_batch(pa.py_buffer(batches[name]), SCHEMAS[name])
        for name in DATASETS
    }


def start_worker(setup: Setup) -> None:
    """Makes this process a worker: bounds its memory, and ends it when its run is gone."""
    pa.set_cpu_count(1)
    with suppress(ImportError, AttributeError):
        import_module(setup.extract.partition(":")[0])
    process = psutil.Process()
    limit = setup.memory * 2**20
    _bound_address_space(process.memory_info().vms + limit)
    most = process.memory_info().rss + limit
    threading.Thread(target=_watch, args=(process, most), daemon=True).start()


def _bound_address_space(most: int) -> None:
    """Has the system refuse memory past `most` bytes: POSIX only, elsewhere `_watch` sees it."""
    with suppress(ImportError, ValueError, OSError):
        import resource  # noqa: PLC0415 - not on Windows

        _, hard = resource.getrlimit(resource.RLIMIT_AS)
        if hard == resource.RLIM_INFINITY or most < hard:
            resource.setrlimit(resource.RLIMIT_AS, (most, hard))


def _watch(process: psutil.Process, most: int) -> None:
    """Ends this process when it holds more than `most` bytes, or its parent is gone."""
    parent = multiprocessing.parent_process()
    while True:
        if parent is None:
            time.sleep(0.1)
        elif multiprocessing.connection.wait([parent.sentinel], timeout=0.1):
            os._exit(0)
        if process.memory_info().rss > most:
            os._exit(MEMORY_EXIT)
