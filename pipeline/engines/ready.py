"""Prepares a process to read reports, before a report's time limit starts."""

from __future__ import annotations

from models.taxonomy import Taxonomy
from pipeline.quick_start import import_arrow, import_spacy


def make_ready(taxonomy: Taxonomy) -> None:
    """Loads what reading needs: libraries, word lists, and the compiled themes."""
    import_spacy()
    import_arrow()
    import extractors.extract  # noqa: F401, PLC0415 - heavy, and not for tests' stand-ins
    from extractors.themes.tagger import tagger_for  # noqa: PLC0415

    tagger_for(taxonomy).mentions("Vi samverkar om trygghet.")
