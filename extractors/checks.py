"""Checks on a report: whether its parts tile the source, and whether rows were left unread."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import groupby, pairwise
from operator import attrgetter

from extractors.layout.cells.answers import is_answer
from extractors.layout.furniture.stamps import stamp_numbers
from extractors.line_ends.paragraph_ends import may_go_on
from models.document import Document
from models.form import Form
from models.report import UNREAD_ROLES, Part, Problem, Role, Severity

_LONGEST_EXCERPT = 120
_ASKING = frozenset({Role.QUESTION, Role.DETAIL})


def untiled(document: Document, parts: Sequence[Part]) -> Iterator[tuple[int, str, bool]]:
    """Yields text that is not in exactly one part.

    Args:
        document: The source.
        parts: The parts of its report.

    Yields:
        Line number, the text, and whether it is in more than one part (otherwise in none).
    """
    firsts: dict[int, Part] = {}
    others: dict[int, list[Part]] = defaultdict(list)
    for part in parts:
        if part.line in firsts:
            others[part.line].append(part)
        else:
            firsts[part.line] = part
    for line in document.lines:
        first, more = firsts.get(line.number), others.get(line.number, [])
        if first and not more and _takes_all(first, line.text):
            continue
        counts = [0] * len(line.text)
        for part in (first, *more) if first else ():
            for index in range(part.start, min(part.end, len(counts))):
                counts[index] += 1
        visible = [not letter.isspace() for letter in line.text]
        none = "".join(
            letter if seen and not count else " "
            for letter, seen, count in zip(line.text, visible, counts, strict=True)
        ).strip()
        many = "".join(
            letter if seen and count > 1 else " "
            for letter, seen, count in zip(line.text, visible, counts, strict=True)
        ).strip()
        if none:
            yield line.number, none, False
        if many:
            yield line.number, many, True


def _takes_all(part: Part, text: str) -> bool:
    """Whether a part covers all of its line except spaces."""
    if not part.start and part.end == len(text):
        return True
    return text[part.start : part.end].strip() == text.strip()


def tiling_problems(document: Document, parts: Sequence[Part]) -> list[Problem]:
    """Returns an error for every text that was lost, or is in two places."""
    problems = []
    for number, text, doubled in untiled(document, parts):
        what = "is in the report twice" if doubled else "was lost"
        problems.append(
            Problem(
                Severity.ERROR,
                "text-doubled" if doubled else "text-lost",
                f"Text of the source {what}: “{_excerpt(text)}”.",
                line=number,
                stage="check",
                advice="This is a bug in svar: compare with the source and report it.",
            )
        )
    return problems


def other_problems(document: Document, parts: Sequence[Part], form: Form) -> list[Problem]:
    """Returns a problem for each run of text that no rule accounts for.

    It is an error if it contains the column headers of one of the form's tables, as rows are then
    probably missing; otherwise a warning.
    """
    other = Role.OTHER
    others = [part for part in parts if part.role is other]
    texts = {line.number: line.text for line in document.lines} if others else {}
    runs: list[list[Part]] = []
    for part in others:
        if runs and part.line - runs[-1][-1].line <= 2 and part.section == runs[-1][-1].section:
            runs[-1].append(part)
        else:
            runs.append([part])
    return [
        _other_problem(run, " ".join(texts[part.line][part.start : part.end] for part in run), form)
        for run in runs
    ]


def unread_tables(document: Document, parts: Sequence[Part], form: Form) -> list[Problem]:
    """Returns an error for each place where running text seems to be rows that were not read.

    Such text follows a table's column headers where a row should be, or holds a question and a line
    that is nothing but an answer.
    """
    texts = {line.number: line.text.strip() for line in document.lines}
    # A column header repeated above the rest of a row cut by a page break comes after the whole row
    # in reading order, but it is not directly above the text that follows.
    tops = {line.number: (line.page, line.box.y0 if line.box else 0.0) for line in document.lines}
    ordered = sorted(parts, key=lambda part: (tops[part.line], part.line, part.start))
    found = []
    before: Role | None = None
    for role, run in groupby(
        (part for part in ordered if part.role is not Role.RUNNING), attrgetter("role")
    ):
        if role is Role.INSTRUCTION:
            own = list(run)
            lines = [texts[part.line] for part in own]
            asks = any("?" in line for line in lines)
            if before is Role.TABLE_HEAD or (asks and _answers(lines, form)):
                found.append(_unread_table(own[0], lines[0]))
        before = role
    return found


def lost_rows(document: Document, parts: Sequence[Part], form: Form) -> list[Problem]:
    """Returns an error for each question that went into a running line or another row.

    Rows that are alike at the edge of page after page look like running lines; a row with several
    questions and several lines that are nothing but answers holds several rows.
    """
    texts = {line.number: line.text.strip() for line in document.lines}
    running: dict[str, Part] = {}
    asked: dict[int, list[Part]] = defaultdict(list)
    for part in parts:
        if part.role is Role.RUNNING:
            running.setdefault(texts[part.line], part)
        elif part.position is not None and part.role in _ASKING and "?" in texts[part.line]:
            asked[part.position].append(part)
    lost = [
        _unread_table(part, text)
        for text, part in running.items()
        if text.endswith("?") or form.request_pattern.match(text)
    ]
    several = {position: own[0] for position, own in asked.items() if len(own) > 1}
    counts: dict[int, int] = defaultdict(int)
    for part in parts if several else ():
        if part.position in several and part.role not in _ASKING:
            counts[part.position] += is_answer(texts[part.line], form)
    return lost + [
        _unread_table(part, texts[part.line])
        for position, part in several.items()
        if counts[position] > 1
    ]


def _answers(lines: Sequence[str], form: Form) -> bool:
    """Whether a line is nothing but an answer, and none of a list that explains the answers."""
    above = ""
    for answers, run in groupby(lines, key=lambda line: is_answer(line, form)):
        own = list(run)
        if answers and (len(set(own)) < max(2, len(own)) or above.endswith("?")):
            return True
        above = own[-1]
    return False


def _other_problem(run: Sequence[Part], text: str, form: Form) -> Problem:
    if form.head_row_pattern.search(text):
        return _unread_table(run[0], text)
    return Problem(
        Severity.WARNING,
        "text-other",
        f"Text that belongs to no heading, instruction, question or answer: “{_excerpt(text)}”.",
        page=run[0].page,
        line=run[0].line,
        stage="check",
        advice="Look at this text in the source: it is in none of the other datasets.",
    )


def _unread_table(first: Part, text: str) -> Problem:
    return Problem(
        Severity.ERROR,
        "table-unread",
        f"This text seems to be a table whose rows were not read: “{_excerpt(text)}”.",
        page=first.page,
        line=first.line,
        stage="check",
        advice="Look at the source: the table's rows are probably missing from the answers.",
    )


def torn_rows(document: Document, parts: Sequence[Part]) -> frozenset[int]:
    """Returns the positions of rows whose text seems to go on outside tables on the next page.

    The row ends its page inside a sentence, and the text on top of the next goes on in lower case.
    """
    seen = (part for part in parts if part.role is not Role.RUNNING)
    cuts = [
        (above.position, above, below)
        for above, below in pairwise(seen)
        if above.page != below.page and above.position is not None and below.role in UNREAD_ROLES
    ]
    texts = {line.number: line.text for line in document.lines} if cuts else {}
    return frozenset(
        position
        for position, above, below in cuts
        if may_go_on(
            texts[above.line][above.start : above.end].rstrip(),
            texts[below.line][below.start : below.end],
        )
    )


def stamp_problems(document: Document) -> list[Problem]:
    """Returns a note for each distinct text that was taken for a stamp or a watermark."""
    numbers = stamp_numbers(document.pages)
    pages: dict[str, list[int]] = {}
    for page in document.pages:
        words = " ".join(line.text.strip() for line in page.lines if line.number in numbers)
        if words:
            pages.setdefault(words, []).append(page.number)
    return [
        Problem(
            Severity.INFO,
            "stamp",
            f"On {len(found)} {'page' if len(found) == 1 else 'pages'}, taken for a stamp, a "
            f"watermark, a margin note or half of a line, and left out of the answers: "
            f"“{_excerpt(words)}”.",
            page=found[0],
            stage="check",
        )
        for words, found in pages.items()
    ]


def _excerpt(text: str) -> str:
    return text if len(text) <= _LONGEST_EXCERPT else text[: _LONGEST_EXCERPT - 1] + "…"
