"""The decoder: the best labels for the units of a table, their probabilities, and the reasons.

A table is a chain of units. A label of a unit scores the weighted sum of the evidence, plus a
weight for the transition from the previous label; masks rule out the impossible. The best path is
Viterbi's; probabilities come from the forward-backward algorithm of a linear-chain model (Lafferty,
McCallum, Pereira 2001), whose sums are scaled at each unit (Rabiner 1989).
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from extractors.layout.decoding.evidence import Floats, Observed
from extractors.layout.decoding.weights import Weights

Bools = NDArray[np.bool_]

RULED_OUT = -60.0
"""Score of what a mask rules out: it is chosen only if nothing else is left, and then reported."""


class Masks(NamedTuple):
    """What is certain of a table.

    Attributes:
        labels: Whether each unit (row) can have each label (column).
        moves: Whether each label (column) can follow each other (row); with a third axis in
            front for the unit that has the second label.
    """

    labels: Bools
    moves: Bools


class Reason(NamedTuple):
    """The contribution of a piece of evidence to a unit's label, relative to the next best label.

    Attributes:
        name: Name of the evidence.
        value: The observed value.
        weight: Its weight for the label minus that for the next best.
    """

    name: str
    value: float
    weight: float

    @property
    def score(self) -> float:
        """Its contribution for the label; negative is against it."""
        return self.value * self.weight


@dataclass(frozen=True, slots=True)
class Why:
    """Why a unit has its label.

    Attributes:
        label: The label.
        rival: The next most likely label.
        probability: Probability of the label, before calibration.
        reasons: The deciding evidence, strongest first.
        is_certain: Whether no evidence was needed, because a mask rules out the rival.
    """

    label: str
    rival: str
    probability: float
    reasons: tuple[Reason, ...]
    is_certain: bool


class Decoder:
    """Decodes tables with one file of weights."""

    def __init__(self, weights: Weights) -> None:
        self.weights = weights
        self.labels = weights.labels
        self._moves = weights.moves_matrix()
        self._bias = weights.bias_row()
        self._names: tuple[str, ...] = ()
        self._matrix: Floats = np.zeros((0, len(self.labels)))

    def matrix(self, names: tuple[str, ...]) -> Floats:
        """Returns the weights of pieces of evidence (rows) for labels (columns)."""
        if names != self._names:
            self._names, self._matrix = names, self.weights.matrix(names)
        return self._matrix

    def decode(self, observed: Observed, masks: Masks | None = None) -> Path:
        """Returns the best labels of a table's units, of which there is at least one."""
        scores = observed.values @ self.matrix(observed.names) + self._bias
        moves = self._moves
        if masks is not None:
            scores = np.where(masks.labels, scores, scores + RULED_OUT)
            moves = np.where(masks.moves, moves, moves + RULED_OUT)
        return Path(self, observed, masks, scores, moves)


class Path:
    """The best labels of a table's units.

    Attributes:
        labels: Label of each unit.
        probabilities: Probability of each label (column) of each unit (row), before calibration.
        chosen: Probability of the label of each unit, before calibration.
    """

    def __init__(
        self,
        decoder: Decoder,
        observed: Observed,
        masks: Masks | None,
        scores: Floats,
        moves: Floats,
    ) -> None:
        self._decoder, self._observed, self._masks = decoder, observed, masks
        own = np.exp(scores - scores.max(axis=1, keepdims=True))
        if moves.any():
            moves = np.broadcast_to(moves, (len(scores), *moves.shape[-2:]))
            self._best = _viterbi(scores, moves)
            self._forward, self._backward, self._steps = _sums(own, np.exp(moves))
        else:
            # No label depends on another: a chain of single units.
            self._best = scores.argmax(axis=1)
            self._forward = own / own.sum(axis=1, keepdims=True)
            self._backward = np.ones_like(own)
            self._steps = np.broadcast_to(self._forward[:, None], (*own.shape, own.shape[1]))
        self.labels = tuple(decoder.labels[label] for label in self._best)
        self.probabilities: Floats = self._forward * self._backward
        self.chosen: Floats = self.probabilities[np.arange(len(own)), self._best]

    @property
    def weights(self) -> Weights:
        """The weights that were used."""
        return self._decoder.weights

    def joint(self, start: int, end: int) -> float:
        """Returns the joint probability of the labels of the units, before calibration.

        Args:
            start: The first of them.
            end: One past the last.
        """
        best = self._best[start:end]
        units = np.arange(start + 1, end)
        raw = self._forward[start, best[0]] * self._backward[end - 1, best[-1]]
        raw *= self._steps[units, best[:-1], best[1:]].prod()
        return min(1.0, float(raw))

    def probability(self, start: int, end: int) -> float:
        """Returns the joint probability of the labels of the units `start:end`, calibrated.

        Of decisions with probability p, a share of about p is right.
        """
        return self.weights.calibrated(self.joint(start, end))

    def breaks_mask(self, start: int, end: int) -> bool:
        """Whether some unit in `start:end` has a label that a mask rules out.

        This happens only if every path through the table does so.
        """
        if self._masks is None:
            return False
        units = np.arange(start, end)
        moves = np.broadcast_to(self._masks.moves, self._steps.shape)
        later = units[units > 0]
        allowed = self._masks.labels[units, self._best[units]].all()
        return not (allowed and moves[later, self._best[later - 1], self._best[later]].all())

    def why(self, unit: int, alike: Collection[str] = (), most: int = 6) -> Why:
        """Returns what decided the label of a unit.

        Args:
            unit: Its index.
            alike: Equivalent labels, of which none counts as a rival of another.
            most: Maximum number of reasons.
        """
        labels, own = self._decoder.labels, self._best[unit]
        is_alike = self.labels[unit] in alike
        order = np.argsort(-self.probabilities[unit], kind="stable").tolist()
        rival = next(
            at for at in order if at != own and (not alike or (labels[at] in alike) is not is_alike)
        )
        matrix = self._decoder.matrix(self._observed.names)
        weights = matrix[:, own] - matrix[:, rival]
        values = self._observed.values[unit]
        strongest = np.argsort(-np.abs(weights * values), kind="stable")[:most]
        return Why(
            self.labels[unit],
            self._decoder.labels[rival],
            float(self.probabilities[unit, own]),
            tuple(
                Reason(self._observed.names[at], float(values[at]), float(weights[at]))
                for at in strongest
                if weights[at] * values[at]
            ),
            self._masks is not None and not self._masks.labels[unit, rival],
        )


def _viterbi(scores: Floats, moves: Floats) -> NDArray[np.int64]:
    best, came = scores[0], []
    for unit in range(1, len(scores)):
        ways = best[:, None] + moves[unit]
        came.append(ways.argmax(axis=0))
        best = ways.max(axis=0) + scores[unit]
    labels = [int(best.argmax())]
    for before in reversed(came):
        labels.append(int(before[labels[-1]]))
    return np.array(labels[::-1], dtype=np.int64)


def _sums(own: Floats, moves: Floats) -> tuple[Floats, Floats, Floats]:
    """Returns the forward and backward sums of each label, and of each step between units.

    All are scaled so that the product of both sums is the label's probability, and that of the sums
    at both ends of a path with its steps is the path's.
    """
    steps = moves * own[:, None, :]
    forward, backward = np.empty_like(own), np.ones_like(own)
    sums = own[0]
    for unit in range(len(own)):
        if unit:
            sums = forward[unit - 1] @ steps[unit]
        scale = 1.0 / sums.sum()
        forward[unit] = sums * scale
        steps[unit] *= scale
    for unit in range(len(own) - 1, 0, -1):
        backward[unit - 1] = steps[unit] @ backward[unit]
    return forward, backward, steps


def moves_allowed(labels: Sequence[str], allowed: Mapping[str, Sequence[str]]) -> Bools:
    """Returns a transition mask, from the labels that can follow each label."""
    return np.array([[after in allowed[before] for after in labels] for before in labels])
