"""Versions: everything besides a file's bytes that determines its rows."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

import extractors
import models
from extractors.ocr import engine as tesseract
from models.datasets import SCHEMA_VERSION
from pipeline.worker import Setup

LIBRARIES = (
    "charset-normalizer",
    "pdfplumber",
    "pyarrow",
    "pypdfium2",
    "python-docx",
    "rapidfuzz",
    "simplemma",
    "snowballstemmer",
    "spacy",
)
"""Libraries whose version can change what is read."""


def about(setup: Setup) -> dict[str, str]:
    """The metadata of every dataset file, besides the schema version."""
    return {
        "version": version("svarsutdrag"),
        "code": code_digest(),
        "forms": json.dumps({form.id: form.digest for form in setup.forms}, sort_keys=True),
        "taxonomy": getattr(setup.taxonomy, "digest", ""),
        "reader": getattr(setup.options, "reader", ""),
        "ocr": _ocr(setup),
    }


def _ocr(setup: Setup) -> str:
    """How pages are chosen for text recognition, and the version of Tesseract."""
    chosen = getattr(setup.options, "ocr", "never")
    return chosen if chosen == "never" else f"{chosen} tesseract {tesseract.version()}".strip()


def key_of(setup: Setup) -> str:
    """A key that changes when a report must be read again although its bytes are the same."""
    content = json.dumps([SCHEMA_VERSION, setup.extract, about(setup)], sort_keys=True)
    return hashlib.sha256(content.encode()).hexdigest()[:32]


@cache
def code_digest() -> str:
    """A digest of the code and rules of extraction, and of the libraries it uses."""
    digest = hashlib.sha256()
    for package in (models, extractors):
        for path in _files(Path(str(package.__file__)).parent):
            digest.update(path.name.encode() + b"\0" + path.read_bytes() + b"\0")
    digest.update(json.dumps(library_versions(), sort_keys=True).encode())
    return digest.hexdigest()[:16]


def _files(folder: Path) -> Iterator[Path]:
    for path in sorted(folder.rglob("*")):
        if path.suffix in (".py", ".toml", ".json"):
            yield path


@cache
def library_versions() -> dict[str, str]:
    """Version of each installed library."""
    found = {}
    for name in LIBRARIES:
        try:
            found[name] = version(name)
        except PackageNotFoundError:
            continue
    return found
