"""Importing spaCy without its own command line, which takes a third of its start-up."""

from __future__ import annotations

import sys
from types import ModuleType

_COMMANDS = "spacy.cli"


def import_spacy() -> None:
    """Imports spaCy for the programs of this package, which use none of its commands.

    `spacy/__init__.py` imports them only to offer `spacy.info`. They can still be imported after.
    """
    if "spacy" in sys.modules:
        return
    package, info = ModuleType(_COMMANDS), ModuleType(f"{_COMMANDS}.info")
    package.__path__ = []
    info.info = None  # type: ignore[attr-defined]
    stand_ins = {package.__name__: package, info.__name__: info}
    sys.modules.update(stand_ins)
    try:
        import spacy  # noqa: F401, PLC0415 - it is what takes the time
    finally:
        for name in stand_ins:
            del sys.modules[name]
