"""Form actions: every write needs the key in the form too."""

from __future__ import annotations

from urllib.parse import parse_qsl

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from pipeline.corrections.making import withdraw
from pipeline.errors import BatchError
from pipeline.web import pages
from pipeline.web.actions import GOES_ON, act
from pipeline.web.actions import undo as take_back
from pipeline.web.board import Shown
from pipeline.web.forms import MOST_BYTES, SayError, parse
from pipeline.web.queue import make_queue, next_row
from pipeline.web.safety import same_token
from pipeline.web.site import Site

__all__ = ["MOST_BYTES", "publish", "row", "undo", "withdraw_lost"]

_KEPT_STEPS = 200


def row(site: Site, request: Request, body: bytes) -> Response:
    """Saves a verdict or a correction; then shows the next row, or the same one again."""
    form = parse(body)
    if not same_token(form.get("token", ""), site.token):
        return site.message(request, "forbidden", 403)
    shown = site.find(request)
    queue = make_queue(site.desk, dict(parse_qsl(form.get("queue", ""))))
    if form.get("seen") != shown.digest and form.get("action") != "withdraw":
        return pages.show_row(site, request, shown, queue, form, "changed_meanwhile", 409)
    try:
        done = act(site.desk, queue, shown, form)
    except SayError as error:
        return pages.show_row(site, request, shown, queue, form, str(error), 400)
    if done is not None:
        site.done = [*site.done[-_KEPT_STEPS:], done]
    goes_on = form.get("action") in GOES_ON
    return RedirectResponse(_address(site, shown, form.get("queue", ""), goes_on=goes_on), 303)


def _address(site: Site, shown: Shown, query: str, *, goes_on: bool) -> str:
    """Where to go from a row: to the next in the queue, or to the same row as it is now."""
    queue = make_queue(site.desk, dict(parse_qsl(query)))
    target = site.desk.find(shown.board.id, shown.name)
    if goes_on:
        target = next_row(site.desk, queue, target or shown)
    if target is None:
        return f"/review?{queue.query}"
    return f"/row/{target.board.id}/{target.name}?{queue.query}"


def undo(site: Site, request: Request, body: bytes) -> Response:
    """Undoes the last action, and shows the row concerned."""
    form = parse(body)
    if not same_token(form.get("token", ""), site.token):
        return site.message(request, "forbidden", 403)
    if not site.done:
        return RedirectResponse("/review", 303)
    done = site.done[-1]
    take_back(site.desk, done)
    site.done = site.done[:-1]
    return RedirectResponse(done.address, 303)


def publish(site: Site, request: Request, body: bytes) -> Response:
    """Writes the corrections into the datasets."""
    form = parse(body)
    if not same_token(form.get("token", ""), site.token):
        return site.message(request, "forbidden", 403)
    words = site.words(request)
    try:
        done = site.desk.publish()
    except BatchError as error:
        return pages.show_overview(site, request, words("publish_failed", why=error))
    told = words("not_published", n=len(done.to_read)) if done.to_read else words("published")
    return pages.show_overview(site, request, told)


def withdraw_lost(site: Site, request: Request, body: bytes) -> Response:
    """Withdraws a correction whose row no longer exists."""
    form = parse(body)
    if not same_token(form.get("token", ""), site.token):
        return site.message(request, "forbidden", 403)
    for board in site.desk.boards.values():
        correction = board.by_id.get(form.get("id", ""))
        if correction is not None:
            site.desk.correct(withdraw(site.desk.reviewer, correction))
            break
    return RedirectResponse("/", 303)
