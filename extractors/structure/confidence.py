"""The confidence of a row on pages: how likely it is right, by its borders and its doubts.

The log-odds that a row is right are a weighted sum of the evidence. The weights are learned from
rows that are known to be right or wrong (`make train`), so that of rows with confidence p a share
of about p is right.
"""

from __future__ import annotations

import math
from functools import partial
from typing import NamedTuple

from extractors.layout.blocks import Doubt
from extractors.layout.decoding.decoder import Reason
from extractors.layout.decoding.evidence import Evidence, names_of
from extractors.layout.decoding.weights import Weights, builtin_weights, chance_of

KIND = "rows"
RIGHT, WRONG = "right", "wrong"
PARAGRAPHS = "a paragraph could end elsewhere"
LINES = "lines could be joined otherwise"
DOUBTS = (
    PARAGRAPHS,
    LINES,
    Doubt.CUT_UNCERTAIN.value,
    Doubt.COLUMN_UNCERTAIN.value,
    Doubt.ANSWER_UNCERTAIN.value,
    Doubt.QUESTION_UNCERTAIN.value,
    Doubt.TEXT_HIDDEN.value,
    "answer-unknown",
    "question-blank",
)
_SUREST = 0.999
"""Cap on probabilities: decisions on borders are not found to be more certain than this."""


class Seen(NamedTuple):
    """The evidence for and against a row.

    Attributes:
        borders: Probability that it begins and ends where it should.
        doubts: Its flags, and which kind of `join-uncertain` it has.
    """

    borders: float
    doubts: frozenset[str]


def _log_odds(seen: Seen) -> float:
    likely = min(max(seen.borders, 1 - _SUREST), _SUREST)
    return math.log(likely / (1 - likely))


def _has(doubt: str, seen: Seen) -> bool:
    return doubt in seen.doubts


EVIDENCE: tuple[Evidence[Seen], ...] = (
    Evidence("log-odds of the borders", _log_odds),
    *(Evidence(doubt, partial(_has, doubt)) for doubt in DOUBTS),
)
_NAMES = names_of(EVIDENCE)


def confidence_of(seen: Seen) -> float:
    """Returns the probability that a row is right."""
    return chance(seen, builtin_weights(KIND, _NAMES))


def chance(seen: Seen, weights: Weights) -> float:
    """Returns the probability under given weights."""
    return chance_of(seen, EVIDENCE, weights, (RIGHT, WRONG))


def reasons_of(seen: Seen) -> list[Reason]:
    """Returns the evidence that a row has, and how much each piece speaks for it."""
    weights = builtin_weights(KIND, _NAMES)
    return [
        Reason(own.name, value, _towards(weights.weights[own.name]))
        for own in EVIDENCE
        if (value := own.of(seen))
    ]


def _towards(weights: dict[str, float]) -> float:
    """Returns how much a weight favours the row being right."""
    return weights.get(RIGHT, 0.0) - weights.get(WRONG, 0.0)
