"""The chapter on what changed since the previous year."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING

from pipeline.checking.years.questions import Kind
from pipeline.checking.years.tally import by_theme, carried_over, moves
from pipeline.checking.years.themes import ThemeKind
from pipeline.publishing.colours import CODES
from pipeline.publishing.sheets.model import Cell, Styled
from pipeline.publishing.summary.answered import MOST_ROWS, bars, listed
from pipeline.publishing.summary.charts import Parts
from pipeline.publishing.summary.model import Chapter, Figure, Table, table
from pipeline.publishing.summary.reading import per_cent
from pipeline.publishing.words import number

if TYPE_CHECKING:
    from pipeline.checking.years import Years
    from pipeline.checking.years.answers import AnswerPair
    from pipeline.checking.years.questions import Match
    from pipeline.publishing.names import ThemeNames
    from pipeline.publishing.words import Words


def compared_chapter(years: Years, words: Words, names: ThemeNames) -> Chapter:
    """Returns the chapter on what changed since the previous year."""
    say = words.years
    figures, codes = _codes(years, words)
    tables = [codes, _questions(years, words), _answers(years, words), _themes(years, words, names)]
    tables.append(_taken_over(years, words))
    return Chapter(
        "compared",
        say["title"],
        tuple(_texts(years, words)),
        figures,
        tuple(one for one in tables if one.rows),
    )


def _texts(years: Years, words: Words) -> list[str]:
    say, boards = words.years, years.boards
    texts = [say["boards"].format(count=number(len(boards.pairs), words.language))]
    for name, held in (
        ("only_old", boards.only_old),
        ("only_new", boards.only_new),
        ("several", boards.several),
        ("unread", boards.unread),
    ):
        if held:
            texts.append(say[name].format(names=listed(held, words.summary)))
    for new, old in boards.perhaps.items():
        texts.append(say["perhaps"].format(new=new, old=old))
    kinds = Counter(match.kind for match in years.questions)
    told = ", ".join(f"{say[f'kind_{kind}']}: {kinds[kind]}" for kind in Kind if kinds[kind])
    changed = sum(pair.answer_changed for pair in years.answers)
    both = sum(1 for pair in years.answers if pair.old and pair.new)
    found = carried_over(years.answers)
    return [
        *texts,
        say["questions_told"].format(told=told),
        say["answers_told"].format(
            count=number(changed, words.language), total=number(both, words.language)
        ),
        say["taken_over_told"].format(
            count=number(len(found.unchanged), words.language),
            total=number(found.pairs, words.language),
            share=per_cent(len(found.unchanged), found.pairs, words.language),
            nearly=number(len(found.nearly), words.language),
        ),
        say["unsure"].format(mark=words.cells["doubtful"]),
    ]


def _codes(years: Years, words: Words) -> tuple[tuple[Figure, ...], Table]:
    """The answers of both years to the same questions of the same boards."""
    say = words.years
    moved = moves(years.answers)
    old: Counter[str] = Counter()
    new: Counter[str] = Counter()
    for (before, after), count in moved.items():
        old[before] += count
        new[after] += count
    figures: tuple[Figure, ...] = ()
    if moved:
        rows = [(say["old"], old), (say["new"], new)]
        parts = Parts(words.codes, CODES)
        figures = tuple(bars("years", say["codes"], rows, parts, words.summary["answers"]))
    headings = [f"{say['old']} ↓  {say['new']} →", *words.codes.values(), words.summary["all"]]
    counted: list[tuple[Cell, ...]] = [
        (
            Styled(word, before),
            *(moved[before, after] for after in words.codes),
            old[before],
        )
        for before, word in words.codes.items()
        if old[before]
    ]
    if counted:
        counted.append((words.summary["all"], *(new[code] for code in words.codes), new.total()))
    return figures, table(say["moves"], headings, counted)


def _questions(years: Years, words: Words) -> Table:
    say = words.years
    rows: list[tuple[Cell, ...]] = [
        (
            say[f"kind_{match.kind}"] + _mark(match.unsure, words),
            match.old.key if match.old else "",
            match.new.key if match.new else "",
            *_wordings(match),
        )
        for match in years.questions
        if match.kind != Kind.SAME or match.unsure
    ]
    key, question = words.columns["key"], words.columns["question"]
    headings = [say["what"], *(f"{n}, {say[y]}" for n in (key, question) for y in ("old", "new"))]
    return table(say["questions"], headings, rows)


def _wordings(match: Match) -> tuple[str, str]:
    """A question's wording in both years, with its detail if that is what differs."""
    old, new = match.old, match.new
    if old and new and old.detail != new.detail:
        return f"{old.question}\n{old.detail}", f"{new.question}\n{new.detail}"
    return old.question if old else "", new.question if new else ""


def _answers(years: Years, words: Words) -> Table:
    say, columns = words.years, words.columns
    rows: list[tuple[Cell, ...]] = [
        (
            pair.board + _mark(pair.unsure, words),
            pair.new.key,
            pair.new.question,
            Styled(words.say("codes", pair.old.code), pair.old.code),
            Styled(words.say("codes", pair.new.code), pair.new.code),
            pair.new.comment,
            pair.new.page_first,
        )
        for pair in years.answers
        if pair.old and pair.new and pair.answer_changed
    ]
    headings = [
        *(columns[name] for name in ("board", "key", "question")),
        say["old"],
        say["new"],
        *(columns[name] for name in ("comment", "page")),
    ]
    return table(say["answers"], headings, rows, MOST_ROWS)


def _themes(years: Years, words: Words, names: ThemeNames) -> Table:
    say = words.years
    rows: list[tuple[Cell, ...]] = []
    for theme, kinds in by_theme(years.themes).items():
        cells = (
            "; ".join(
                change.board + _said(change.old, change.new, words)
                for change in kinds.get(kind, ())
            )
            for kind in ThemeKind
        )
        rows.append((names.theme(theme), *cells))
    headings = [words.columns["theme"], *(say[f"theme_{kind}"] for kind in ThemeKind)]
    return table(say["themes"], headings, rows)


def _said(old: Sequence[str], new: Sequence[str], words: Words) -> str:
    """The old and new assertions of a theme, unless it is merely affirmed."""
    if not old or not new:
        said = old or new
        return "" if tuple(said) == ("affirmed",) else f" ({_words(said, words)})"
    return f" ({_words(old, words)} → {_words(new, words)})"


def _words(said: Sequence[str], words: Words) -> str:
    return ", ".join(words.say("assertions", one) for one in said)


def _taken_over(years: Years, words: Words) -> Table:
    say = words.years
    found = carried_over(years.answers)
    unchanged, nearly = _keys(found.unchanged), _keys(found.nearly)
    rows: list[tuple[Cell, ...]] = [
        (board, len(unchanged.get(board, ())), ", ".join(unchanged.get(board, ())),
         len(nearly.get(board, ())), ", ".join(nearly.get(board, ())))
        for board in dict.fromkeys([*unchanged, *nearly])
    ]  # fmt: skip
    headings = [
        words.columns["board"],
        say["unchanged"],
        say["which_unchanged"],
        say["nearly"],
        say["which_nearly"],
    ]
    return table(say["taken_over"], headings, rows)


def _keys(pairs: Sequence[AnswerPair]) -> dict[str, list[str]]:
    """Keys of answers by board."""
    held: dict[str, list[str]] = {}
    for pair in pairs:
        if pair.new:
            held.setdefault(pair.board, []).append(pair.new.key)
    return held


def _mark(unsure: bool, words: Words) -> str:
    return f" {words.cells['doubtful']}" if unsure else ""
