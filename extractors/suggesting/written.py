"""Questions outside tables, found by recurring features: labels, numbers, question marks."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise, zip_longest
from statistics import median

from extractors.structure.headings import is_contents_entry
from extractors.suggesting.cues import Cues, matches
from extractors.suggesting.paragraphs import Para
from extractors.suggesting.profiles import is_reference
from extractors.text import fold
from models.references import numbers_of

_FEWEST = 4
_MOST = 0.75
_SHORT = 40
_MANY = 8
_SHORTEST = 15
_FEW_SHARE = 0.35
_BACK = 3
_LABEL = re.compile(r"(?P<label>[^\W\d][^:?.\n]{1,40}?)(?:\s\d[\d.]*)?\s*:(?:\s+(?P<rest>.*))?")
_BOX = re.compile(r"(?P<box>\[[xX ]?\]|[☐☑☒□■])\s*(?P<word>[^\[\]☐☑☒□■]{1,40})")
_EMPTY_BOXES = frozenset({"[]", "[ ]", "☐", "□"})
_OPENING = re.compile(r"(?P<ref>\S*\d\S*?)[.):]?\s+\S")
_LETTERED = re.compile(r"(?P<ref>[^\W\d_]\))\s+\S")


@dataclass
class Written:
    """Questions outside tables.

    Attributes:
        recognised_by: How a question is recognised, like `questions` in a form's `outside_tables`.
        questions: The questions, with the page of each or None.
        answer_labels: Labels that open an answer.
        comment_labels: Labels that open a comment.
        question_labels: Labels that open a question.
        answers: The answers with counts; empty if answers are free text.
        references: The references that open the questions.
        question_levels: The heading levels of the questions.
    """

    recognised_by: str = ""
    questions: list[tuple[str, int | None]] = field(default_factory=list)
    answer_labels: list[str] = field(default_factory=list)
    comment_labels: list[str] = field(default_factory=list)
    question_labels: list[str] = field(default_factory=list)
    answers: Counter[str] = field(default_factory=Counter)
    references: list[str] = field(default_factory=list)
    question_levels: set[int] = field(default_factory=set)


def written_of(paragraphs: Sequence[Para], cues: Cues) -> Written | None:
    """Returns the questions of a report outside tables, or None if there are none."""
    paragraphs = [para for para in paragraphs if not is_contents_entry(para.text)]
    found = Written()
    labels = _labels(paragraphs)
    free = []
    for label, rests in labels.items():
        holds = _held_by(label, rests, cues)
        if holds == "answer":
            found.answer_labels.append(label)
            found.answers.update(rest.rstrip(".") for rest in rests if rest)
        elif holds == "free":
            free.append(label)
        elif holds == "comment":
            found.comment_labels.append(label)
        elif holds == "question":
            found.question_labels.append(label)
    found.answer_labels = found.answer_labels or free[:1]
    ticked = _ticked(paragraphs)
    if sum(ticked.values()) >= _FEWEST and not found.answers:
        found.answers = ticked
    asked = _labelled(paragraphs, found.question_labels) or _before_answers(paragraphs, found)
    asked = asked or _numbered(paragraphs) or _with_question_mark(paragraphs)
    if len(asked) < _FEWEST or median(len(para.text) for para in asked) < _SHORTEST:
        return None
    found.recognised_by = _recognised_by(asked, found)
    found.questions = [(para.text, para.page) for para in asked]
    found.references = [ref for para in asked if (ref := reference_at_start(para.text))]
    found.question_levels = {para.level for para in asked}
    return found


def reference_at_start(text: str) -> str:
    """Returns the reference that a text opens with, or ""; a letter includes the sign after it."""
    if lettered := _LETTERED.match(text):
        return lettered["ref"]
    match = _OPENING.match(text)
    return match["ref"] if match and is_reference(match["ref"]) else ""


def _labels(paragraphs: Sequence[Para]) -> dict[str, list[str]]:
    """The recurring labels, as first printed, with the text after each."""
    found: dict[str, list[str]] = defaultdict(list)
    printed: dict[str, str] = {}
    for para, following in zip_longest(paragraphs, paragraphs[1:]):
        match = _LABEL.match(para.text)
        if match:
            rest = match["rest"] or (following.text if following and not following.level else "")
            found[fold(match["label"])].append(rest.strip())
            printed.setdefault(fold(match["label"]), match["label"])
    return {printed[key]: rests for key, rests in found.items() if len(rests) >= _FEWEST}


def _ticked(paragraphs: Sequence[Para]) -> Counter[str]:
    """The words beside boxes, if a paragraph has several, with how often each is ticked."""
    found: Counter[str] = Counter()
    for para in paragraphs:
        boxes = list(_BOX.finditer(para.text))
        if len(boxes) > 1:
            for match in boxes:
                found[match["word"].strip()] += match["box"] not in _EMPTY_BOXES
    return found


def _held_by(label: str, rests: Sequence[str], cues: Cues) -> str | None:
    """What follows a label: `question`, `answer`, `comment`, or `free` for answers in prose.

    None if unknown.
    """
    filled = [rest for rest in rests if rest]
    strength = {holds: matches(label, phrases) for holds, phrases in cues.labels.items()}
    short = bool(filled) and median(map(len, filled)) <= _SHORT
    few = len({*map(fold, filled)}) <= max(4, _FEW_SHARE * len(filled))
    known = sum(cues.code_of(rest) is not None for rest in filled) >= _MOST * len(filled)
    if strength["question"] or sum(rest.endswith("?") for rest in filled) > _MOST * len(filled):
        return "question"
    if short and few and (strength["answer"] or known):
        return "answer"
    if strength["comment"] and not strength["answer"]:
        return "comment"
    if strength["answer"]:
        return "answer" if short else "free"
    long = bool(filled) and median(map(len, filled)) > _SHORT
    return "comment" if long and len(filled) >= _MANY else None


def _labelled(paragraphs: Sequence[Para], labels: Sequence[str]) -> list[Para]:
    keys = tuple(map(fold, labels))
    return [para for para in paragraphs if keys and fold(para.text).startswith(keys)]


def _before_answers(paragraphs: Sequence[Para], found: Written) -> list[Para]:
    """The question before each labelled answer: the nearest paragraph that looks like one."""
    keys = tuple(f"{fold(label)}:" for label in found.answer_labels)
    places = [at for at, para in enumerate(paragraphs) if keys and fold(para.text).startswith(keys)]
    asked = []
    for at in places:
        before = list(paragraphs[max(0, at - _BACK) : at][::-1])
        likely = [para for para in before if _may_ask(para)]
        if likely or before:
            asked.append((likely or before)[0])
    return asked


def _may_ask(para: Para) -> bool:
    return para.text.endswith("?") or bool(reference_at_start(para.text)) or para.level > 0


def _numbered(paragraphs: Sequence[Para]) -> list[Para]:
    """Numbered paragraphs of the deepest level that text follows, most of them once."""
    by_depth: dict[int, list[Para]] = defaultdict(list)
    for para, following in pairwise(paragraphs):
        ref = reference_at_start(para.text)
        if ref and not following.level and not reference_at_start(following.text):
            by_depth[len(re.findall(r"\d+", ref))].append(para)
    for _, asked in sorted(by_depth.items(), reverse=True):
        stands_out = sum(para.level > 0 or para.text.endswith("?") for para in asked)
        if len(asked) >= _FEWEST and stands_out >= _MOST * len(asked):
            return asked
    return []


def _with_question_mark(paragraphs: Sequence[Para]) -> list[Para]:
    return [
        para
        for para, following in pairwise(paragraphs)
        if para.text.endswith("?") and not following.text.endswith("?")
    ]


def _recognised_by(asked: Sequence[Para], found: Written) -> str:
    if found.question_labels:
        return "label"
    refs = [reference_at_start(para.text) for para in asked]
    if sum(map(bool, refs)) >= _MOST * len(asked) and _count_up(refs):
        return "reference"
    if sum(para.level > 0 for para in asked) >= _MOST * len(asked):
        return "heading"
    return "question_mark"


def _count_up(refs: Sequence[str]) -> bool:
    """Whether most references come after the previous one, or start counting again."""
    numbers = [numbers_of(ref) for ref in refs]
    rising = sum(
        above < below or (bool(below) and below[-1] == 1) for above, below in pairwise(numbers)
    )
    return rising >= _MOST * (len(numbers) - 1)
