"""Reports set by Typst."""

from __future__ import annotations

import importlib
import json
from itertools import groupby

from tests.producers.programs import Programs, need
from tests.producers.typeset.story import Cell, Grid, Look, Paragraph, Story

RULES = {
    "grid": "stroke: 0.5pt",
    "none": "stroke: none",
    "lines": "stroke: (x, y) => (bottom: 0.5pt + gray)",
    "zebra": "stroke: none, fill: (x, y) => if calc.odd(y) { luma(238) }",
    "cards": "stroke: none, row-gutter: 4pt, fill: luma(240)",
}


def render(story: Story, look: Look, programs: Programs) -> bytes:
    need("typst")
    source = "\n".join([_settings(story, look), *(_block(block, look) for block in story.blocks)])
    compile_pdf = importlib.import_module("typst").compile
    return programs.remembered("typst", source.encode(), lambda: compile_pdf(source.encode()))


def _settings(story: Story, look: Look) -> str:
    font = f"font: {json.dumps(look.font)}, " if look.font else ""
    return f"""
#set document(title: {_string(story.title)}, date: none)
#set page(paper: "a4", flipped: {_bool(look.wide)}, margin: 2.2cm, numbering: "1 (1)",
  header: text(8pt)[{_words(story.title)}])
#set text({font}size: {look.size}pt, lang: "sv")
#set par(spacing: {look.gap + 0.65 * look.size}pt, justify: {_bool(look.justified)})
#show table.cell: set par(justify: {_bool(look.justified)})
#show heading: set block(sticky: true)
#v(5cm)
#text(20pt, weight: "bold")[{_words(story.title)}]

{_words(story.organisation)}
#pagebreak()
"""


def _block(block: Paragraph | Grid, look: Look) -> str:
    if isinstance(block, Grid):
        return _table(block, look)
    if block.level is not None:
        return f"#heading(level: {block.level})[{_words(block.text)}]\n"
    return _cell([block]) + "\n"


def _table(grid: Grid, look: Look) -> str:
    columns = ", ".join(f"{share * 100:.2f}%" for share in grid.shares)
    heads = ", ".join(f"[*{_words(head)}*]" for head in grid.heads)
    cells = ",\n".join(
        f"table.cell(breakable: {_bool(not look.whole_rows)})[{_cell(cell)}]"
        for row in grid.rows
        for cell in row
    )
    header = f"table.header(repeat: {_bool(look.repeat_heads)}, {heads})"
    return (
        f"#table(columns: ({columns}), inset: {look.padding}pt, {RULES[look.rules]},\n"
        f"{header},\n{cells})\n"
    )


def _cell(cell: Cell) -> str:
    parts = []
    for is_item, paragraphs in groupby(cell, lambda paragraph: paragraph.item):
        texts = [_styled(paragraph) for paragraph in paragraphs]
        parts.append(
            f"#list({', '.join(f'[{t}]' for t in texts)})" if is_item else "\n\n".join(texts)
        )
    return "\n\n".join(parts)


def _styled(paragraph: Paragraph) -> str:
    words = _words(paragraph.text)
    if paragraph.bold:
        words = f"#strong[{words}]"
    return f"#emph[{words}]" if paragraph.italic else words


def _words(text: str) -> str:
    return "#linebreak()".join(f"#{_string(line)}" for line in text.split("\n"))


def _string(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _bool(value: bool) -> str:
    return str(value).lower()
