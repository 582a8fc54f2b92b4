"""Labels that open the paragraphs of a question cell."""

from __future__ import annotations

from extractors.text import fold, fold_all
from models.form import Form

_LONGEST_LABEL = 200
_LEAST_OF_LABEL = 12
"""Letters from which the start of a label tells it, where a line or a page ends inside it."""


def detail_label(text: str, form: Form) -> str | None:
    """Returns the label of the form that a text opens with, or that it is the start of.

    It comes as `fold` gives it; None where no label opens the text.
    """
    folded = fold(text[:_LONGEST_LABEL])
    phrases = fold_all(form.labels.detail)
    if folded.startswith(phrases):
        return next(phrase for phrase in phrases if folded.startswith(phrase))
    if len(folded) < _LEAST_OF_LABEL:
        return None
    return next((phrase for phrase in phrases if phrase.startswith(folded)), None)
