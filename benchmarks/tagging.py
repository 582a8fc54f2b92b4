"""How fast themes are tagged, compared with spaCy's other matchers with the same lexicon.

    python benchmarks/tagging.py [--words 40000]

The comments are those of the sample reports in data/raw. "cold" counts the first meeting with every
word, "warm" the later ones; a batch lies between, near "warm". The other matchers get, for each
pattern word, the forms that share its key: they match the same words, but do not assert, find
sentences or resolve overlaps. Ratios are to our warm speed, the best of three runs.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import spacy
from spacy.language import Language
from spacy.matcher import Matcher, PhraseMatcher

from extractors.extract import extract
from extractors.rules import builtin_forms
from extractors.themes import builtin_taxonomy
from extractors.themes.patterns import Kind, compile_patterns
from extractors.themes.tagger import Tagger, build_pipeline
from models.taxonomy import Taxonomy, Theme

ROOT = Path(__file__).resolve().parents[1]
SLOW_SHARE = 10
"""The slow matchers read one comment of so many."""


def comments(words: int) -> list[str]:
    """Our own comments, with this many words in total."""
    taxonomy, forms = builtin_taxonomy(), builtin_forms()
    texts = [
        answer.comment
        for path in sorted((ROOT / "data" / "raw").glob("*.txt"))
        for answer in extract(path, forms, taxonomy).answers
        if answer.comment
    ]
    found: list[str] = []
    count = 0
    while count < words:
        for text in texts:
            found.append(text)
            count += len(text.split())
    return found


def speed(read: Callable[[str], object], texts: Sequence[str]) -> float:
    """Words per second of processor time."""
    start = time.process_time()
    for text in texts:
        read(text)
    return sum(len(text.split()) for text in texts) / (time.process_time() - start)


def best(read: Callable[[str], object], texts: Sequence[str]) -> float:
    """The best of three runs: other work on the machine can only slow them down."""
    return max(speed(read, texts) for _ in range(3))


def expanded(nlp: Language, texts: Sequence[str]) -> list[tuple[str, list[list[str]]]]:
    """Each pattern as a list of the forms of each of its words that occur in the texts."""
    forms: dict[str, set[str]] = {}
    for text in texts:
        for token in nlp(text):
            forms.setdefault(token.norm_, set()).add(token.lower_)
    found = []
    for pattern in compile_patterns(builtin_taxonomy()):
        if pattern.kind is not Kind.IGNORE and len(pattern.parts) == 1:
            doc = nlp(pattern.parts[0])
            words = [sorted(forms.get(t.norm_, set()) | {t.lower_}) for t in doc]
            found.append((pattern.theme, words))
    return found


def others(lexicon: list[tuple[str, list[list[str]]]]) -> dict[str, Callable[[str], object]]:
    """SpanRuler, Matcher and a plain PhraseMatcher with the same lexicon."""
    ruled = spacy.blank("sv")
    ruler = ruled.add_pipe("span_ruler")
    rules = [(theme, [{"LOWER": {"IN": forms}} for forms in words]) for theme, words in lexicon]
    ruler.add_patterns([{"label": theme, "pattern": rule} for theme, rule in rules])
    nlp = spacy.blank("sv")
    matcher = Matcher(nlp.vocab)
    plain = PhraseMatcher(nlp.vocab, attr="LOWER")
    for number, (theme, rule) in enumerate(rules):
        matcher.add(f"{theme}/{number}", [rule])
        base = " ".join(forms[0] for forms in lexicon[number][1])
        plain.add(f"{theme}/{number}", [nlp.make_doc(base)])
    return {
        "SpanRuler, expanded forms": ruled,
        "Matcher, expanded forms": lambda text: matcher(nlp(text)),
        "PhraseMatcher on LOWER, one form": lambda text: plain(nlp(text)),
    }


def larger(taxonomy: Taxonomy, times: int) -> Taxonomy:
    """The taxonomy with this many times as many patterns, of made-up words."""
    theme = taxonomy.themes[0]
    count = (times - 1) * sum(len(item.patterns) for item in taxonomy.themes)
    words = tuple(f"påhittsord{number}x" for number in range(count))
    extra = Theme(id="extra", sv="Extra", en="Extra", group=theme.group, words=words)
    return taxonomy.model_copy(update={"themes": (*taxonomy.themes, extra)})


def main() -> None:
    """Measures, and prints a table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--words", type=int, default=40_000)
    words = parser.parse_args().words
    start = time.process_time()
    tagger = Tagger(builtin_taxonomy())
    print(f"load, with spaCy imported: {time.process_time() - start:.2f} s")
    texts = comments(words)
    print(f"{len(texts)} comments, {sum(len(text.split()) for text in texts)} words")
    cold = speed(tagger.mentions, texts)
    warm = best(tagger.mentions, texts)
    print(f"{'themes with assertion, cold':45}{cold:12,.0f} words/s")
    print(f"{'themes with assertion, warm':45}{warm:12,.0f} words/s   1.0")
    big = Tagger(larger(builtin_taxonomy(), 4))
    speed(big.mentions, texts)
    rates = {"the same with 4 times the patterns": best(big.mentions, texts)}
    lexicon = expanded(build_pipeline(builtin_taxonomy()), texts[: max(1, len(texts) // 2)])
    for name, read in others(lexicon).items():
        share = texts if name.startswith("Phrase") else texts[::SLOW_SHARE]
        rates[name] = speed(read, share)
    for name, rate in rates.items():
        print(f"{name:45}{rate:12,.0f} words/s   {rate / warm:.2f}")


if __name__ == "__main__":
    main()
