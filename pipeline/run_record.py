"""The run record: who ran what when, and what came of it, as JSON beside the datasets."""

from __future__ import annotations

import getpass
import json
import platform
import socket
import uuid
from collections import Counter
from collections.abc import Mapping
from datetime import UTC, datetime
from importlib.metadata import version
from typing import Any

from pipeline.code_version import about, library_versions
from pipeline.contents import Contents
from pipeline.plan import Plan, Why
from pipeline.store import Store
from pipeline.worker import Setup

FOLDER = "runs"


class RunRecord:
    """A record that is written when a run begins and again when it ends.

    A record that still says `running` after its run is of one that was killed.
    """

    def __init__(self, store: Store, options: Mapping[str, Any], setup: Setup) -> None:
        self._store = store
        self._begun = datetime.now(UTC)
        self._name = f"{FOLDER}/{self._begun:%Y%m%dT%H%M%SZ}-{uuid.uuid4().hex[:6]}.json"
        self._content: dict[str, Any] = {
            "state": "running",
            "started": self._begun.isoformat(timespec="seconds"),
            "user": _user(),
            "host": socket.gethostname(),
            "options": dict(options),
            "read_with": about(setup) | {"forms": json.loads(about(setup)["forms"])},
            "versions": {
                "svarsutdrag": version("svarsutdrag"),
                "python": platform.python_version(),
                **library_versions(),
            },
        }

    def begin(self) -> None:
        """Writes that the run is running."""
        self._write()

    def end(self, state: str, **facts: object) -> None:
        """Writes what came of the run: `finished`, `interrupted` or `failed`."""
        self._content |= {
            "state": state,
            "ended": datetime.now(UTC).isoformat(timespec="seconds"),
            **facts,
        }
        self._write()

    def _write(self) -> None:
        content = json.dumps(self._content, indent=1, ensure_ascii=False)
        self._store.write(self._name, content.encode("utf-8", "backslashreplace"))


def _user() -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError, ImportError):  # no name for this user, as in some containers
        return ""


def plan_counts(plan: Plan) -> dict[str, int]:
    """How many reports a plan treats in which way."""
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
        "answers": dict(contents.answers.most_common()),
        "mentions": contents.themes.total(),
        "problems": {f"{kind.severity} {kind.code}": kind.count for kind in contents.problems},
    }


def read_records(store: Store) -> list[dict[str, Any]]:
    """The run records of an output, oldest first; what is no record is left out."""
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
