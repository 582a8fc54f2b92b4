"""Line-end hyphens: they divide a word, belong to it, or are suspended hyphens."""

from __future__ import annotations

from collections.abc import Set

from extractors.line_ends.joint import BLANK, DIVIDED, NOTHING, Joint, Seam
from extractors.line_ends.vocabulary import Vocabulary, has_vowel, is_compound, is_word

_ENDING = 3
"""Maximum letters of an inflectional ending: "ing-|en"."""


def joint_before_conjunction(head: str, tail: str, vocabulary: Vocabulary) -> Joint:
    """Returns how lines join before a word that is or ends like a conjunction.

    The hyphen is suspended ("barn-|och ungdomsfrågor") unless both form a word: "gemen-|samt".

    Args:
        head: The word before the hyphen.
        tail: The first word of the next line.
        vocabulary: The words of the report.
    """
    if vocabulary.count(head + tail):
        return DIVIDED
    if not head.islower() or vocabulary.divides is False or not is_word(head + tail):
        return BLANK
    return Joint(Seam.DIVIDED, sure=bool(vocabulary.divides) and not is_word(head))


def joint_beside_sign(head: str, tail: str, vocabulary: Vocabulary) -> Joint:
    """Returns how lines join at a hyphen next to a capital or a digit, where it is mostly kept."""
    if not head[-1:].isalpha():
        return NOTHING
    joined, kept = vocabulary.count(head + tail), vocabulary.count(f"{head}-{tail}")
    if joined > kept:
        return DIVIDED
    # "Ung-|Sydväst": in a report that divides words, a name can be one of them.
    is_open = head[-1].islower() and tail[0].isupper() and not kept and bool(vocabulary.divides)
    return Joint(Seam.NOTHING, sure=not is_open)


def joint_in_word(
    head: str, tail: str, vocabulary: Vocabulary, kept_hyphens: Set[str], *, in_phrase: bool = False
) -> Joint:
    """Returns how lines join at a hyphen between two lower-case letters.

    The report itself decides first: by how it writes this word elsewhere, then by whether it
    divides words at all. Swedish compounds are written as one word, so in a report that divides
    words an unexplained word is taken as a divided one.

    Args:
        head: The word before the hyphen; it can have hyphens of its own.
        tail: The first word of the next line.
        vocabulary: The words of the report.
        kept_hyphens: Words whose hyphen belongs to the compound ("it-stöd"), case-folded.
        in_phrase: Whether another hyphen follows the first word of the next line: "drop-|in-stöd".
    """
    joined, kept = vocabulary.count(head + tail), vocabulary.count(f"{head}-{tail}")
    if joined or kept:
        return Joint(Seam.DIVIDED if joined >= kept else Seam.NOTHING, sure=joined != kept)
    part = head.rpartition("-")[2]
    if len(part) == 1 or not has_vowel(part) or not has_vowel(tail):
        return NOTHING  # no word can be divided there
    is_whole = is_word(part + tail) or is_compound(part + tail, but=len(part))
    is_kept = part.casefold() in kept_hyphens
    if vocabulary.divides is False:
        return _joint_in_undivided(part, tail, vocabulary, is_whole=is_whole, is_kept=is_kept)
    if is_word(tail) and (in_phrase or (part != head and is_word(part))):
        return Joint(Seam.NOTHING, sure=False)
    if is_whole or is_kept:
        return DIVIDED if is_whole else NOTHING
    return _joint_in_unknown_word(part, tail, vocabulary)


def _joint_in_undivided(
    part: str, tail: str, vocabulary: Vocabulary, *, is_whole: bool, is_kept: bool
) -> Joint:
    """Returns how lines join in a report whose line-end hyphens were all typed by the writer."""
    is_rest = not _is_head(tail) and not (is_kept or vocabulary.hyphenates(part))
    if is_rest and (is_whole or not _is_head(part)):
        return Joint(Seam.DIVIDED, sure=is_whole)  # what follows is not a word: "of-|fentligt"
    is_compounded = is_word(tail) and len(tail) > _ENDING and _is_head(part)
    return Joint(Seam.NOTHING, sure=is_kept or not is_whole or is_compounded)


def _joint_in_unknown_word(part: str, tail: str, vocabulary: Vocabulary) -> Joint:
    """Returns how lines join in a word that is neither in the report nor in the word list."""
    if part[0].isupper() and is_word(tail) and len(tail) > _ENDING and not _is_head(part):
        return Joint(Seam.NOTHING, sure=False)  # "Stratsys-rapporter"
    is_name = not part[1:].islower()  # "UngSydväst-samarbetet"
    stands_alone = vocabulary.count(part) > 0
    if is_name or vocabulary.hyphenates(part) or (stands_alone and not _is_head(part)):
        return Joint(Seam.NOTHING, sure=is_name and stands_alone)
    return Joint(Seam.DIVIDED, sure=bool(vocabulary.divides))


def _is_head(word: str) -> bool:
    return is_word(word) or is_compound(word)
