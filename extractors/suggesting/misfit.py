"""Explains why no form fits a report, by what the report itself contains."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from extractors.layout.tables.heads import key_of
from extractors.structure.fit import Fit
from extractors.suggesting.cues import builtin_cues
from extractors.suggesting.kinds import Kind, kinds_of
from extractors.suggesting.paragraphs import paragraphs_of
from extractors.suggesting.tables import grids_of
from extractors.suggesting.wording import counted, named, shortened
from extractors.suggesting.written import written_of
from models.document import Document

_MOST_PAGES = 100
"""Number of pages searched: a questionnaire's layout shows on the first ones."""
_MOST_KINDS = 4


def misfit(document: Document, fit: Fit) -> str:
    """Returns why no form fits: the report's own headers, and what the closest form lacks."""
    document = replace(document, pages=document.pages[:_MOST_PAGES])
    kinds = kinds_of([grids_of(document)])
    return f"No form fits. {_seen(document, kinds)} {_nearest(fit, kinds)}".rstrip()


def _seen(document: Document, kinds: Sequence[Kind]) -> str:
    if kinds:
        listed = "; ".join(map(named, kinds[:_MOST_KINDS]))
        more = f"; and {len(kinds) - _MOST_KINDS} more" if len(kinds) > _MOST_KINDS else ""
        return f"The report has tables with the column headers {listed}{more}."
    written = written_of(paragraphs_of(document), builtin_cues())
    if written:
        count = counted(len(written.questions), "question")
        example = shortened(written.questions[0][0])
        return f"The report has {count} outside tables, such as “{example}”."
    return "No table with column headers was found in the report, and no questions outside tables."


def _nearest(fit: Fit, kinds: Sequence[Kind]) -> str:
    """What the closest form lacks: its column headers that are over no column, if others are."""
    form = fit.form
    if not form.tables:
        return f"It has no questions written as the form “{form.id}” describes."
    seen = {key_of(head) for kind in kinds for head in kind.heads}
    heads = [*fit.found, *fit.missing]
    missing = [head for head in heads if head and key_of(head) not in seen]
    if kinds and len(missing) == len(heads):
        return ""
    if not missing:
        return f"The form “{form.id}” came closest, but its column headers are in another order."
    lacks = ", ".join(f"“{head}”" for head in missing)
    return f"The form “{form.id}” came closest, but the report lacks its column headers {lacks}."
