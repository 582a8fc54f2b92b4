"""What the comments hold that no theme covers: new terms, acronyms with their meaning, phrases."""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

import simplemma
from spacy.tokens import Doc, Token

from extractors.themes.clean import clean
from extractors.themes.components import found_themes
from extractors.themes.tagger import Tagger
from pipeline.checking.stored import read_rows

_SHORTEST_TERM = 5
_FEWEST_HITS = 2
_FEWEST_PHRASES = 3
_LEAST_BOUND = 0.4
_EXAMPLE = 120
_PARENTHESIS = re.compile(r"\(([^()\n]{2,80})\)")
_ACRONYM = re.compile(r"[A-ZÅÄÖ][A-ZÅÄÖa-zåäö-]{0,6}[A-ZÅÄÖ]")
_WORD = re.compile(r"\w[\w-]*")


class Comment(NamedTuple):
    """A comment, and the board that wrote it."""

    board: str
    text: str


@dataclass
class Suggestion:
    """A term, acronym or phrase that no theme covers.

    Attributes:
        kind: term, acronym or phrase.
        text: Its most frequent surface form; for an acronym with its meaning.
        count: How often it stands in the comments.
        boards: The boards that use it.
        forms: How often each surface form stands there.
        example: Some text around one of them.
    """

    kind: str
    text: str = ""
    count: int = 0
    boards: set[str] = field(default_factory=set)
    forms: Counter[str] = field(default_factory=Counter)
    example: str = ""

    def add(self, surface: str, board: str, text: str, start: int) -> None:
        """Counts one place where it stands."""
        self.count += 1
        self.boards.add(board)
        self.forms[surface] += 1
        self.text = self.forms.most_common(1)[0][0]
        if not self.example:
            self.example = _around(text, start, start + len(surface))


def read_comments(folder: Path) -> list[Comment]:
    """Returns the comments of the datasets in a folder.

    Raises:
        NoDatasetsError: The folder holds no datasets, or files that cannot be read.
    """
    reports = read_rows(folder, "reports", columns=["report_id", "organisation", "source"])
    boards = {row["report_id"]: row["organisation"] or row["source"] for row in reports}
    answers = read_rows(folder, "answers", columns=["report_id", "comment"])
    return [
        Comment(boards.get(row["report_id"], row["report_id"]), row["comment"])
        for row in answers
        if row["comment"]
    ]


def suggest(comments: Iterable[Comment], tagger: Tagger) -> list[Suggestion]:
    """Returns terms, acronyms and phrases that no theme covers, each kind by falling count."""
    terms: dict[str, Suggestion] = defaultdict(lambda: Suggestion("term"))
    acronyms: dict[str, Suggestion] = defaultdict(lambda: Suggestion("acronym"))
    phrases: dict[str, Suggestion] = defaultdict(lambda: Suggestion("phrase"))
    words: Counter[str] = Counter()
    for comment in comments:
        text = clean(comment.text).text
        doc = tagger.nlp(text)
        covered = {t for found in found_themes(doc) for t in range(found.hit.start, found.hit.end)}
        for token in doc:
            if token.i not in covered and _is_content(token):
                words[token.norm_] += 1
                if _is_new(token):
                    terms[token.norm_].add(token.text, comment.board, text, token.idx)
        for first, second in _pairs(doc, covered):
            surface = text[first.idx : second.idx + len(second)]
            key = f"{first.norm_} {second.norm_}"
            phrases[key].add(surface, comment.board, text, first.idx)
        for acronym, meaning, start in find_acronyms(text):
            if not any(mention.theme for mention in tagger.mentions(acronym)):
                acronyms[acronym].add(f"{acronym} ({meaning})", comment.board, text, start)
    return [
        *_sorted(item for item in terms.values() if item.count >= _FEWEST_HITS),
        *_sorted(acronyms.values()),
        *_sorted(_bound(phrases, words)),
    ]


def find_acronyms(text: str) -> Iterator[tuple[str, str, int]]:
    """Yields acronyms with their meaning, which stand in either order, and their place.

    The letters are matched from the right, after Schwartz and Hearst (2003); both `meaning (ACR)`
    and `ACR (meaning)` are looked for.
    """
    for match in _PARENTHESIS.finditer(text):
        inside = match.group(1).strip()
        before = list(_WORD.finditer(text, max(0, match.start() - 100), match.start()))
        if not before or text[before[-1].end() : match.start()].strip():
            continue
        if _ACRONYM.fullmatch(inside):
            most = min(len(inside) + 5, 2 * len(inside))
            window = before[-most:]
            start = _meaning_start(inside, text, window)
            if start is not None:
                yield inside, text[start : match.start()].strip(), start
            continue
        acronym = before[-1].group().partition("-")[0]
        words = list(_WORD.finditer(inside))
        if words and _ACRONYM.fullmatch(acronym) and _stands_for(acronym, inside, words):
            yield acronym, inside, before[-1].start()


def _stands_for(acronym: str, text: str, words: list[re.Match[str]]) -> bool:
    """Whether an acronym stands for all of some words: by their initials, or by letters inside."""
    long_words = [word for word in words if word.end() - word.start() >= _SHORTEST_TERM]
    if any(text[word.start()].lower() not in acronym.lower() for word in long_words):
        return False
    initials = iter(text[word.start()].lower() for word in words)
    if text[words[0].start()].lower() == acronym[0].lower() and all(
        letter in initials for letter in acronym.lower()
    ):
        return True
    return _meaning_start(acronym, text, words) == words[0].start()


def _meaning_start(acronym: str, text: str, words: list[re.Match[str]]) -> int | None:
    """Where the words begin that an acronym stands for, or None where they do not."""
    letters = [letter.lower() for letter in acronym if letter.isalnum()]
    place = words[-1].end()
    starts = {word.start() for word in words}
    for number, letter in reversed(list(enumerate(letters))):
        place -= 1
        while place >= words[0].start() and (
            text[place].lower() != letter or (number == 0 and place not in starts)
        ):
            place -= 1
        if place < words[0].start():
            return None
    return place


def _is_content(token: Token) -> bool:
    return token.is_alpha and len(token) >= _SHORTEST_TERM and not token.is_stop


def _is_new(token: Token) -> bool:
    """Whether the dictionary does not know a word, and it is no name inside a sentence."""
    if token.is_title and not token.is_sent_start:
        return False
    return not simplemma.is_known(token.lower_, "sv") and not token.like_url


def _pairs(doc: Doc, covered: set[int]) -> Iterator[tuple[Token, Token]]:
    """Neighbouring content words of a sentence that no theme covers."""
    for first, second in pairwise(doc):
        if (
            _is_content(first)
            and _is_content(second)
            and not second.is_sent_start
            and not (first.is_title and second.is_title)
            and first.i not in covered
            and second.i not in covered
        ):
            yield first, second


def _bound(phrases: dict[str, Suggestion], words: Counter[str]) -> Iterator[Suggestion]:
    """Phrases whose words stand together much more often than by chance (normalised PMI)."""
    total = sum(words.values())
    for key, phrase in phrases.items():
        if phrase.count < _FEWEST_PHRASES:
            continue
        first, second = key.split(" ", 1)
        together = phrase.count / total
        chance = words[first] * words[second] / total**2
        if math.log(together / chance) / -math.log(together) >= _LEAST_BOUND:
            yield phrase


def _sorted(suggestions: Iterable[Suggestion]) -> list[Suggestion]:
    return sorted(suggestions, key=lambda item: (-len(item.boards), -item.count, item.text))


def _around(text: str, start: int, end: int) -> str:
    """The words around a place, on one line."""
    first = max(0, start - _EXAMPLE // 2)
    last = min(len(text), end + _EXAMPLE // 2)
    if first:
        first = text.find(" ", first) + 1 or first
    if last < len(text):
        last = max(end, text.rfind(" ", start, last))
    return " ".join(text[first:last].split())
