"""What every page shares: the desk, the templates, the reviewer's language and place."""

from __future__ import annotations

import json
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any, TypeVar

from jinja2 import Environment
from starlette.requests import Request
from starlette.responses import HTMLResponse

from pipeline.corrections.log import reviewer_file
from pipeline.errors import BatchError
from pipeline.web.actions import Done
from pipeline.web.board import Shown
from pipeline.web.desk import Desk
from pipeline.web.sources import Sources
from pipeline.web.words import LANGUAGES, Words

Made = TypeVar("Made")

LANGUAGE_COOKIE = "svar-language"


class NotFoundError(LookupError):
    """An address names something that does not exist."""


@dataclass
class Site:
    """The running application.

    Attributes:
        desk: What it shows.
        sources: Pictures and lines of the sources.
        templates: Its templates.
        token: The key that forms send back.
        language: Default language.
        done: Actions since it started, the latest last.
        kept: Cache of rendered parts, valid until something changes.
    """

    desk: Desk
    sources: Sources
    templates: Environment
    token: str
    language: str
    done: list[Done] = field(default_factory=list)
    kept: dict[tuple[object, ...], Any] = field(default_factory=dict)

    def words(self, request: Request) -> Words:
        """The words of the chosen language."""
        chosen = request.cookies.get(LANGUAGE_COOKIE, self.language)
        return Words(chosen if chosen in LANGUAGES else self.language)

    def page(
        self, request: Request, name: str, status: int = 200, **values: object
    ) -> HTMLResponse:
        """A page rendered from a template."""
        query = request.url.query
        shared: dict[str, object] = {
            "w": self.words(request),
            "desk": self.desk,
            "token": self.token,
            "here": request.url.path,
            "back": request.url.path + (f"?{query}" if query else ""),
            "tab": name,
            "can_undo": bool(self.done),
        }
        text = self.templates.get_template(f"{name}.html").render(**shared, **values)
        return HTMLResponse(text, status)

    def message(
        self, request: Request, what: str, status: int, text: str | None = None
    ) -> HTMLResponse:
        """A page with a single message; it shows none of the data."""
        words = self.words(request)
        shown = text if text is not None else words(f"{what}_text") if status < 500 else ""
        page = self.templates.get_template("message.html").render(
            w=words, title=words(f"{what}_title"), text=shown
        )
        return HTMLResponse(page, status)

    def find(self, request: Request) -> Shown:
        """The row named in an address.

        Raises:
            NotFoundError: There is no such row.
        """
        params = request.path_params
        shown = self.desk.find(params["report_id"], params["name"])
        if shown is None:
            raise NotFoundError
        return shown

    def keep(self, key: tuple[object, ...], make: Callable[[], Made]) -> Made:
        """The cached result of `make` for a key; keys begin with the version they are valid for."""
        if key not in self.kept:
            good = {self.desk.version, self.desk.content}
            self.kept = {k: v for k, v in self.kept.items() if k[0] in good}
            self.kept[key] = make()
        found: Made = self.kept[key]
        return found

    def remember_queue(self, query: str) -> None:
        """Remembers the reviewer's queue for next time; a mere convenience, so it may fail."""
        if self.remembered_queue() != query:
            with suppress(OSError, BatchError):
                self.desk.store.write(self._place(), json.dumps({"queue": query}).encode())

    def remembered_queue(self) -> str:
        """The queue that the reviewer was in, or ""."""
        with suppress(OSError, ValueError, AttributeError, BatchError):
            return str(json.loads(self.desk.store.read(self._place()) or b"{}").get("queue", ""))
        return ""

    def _place(self) -> str:
        name = reviewer_file(self.desk.reviewer).removesuffix("l")
        return f"state/open-{name}"
