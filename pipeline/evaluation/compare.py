"""Compares an extracted report with its gold."""

from __future__ import annotations

from collections.abc import Sequence

from rapidfuzz import fuzz

from models.report import Answer, Report, Section, Status
from pipeline.evaluation.alignment import Pair, align
from pipeline.evaluation.scores import FIELDS, Count, Miss, Scores
from pipeline.evaluation.theme_scores import score_themes

SOFT = 95.0
"""Minimum similarity, in per cent, of a value that counts as nearly found."""

DOUBT = 0.9
"""A confidence below this counts as doubt."""


def compare(gold: Report, found: Report) -> Scores:
    """Scores one report.

    Args:
        gold: The truth. Organisation, pages and themes are scored if it has them. If its status is
            `partial`, it holds only some of the rows, and other rows are not false.
        found: The extraction from the same file.
    """
    scores = Scores(
        reports=1,
        failed=int(found.status == Status.FAILED),
        rows=len(gold.answers),
        found=len(found.answers),
        row_fields={name: Count() for name in FIELDS},
        report_fields={name: Count() for name in ("title", "asked", "instruction")},
    )
    pairs = align(gold.answers, found.answers)
    if gold.status == Status.PARTIAL:
        pairs = [pair for pair in pairs if pair[0] is not None]
        scores.found = sum(answer is not None for _, answer in pairs)
    _rows(scores, gold.source, found, pairs)
    _sections(scores, gold, found)
    if gold.organisation:
        same = (gold.organisation.casefold(), found.organisation.casefold())
        _report_field(scores, gold.source, "", "organisation", *same)
    score_themes(scores, gold, found, pairs)
    return scores


def doubted(answer: Answer) -> bool:
    """Whether extraction shows doubt about a row."""
    return bool(answer.flags) or answer.confidence < DOUBT


def _rows(scores: Scores, source: str, found: Report, pairs: Sequence[Pair]) -> None:
    wrong = [_wrong_fields(expected, answer) for expected, answer in pairs]
    for index, (expected, answer) in enumerate(pairs):
        if expected is not None and answer is not None:
            _aligned_row(scores, source, expected, answer, wrong[index])
        elif expected is not None:
            beside = [place for place in (index - 1, index + 1) if 0 <= place < len(pairs)]
            flagged = found.status != Status.OK or any(
                wrong[place] and _shows_doubt(pairs[place]) for place in beside
            )
            _missing_row(scores, source, expected, flagged=flagged)
        elif answer is not None:
            _false_row(scores, source, answer)


def _wrong_fields(expected: Answer | None, answer: Answer | None) -> list[str]:
    if expected is None or answer is None:
        return []
    return [name for name in FIELDS if _text(expected, name) != _text(answer, name)]


def _shows_doubt(pair: Pair) -> bool:
    expected, answer = pair
    return expected is not None and answer is not None and doubted(answer)


def _aligned_row(
    scores: Scores, source: str, expected: Answer, answer: Answer, wrong: Sequence[str]
) -> None:
    scores.aligned += 1
    for name in FIELDS:
        values = (_text(expected, name), _text(answer, name))
        _count(scores.row_fields[name], *values)
        if name in wrong:
            scores.misses.append(Miss(source, expected.key, name, *values, doubted(answer)))
    scores.whole += not wrong
    scores.doubted += bool(wrong) and doubted(answer)
    if expected.page_first is not None:
        _pages(scores, source, expected, answer)


def _missing_row(scores: Scores, source: str, expected: Answer, *, flagged: bool) -> None:
    scores.doubted += flagged
    for name in FIELDS:
        scores.row_fields[name].support += 1
    scores.misses.append(Miss(source, expected.key, "row", expected.question, "", flagged))


def _false_row(scores: Scores, source: str, answer: Answer) -> None:
    scores.doubted += doubted(answer)
    scores.misses.append(Miss(source, answer.key, "row", "", answer.question, doubted(answer)))


def _pages(scores: Scores, source: str, expected: Answer, answer: Answer) -> None:
    pages = [f"{one.page_first}-{one.page_last}" for one in (expected, answer)]
    _report_field(scores, source, expected.key, "pages", *pages)


def _sections(scores: Scores, gold: Report, found: Report) -> None:
    numbers = {section.section for section in gold.sections}
    if gold.status != Status.PARTIAL:
        scores.false_sections += sum(section.section not in numbers for section in found.sections)
    by_number: dict[str, Section] = {section.section: section for section in found.sections}
    for expected in gold.sections:
        section = by_number.get(expected.section)
        for name in ("title", "asked", "instruction"):
            value = "" if section is None else str(getattr(section, name))
            wanted = str(getattr(expected, name))
            if section is None:
                value = "(no such section)"
            _report_field(scores, gold.source, expected.section, name, wanted, value)


def _report_field(
    scores: Scores, source: str, key: str, name: str, expected: str, found: str
) -> None:
    count = scores.report_fields.setdefault(name, Count())
    if not _count(count, expected, found):
        scores.misses.append(Miss(source, key, name, expected, found, flagged=False))


def _text(answer: Answer, name: str) -> str:
    value: str | None = getattr(answer, name)
    return value or ""


def _count(count: Count, expected: str, found: str) -> bool:
    """Counts a value; returns whether it is exact."""
    exact = expected == found
    count.support += 1
    count.strict += exact
    count.soft += exact or _alike(expected, found) >= SOFT
    return exact


def _alike(expected: str, found: str) -> float:
    return fuzz.ratio(" ".join(expected.casefold().split()), " ".join(found.casefold().split()))
