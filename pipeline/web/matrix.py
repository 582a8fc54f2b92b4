"""Tables of questions and themes against boards: the part of a page with the most cells.

Written without templates, which take ten times as long for ten thousand cells.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from pipeline.web.board import Board
from pipeline.web.desk import Desk
from pipeline.web.overview import title
from pipeline.web.texts import safe

WIDEST = 24
"""Maximum boards as columns; with more, boards become rows."""

EMPTY = Markup("<td></td>")


@dataclass(frozen=True, slots=True)
class Head:
    """The header of a row or column: its name, explanation and link."""

    name: str
    about: str
    href: str


Cells = Mapping[tuple[str, str], Markup]
"""Cells by report, then by question or theme."""


def question_table(desk: Desk, letters: Mapping[str, str]) -> Markup:
    """Questions against boards: a letter and a colour for each answer's code."""
    texts: dict[str, str] = {}
    order: dict[str, tuple[tuple[int, ...], int]] = {}
    cells: dict[tuple[str, str], Markup] = {}
    for board in desk.boards.values():
        base = safe(f"/row/{board.id}/")
        for row in board.shown:
            answer = row.answer
            if row.struck or (board.id, answer.key) in cells:
                continue
            texts.setdefault(answer.key, answer.question)
            order.setdefault(answer.key, (_numbers(answer.section), answer.position))
            letter = letters.get(answer.code)
            eyes = row.needs_eyes
            cells[board.id, answer.key] = _cell(
                f"{answer.code if letter else 'other'}{' eyes' if eyes else ''}",
                f"{base}{row.name}",
                f"{letter or '?'}{'!' if eyes else ''}",
            )
    keys = sorted(order, key=lambda key: order[key])
    heads = {key: Head(key, texts[key], f"/answers?key={key}") for key in keys}
    return _table(_boards(desk), heads, cells)


def theme_table(desk: Desk, language: str) -> Markup:
    """Themes against boards: the number of a board's answers that mention a theme."""
    found: dict[tuple[str, str], set[int]] = defaultdict(set)
    totals: Counter[str] = Counter()
    for board in desk.boards.values():
        for mention in board.now.themes:
            found[board.id, mention.theme].add(mention.position)
            totals[mention.theme] += 1
    cells = {
        (report_id, theme): _cell(
            f"n{min(4, 1 + len(positions) // 2)}",
            str(safe(f"/themes/{theme}?board={report_id}")),
            str(len(positions)),
        )
        for (report_id, theme), positions in found.items()
    }
    heads = {
        theme: Head(title(desk, theme, language), theme, f"/themes/{theme}")
        for theme in sorted(totals, key=lambda theme: (-totals[theme], theme))
    }
    return _table(_boards(desk), heads, cells)


def _cell(kind: str, href: str, text: str) -> Markup:
    """A cell; the text must be our own or escaped."""
    return Markup(f'<td class="{kind}"><a href="{href}">{text}</a></td>')


def _boards(desk: Desk) -> list[Board]:
    return [board for board in desk.boards.values() if board.now.answers]


def _table(boards: Sequence[Board], heads: Mapping[str, Head], cells: Cells) -> Markup:
    """A table with few boards as columns, or many as rows."""
    own = {b.id: Head(b.title, b.now.source, f"/answers?board={b.id}") for b in boards}
    if len(boards) <= WIDEST:
        rows = (
            (head, [cells.get((report_id, name), EMPTY) for report_id in own])
            for name, head in heads.items()
        )
        return _html(own.values(), rows)
    turned = (
        (head, [cells.get((report_id, name), EMPTY) for name in heads])
        for report_id, head in own.items()
    )
    return _html(heads.values(), turned)


def _html(columns: Iterable[Head], rows: Iterable[tuple[Head, list[Markup]]]) -> Markup:
    top = Markup("").join(
        Markup('<th scope="col"><a href="{}" title="{}"><span>{}</span></a></th>').format(
            safe(head.href), safe(head.about), safe(head.name)
        )
        for head in columns
    )
    lines = [
        Markup('<tr><th scope="row"><a href="{}">{}</a> <small>{}</small></th>').format(
            safe(head.href), safe(head.name), safe(head.about)
        )
        + Markup("".join(cells))
        for head, cells in rows
    ]
    body = Markup("</tr>\n").join(lines)
    return Markup(
        '<table class="matrix"><thead><tr><td></td>{}</tr></thead><tbody>{}</tbody></table>'
    ).format(top, body)


def _numbers(section: str) -> tuple[int, ...]:
    return tuple(int(part) for part in section.split(".") if part.isdigit())
