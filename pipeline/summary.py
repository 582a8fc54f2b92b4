"""The closing summary of a run or a dry run, for people."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rich.console import RenderableType
from rich.table import Table
from rich.text import Text

from pipeline.contents import Contents, ProblemKind
from pipeline.inputs import Inputs
from pipeline.plan import Plan, Why
from pipeline.progress import one_line
from pipeline.run_record import plan_counts
from pipeline.wording import counted

TOP_THEMES = 10
TOP_PROBLEMS = 15
NAMED = 3

_WORDS = {
    Why.NEW: "new",
    Why.CHANGED: "changed",
    Why.OUTDATED: "read with different code, form, themes or reader",
    Why.RETRIED: "failed before, retried",
    Why.FORCED: "read again by --force",
    Why.RENAMED: "renamed, not read again",
    Why.CORRECTED: "corrected by reviewers, not read again",
    Why.UNREADABLE: "unreadable",
    Why.UNCHANGED: "unchanged",
}


def plan_lines(plan: Plan, inputs: Inputs, *, names: bool) -> Iterator[str]:
    """Yields the counts of a plan, one per line; with `names`, every report as well."""
    for why in Why:
        reports = plan.reports(why)
        if reports:
            yield f"{len(reports):>7}  {_WORDS[why]}"
        if names and why is not Why.UNCHANGED:
            for want in reports:
                error = f": {want.error}" if want.error else ""
                yield f"         {one_line(want.source)}{error}"
    doubles = [f"{double} = {first}" for double, first in plan.doubles.items()]
    for words, sources in (("duplicates", doubles), ("gone from the input", plan.gone)):
        if sources:
            yield f"{len(sources):>7}  {words}"
        if names:
            yield from (f"         {one_line(source)}" for source in sources)
    yield from skipped_lines(inputs)


def skipped_lines(inputs: Inputs) -> Iterator[str]:
    """Yields lines on what was found but not read."""
    if inputs.passed_over:
        kinds = ", ".join(f"{kind} {count}" for kind, count in inputs.passed_over.most_common())
        yield f"{inputs.passed_over.total():>7}  files skipped ({kinds})"
    if inputs.empty:
        yield f"{len(inputs.empty):>7}  empty folders: {_first(inputs.empty)}"
    if inputs.links:
        yield (
            f"{len(inputs.links):>7}  linked folders outside the input skipped; "
            f"give them as a PATH to read them: {_first(inputs.links)}"
        )


def _first(names: Sequence[str]) -> str:
    more = " …" if len(names) > NAMED else ""
    return ", ".join(one_line(name) for name in names[:NAMED]) + more


def contents_line(contents: Contents) -> str:
    """The counts of inputs, on one line."""
    status = contents.statuses
    superseded = f" + {contents.superseded} superseded" if contents.superseded else ""
    return (
        f"{counted(contents.inputs, 'input')} = {status['ok']} ok + {status['partial']} partial + "
        f"{status['failed']} failed + {contents.doubles} duplicate{superseded}."
    )


def report_line(contents: Contents, plan: Plan, read: int) -> str:
    """The counts of inputs and what this run did, on one line."""
    counts = plan_counts(plan)
    line = f"{contents_line(contents)} Read now: {read}; unchanged: {counts['unchanged']}"
    for name in ("renamed", "corrected", "gone"):
        line += f"; {name}: {counts[name]}" if counts[name] else ""
    return f"{line}."


def content_items(contents: Contents) -> Iterator[RenderableType]:
    """Yields the tables of a summary: boards with several reports, answers, themes, problems."""
    if contents.rivals:
        named = "; ".join(", ".join(map(one_line, group)) for group in contents.rivals[:NAMED])
        more = " …" if len(contents.rivals) > NAMED else ""
        count = len(contents.rivals)
        boards = "1 board has" if count == 1 else f"{count} boards have"
        yield Text(
            f"{boards} several reports that all count: {named}{more}. Use --versions to say which "
            "one counts."
        )
    if contents.answers:
        codes = ", ".join(f"{code} {count}" for code, count in contents.answers.most_common())
        yield Text(f"Answers: {contents.answers.total()} ({codes})")
    if contents.themes:
        top = ", ".join(f"{t} {count}" for t, count in contents.themes.most_common(TOP_THEMES))
        rest = len(contents.themes) - TOP_THEMES
        more = f" and {rest} more" if rest > 0 else ""
        yield Text(f"Theme mentions: {contents.themes.total()} ({top}{more})")
    if contents.problems:
        yield problem_table(contents.problems)


def problem_table(kinds: Sequence[ProblemKind]) -> Table:
    """Problems by kind, with the worst reports first."""
    table = Table(title="Problems", title_justify="left", box=None, pad_edge=False)
    for head in ("severity", "kind"):
        table.add_column(head, no_wrap=True)
    for head in ("count", "reports"):
        table.add_column(head, justify="right", no_wrap=True)
    table.add_column("worst reports")
    for kind in kinds[:TOP_PROBLEMS]:
        worst = ", ".join(f"{one_line(source)} ({n})" for source, n in kind.reports.most_common())
        table.add_row(
            kind.severity, kind.code, str(kind.count), str(kind.report_count), Text(worst)
        )
    if len(kinds) > TOP_PROBLEMS:
        table.add_row("", f"and {len(kinds) - TOP_PROBLEMS} more", "", "", "")
    return table


def next_steps(program: str, out: str, contents: Contents, seconds: float) -> Iterator[str]:
    """Yields where the datasets are, and suggested next commands.

    Args:
        program: How to call `svar` from here.
        out: Where the datasets are.
        contents: What they hold.
        seconds: How long the run took.
    """
    yield f"Datasets in {out}, {seconds:.1f} s."
    failing = contents.statuses["failed"]
    if failing:
        yield f"Next: {program} status {out}   why {failing} failed and what to do"
    if contents.answers:
        yield f"Next: {program} show {out} --needs-eyes   what needs review, worst first"
