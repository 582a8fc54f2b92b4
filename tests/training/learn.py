"""Learns weights: multinomial logistic regression, calibrated, written as a readable file."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from sklearn.isotonic import IsotonicRegression
from sklearn.linear_model import LogisticRegression

from extractors.layout.decoding.evidence import Observed
from extractors.layout.decoding.weights import Trained, Weights


@dataclass(frozen=True)
class Example:
    """A table whose labels are known.

    Attributes:
        observed: The evidence on its units.
        labels: The true label of each unit; "" if unknown.
        group: The variant or tool that made it, which is held out as a whole.
    """

    observed: Observed
    labels: tuple[str, ...]
    group: str = ""


def learn(
    examples: Sequence[Example], labels: Sequence[str], trained: Trained, strength: float = 1.0
) -> Weights:
    """Returns the weights of logistic regression.

    Args:
        examples: Tables whose labels are known.
        labels: All labels.
        trained: Where they come from.
        strength: Inverse of the penalty on large weights (`C` of scikit-learn).
    """
    names = examples[0].observed.names
    values = np.concatenate([example.observed.values for example in examples])
    truth = np.array([label for example in examples for label in example.labels])
    known = truth != ""
    model = LogisticRegression(C=strength, max_iter=400)
    model.fit(values[known], truth[known])
    found = [str(label) for label in model.classes_]
    bias, weights = model.intercept_, model.coef_
    if len(found) == 2:
        # Of two labels, scikit-learn keeps the weights of the second against the first.
        bias, weights = np.array([0.0, bias[0]]), np.stack([0.0 * weights[0], weights[0]])
    return Weights(
        labels=tuple(labels),
        trained=trained,
        bias=_rounded(found, bias),
        weights={name: _rounded(found, weights[:, at]) for at, name in enumerate(names)},
    )


def _rounded(labels: Sequence[str], values: NDArray[np.float64]) -> dict[str, float]:
    return {label: round(float(value), 3) for label, value in zip(labels, values, strict=True)}


def calibration(
    computed: Sequence[float], right: Sequence[bool], shares: Sequence[float] = ()
) -> tuple[tuple[float, float], ...]:
    """Returns the points of an ascending line from computed to observed probabilities.

    Each end is pulled in by one decision of its kind that turns out the other way: no number of
    decisions that were all right makes the next one certain.

    Args:
        computed: Probability of each decision as computed.
        right: Whether each was right.
        shares: Weight of each; equal if omitted.
    """
    model = IsotonicRegression(y_min=0.0, y_max=1.0, out_of_bounds="clip")
    ends = ((0.0, True), (1.0, False))
    raw = [*computed, *(end for end, _ in ends)]
    mean = sum(shares) / len(shares) if shares else 1.0
    counts = [*(share / mean for share in shares or [1.0] * len(right)), 1.0, 1.0]
    model.fit(raw, [*map(float, right), *(float(own) for _, own in ends)], sample_weight=counts)
    points = zip(model.X_thresholds_, model.y_thresholds_, strict=True)
    return tuple((round(float(x), 6), round(float(y), 6)) for x, y in points)


def source_of(text: str, scores: Sequence[str] = ()) -> Trained:
    """Returns the provenance of weights trained today."""
    return Trained(date=date.today().isoformat(), source=text, scores=tuple(scores))


def write(weights: Weights, path: Path) -> None:
    """Writes weights as TOML, one line per piece of evidence."""
    quoted = json.dumps
    scores = [f"    {quoted(score, ensure_ascii=False)}," for score in weights.trained.scores]
    lines = [
        "# Made by `make train`. Each line: how much a piece of evidence speaks for each label.",
        f"labels = {quoted(weights.labels)}",
        f"calibration = {quoted(weights.calibration)}",
        "",
        "[trained]",
        f"date = {quoted(weights.trained.date)}",
        f"source = {quoted(weights.trained.source, ensure_ascii=False)}",
        *(["scores = [", *scores, "]"] if scores else []),
        "",
        "[bias]",
        *(f"{label} = {value}" for label, value in weights.bias.items()),
        "",
        "[moves]",
        *_table(weights.moves),
        "",
        "[weights]",
        *_table(weights.weights),
    ]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8", newline="\n")


def _table(rows: dict[str, dict[str, float]]) -> list[str]:
    return [
        f"{json.dumps(name, ensure_ascii=False)} = {{ "
        + ", ".join(f"{label} = {value}" for label, value in own.items())
        + " }"
        for name, own in rows.items()
    ]
