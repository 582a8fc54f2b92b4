"""Explains the segmentation of answers, as lines of text."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from extractors.layout.decisions import Decision
from extractors.structure.confidence import Seen, reasons_of
from models.report import Answer

_LONGEST_TEXT = 60
_NONE = (
    "No evidence was weighed: the file's own tables, or the lines drawn around its cells, show "
    "the rows."
)
_MISSING = "The source file was not found, so no evidence can be shown."
_CERTAIN = "certain: nothing else is possible here"


def why_lines(
    answer: Answer, decisions: Sequence[Decision] | None, seen: Seen | None = None
) -> Iterator[str]:
    """Yields the decisions on the lines of an answer, each with the deciding evidence.

    The number after each piece of evidence is its weight for the label over the next likely one.

    Args:
        answer: The answer.
        decisions: Those of its report; None if its file is missing.
        seen: What speaks for and against it, if its confidence is learned.
    """
    yield f"{answer.key}: why"
    if seen is not None:
        reasons = "; ".join(f"{own.name} {own.score:+.1f}" for own in reasons_of(seen))
        yield f"  confidence {answer.confidence:.2f}: {reasons}"
    first, last = answer.line_first, answer.line_last
    own = (
        [decision for decision in decisions or () if first <= decision.line <= last]
        if first is not None and last is not None
        else []
    )
    if not own:
        yield f"  {_MISSING if decisions is None else _NONE}"
    for decision in own:
        why = decision.why
        text = decision.text
        shown = text if len(text) <= _LONGEST_TEXT else f"{text[:_LONGEST_TEXT]}…"
        yield f"  line {decision.line}: {shown}"
        if why.is_certain:
            yield f"    {why.label}, {_CERTAIN}"
            continue
        yield f"    {why.label}, {why.probability:.0%}, not {why.rival}"
        reasons = "; ".join(f"{reason.name} {reason.score:+.1f}" for reason in why.reasons)
        yield f"      {reasons or 'no evidence for either'}"
