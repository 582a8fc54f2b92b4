"""Planning a run: what is new, changed, gone, duplicate or unreadable, before any work."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from extractors.readers.other_kinds import suffix_of
from pipeline.corrections.log import Live
from pipeline.corrections.publishing import Corrector
from pipeline.failures import Failure, unreadable_id
from pipeline.inputs import InputFile
from pipeline.parts import Part, Published, PublishedReport, layout
from pipeline.state import Known
from pipeline.worker import Task


class Why(StrEnum):
    """What a run does with a report, and why."""

    NEW = "new"
    CHANGED = "changed"
    OUTDATED = "outdated"
    RETRIED = "retried"
    FORCED = "forced"
    RENAMED = "renamed"
    CORRECTED = "corrected"
    UNREADABLE = "unreadable"
    UNCHANGED = "unchanged"


READ = frozenset({Why.NEW, Why.CHANGED, Why.OUTDATED, Why.RETRIED, Why.FORCED})
"""Reports that are read in this run."""

STAY = frozenset({Why.UNCHANGED, Why.RENAMED, Why.CORRECTED})
"""Reports whose published rows are reused, with their current corrections."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """A report that the datasets should hold.

    Attributes:
        report_id: Its id.
        source: The first of its names.
        why: What the run does with it.
        doubles: Its other names, in order.
        file: The file to read.
        digest: SHA-256 of the file's bytes; "" if it cannot be read.
        failure: Why it cannot be read.
        error: The system's error message for it.
    """

    report_id: str
    source: str
    why: Why
    doubles: tuple[str, ...]
    file: InputFile
    digest: str = ""
    failure: Failure | None = None
    error: str = ""

    @property
    def task(self) -> Task:
        """The work of reading it."""
        return Task(self.report_id, self.source, self.file.url, self.digest)


@dataclass(slots=True)
class Unit:
    """Parts that are published in one step.

    Attributes:
        leaves: Ids by part name, as they should be.
        old: Published parts that it replaces or whose rows it reuses.
        damaged: Names of damaged parts, to be replaced or deleted.
        names: Names of all these parts.
    """

    leaves: dict[str, list[str]] = field(default_factory=dict)
    old: list[Part] = field(default_factory=list)
    damaged: set[str] = field(default_factory=set)
    names: set[str] = field(default_factory=set)

    @property
    def ids(self) -> list[str]:
        """Ids of the reports it should hold."""
        return sorted(report_id for ids in self.leaves.values() for report_id in ids)


@dataclass(slots=True)
class Plan:
    """What a run is going to do.

    Attributes:
        wanted: Every report that the datasets should hold, by id, in order.
        units: The work, by parts; unchanged parts need none.
        gone: Published sources that are no longer among the inputs.
    """

    wanted: dict[str, Wanted]
    units: list[Unit]
    gone: list[str]

    def reports(self, why: Why) -> list[Wanted]:
        """The reports that the run treats in one way."""
        return [wanted for wanted in self.wanted.values() if wanted.why is why]

    @property
    def doubles(self) -> dict[str, str]:
        """The main source of each duplicate file, by the duplicate's source."""
        return {
            double: wanted.source for wanted in self.wanted.values() for double in wanted.doubles
        }

    def to_read(self) -> int:
        """Number of reports to read."""
        return sum(wanted.why in READ for wanted in self.wanted.values())


def live(known: Iterable[Known]) -> Live:
    """The reports that exist in the input files."""
    files = list(known)
    return Live(
        {item.digest[:16] or unreadable_id(item.file.source) for item in files},
        {item.file.source for item in files},
    )


def make_plan(
    known: Iterable[Known],
    published: Published,
    key: str,
    *,
    force: bool = False,
    retry_failed: bool = False,
    failures: Mapping[str, Failure] | None = None,
    corrector: Corrector | None = None,
) -> Plan:
    """Compares the input files with what is published.

    Args:
        known: The input files with their digests, in order of source.
        published: The parts of the output.
        key: Identifies what reports are read with now; reports with another key are read again.
        force: Read everything again.
        retry_failed: Read failed reports again.
        failures: Why a file without a digest cannot be read, by source, if better known than from
            the attempt to hash it.
        corrector: Provides the corrections that reports should have; None for none.
    """
    groups: dict[str, list[Known]] = {}
    for item in known:
        report_id = item.digest[:16] or unreadable_id(item.file.source)
        groups.setdefault(report_id, []).append(item)
    before = {
        report.report_id: (report, part.key)
        for part in published.parts.values()
        for report in part.reports
    }
    ids_before = {
        source: report.report_id
        for report, _ in before.values()
        for source in (report.source, *report.doubles)
    }
    wanted = {}
    for report_id, items in sorted(groups.items()):
        why = _why(items, before.get(report_id), key, force=force, retry=retry_failed)
        if why is Why.NEW and any(item.file.source in ids_before for item in items):
            why = Why.CHANGED
        if corrector is not None and why in STAY:
            why = _corrected(why, before[report_id][0], items[0].file.source, corrector)
        wanted[report_id] = _want(report_id, why, items, failures or {})
    today = {item.file.source for items in groups.values() for item in items}
    return Plan(
        wanted,
        _units(wanted, published, key),
        sorted(source for source in ids_before if source not in today),
    )


def _want(report_id: str, why: Why, items: list[Known], failures: Mapping[str, Failure]) -> Wanted:
    first, *rest = items
    usual = Failure.OTHER_KIND if first.file.other_kind else Failure.UNREADABLE
    failure = None if first.digest else failures.get(first.file.source, usual)
    return Wanted(
        report_id=report_id,
        source=first.file.source,
        why=why,
        doubles=tuple(item.file.source for item in rest),
        file=first.file,
        digest=first.digest,
        failure=failure,
        error=first.error,
    )


def _why(
    items: list[Known],
    before: tuple[PublishedReport, str] | None,
    key: str,
    *,
    force: bool,
    retry: bool,
) -> Why:
    if not items[0].digest:
        stays = items[0].file.other_kind and before is not None and before[1] == key and not force
        return Why.UNCHANGED if stays else Why.UNREADABLE
    if force:
        return Why.FORCED
    if before is None:
        return Why.NEW
    report, old_key = before
    if old_key != key:
        return Why.OUTDATED
    if retry and report.status == "failed":
        return Why.RETRIED
    return _moved(report, items[0].file.source)


def _moved(report: PublishedReport, source: str) -> Why:
    """What to do with an unchanged file, given its name."""
    if report.source == source:
        return Why.UNCHANGED
    same_kind = suffix_of(report.source) == suffix_of(source)
    # A failed report's problems name its file, and the suffix decides how a file is read.
    return Why.RENAMED if same_kind and report.status != "failed" else Why.CHANGED


def _corrected(why: Why, report: PublishedReport, source: str, corrector: Corrector) -> Why:
    """Marks a report with changed corrections for publishing, or rereading if needed."""
    if corrector.digest(report.report_id, source, report.organisation) == report.corrections:
        return why
    if report.corrections and report.report_id not in corrector.stored:
        return Why.OUTDATED
    return Why.CORRECTED if why is Why.UNCHANGED else why


def _units(wanted: Mapping[str, Wanted], published: Published, key: str) -> list[Unit]:
    """Groups new and old parts that share a name or a report, and drops unchanged ones."""
    leaves = layout(list(wanted))
    owner = {report_id: name for name, ids in leaves.items() for report_id in ids}
    units = {name: Unit({name: ids}, names={name}) for name, ids in leaves.items()}
    for name in published.damaged:
        units.setdefault(name, Unit(names={name})).damaged.add(name)
    for part in published.parts.values():
        units.setdefault(part.name, Unit(names={part.name}))
        ids = (report.report_id for report in part.reports)
        names = {part.name, *(owner[report_id] for report_id in ids if report_id in owner)}
        unit = _merge([units[name] for name in sorted(names)])
        unit.old.append(part)
        units.update(dict.fromkeys(unit.names, unit))
    distinct = {id(unit): unit for _, unit in sorted(units.items())}
    return [unit for unit in distinct.values() if not _stays(unit, wanted, key)]


def _merge(units: list[Unit]) -> Unit:
    merged, *others = {id(unit): unit for unit in units}.values()
    for unit in others:
        merged.leaves.update(unit.leaves)
        merged.old += unit.old
        merged.damaged |= unit.damaged
        merged.names |= unit.names
    return merged


def _stays(unit: Unit, wanted: Mapping[str, Wanted], key: str) -> bool:
    """Whether what is published is already as it should be."""
    if unit.damaged or len(unit.old) != 1 or list(unit.leaves) != [unit.old[0].name]:
        return False
    part = unit.old[0]
    reports = [wanted[report_id] for report_id in unit.ids]
    shall = [(report.report_id, report.source, report.doubles) for report in reports]
    have = [(report.report_id, report.source, report.doubles) for report in part.reports]
    unchanged = all(report.why is Why.UNCHANGED for report in reports)
    return part.key == key and shall == have and unchanged
