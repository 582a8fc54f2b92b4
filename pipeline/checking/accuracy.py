"""Accuracy of a dataset, estimated from the verdicts on a random sample of it."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from pipeline.checking.verdicts import FIELDS, Judgement, Verdict

Place = tuple[str, int]
"""An answer, identified by its report's id and its position."""

Z = 1.959963984540054
"""The normal quantile of a 95 % interval."""


@dataclass(frozen=True, slots=True)
class Share:
    """The share of correct fields.

    Attributes:
        right: Number of correct ones in the sample.
        judged: Number of judged ones in the sample.
        share: Share in the whole dataset, weighted if the sample was stratified.
        low: Lower end of the 95 % interval.
        high: Upper end.
    """

    right: int
    judged: int
    share: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Accuracy:
    """The results of the verdicts on one sample.

    Attributes:
        seed: The sample's seed.
        by: What it was stratified by, or None.
        count: Answers in the sample.
        population: Answers in the dataset when the sample was drawn.
        holds: Answers in the dataset now.
        judged: Answers judged right or wrong.
        unsure: Answers that reviewers were unsure about; they are left out.
        unseen_strata: Answers of the dataset in strata without any verdict yet; the shares do not
            cover them.
        fields: Share by field, with `all` for answers whose every field is right.
    """

    seed: int
    by: str | None
    count: int
    population: int
    holds: int
    judged: int
    unsure: int
    unseen_strata: int
    fields: dict[str, Share]


def wilson(right: float, judged: float) -> tuple[float, float]:
    """Returns the 95 % Wilson interval (1927) of a share, sound also for small or perfect samples.

    Args:
        right: Number of correct ones; fractional if weighted.
        judged: Number of judged ones, or the effective sample size.
    """
    if judged <= 0:
        return 0.0, 1.0
    share, z2 = right / judged, Z * Z
    centre = share + z2 / (2 * judged)
    spread = Z * math.sqrt(share * (1 - share) / judged + z2 / (4 * judged * judged))
    scale = 1 + z2 / judged
    # At the extremes the formula gives exactly 0 and 1, apart from rounding.
    low = (centre - spread) / scale if right > 0 else 0.0
    high = (centre + spread) / scale if right < judged else 1.0
    return low, high


def weighted(strata: Sequence[tuple[int, int, int]]) -> Share:
    """Returns a share over strata, weighted back to the dataset.

    The interval is Wilson's with the effective sample size of Kish (1965), (Σw)² / Σw², where w is
    the number of answers in the dataset that each judged one represents. With one stratum it is
    the plain Wilson interval.

    Args:
        strata: For each stratum with any judged answers: answers in the dataset, judged, and right.
    """
    seen = [(population, judged, right) for population, judged, right in strata if judged]
    total = sum(population for population, _, _ in seen)
    judged, right = sum(j for _, j, _ in seen), sum(r for _, _, r in seen)
    if not total:
        return Share(right, judged, 0.0, 0.0, 1.0)
    share = min(1.0, sum(p * r / j for p, j, r in seen) / total)
    effective = total * total / sum(p * p / j for p, j, _ in seen)
    return Share(right, judged, share, *wilson(share * effective, effective))


def measure(verdicts: Sequence[Verdict], strata: Mapping[Place, str]) -> Accuracy:
    """Computes the accuracy from the verdicts on one sample.

    Where reviewers disagree, the harsher verdict counts: a field is wrong if any reviewer says so.
    An answer is unsure only if no reviewer judged it.

    Args:
        verdicts: Verdicts on the answers of one sample; at least one.
        strata: The stratum of every answer of the dataset.
    """
    known = {v.place: strata.get(v.place, v.sample.stratum if v.sample else "") for v in verdicts}
    judged: set[Place] = set()
    wrong: dict[Place, set[str]] = defaultdict(set)
    for verdict in verdicts:
        if verdict.judgement != Judgement.UNSURE:
            judged.add(verdict.place)
            wrong[verdict.place] |= set(verdict.wrong)
    populations = Counter(strata.values())
    samples = Counter(known[place] for place in judged)
    fields = {}
    for name in (*FIELDS, "all"):
        bad = [p for p in judged if (wrong[p] if name == "all" else name in wrong[p])]
        errors = Counter(known[place] for place in bad)
        fields[name] = weighted(
            [(populations[s], n, n - errors[s]) for s, n in sorted(samples.items())]
        )
    drawn = [verdict.sample for verdict in verdicts if verdict.sample]
    largest = max(drawn, key=lambda sample: sample.count)
    return Accuracy(
        seed=largest.seed,
        by=largest.by,
        count=largest.count,
        population=largest.population,
        holds=len(strata),
        judged=len(judged),
        unsure=len({verdict.place for verdict in verdicts} - judged),
        unseen_strata=sum(n for name, n in populations.items() if name not in samples),
        fields=fields,
    )


def by_sample(verdicts: Iterable[Verdict]) -> dict[tuple[int, str | None], list[Verdict]]:
    """Groups verdicts by their sample: its seed and strata."""
    held: dict[tuple[int, str | None], list[Verdict]] = defaultdict(list)
    for verdict in verdicts:
        if verdict.drawn:
            held[verdict.drawn].append(verdict)
    return dict(held)
