"""How the sections of a report are recognised: by numbers, or by unnumbered headings."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from extractors.structure.headings import parse_number
from extractors.suggesting.paragraphs import Para
from extractors.suggesting.written import Written

_FEWEST = 2
_MOST = 0.6


@dataclass(frozen=True)
class DraftSections:
    """How sections are recognised.

    Attributes:
        recognised_by: `numbers`, `headings`, or "" if there are no sections outside tables.
        examples: Headings that were found.
        levels: The heading levels of sections, if not all.
        asking: The heading levels of questions, if headings are questions.
    """

    recognised_by: str = ""
    examples: tuple[str, ...] = ()
    levels: tuple[int, ...] = ()
    asking: tuple[int, ...] = ()


def sections_of(
    paragraphs: Sequence[Para],
    starts: Sequence[int],
    written: Written | None,
    *,
    has_styles: bool,
) -> DraftSections:
    """Returns how the sections of a report are recognised.

    Args:
        paragraphs: Its paragraphs outside tables.
        starts: The numbers of the lines immediately before its tables.
        written: Its questions outside tables.
        has_styles: Whether the source itself marks the levels of headings.
    """
    headings = _between(paragraphs, written) if written else _before(paragraphs, starts)
    counts = Counter(para.text for para in headings)
    # Text before every table is a label, not a heading.
    headings = [para for para in headings if counts[para.text] == 1]
    numbered = [para.text for para in paragraphs if para.level and parse_number(para.text)]
    if len(numbered) >= max(_FEWEST, _MOST * len(headings)):
        return DraftSections("numbers", tuple(numbered))
    if len(headings) < _FEWEST:
        return DraftSections()
    texts = tuple(para.text for para in headings)
    if written is None or written.recognised_by != "heading":
        return DraftSections("headings", texts)
    own = {para.level for para in headings} - written.question_levels
    if not has_styles:  # levels then count from the largest type among headings
        order = sorted(own | written.question_levels)
        asking = tuple(order.index(level) + 1 for level in sorted(written.question_levels))
        return DraftSections(
            "headings", texts, tuple(order.index(x) + 1 for x in sorted(own)), asking
        )
    return DraftSections(
        "headings", texts, tuple(sorted(own)), tuple(sorted(written.question_levels))
    )


def _between(paragraphs: Sequence[Para], written: Written) -> list[Para]:
    """Paragraphs that stand out among the questions but are not questions."""
    asked = {text for text, _ in written.questions}
    labels = tuple(written.answer_labels + written.comment_labels)
    places = [at for at, para in enumerate(paragraphs) if para.text in asked]
    first = max(0, places[0] - 1) if places else 0
    return [
        para
        for para in paragraphs[first : places[-1] if places else 0]
        if para.level and para.text not in asked and not para.text.startswith(labels)
    ]


def _before(paragraphs: Sequence[Para], starts: Sequence[int]) -> list[Para]:
    """The nearest paragraph before each table that stands out."""
    found: dict[int, Para] = {}
    for start in starts:
        before = [para for para in paragraphs if para.number <= start and para.level]
        if before:
            found[before[-1].number] = before[-1]
    return list(found.values())
