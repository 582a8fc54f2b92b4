"""Applying corrections to published datasets, without rereading the source files."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from models.form import Form
from models.taxonomy import Taxonomy
from pipeline.corrections.log import Live
from pipeline.corrections.publishing import Corrector
from pipeline.errors import WrongUseError
from pipeline.inputs import InputFile
from pipeline.parts import Part, PublishedReport, read_published
from pipeline.plan import Unit, Wanted, Why
from pipeline.publish import recover
from pipeline.store import Store
from pipeline.unit import open_unit, publish_unit


@dataclass(slots=True)
class Republished:
    """What was done.

    Attributes:
        sources: Sources of the reports whose corrections changed.
        to_read: Sources of those that need `svar run` to be read again.
        files: SHA-256 of every dataset file that was written, by name.
    """

    sources: list[str] = field(default_factory=list)
    to_read: list[str] = field(default_factory=list)
    files: dict[str, str] = field(default_factory=dict)


def republish(
    store: Store, forms: Sequence[Form], taxonomy: Taxonomy, *, dry_run: bool = False
) -> Republished:
    """Publishes every report whose corrections changed, from the stored report as read.

    Args:
        store: The output folder.
        forms: The forms that its reports were read with.
        taxonomy: The themes they were tagged with.
        dry_run: Only list the reports that would be published.

    Raises:
        WrongUseError: There are no datasets, they were made with other themes, or a line of a
            corrections file is not a correction.
        BatchError: The output could no longer be written; what was published before is whole.
    """
    with store.lock():
        recover(store)
        published = read_published(store)
        if not published.parts:
            raise WrongUseError(
                f"{store.url} has no datasets. Give the output folder of `svar run`."
            )
        reports = [report for part in published.parts.values() for report in part.reports]
        live = Live({r.report_id for r in reports}, {r.source for r in reports})
        corrector = Corrector(store, live, forms, taxonomy)
        done = Republished()
        for part in published.parts.values():
            changed = [report for report in part.reports if _is_changed(report, corrector)]
            lost = [r for r in changed if r.corrections and r.report_id not in corrector.stored]
            done.to_read += [report.source for report in lost]
            done.sources += [report.source for report in changed if report not in lost]
            if changed and not lost and not dry_run:
                _check_themes(part, taxonomy, store)
                done.files |= _publish(store, part, corrector)
    return done


def _is_changed(report: PublishedReport, corrector: Corrector) -> bool:
    digest = corrector.digest(report.report_id, report.source, report.organisation)
    return digest != report.corrections


def _check_themes(part: Part, taxonomy: Taxonomy, store: Store) -> None:
    if part.about.get("taxonomy", "") != taxonomy.digest:
        raise WrongUseError(
            f"{store.url} was made with other themes. Give their file with --themes, or run "
            "`svar run`, which applies corrections too."
        )


def _publish(store: Store, part: Part, corrector: Corrector) -> dict[str, str]:
    wanted = {
        report.report_id: Wanted(
            report.report_id,
            report.source,
            Why.CORRECTED,
            report.doubles,
            InputFile(report.source, ""),
        )
        for report in part.reports
    }
    unit = Unit({part.name: list(wanted)}, old=[part], names={part.name})
    return publish_unit(store, open_unit(unit, wanted), wanted, part.key, part.about, corrector)
