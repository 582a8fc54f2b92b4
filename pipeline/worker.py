"""Reading one report in a separate process: the function that every engine calls.

A task that takes too long, uses too much memory or crashes the process costs only its own report.
The process watches its own memory, and ends when the run that started it is gone.
"""

from __future__ import annotations

import hashlib
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
from pipeline.watch import Watch

Extract = Callable[..., Report]


@dataclass(frozen=True, slots=True)
class Setup:
    """What every task of a run shares.

    Attributes:
        forms: The forms that a report may use.
        taxonomy: The themes to look for.
        options: Options of `extractors.extract`.
        extract: Location of the function that reads a report: `module:name`.
        timeout: Time limit per report, in seconds.
        memory: Memory limit per report in MiB, in addition to what a worker holds at its start.
        processors: Number of processors that reports may use together: where fewer reports are
            left, their scanned pages are read side by side.
    """

    forms: tuple[Any, ...] = ()
    taxonomy: Any = None
    options: Any = None
    extract: str = f"{extractors.__name__}.extract:extract_bytes"
    timeout: float = 300.0
    memory: int = 2048
    processors: int = 1


@dataclass(frozen=True, slots=True)
class Task:
    """A report to read: its id, its sources and its digest at the time of planning.

    Attributes:
        scanned: Number of its pages that may be read by text recognition, for which its time limit
            allows.
        threads: Number of these pages to read side by side.
    """

    report_id: str
    source: str
    url: str
    digest: str
    scanned: int = 0
    threads: int = 1


@dataclass(frozen=True, slots=True)
class Result:
    """The outcome of a task.

    Attributes:
        task: The task.
        status: ok, partial or failed; "changed" if the file is no longer as planned; "scan" if it
            is to be read again, with time for its scanned pages.
        batches: The report's rows by dataset, each a serialized Arrow record batch.
        failure: Why it failed or changed.
        seconds: How long it took.
        scanned: Number of scanned pages to read.
    """

    task: Task
    status: str
    batches: dict[str, bytes] = field(default_factory=dict, repr=False)
    failure: Failure | None = None
    seconds: float = 0.0
    scanned: int = 0


def seconds_for(task: Task, setup: Setup) -> float:
    """Returns the time limit of a report, extended for each page to recognise."""
    return setup.timeout + SECONDS_A_SCANNED_PAGE * task.scanned


def run_task(task: Task, setup: Setup) -> Result:
    """Reads a report; never raises because of its content."""
    begun = time.perf_counter()
    most = getattr(setup.options, "max_size", MAX_SIZE) * MIB
    try:
        data = _read(task.url, most + 1)
    except FileNotFoundError:
        return Result(task, "changed", failure=Failure.VANISHED)
    except Exception:  # every file system raises errors of its own
        return Result(task, "changed", failure=Failure.UNREADABLE)
    # A larger file is refused by its size, so there is no need to load all of it.
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
    """The first bytes of a file, read in pieces: a single read would allocate `most` bytes."""
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
        options = replace(options, ocr_pages=task.scanned, ocr_threads=task.threads)
    return extract(data, task.source, setup.forms, setup.taxonomy, options=options)


def failed_result(task: Task, failure: Failure, setup: Setup, detail: str = "") -> Result:
    """The result of a task that produced no report."""
    limits = {"timeout": f"{seconds_for(task, setup):g}", "memory": str(setup.memory)}
    report = failed_report(task.report_id, task.source, failure, detail, limits)
    return Result(task, str(Status.FAILED), serialize(report), failure)


def serialize(report: Report) -> dict[str, bytes]:
    """The rows of a report by dataset, as record batches without their schema.

    Raises:
        ValueError: The report contains something the schema does not allow.
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
    """Turns this process into a worker: limits its memory, and ends it when its run is gone."""
    pa.set_cpu_count(1)
    with suppress(ImportError, AttributeError):
        import_module(setup.extract.partition(":")[0])
    process = psutil.Process()
    limit = setup.memory * 2**20
    _bound_address_space(process.memory_info().vms + limit)
    watch = Watch()
    watch.allow(setup.memory)
    watch.start()


def _bound_address_space(most: int) -> None:
    """Makes the system refuse memory beyond `most` bytes (POSIX only; elsewhere `Watch` acts)."""
    with suppress(ImportError, ValueError, OSError):
        import resource  # noqa: PLC0415 - not on Windows

        _, hard = resource.getrlimit(resource.RLIMIT_AS)
        if hard == resource.RLIM_INFINITY or most < hard:
            resource.setrlimit(resource.RLIMIT_AS, (most, hard))
