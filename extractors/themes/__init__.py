"""Themes in the comments: match keys, tagger, assertion."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from models.report import Answer, Mention, Problem
    from models.taxonomy import Taxonomy

BUILTIN = Path(__file__).parent.parent / "rules" / "themes" / "trygghet.toml"
"""The taxonomy file used by default."""


@cache
def builtin_taxonomy() -> Taxonomy:
    """Returns the taxonomy of `extractors/rules/themes/trygghet.toml`."""
    from models.taxonomy_file import load_taxonomy  # noqa: PLC0415

    return load_taxonomy(BUILTIN)


def user_taxonomy(path: Path | None) -> Taxonomy:
    """Returns the taxonomy of a user's file, or the built-in one for None.

    Raises:
        RuleFileError: The file cannot be used; the message names file and key, and how to fix it.
    """
    from models.taxonomy_file import load_taxonomy  # noqa: PLC0415

    return load_taxonomy(path, builtin_taxonomy()) if path else builtin_taxonomy()


def tag(
    answers: Sequence[Answer], taxonomy: Taxonomy, *, spacy_model: str | None = None
) -> tuple[Mention, ...]:
    """Returns the themes in the comments of some answers.

    Offsets refer to the unmodified `Answer.comment`. Ordered by position, then by offset.

    Args:
        answers: Answers with their comments.
        taxonomy: The themes to look for.
        spacy_model: Name of an installed trained pipeline for sentences and parts of speech.

    Raises:
        extractors.themes.helper.ModelError: That pipeline cannot be used.
    """
    from extractors.themes.tagger import tagger_for  # noqa: PLC0415 - spaCy takes a second to load

    return tagger_for(taxonomy, spacy_model).tag(answers)


def contradictions(
    answers: Sequence[Answer], mentions: Sequence[Mention], taxonomy: Taxonomy
) -> list[Problem]:
    """Returns a warning, coded `contradiction`, for each answer that its comment contradicts.

    Args:
        answers: Answers with their questions, codes and comments.
        mentions: What `tag` returned for them.
        taxonomy: The taxonomy that they were tagged with.

    Returns:
        Problems with the position of their answer; the message quotes the sentence as evidence.
    """
    from extractors.themes.contradiction import find_contradictions  # noqa: PLC0415

    return find_contradictions(answers, mentions, taxonomy)
