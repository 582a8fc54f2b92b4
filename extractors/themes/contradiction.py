"""Answers that their own comment contradicts.

Tuned for precision: only yes and no are judged, and only if the comment is about what the question
asks for. A yes is doubted if the first thing said about that is that it does not exist or is not
done; a no, if a sentence says that it is; both, if the comment opens with another answer.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from spacy.tokens import Doc, Span, Token

from extractors.themes.bearing import Target
from extractors.themes.clean import clean
from extractors.themes.components import found_themes
from extractors.themes.context import ContextRules
from extractors.themes.sentences import sentence_starts
from extractors.themes.tagger import Tagger, tagger_for
from models.report import Answer, Assertion, Mention, Problem, Severity
from models.taxonomy import Kind, Taxonomy

_OPENING = 400
"""Number of characters at the start of a comment in which a yes can be retracted."""

_DENIED = (Assertion.NEGATED, Assertion.ENDED)
_SHORTEST_WORD = 5
_SAME_STEM = 6
"""Minimum number of initial letters shared by words of one stem: `utbildats`, `utbildning`."""


class Matter(NamedTuple):
    """What a question asks for: its themes, and the match keys of its other words."""

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
        Problems with the code `contradiction` and the position of their answer; the message quotes
        the sentence as evidence.
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
        advice="Read the comment, and decide which of the two is right.",
    )


class _Judge:
    """Compares answers with their comments."""

    def __init__(self, tagger: Tagger, taxonomy: Taxonomy) -> None:
        self._tagger = tagger
        self._taxonomy = taxonomy
        self._done = ContextRules(tagger.nlp, taxonomy.done, taxonomy.grammar, taxonomy.slots)
        self._general = tagger.general_keys()
        self._matter = lru_cache(maxsize=2000)(self._read_question)

    def evidence(self, answer: Answer, mentions: Sequence[Mention]) -> str:
        """Returns the sentence that contradicts an answer, or ""."""
        matter = self._matter(answer.question)
        if answer.code == "yes":
            return (
                self._other_answer(answer)
                or self._denied_theme(matter, mentions)
                or self._denied_words(matter, answer)
            )
        return self._other_answer(answer) or self._done_anyway(matter, answer, mentions)

    def _read_question(self, question: str) -> Matter:
        doc = self._tagger.nlp(clean(question).text)
        stop_words = self._tagger.nlp.Defaults.stop_words
        themes: set[str] = set()
        happening: set[int] = set()
        for found in found_themes(doc):
            if self._taxonomy.by_id[found.hit.pattern.theme].kind is Kind.PHENOMENON:
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
            and token.norm_ not in self._general
        }
        return Matter(frozenset(themes), frozenset(keys))

    def _other_answer(self, answer: Answer) -> str:
        """The first sentence, if it opens with another answer and punctuation: `Nej, ...`."""
        opening = answer.comment.split(maxsplit=1)[0]
        word = opening.rstrip(".,:;!")
        others = (words for code, words in self._taxonomy.openings.items() if code != answer.code)
        if word.lower() not in {other for words in others for other in words}:
            return ""
        if word == opening and answer.comment.strip() != opening:
            return ""
        doc = self._tagger.doc(clean(answer.comment[:_OPENING].rstrip()).text)
        return str(_sentences(doc)[0].text)

    @staticmethod
    def _denied_theme(matter: Matter, mentions: Sequence[Mention]) -> str:
        """The sentence that first names a theme of the question, if the theme is negated there."""
        seen: set[str] = set()
        for mention in mentions:
            if mention.theme in matter.themes and mention.theme not in seen:
                seen.add(mention.theme)
                if mention.assertion in _DENIED:
                    return mention.sentence
        return ""

    def _denied_words(self, matter: Matter, answer: Answer) -> str:
        """The first sentence, if it negates a word of the question."""
        doc = self._tagger.doc(clean(answer.comment[:_OPENING].rstrip()).text)
        for sentence in _sentences(doc)[:1]:
            words = [token for token in sentence if _asked_for(token, matter)]
            judged = self._tagger.judge(doc, [(token.i, token.i + 1) for token in words])
            denied = [item.assertion in _DENIED for item in judged]
            if any(denied) or any(self._is_denied_verb(token) for token in words):
                return str(sentence.text)
        return ""

    def _is_denied_verb(self, token: Token) -> bool:
        """Whether a verb is negated by the word immediately before or after it."""
        around = (token.i - 1, token.i + 1)
        denials = self._taxonomy.denials
        near = [token.doc[place].lower_ for place in around if 0 <= place < len(token.doc)]
        return self._tagger.is_verb(token) and any(word in denials for word in near)

    def _done_anyway(self, matter: Matter, answer: Answer, mentions: Sequence[Mention]) -> str:
        """A sentence saying that what was asked for is done, if the comment nowhere doubts it."""
        own = [mention for mention in mentions if mention.theme in matter.themes]
        if not own or any(mention.assertion is not Assertion.AFFIRMED for mention in own):
            return ""
        doc = self._tagger.doc(clean(answer.comment).text)
        found = [
            item
            for item in self._tagger.themes_of(doc)
            if item.hit.pattern.theme in matter.themes and not item.hit.pattern.is_debatable
        ]
        targets = [Target(item.hit.start, item.hit.end, "") for item in found]
        judged = self._done.judge(doc, targets, [*sentence_starts(doc), len(doc)])
        for item, said in zip(found, judged, strict=True):
            sentence = doc[slice(*item.sentence)]
            if said.cue and not self._is_elsewhere(sentence):
                return str(sentence.text)
        return ""

    def _is_elsewhere(self, sentence: Span) -> bool:
        """Whether a sentence is about others, or qualifies what it says."""
        words = f" {sentence.text.lower()} "
        return any(phrase in words for phrase in self._taxonomy.elsewhere) or (
            self._tagger.has_doubt(sentence)
        )


def _asked_for(token: Token, matter: Matter) -> bool:
    """Whether a word is in the question, shares a stem with a word there, or heads its compound."""
    if len(token) < _SHORTEST_WORD or not token.is_alpha:
        return False
    key = token.norm_
    return key in matter.keys or any(_is_kin(key, asked) for asked in matter.keys)


def _is_kin(key: str, asked: str) -> bool:
    if len(key) >= _SHORTEST_WORD and asked.endswith(key):
        return True
    shared = next((n for n, (a, b) in enumerate(zip(key, asked, strict=False)) if a != b), None)
    shared = min(len(key), len(asked)) if shared is None else shared
    return shared >= _SAME_STEM and shared >= min(len(key), len(asked))


def _sentences(doc: Doc) -> list[Span]:
    return [doc[start:end] for start, end in pairwise([*sentence_starts(doc), len(doc)])]


_judges: dict[str, _Judge] = {}


def _judge_for(digest: str, tagger: Tagger, taxonomy: Taxonomy) -> _Judge:
    if digest not in _judges:
        _judges.clear()
        _judges[digest] = _Judge(tagger, taxonomy)
    return _judges[digest]
