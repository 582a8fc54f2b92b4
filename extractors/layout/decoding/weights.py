"""Weights files: the weight of each piece of evidence for each label.

They are in `extractors/rules/weights/`, are readable and editable, and are written by `make train`.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from functools import cache, cached_property
from pathlib import Path

import numpy as np
from pydantic import BaseModel, ConfigDict, Field, model_validator

from extractors.layout.decoding.evidence import Evidence, Floats, Unit
from extractors.rules import FOLDER
from models.rules_file import RuleFileError, read_toml, validate


class Trained(BaseModel):
    """Where weights come from.

    Attributes:
        date: Day of the training.
        source: The training data: kinds of files, and seeds.
        scores: Scores on held-out files, one per line.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    date: str
    source: str
    scores: tuple[str, ...] = ()


class Weights(BaseModel):
    """The weights of one kind of source.

    Attributes:
        labels: The possible labels of a unit.
        trained: Where the weights come from.
        bias: Bias of each label.
        moves: Weight of each transition: `moves[before][after]`; 0 if missing.
        weights: Weight of each piece of evidence for each label; 0 if missing.
        calibration: Points of computed and observed probability, both ascending, interpolated
            linearly. Empty: no calibration.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    labels: tuple[str, ...] = Field(min_length=2)
    trained: Trained
    bias: dict[str, float] = {}
    moves: dict[str, dict[str, float]] = {}
    weights: dict[str, dict[str, float]]
    calibration: tuple[tuple[float, float], ...] = ()

    @model_validator(mode="after")
    def _labels_are_known(self) -> Weights:
        tables = {"bias": self.bias}
        tables |= {f"weights.{name}": own for name, own in self.weights.items()}
        tables |= {f"moves.{name}": own for name, own in self.moves.items()}
        for key, own in {**tables, "moves": dict.fromkeys(self.moves, 0.0)}.items():
            for label in own:
                if label not in self.labels:
                    raise ValueError(
                        f"{key}: {label!r} is not one of the labels {', '.join(self.labels)}. "
                        "Fix the label."
                    )
        if list(self.calibration) != sorted(self.calibration):
            raise ValueError("calibration: points must ascend. Sort them.")
        return self

    def matrix(self, names: Sequence[str]) -> Floats:
        """Returns the weights as rows of evidence and columns of labels."""
        return np.array(
            [[self.weights[name].get(label, 0.0) for label in self.labels] for name in names]
        ).reshape(len(names), len(self.labels))

    def bias_row(self) -> Floats:
        """Returns the bias of each label."""
        return np.array([self.bias.get(label, 0.0) for label in self.labels])

    def moves_matrix(self) -> Floats:
        """Returns the weights of labels (columns) after labels (rows)."""
        return np.array(
            [
                [self.moves.get(before, {}).get(after, 0.0) for after in self.labels]
                for before in self.labels
            ]
        )

    def calibrated(self, probability: float) -> float:
        """Returns the calibrated probability for a computed one."""
        if not self.calibration:
            return probability
        return float(np.interp(probability, *self._points))

    @cached_property
    def _points(self) -> tuple[Floats, Floats]:
        computed, found = np.array(self.calibration).T
        return computed, found


def load_weights(path: Path, names: Sequence[str]) -> Weights:
    """Loads a weights file.

    Args:
        path: The TOML file.
        names: Names of all evidence; the file must weight exactly these.

    Raises:
        RuleFileError: The file cannot be used; the message names file and key, and how to fix it.
    """
    content, _ = read_toml(path)
    weights = validate(path, Weights, content)
    for name in sorted(set(names) ^ set(weights.weights)):
        what = "is missing" if name in names else "is not known evidence"
        raise RuleFileError(f"{path}: weights: {name!r} {what}. Run `make train`.")
    return weights


@cache
def builtin_weights(kind: str, names: tuple[str, ...]) -> Weights:
    """Returns the built-in weights for a kind of source, e.g. `dumps`."""
    return load_weights(FOLDER / "weights" / f"{kind}.toml", names)


def chance_of(
    unit: Unit, table: Sequence[Evidence[Unit]], weights: Weights, labels: tuple[str, str]
) -> float:
    """Returns the probability of the first of two labels for a unit that stands alone."""
    label, rival = labels

    def towards(own: dict[str, float]) -> float:
        return own.get(label, 0.0) - own.get(rival, 0.0)

    score = towards(weights.bias)
    score += sum(own.of(unit) * towards(weights.weights[own.name]) for own in table)
    return 1 / (1 + math.exp(-score))
