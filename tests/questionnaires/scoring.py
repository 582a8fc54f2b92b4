"""Scores of a questionnaire: rows exact, lost, false, and wrong without any sign of doubt."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from models.report import Answer, Report, Status
from pipeline.evaluation.alignment import align
from tests.producers.scoring import is_doubted
from tests.questionnaires.content import Drawn, GoldRow

_NUMBER = re.compile(r"^(?:[A-Z]\.)?\d+(?:\.\d+)*[.:]?\s+")


@dataclass(frozen=True)
class Miss:
    """A row that was not read exactly.

    Attributes:
        kind: `lost`, `false`, or the names of the fields that differ.
        expected: The row of the gold, or None if there is none.
        found: What was read, or None if nothing was.
        silent: Whether nothing shows that it may be wrong.
        whole: Whether all letters and digits are right.
    """

    kind: str
    expected: GoldRow | None
    found: Answer | None
    silent: bool
    whole: bool = False


@dataclass
class Score:
    """Counts of rows; they add up. `whole` counts rows whose letters and digits are right."""

    rows: int = 0
    exact: int = 0
    whole: int = 0
    lost: int = 0
    false: int = 0
    silent: int = 0
    misses: list[Miss] = field(default_factory=list)

    def __add__(self, other: Score) -> Score:
        names = ("rows", "exact", "whole", "lost", "false", "silent")
        added = {name: getattr(self, name) + getattr(other, name) for name in names}
        return Score(**added, misses=self.misses + other.misses)


def score(drawn: Drawn, found: Report) -> Score:
    """Scores a report against the gold of its file.

    A row is exact if its section, reference, question with detail, answer, code, comment, kept
    columns and page are. Numbers before a section's title or a question do not count, since the
    both forms of a reference are equally good.
    """
    gold = drawn.paper.rows
    result = Score(rows=len(gold))
    pages: tuple[int | None, ...] = drawn.pages or (None,) * len(gold)
    titles = {section.section: section.title for section in found.sections}
    answers = [_as_answer(row, place) for place, row in enumerate(gold, 1)]
    pairs = align(answers, found.answers)
    for expected, answer in pairs:
        if expected is None and answer is not None:
            silent = not is_doubted(answer)
            result.misses.append(Miss("false", None, answer, silent))
        elif expected is not None and answer is None:
            silent = found.status is Status.OK
            result.misses.append(Miss("lost", gold[expected.position - 1], None, silent))
        elif expected is not None and answer is not None:
            row, page = gold[expected.position - 1], pages[expected.position - 1]
            wanted, read = _wanted(row, page), _read(answer, titles, row, page)
            wrong = [name for name in wanted if wanted[name] != read[name]]
            if not wrong:
                result.exact += 1
                continue
            whole = all(_bare(wanted[name]) == _bare(read[name]) for name in wrong)
            result.misses.append(Miss("+".join(wrong), row, answer, not is_doubted(answer), whole))
    result.whole = result.exact + sum(miss.whole for miss in result.misses)
    result.lost = sum(miss.kind == "lost" for miss in result.misses)
    result.false = sum(miss.kind == "false" for miss in result.misses)
    result.silent = sum(miss.silent for miss in result.misses)
    return result


def _as_answer(row: GoldRow, position: int) -> Answer:
    return Answer(
        position=position,
        section=row.section,
        key="",
        ref=row.ref or None,
        question=row.question,
        detail="",
        answer=row.answer,
        code=row.code,
        comment=row.comment,
    )


def _wanted(row: GoldRow, page: int | None) -> dict[str, str]:
    return {
        "section": row.section,
        "ref": row.ref,
        "question": _without_number(row.question, row.ref),
        "answer": row.answer,
        "code": row.code,
        "comment": row.comment,
        "extra": " | ".join(text for _, text in row.extra),
        "page": str(page or ""),
    }


def _read(answer: Answer, titles: dict[str, str], row: GoldRow, page: int | None) -> dict[str, str]:
    question = f"{answer.question} {answer.detail}".strip()
    section = titles.get(answer.section, answer.section)
    return {
        "section": _NUMBER.sub("", section) if section != row.section else section,
        "ref": (answer.ref or "").rstrip("."),
        "question": _without_number(question, row.ref),
        "answer": " ".join(answer.answer.split()),
        "code": answer.code if row.code else "",
        "comment": answer.comment,
        "extra": " | ".join(getattr(answer, "extra", ())),
        "page": str(answer.page_first or "") if page else "",
    }


def _without_number(question: str, ref: str) -> str:
    """The question without the reference that it opens with."""
    if ref and question.startswith(ref):
        return question.removeprefix(ref).lstrip(".:) ")
    return question


def _bare(text: str) -> str:
    return re.sub(r"[\W_]", "", text)
