"""Learns a linear chain of labels with weighted transitions (Lafferty, McCallum, Pereira 2001).

The weights maximise the likelihood of the true labels minus a penalty on large weights. A
unit whose label is unknown may have any that the masks allow.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

from extractors.layout.decoding.decoder import RULED_OUT, Bools, Masks
from extractors.layout.decoding.evidence import Floats, Observed
from extractors.layout.decoding.weights import Trained, Weights

_BUCKETS = 12


@dataclass(frozen=True)
class Chain:
    """A table whose labels are known.

    Attributes:
        observed: The evidence on its units.
        masks: The hard constraints.
        truth: The true labels (column) that each unit (row) can have.
        group: The producer that made it.
    """

    observed: Observed
    masks: Masks
    truth: Bools
    group: str = ""


def learn_chain(
    chains: Sequence[Chain], labels: Sequence[str], trained: Trained, price: float = 1.0
) -> Weights:
    """Returns the weights of a linear chain.

    Args:
        chains: Tables whose labels are known.
        labels: All labels.
        trained: Where they come from.
        price: Penalty on large weights.
    """
    names = chains[0].observed.names
    buckets = _buckets(chains)
    size, count = len(names), len(labels)
    moves = chains[0].masks.moves

    def loss(flat: Floats) -> tuple[float, Floats]:
        weights = flat[: size * count].reshape(size, count)
        bias = flat[size * count : (size + 1) * count]
        own = np.where(moves, flat[(size + 1) * count :].reshape(count, count), RULED_OUT)
        total, by_weight = 0.0, np.zeros_like(weights)
        by_bias, by_move = np.zeros_like(bias), np.zeros_like(own)
        for bucket in buckets:
            scores = bucket.values @ weights + bias
            for mask, sign in ((bucket.masks, 1.0), (bucket.truth, -1.0)):
                ruled = np.where(mask, scores, scores + RULED_OUT)
                log, units, pairs = _expected(ruled, own, bucket.lengths)
                total += sign * log
                by_weight += sign * np.einsum("ntf,ntl->fl", bucket.values, units, optimize=True)
                by_bias += sign * units.sum(axis=(0, 1))
                by_move += sign * pairs
        total += price / 2 * float((weights**2).sum() + (own[moves] ** 2).sum())
        by_weight += price * weights
        by_move = np.where(moves, by_move + price * own, 0.0)
        return total, np.concatenate([by_weight.ravel(), by_bias, by_move.ravel()])

    start = np.zeros((size + 1) * count + count * count)
    found = minimize(loss, start, jac=True, method="L-BFGS-B", options={"maxiter": 150}).x
    weights = found[: size * count].reshape(size, count)
    bias = found[size * count : (size + 1) * count]
    own = found[(size + 1) * count :].reshape(count, count)
    return Weights(
        labels=tuple(labels),
        trained=trained,
        bias=_named(labels, bias),
        moves={label: _named(labels, own[at]) for at, label in enumerate(labels)},
        weights={name: _named(labels, weights[at]) for at, name in enumerate(names)},
    )


def _named(labels: Sequence[str], values: NDArray[np.float64]) -> dict[str, float]:
    return {label: round(float(value), 3) for label, value in zip(labels, values, strict=True)}


@dataclass(frozen=True)
class _Bucket:
    """Chains of similar length as one array, padded with zeros."""

    values: Floats
    masks: Bools
    truth: Bools
    lengths: NDArray[np.int64]


def _buckets(chains: Sequence[Chain]) -> list[_Bucket]:
    ordered = sorted(chains, key=lambda chain: len(chain.truth))
    step = max(1, len(ordered) // _BUCKETS)
    return [_bucket(ordered[at : at + step]) for at in range(0, len(ordered), step)]


def _bucket(chains: Sequence[Chain]) -> _Bucket:
    longest = max(len(chain.truth) for chain in chains)

    def padded(parts: Sequence[NDArray[np.generic]], fill: float) -> NDArray[np.generic]:
        shape = (len(parts), longest, parts[0].shape[1])
        found = np.full(shape, fill, dtype=parts[0].dtype)
        for at, part in enumerate(parts):
            found[at, : len(part)] = part
        return found

    return _Bucket(
        padded([chain.observed.values for chain in chains], 0.0),  # type: ignore[arg-type]
        padded([chain.masks.labels for chain in chains], True),  # type: ignore[arg-type]
        padded([chain.truth & chain.masks.labels for chain in chains], True),  # type: ignore[arg-type]
        np.array([len(chain.truth) for chain in chains]),
    )


def _expected(
    scores: Floats, moves: Floats, lengths: NDArray[np.int64]
) -> tuple[float, Floats, Floats]:
    """Returns the log partition function, and the expected counts of labels and transitions.

    Sums are scaled at each unit, so that no logarithms are needed in between.
    """
    count, longest, _ = scores.shape
    highest = scores.max(axis=2, keepdims=True)
    own, move = np.exp(scores - highest), np.exp(moves)
    inside = np.arange(longest)[None, :] < lengths[:, None]
    forward, scale = np.empty_like(scores), np.ones((count, longest))
    ways = own[:, 0]
    for unit in range(longest):
        if unit:
            ways = (forward[:, unit - 1] @ move) * own[:, unit]
        scale[:, unit] = ways.sum(axis=1)
        forward[:, unit] = ways / scale[:, unit, None]
    backward = np.ones_like(scores)
    for unit in range(longest - 1, 0, -1):
        ways = (own[:, unit] * backward[:, unit] / scale[:, unit, None]) @ move.T
        backward[:, unit - 1] = np.where(inside[:, unit, None], ways, 1.0)
    total = float(((np.log(scale) + highest[:, :, 0]) * inside).sum())
    units = forward * backward * inside[:, :, None]
    after = own[:, 1:] * backward[:, 1:] * (inside / scale)[:, 1:, None]
    pairs = np.einsum("ntl,ntm->lm", forward[:, :-1], after, optimize=True) * move
    return total, units, pairs
