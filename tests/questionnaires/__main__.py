"""Scores invented questionnaires: `python -m tests.questionnaires [SHAPE...]`."""

from __future__ import annotations

import argparse
import logging

from models.rules_file import RuleFileError
from tests.questionnaires import FORMATS, LANGUAGES, SHAPES, draw
from tests.questionnaires.reading import read_by_form, read_by_suggestion
from tests.questionnaires.scoring import Score, score


def main() -> None:
    """Prints a line for each shape, language and format."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("shapes", nargs="*", default=list(SHAPES), metavar="SHAPE")
    parser.add_argument("--boards", type=int, default=2, help="boards of each, default 2")
    parser.add_argument("--seed", type=int, default=10, help="seed of the first board")
    parser.add_argument("--suggested", action="store_true", help="by the form drafted of one")
    parser.add_argument("--misses", type=int, default=0, help="how many wrong rows to show")
    options = parser.parse_args()
    logging.disable(logging.WARNING)
    read = read_by_suggestion if options.suggested else read_by_form
    total = Score()
    for shape in options.shapes:
        for language in LANGUAGES:
            for file_format in FORMATS:
                result = Score()
                for seed in range(options.seed, options.seed + options.boards):
                    drawn = draw(shape, language, file_format, seed)
                    try:
                        result += score(drawn, read(shape, drawn))
                    except RuleFileError as error:
                        print(error)
                        result += Score(rows=len(drawn.paper.rows), lost=len(drawn.paper.rows))
                _show(f"{shape} {language} {file_format}", result, options.misses)
                total += result
    _show("all", total, 0)


def _show(name: str, result: Score, misses: int) -> None:
    print(
        f"{name:28} rows {result.rows:4} exact {result.exact:4} ({result.exact / result.rows:4.0%})"
        f" whole {result.whole:4} lost {result.lost:3} false {result.false:3}"
        f" silent {result.silent:3}"
    )
    for miss in result.misses[:misses]:
        print(f"  {miss.kind}{' (silent)' if miss.silent else ''}")
        print(f"    expected {miss.expected}")
        print(f"    found    {miss.found}")


if __name__ == "__main__":
    main()
