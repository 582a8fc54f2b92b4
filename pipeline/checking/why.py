"""Explains the segmentation of answers, as lines of text."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from extractors.layout.decisions import Decision
from models.report import Answer

_LONGEST_TEXT = 60
_NONE = "No decisions are recorded for this kind of file: its rows are not decided by weights."


def why_lines(answer: Answer, decisions: Sequence[Decision]) -> Iterator[str]:
    """Yields the decisions on the lines of an answer, each with the deciding evidence.

    The number after each piece of evidence is its weight for the label over the next likely one.

    Args:
        answer: The answer.
        decisions: Those of its report.
    """
    yield f"{answer.key}: why"
    first, last = answer.line_first, answer.line_last
    own = (
        [decision for decision in decisions if first <= decision.line <= last]
        if first is not None and last is not None
        else []
    )
    if not own:
        yield f"  {_NONE}"
    for decision in own:
        why = decision.why
        text = decision.text
        shown = text if len(text) <= _LONGEST_TEXT else f"{text[:_LONGEST_TEXT]}…"
        yield f"  line {decision.line}: {shown}"
        yield f"    {why.label}, {why.probability:.0%}, not {why.rival}"
        reasons = (f"{reason.name} {reason.score:+.1f}" for reason in why.reasons)
        yield f"      {'; '.join(reasons) or 'no evidence for either'}"
