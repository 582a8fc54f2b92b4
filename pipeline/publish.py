"""Publishing several files as one step: a journal records the moves before any is made.

A run that dies before the journal is written has changed nothing; one that dies later is completed
by `recover` in the next run.
"""

from __future__ import annotations

import json
import uuid
from collections.abc import Mapping, Sequence

from pipeline.store import PENDING, Store

JOURNAL = "state/publish.json"


def publish(store: Store, writes: Mapping[str, bytes], deletes: Sequence[str]) -> None:
    """Puts `writes` (content by name) in place and deletes `deletes`, all or nothing.

    A concurrent reader may miss rows, but sees none twice: files are deleted first, then replaced,
    then added, so `writes` must begin with those that replace a file.
    """
    batch = uuid.uuid4().hex
    moves = {f"{PENDING}/{batch}-{number}.tmp": name for number, name in enumerate(writes)}
    for aside, name in moves.items():
        store.write(aside, writes[name])
    store.settle({PENDING})
    store.write(JOURNAL, json.dumps({"deletes": list(deletes), "moves": moves}).encode())
    store.settle({"state"})
    _carry_out(store, deletes, moves)


def recover(store: Store) -> None:
    """Completes what a dead run had begun to publish, and removes its leftovers."""
    content = store.read(JOURNAL)
    if content is not None:
        journal = json.loads(content)
        _carry_out(store, journal["deletes"], journal["moves"])
    for folder in (PENDING, "state", "runs"):
        for name in store.names(folder):
            if name.endswith((".tmp", ".aside")):
                store.delete(f"{folder}/{name}")


def _carry_out(store: Store, deletes: Sequence[str], moves: Mapping[str, str]) -> None:
    for name in deletes:
        store.delete(name)
    for aside, name in moves.items():
        store.move(aside, name)
    store.settle({name.rsplit("/", 1)[0] for name in (*deletes, *moves.values())})
    store.delete(JOURNAL)
    store.settle({"state"})
