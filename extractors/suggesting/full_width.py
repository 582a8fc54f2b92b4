"""Full-width rows of a single cell: section headings, comments, or plain text."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass

from extractors.suggesting.cues import Cues, matches
from extractors.suggesting.grids import is_full_width
from extractors.suggesting.kinds import Kind

_LABEL = re.compile(r"(?P<label>[^\W\d][^:.?\n]{1,40}?)\s*:")
_SECTION_LENGTH = 90
_MOST = 0.6
_FEWEST = 2


@dataclass(frozen=True)
class FullWidthRows:
    """The full-width rows of a kind of table.

    Attributes:
        holds: `section`, `comment` or `text`, like `full_width_rows` of a form's table.
        labels: Labels that they open with.
        count: Number of them.
        example: The first of them.
    """

    holds: str = "text"
    labels: tuple[str, ...] = ()
    count: int = 0
    example: str = ""


def full_width_rows(kind: Kind, cues: Cues) -> FullWidthRows:
    """Returns the full-width rows of a kind of table, and what they seem to be."""
    wide = [at for at, row in enumerate(kind.rows) if is_full_width(row, kind.width)]
    texts = [kind.rows[at].cells[0].line for at in wide]
    if len(texts) < _FEWEST:
        return FullWidthRows(count=len(texts), example=texts[0] if texts else "")
    opened = Counter(match["label"] for text in texts if (match := _LABEL.match(text)))
    labels = tuple(label for label, count in opened.items() if count >= _FEWEST)
    labelled = sum(opened[label] for label in labels)
    if labelled >= _MOST * len(texts):
        return FullWidthRows("comment", labels, len(texts), texts[0])
    comments = tuple(label for label in labels if matches(label, cues.labels["comment"]))
    short = sum(len(text) <= _SECTION_LENGTH for text in texts) >= _MOST * len(texts)
    stands_out = sum(_stands_out(kind, at) for at in wide) >= _MOST * len(texts)
    follow = sum(at == 0 or at - 1 in wide for at in wide)
    if short and (stands_out or follow):
        return FullWidthRows("section", comments, len(texts), texts[0])
    if len(texts) >= 0.3 * (len(kind.rows) - len(texts)) and not follow:
        return FullWidthRows("comment", comments, len(texts), texts[0])
    return FullWidthRows("section" if short else "text", comments, len(texts), texts[0])


def _stands_out(kind: Kind, at: int) -> bool:
    cell = kind.rows[at].cells[0]
    return cell.bold or cell.shaded
