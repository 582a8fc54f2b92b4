"""Files of weights: what each piece of evidence says for and against each label.

They stand in `extractors/rules/weights/`, can be read and edited, and are made by `make train`.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from pathlib import Path

import numpy as np
from pydantic import BaseModel, ConfigDict, Field, model_validator

from extractors.layout.decoding.evidence import Floats
from extractors.rules import FOLDER
from models.rules_file import RuleFileError, read_toml, validate


class Trained(BaseModel):
    """Where weights come from.

    Attributes:
        date: Day of the training.
        source: What they were trained on: kinds of files, and seeds.
        scores: What was measured on files that training never saw, one per line.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    date: str
    source: str
    scores: tuple[str, ...] = ()


class Weights(BaseModel):
    """The weights of one kind of source.

    Attributes:
        labels: What a unit can be.
        trained: Where the weights come from.
        bias: Weight of each label by itself.
        moves: Weight of a label after another one: `moves[before][after]`; 0 where left out.
        weights: Weight of each label for each piece of evidence; 0 where left out.
        calibration: Points of probability as computed and as found true, both rising; between
            them is a straight line. Empty: probabilities stand as computed.
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
                        f"{key}: {label!r} is none of the labels {', '.join(self.labels)}. "
                        "Fix the label."
                    )
        if list(self.calibration) != sorted(self.calibration):
            raise ValueError("calibration: points must rise. Sort them.")
        return self

    def matrix(self, names: Sequence[str]) -> Floats:
        """Returns the weights as rows of evidence and columns of labels."""
        return np.array(
            [[self.weights[name].get(label, 0.0) for label in self.labels] for name in names]
        ).reshape(len(names), len(self.labels))

    def bias_row(self) -> Floats:
        """Returns the weight of each label by itself."""
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
        """Returns how often decisions of a computed probability are right."""
        if not self.calibration:
            return probability
        computed, found = zip(*self.calibration, strict=True)
        return float(np.interp(probability, computed, found))


def load_weights(path: Path, names: Sequence[str]) -> Weights:
    """Loads a file of weights.

    Args:
        path: The TOML file.
        names: The evidence that there is; the file must weigh this and no other.

    Raises:
        RuleFileError: The file cannot be used; the message names file and key, and how to fix it.
    """
    content, _ = read_toml(path)
    weights = validate(path, Weights, content)
    for name in sorted(set(names) ^ set(weights.weights)):
        what = "is missing" if name in names else "is evidence that is not gathered"
        raise RuleFileError(f"{path}: weights: {name!r} {what}. Run `make train`.")
    return weights


@cache
def builtin_weights(kind: str, names: tuple[str, ...]) -> Weights:
    """Returns the built-in weights of a kind of source, as `dumps`."""
    return load_weights(FOLDER / "weights" / f"{kind}.toml", names)
