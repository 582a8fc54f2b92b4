"""How likely a row on pages is right, by its borders and its doubts."""

from __future__ import annotations

import pytest

from extractors.layout.blocks import Doubt
from extractors.rules import FOLDER
from extractors.structure.confidence import DOUBTS, LINES, PARAGRAPHS, Seen, chance, confidence_of
from tests.training.rows import Judged, learned


def seen(*doubts: str, borders: float = 0.999) -> Seen:
    return Seen(borders, frozenset(doubts))


def test_a_row_with_sure_borders_and_without_doubt_is_sure() -> None:
    assert confidence_of(seen()) >= 0.99
    assert confidence_of(seen("cut", "answer-blank")) == confidence_of(seen())


@pytest.mark.parametrize("doubt", DOUBTS)
def test_every_doubt_and_no_other_makes_a_row_less_than_sure(doubt: str) -> None:
    assert confidence_of(seen(doubt)) < 0.99
    assert confidence_of(seen(doubt, borders=0.6)) < confidence_of(seen(doubt))


def test_no_doubt_of_pages_is_left_out() -> None:
    elsewhere = {Doubt.CELL_SHARED, Doubt.HEAD_UNCERTAIN, Doubt.COMMENT_UNCERTAIN}
    assert set(Doubt) - elsewhere - {Doubt.CUT, Doubt.JOIN_UNCERTAIN} <= set(DOUBTS)


def test_where_a_paragraph_ends_is_doubted_more_than_how_lines_join() -> None:
    assert confidence_of(seen(PARAGRAPHS)) < confidence_of(seen(LINES))
    assert confidence_of(seen(PARAGRAPHS, LINES)) < confidence_of(seen(PARAGRAPHS))


def test_confidence_is_the_share_of_rows_that_were_right() -> None:
    """Of the rows with a doubt that training saw, three in four were right."""
    rows = [Judged(seen(), right=True, program="a")] * 300
    rows += [Judged(seen(LINES), right=at % 4 > 0, program="a") for at in range(80)]
    weights = learned(rows)
    assert chance(seen(LINES), weights) == pytest.approx(0.75, abs=0.03)
    assert chance(seen(), weights) > 0.97


def test_a_doubt_that_training_never_saw_leaves_no_row_sure() -> None:
    rows = [Judged(seen(), right=True, program="a")] * 300
    assert 0.2 < chance(seen(PARAGRAPHS), learned(rows)) < 0.9


def test_the_file_says_how_confidence_did_on_programs_left_out() -> None:
    text = (FOLDER / "weights" / "rows.toml").read_text(encoding="utf-8")
    assert "confidence 0.99 and more:" in text
