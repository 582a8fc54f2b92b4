"""Reports set by Asciidoctor PDF, which draws by Prawn.

Rows go whole onto the next page, so that it must hold the longest: sheets are A3.
"""

from __future__ import annotations

from tests.producers.programs import Programs
from tests.producers.typeset.story import Cell, Grid, Look, Paragraph, Story

RULES = {"grid": ("all", "all"), "none": ("none", "none"), "lines": ("rows", "topbot")}


def render(story: Story, look: Look, programs: Programs) -> bytes:
    source = "\n\n".join([_settings(story, look), *(_block(one, look) for one in story.blocks)])
    command = "asciidoctor-pdf -q -a reproducible -o rapport.pdf rapport.adoc"
    return programs.run(command, "rapport.adoc", "rapport.pdf", source.encode())


def _settings(story: Story, look: Look) -> str:
    layout = "landscape" if look.wide else "portrait"
    return (
        f"= {_words(story.title)}\n:doctype: book\n:pdf-page-size: A3\n:pdf-page-layout: {layout}\n"
        f":title-page:\n:notitle!:\n:lang: sv\n:table-caption!:\n\n{_words(story.organisation)}"
    )


def _block(block: Paragraph | Grid, look: Look) -> str:
    if isinstance(block, Grid):
        return _table(block, look)
    if block.level is not None:
        return f"[discrete]\n{'=' * (block.level + 1)} {_words(block.text)}"
    return _cell([block])


def _table(grid: Grid, look: Look) -> str:
    lines, frame = RULES.get(look.rules, RULES["none"])
    widths = ",".join(f"{share * 100:.0f}a" for share in grid.shares)
    options = ["header"] if grid.heads and look.repeat_heads else []
    stripes = "even" if look.rules == "zebra" else "none"
    heads = "".join(f"|*{_words(head)}*\n" for head in grid.heads)
    rows = "\n".join("".join(f"a|\n{_cell(cell)}\n" for cell in row) for row in grid.rows)
    return (
        f'[cols="{widths}",grid={lines},frame={frame},stripes={stripes}'
        f',options="{",".join(options)}"]\n|===\n{heads}\n{rows}\n|==='
    )


def _cell(cell: Cell) -> str:
    return "\n\n".join(f"* {_styled(one)}" if one.item else _styled(one) for one in cell)


def _styled(paragraph: Paragraph) -> str:
    words = _words(paragraph.text)
    if paragraph.bold:
        words = f"*{words}*"
    return f"_{words}_" if paragraph.italic else words


def _words(text: str) -> str:
    """The text as it stands, out of reach of all marks."""
    shown = text.replace("]", "\\]").replace("|", "\\|")
    return " +\n".join(f"pass:c[{line}]" for line in shown.split("\n") if line)
