"""A story as a plain page: old-fashioned attributes that programs with little CSS read as well."""

from __future__ import annotations

from html import escape

from tests.producers.typeset.story import Cell, Grid, Look, Paragraph, Story

RULES = {
    "grid": "border: 0.75pt solid #444444;",
    "none": "",
    "lines": "border-bottom: 0.5pt solid #999999;",
    "zebra": "",
}


def body(story: Story, look: Look) -> str:
    """The blocks of the story, without its title."""
    return "\n".join(_block(block, look) for block in story.blocks)


def page(story: Story, look: Look, style: str = "", opening: str = "", repeat: str = "") -> str:
    """The whole page.

    Args:
        story: The report.
        look: How it looks.
        style: CSS beside what the look says.
        opening: What stands before the blocks; the organisation if "".
        repeat: Attributes of tables whose heads are repeated on every page.
    """
    css = f"""
body {{ font-family: {look.font or "Helvetica"}, sans-serif; font-size: {look.size}pt; }}
p {{ margin: 0 0 {look.gap}pt 0; text-align: {"justify" if look.justified else "left"}; }}
ul {{ margin: 0 0 {look.gap}pt 0; padding-left: 14pt; }}
table {{ width: 100%; border-collapse: collapse; margin-bottom: 10pt; }}
thead {{ display: {"table-header-group" if look.repeat_heads else "table-row-group"}; }}
tr {{ page-break-inside: {"avoid" if look.whole_rows else "auto"}; }}
td, th {{ vertical-align: top; text-align: left; padding: {look.padding}pt; {RULES[look.rules]} }}
{style}"""
    tables = body(story, look)
    if repeat and look.repeat_heads:
        tables = tables.replace("<table", f"<table {repeat}")
    return (
        f'<html lang="sv"><head><meta charset="utf-8"><title>{escape(story.title)}</title>'
        f"<style>{css}</style></head><body>"
        f"{opening or f'<p>{escape(story.organisation)}</p>'}\n{tables}</body></html>"
    )


def title_page(story: Story) -> str:
    return (
        f'<h1 style="font-size: 20pt">{escape(story.title)}</h1>'
        f'<p style="page-break-after: always">{escape(story.organisation)}</p>'
    )


def _block(block: Paragraph | Grid, look: Look) -> str:
    if not isinstance(block, Grid):
        if block.level is not None:
            return f"<h{block.level}>{_words(block.text)}</h{block.level}>"
        return _cell([block])
    widths = [f'width="{share * 100:.0f}%"' for share in block.shares]
    heads = "".join(
        f"<th {width}>{_words(head)}</th>" for width, head in zip(widths, block.heads, strict=False)
    )
    rows = "\n".join(_row(row, number, widths, look) for number, row in enumerate(block.rows))
    columns = "".join(f'<col style="width: {share * 100:.0f}%">' for share in block.shares)
    border = 'border="1"' if look.rules == "grid" else 'border="0"'
    return (
        f'<table {border} cellpadding="{look.padding:.0f}" cellspacing="0" width="100%">'
        + f"<colgroup>{columns}</colgroup>"
        + (f"<thead><tr>{heads}</tr></thead>\n" if heads else "")
        + f"<tbody>{rows}</tbody></table>"
    )


def _row(row: list[Cell], number: int, widths: list[str], look: Look) -> str:
    colour = ' bgcolor="#eeeeee"' if look.rules == "zebra" and number % 2 else ""
    if len(row) < len(widths):
        whole = f'colspan="{len(widths) - len(row) + 1}"'
        widths = [*widths[: len(row) - 1], whole]
    cells = "".join(
        f"<td {width}>{_cell(cell)}</td>" for width, cell in zip(widths, row, strict=True)
    )
    return f"<tr{colour}>{cells}</tr>"


def _cell(cell: Cell) -> str:
    return "".join(
        f"<ul><li>{_styled(one)}</li></ul>" if one.item else f"<p>{_styled(one)}</p>"
        for one in cell
    ).replace("</ul><ul>", "")


def _styled(paragraph: Paragraph) -> str:
    words = _words(paragraph.text)
    if paragraph.bold:
        words = f"<strong>{words}</strong>"
    return f"<em>{words}</em>" if paragraph.italic else words


def _words(text: str) -> str:
    return escape(text, quote=False).replace("\n", "<br>")
