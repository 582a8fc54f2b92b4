"""Cached digests of input files, so that an unchanged file need not be read to be recognised.

Merely a cache: without it, files are hashed again. The datasets record what is published.
"""

from __future__ import annotations

import hashlib
import time
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import BinaryIO

import pyarrow as pa
import pyarrow.parquet as pq

from pipeline.addresses import open_input
from pipeline.inputs import InputFile
from pipeline.store import Store

STATE = "state/files.parquet"

_SCHEMA = pa.schema(
    [
        pa.field("source", pa.string()),
        pa.field("url", pa.string()),
        pa.field("size", pa.int64()),
        pa.field("stamp", pa.string()),
        pa.field("digest", pa.string()),
    ]
)
_SETTLING_SECONDS = 2.0
"""A file changed less than this before it is hashed may change again within one clock tick of its
file system, so its times are not trusted."""


@dataclass(frozen=True, slots=True)
class Known:
    """An input file and the SHA-256 of its bytes, or why it could not be read."""

    file: InputFile
    digest: str = ""
    error: str = ""


def identify(files: Iterable[InputFile], store: Store) -> tuple[list[Known], int]:
    """Finds the digest of every file, from the cache or from its bytes.

    Returns:
        The files in the same order, and how many had to be read.
    """
    remembered = read_state(store)
    known = []
    hashed = 0
    for file in files:
        digest = remembered.get((file.source, file.url, file.size, file.stamp))
        if file.error:
            known.append(Known(file, error=file.error))
        elif digest and file.stamp:
            known.append(Known(file, digest))
        else:
            hashed += 1
            known.append(hash_file(file))
    return known, hashed


def hash_file(file: InputFile) -> Known:
    """Reads a file for its digest."""
    unsettled = file.newest is not None and file.newest > time.time() - _SETTLING_SECONDS
    try:
        with open_input(file.url) as opened:
            digest = _digest(opened)
    except Exception as error:  # every file system raises errors of its own
        return Known(file, error=f"the file cannot be read ({_reason(error)})")
    return Known(replace(file, stamp="") if unsettled else file, digest)


def _digest(file: BinaryIO) -> str:
    """SHA-256 of a file, which may be larger than memory."""
    digest = hashlib.sha256()
    while block := file.read(2**20):
        digest.update(block)
    return digest.hexdigest()


def _reason(error: Exception) -> str:
    return str(getattr(error, "strerror", None) or error or type(error).__name__)


def remember(known: Iterable[Known], store: Store) -> None:
    """Saves the digests for the next run."""
    rows = [
        {
            "source": item.file.source,
            "url": _text(item.file.url),
            "size": item.file.size,
            "stamp": item.file.stamp,
            "digest": item.digest,
        }
        for item in known
        if item.digest
    ]
    sink = pa.BufferOutputStream()
    pq.write_table(pa.Table.from_pylist(rows, _SCHEMA), sink, compression="zstd")
    content = bytes(sink.getvalue())
    if store.read(STATE) != content:
        store.write(STATE, content)


def read_state(store: Store) -> dict[tuple[str, str, int | None, str], str]:
    """Returns the cached digests by source, location, size and stamp of the file."""
    content = store.read(STATE)
    if content is None:
        return {}
    try:
        columns = pq.ParquetFile(pa.BufferReader(content)).read().cast(_SCHEMA).to_pydict()
    except (pa.ArrowInvalid, OSError):
        return {}
    return {
        (source, url, size, stamp): digest
        for source, url, size, stamp, digest in zip(*columns.values(), strict=True)
    }


def _text(url: str) -> str:
    return url.encode("utf-8", "backslashreplace").decode()
