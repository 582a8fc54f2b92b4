"""Fixtures for all tests: the built-in rules, and the real report where it is available."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import fsspec
import pytest

from extractors.rules import builtin_forms
from extractors.themes import builtin_taxonomy
from models.form import Form
from models.taxonomy import Taxonomy

SYDVAST = Path(__file__).resolve().parents[1].parent / "shared" / "reports" / "sydvast.txt"


@pytest.fixture
def sydvast() -> Path:
    if not SYDVAST.is_file():
        pytest.skip(f"the real report is not here: {SYDVAST}")
    return SYDVAST


@pytest.fixture
def form() -> Form:
    return builtin_forms()[0]


@pytest.fixture
def taxonomy() -> Taxonomy:
    return builtin_taxonomy()


@pytest.fixture
def s3(monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """An empty bucket of a moto server."""
    server_module = pytest.importorskip("moto.server", reason="needs moto and s3fs (extra dev)")
    s3fs = pytest.importorskip("s3fs", reason="needs s3fs (extra s3)")
    server = server_module.ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    monkeypatch.setenv("AWS_ENDPOINT_URL", f"http://{host}:{port}")
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "test")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "test")
    monkeypatch.setenv("AWS_DEFAULT_REGION", "us-east-1")
    s3fs.S3FileSystem.clear_instance_cache()
    bucket = f"svar-{uuid4().hex}"  # the servers of one process share their buckets
    fsspec.filesystem("s3").mkdir(bucket)
    yield f"s3://{bucket}"
    server.stop()


@pytest.fixture
def memory() -> Iterator[str]:
    files = fsspec.filesystem("memory")
    yield "memory://svar-test"
    files.rm("/svar-test", recursive=True)
