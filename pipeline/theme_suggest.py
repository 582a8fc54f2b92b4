"""Finding what no theme covers in the comments: terms, acronyms with meanings, phrases.

A term is a word that is much more frequent in the comments than in general Swedish, whether or not
it is in the dictionary. Its keyness is the log-likelihood of Dunning (1993) against wordfreq's
frequencies. Text copied from comment to comment counts once, and a word that occurs under most
questions is administrative language rather than a theme.
"""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from typing import NamedTuple

from spacy.tokens import Doc, Token
from wordfreq import word_frequency

from extractors.themes.clean import clean
from extractors.themes.components import found_themes
from extractors.themes.tagger import Tagger
from pipeline.addresses import Place
from pipeline.checking.stored import read_rows

_SHORTEST_TERM = 5
_FEWEST_HITS = 2
_FEWEST_PHRASES = 3
_LEAST_BOUND = 0.4
_LEAST_RATIO = 8
"""Minimum ratio of a term's frequency in the comments to that in general Swedish."""
_RAREST = 1e-8
"""Frequency assumed for a word missing from wordfreq: its list ends there."""
_FOCUS = 3
"""Exponent that sets the weight of a term's occurring under few questions."""
_EXAMPLE = 120
_PARENTHESIS = re.compile(r"\(([^()\n]{2,80})\)")
_ACRONYM = re.compile(r"[A-ZÅÄÖ][A-ZÅÄÖa-zåäö-]{0,6}[A-ZÅÄÖ]")
_CAPITALS = re.compile(r"[A-ZÅÄÖ]{2,6}")
_WORD = re.compile(r"\w[\w-]*")


class Comment(NamedTuple):
    """A comment, the board that wrote it, and its question."""

    board: str
    text: str
    question: str = ""


@dataclass
class Suggestion:
    """A term, acronym or phrase that no theme covers.

    Attributes:
        kind: term, acronym or phrase.
        text: Its most frequent surface form; for an acronym, with its meaning.
        count: Number of occurrences in the comments.
        boards: The boards that use it.
        contexts: The words around it: copied text has a single context.
        questions: The questions it occurs under.
        keyness: How much more frequent it is in the comments than in general Swedish.
        forms: Number of occurrences by surface form.
        example: Text around one occurrence.
    """

    kind: str
    text: str = ""
    count: int = 0
    boards: set[str] = field(default_factory=set)
    contexts: set[tuple[str, str]] = field(default_factory=set)
    questions: set[str] = field(default_factory=set)
    keyness: float = 0.0
    forms: Counter[str] = field(default_factory=Counter)
    example: str = ""

    def add(self, surface: str, board: str, text: str, start: int) -> None:
        """Counts one occurrence."""
        self.count += 1
        self.boards.add(board)
        self.forms[surface] += 1
        self.text = self.forms.most_common(1)[0][0]
        if not self.example:
            self.example = _around(text, start, start + len(surface))


def read_comments(out: Place) -> list[Comment]:
    """Returns the comments of the datasets in a folder.

    Raises:
        NoDatasetsError: The folder has no datasets, or files that cannot be read.
    """
    reports = read_rows(out, "reports", columns=["report_id", "organisation", "source"])
    boards = {row["report_id"]: row["organisation"] or row["source"] for row in reports}
    answers = read_rows(out, "answers", columns=["report_id", "key", "comment"])
    return [
        Comment(boards.get(row["report_id"], row["report_id"]), row["comment"], row["key"])
        for row in answers
        if row["comment"]
    ]


def suggest(comments: Iterable[Comment], tagger: Tagger) -> list[Suggestion]:
    """Returns terms and phrases by descending keyness, acronyms by descending count."""
    found = _Collected(tagger)
    for comment in comments:
        found.read(comment)
    return [
        *_by_keyness(found.key_terms()),
        *_sorted(found.recurring_acronyms()),
        *_by_keyness(found.collocations()),
    ]


class _Collected:
    """Collects what no theme covers in comments."""

    def __init__(self, tagger: Tagger) -> None:
        self._tagger = tagger
        self._questions: set[str] = set()
        self._general = tagger.general_keys()
        self.terms: dict[str, Suggestion] = defaultdict(lambda: Suggestion("term"))
        self.acronyms: dict[str, Suggestion] = defaultdict(lambda: Suggestion("acronym"))
        self.phrases: dict[str, Suggestion] = defaultdict(lambda: Suggestion("phrase"))
        self.meanings: dict[str, str] = {}
        self.words: Counter[str] = Counter()

    def read(self, comment: Comment) -> None:
        """Counts what is in one comment."""
        text = clean(comment.text).text
        doc = self._tagger.nlp(text)
        covered = {t for found in found_themes(doc) for t in range(found.hit.start, found.hit.end)}
        self._questions.add(comment.question)
        for token in doc:
            if token.i in covered:
                continue
            if _is_acronym(token) and token.norm_ not in self._general:
                self.acronyms[token.text].add(token.text, comment.board, text, token.idx)
            elif _is_content(token):
                self.words[token.norm_] += 1
                if _is_term(token) and token.norm_ not in self._general:
                    term = self.terms[token.norm_]
                    term.add(token.text, comment.board, text, token.idx)
                    _place(term, token, token, comment)
        for first, second in _pairs(doc, covered):
            surface = text[first.idx : second.idx + len(second)]
            phrase = self.phrases[f"{first.norm_} {second.norm_}"]
            phrase.add(surface, comment.board, text, first.idx)
            _place(phrase, first, second, comment)
        for acronym, meaning, start in find_acronyms(text):
            self.meanings.setdefault(acronym, meaning)
            if not _CAPITALS.fullmatch(acronym) and not self._tagger.mentions(acronym):
                self.acronyms[acronym].add(acronym, comment.board, text, start)

    def key_terms(self) -> Iterator[Suggestion]:
        """Yields the terms that are much rarer in general Swedish, with their keyness."""
        total = sum(len(term.contexts) for term in self.terms.values())
        total += sum(self.words.values()) - sum(term.count for term in self.terms.values())
        for term in self.terms.values():
            count = len(term.contexts)
            expected = total * max(
                _RAREST, sum(word_frequency(form, "sv") for form in {*map(str.lower, term.forms)})
            )
            if count < _FEWEST_HITS or count < _LEAST_RATIO * expected:
                continue
            likelihood = 2 * (count * math.log(count / expected) - (count - expected))
            term.keyness = likelihood * self._focus(term) ** _FOCUS
            yield term

    def collocations(self) -> Iterator[Suggestion]:
        """Yields phrases whose words co-occur much more often than by chance, with keyness."""
        for phrase in _bound(self.phrases, self.words):
            phrase.keyness = len(phrase.contexts) * self._focus(phrase) ** _FOCUS
            yield phrase

    def recurring_acronyms(self) -> Iterator[Suggestion]:
        """Yields the acronyms given with a meaning, and those that occur more than once."""
        for text, acronym in self.acronyms.items():
            if text in self.meanings:
                acronym.text = f"{text} ({self.meanings[text]})"
            if text in self.meanings or acronym.count >= _FEWEST_HITS:
                yield acronym

    def _focus(self, term: Suggestion) -> float:
        """How concentrated a term is on few of the questions it could occur under, from 0 to 1."""
        possible = min(term.count, len(self._questions))
        if possible < 2:
            return 1.0
        return 1 - (len(term.questions) - 1) / possible


def find_acronyms(text: str) -> Iterator[tuple[str, str, int]]:
    """Yields acronyms with their meaning, in either order, and their place.

    The letters are matched from the right, after Schwartz and Hearst (2003); both `meaning (ACR)`
    and `ACR (meaning)` are searched for.
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
    """Whether an acronym covers all the words: by their initials, or by letters inside."""
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
    """Where the words that an acronym stands for begin, or None if they do not match."""
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


def _is_term(token: Token) -> bool:
    """Whether a word is neither a name inside a sentence nor an address."""
    return not (token.is_title and not token.is_sent_start) and not token.like_url


def _is_acronym(token: Token) -> bool:
    """Whether a word is in capitals, outside a line that is all capitals."""
    if not _CAPITALS.fullmatch(token.text):
        return False
    near = token.doc[max(0, token.i - 2) : token.i + 3]
    return sum(other.is_upper and len(other) > 1 for other in near) <= 2


def _pairs(doc: Doc, covered: set[int]) -> Iterator[tuple[Token, Token]]:
    """Adjacent content words of a sentence that no theme covers."""
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
    """Phrases whose words co-occur much more often than by chance (normalised PMI)."""
    total = sum(words.values())
    for key, phrase in phrases.items():
        if phrase.count < _FEWEST_PHRASES or len(phrase.contexts) < _FEWEST_HITS:
            continue
        first, second = key.split(" ", 1)
        together = phrase.count / total
        chance = words[first] * words[second] / total**2
        if math.log(together / chance) / -math.log(together) >= _LEAST_BOUND:
            yield phrase


def _place(item: Suggestion, first: Token, last: Token, comment: Comment) -> None:
    """Notes the question and the surrounding words of an occurrence."""
    doc = first.doc
    before = doc[first.i - 1].lower_ if first.i else ""
    after = doc[last.i + 1].lower_ if last.i + 1 < len(doc) else ""
    item.contexts.add((before, after))
    item.questions.add(comment.question)


def _by_keyness(suggestions: Iterable[Suggestion]) -> list[Suggestion]:
    return sorted(suggestions, key=lambda item: (-item.keyness, item.text))


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
