"""Charts as images, rendered offline by vl-convert, which bundles Vega-Lite and fonts."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import vl_convert

from pipeline.checking.shown import visible

if TYPE_CHECKING:
    from pipeline.publishing.summary.model import Figure

VEGA_LITE = "5.20"
"""Fixed, so that a figure looks the same after an update."""

SCALE = 2.0
"""PNG pixels per page pixel, so that it is sharp in print."""

_NO_XML = re.compile("[\ud800-\udfff\ufffe\uffff]")
"""Characters that XML cannot hold, except control characters, which `visible` spells out."""


def as_svg(figure: Figure) -> str:
    """Returns a figure as SVG."""
    spec = _drawable(figure.spec)
    svg: str = vl_convert.vegalite_to_svg(spec, VEGA_LITE, allowed_base_urls=[])
    return svg


def as_png(figure: Figure) -> bytes:
    """Returns a figure as PNG."""
    spec = _drawable(figure.spec)
    png: bytes = vl_convert.vegalite_to_png(spec, VEGA_LITE, SCALE, allowed_base_urls=[])
    return png


def _drawable(item: Any) -> Any:  # noqa: ANN401 - any part of a JSON document
    """A chart with only text that SVG can hold: any other makes vl-convert abort the process."""
    if isinstance(item, str):
        return _NO_XML.sub(lambda match: f"<U+{ord(match[0]):04X}>", visible(item))
    if isinstance(item, dict):
        return {name: _drawable(value) for name, value in item.items()}
    return [_drawable(value) for value in item] if isinstance(item, list) else item
