"""The kinds of files that a board's report can be rendered to."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from io import BytesIO
from random import Random
from typing import Any

from pdfminer.high_level import extract_text

from tests.generator.content import (
    Truth,
    label_between_tables,
    one_paragraph_in_three_columns,
    plain_bullets,
)
from tests.generator.dump import encode, random_style, render_dump
from tests.generator.dump_pages import random_pages_style, render_layout
from tests.generator.gold import Rendered, rendered
from tests.generator.pdf import render_pdf
from tests.generator.pdf_style import random_pdf_style
from tests.generator.word import random_word_style, render_word


def _dump(truth: Truth, random: Random, name: str, style: dict[str, Any]) -> Rendered:
    encoding = style.pop("encoding", "utf-8")
    if encoding == "cp1252":
        truth = plain_bullets(truth)
    truth = label_between_tables(truth)
    chosen = replace(random_style(random), **style)
    text, pages = render_dump(truth, random, chosen)
    told = pages if chosen.form_feeds else None
    return rendered(truth, encode(text, encoding), f"{name}.txt", "text", told)


def _dump_layout(truth: Truth, random: Random, name: str, style: dict[str, Any]) -> Rendered:
    encoding = style.pop("encoding", "utf-8")
    text, pages = render_layout(truth, replace(random_pages_style(random), **style))
    return rendered(truth, encode(text, encoding), f"{name}.txt", "text", pages)


def _pdf(layout: str) -> Callable[[Truth, Random, str, dict[str, Any]], Rendered]:
    def pdf(truth: Truth, random: Random, name: str, style: dict[str, Any]) -> Rendered:
        truth = plain_bullets(truth)
        chosen = replace(random_pdf_style(layout, random), **style)
        data, pages = render_pdf(truth, chosen)
        return rendered(truth, data, f"{name}.pdf", "pdf", pages)

    return pdf


def _dump_pdfminer(truth: Truth, random: Random, name: str, style: dict[str, Any]) -> Rendered:
    """The dump that pdfminer, a widely used tool, makes from one of the PDFs."""
    truth = one_paragraph_in_three_columns(label_between_tables(plain_bullets(truth)))
    chosen = random_pdf_style(random.choice(PDF_LAYOUTS[:4]), random)
    # pdfminer reads the glyph of a mark as the letter l.
    mark = "none" if chosen.mark == "glyph" else chosen.mark
    chosen = replace(chosen, footnotes=False, contents=False, divide=False, mark=mark)
    data, pages = render_pdf(truth, replace(chosen, **style))
    text = extract_text(BytesIO(data))
    return rendered(truth, text.encode(), f"{name}.txt", "text", pages)


def _word(truth: Truth, random: Random, name: str, style: dict[str, Any]) -> Rendered:
    data = render_word(truth, replace(random_word_style(random), **style))
    return rendered(truth, data, f"{name}.docx", "docx")


PDF_LAYOUTS = ("ruled", "unruled", "horizontal", "shaded", "landscape", "three")

_RENDERERS: dict[str, Callable[[Truth, Random, str, dict[str, Any]], Rendered]] = {
    "dump": _dump,
    "dump-layout": _dump_layout,
    **{f"pdf-{layout}": _pdf(layout) for layout in PDF_LAYOUTS},
    "docx": _word,
    "dump-pdfminer": _dump_pdfminer,
}
TOOL_KINDS = ("dump-pdfminer",)
"""Kinds made by another tool, so that their appearance depends on its version."""

KINDS = tuple(kind for kind in _RENDERERS if kind not in TOOL_KINDS)
"""Kinds that are made entirely by our own code."""


def render(truth: Truth, kind: str, seed: int, **style: Any) -> Rendered:
    """Renders a report.

    Args:
        truth: What the report says.
        kind: One of KINDS or TOOL_KINDS.
        seed: Determines what `style` does not set: widths, page lengths, fonts, marks.
        style: Fields of the kind's style to set, as `repeat_heads=False`; dumps also take
            `encoding`, one of `tests.generator.dump.ENCODINGS`.
    """
    name = f"board-{truth.seed:03d}-{kind}"
    return _RENDERERS[kind](truth, Random(f"{kind} {seed}"), name, dict(style))
