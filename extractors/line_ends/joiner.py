"""Line joining: line ends are resolved, nothing else is changed.

A line end becomes a space, with these exceptions. A hyphen there can divide a word, belong to it,
or stand for an omitted part ("vålds- och drogvanor"); a slash, a dash that touches the word before
it and an address continue without a space. What the report does not show is decided as in most
reports, and marked as unsure.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cached_property

from extractors.layout.blocks import Cell, Paragraph
from extractors.layout.dumps.letters import sans
from extractors.line_ends.addresses import ends_in_address, joint_in_address
from extractors.line_ends.cut_words import cuts_address, joint_in_cut_word
from extractors.line_ends.hyphens import (
    joint_before_conjunction,
    joint_beside_sign,
    joint_in_word,
)
from extractors.line_ends.joint import BLANK, DIVIDED, NOTHING, Joint, Seam
from extractors.line_ends.vocabulary import Vocabulary, is_word
from extractors.text import collapse

_SOFT_HYPHEN = "\u00ad"
_HYPHENS = "-\u2010\u2011"
_DASHES = "\u2013\u2014"
_OPENING = "(["
_CLOSING = ".,;:!?)”\"'"
_SENTENCE_ENDS = ".!?"
_ENDS = frozenset(_HYPHENS + _DASHES + _SOFT_HYPHEN + "/" + _OPENING)
_FIRST_WORD = re.compile(r"[^\W_]+")
_LAST_WORD = re.compile(r"[\w\u2010\u2011-]*$")
_OFTEN = 3
_FULL = 0.88
"""A word with at least this share of the widest line's width may be too wide for a line."""
_SURELY = 0.6
"""A word with a smaller share of the longest line's letters is not too wide."""
_GOES_ON = re.compile(r"[-._]\w")
_CLOSES = re.compile(r"[.,;:!?)\]](?:\s|$)")
"""What a line opens with only if a word was cut before it."""


def reads_on(text: str) -> bool:
    """Whether a line breaks off inside a word, an address or a pair of words: "och/", "2024-"."""
    return text[-1:] in _ENDS and bool(text[-2:-1].strip())


class _Widths:
    """How wide the lines of a paragraph are, in letters of usual width of the most common font."""

    def __init__(self, lines: Sequence[str]) -> None:
        self._lines = lines
        self._most = max(map(len, lines), default=0)

    def may_be_cut(self, token: str, line: str) -> bool:
        """Whether a line's last word and the next word may be one that is wider than a line."""
        if not (
            line[0].islower() or line[0] in ":/@" or (line[0] in "-._" and line[1:2].isalnum())
        ):
            return False
        return self.exceed(token + line.partition(" ")[0])

    def exceed(self, word: str) -> bool:
        """Whether a word is wider than about every line."""
        return len(word) >= _SURELY * self._most and sans()(word) >= _FULL * self._widest

    def room(self, line: str) -> float:
        """Returns how much wider the widest line is."""
        return self._widest - sans()(line)

    @cached_property
    def _widest(self) -> float:
        return max(map(sans(), self._lines), default=0.0)


class LineJoiner:
    """Joins the lines of one document into running text.

    Args:
        lines: All lines of the document, as evidence of how its words are written.
        conjunctions: Words before which a hyphen is suspended ("och", "eller"), case-folded.
        kept_hyphens: Words whose hyphen belongs to the compound ("e", "it"), case-folded.
    """

    def __init__(
        self,
        lines: Iterable[str],
        conjunctions: Iterable[str],
        kept_hyphens: Iterable[str] = (),
    ) -> None:
        self._conjunctions = frozenset(conjunctions)
        self._kept_hyphens = frozenset(kept_hyphens)
        self._vocabulary = Vocabulary(lines)
        self._joined: dict[tuple[str, ...], tuple[str, bool]] = {}

    def paragraph(self, paragraph: Paragraph) -> str:
        """Returns the text of a paragraph."""
        return self.join([piece.text for piece in paragraph])

    def cell(self, cell: Cell) -> str:
        """Returns the text of a cell: paragraphs separated by a blank line."""
        return "\n\n".join(filter(None, map(self.paragraph, cell)))

    def is_sure(self, cell: Cell) -> bool:
        """Whether the report shows how all lines of a cell's paragraphs join."""
        return all(self._known([piece.text for piece in paragraph])[1] for paragraph in cell)

    def join(self, lines: Sequence[str]) -> str:
        """Returns lines as one line of text."""
        return self._known(lines)[0]

    def _known(self, lines: Sequence[str]) -> tuple[str, bool]:
        """Returns the text of lines, cached, and whether the report shows how they join."""
        key = tuple(lines)
        found = self._joined.get(key)
        if found is None:
            text, joints = self._join(key)
            found = self._joined[key] = text, all(joint.sure for joint in joints)
        return found

    def _join(self, lines: Sequence[str]) -> tuple[str, list[Joint]]:
        """Returns the text of lines, and the joints that had to be examined."""
        own = [line for line in map(collapse, lines) if line]
        parted: list[str] = []  # lines followed by a space
        text = own[0] if own else ""  # the text before the next line
        joints: list[Joint] = []
        cut_at = -1  # index of the line that begins inside a word
        widths = _Widths(own)
        for at, line in enumerate(own[1:], 1):
            ends_plainly = text[-1] not in _ENDS and not ends_in_address(text)
            if _CLOSES.match(line):
                text += line
                continue
            if ends_plainly and not widths.may_be_cut(text[text.rfind(" ") + 1 :], line):
                parted.append(text)
                text = line
                continue
            is_word = " " not in own[at - 1]
            room = widths.room(own[at - 1]) if is_word and ends_plainly else None
            joint = self._joint(text, line, widths, room, cut_before=is_word and cut_at == at - 1)
            joints.append(joint)
            if joint is NOTHING and ends_plainly:
                cut_at = at
            if joint.seam is Seam.BLANK:
                parted.append(text)
                text = line
            else:
                text = (text[:-1] if joint.seam is Seam.DIVIDED else text) + line
        return " ".join((*parted, text)), joints

    def _joint(
        self, text: str, line: str, widths: _Widths, room: float | None, *, cut_before: bool
    ) -> Joint:
        """Returns how a line joins the text before it.

        Args:
            text: The text before the line.
            line: The line.
            widths: How wide the lines of the paragraph are.
            room: How much wider the widest line is than the line above, if this is a single word.
            cut_before: Whether the line above is just the middle of a word.
        """
        token, following = text[text.rfind(" ") + 1 :], line.partition(" ")[0]
        if text[-1] in _OPENING or cuts_address(token, following):
            return NOTHING
        if ends_in_address(text):
            return self._at_address(token, line, widths)
        if text[-1] in _ENDS:
            return self._at_sign(text, line)
        return joint_in_cut_word(
            token, following, self._vocabulary, room=room, cut_before=cut_before
        )

    def _at_address(self, token: str, line: str, widths: _Widths) -> Joint:
        """Returns how a line joins the address before it."""
        following = line.partition(" ")[0]
        if token[-1] == "-":
            return self._at_hyphen_in_address(token, following)
        # A word shorter than a line is not cut, but moved to the next line as a whole.
        cut = widths.exceed(token + following)
        whole = (token + following).lstrip(_OPENING).rstrip(_CLOSING)
        if cut and self._vocabulary.has_address(whole):
            return NOTHING
        plain = self._opens(line) or (token[-1] != "/" and self._is_plain(following))
        return joint_in_address(token, following, may_be_cut=cut, is_plain=plain)

    def _at_hyphen_in_address(self, token: str, following: str) -> Joint:
        """Returns how lines join at a hyphen that belongs to an address or divides a word in it."""
        head, rest = token.lstrip(_OPENING), following.rstrip(_CLOSING)
        if self._vocabulary.has_address(head + rest):
            return NOTHING
        if self._vocabulary.has_address(head[:-1] + rest):
            return DIVIDED
        divided = self._vocabulary.divides and is_word(head[:-1] + rest.partition("@")[0])
        return Joint(Seam.DIVIDED if divided else Seam.NOTHING, sure=not self._vocabulary.divides)

    def _at_sign(self, text: str, line: str) -> Joint:
        """Returns how lines join after a hyphen, a dash or a slash."""
        last = text[-1]
        if not text[-2:-1].strip():
            return BLANK
        if last == "-" and "@" in (following := line.partition(" ")[0]):
            return self._at_hyphen_in_address(text[text.rfind(" ") + 1 :], following)
        if last in _HYPHENS:
            return self._at_hyphen(text, line)
        if not line[0].isalnum() or (last in _DASHES and self._opens(line)):
            return BLANK
        return DIVIDED if last == _SOFT_HYPHEN else NOTHING

    def _is_plain(self, word: str) -> bool:
        """Whether a word is frequent enough in the report not to be a fragment of something cut."""
        bare = word.rstrip(_CLOSING).casefold()
        return bare.isalpha() and self._vocabulary.count(bare) >= _OFTEN

    def _opens(self, line: str) -> bool:
        """Whether a line opens with a conjunction."""
        word = _FIRST_WORD.match(line)
        return (
            word is not None
            and word.group().casefold() in self._conjunctions
            and line[word.end() : word.end() + 1] not in {"-", "."}
        )

    def _at_hyphen(self, text: str, line: str) -> Joint:
        """Returns how lines join at a hyphen that touches the text before it."""
        first = _FIRST_WORD.match(line)
        if first is None:
            return NOTHING if line[0] in _HYPHENS and line[1:2].isalnum() else BLANK
        found = _LAST_WORD.search(text, text.rfind(" ") + 1, len(text) - 1)
        head, tail = found.group() if found else "", first.group()
        if text[-1] in self._vocabulary.inserted:
            return DIVIDED
        if self._opens(line):
            return joint_before_conjunction(head, tail, self._vocabulary) if head else BLANK
        if text[-2] in _HYPHENS:
            return NOTHING
        if head[-1:].islower() and tail[0].islower():
            in_phrase = (
                line[first.end() :][:1] in _HYPHENS and line[first.end() + 1 :][:1].isalpha()
            )
            return joint_in_word(
                head, tail, self._vocabulary, self._kept_hyphens, in_phrase=in_phrase
            )
        ends_sentence = text[-2] in _SENTENCE_ENDS and tail[0].isupper()
        # After a sentence it neither divides a word nor belongs to one.
        not_of_word = Joint(Seam.BLANK, sure=False)
        return not_of_word if ends_sentence else joint_beside_sign(head, tail, self._vocabulary)
