"""The summary as one HTML file that runs no scripts, needs no network and prints well."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template

from pipeline.checking.shown import visible
from pipeline.publishing.colours import FILLS, ink
from pipeline.publishing.sheets.model import Cell, Styled
from pipeline.publishing.words import number

if TYPE_CHECKING:
    from pipeline.publishing.summary.model import Chapter
    from pipeline.publishing.words import Words


def page(
    chapters: Sequence[Chapter], pictures: Mapping[str, str], words: Words, subtitle: str
) -> str:
    """Returns the page.

    Args:
        chapters: Its chapters.
        pictures: The SVG of each figure by its id.
        words: The words of its language.
        subtitle: Text below the title: what it was made from, and when.
    """
    return _template().render(
        chapters=chapters,
        pictures={name: b64encode(svg.encode()).decode("ascii") for name, svg in pictures.items()},
        words=words,
        subtitle=subtitle,
        fills=FILLS,
    )


@cache
def _template() -> Template:
    environment = Environment(
        loader=FileSystemLoader(Path(__file__).parent),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= {"shown": _shown, "ink": ink, "number": number}
    environment.tests |= {"styled": lambda cell: isinstance(cell, Styled), "figure": _is_number}
    return environment.get_template("page.html.j2")


def _shown(cell: Cell) -> str:
    """A text with invisible characters spelled out: reports are written by others."""
    text = cell.text if isinstance(cell, Styled) else cell
    return "" if text is None else visible(str(text))


def _is_number(cell: Cell) -> bool:
    return isinstance(cell, int | float)
