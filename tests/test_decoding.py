"""The decoder of rows: best path, probabilities, masks, reasons, and files of weights."""

from __future__ import annotations

from itertools import pairwise, product
from pathlib import Path as File

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extractors.layout.decoding.decoder import Decoder, Masks, moves_allowed
from extractors.layout.decoding.evidence import Evidence, Observed, names_of, observe
from extractors.layout.decoding.weights import Trained, Weights, load_weights
from models.rules_file import RuleFileError

LABELS = ("question", "answer", "comment")
EVIDENCE: tuple[Evidence[str], ...] = (
    Evidence("asks", lambda text: text.endswith("?"), (0, -1)),
    Evidence("is short", lambda text: len(text) < 4),
)
FOLLOWS = {
    "question": ("question", "answer"),
    "answer": ("comment", "question"),
    "comment": ("comment", "question"),
}
TRAINED = Trained(date="2026-01-01", source="by hand")


def weights(**changes: object) -> Weights:
    base: dict[str, object] = {
        "labels": LABELS,
        "trained": TRAINED,
        "bias": {"comment": 0.5},
        "weights": {
            "asks": {"question": 3.0, "comment": -1.0},
            "asks (-1)": {"answer": 1.0},
            "is short": {"answer": 2.0},
        },
    }
    return Weights.model_validate({**base, **changes})


def test_evidence_of_neighbours_is_named_by_its_place():
    seen = observe(["Har ni?", "Ja"], EVIDENCE)
    assert seen.names == ("asks", "asks (-1)", "is short")
    assert seen.values.tolist() == [[1, 0, 0], [0, 1, 1]]


def test_best_path_follows_the_evidence():
    seen = observe(["Har ni?", "Ja", "Vi har en plan.", "Gör ni?", "Nej"], EVIDENCE)
    path = Decoder(weights()).decode(seen)
    assert path.labels == ("question", "answer", "comment", "question", "answer")


def test_mask_of_labels_rules_out():
    seen = observe(["Har ni?", "Ja"], EVIDENCE)
    allowed = np.array([[True, True, True], [True, False, True]])
    masks = Masks(allowed, np.ones((3, 3), dtype=bool))
    assert Decoder(weights()).decode(seen, masks).labels == ("question", "comment")


def test_mask_of_moves_rules_out():
    seen = observe(["Har ni?", "Vi har en plan."], EVIDENCE)
    masks = Masks(np.ones((2, 3), dtype=bool), moves_allowed(LABELS, FOLLOWS))
    assert Decoder(weights()).decode(seen, masks).labels != ("question", "comment")


def test_if_masks_leave_no_path_one_is_still_chosen_and_reported():
    """A mask that forbade what happens at unmarked page cuts lost whole tables in silence."""
    seen = observe(["Har ni?", "Ja"], EVIDENCE)
    masks = Masks(np.array([[True] * 3, [False] * 3]), np.ones((3, 3), dtype=bool))
    path = Decoder(weights()).decode(seen, masks)
    assert path.labels == ("question", "answer")
    assert not path.breaks_mask(0, 1)
    assert path.breaks_mask(0, 2)


def test_reasons_are_the_weights_that_decided():
    seen = observe(["Har ni?", "Ja"], EVIDENCE)
    why = Decoder(weights()).decode(seen).why(1)
    assert (why.label, why.rival) == ("answer", "comment")
    assert [(reason.name, reason.score) for reason in why.reasons] == [
        ("is short", 2.0),
        ("asks (-1)", 1.0),
    ]


def test_calibration_is_a_line_between_points():
    own = weights(calibration=[[0.5, 0.2], [1.0, 0.9]])
    assert own.calibrated(0.75) == pytest.approx(0.55)
    assert own.calibrated(0.1) == 0.2
    assert weights().calibrated(0.75) == 0.75


numbers = st.floats(-4, 4)


@settings(deadline=None)
@given(st.integers(1, 5).flatmap(lambda n: st.lists(numbers, min_size=3 * n, max_size=3 * n)))
def test_probabilities_are_those_of_all_paths(values: list[float]):
    """Against every path counted one by one."""
    table = {name: {label: float(name == label) for label in LABELS} for name in LABELS}
    moves = {"question": {"answer": 1.5}, "comment": {"answer": -2.0}}
    decoder = Decoder(weights(bias={}, weights=table, moves=moves))
    scores = np.array(values).reshape(-1, 3)
    path = decoder.decode(Observed(LABELS, scores))
    ways = {}
    for way in product(range(3), repeat=len(scores)):
        score = sum(scores[unit, label] for unit, label in enumerate(way))
        score += sum(
            moves.get(LABELS[before], {}).get(LABELS[after], 0.0) for before, after in pairwise(way)
        )
        ways[way] = float(np.exp(score))
    total = sum(ways.values())
    found = tuple(LABELS.index(label) for label in path.labels)
    assert ways[found] == pytest.approx(max(ways.values()))
    assert path.probability(0, len(scores)) == pytest.approx(ways[found] / total)
    for unit, label in product(range(len(scores)), range(3)):
        own = sum(weight for way, weight in ways.items() if way[unit] == label)
        assert path.probabilities[unit, label] == pytest.approx(own / total)
    last = sum(weight for way, weight in ways.items() if way[-1] == found[-1])
    assert path.probability(len(scores) - 1, len(scores)) == pytest.approx(last / total)


def write(folder: File, text: str) -> File:
    path = folder / "rows.toml"
    path.write_text(text, encoding="utf-8")
    return path


HEAD = 'labels = ["question", "answer"]\n[trained]\ndate = "2026-01-01"\nsource = "by hand"\n'


def test_file_of_weights_is_read(tmp_path: File):
    path = write(tmp_path, HEAD + '[weights]\n"asks" = { question = 1.5 }\n')
    assert load_weights(path, ["asks"]).matrix(["asks"]).tolist() == [[1.5, 0.0]]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('"asks" = { questoin = 1.5 }', "weights.asks: 'questoin' is not one of the labels"),
        ('"ask" = { question = 1.5 }', "'ask' is not known evidence. Run `make train`"),
        ("", "'asks' is missing. Run `make train`"),
        ('"asks" = { question = "much" }', "weights.asks.question"),
    ],
)
def test_file_of_weights_with_a_mistake_names_the_key_and_the_fix(
    tmp_path: File, text: str, message: str
):
    path = write(tmp_path, f"{HEAD}[weights]\n{text}\n")
    with pytest.raises(RuleFileError) as raised:
        load_weights(path, ["asks"])
    assert str(path) in str(raised.value)
    assert message in str(raised.value)


def test_learned_weights_are_written_and_read_back(tmp_path: File):
    learn = pytest.importorskip("tests.training.learn", reason="needs scikit-learn")
    tables = [
        (["Har ni?", "Ja", "Vi har en plan."], LABELS),
        (["Gör ni?", "Nej", "Vi gör det inte."], LABELS),
    ]
    examples = [learn.Example(observe(units, EVIDENCE), labels) for units, labels in tables]
    found = learn.learn(examples, LABELS, learn.source_of("two tables"), strength=100.0)
    path = tmp_path / "rows.toml"
    learn.write(found, path)
    read = load_weights(path, names_of(EVIDENCE))
    assert read == found
    assert Decoder(read).decode(examples[0].observed).labels == LABELS


def test_calibration_is_learned_from_what_was_right():
    learn = pytest.importorskip("tests.training.learn", reason="needs scikit-learn")
    points = learn.calibration([0.2] * 10 + [0.9] * 10, [False] * 10 + [True] * 9 + [False])
    own = weights(calibration=points)
    assert own.calibrated(0.2) < 0.2
    assert 0.8 < own.calibrated(0.9) < 0.95
