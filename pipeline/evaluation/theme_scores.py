"""Scores theme mentions and their assertion."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from models.report import Mention, Report
from pipeline.evaluation.alignment import Pair
from pipeline.evaluation.scores import Found, Scores, tally


def score_themes(scores: Scores, gold: Report, found: Report, pairs: Sequence[Pair]) -> None:
    """Adds theme scores; gold without any theme is taken not to cover themes.

    A mention is found if the aligned row has one of the same theme that overlaps it or, if the
    comment was not read exactly, one with the same wording.
    """
    if not gold.themes:
        return
    position = {
        expected.position: answer.position for expected, answer in pairs if expected and answer
    }
    left = list(found.themes)
    assertions: Counter[tuple[str, str]] = Counter()
    for mention in gold.themes:
        counts = scores.themes.setdefault(mention.theme, Found())
        match = _match(mention, left, position.get(mention.position))
        if match is None:
            counts.missed += 1
            continue
        left.remove(match)
        counts.right += 1
        assertions[str(mention.assertion), str(match.assertion)] += 1
    for mention in left:
        scores.themes.setdefault(mention.theme, Found()).wrong += 1
    scores.assertions = tally(assertions)


def _match(mention: Mention, left: Sequence[Mention], position: int | None) -> Mention | None:
    candidates = [
        other for other in left if other.position == position and other.theme == mention.theme
    ]
    for other in candidates:
        if other.start < mention.end and mention.start < other.end:
            return other
    return next((other for other in candidates if other.surface == mention.surface), None)
