"""What the weights of rows are learned from: true rows of lines, and chains of labels."""

from __future__ import annotations

import numpy as np

from extractors.extract import read_document
from extractors.layout.decoding.decoder import Decoder, Masks
from extractors.layout.decoding.evidence import Observed
from extractors.layout.geometry import find_areas
from extractors.layout.tables.tables import Table
from tests.generator import make_board, render
from tests.training.chain import Chain, learn_chain
from tests.training.gold import rows_of_lines
from tests.training.learn import source_of


def test_each_line_of_each_table_gets_its_row(form) -> None:
    drawn = render(make_board(3), "pdf-three", seed=3)
    found = find_areas(read_document(drawn.data, drawn.name), form)
    tables = [item for item in found.items if isinstance(item, Table)]
    rows = [row for _, own in rows_of_lines(tables, drawn.truth.answers) for row in own]
    known = [row for row in rows if row is not None]
    assert len(known) > 0.98 * len(rows)
    assert known == sorted(known)
    assert set(known) == {answer.position for answer in drawn.truth.answers}


def chain(values: list[float], truth: list[int]) -> Chain:
    """A chain of two labels with one piece of evidence; truth -1 is not known."""
    allowed = np.array([[own in (label, -1) for label in (0, 1)] for own in truth])
    free = np.ones((len(truth), 2), dtype=np.bool_)
    masks = Masks(free, np.ones((2, 2), dtype=np.bool_))
    return Chain(Observed(("seen",), np.array([values]).T), masks, allowed)


def test_a_chain_learns_the_weights_of_evidence_and_transitions() -> None:
    chains = [chain([1, 0, 1, 0, 0], [0, 1, 0, 1, 0]), chain([0, 1, 0, 0], [1, -1, 1, 0])] * 5
    weights = learn_chain(chains, ("first", "second"), source_of("a test"), price=0.1)
    assert weights.weights["seen"]["first"] > weights.weights["seen"]["second"]
    assert weights.moves["second"]["first"] > weights.moves["second"]["second"]
    path = Decoder(weights).decode(chains[0].observed, chains[0].masks)
    assert path.labels == ("first", "second", "first", "second", "first")
