"""A Report as a readable page on the terminal."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.rule import Rule
from rich.table import Table
from rich.text import Text

from models.report import Answer, Mention, Problem, Report, Section, Severity
from pipeline.checking.colours import GREY, Colour, as_hex, span_colour, theme_colours
from pipeline.checking.marks import label, plain, runs
from pipeline.checking.selection import Selection, answers
from pipeline.checking.shown import place, visible
from pipeline.checking.source_lines import SourceLine
from pipeline.wording import counted

Lines = Mapping[tuple[str, int], Sequence[SourceLine]]
"""Source lines by report id and position of the answer."""

DIM = as_hex(GREY)
SEVERITY_STYLES = {Severity.ERROR: "bold red", Severity.WARNING: "yellow", Severity.INFO: DIM}


def report_page(
    report: Report, lines: Lines, *, instructions: bool, colour: bool
) -> Iterator[RenderableType]:
    """Yields a report from its head to its problems.

    Args:
        report: The report.
        lines: Source lines by report id and position of the answer; empty to leave them out.
        instructions: Whether to show the sections' instructions.
        colour: Whether to mark mentions by colour; otherwise they are put in brackets.
    """
    yield head(report)
    by_section: dict[str, list[Answer]] = defaultdict(list)
    for answer in report.answers:
        by_section[answer.section].append(answer)
    headings = {section.section: section for section in report.sections}
    for number in dict.fromkeys([*headings, *by_section]):
        if number in headings:
            yield section_head(headings[number], instructions=instructions)
        for answer in by_section[number]:
            source = lines.get((report.report_id, answer.position), ())
            yield answer_page(report, answer, source, colour=colour)
    yield from _problems(report)
    yield Text()


def flagged_page(
    reports: Sequence[Report], lines: Lines, *, colour: bool
) -> Iterator[RenderableType]:
    """Yields what needs review: answers, the most doubtful first, then the reports' problems."""
    pairs = answers(reports, Selection(flagged=True))
    for report, answer in pairs:
        source = lines.get((report.report_id, answer.position), ())
        yield Text(f"\n{_name(report)}", style="bold")
        yield answer_page(report, answer, source, colour=colour)
    for report in reports:
        if any(problem.position is None for problem in report.problems):
            yield Text(f"\n{_name(report)}", style="bold")
            yield from _problems(report)
    yield Text(f"\nAnswers that need review: {len(pairs)}.")


def head(report: Report) -> RenderableType:
    """Returns the header of a report: who answers, from which file, and with what status."""
    name = " · ".join(visible(part) for part in (report.organisation, report.title) if part)
    facts = [visible(report.source), report.format or "unknown format"]
    if report.pages is not None:
        facts.append(counted(report.pages, "page"))
    facts.append(
        f"{counted(len(report.sections), 'section')}, {counted(len(report.answers), 'answer')}"
    )
    facts.append(f"status {report.status}, confidence {report.confidence:.2f}")
    title = Text(name or visible(report.source), style="bold")
    return Group(title, Text(" · ".join(facts), style=DIM))


def section_head(section: Section, *, instructions: bool) -> RenderableType:
    """Returns a section's heading, whether it was asked, and its instruction if wanted."""
    number = section.section if section.section != section.title else ""
    title = f"{number} {visible(section.title)}".strip()
    rows: list[RenderableType] = [Text(), Text(title, style="bold underline")]
    if not section.asked:
        rows.append(Text("Not to be answered by this board.", style="italic"))
    if instructions and section.instruction:
        rows.append(Padding(Text(visible(section.instruction), style=DIM), (0, 0, 0, 2)))
    return Group(*rows)


def answer_page(
    report: Report, answer: Answer, source: Sequence[SourceLine] = (), *, colour: bool
) -> RenderableType:
    """Returns one answer: key and place, fields and flags, with the source beside it if given."""
    mentions = [m for m in report.themes if m.position == answer.position]
    fields = Table.grid(padding=(0, 1), expand=True)
    fields.add_column(width=10, style=DIM)
    fields.add_column(ratio=1, overflow="fold")
    fields.add_row("question", Text(visible(answer.question), style="bold"))
    if answer.detail:
        fields.add_row("detail", Text(visible(answer.detail)))
    fields.add_row("answer", _answer_text(answer))
    fields.add_row(
        "comment", comment_text(answer.comment, mentions, theme_colours(report) if colour else None)
    )
    if answer.flags:
        fields.add_row("flags", Text(", ".join(map(visible, answer.flags)), style="bold red"))
    for problem in report.problems:
        if problem.position == answer.position:
            fields.add_row("problem", problem_line(problem))
    body: RenderableType = fields
    if source:
        body = Table.grid(padding=(0, 2), expand=True)
        body.add_column(ratio=1)
        body.add_column(ratio=1)
        body.add_row(source_text(source), fields)
    return Group(Text(), answer_head(answer), body)


def answer_head(answer: Answer) -> RenderableType:
    """Returns a rule with an answer's key, place and confidence."""
    where = place(answer.page_first, answer.page_last)
    lines = place(None, None, answer.line_first, answer.line_last)
    facts = [visible(answer.key), where, lines, f"confidence {answer.confidence:.2f}"]
    return Rule(
        Text(" · ".join(fact for fact in facts if fact)), align="left", style=DIM, characters="─"
    )


def comment_text(
    comment: str, mentions: Sequence[Mention], colours: Mapping[str, Colour] | None
) -> Text:
    """Returns a comment with its mentions marked: by their groups' colours, or in brackets."""
    if not comment:
        return Text("(none)", style=DIM)
    if colours is None:
        return Text(visible(plain(comment, mentions)))
    text = Text()
    for run in runs(comment, mentions):
        style = f"black on {as_hex(colours[run.mentions[-1].group])}" if run.mentions else ""
        text.append(visible(run.text), style=style)
        for mention in run.closes:
            text.append(f"{{{visible(label(mention))}}}", style=DIM)
    return text


def source_text(lines: Sequence[SourceLine]) -> Text:
    """Returns numbered source lines, each part in the colour of its role."""
    width = len(str(lines[-1].number))
    text, page = Text(no_wrap=False), None
    for line in lines:
        if line.page != page:
            page = line.page
            text.append(f"page {page}\n", style=f"{DIM} italic")
        text.append(f"{line.number:>{width}} ", style=DIM)
        for span in line.spans:
            text.append(visible(span.text), style=as_hex(span_colour(span)))
        text.append("\n")
    text.rstrip()
    return text


def problem_line(problem: Problem) -> Text:
    """Returns a problem on one line: severity, code, message, place and advice."""
    where = place(problem.page, problem.page, problem.line, problem.line)
    text = Text(f"{problem.severity} {problem.code}: ", style=SEVERITY_STYLES[problem.severity])
    text.append(visible(problem.message), style="default")
    if where:
        text.append(f" ({where})", style="default")
    if problem.advice:
        text.append(f" {visible(problem.advice)}", style="default")
    return text


def _name(report: Report) -> str:
    return visible(report.organisation or report.source)


def _problems(report: Report) -> Iterator[RenderableType]:
    """Yields the problems that concern the report as a whole."""
    own = [problem for problem in report.problems if problem.position is None]
    if own:
        yield Text("\nProblems", style="bold")
        yield Group(*(problem_line(problem) for problem in own))


def _answer_text(answer: Answer) -> Text:
    if not answer.answer:
        return Text("(blank)", style=DIM).append(f"  {answer.code}", style=DIM)
    return Text(visible(answer.answer), style="green").append(f"  {answer.code}", style=DIM)
