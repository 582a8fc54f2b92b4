"""The views: overview, review of a row, answers, themes; and page images."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import groupby
from typing import Any
from urllib.parse import urlencode

from markupsafe import Markup
from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response

from models.corrections import RowText
from models.form import Code
from models.report import Assertion, Mention, Report
from pipeline.checking.export import flat_rows, json_lines
from pipeline.checking.selection import in_section
from pipeline.corrections import NOT_APPLIED
from pipeline.tabular import as_text
from pipeline.web import overview as figures
from pipeline.web.board import Shown
from pipeline.web.matrix import question_table, theme_table
from pipeline.web.queue import Filter, Queue, make_queue, next_row
from pipeline.web.site import LANGUAGE_COOKIE, NotFoundError, Site
from pipeline.web.texts import marked, sentence
from pipeline.web.words import LANGUAGES

PER_PAGE = 50
LONGEST_CHOICES = 400
SENT = ("action", "field", "value", "surface", "theme")
"""Fields of a rejected form that are shown again."""


def overview(site: Site, request: Request) -> Response:
    """Reports and their status, questions and themes of all boards, pending corrections."""
    return show_overview(site, request)


def show_overview(site: Site, request: Request, told: str = "") -> Response:
    """The overview, with a note on what was just done."""
    words = site.words(request)
    letters = {code.value: words(f"letter_{code}") for code in Code}
    lines = site.keep((site.desk.version, "lines"), lambda: figures.lines(site.desk))
    what = (site.desk.content, "matrices", words.language)
    total = site.keep((site.desk.version, "total"), lambda: figures.total(lines))
    matrices = site.keep(what, lambda: _matrices(site, request, letters)) if total.answers else ""
    return site.page(
        request,
        "overview",
        told=told,
        lines=lines,
        total=total,
        matrices=matrices,
        codes=[(code.value, letters[code.value], words(f"code_{code}")) for code in Code],
        waiting=_waiting(site),
        unpublished=site.desk.waiting,
    )


def _matrices(site: Site, request: Request, letters: dict[str, str]) -> Markup:
    """Both matrices as HTML: the slow part of the overview, cached until something changes."""
    template = site.templates.get_template("matrices.html")
    words = site.words(request)
    text = template.render(
        w=words,
        questions=question_table(site.desk, letters),
        themes=theme_table(site.desk, words.language),
        codes=[(code.value, letters[code.value], words(f"code_{code}")) for code in Code],
    )
    return Markup(text)


def _waiting(site: Site) -> list[tuple[object, object, object]]:
    """Corrections that are not applied, with their report and, if it still exists, their row."""
    found: list[tuple[object, object, object]] = []
    for board in site.desk.boards.values():
        rows = {row.answer.position: row for row in board.shown if not row.struck}
        found += [
            (item, board, rows.get(item.position or 0))
            for item in board.now.corrections
            if item.state in NOT_APPLIED
        ]
    return found


def review(site: Site, request: Request) -> Response:
    """Redirects to the next row of a queue; by default, of the reviewer's last queue."""
    if not request.url.query and (query := site.remembered_queue()):
        return RedirectResponse(f"/review?{query}", 303)
    queue = make_queue(site.desk, request.query_params)
    site.remember_queue(queue.query)
    row = next_row(site.desk, queue, None)
    if row is None:
        return site.page(request, "done", queue=queue, **_queue_values(site, queue))
    return RedirectResponse(f"/row/{row.board.id}/{row.name}?{queue.query}", 303)


def row(site: Site, request: Request) -> Response:
    """A row beside its source."""
    queue = make_queue(site.desk, request.query_params)
    if request.url.query:
        site.remember_queue(queue.query)
    return show_row(site, request, site.find(request), queue)


def show_row(
    site: Site,
    request: Request,
    shown: Shown,
    queue: Queue,
    sent: Mapping[str, str] = {},
    trouble: str = "",
    status: int = 200,
) -> Response:
    """A row, together with a rejected submission for it, if any."""
    desk = site.desk
    place = queue.at(shown)
    following = next_row(desk, queue, shown)
    neighbour = _next_read(shown)
    return site.page(
        request,
        "row",
        status,
        shown=shown,
        answer=shown.answer,
        queue=queue,
        place=place,
        following=following,
        previous=queue.rows[place - 1] if place > 0 else None,
        source=site.sources.place(shown),
        comment=marked(shown.answer.comment, shown.mentions),
        verdicts=desk.judgements(shown),
        outcomes=shown.outcomes,
        neighbour=neighbour,
        joined=_joined(shown, neighbour) if neighbour else None,
        sections=[s for s in shown.board.now.sections if s.asked][:LONGEST_CHOICES],
        codes=[code.value for code in Code],
        assertions=[item.value for item in Assertion],
        words_of_form=_words_of_form(site, shown),
        sent={**dict.fromkeys(SENT, ""), **sent},
        trouble=trouble,
        **_queue_values(site, queue),
    )


def _words_of_form(site: Site, shown: Shown) -> list[str]:
    """The answer words of a report's form."""
    forms = (form for form in site.desk.forms if form.id == shown.board.now.form)
    return [answer.word for form in forms for answer in form.answers]


def _queue_values(site: Site, queue: Queue) -> dict[str, Any]:
    """Values for the queue bar."""
    reviewer = site.desk.reviewer if queue.order == "sample" else ""
    left = sum(not site.desk.is_reviewed(row, reviewer) for row in queue.rows)
    return {"left": left, "size": len(queue.rows), "boards": list(site.desk.boards.values())}


def _next_read(shown: Shown) -> Shown | None:
    """The next row as read, if both rows are as read."""
    if shown.read is None or shown.struck:
        return None
    following = shown.board.by_name.get(str(shown.old[0] + 1))
    usable = following is not None and following.read is not None and not following.struck
    return following if usable else None


def _joined(shown: Shown, other: Shown) -> RowText:
    """The most likely text of two rows merged into one."""
    first, second = shown.answer, other.answer
    return RowText(
        section=first.section,
        ref=first.ref or second.ref or "",
        question=" ".join(filter(None, (first.question, second.question))),
        detail="\n\n".join(filter(None, (first.detail, second.detail))),
        answer=first.answer or second.answer,
        comment=" ".join(filter(None, (first.comment, second.comment))),
    )


def picture(site: Site, request: Request) -> Response:
    """A page of a row's source as PNG, with its fields boxed."""
    whole = request.query_params.get("whole") == "1"
    data = site.sources.picture(site.find(request), request.path_params["page"], whole=whole)
    if data is None:
        raise NotFoundError
    return Response(data, media_type="image/png")


def answers(site: Site, request: Request) -> Response:
    """Answers that match a filter."""
    only = Filter.of(request.query_params)
    rows = site.keep((site.desk.version, "answers", only), lambda: only.rows(site.desk))
    pages = max(1, -(-len(rows) // PER_PAGE))
    number = request.query_params.get("page", "1")
    page = min(pages, max(1, int(number) if number.isdigit() else 1))
    language = site.words(request).language
    choices = site.keep((site.desk.content, "choices", language), lambda: _choices(site, language))
    return site.page(
        request,
        "answers",
        only=only,
        rows=rows[(page - 1) * PER_PAGE : page * PER_PAGE],
        count=len(rows),
        page=page,
        pages=pages,
        query=urlencode(only.params),
        codes=[code.value for code in Code],
        assertions=[item.value for item in Assertion],
        boards=list(site.desk.boards.values()),
        **choices,
    )


def _choices(site: Site, language: str) -> dict[str, Any]:
    """The choices of the filter."""
    reports = site.desk.reports
    sections = {s.section: s.title for report in reports for s in report.sections}
    used = {answer.section for report in reports for answer in report.answers}
    names = {mention.theme for report in reports for mention in report.themes}
    return {
        "sections": [
            (number, sections[number])
            for number in sorted(sections, key=_numbers)
            if any(in_section(own, number) for own in used)
        ],
        "themes": sorted(
            ((name, figures.title(site.desk, name, language)) for name in names),
            key=lambda pair: pair[1],
        ),
        "flags": sorted({flag for r in reports for a in r.answers for flag in a.flags}),
    }


def _numbers(section: str) -> list[int]:
    return [int(part) if part.isdigit() else 0 for part in section.split(".")]


def download(site: Site, request: Request) -> Response:
    """The answers that match a filter, as CSV or JSON Lines."""
    rows = Filter.of(request.query_params).rows(site.desk)
    pairs = [(row.board.now, row.answer) for row in rows]
    kind = request.path_params["kind"]
    if kind == "csv":
        language = site.words(request).language
        names = {theme: figures.title(site.desk, theme, language) for theme in _themes(pairs)}
        text, media = as_text(*flat_rows(pairs, names), "csv", excel=True), "text/csv"
    elif kind == "jsonl":
        text, media = json_lines(pairs), "application/jsonl"
    else:
        raise NotFoundError
    headers = {"Content-Disposition": f'attachment; filename="svar.{kind}"'}
    return PlainTextResponse(text, headers=headers, media_type=media)


def _themes(pairs: Sequence[tuple[Report, object]]) -> set[str]:
    return {mention.theme for report, _ in pairs for mention in report.themes}


def themes(site: Site, request: Request) -> Response:
    """All themes, with how often each is mentioned and asserted."""
    language = site.words(request).language

    def count() -> list[tuple[str, str, str, dict[str, int]]]:
        found: dict[str, dict[str, int]] = {}
        groups: dict[str, str] = {}
        for report in site.desk.reports:
            for mention in report.themes:
                counts = found.setdefault(mention.theme, {})
                counts[mention.assertion] = counts.get(mention.assertion, 0) + 1
                groups[mention.theme] = mention.group
        rows = [(groups[n], n, figures.title(site.desk, n, language), c) for n, c in found.items()]
        return sorted(rows, key=lambda row: (row[0], row[2]))

    return site.page(
        request,
        "themes",
        rows=site.keep((site.desk.content, "themes", language), count),
        assertions=[item.value for item in Assertion],
    )


def theme(site: Site, request: Request) -> Response:
    """All mentions of a theme in their sentences, by board."""
    name = request.path_params["theme"]
    board_id = request.query_params.get("board", "")
    assertion = request.query_params.get("assertion", "")
    known = name in site.desk.taxonomy.by_id
    mentions: list[tuple[Shown, Mention]] = [
        (row, mention)
        for row in site.desk.rows()
        if not row.struck and board_id in ("", row.board.id)
        for mention in row.mentions
        if mention.theme == name and assertion in ("", mention.assertion)
    ]
    if not mentions and not known:
        raise NotFoundError
    shown = mentions[: 20 * PER_PAGE]
    boards = [
        (board, [(row, mention, sentence(mention)) for row, mention in own])
        for board, own in _by_board(shown)
    ]
    return site.page(
        request,
        "theme",
        theme=name,
        title=figures.title(site.desk, name, site.words(request).language),
        boards=boards,
        count=len(mentions),
        cut=len(mentions) - len(shown),
        board_id=board_id,
        assertion=assertion,
        assertions=[item.value for item in Assertion],
        all_boards=list(site.desk.boards.values()),
    )


def _by_board(
    mentions: Sequence[tuple[Shown, Mention]],
) -> list[tuple[object, list[tuple[Shown, Mention]]]]:
    groups = groupby(mentions, key=lambda pair: pair[0].board.id)
    return [(own[0][0].board, own) for _, group in groups for own in [list(group)]]


def choose_language(_site: Site, request: Request) -> Response:
    """Saves the chosen language, and goes back."""
    chosen = request.query_params.get("to", "")
    target = request.query_params.get("back", "/")
    local = target.startswith("/") and not target.startswith(("//", "/\\"))
    response = RedirectResponse(target if local else "/", 303)
    if chosen in LANGUAGES:
        response.set_cookie(LANGUAGE_COOKIE, chosen, samesite="strict", httponly=True, path="/")
    return response
