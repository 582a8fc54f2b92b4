"""Evidence that a row begins: from rules, white space, columns and the file."""

from __future__ import annotations

from collections.abc import Callable

from extractors.layout.decoding.evidence import Evidence
from extractors.layout.rows.answers_beside import answer_beside
from extractors.layout.rows.habits import SAME_GAP
from extractors.layout.rows.units import Unit

_TIGHT = 1.08
_FAR = 2.0


# -- what is drawn


def _border(*kinds: str) -> Callable[[Unit], float]:
    return lambda unit: unit.border in kinds


def _border_as_usual(unit: Unit) -> float:
    return unit.habits.bordered if unit.border not in ("", "part") else 0.0


def _border_unusual(unit: Unit) -> float:
    return 1 - unit.habits.bordered if unit.border not in ("", "part") else 0.0


def _lacks_border(unit: Unit) -> float:
    return unit.habits.bordered if unit.border in ("", "part") else 0.0


def _shade_where_lines_part(unit: Unit) -> float:
    return unit.border in ("shade", "cell") and unit.habits.lined


# -- white


def _gap(unit: Unit) -> float:
    return min(max(unit.gap - 1.0, 0.0), _FAR)


def _tight(unit: Unit) -> float:
    return unit.gap < _TIGHT


def _question_gap(unit: Unit) -> float:
    return min(max(unit.question_gap - 1.0, 0.0), _FAR) if unit.question_gap else 0.0


def _question_far(unit: Unit) -> float:
    return unit.question_gap > _FAR and unit.question_gap > unit.gap + 0.5


def _difference(unit: Unit) -> float | None:
    """How much wider the gap is than that between most rows, in points."""
    usual = unit.habits.gap
    if usual is None:
        return None
    at = unit.start
    return unit.area.lines[at].base - unit.area.lines[at - 1].base - usual


def _gap_of_rows(unit: Unit) -> float:
    difference = _difference(unit)
    return difference is not None and abs(difference) < SAME_GAP


def _gap_of_rows_alone(unit: Unit) -> float:
    return unit.habits.rare if _gap_of_rows(unit) else 0.0


def _gap_too_small(unit: Unit) -> float:
    difference = _difference(unit)
    return difference is not None and difference <= -SAME_GAP


def _gap_too_large(unit: Unit) -> float:
    difference = _difference(unit)
    return difference is not None and difference >= SAME_GAP


# -- columns


def _answer(unit: Unit) -> float:
    return unit.answer


def _answer_column(unit: Unit) -> float:
    """Whether a text in a separate answer column begins on the line."""
    return unit.answer and len(unit.area.columns.borders) > 1


def is_right_below_answer(unit: Unit) -> bool:
    """Whether the line directly above has an answer, and this one has no question beside it."""
    if unit.question is not None or not unit.start:
        return False
    return answer_beside(unit.area.lines[unit.start - 1], unit.area, unit.form)


def _holds_answer(unit: Unit) -> float:
    return unit.answers > 0


def _holds_answers(unit: Unit) -> float:
    return unit.answers > 1


def _text_beside(unit: Unit) -> float:
    return unit.later and not unit.answer


def _nothing_beside(unit: Unit) -> float:
    return not unit.later


def _no_question(unit: Unit) -> float:
    return unit.question is None


def _no_question_though_aligned(unit: Unit) -> float:
    return unit.habits.aligned if unit.question is None else 0.0


def _no_question_at_all(unit: Unit) -> float:
    return not unit.texts


def _all_begin(unit: Unit) -> float:
    return unit.begins


def _alone_and_all_begin(unit: Unit) -> float:
    return unit.begins == 1.0 and unit.later and unit.question is not None


def _outdented(unit: Unit) -> float:
    """Whether the question is further left than the line above it."""
    if unit.question is None or unit.above is None:
        return 0.0
    return unit.question.x0 < unit.above.x0 - 2


def _indented(unit: Unit) -> float:
    if unit.question is None or unit.above is None:
        return 0.0
    return unit.question.x0 > unit.above.x0 + 2


# -- what the file says


def _drawn_anew(unit: Unit) -> float:
    return unit.habits.drawn_by_rows and unit.drawn_anew


def _drawn_on(unit: Unit) -> float:
    return unit.habits.drawn_by_rows and unit.drawn_on


def _drawn_on_beside(unit: Unit) -> float:
    return unit.habits.drawn_by_rows and unit.drawn_on_beside


def _told_anew(unit: Unit) -> float:
    return unit.told_apart is True


def _told_on(unit: Unit) -> float:
    return unit.told_apart is False


NEAR = (-1, 0, 1)

EVIDENCE: tuple[Evidence[Unit], ...] = (
    Evidence("a line is drawn above", _border("line")),
    Evidence("the edge of shading above", _border("shade")),
    Evidence("the edge of a shaded cell above", _border("cell")),
    Evidence("a border over some columns above", _border("part")),
    Evidence("a border as rows have", _border_as_usual),
    Evidence("a border though rows seldom have", _border_unusual),
    Evidence("no border though rows have", _lacks_border),
    Evidence("an edge of shading though lines part rows", _shade_where_lines_part),
    Evidence("gap above", _gap, NEAR),
    Evidence("no gap above", _tight),
    Evidence("gap above in the question column", _question_gap, NEAR),
    Evidence("question column white far up", _question_far),
    Evidence("a gap as between rows", _gap_of_rows),
    Evidence("a gap as between rows alone", _gap_of_rows_alone),
    Evidence("a smaller gap than between rows", _gap_too_small),
    Evidence("a larger gap than between rows", _gap_too_large),
    Evidence("an answer beside", _answer, NEAR),
    Evidence("an answer in its own column beside", _answer_column),
    Evidence("an answer right above, and no question", is_right_below_answer),
    Evidence("holds an answer", _holds_answer, NEAR),
    Evidence("holds more than one answer", _holds_answers),
    Evidence("text beside", _text_beside),
    Evidence("nothing beside", _nothing_beside),
    Evidence("no text in the question column", _no_question),
    Evidence("no text in the question column, where answers have it", _no_question_though_aligned),
    Evidence("no text in the question column down to the next", _no_question_at_all, NEAR),
    Evidence("share of columns that begin", _all_begin),
    Evidence("all columns begin", _alone_and_all_begin),
    Evidence("further left than the line above", _outdented),
    Evidence("further right than the line above", _indented),
    Evidence("the file draws a new row from here on", _drawn_anew),
    Evidence("the file draws the question cell on", _drawn_on),
    Evidence("the file draws the cell beside on", _drawn_on_beside),
    Evidence("a new row by the file's tags", _told_anew),
    Evidence("the same row by the file's tags", _told_on),
)
