"""Where an answer and its comment say different things about the question's own matter.

Few and right: only yes and no are judged, and only where the comment speaks in the question's own
words. A yes is doubted where what the question asks for is first said not to be done. A no is
doubted where a sentence tells of that work, and the comment denies, plans and wishes nothing.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from spacy.matcher import PhraseMatcher
from spacy.tokens import Doc, Span

from extractors.themes.clean import clean
from extractors.themes.components import found_themes
from extractors.themes.sentences import sentence_starts
from extractors.themes.tagger import Tagger, tagger_for
from models.report import Answer, Assertion, Mention, Problem, Severity
from models.taxonomy import Taxonomy

_OPENING = 400
"""Characters at the start of a comment in which a yes is taken back or a no is belied."""

_DENIED = (Assertion.NEGATED, Assertion.ENDED)
_WORD = re.compile(r"\w+")
_FEWEST_WORDS = 2
_SHORTEST_WORD = 5


class Matter(NamedTuple):
    """What a question asks for: themes that a board works with, and the keys of other words."""

    themes: frozenset[str]
    keys: frozenset[str]


def find_contradictions(
    answers: Sequence[Answer], mentions: Sequence[Mention], taxonomy: Taxonomy
) -> list[Problem]:
    """Returns a warning for each answer that its comment contradicts.

    Args:
        answers: Answers with their questions, codes and comments.
        mentions: The themes in their comments, by position.
        taxonomy: The taxonomy that they were tagged with.

    Returns:
        Problems with the code `contradiction` and the position of their answer; the message holds
        the sentence that is the evidence.
    """
    judge = _judge_for(taxonomy.digest, tagger_for(taxonomy), taxonomy)
    own: dict[int, list[Mention]] = {}
    for mention in mentions:
        own.setdefault(mention.position, []).append(mention)
    problems: list[Problem] = []
    for answer in answers:
        if answer.comment and answer.code in ("yes", "no"):
            evidence = judge.evidence(answer, own.get(answer.position, []))
            if evidence:
                problems.append(_problem(answer, evidence))
    return problems


def _problem(answer: Answer, evidence: str) -> Problem:
    says = "is not done" if answer.code == "yes" else "is done"
    return Problem(
        Severity.WARNING,
        "contradiction",
        f"The answer is “{answer.answer}”, but the comment says that it {says}: “{evidence}”",
        position=answer.position,
        page=answer.page_first,
        line=answer.line_first,
        stage="themes",
        advice="Read the comment, and decide which of the two holds.",
    )


class _Judge:
    """Compares answers with their comments."""

    def __init__(self, tagger: Tagger, taxonomy: Taxonomy) -> None:
        self._tagger = tagger
        self._taxonomy = taxonomy
        self._done = PhraseMatcher(tagger.nlp.vocab, attr="LOWER")
        for phrase in taxonomy.done:
            self._done.add(phrase, [tagger.nlp.make_doc(phrase)])
        self._denials: dict[str, list[frozenset[str]]] = {}
        for cue in taxonomy.cues:
            words = _WORD.findall(cue.literal.casefold())
            if words and cue.category.lower() in _DENIED:
                self._denials.setdefault(words[0], []).append(frozenset(words))
        self._matter = lru_cache(maxsize=2000)(self._read_question)

    def evidence(self, answer: Answer, mentions: Sequence[Mention]) -> str:
        """Returns the sentence that belies an answer, or ""."""
        matter = self._matter(answer.question)
        if answer.code == "yes":
            return self._denied_theme(matter, mentions) or self._denied_words(matter, answer)
        if any(mention.assertion is not Assertion.AFFIRMED for mention in mentions):
            return ""
        return self._done_anyway(matter, answer)

    def _read_question(self, question: str) -> Matter:
        doc = self._tagger.nlp(clean(question).text)
        stop_words = self._tagger.nlp.Defaults.stop_words
        themes: set[str] = set()
        happening: set[int] = set()
        for found in found_themes(doc):
            if self._taxonomy.by_id[found.hit.pattern.theme].phenomenon:
                happening.update(range(found.hit.start, found.hit.end))
            else:
                themes.add(found.hit.pattern.theme)
        keys = {
            token.norm_
            for token in doc
            if token.i not in happening
            and len(token) >= _SHORTEST_WORD
            and token.is_alpha
            and token.lower_ not in stop_words
        }
        return Matter(frozenset(themes), frozenset(keys))

    @staticmethod
    def _denied_theme(matter: Matter, mentions: Sequence[Mention]) -> str:
        """The sentence where a theme of the question is named first, if it is denied there."""
        seen: set[str] = set()
        for mention in mentions:
            if mention.theme in matter.themes and mention.theme not in seen:
                seen.add(mention.theme)
                if mention.assertion in _DENIED:
                    return mention.sentence
        return ""

    def _denied_words(self, matter: Matter, answer: Answer) -> str:
        """The first sentence, if it denies at least two of the question's words."""
        opening = clean(answer.comment[:_OPENING].rstrip()).text
        if not self._may_deny(opening):
            return ""
        doc = self._tagger.doc(opening)
        for sentence in _sentences(doc)[:1]:
            words = [token for token in sentence if token.norm_ in matter.keys]
            if len({token.norm_ for token in words}) < _FEWEST_WORDS:
                continue
            judged = self._tagger.judge(doc, [(token.i, token.i + 1) for token in words])
            if sum(item.assertion in _DENIED for item in judged) >= _FEWEST_WORDS:
                return str(sentence.text)
        return ""

    def _may_deny(self, text: str) -> bool:
        """Whether a text has all words of any denying cue: a quick look before the slow one."""
        words = set(_WORD.findall(text.casefold()))
        return any(
            cue <= words for word in words & self._denials.keys() for cue in self._denials[word]
        )

    def _done_anyway(self, matter: Matter, answer: Answer) -> str:
        """A sentence that tells of the work asked for, in a comment that denies nothing."""
        doc = self._tagger.doc(clean(answer.comment).text)
        if not self._done(doc) or self._tagger.has_doubt(doc):
            return ""
        found_here = self._tagger.themes_of(doc)
        themes = {found.hit.start: found.hit.pattern.theme for found in found_here}
        for sentence in _sentences(doc):
            keys = {token.norm_ for token in sentence} & matter.keys
            named = any(themes.get(token.i) in matter.themes for token in sentence)
            if (named or len(keys) > _FEWEST_WORDS) and keys and self._done(sentence):
                return str(sentence.text)
        return ""


def _sentences(doc: Doc) -> list[Span]:
    return [doc[start:end] for start, end in pairwise([*sentence_starts(doc), len(doc)])]


_judges: dict[str, _Judge] = {}


def _judge_for(digest: str, tagger: Tagger, taxonomy: Taxonomy) -> _Judge:
    if digest not in _judges:
        _judges.clear()
        _judges[digest] = _Judge(tagger, taxonomy)
    return _judges[digest]
