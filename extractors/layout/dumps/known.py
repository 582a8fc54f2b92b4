"""Questions whose full text is known: they decide where a question cell ends."""

from __future__ import annotations

from functools import lru_cache

from extractors.layout.dumps.wording import squeeze
from models.form import Form, KnownQuestion


def known_cells(form: Form) -> frozenset[str]:
    """Returns the form's known questions, each with its detail, as `squeeze` returns them."""
    return _cells(form.questions)


@lru_cache(maxsize=16)
def _cells(questions: tuple[KnownQuestion, ...]) -> frozenset[str]:
    return frozenset(squeeze(f"{known.question}{known.detail}") for known in questions)
