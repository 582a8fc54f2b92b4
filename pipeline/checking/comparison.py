"""Differences between two outputs: two versions, two readers, or two years."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from rapidfuzz.distance import Indel

from models.report import Answer, Report

FIELDS = ("section", "question", "detail", "answer", "code", "comment")
"""Fields of an answer that are compared."""


@dataclass(frozen=True, slots=True)
class Edit:
    """A run of words that is in both texts, or in only one.

    Attributes:
        kind: `same`, `old` (only in the first) or `new` (only in the second).
        text: The words, including whitespace.
    """

    kind: str
    text: str


@dataclass(frozen=True, slots=True)
class Change:
    """A field that differs: its two texts, and the edits between them for display."""

    field: str
    old: str
    new: str
    edits: tuple[Edit, ...] = ()


@dataclass(frozen=True, slots=True)
class AnswerChange:
    """An answer that differs.

    Attributes:
        key: Key of its question.
        kind: `changed`, `old` (only in the first output) or `new` (only in the second).
        changes: The fields that differ.
        themes_old: Themes only in the first output, with assertion.
        themes_new: Themes only in the second, with assertion.
    """

    key: str
    kind: str
    changes: tuple[Change, ...] = ()
    themes_old: tuple[str, ...] = ()
    themes_new: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ReportChange:
    """A report that differs, or that is in only one of the outputs.

    Attributes:
        board: Its board, or its file if the board is unknown.
        source_old: Its file in the first output, or "" if it is not there.
        source_new: Its file in the second output, likewise.
        changes: Differences in the report itself.
        answers: The answers that differ.
    """

    board: str
    source_old: str
    source_new: str
    changes: tuple[Change, ...] = ()
    answers: tuple[AnswerChange, ...] = ()


@dataclass(frozen=True, slots=True)
class Comparison:
    """The differences between two outputs.

    Attributes:
        reports_old: Number of reports in the first output.
        reports_new: Number of reports in the second.
        same: Number of reports that are in both and identical.
        reports: The other reports.
        codes: Counts of each transition between answer codes, as `yes>no`, unchanged ones included.
        themes_old: Mentions of each theme in the first output, over reports that are in both.
        themes_new: Likewise in the second.
    """

    reports_old: int
    reports_new: int
    same: int
    reports: tuple[ReportChange, ...]
    codes: dict[str, int] = field(default_factory=dict)
    themes_old: dict[str, int] = field(default_factory=dict)
    themes_new: dict[str, int] = field(default_factory=dict)


def compare(old: Sequence[Report], new: Sequence[Report]) -> Comparison:
    """Compares two outputs.

    Reports are paired if they were read from the same bytes, else from the same path, else if they
    are from the same board. Answers are paired by the key of their question.
    """
    pairs = pair(old, new)
    changes = [_report_change(a, b) for a, b in pairs]
    codes: Counter[str] = Counter()
    for a, b in pairs:
        if a and b:
            codes.update(f"{x.code}>{y.code}" for x, y in _answers(a, b) if x and y)
    return Comparison(
        len(old),
        len(new),
        sum(change is None for change in changes),
        tuple(change for change in changes if change),
        dict(sorted(codes.items())),
        _themes(a for a, b in pairs if a and b),
        _themes(b for a, b in pairs if a and b),
    )


HEAD = ("board", "source_old", "source_new", "key", "field", "old", "new")
"""Columns of `rows`."""


def rows(comparison: Comparison) -> Iterator[tuple[str, ...]]:
    """Yields every difference as a row of `HEAD`; an unpaired report or answer is one row."""
    for report in comparison.reports:
        own = (report.board, report.source_old, report.source_new)
        if not report.source_old or not report.source_new:
            yield (*own, "", "report", *_presence(bool(report.source_old)))
        for change in report.changes:
            yield (*own, "", change.field, change.old, change.new)
        for answer in report.answers:
            if answer.kind != "changed":
                yield (*own, answer.key, "row", *_presence(answer.kind == "old"))
            for change in answer.changes:
                yield (*own, answer.key, change.field, change.old, change.new)
            if answer.themes_old or answer.themes_new:
                themes = ("; ".join(names) for names in (answer.themes_old, answer.themes_new))
                yield (*own, answer.key, "themes", *themes)


def _presence(old: bool) -> tuple[str, str]:
    return ("there", "") if old else ("", "there")


def pair(old: Sequence[Report], new: Sequence[Report]) -> list[tuple[Report | None, Report | None]]:
    """Returns the paired reports, then those that are in only one output."""
    ways: tuple[Callable[[Report], str], ...] = (
        lambda report: report.report_id,
        lambda report: report.source,
        lambda report: " ".join(report.organisation.casefold().split()),
    )
    left_old, left_new = list(old), list(new)
    pairs: list[tuple[Report | None, Report | None]] = []
    for way in ways:
        unique_old, unique_new = _unique(left_old, way), _unique(left_new, way)
        for name in unique_old.keys() & unique_new.keys():
            pairs.append((unique_old[name], unique_new[name]))
        taken = {id(report) for both in pairs for report in both}
        left_old = [report for report in left_old if id(report) not in taken]
        left_new = [report for report in left_new if id(report) not in taken]
    pairs += [(report, None) for report in left_old]
    pairs += [(None, report) for report in left_new]
    return sorted(pairs, key=_order)


def word_edits(old: str, new: str) -> tuple[Edit, ...]:
    """Returns a word diff of two texts; joining `same` and `old` gives the old text."""
    a, b = _words(old), _words(new)
    edits: list[Edit] = []
    gone = come = ""
    for step in Indel.opcodes(a, b):
        if step.tag != "equal":  # one side may be empty; collect both so that the old comes first
            gone += "".join(a[step.src_start : step.src_end])
            come += "".join(b[step.dest_start : step.dest_end])
            continue
        edits += [Edit("old", gone), Edit("new", come)]
        edits.append(Edit("same", "".join(a[step.src_start : step.src_end])))
        gone = come = ""
    edits += [Edit("old", gone), Edit("new", come)]
    return tuple(edit for edit in edits if edit.text)


def _words(text: str) -> list[str]:
    return re.findall(r"\s+|\w+|[^\w\s]", text)


def _unique(reports: Iterable[Report], way: Callable[[Report], str]) -> dict[str, Report]:
    """Reports by name, for names that only one of them has."""
    held: dict[str, list[Report]] = defaultdict(list)
    for report in reports:
        held[way(report)].append(report)
    return {name: own[0] for name, own in held.items() if name and len(own) == 1}


def _order(both: tuple[Report | None, Report | None]) -> tuple[str, str]:
    report = both[0] or both[1]
    return (report.source, report.report_id) if report else ("", "")


def _report_change(old: Report | None, new: Report | None) -> ReportChange | None:
    known = new or old
    if known is None:
        return None
    board = known.organisation or known.source
    if old is None or new is None:
        return ReportChange(board, old.source if old else "", new.source if new else "")
    changes = tuple(
        change
        for name in ("organisation", "title", "status", "form")
        if (change := _change(name, str(getattr(old, name)), str(getattr(new, name))))
    ) + tuple(_section_changes(old, new))
    answers = tuple(
        differs for a, b in _answers(old, new) if (differs := _answer_change(old, new, a, b))
    )
    if not changes and not answers:
        return None
    return ReportChange(board, old.source, new.source, changes, answers)


def _section_changes(old: Report, new: Report) -> Iterator[Change]:
    """Yields differences between sections: titles, instructions, and whether they were asked."""
    texts_old, texts_new = ({s.section: s for s in report.sections} for report in (old, new))
    for number in dict.fromkeys([*texts_old, *texts_new]):
        a, b = texts_old.get(number), texts_new.get(number)
        for name in ("title", "asked", "instruction"):
            before = str(getattr(a, name)) if a else ""
            after = str(getattr(b, name)) if b else ""
            if change := _change(f"{name} of {number}", before, after):
                yield change


def _answers(old: Report, new: Report) -> Iterator[tuple[Answer | None, Answer | None]]:
    """Pairs answers to the same questions; the n-th of a key with the n-th."""
    numbered_old, numbered_new = _numbered(old), _numbered(new)
    for place in dict.fromkeys([*numbered_old, *numbered_new]):
        yield numbered_old.get(place), numbered_new.get(place)


def _numbered(report: Report) -> dict[tuple[str, int], Answer]:
    seen: Counter[str] = Counter()
    held = {}
    for answer in report.answers:
        seen[answer.key] += 1
        held[answer.key, seen[answer.key]] = answer
    return held


def _answer_change(
    old: Report, new: Report, a: Answer | None, b: Answer | None
) -> AnswerChange | None:
    if a is None or b is None:
        known = a or b
        return AnswerChange(known.key, "old" if a else "new") if known else None
    changes = tuple(
        change for name in FIELDS if (change := _change(name, getattr(a, name), getattr(b, name)))
    )
    before, after = _mentions(old, a), _mentions(new, b)
    themes_old = tuple((before - after).elements())
    themes_new = tuple((after - before).elements())
    if not changes and not themes_old and not themes_new:
        return None
    return AnswerChange(a.key, "changed", changes, themes_old, themes_new)


def _mentions(report: Report, answer: Answer) -> Counter[str]:
    own = sorted(
        f"{m.theme}, {m.assertion}" for m in report.themes if m.position == answer.position
    )
    return Counter(own)


def _change(name: str, old: str, new: str) -> Change | None:
    return None if old == new else Change(name, old, new, word_edits(old, new))


def _themes(reports: Iterable[Report]) -> dict[str, int]:
    counts = Counter(mention.theme for report in reports for mention in report.themes)
    return dict(sorted(counts.items()))
