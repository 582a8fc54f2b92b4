"""Evidence on a page that a line begins a row: from its position, weight and wording."""

from __future__ import annotations

from extractors.layout.cells.cues import asks, ends_question, openness, reference_parts, requests
from extractors.layout.decoding.evidence import Evidence
from extractors.layout.rows import placing
from extractors.layout.rows.page_break import breaks_before, room_beside
from extractors.layout.rows.units import Unit, is_detail

_TIGHT = 1.08
_FAR = 2.0
_PEAK = 0.15


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
    """Whether the last column's line above had room for the next word there."""
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
    """Whether the text beside the question continues inside a sentence."""
    later = [cell for cell in unit.area.cells(unit.lines[0])[1:] if cell is not None]
    return bool(later) and later[-1].text[:1].islower()


NEAR = (-1, 0, 1)

EVIDENCE: tuple[Evidence[Unit], ...] = (
    *placing.EVIDENCE,
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
