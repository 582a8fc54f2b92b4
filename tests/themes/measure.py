"""Scores of the themes on a gold standard, by class of assertion, with 95 % Wilson intervals.

python -m tests.themes.measure tests/themes/municipal_gold.txt [--by-genre] [--errors]
"""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from extractors.themes import builtin_taxonomy
from extractors.themes.tagger import tagger_for
from pipeline.checking.accuracy import wilson
from tests.themes.gold import NOTHING, GoldMention, GoldText, Score, pair, read_gold, score

CLASSES = ("planned", "negated", "ended", "hypothetical")


def found_in(text: str) -> list[GoldMention]:
    return [
        GoldMention(m.start, m.end, m.theme, m.assertion.value)
        for m in tagger_for(builtin_taxonomy()).mentions(text)
    ]


def total(texts: Sequence[GoldText], only: str | None = None) -> Score:
    return sum((score(t.mentions, found_in(t.text), only) for t in texts), NOTHING)


def share(right: int, count: int) -> str:
    low, high = wilson(right, count)
    return f"{right}/{count} = {right / max(1, count):.3f} ({low:.2f} to {high:.2f})"


def show(texts: Sequence[GoldText], title: str) -> None:
    all_of = total(texts)
    print(f"{title}: {len(texts)} texts, {all_of.right + all_of.missed} mentions")
    print(
        f"  mentions: precision {share(all_of.right, all_of.right + all_of.wrong)}, "
        f"recall {share(all_of.right, all_of.right + all_of.missed)}"
    )
    for name in (None, *CLASSES):
        own = total(texts, name)
        print(
            f"  {name or 'all classes but affirmed'}: "
            f"precision {share(own.class_right, own.class_right + own.class_wrong)}, "
            f"recall {share(own.class_right, own.class_right + own.class_missed)}, "
            f"F {own.class_f:.2f}"
        )
    unsure = Counter(
        expected.assertion
        for text in texts
        for expected, mention in pair(text.mentions, found_in(text.text))
        if expected is not None and mention is not None and mention.assertion == "uncertain"
    )
    print(f"  uncertain, by what the gold says: {dict(unsure)}")


def show_errors(texts: Sequence[GoldText]) -> None:
    for text in texts:
        for expected, mention in pair(text.mentions, found_in(text.text)):
            if expected is not None and expected.debatable_mention:
                continue
            surface = text.text[slice(*(mention or expected or (0, 0))[:2])]
            if expected is None and mention is not None:
                print(f"FALSE  {mention.theme} {surface!r}: {text.text}")
            elif mention is None and expected is not None:
                print(f"MISSED {expected.theme} {surface!r}: {text.text}")
            elif expected is not None and mention is not None:
                said = (expected.assertion, mention.assertion)
                if said[0] != said[1] and not expected.debatable_class:
                    print(f"CLASS  {said[0]} as {said[1]} {surface!r}: {text.text}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("gold", type=Path)
    parser.add_argument("--by-genre", action="store_true")
    parser.add_argument("--errors", action="store_true")
    arguments = parser.parse_args()
    texts = read_gold(arguments.gold.read_text(encoding="utf-8"))
    if arguments.by_genre:
        for genre in sorted({text.trap for text in texts}):
            show([text for text in texts if text.trap == genre], genre)
    show(texts, arguments.gold.name)
    if arguments.errors:
        show_errors(texts)


if __name__ == "__main__":
    main()
