"""Which form a document was made with."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz

from extractors.text import fold
from models.document import Document, Format, Page, SourceTable
from models.form import Form
from models.form_tables import Column

_OPENING = 5
"""Number of leading pages that are searched first."""
_FEWEST_LETTERS = 8
_LIKE = 85
_WIDE_BLANK = re.compile(r"\s{2,}")
_LETTER = re.compile(r"\w")


@dataclass(frozen=True, slots=True)
class Fit:
    """How well a form fits: the share of a table's column headers found in the document."""

    form: Form
    found: tuple[str, ...]
    missing: tuple[str, ...]

    @property
    def share(self) -> float:
        """Share of the column headers of the form's best table that were found, 0 to 1."""
        count = len(self.found) + len(self.missing)
        return len(self.found) / count if count else 0.0


def best_fit(document: Document, forms: Sequence[Form]) -> Fit:
    """Returns the form that fits a document best; the first of equals.

    Of forms whose column headers are all found, it is the one whose headers stand alone, unlike
    words in a sentence; of several such, the one with the longest headers, which are most specific.
    A general form yields to any form whose own wording occurs in the document and, in a text dump,
    a form with other columns yields to one without. Otherwise it is the form with the largest share
    of its headers found.
    """
    if len(forms) == 1:  # most reports have them on their first pages
        opening = _fit(_text(document.pages[:_OPENING]), forms[0], document.tables)
        if not opening.missing:
            return opening
    text = _text(document.pages)
    fits = [_fit(text, form, document.tables) for form in forms]
    if sum(not fit.missing for fit in fits) < 2:
        return max(fits, key=lambda fit: (not fit.missing, fit.share))
    own = {fit.form.id: _own_words(text, document, fit.form) for fit in fits if not fit.missing}
    if any(own.get(fit.form.id) and not fit.form.general for fit in fits):
        fits = [fit for fit in fits if not fit.form.general]
    if document.format is Format.TEXT and any(_reads_dumps(fit) for fit in fits):
        fits = [fit for fit in fits if _reads_dumps(fit)]
    if sum(not fit.missing for fit in fits) < 2:
        return max(fits, key=lambda fit: not fit.missing)
    alone = _texts_alone(document)
    return max(fits, key=lambda fit: _rank(fit, alone, own.get(fit.form.id, 0)))


def _reads_dumps(fit: Fit) -> bool:
    """Whether a form fits and has only columns that can be distinguished in every text dump."""
    return not fit.missing and fit.form.is_plain


def _rank(fit: Fit, alone: Collection[str], own: int) -> tuple[bool, float, int, int, bool]:
    """Returns a sort key for how well a form fits: all headers found, headers alone, and more.

    Among equals, the form with the longest headers fits best, then the one whose own words occur;
    a general form comes before another of which only the headers occur.
    """
    standing = sum(fold(head) in alone for head in fit.found)
    share = standing / max(1, len(fit.found))
    return not fit.missing, share, sum(map(len, fit.found)), own, fit.form.general


def _own_words(text: str, document: Document, form: Form) -> int:
    """Returns how many of the questionnaire's own phrases a document contains."""
    labels = form.labels
    phrases = [phrase.partition("{")[0] for phrase in labels.not_asked]
    phrases += [*labels.instruction, *labels.detail, *(own.question for own in form.questions)]
    refers = any(
        form.may_hold_reference(line.text) and pattern.search(line.text)
        for line in document.lines
        for pattern in form.reference_patterns
    )
    return sum(_holds(text, phrase) for phrase in phrases) + refers


def _texts_alone(document: Document) -> frozenset[str]:
    """Returns texts alone on a line, in a cell, between wide gaps or before a colon."""
    parts = {fold(part) for line in document.lines for part in _WIDE_BLANK.split(line.text)}
    parts |= {part.partition(":")[0] for part in parts}
    cells = {
        fold(" ".join(line.text for line in cell.lines))
        for table in document.tables
        for row in table.rows
        for cell in row
    }
    return frozenset(parts | cells)


def _text(pages: Sequence[Page]) -> str:
    return fold(" ".join([line.text for page in pages for line in page.lines]))


def _fit(text: str, form: Form, tables: Sequence[SourceTable]) -> Fit:
    best = _fit_outside(text, form)
    ticked = any(_has_ticked_columns(table, form) for table in tables)
    for table in form.tables:
        found: list[str] = []
        missing: list[str] = []
        for column in table.columns:
            if column.holds is Column.OTHER:
                continue
            present = next((head for head in column.heads if _holds(text, head)), None)
            if present is None and not table.is_plain:
                present = next((head for head in column.heads if _is_like(text, head)), None)
            if present is None and ticked and column.holds in {Column.ANSWER, Column.COMMENT}:
                present = column.heads[0]
            (found if present else missing).append(present or column.heads[0])
        fit = Fit(form, tuple(found), tuple(missing))
        if fit.share > best.share or not best.found:
            best = fit
    return best


def _fit_outside(text: str, form: Form) -> Fit:
    """Returns how well the labels of a form's questions outside tables fit, if it has any."""
    if form.outside_tables is None:
        return Fit(form, (), ("",))
    labels = [form.labels.question, form.labels.answer]
    found = [next((own for own in some if _holds(text, own)), None) for some in labels if some]
    missing = (some[0] for some, own in zip(filter(None, labels), found, strict=True) if not own)
    return Fit(form, tuple(filter(None, found)), tuple(missing))


def _has_ticked_columns(table: SourceTable, form: Form) -> bool:
    """Whether a table has a column per answer, so that no column header marks the answers."""
    return any(
        sum(fold(" ".join(line.text for line in cell.lines)) in form.codes for cell in row) > 1
        or any(_has_ticked_columns(inner, form) for cell in row for inner in cell.tables)
        for row in table.rows
    )


def _holds(text: str, head: str) -> bool:
    """Whether a text contains a column header, other than inside longer words."""
    folded = fold(head)
    at = text.find(folded)
    while at >= 0:
        stop = at + len(folded)
        if not _LETTER.match(text[max(0, at - 1) : at]) and not _LETTER.match(text, stop):
            return True
        at = text.find(folded, at + 1)
    return False


def _is_like(text: str, head: str) -> bool:
    """Whether a text contains something close enough to a column header to identify a column."""
    folded = fold(head)
    return len(folded) >= _FEWEST_LETTERS and fuzz.partial_ratio(folded, text) >= _LIKE
