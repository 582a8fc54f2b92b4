"""Labels and notices defined by a form: instructions, and sections not to be answered."""

from __future__ import annotations

import re
from functools import lru_cache

from extractors.text import collapse, fold, fold_all
from models.form import Form

_PLACEHOLDER = "{organisation}"


def is_instruction_label(text: str, form: Form) -> bool:
    """Whether a text consists of the label of an instruction."""
    return fold(text).rstrip(":") in fold_all(form.labels.instruction)


def notice_start(text: str, form: Form) -> bool:
    """Whether a text opens with a notice that the board is not to answer."""
    return bool(_pattern(form.labels.not_asked).match(fold(text)))


def notice_organisation(text: str, form: Form) -> str:
    """Returns the name of the board in a notice, or ""."""
    plain = collapse(text)
    for phrase in form.labels.not_asked:
        if _PLACEHOLDER in phrase:
            before, after = phrase.split(_PLACEHOLDER)
            match = re.fullmatch(
                rf"{re.escape(before.strip())}\s+(.+?){re.escape(after.strip())}[.!]?",
                plain,
                re.IGNORECASE,
            )
            if match:
                return match[1].strip()
    return ""


@lru_cache
def _pattern(phrases: tuple[str, ...]) -> re.Pattern[str]:
    starts = (fold(phrase.split(_PLACEHOLDER)[0]) for phrase in phrases)
    return re.compile("|".join(rf"{re.escape(start)}(?!\w)" for start in starts) or r"(?!)")
