"""A batch: from input paths to published datasets. Plan, run, publish.

The datasets themselves record what is done: a run reads them, processes the difference from the
current input files, and leaves the same result as a run into an empty folder.
"""

from __future__ import annotations

import hashlib
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace

from models.datasets import DATASETS
from pipeline.code_version import about, key_of
from pipeline.contents import count_contents
from pipeline.corrections.publishing import Corrector
from pipeline.engines import make_engine
from pipeline.errors import OtherVersionError
from pipeline.failures import Failure
from pipeline.inputs import Inputs, find_inputs
from pipeline.interrupts import Interrupts
from pipeline.listeners import Listener
from pipeline.parts import (
    Published,
    all_part_names,
    file_name,
    part_names,
    read_published,
)
from pipeline.places import check_places
from pipeline.plan import Plan, Why, live, make_plan
from pipeline.publish import publish, recover
from pipeline.removals import check_removals
from pipeline.renames import settle_renames
from pipeline.request import Outcome, Request
from pipeline.run_record import RunRecord
from pipeline.state import Known, hash_file, identify, remember
from pipeline.store import Store, open_store
from pipeline.unit import OpenUnit, open_unit, publish_unit
from pipeline.versions import settle_versions
from pipeline.worker import Result, Task, failed_result

CHECKPOINT_SECONDS = 15.0
"""Interval for publishing finished reports of incomplete parts, in case the run is killed."""

_ROUNDS = 3
"""Number of attempts to read a file that changes while being read."""

_END = object()
"""Marks the end of an engine's results."""


def dry_run(request: Request) -> tuple[Plan, Inputs]:
    """Makes a plan without carrying it out.

    Raises:
        WrongUseError: The request cannot be fulfilled; nothing was done.
    """
    check_places(request.paths, request.out)
    store = open_store(request.out)
    inputs = find_inputs(request.paths)
    known, _ = identify(inputs.files, store)
    corrector = _corrector(request, store, known)
    return _plan(request, _read(request, store), known, corrector, store), inputs


def run(request: Request, listener: Listener | None = None) -> Outcome:
    """Reads what is new or changed and publishes it.

    Raises:
        WrongUseError: The request cannot be fulfilled; nothing was done.
        BatchError: The output could no longer be written; what was published before is intact.
    """
    begun = time.perf_counter()
    check_places(request.paths, request.out)
    inputs = find_inputs(request.paths)
    store = open_store(request.out)
    store.prepare()
    with store.lock(), Interrupts() as interrupts:
        with interrupts.held():
            recover(store)
        published = _read(request, store, clear=True)
        record = RunRecord(store, request)
        record.begin()
        batch = _Batch(request, store, listener or Listener(), interrupts)
        try:
            outcome = batch.run(inputs, published)
            outcome.contents = count_contents(store, outcome.published.parts.values())
            outcome.seconds = time.perf_counter() - begun
        except BaseException as error:
            state = "interrupted" if isinstance(error, KeyboardInterrupt) else "failed"
            with suppress(Exception):  # the disk may be full; the original error matters more
                record.end(state, error=f"{type(error).__name__}: {error}")
            raise
        record.end_well(outcome)
    return outcome


def _read(request: Request, store: Store, *, clear: bool = False) -> Published:
    """What is published; with `force`, all of it is to be replaced."""
    try:
        published = read_published(store)
    except OtherVersionError:
        if not request.force:
            raise
        if clear:
            publish(store, {}, _all_files(store))
        return Published()
    if request.force:
        return Published(damaged=set(all_part_names(store)))
    return published


def _before(request: Request, store: Store, published: Published) -> Published:
    """What the datasets hold: `published`, unless everything is to be replaced."""
    return read_published(store) if request.force else published


def _all_files(store: Store) -> list[str]:
    return [file_name(name, part) for name in DATASETS for part in part_names(store, name)]


def _plan(
    request: Request,
    published: Published,
    known: Iterable[Known],
    corrector: Corrector,
    store: Store,
    failures: Mapping[str, Failure] | None = None,
) -> Plan:
    passwords = bool(getattr(request.setup.options, "passwords", ()))
    plan = make_plan(
        known,
        published,
        key_of(request.setup),
        force=request.force,
        retry_failed=request.retry_failed or passwords,
        failures=failures,
        corrector=corrector,
    )
    return settle_renames(store, published, plan)


def _corrector(request: Request, store: Store, known: Iterable[Known]) -> Corrector:
    return Corrector(store, live(known), request.setup.forms, request.setup.taxonomy)


class _Batch:
    """A run in progress."""

    def __init__(
        self, request: Request, store: Store, listener: Listener, interrupts: Interrupts
    ) -> None:
        self._request = request
        self._store = store
        self._listener = listener
        self._interrupts = interrupts
        self._key = key_of(request.setup)
        self._about = about(request.setup)
        self._files: dict[str, str] = {}
        self._read = 0

    def run(self, inputs: Inputs, published: Published) -> Outcome:
        """Plans, reads and publishes; repeats for files that changed meanwhile."""
        known, hashed = identify(inputs.files, self._store)
        remember(known, self._store)
        corrector = _corrector(self._request, self._store, known)
        plan = first = _plan(self._request, published, known, corrector, self._store)
        if not self._request.allow_removals:
            check_removals(plan, _before(self._request, self._store, published))
        self._listener.planned(plan, inputs, hashed)
        interrupted = False
        failures: dict[str, Failure] = {}
        try:
            for attempt in range(1, _ROUNDS + 2):
                moved = self._execute(plan, corrector)
                if not moved:
                    break
                known = _look_again(known, moved, failures, last=attempt >= _ROUNDS)
                request = replace(self._request, force=False, retry_failed=False)
                corrector = _corrector(request, self._store, known)
                published = read_published(self._store)
                plan = _plan(request, published, known, corrector, self._store, failures)
        except KeyboardInterrupt:
            interrupted = True
        finally:
            self._listener.ended()
        if first.units:
            published = read_published(self._store)
        if not interrupted:
            with self._interrupts.held():
                published = self._settle_versions(inputs, published)
        return Outcome(first, inputs, published, self._files, self._read, hashed, interrupted)

    def _settle_versions(self, inputs: Inputs, published: Published) -> Published:
        """Applies the version rule to the reports; returns what is then published."""
        modified = {file.source: file.modified for file in inputs.files if file.modified}
        written = settle_versions(self._store, published, self._request.versions, modified)
        digests = {name: hashlib.sha256(data).hexdigest() for name, data in written.items()}
        self._files |= digests
        if digests:
            self._listener.published(digests)
        return read_published(self._store) if written else published

    def _execute(self, plan: Plan, corrector: Corrector) -> dict[str, Failure]:
        """Carries out a plan; returns the sources that were not as planned, and why."""
        works = [open_unit(unit, plan.wanted) for unit in plan.units]
        owner = {report_id: work for work in works for report_id in work.awaited}
        for work in works:
            self._add_unreadable(work, plan)
            if not work.awaited:
                self._publish(work, plan, corrector)
        moved: dict[str, Failure] = {}
        unpublished: dict[int, OpenUnit] = {}
        checkpoint = time.monotonic()
        try:
            for result in self._results(works, plan):
                work = owner[result.task.report_id]
                _take(work, result, moved)
                unpublished[id(work)] = work
                self._listener.finished(result)
                if not work.awaited:
                    self._publish(work, plan, corrector)
                    del unpublished[id(work)]
                if time.monotonic() - checkpoint > CHECKPOINT_SECONDS:
                    self._publish_unfinished(unpublished, plan, corrector)
                    checkpoint = time.monotonic()
        except KeyboardInterrupt:
            self._publish_unfinished(unpublished, plan, corrector)
            raise
        return moved

    def _add_unreadable(self, work: OpenUnit, plan: Plan) -> None:
        for report_id in work.unit.ids:
            want = plan.wanted[report_id]
            if want.failure is not None and want.why is Why.UNREADABLE:
                result = failed_result(want.task, want.failure, self._request.setup, want.error)
                work.results[report_id] = result
                self._listener.finished(result)

    def _results(self, works: Sequence[OpenUnit], plan: Plan) -> Iterator[Result]:
        """Reads reports part by part, so that only a few parts are incomplete at a time."""
        if not any(work.awaited for work in works):
            return
        tasks: Iterator[Task] = (
            plan.wanted[report_id].task for work in works for report_id in sorted(work.awaited)
        )
        request = self._request
        workers = min(request.jobs, sum(len(work.awaited) for work in works))
        setup = replace(request.setup, processors=request.jobs)
        engine = make_engine(request.engine, setup, workers, request.scheduler)
        # A signal that arrives inside the engine could leave one of its locks held for ever, so it
        # is raised between two polls of the engine.
        try:
            results = engine.run(tasks)
            while True:
                with self._interrupts.held():
                    result = next(results, _END)
                if result is _END:
                    return
                if isinstance(result, Result):
                    self._read += result.status != "changed"
                    yield result
        finally:
            with self._interrupts.held():
                engine.close()

    def _publish(self, work: OpenUnit, plan: Plan, corrector: Corrector) -> None:
        with self._interrupts.held():
            files = publish_unit(self._store, work, plan.wanted, self._key, self._about, corrector)
            self._files |= files
            if files:
                self._listener.published(files)
            if not work.awaited:
                work.results.clear()

    def _publish_unfinished(
        self, unpublished: Mapping[int, OpenUnit], plan: Plan, corrector: Corrector
    ) -> None:
        for work in unpublished.values():
            if work.may_publish():
                self._publish(work, plan, corrector)


def _take(work: OpenUnit, result: Result, moved: dict[str, Failure]) -> None:
    report_id = result.task.report_id
    if result.status == "changed" and result.failure is not None:
        work.dropped.add(report_id)
        moved[result.task.source] = result.failure
    else:
        work.results[report_id] = result
    work.awaited.discard(report_id)  # last: an interrupt can come at any line


def _look_again(
    known: Iterable[Known],
    moved: Mapping[str, Failure],
    failures: dict[str, Failure],
    *,
    last: bool,
) -> list[Known]:
    """The input files, updated for those found to have changed."""
    again = []
    for item in known:
        failure = moved.get(item.file.source)
        if failure is None:
            again.append(item)
        elif failure is Failure.VANISHED or last:
            failures[item.file.source] = failure
            again.append(Known(item.file, error="it has changed since the run began"))
        else:
            again.append(hash_file(replace(item.file, stamp="")))
    return again
