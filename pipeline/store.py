"""Storage of the datasets: a local folder, or an object store through fsspec.

Names are relative, with `/`. At any moment a file has either its old content or its new one.
"""

from __future__ import annotations

import errno
import os
import time
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext, suppress
from pathlib import Path
from typing import Any, BinaryIO, Protocol

from filelock import FileLock, Timeout

from pipeline.addresses import Place, is_remote, local_path
from pipeline.errors import BatchError, LockedError, WrongUseError
from pipeline.inputs import unreachable

PENDING = "state/pending"
"""Folder of files that are written but not yet published."""

APPENDING = "state/reviews.lock"
"""Lock held while a line is appended to a file."""


class Store(Protocol):
    """The operations that a batch needs on its output."""

    url: str

    def prepare(self) -> None:
        """Checks that the output can be written; raises WrongUseError if it cannot."""

    def lock(self) -> AbstractContextManager[object]:
        """Excludes other runs while held; raises LockedError if another run holds it."""

    def names(self, folder: str) -> list[str]:
        """Names of the files in a folder, sorted; empty if it does not exist."""

    def read(self, name: str) -> bytes | None:
        """The content of a file, or None if it does not exist."""

    def open(self, name: str) -> BinaryIO:
        """Opens a file for random access reading; raises FileNotFoundError if it is missing."""

    def write(self, name: str, data: bytes) -> None:
        """Writes a file atomically; it is on disk when this returns."""

    def append(self, name: str, line: str) -> None:
        """Appends a line to a file; it is on disk when this returns."""

    def signs(self, folder: str) -> list[tuple[object, ...]]:
        """A value that changes when a file in a folder does."""

    def move(self, name: str, target: str) -> None:
        """Moves a written file to `target`, replacing it; does nothing if `name` is missing."""

    def delete(self, name: str) -> None:
        """Deletes a file; does nothing if it is missing."""

    def settle(self, folders: set[str]) -> None:
        """Makes moves and deletions in folders durable before it returns."""


def open_store(out: Place) -> Store:
    """The store at a local path or an fsspec address."""
    address = str(out)
    return RemoteStore(address) if is_remote(address) else LocalStore(local_path(address))


def has_datasets(out: Place) -> bool:
    """Whether a place is the output of `svar run`.

    Raises:
        WrongUseError: An object store cannot be reached.
    """
    if is_remote(str(out)):
        return bool(open_store(out).names("reports"))
    folder = local_path(str(out))
    return folder.is_dir() and all((folder / name).is_dir() for name in ("reports", "answers"))


class LocalStore:
    """A local folder. Files are written under a temporary name, flushed to disk and renamed."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.url = str(root)

    def prepare(self) -> None:
        """Creates the folder; raises WrongUseError if it cannot be written."""
        try:
            (self.root / PENDING).mkdir(parents=True, exist_ok=True)
            probe = self.root / PENDING / "probe.tmp"
            probe.write_bytes(b"")
            probe.unlink()
        except OSError as error:
            raise WrongUseError(
                f"{self.root} cannot be written ({error.strerror}). "
                "Give --out a folder that you can write to."
            ) from error

    def lock(self) -> AbstractContextManager[object]:
        """Locks the folder until released, or until this process dies."""
        lock = FileLock(self.root / "state" / "lock")
        try:
            return lock.acquire(timeout=0)
        except Timeout:
            raise LockedError(
                f"Another run is writing to {self.root}. Wait until it has finished, "
                "or give another --out."
            ) from None

    def names(self, folder: str) -> list[str]:
        """Names of the files in a folder, sorted."""
        try:
            return sorted(entry.name for entry in os.scandir(self.root / folder))
        except FileNotFoundError:
            return []

    def read(self, name: str) -> bytes | None:
        """The content of a file, or None."""
        try:
            return (self.root / name).read_bytes()
        except (FileNotFoundError, NotADirectoryError):
            return None

    def open(self, name: str) -> BinaryIO:
        """Opens a file for reading."""
        return (self.root / name).open("rb")

    def write(self, name: str, data: bytes) -> None:
        """Writes under a temporary name, flushes and renames."""
        target = self.root / name
        aside = target.with_name(f"{target.name}.aside")
        try:
            target.parent.mkdir(parents=True, exist_ok=True)
            with aside.open("wb") as file:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
            _replace(aside, target)
        except OSError as error:
            with suppress(OSError):
                aside.unlink(missing_ok=True)
            raise _cannot_write(target, error) from error

    def append(self, name: str, line: str) -> None:
        """Appends a line, under a lock.

        An incomplete line left by a writer that died is removed: it was never acknowledged.

        Raises:
            OSError: It cannot be written.
        """
        lock, path = self.root / APPENDING, self.root / name
        lock.parent.mkdir(parents=True, exist_ok=True)
        path.parent.mkdir(parents=True, exist_ok=True)
        with FileLock(lock, timeout=30):
            is_new = not path.exists()
            with path.open("ab") as file:
                data = path.read_bytes()
                if data and not data.endswith(b"\n"):
                    os.truncate(path, data.rfind(b"\n") + 1)
                file.write(line.encode() + b"\n")
                file.flush()
                os.fsync(file.fileno())
            if is_new:
                self.settle({str(path.parent.relative_to(self.root))})

    def signs(self, folder: str) -> list[tuple[object, ...]]:
        """Name, size and time of each file."""
        found = ((path.name, path.stat()) for path in sorted((self.root / folder).glob("*")))
        return [(name, status.st_size, status.st_mtime_ns) for name, status in found]

    def move(self, name: str, target: str) -> None:
        """Renames; a reader sees the old file or the new one."""
        path = self.root / target
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            _replace(self.root / name, path)
        except FileNotFoundError:
            return
        except OSError as error:
            raise _cannot_write(path, error) from error

    def delete(self, name: str) -> None:
        """Deletes a file if it is there."""
        try:
            (self.root / name).unlink(missing_ok=True)
        except OSError as error:
            raise _cannot_write(self.root / name, error) from error

    def settle(self, folders: set[str]) -> None:
        """Flushes the folders themselves (on POSIX; other systems have no call for it)."""
        if os.name != "posix":
            return
        for folder in folders:
            if not (self.root / folder).is_dir():
                continue
            descriptor = os.open(self.root / folder, os.O_RDONLY)
            try:
                os.fsync(descriptor)
            finally:
                os.close(descriptor)


def _replace(path: Path, target: Path) -> None:
    """Renames over `target`, retrying on Windows, where a reader can hold it for a moment."""
    for attempt in range(20):
        try:
            path.replace(target)
            return
        except PermissionError:
            if os.name != "nt" or attempt == 19:
                raise
            time.sleep(0.1)


def _cannot_write(path: Path, error: OSError) -> BatchError:
    fix = "Free some space" if error.errno in (errno.ENOSPC, errno.EDQUOT) else "Fix this"
    return BatchError(
        f"{path} cannot be written ({error.strerror}). {fix} and run again: what was "
        "published before is intact, and the next run continues from there."
    )


class RemoteStore:
    """A folder in an object store. Files are put whole, and moved by the store itself."""

    def __init__(self, url: str) -> None:
        import fsspec  # noqa: PLC0415 - slows start-up where it is not needed

        self.url = url.rstrip("/")
        try:
            files, root = fsspec.core.url_to_fs(self.url)
        except Exception as error:  # every store raises errors of its own
            raise unreachable(url, error) from error
        self._files: Any = files
        self._root = str(root).rstrip("/")

    def _path(self, name: str) -> str:
        return f"{self._root}/{name}"

    @contextmanager
    def _explained(self, name: str) -> Iterator[None]:
        """Turns the store's own errors into one for people."""
        try:
            yield
        except Exception as error:  # every store raises errors of its own
            raise BatchError(
                f"{self.url}/{name} cannot be written ({error}). Fix this and run again: what "
                "was published before is intact, and the next run continues from there."
            ) from error

    def prepare(self) -> None:
        """Writes and deletes a probe; raises WrongUseError if that fails."""
        try:
            self.write(f"{PENDING}/probe.tmp", b"")
            self.delete(f"{PENDING}/probe.tmp")
        except BatchError as error:
            raise WrongUseError(
                f"{self.url} cannot be written ({error.__cause__}). "
                "Give --out a place that you can write to."
            ) from error

    def lock(self) -> AbstractContextManager[object]:
        """Does nothing: object stores have no lock that a dead run releases. Run one at a time."""
        return nullcontext()

    @contextmanager
    def _reached(self) -> Iterator[None]:
        """Turns the store's own errors while reading into one for people."""
        try:
            yield
        except FileNotFoundError:
            raise
        except Exception as error:  # every store raises errors of its own
            raise unreachable(self.url, error) from error

    def names(self, folder: str) -> list[str]:
        """Names of the files in a folder, sorted."""
        return [str(info["name"]).rsplit("/", 1)[-1] for info in self._listed(folder)]

    def _listed(self, folder: str) -> list[dict[str, Any]]:
        """The store's information on the files in a folder, by name."""
        try:
            with self._reached():
                self._files.invalidate_cache()
                listed = self._files.ls(self._path(folder), detail=True)
        except FileNotFoundError:
            return []
        return sorted(listed, key=lambda info: str(info["name"]))

    def read(self, name: str) -> bytes | None:
        """The content of a file, or None."""
        try:
            with self._reached():
                return bytes(self._files.cat_file(self._path(name)))
        except FileNotFoundError:
            return None

    def open(self, name: str) -> BinaryIO:
        """Opens a file for reading; only the ranges read are fetched."""
        with self._reached():
            file: BinaryIO = self._files.open(self._path(name), "rb")
        return file

    def write(self, name: str, data: bytes) -> None:
        """Puts a file whole."""
        with self._explained(name):
            self._files.pipe_file(self._path(name), data)

    def append(self, name: str, line: str) -> None:
        """Rewrites the file with the line appended; allow only one writer at a time."""
        self.write(name, (self.read(name) or b"") + line.encode() + b"\n")

    def signs(self, folder: str) -> list[tuple[object, ...]]:
        """Name, size and tag or time of each file, as far as the store provides them."""
        tags = ("ETag", "etag", "LastModified", "last_modified", "mtime", "created")
        return [
            (info["name"], info.get("size"), next((info[t] for t in tags if info.get(t)), None))
            for info in self._listed(folder)
        ]

    def move(self, name: str, target: str) -> None:
        """Copies within the store, then deletes the original."""
        with self._explained(target), suppress(FileNotFoundError):
            self._files.cp_file(self._path(name), self._path(target))
            self._files.rm_file(self._path(name))

    def delete(self, name: str) -> None:
        """Deletes a file if it is there."""
        with self._explained(name), suppress(FileNotFoundError):
            self._files.rm_file(self._path(name))

    def settle(self, folders: set[str]) -> None:
        """Does nothing: a put is durable when it returns."""
