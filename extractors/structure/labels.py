"""Labels that open the paragraphs of a question cell."""

from __future__ import annotations

from extractors.text import fold, fold_all
from models.form import Form

_LONGEST_LABEL = 200
_LEAST_OF_LABEL = 12
"""Minimum letters of a label's start that identify it, if a line or page ends inside it."""


def detail_label(text: str, form: Form) -> str | None:
    """Returns the form's label that a text opens with, or that it is the beginning of.

    The label is normalised by `fold`; None if the text opens with no label.
    """
    folded = fold(text[:_LONGEST_LABEL])
    phrases = fold_all(form.labels.detail)
    if folded.startswith(phrases):
        return next(phrase for phrase in phrases if folded.startswith(phrase))
    if len(folded) < _LEAST_OF_LABEL:
        return None
    return next((phrase for phrase in phrases if phrase.startswith(folded)), None)
