"""Input and output in an object store: a real S3 server on this machine, and fsspec's memory."""

from __future__ import annotations

from pathlib import Path

import fsspec
import pytest

import pipeline.batch
from models.datasets import DATASETS
from pipeline import load
from pipeline.batch import run
from pipeline.errors import WrongUseError
from pipeline.request import Request
from pipeline.store import RemoteStore
from tests.batch_helpers import FAST, clean_files, inline_engine, numbered, write_texts


class Killed(BaseException):
    """Stands for the death of the process."""


def put(address: str, texts: dict[str, str]) -> None:
    files, root = fsspec.core.url_to_fs(address)
    for name, text in texts.items():
        files.pipe_file(f"{root}/{name}", text.encode())


def files_at(address: str) -> dict[str, bytes]:
    files, root = fsspec.core.url_to_fs(address, skip_instance_cache=True)
    return {
        str(name).removeprefix(root).lstrip("/"): files.cat_file(name)
        for dataset in DATASETS
        for name in files.ls(f"{root}/{dataset}", detail=False)
    }


@pytest.mark.parametrize("place", ["s3", "memory"])
def test_an_object_store_has_the_same_files_as_a_folder(
    place: str, request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    base = request.getfixturevalue(place)
    monkeypatch.setattr("pipeline.code_version.code_digest", lambda: "fixed")
    if place == "memory":
        monkeypatch.setattr(pipeline.batch, "make_engine", inline_engine)  # memory is a process's
    texts = numbered(20)
    put(f"{base}/in", {**texts, ".foto.png": "x"})
    local = write_texts(tmp_path / "in", texts)
    asked = Request((f"{base}/in",), f"{base}/out", FAST)
    outcome = run(asked)
    assert outcome.inputs.passed_over == {"hidden or temporary": 1}
    assert load(f"{base}/out", "problems").to_dict("records") == []
    assert files_at(f"{base}/out") == clean_files(local, tmp_path / "out")
    assert (run(asked).read, run(asked).hashed) == (0, 0)

    put(f"{base}/in", {"rapport 00003.txt": "ändrad"})
    write_texts(local, {"rapport 00003.txt": "ändrad"})
    assert run(asked).read == 1
    assert files_at(f"{base}/out") == clean_files(local, tmp_path / "out2")
    assert len(load(f"{base}/out", "reports")) == 20


def test_a_run_killed_between_two_puts_is_completed(
    memory: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("pipeline.code_version.code_digest", lambda: "fixed")
    monkeypatch.setattr(pipeline.batch, "make_engine", inline_engine)
    put(f"{memory}/in", numbered(5))
    asked = Request((f"{memory}/in",), f"{memory}/out", FAST)
    run(asked)
    put(f"{memory}/in", numbered(3, start=50))
    with monkeypatch.context() as patch:
        moves = []

        def move(self: RemoteStore, name: str, target: str) -> None:
            moves.append(target)
            if len(moves) == 3:
                raise Killed
            original(self, name, target)

        original = RemoteStore.move
        patch.setattr(RemoteStore, "move", move)
        with pytest.raises(Killed):
            run(asked)
    assert run(asked).read == 0
    local = write_texts(tmp_path / "in", numbered(5) | numbered(3, start=50))
    assert files_at(f"{memory}/out") == clean_files(local, tmp_path / "out")


def test_places_that_cannot_be_reached_are_reported() -> None:
    with pytest.raises(WrongUseError, match="has no files"):
        run(Request(("memory://nowhere",), "memory://out", FAST))
    with pytest.raises(WrongUseError, match="cannot be reached"):
        run(Request(("unknown-protocol://x",), "memory://out", FAST))
    with pytest.raises(WrongUseError, match="is inside the input"):
        run(Request(("memory://a",), "memory://a/out", FAST))


def test_missing_credentials_are_reported_and_not_as_a_bug(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    class NoCredentialsError(Exception):
        pass

    def find(*_: object, **__: object) -> None:
        raise NoCredentialsError("Unable to locate credentials")

    monkeypatch.setattr("fsspec.implementations.memory.MemoryFileSystem.find", find)
    with pytest.raises(WrongUseError, match=r"Unable to locate credentials\. Check .*credentials"):
        run(Request(("memory://a",), "memory://out", FAST))
