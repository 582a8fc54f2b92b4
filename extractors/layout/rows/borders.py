"""Evidence on a page that a line begins a row."""

from __future__ import annotations

from collections.abc import Callable

from extractors.layout.cells.cues import asks, ends_question, openness, reference_parts, requests
from extractors.layout.decoding.evidence import Evidence
from extractors.layout.rows.breaks import breaks_before, room_beside
from extractors.layout.rows.habits import SAME_GAP, answer_beside
from extractors.layout.rows.units import Unit, is_detail

_TIGHT = 1.08
_FAR = 2.0
_PEAK = 0.15


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
    return unit.answer and not unit.habits.centred


def _answer_column(unit: Unit) -> float:
    """Whether a text that stands in an answer column of its own begins on the line."""
    return unit.answer and not unit.habits.centred and len(unit.area.columns.borders) > 1


def _answer_where_centred(unit: Unit) -> float:
    return unit.answer and unit.habits.centred


def is_right_below_answer(unit: Unit) -> bool:
    """Whether the line right above holds an answer, and this one has no question beside it."""
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
    """Whether the question stands further left than the line above it."""
    if unit.question is None or unit.above is None:
        return 0.0
    return unit.question.x0 < unit.above.x0 - 2


def _indented(unit: Unit) -> float:
    if unit.question is None or unit.above is None:
        return 0.0
    return unit.question.x0 > unit.above.x0 + 2


# -- weight and size


def _bold(unit: Unit) -> float:
    return unit.habits.bold and unit.question is not None and unit.question.runs[0].bold


def _turns_bold(unit: Unit) -> float:
    return bool(_bold(unit)) and not (unit.above is not None and unit.above.runs[-1].bold)


def _bold_goes_on(unit: Unit) -> float:
    return bool(_bold(unit)) and unit.above is not None and unit.above.runs[-1].bold


def _regular(unit: Unit) -> float:
    return unit.habits.bold and unit.question is not None and not unit.question.runs[0].bold


# -- wording


def _lower(unit: Unit) -> float:
    return unit.text[:1].islower()


def _bracket(unit: Unit) -> float:
    return unit.text[:1] in ("(", "[")


def _is_detail(unit: Unit) -> float:
    return unit.question is not None and is_detail(unit.text, unit.habits, unit.form)


def _asks_after_detail(unit: Unit) -> float:
    """Whether a question follows the label or reference of another one."""
    return unit.detailed and asks(unit.text, unit.form)


def _after_detail(unit: Unit) -> float:
    return unit.detailed and bool(unit.texts) and not _is_detail(unit)


def _asks_again(unit: Unit) -> float:
    return unit.asked and asks(unit.text, unit.form)


def _detail_unasked(unit: Unit) -> float:
    """Whether a label or reference comes before any question."""
    return not unit.asked and bool(_is_detail(unit))


def _numbered(unit: Unit) -> float:
    parts = reference_parts(unit.text, unit.form)
    return parts > 0 and parts in unit.habits.numbered


def _asks(unit: Unit) -> float:
    return unit.habits.asks and asks(unit.text, unit.form)


def _asks_not(unit: Unit) -> float:
    return unit.habits.asks and bool(unit.texts) and not asks(unit.text, unit.form)


def _request(unit: Unit) -> float:
    return requests(unit.text, unit.form)


def _above_asks(unit: Unit) -> float:
    return unit.above is not None and ends_question(unit.above.text)


def _above_open(unit: Unit) -> float:
    return openness(unit.above.text, unit.form) if unit.above is not None else 0.0


def _above_never_ends(unit: Unit) -> float:
    return unit.above is not None and openness(unit.above.text, unit.form) == 1.0


def _above_breaks(unit: Unit) -> float:
    """Whether the question column's line above had room for the next word."""
    if unit.above is None or unit.question is None:
        return 0.0
    return breaks_before(room_beside([unit.above], unit.rights[0]), unit.text)


def _beside_breaks(unit: Unit) -> float:
    """Whether the last column's line above had room for the word that comes next there."""
    text = _text_in_last_column(unit)
    if unit.beside is None or not text:
        return 0.0
    return breaks_before(room_beside([unit.beside], unit.rights[-1]), text)


def _beside_open(unit: Unit) -> float:
    return openness(unit.beside.text, unit.form) if unit.beside is not None else 0.0


def _text_in_last_column(unit: Unit) -> str:
    cell = unit.area.cells(unit.lines[0])[-1]
    return cell.text if cell is not None else ""


def _peak(unit: Unit) -> float:
    return min(max(unit.peak, 0.0), _FAR)


def _is_peak(unit: Unit) -> float:
    return unit.peak > _PEAK


def _later_lower(unit: Unit) -> float:
    """Whether what stands beside the question goes on inside a sentence."""
    later = [cell for cell in unit.area.cells(unit.lines[0])[1:] if cell is not None]
    return bool(later) and later[-1].text[:1].islower()


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
    Evidence("an answer beside, where they stand in the middle", _answer_where_centred),
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
    Evidence("bold, as questions are", _bold),
    Evidence("turns bold, as questions are", _turns_bold, NEAR),
    Evidence("bold like the line above", _bold_goes_on),
    Evidence("regular, where questions are bold", _regular, NEAR),
    Evidence("a small letter", _lower),
    Evidence("a bracket", _bracket),
    Evidence("a label or reference", _is_detail, NEAR),
    Evidence("a number, as questions have", _numbered, NEAR),
    Evidence("asks after a label or reference", _asks_after_detail, NEAR),
    Evidence("text after a label or reference", _after_detail),
    Evidence("asks again", _asks_again, NEAR),
    Evidence("a label or reference before a question", _detail_unasked, NEAR),
    Evidence("asks", _asks, NEAR),
    Evidence("asks not", _asks_not, NEAR),
    Evidence("a request", _request),
    Evidence("a question ends above", _above_asks),
    Evidence("the text above is open", _above_open),
    Evidence("the text above cannot end there", _above_never_ends),
    Evidence("the question column above had room for more", _above_breaks),
    Evidence("the last column above had room for more", _beside_breaks),
    Evidence("the last column above is open", _beside_open),
    Evidence("more white than above its neighbours", _peak),
    Evidence("most white among its neighbours", _is_peak),
    Evidence("the text beside goes on", _later_lower),
)
