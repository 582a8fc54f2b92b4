"""The web application of `svar open`: its routes, and how pages are rendered."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape
from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.middleware import Middleware
from starlette.middleware.base import BaseHTTPMiddleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from pipeline.checking.shown import visible
from pipeline.errors import BatchError
from pipeline.web import pages, posts
from pipeline.web.desk import Desk
from pipeline.web.safety import Guard
from pipeline.web.site import NotFoundError, Site
from pipeline.web.sources import Sources

HERE = Path(__file__).parent


def create_app(
    desk: Desk, token: str, *, language: str = "sv", passwords: tuple[str, ...] = ()
) -> Starlette:
    """Returns the application.

    Args:
        desk: What it shows.
        token: The key required of every request.
        language: Default language: sv or en.
        passwords: Passwords to try on encrypted files.
    """
    site = Site(desk, Sources(desk, passwords), _templates(), token, language)

    def refuse(request: Request) -> Response:
        return site.message(request, "forbidden", 403)

    guard = Guard(token, refuse)
    routes = [
        Route("/", _page(site, pages.overview)),
        Route("/review", _page(site, pages.review)),
        Route("/row/{report_id}/{name}", _page(site, pages.row)),
        Route("/row/{report_id}/{name}", _post(site, posts.row), methods=["POST"]),
        Route("/picture/{report_id}/{name}/{page:int}.png", _page(site, pages.picture)),
        Route("/answers", _page(site, pages.answers)),
        Route("/answers.{kind}", _page(site, pages.download)),
        Route("/themes", _page(site, pages.themes)),
        Route("/themes/{theme}", _page(site, pages.theme)),
        Route("/undo", _post(site, posts.undo), methods=["POST"]),
        Route("/publish", _post(site, posts.publish), methods=["POST"]),
        Route("/withdraw", _post(site, posts.withdraw_lost), methods=["POST"]),
        Route("/language", _page(site, pages.choose_language)),
        Mount("/static", StaticFiles(directory=HERE / "static")),
    ]
    return Starlette(
        routes=routes,
        middleware=[Middleware(BaseHTTPMiddleware, dispatch=guard)],
        exception_handlers={404: lambda request, _: site.message(request, "not_found", 404)},
    )


def _page(site: Site, view: Callable[[Site, Request], Response]) -> Callable[[Request], Response]:
    """A view as the framework calls it: in a thread, on the current files."""

    def answer(request: Request) -> Response:
        try:
            site.desk.refresh()
            return view(site, request)
        except NotFoundError:
            return site.message(request, "not_found", 404)
        except (BatchError, ValueError) as error:
            return site.message(request, "error", 500, str(error))

    return answer


def _post(
    site: Site, action: Callable[[Site, Request, bytes], Response]
) -> Callable[[Request], Any]:
    """A form action, as the framework calls it."""

    def answer(request: Request, body: bytes) -> Response:
        try:
            site.desk.refresh()
            return action(site, request, body)
        except NotFoundError:
            return site.message(request, "not_found", 404)
        except OSError as error:
            why = site.words(request)("not_saved", why=error.strerror or str(error))
            return site.message(request, "error", 500, why)
        except (BatchError, ValueError) as error:
            return site.message(request, "error", 500, str(error))

    async def receive(request: Request) -> Response:
        body = b""
        async for part in request.stream():
            body += part
            if len(body) > posts.MOST_BYTES:
                return site.message(request, "error", 413)
        return await run_in_threadpool(answer, request, body)

    return receive


def _templates() -> Environment:
    """Templates that escape everything and spell out invisible characters."""
    environment = Environment(
        loader=FileSystemLoader(HERE / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=_shown,
    )
    environment.filters["to_edit"] = lambda text: Markup(escape(text))
    return environment


def _shown(value: object) -> object:
    """A value as shown on a page: text with invisible characters spelled out, nothing for None."""
    if isinstance(value, Markup):
        return value
    if value is None:
        return ""
    return visible(value) if isinstance(value, str) else value
