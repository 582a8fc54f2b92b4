"""Finds the reports in the input paths: files to read, and counts of those to skip."""

from __future__ import annotations

import os
import re
import stat
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path, PurePosixPath
from typing import Any

from extractors.readers import other_kinds
from extractors.readers.dispatch import SUFFIXES
from extractors.readers.other_kinds import suffix_of
from pipeline.addresses import is_remote, local_path
from pipeline.errors import WrongUseError

KINDS = {suffix: kind.value for suffix, kind in SUFFIXES.items()}
"""File types that are read, by lower-case suffix."""

_SYSTEM_FILES = frozenset({"thumbs.db", "ehthumbs.db", "desktop.ini", "icon\r"})
_PAGE_FOLDER = re.compile(r"(?:^|/)[^/]+(?:[_.-](?:files|filer|fichiers)|_html)/", re.IGNORECASE)
_PAGE_PICTURE = re.compile(r"_html_\w+\.(?:png|gif|jpe?g|svg)$", re.IGNORECASE)
_PAGE_PARTS = frozenset(
    {".png", ".gif", ".jpg", ".jpeg", ".svg", ".webp", ".ico", ".css", ".js", ".xml", ".thmx",
     ".mso", ".emz", ".wmz", ".woff", ".woff2"}
)  # fmt: skip
"""Folders and file names that programs use for the images and styles of a saved web page."""


@dataclass(frozen=True, slots=True)
class InputFile:
    """A file to read.

    Attributes:
        source: Its path below the input folder, with `/`.
        url: Where it is: a local path, or an fsspec address.
        size: In bytes; None if unknown.
        stamp: Changes when the file changes, as far as the file system shows: its times, or its tag
            in an object store. "" if nothing is known, so that the file is hashed.
        newest: The latest of its times, in seconds since 1970; None if it has none.
        modified: When its content was last changed, in seconds since 1970; None if unknown.
        error: Why it cannot be read, or "".
        other_kind: Whether it is of a type that is not read.
    """

    source: str
    url: str
    size: int | None = None
    stamp: str = ""
    newest: float | None = None
    modified: float | None = None
    error: str = ""
    other_kind: bool = False


@dataclass(slots=True)
class Inputs:
    """What was found: files ordered by `source`, and what was skipped.

    Attributes:
        files: The files to read, and those of other types, which become failed reports.
        passed_over: Number of files that are certainly not reports, by kind.
        links: Links to folders outside the input path, which may hold reports.
        empty: Folders without anything in them, some of which are named as reports.
    """

    files: list[InputFile] = field(default_factory=list)
    passed_over: Counter[str] = field(default_factory=Counter)
    links: list[str] = field(default_factory=list)
    empty: list[str] = field(default_factory=list)


def find_inputs(paths: Sequence[str]) -> Inputs:
    """Finds the reports below `paths`: folders, files or fsspec addresses.

    Links are followed, and each folder is visited once; a linked folder outside the path is skipped
    and listed in `links`. With several folders whose files have the same paths, each source begins
    with its folder's name.

    Raises:
        WrongUseError: A path does not exist, or two files would have the same source.
    """
    found = [_find(path) for path in paths]
    inputs = Inputs()
    for part in found:
        inputs.passed_over += part.passed_over
        inputs.links += part.links
        inputs.empty += part.empty
    inputs.files = sorted(_joined(paths, found), key=lambda file: file.source)
    inputs.links.sort()
    inputs.empty.sort()
    return inputs


def _joined(paths: Sequence[str], found: Sequence[Inputs]) -> list[InputFile]:
    """The files of all paths, each once, with unique sources."""
    if len(found) == 1:
        return found[0].files
    if _has_clash(found):
        for path, part in zip(paths, found, strict=True):
            part.files = [_below(path, file) for file in part.files]
    if _has_clash(found):
        raise WrongUseError(
            "Two input folders have the same name and contain files with the same paths. "
            "Give their parent folder instead."
        )
    by_place: dict[str, InputFile] = {}
    for part in found:
        for file in part.files:
            by_place.setdefault(_place(file), file)
    return list(by_place.values())


def _below(path: str, file: InputFile) -> InputFile:
    name = PurePosixPath(path.rstrip("/")).name if is_remote(path) else local_path(path).absolute()
    folder = name if isinstance(name, str) else name.name
    return file if file.source == folder else replace(file, source=f"{folder}/{file.source}")


def _place(file: InputFile) -> str:
    return file.url if is_remote(file.url) else os.path.normpath(file.url)


def _has_clash(found: Sequence[Inputs]) -> bool:
    """Whether two different files have the same source."""
    sources: dict[str, str] = {}
    return any(
        sources.setdefault(file.source, _place(file)) != _place(file)
        for part in found
        for file in part.files
    )


def _find(path: str) -> Inputs:
    inputs = Inputs()
    if is_remote(path):
        _find_remote(path, inputs)
        return inputs
    local = local_path(path).absolute()  # a worker may have a different working folder
    if not os.path.lexists(local):
        raise WrongUseError(f"{path} does not exist. Give an existing folder or file.")
    if local.is_dir():
        for name, entry in _walk(local, inputs):
            _sort_in(inputs, name, entry)
    elif suffix_of(local.name) not in KINDS:
        what, fix = other_kinds.describe(path)
        raise WrongUseError(f"{path} is {what}, which is not read. {fix}")
    else:
        inputs.files.append(_local_file(_printable(local.name), str(local)))
    return inputs


def _walk(top: Path, inputs: Inputs) -> Iterator[tuple[str, str | OSError]]:
    """Yields name below `top` and path of every file; the error of a folder that cannot be read.

    Links to folders are followed after all real folders, and no folder is visited twice. Links
    that lead out of `top`, and empty folders, are added to the inputs.
    """
    root = os.path.realpath(top)
    waiting: list[tuple[str, str]] = [("", str(top))]
    links: list[tuple[str, str]] = []
    visited: set[tuple[int, int]] = set()
    while waiting or links:
        below, folder = waiting.pop() if waiting else links.pop(0)
        try:
            status = os.stat(folder)  # noqa: PTH116 - names need not be valid text
            if (status.st_dev, status.st_ino) in visited:
                continue
            visited.add((status.st_dev, status.st_ino))
            with os.scandir(folder) as entries:
                listed = sorted(entries, key=lambda entry: entry.name)
        except OSError as error:
            yield below, error
            continue
        if below and not listed:
            inputs.empty.append(_printable(below))
        for entry in listed:
            name = below + entry.name
            if entry.is_dir(follow_symlinks=False):
                waiting.append((f"{name}/", entry.path))
            elif _is_folder(entry):
                if Path(os.path.realpath(entry.path)).is_relative_to(root):
                    links.append((f"{name}/", entry.path))
                else:
                    inputs.links.append(_printable(name))
            else:
                yield name, entry.path


def _is_folder(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_dir()
    except OSError:  # a loop of links
        return False


def _sort_in(inputs: Inputs, name: str, entry: str | OSError) -> None:
    source = _printable(name)
    if isinstance(entry, OSError):
        message = f"the folder cannot be read ({entry.strerror})"
        inputs.files.append(InputFile(source, entry.filename or name, error=message))
    elif reason := _no_report(source):
        inputs.passed_over[reason] += 1
    elif _is_read(source):
        inputs.files.append(_local_file(source, entry))
    else:
        inputs.files.append(_other_kind(source, entry))


def _no_report(source: str) -> str:
    """Returns what a file is if it is certainly not a report, or "" if it may be one."""
    name = source.rsplit("/", 1)[-1].lower()
    if name in _SYSTEM_FILES:
        return "of the system"
    if name.startswith((".", "~$", "~wrl")) or name.endswith(".tmp"):
        return "hidden or temporary"
    in_page = _PAGE_FOLDER.search(source) or _PAGE_PICTURE.search(source)
    return "parts of web pages" if in_page and suffix_of(name) in _PAGE_PARTS else ""


def _is_read(source: str) -> bool:
    """Whether files of this name are read."""
    return suffix_of(source) in KINDS


def _other_kind(source: str, url: str) -> InputFile:
    """A file that is only listed among the problems; its bytes are not read."""
    what, _ = other_kinds.describe(source)
    return InputFile(source, url, error=f"it is {what}, which is not read", other_kind=True)


def _local_file(source: str, path: str) -> InputFile:
    try:
        status = os.stat(path)  # noqa: PTH116 - names need not be valid text
    except OSError as error:
        return InputFile(source, path, error=f"the file cannot be found ({error.strerror})")
    if not stat.S_ISREG(status.st_mode):
        return InputFile(source, path, error="it is not a regular file")
    stamp = f"{status.st_mtime_ns}:{status.st_ctime_ns}:{status.st_ino}"
    return InputFile(
        source,
        path,
        status.st_size,
        stamp,
        newest=max(status.st_mtime, status.st_ctime),
        modified=status.st_mtime,
    )


def _printable(name: str) -> str:
    r"""The name as valid UTF-8 text; undecodable bytes become `\xNN`."""
    return os.fsencode(name.replace(os.sep, "/")).decode("utf-8", "backslashreplace")


def unreachable(place: str, error: Exception) -> WrongUseError:
    """Returns the error to raise if an fsspec address cannot be used."""
    reason = str(error) or type(error).__name__
    return WrongUseError(
        f"{place} cannot be reached: {reason.rstrip('.')}. Check the address, the network and the "
        "credentials that this kind of store takes (for s3:// the usual AWS settings)."
    )


def _find_remote(path: str, inputs: Inputs) -> None:
    import fsspec  # noqa: PLC0415 - costs start-up time where it is not needed

    try:
        files, root = fsspec.core.url_to_fs(path)
        listed: dict[str, dict[str, Any]] = files.find(root, detail=True)
    except Exception as error:  # every object store raises errors of its own
        raise unreachable(path, error) from error
    if not listed:
        raise WrongUseError(f"{path} has no files. Give a file, or a folder with files.")
    for name, info in sorted(listed.items()):
        source = name.removeprefix(root).lstrip("/") or PurePosixPath(name).name
        url = files.unstrip_protocol(name)
        if reason := _no_report(source):
            inputs.passed_over[reason] += 1
        elif _is_read(source):
            tag = str(info.get("ETag") or info.get("etag") or info.get("created") or "")
            inputs.files.append(
                InputFile(source, url, info.get("size"), tag, modified=_modified(info))
            )
        else:
            inputs.files.append(_other_kind(source, url))


def _modified(info: dict[str, Any]) -> float | None:
    """When a file in an object store was changed; each kind of store has its own key for it."""
    when = info.get("LastModified") or info.get("last_modified") or info.get("mtime")
    when = when or info.get("created")
    if isinstance(when, datetime):
        return when.timestamp()
    return float(when) if isinstance(when, int | float) else None
