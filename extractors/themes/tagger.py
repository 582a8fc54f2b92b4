"""Themes in comments: a spaCy pipeline, and the mentions that it finds."""

from __future__ import annotations

import gc
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Any

from spacy.language import Language
from spacy.symbols import ORTH
from spacy.tokens import Doc, Span, Token
from spacy.util import get_lang_class

from extractors.collector import no_collector
from extractors.themes.bearing import Target
from extractors.themes.clean import CleanText, clean
from extractors.themes.components import Found, ThemeKeys, Themes
from extractors.themes.context import Judgement
from extractors.themes.helper import Helper, load_helper
from extractors.themes.patterns import CompiledPattern, compile_patterns
from extractors.themes.sentences import Sentences, sentence_starts
from models.report import Answer, Certainty, Mention
from models.taxonomy import Taxonomy

_INFIXES = (
    r"(?<=[^\W\d_]-)/(?=[^\W\d_])",
    r"(?<=[^\W\d_])[–;](?=[^\W\d_])",
    r"(?<=[^\W_][^\W_])[.](?=[A-ZÅÄÖ][^\W_])",
)
"""Extra token boundaries besides spaCy's Swedish rules: `ny-/ombyggnad`, `EST–Väst`, `SSPF.Vi`."""


_CERTAINTY = (Certainty.CLEAR, Certainty.DEBATABLE)

_LONGEST_SENTENCE = 2000
"""Maximum characters of a sentence stored with a mention."""


@lru_cache(maxsize=4)
def _read(content: str) -> tuple[Taxonomy, list[CompiledPattern]]:
    taxonomy = Taxonomy.model_validate_json(content)
    return taxonomy, compile_patterns(taxonomy)


@Language.factory("svar_theme_keys", default_config={"taxonomy": ""})
def _make_keys(nlp: Language, name: str, taxonomy: str) -> ThemeKeys:
    return ThemeKeys(nlp, *_read(taxonomy))


@Language.factory("svar_sentences", default_config={"closing": []})
def _make_sentences(nlp: Language, name: str, closing: list[str]) -> Sentences:
    return Sentences(nlp, closing)


@Language.factory("svar_helper")
def _make_helper(nlp: Language, name: str) -> Helper:
    return Helper()


@Language.factory("svar_themes", default_config={"taxonomy": ""})
def _make_themes(nlp: Language, name: str, taxonomy: str) -> Themes:
    keys: Any = nlp.get_pipe("svar_theme_keys")
    return Themes(nlp, *_read(taxonomy), keys)


def build_pipeline(taxonomy: Taxonomy, helper: Language | None = None) -> Language:
    """Returns a spaCy pipeline that sets `token.norm_`, sentences, and `doc.spans["themes"]`.

    Args:
        taxonomy: The themes and cues.
        helper: A trained pipeline for sentences and parts of speech, or None.
    """
    nlp = _language(taxonomy.language)()
    tokenizer: Any = nlp.tokenizer
    for abbreviation in (*taxonomy.abbreviations, *taxonomy.closing):
        tokenizer.add_special_case(abbreviation, [{ORTH: abbreviation}])
    content = taxonomy.model_dump_json()
    nlp.add_pipe("svar_theme_keys", config={"taxonomy": content})
    nlp.add_pipe("svar_sentences", config={"closing": list(taxonomy.closing)})
    if helper is not None:
        component: Any = nlp.add_pipe("svar_helper")
        component.use(helper)
    nlp.add_pipe("svar_themes", config={"taxonomy": content})
    return nlp


def _language(code: str) -> type[Language]:
    """The class of a language, with `_INFIXES` as additional token boundaries."""
    known = get_lang_class(code)
    infixes = (*_INFIXES, *(known.Defaults.infixes or ()))
    defaults = type("Defaults", (known.Defaults,), {"infixes": infixes})
    return type(known.__name__, (known,), {"Defaults": defaults})


class Tagger:
    """Finds the themes in comments. Built once per taxonomy, used for many reports."""

    def __init__(self, taxonomy: Taxonomy, helper: Language | None = None) -> None:
        self.nlp = build_pipeline(taxonomy, helper)
        self.nlp.max_length = 10_000_000
        themes: Any = self.nlp.get_pipe("svar_themes")
        self._themes: Themes = themes
        keys: Any = self.nlp.get_pipe("svar_theme_keys")
        self._keys: ThemeKeys = keys
        self._general = taxonomy.general_words
        self._before = [pipe for name, pipe in self.nlp.pipeline if name != "svar_themes"]
        self._groups = {theme.id: theme.group for theme in taxonomy.themes}

    def tag(self, answers: Iterable[Answer]) -> tuple[Mention, ...]:
        """Returns the mentions in the comments, by position and offset."""
        found: list[Mention] = []
        for answer in sorted(answers, key=lambda answer: answer.position):
            if answer.comment:
                found.extend(self.mentions(answer.comment, answer.position))
        return tuple(found)

    def mentions(self, comment: str, position: int = 0) -> list[Mention]:
        """Returns the mentions in one text."""
        return [mention for mention, _ in self.explained(comment, position)]

    def explained(self, comment: str, position: int = 0) -> list[tuple[Mention, str]]:
        """Returns the mentions in one text, each with the pattern that matched."""
        cleaned = clean(comment)
        doc = self.doc(cleaned.text)
        return [
            (self._mention(comment, cleaned, doc, item, position), item.hit.pattern.text)
            for item in self._themes.find(doc)
        ]

    def doc(self, text: str) -> Doc:
        """Returns the doc of a clean text, with keys and sentences but no themes."""
        doc = self.nlp.make_doc(text)
        for component in self._before:
            doc = component(doc)
        return doc

    def themes_of(self, doc: Doc) -> list[Found]:
        """Finds the themes of a doc of this tagger."""
        return self._themes.find(doc)

    def judge(self, doc: Doc, spans: Sequence[tuple[int, int]]) -> list[Judgement]:
        """Judges other spans of a doc of this tagger: first token and one past the last."""
        bounds = [*sentence_starts(doc), len(doc)]
        targets = [Target(start, end, "") for start, end in spans]
        return self._themes.context.judge(doc, targets, bounds)

    def has_doubt(self, part: Span) -> bool:
        """Whether any cue in a part of a doc marks something as other than affirmed."""
        return self._themes.context.has_doubt(part)

    def is_verb(self, token: Token) -> bool:
        """Whether a word has a verb ending."""
        return self._themes.context.is_verb_form(token.orth)

    def general_keys(self) -> frozenset[str]:
        """The match keys of general words, which say nothing about a subject."""
        return frozenset(map(self._keys.key_of, self._general))

    def _mention(
        self, comment: str, cleaned: CleanText, doc: Doc, found: Found, position: int
    ) -> Mention:
        start, end = _place(doc, cleaned, found.hit.start, found.hit.end)
        first, last = _place(doc, cleaned, *found.sentence)
        theme = found.hit.pattern.theme
        cue = _place(doc, cleaned, *found.cue) if found.cue else (0, 0)
        return Mention(
            position=position,
            theme=theme,
            group=self._groups[theme],
            surface=comment[start:end],
            start=start,
            end=end,
            sentence=_sentence(comment, first, last, start, end),
            assertion=found.assertion,
            cue=comment[cue[0] : cue[1]],
            certainty=_CERTAINTY[found.hit.pattern.is_debatable],
        )


def _place(doc: Doc, cleaned: CleanText, first: int, last: int) -> tuple[int, int]:
    """The span in the comment of the tokens `first:last`."""
    end = doc[last - 1]
    return cleaned.source_span(doc[first].idx, end.idx + len(end))


def _sentence(comment: str, first: int, last: int, start: int, end: int) -> str:
    """The sentence of a mention; if it is too long, only the words around the mention."""
    if last - first > _LONGEST_SENTENCE:
        first = max(first, comment.rfind(" ", 0, max(1, start - _LONGEST_SENTENCE // 2)) + 1)
        last = min(last, end + _LONGEST_SENTENCE // 2)
    return comment[first:last].strip()


_taggers: dict[tuple[str, str | None], Tagger] = {}
_MOST_TAGGERS = 4


def tagger_for(taxonomy: Taxonomy, spacy_model: str | None = None) -> Tagger:
    """Returns the tagger of a taxonomy, built once per process.

    Args:
        taxonomy: The themes and cues.
        spacy_model: Name of an installed trained pipeline that splits sentences and vetoes by part
            of speech, or None. It never changes which words match.

    Raises:
        ModelError: The pipeline is not installed, or does not split sentences.
    """
    known = (taxonomy.digest, spacy_model)
    if known not in _taggers:
        helper = load_helper(spacy_model) if spacy_model else None
        if len(_taggers) >= _MOST_TAGGERS:
            _taggers.clear()
        with no_collector():
            _taggers[known] = Tagger(taxonomy, helper)
        # The lexicon and its dictionaries live as long as the process: the collector need not walk
        # over them again and again (a tenth of the time of a PDF).
        gc.freeze()
    return _taggers[known]
