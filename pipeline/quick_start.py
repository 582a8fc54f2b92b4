"""Importing libraries without the parts that this package does not use."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from importlib.abc import MetaPathFinder
from types import ModuleType

from extractors.collector import no_collector

_COMMANDS = "spacy.cli"
_PANDAS = "pandas"


def import_spacy() -> None:
    """Imports spaCy without its command line, which takes a third of its import time.

    `spacy/__init__.py` imports its commands only to offer `spacy.info`. They can still be imported
    afterwards.
    """
    if "spacy" in sys.modules:
        return
    package, info = ModuleType(_COMMANDS), ModuleType(f"{_COMMANDS}.info")
    package.__path__ = []
    info.info = None  # type: ignore[attr-defined]
    stand_ins = {package.__name__: package, info.__name__: info}
    sys.modules.update(stand_ins)
    try:
        with no_collector():
            import spacy  # noqa: F401, PLC0415 - the slow import
    finally:
        for name in stand_ins:
            del sys.modules[name]


class _Hidden(MetaPathFinder):
    """Makes a package appear to be missing."""

    def __init__(self, name: str) -> None:
        self._name = name

    def find_spec(
        self, fullname: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> None:
        """Reports the package as missing; leaves others to the other finders."""
        if fullname == self._name:
            raise ModuleNotFoundError(f"{fullname} is not used here", name=fullname)


def import_arrow() -> None:
    """Imports Arrow without pandas, for a process that makes no pandas tables.

    Arrow imports pandas when it is first given a list, to check for pandas arrays. That takes
    longer than importing Arrow itself. `to_pandas` still works afterwards.
    """
    if _PANDAS in sys.modules:
        return
    hidden = _Hidden(_PANDAS)
    sys.meta_path.insert(0, hidden)
    try:
        import pyarrow as pa  # noqa: PLC0415 - the slow import

        pa.array([])
    finally:
        sys.meta_path.remove(hidden)
