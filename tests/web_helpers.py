"""Shared by the tests of `svar open`: its server on a thread, and datasets to look at."""

from __future__ import annotations

import json
import re
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from html import unescape
from pathlib import Path

import httpx
import uvicorn

from extractors.rules import builtin_forms
from extractors.themes import builtin_taxonomy
from models.corrections import Correction
from models.report import Report
from models.rows import tables
from pipeline.corrections.log import read_corrections
from pipeline.parts import encode, file_name
from pipeline.store import open_store
from pipeline.web.app import create_app
from pipeline.web.desk import Desk

TOKEN = "a-key-for-tests"


@dataclass
class Site:
    """A running `svar open`."""

    out: Path
    desk: Desk
    port: int

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def entry(self) -> str:
        return f"{self.url}/?token={TOKEN}"

    def corrections(self) -> list[Correction]:
        return read_corrections(open_store(str(self.out)))


def publish(out: Path, *reports: Report) -> Path:
    """Writes datasets as `svar run` does, including metadata."""
    about = {"taxonomy": builtin_taxonomy().digest}
    for dataset, content in encode(tables(reports), "key", about, {}, {}).items():
        path = out / file_name(dataset, "part-0000")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    return out


def record_inputs(out: Path, folder: Path) -> None:
    """Writes the record of a run that read a folder."""
    (out / "runs").mkdir(exist_ok=True)
    record = {"started": "2031-01-01T00:00:00+00:00", "inputs": [str(folder)]}
    (out / "runs" / "1.json").write_text(json.dumps(record))


@contextmanager
def serving(out: Path, reviewer: str = "Kim", language: str = "en") -> Iterator[Site]:
    desk = Desk(out, reviewer, builtin_forms(), builtin_taxonomy())
    app = create_app(desk, TOKEN, language=language)
    own = socket.socket()
    own.bind(("127.0.0.1", 0))
    server = uvicorn.Server(uvicorn.Config(app, log_level="warning", access_log=False))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [own]}, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.01)
    try:
        yield Site(out, desk, own.getsockname()[1])
    finally:
        server.should_exit = True
        thread.join(timeout=10)
        own.close()


class Visitor:
    """A browser without a screen: follows addresses and sends the forms that a page has."""

    def __init__(self, site: Site) -> None:
        self.client = httpx.Client(base_url=site.url, follow_redirects=True, timeout=30)
        self.page = self.client.get(site.entry).text
        self.address = "/"

    def go(self, address: str) -> str:
        response = self.client.get(address)
        self.address, self.page = str(response.url), response.text
        return self.page

    def send(self, action: str, **fields: str) -> httpx.Response:
        """Sends the row's form with an action and changed fields."""
        form = {name: self._value(name) for name in ("token", "seen", "queue")}
        path = httpx.URL(self.address).path
        response = self.client.post(path, data={**form, "action": action, **fields})
        self.address, self.page = str(response.url), response.text
        return response

    def _value(self, name: str) -> str:
        found = re.search(rf'name="{name}" value="([^"]*)"', self.page)
        return unescape(found[1]) if found else ""

    def text(self) -> str:
        """The page's text without tags."""
        return " ".join(unescape(re.sub(r"<[^>]+>", " ", self.page)).split())
