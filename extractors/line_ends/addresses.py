"""Lines that end with, or inside, a web or e-mail address."""

from __future__ import annotations

import re

from extractors.line_ends.joint import BLANK, DIVIDED, NOTHING, Joint, Seam
from extractors.line_ends.vocabulary import is_word

_ADDRESS = re.compile(r"(?:https?|ftp)://|www\.|\w@|(?:[\w-]{2,}\.)+[a-z]{2,6}/", re.IGNORECASE)
_ANOTHER = re.compile(r"(?:https?|ftp)://|www\.|[\w.+-]+@", re.IGNORECASE)
_CHARACTERS = re.compile(r"[a-z0-9._~:/?#\[\]@!$&'()*+,;=%-]+", re.IGNORECASE)
"""The characters of RFC 3986."""
_SIGNS = re.compile(r"[a-z0-9][/@=&?_%#~][a-z0-9]|\w\.\w|\d|[a-z]-[a-z]|[/=_-]$", re.IGNORECASE)
"""Characters that few ordinary words contain."""
_SURE_SIGNS = re.compile(r"[/@=&?_%#~]")
"""Those of them that no ordinary word contains."""
_DOMAIN = re.compile("se|nu|eu|com|org|net|info")
_REST = re.compile(rf"(?:{_DOMAIN.pattern})(?:[/:?#].*)?")
"""The last label of a host name and what can follow it in an address."""
_HOST = re.compile(rf"(?:[a-z0-9-]+\.)+{_REST.pattern}")
_REST_OF_FILE = re.compile(r"(?:pdf|html?|aspx?|php|docx?|xlsx?|pptx?)(?:[?#].*)?")
"""The extension of a file's name and what can follow it in an address."""
_WHOLE_HOST = re.compile(rf"\.(?:{_DOMAIN.pattern})\.$")
_LACKS_HOST = re.compile(r"@[a-z0-9-]+$", re.IGNORECASE)
_LETTER = re.compile("[a-z]", re.IGNORECASE)
_LATER_PART = re.compile(r"[_-]\w")
_GOES_ON = re.compile(r"[/?&#=].")
_LONGEST_OPENING = 300
"""Number of characters within which an address is recognisable as one."""
_LONG = 20
"""In characters. Hardly any column is narrower, so no shorter address is cut inside a name."""
_INSERTED = "\u2010\u00ad"
"""Hyphens that are never part of an address: inserted where a program divided it."""
_NEVER_LAST = frozenset("-_=&@%#~+")
_AFTER_SENTENCE = ".,;:!?)”\"'"


def ends_in_address(text: str) -> bool:
    """Whether the text after the last space is an address, or the beginning of one."""
    start = text.rfind(" ") + 1
    return _ADDRESS.search(text, start, start + _LONGEST_OPENING) is not None


def joint_in_address(token: str, following: str, *, may_be_cut: bool, is_plain: bool) -> Joint:
    """Returns how a line joins the next after an address.

    Args:
        token: The address, as far as it is on the line.
        following: The next line up to its first space.
        may_be_cut: Whether the line was full, so that the address may be cut anywhere.
        is_plain: Whether the next line continues with an ordinary word.
    """
    bare = following.rstrip(_AFTER_SENTENCE)
    last = token[-1]
    if last in _INSERTED:
        return DIVIDED
    if not bare or last in _NEVER_LAST or token.endswith("://"):
        return NOTHING  # without a letter, the next line closes the sentence
    if _ANOTHER.match(following) or _CHARACTERS.fullmatch(bare) is None:
        return BLANK
    looks_so = _SIGNS.search(bare) is not None
    if last == "/" and not looks_so:
        return BLANK if is_plain or bare[0].isupper() else Joint(Seam.NOTHING, sure=False)
    # No sentence opens with the lower-case letter of a host or an extension, or with the missing
    # last label of a host.
    goes_on = last == "." and (
        _HOST.fullmatch(bare) is not None
        or _REST_OF_FILE.fullmatch(bare) is not None
        or (_REST.fullmatch(bare) is not None and _WHOLE_HOST.search(token) is None)
    )
    goes_on |= _LACKS_HOST.search(token) is not None and _HOST.fullmatch(bare) is not None
    goes_on |= _cuts_domain(token, bare)
    if last == "/" or (last == "?" and "=" in bare) or _GOES_ON.match(following) or goes_on:
        return NOTHING
    is_cut = may_be_cut and not is_plain
    looks_so = looks_so or _closes(token, following)
    return _joint_within(token, bare, looks_so=looks_so) if is_cut else BLANK


def _cuts_domain(token: str, bare: str) -> bool:
    """Whether a line ends inside the last label of a host: "almhamn.s|e"."""
    part = token.rpartition(".")[2]
    is_cut = bool(part) and _DOMAIN.fullmatch(part) is None
    return is_cut and _DOMAIN.fullmatch(part + bare) is not None


def _joint_within(token: str, bare: str, *, looks_so: bool) -> Joint:
    """Returns how lines join where a program may have cut an address longer than a line."""
    last = token[-1]
    if (last == "." and _DOMAIN.fullmatch(bare)) or (last.isdigit() and bare.isdigit()):
        return Joint(Seam.NOTHING, sure=False)
    if last in _AFTER_SENTENCE:
        return _joint_after_sentence(token, bare)
    if looks_so and (bare[0].islower() or _LATER_PART.match(bare)):
        is_compound = "-" in bare and _SURE_SIGNS.search(bare) is None
        return Joint(Seam.NOTHING, sure=not (is_compound and is_word(bare.partition("-")[0])))
    if not _LETTER.search(bare) or bare[0].isupper():
        return BLANK
    return Joint(Seam.BLANK if is_word(bare) else Seam.NOTHING, sure=False)


def _joint_after_sentence(token: str, bare: str) -> Joint:
    """Returns how lines join after an address and punctuation that may end its sentence."""
    if not bare[0].islower():
        return BLANK
    if _SURE_SIGNS.search(bare):
        return NOTHING
    if token[-1] != "." or len(token) + len(bare) < _LONG:
        return BLANK
    return Joint(Seam.BLANK if is_word(bare) else Seam.NOTHING, sure=False)


def _closes(token: str, following: str) -> bool:
    """Whether a bracket opened before an address closes in the next line's first word."""
    return ("(" in token) > (")" in token) and ")" in following
