"""Chapters on themes: the most common, their assertions, and what the boards say of each."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from pipeline.publishing.colours import ASSERTIONS
from pipeline.publishing.content import swedish_order
from pipeline.publishing.rows import Row, rows_of
from pipeline.publishing.sheets.model import Cell, Styled
from pipeline.publishing.summary.answered import bars
from pipeline.publishing.summary.charts import Parts
from pipeline.publishing.summary.counts import Counts, count_by
from pipeline.publishing.summary.model import Chapter, Table, table

if TYPE_CHECKING:
    from pipeline.publishing.content import Content
    from pipeline.publishing.names import ThemeNames
    from pipeline.publishing.words import Words

MOST_THEMES = 25
"""Maximum themes in the figure; the table has all."""


def theme_chapters(
    content: Content, words: Words, names: ThemeNames, sentences: int
) -> list[Chapter]:
    """Returns the chapters on themes.

    Args:
        content: The datasets.
        words: The words of the page's language.
        names: Names of themes.
        sentences: Maximum sentences shown per theme.
    """
    themes = content.tables["themes"]
    counts = count_by(themes, "theme", "assertion")
    boards = {theme: len(own) for theme, own in count_by(themes, "theme", "report_id").items()}
    order = sorted(counts, key=lambda t: (-sum(counts[t].values()), swedish_order(names.theme(t))))
    return [
        _used(order, counts, boards, words, names),
        _said(content, order, counts, words, names, sentences),
    ]


def _used(
    order: list[str], counts: Counts, boards: dict[str, int], words: Words, names: ThemeNames
) -> Chapter:
    say, columns = words.summary, words.columns
    top = order[:MOST_THEMES]
    figures = bars(
        "themes",
        say["themes_figure"].format(count=len(top)),
        [(names.theme(theme), counts[theme]) for theme in top],
        Parts(words.assertions, ASSERTIONS),
        columns["mentions"],
    )
    rows: list[tuple[Cell, ...]] = [
        (
            names.theme(theme),
            boards[theme],
            *(counts[theme].get(said, 0) for said in words.assertions),
            sum(counts[theme].values()),
        )
        for theme in order
    ]
    headings = [columns["theme"], columns["boards"], *words.assertions.values(), say["all"]]
    texts = (say["themes_about"],) if rows else (say["no_themes"],)
    tables: tuple[Table, ...] = (table("", headings, rows),) if rows else ()
    return Chapter("themes", say["themes"], texts, tuple(figures), tables)


def _said(
    content: Content,
    order: list[str],
    counts: Counts,
    words: Words,
    names: ThemeNames,
    most: int,
) -> Chapter:
    say, columns = words.summary, words.columns
    chosen = _sentences(content, most)
    wanted = {
        (mention["report_id"], mention["position"]) for own in chosen.values() for mention in own
    }
    places = {
        (row["report_id"], row["position"]): row
        for row in rows_of(
            content.tables["answers"].select(["report_id", "position", "key", "page_first"])
        )
        if (row["report_id"], row["position"]) in wanted
    }
    headings = [columns[n] for n in ("assertion", "sentence", "board", "key", "page")]
    tables = []
    for theme in order:
        rows: list[tuple[Cell, ...]] = []
        for mention in chosen[theme]:
            place = places.get((mention["report_id"], mention["position"]), {})
            rows.append(
                (
                    _assertion(mention, words),
                    mention["sentence"],
                    content.boards[mention["report_id"]],
                    place.get("key", ""),
                    place.get("page_first"),
                )
            )
        total = sum(counts[theme].values())
        tables.append(table(names.theme(theme), headings, rows, total=total))
    texts = (say["said_about"].format(count=most),) if tables else (say["no_themes"],)
    return Chapter("said", say["said"], texts, (), tuple(tables))


def _assertion(mention: Row, words: Words) -> Styled:
    """A theme's assertion, marked if the words could mean something else."""
    said = mention["assertion"]
    mark = f" {words.cells['doubtful']}" if mention["certainty"] == "debatable" else ""
    return Styled(words.say("assertions", said) + mark, said)


def _sentences(content: Content, most: int) -> dict[str, list[Row]]:
    """Some mentions of each theme: from as many boards as possible, then more from each.

    Boards are in alphabetical order. Among a board's first mentions, those not plainly affirmed
    come first, as they are the most informative.
    """
    columns = ["report_id", "position", "theme", "assertion", "certainty", "sentence"]
    held: dict[str, dict[str, list[Row]]] = defaultdict(lambda: defaultdict(list))
    for row in rows_of(content.tables["themes"].select(columns)):
        own = held[row["theme"]][row["report_id"]]
        if len(held[row["theme"]]) <= most and len(own) < most:
            own.append(row)
    chosen: dict[str, list[Row]] = {}
    for theme, boards in held.items():
        ranked = [
            (turn, number, row)
            for number, own in enumerate(boards.values())
            for turn, row in enumerate(
                sorted(_once(own), key=lambda row: row["assertion"] == "affirmed")
            )
        ]
        ranked.sort(key=lambda item: item[:2])
        picked = sorted(ranked[:most], key=lambda item: (item[1], item[2]["position"]))
        chosen[theme] = [row for _, _, row in picked]
    return chosen


def _once(mentions: list[Row]) -> list[Row]:
    """Mentions without those that repeat the same sentence."""
    return list({(row["sentence"], row["assertion"]): row for row in mentions}.values())
