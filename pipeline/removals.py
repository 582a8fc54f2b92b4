"""Protecting the datasets against a suddenly empty input, such as an unmounted share."""

from __future__ import annotations

from pipeline.errors import WrongUseError
from pipeline.parts import Published, PublishedReport
from pipeline.plan import Plan

SHARE = 0.25
"""Share of the published reports that a run may remove without --allow-removals. A single
report may always be removed, unless it is the only one."""


def removed_reports(plan: Plan, published: Published) -> list[PublishedReport]:
    """Returns the published reports that no input file corresponds to any more, by source.

    A file that was renamed or changed still corresponds to its report.
    """
    today = {name for want in plan.wanted.values() for name in (want.source, *want.doubles)}
    removed = [
        report
        for part in published.parts.values()
        for report in part.reports
        if report.report_id not in plan.wanted
        and today.isdisjoint((report.source, *report.doubles))
    ]
    return sorted(removed, key=lambda report: report.source)


def check_removals(plan: Plan, published: Published) -> None:
    """Rejects a plan that would remove too many of the published reports.

    Args:
        plan: The plan of the run.
        published: What the datasets hold before it.

    Raises:
        WrongUseError: More than `SHARE` of the reports, or all of them, would go.
    """
    total = sum(len(part.reports) for part in published.parts.values())
    removed = removed_reports(plan, published)
    if (len(removed) <= max(1, total * SHARE) and len(removed) < total) or not removed:
        return
    named = ", ".join(report.source for report in removed[:3])
    more = f" and {len(removed) - 3} more" if len(removed) > 3 else ""
    raise WrongUseError(
        f"This run would remove {len(removed)} of the {total} reports in the datasets, because "
        f"their files are no longer in the input: {named}{more}. Nothing was changed. Check that "
        f"the input folder is complete (is the share mounted?). If the reports should be removed, "
        f"run again with --allow-removals."
    )
