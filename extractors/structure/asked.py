"""Which paragraphs outside tables are questions: by label, reference, heading, mark or text."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Collection, Sequence
from functools import lru_cache, partial
from itertools import groupby, pairwise
from typing import NamedTuple

from extractors.layout.blocks import Block, Paragraph, Piece, TextBlock
from extractors.structure.headings import Candidate, choose
from extractors.structure.unnumbered import headings_of
from extractors.text import fold
from models.document import Document
from models.form import Form
from models.form_structure import AskedBy
from models.references import COLONS, is_letter, numbers_of, pattern_of

_LIKELY = 10.0
_LONGEST = 400
_NEAR = 4
_ASKS = re.compile(r"\?(?:\s*\([^()]*\))?$")
_NO_LETTER = re.compile(r"[\W_]+")


class Labelled(NamedTuple):
    """A paragraph that opens with a label: the label's pieces, and the rest."""

    label: Paragraph
    rest: Paragraph


def labelled(paragraph: Paragraph, phrases: Sequence[str]) -> Labelled | None:
    """Returns the label that opens a paragraph: before a colon, or alone on its line."""
    if not phrases:
        return None
    text = " ".join(piece.text for piece in paragraph)
    match = _labels(tuple(phrases)).match(text)
    if match is None:
        return None
    if not match["colon"] and not _ends_a_line(paragraph, match.end()):
        return None
    return Labelled(*_split(paragraph, match.end()))


@lru_cache(maxsize=64)
def _labels(phrases: tuple[str, ...]) -> re.Pattern[str]:
    ordered = sorted((phrase.rstrip(": ") for phrase in phrases), key=len, reverse=True)
    words = "|".join(r"\s+".join(map(re.escape, phrase.split())) for phrase in ordered)
    return re.compile(rf"(?:{words})(?!\w)\s*(?P<colon>:?)", re.IGNORECASE)


def _ends_a_line(paragraph: Paragraph, length: int) -> bool:
    """Whether the first `length` characters of a paragraph end where one of its lines ends."""
    total = 0
    for piece, below in pairwise((*paragraph, None)):
        assert piece is not None
        total += len(piece.text)
        if total == length:
            return below is None or below.line.number != piece.line.number or _broken(piece, below)
        total += 1
    return False


def _broken(piece: Piece, below: Piece) -> bool:
    return "\n" in piece.line.text[piece.end : below.start]


def _split(paragraph: Paragraph, length: int) -> tuple[Paragraph, Paragraph]:
    """Splits a paragraph after `length` characters of its pieces joined with spaces."""
    label: list[Piece] = []
    rest: list[Piece] = []
    at = 0
    for piece in paragraph:
        size = len(piece.text)
        own = min(max(length - at, 0), size)
        at += size + 1
        if own:
            label.append(piece._replace(end=piece.start + len(piece.text[:own].rstrip())))
        after = piece.text[own:]
        if after.strip():
            rest.append(piece._replace(start=piece.end - len(after.lstrip())))
    return tuple(label), tuple(rest)


def reference_at(paragraph: Paragraph, form: Form) -> Piece | None:
    """Returns the reference that opens a question, without the sign after it."""
    first = paragraph[0]
    match = _reference(form).match(first.text)
    if match is None:
        return None
    ref = match["ref"].rstrip(".):")
    start = first.start + match.start("ref")
    return first._replace(start=start, end=start + len(ref))


@lru_cache(maxsize=16)
def _reference(form: Form) -> re.Pattern[str]:
    """Matches the reference that opens a question, after the form's words for it if it has any."""
    number = pattern_of(form.reference_looks) if form.reference_looks else COLONS
    words = [
        r"\s+".join(map(re.escape, before.split()))
        for before in (reference.split("{ref}")[0] for reference in form.references)
        if before.strip()
    ]
    opening = rf"(?:(?:{'|'.join(words)})\s*)?" if words else ""
    return re.compile(rf"{opening}(?P<ref>{number})", re.IGNORECASE)


def asked_at(blocks: Sequence[Block], document: Document, form: Form) -> set[int]:
    """Returns which blocks begin a question outside tables."""
    outside = form.outside_tables
    if outside is None:
        return set()
    texts = {
        at: block.paragraph
        for at, block in enumerate(blocks)
        if isinstance(block, TextBlock) and not (block.is_footnote or block.opens_section)
    }
    found: set[int] = set()
    for kind in outside.questions:
        match kind:
            case AskedBy.LABEL:
                found |= {at for at, own in texts.items() if labelled(own, form.labels.question)}
            case AskedBy.REFERENCE:
                found |= _by_reference(blocks, texts, document, form)
            case AskedBy.HEADING:
                levels = headings_of(blocks, document, texts)
                found |= {
                    at
                    for at, level in levels.items()
                    if level in outside.levels
                    or (not outside.levels and not form.sections.opens_section(level))
                }
            case AskedBy.QUESTION_MARK:
                found |= {at for at, own in texts.items() if _asks(own)}
            case AskedBy.KNOWN:
                known = [_letters(own.question) for own in form.questions]
                found |= {
                    at for at, own in texts.items() if _letters(_text(own)).startswith(tuple(known))
                }
    return found


def _by_reference(
    blocks: Sequence[Block], texts: dict[int, Paragraph], document: Document, form: Form
) -> set[int]:
    """Returns the paragraphs that open with references in ascending order.

    A comment can contain a numbered list of its own, so only the longest chain in each section
    counts, and what is followed by an answer line.
    """
    pattern = _reference(form)
    refs = {at: match["ref"] for at, own in texts.items() if (match := pattern.match(own[0].text))}
    sure = {at for at in refs if _is_answered(at, refs, texts, form)}
    if not all(ref[:1].isdigit() or is_letter(ref) for ref in refs.values()):
        return set(refs)
    headings = {
        at
        for at, level in headings_of(blocks, document, texts).items()
        if at not in refs and form.sections.opens_section(level)
    }
    figures = {at: ref for at, ref in refs.items() if not is_letter(ref)}
    letters = {at: ref for at, ref in refs.items() if is_letter(ref)}
    parted = ((figures, sorted(headings)), (letters, sorted(headings | {*figures})))
    kept = {
        at
        for own, ends in parted
        for _, stretch in groupby(sorted(own), key=partial(bisect_left, ends))
        for at in _counting_up({at: own[at] for at in stretch}, sure)
    }
    return kept | sure


def _counting_up(refs: dict[int, str], sure: Collection[int]) -> list[int]:
    """Returns the indices of the most likely ascending chain of references."""
    candidates = [
        Candidate(at, numbers_of(ref), _LIKELY * (1 + (at in sure))) for at, ref in refs.items()
    ]
    return [candidate.index for candidate in choose(candidates)]


def _is_answered(at: int, refs: Collection[int], texts: dict[int, Paragraph], form: Form) -> bool:
    """Whether an answer line follows a paragraph, before the next that opens with a reference."""
    for below in range(at + 1, at + 1 + _NEAR):
        if below in refs:
            return False
        if below in texts and labelled(texts[below], form.labels.answer):
            return True
    return False


def _asks(paragraph: Paragraph) -> bool:
    text = _text(paragraph)
    return len(text) <= _LONGEST and _ASKS.search(text) is not None


def _text(paragraph: Paragraph) -> str:
    return " ".join(piece.text for piece in paragraph)


def _letters(text: str) -> str:
    return _NO_LETTER.sub("", fold(text))
