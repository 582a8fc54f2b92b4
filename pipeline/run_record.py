"""The run record: who ran what, when, and with what outcome, as JSON beside the datasets."""

from __future__ import annotations

import getpass
import json
import platform
import socket
import uuid
from collections import Counter
from datetime import UTC, datetime
from importlib.metadata import version
from typing import Any

from pipeline.addresses import is_remote, local_path
from pipeline.code_version import about, library_versions
from pipeline.contents import Contents
from pipeline.plan import Plan, Why
from pipeline.request import Outcome, Request
from pipeline.store import Store

FOLDER = "runs"


class RunRecord:
    """A record that is written when a run begins and again when it ends.

    A record that still says `running` after the run belongs to one that was killed.
    """

    def __init__(self, store: Store, request: Request) -> None:
        self._store = store
        self._begun = datetime.now(UTC)
        self._name = f"{FOLDER}/{self._begun:%Y%m%dT%H%M%SZ}-{uuid.uuid4().hex[:6]}.json"
        read_with = about(request.setup)
        self._content: dict[str, Any] = {
            "state": "running",
            "started": self._begun.isoformat(timespec="seconds"),
            "user": _user(),
            "host": socket.gethostname(),
            "options": _options(request),
            "inputs": [_absolute(path) for path in request.paths],
            "read_with": read_with | {"forms": json.loads(read_with["forms"])},
            "versions": {
                "svarsutdrag": version("svarsutdrag"),
                "python": platform.python_version(),
                **library_versions(),
            },
        }

    def begin(self) -> None:
        """Records that the run has begun."""
        self._write()

    def end(self, state: str, **facts: object) -> None:
        """Records how the run ended: `finished`, `interrupted` or `failed`."""
        self._content |= {
            "state": state,
            "ended": datetime.now(UTC).isoformat(timespec="seconds"),
            **facts,
        }
        self._write()

    def end_well(self, outcome: Outcome) -> None:
        """Records what a run did that finished or was stopped by the user."""
        self.end(
            "interrupted" if outcome.interrupted else "finished",
            seconds=round(outcome.seconds, 3),
            plan=plan_counts(outcome.plan),
            read=outcome.read,
            hashed=outcome.hashed,
            passed_over=dict(outcome.inputs.passed_over),
            contents=content_counts(outcome.contents),
            written=outcome.files,
            datasets={part.name: part.stamp for part in outcome.published.parts.values()},
        )

    def _write(self) -> None:
        content = json.dumps(self._content, indent=1, ensure_ascii=False)
        self._store.write(self._name, content.encode("utf-8", "backslashreplace"))


def _options(request: Request) -> dict[str, object]:
    """The options of a request; passwords are not among them."""
    return {
        # Absolute, so that a command from another folder finds the sources.
        "paths": [
            path if is_remote(path) else str(local_path(path).absolute()) for path in request.paths
        ],
        "out": request.out,
        "jobs": request.jobs,
        "engine": request.engine,
        "scheduler": request.scheduler,
        "force": request.force,
        "retry_failed": request.retry_failed,
        "versions": request.versions.kind,
        "timeout": request.setup.timeout,
        "memory": request.setup.memory,
    }


def _absolute(path: str) -> str:
    """An input as an absolute location."""
    return path if is_remote(path) else str(local_path(path).absolute())


def _user() -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError, ImportError):  # no name for this user, as in some containers
        return ""


def plan_counts(plan: Plan) -> dict[str, int]:
    """Number of reports by how the plan treats them."""
    counts = Counter(want.why for want in plan.wanted.values())
    return {
        **{str(why): counts[why] for why in Why},
        "double": len(plan.doubles),
        "gone": len(plan.gone),
    }


def content_counts(contents: Contents) -> dict[str, Any]:
    """The counts over the datasets."""
    return {
        "inputs": contents.inputs,
        **{status: contents.statuses[status] for status in ("ok", "partial", "failed")},
        "double": contents.doubles,
        "superseded": contents.superseded,
        "answers": dict(contents.answers.most_common()),
        "mentions": contents.themes.total(),
        "problems": {f"{kind.severity} {kind.code}": kind.count for kind in contents.problems},
    }


def read_records(store: Store) -> list[dict[str, Any]]:
    """The run records of an output, oldest first; invalid files are skipped."""
    records = []
    for name in store.names(FOLDER):
        content = store.read(f"{FOLDER}/{name}") if name.endswith(".json") else None
        if content is None:
            continue
        try:
            record = json.loads(content)
        except ValueError:
            continue
        if isinstance(record, dict) and "started" in record:
            records.append(record)
    return records
