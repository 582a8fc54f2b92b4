"""Reports set by Apache FOP from XSL-FO, like exports of planning and case tools."""

from __future__ import annotations

from html import escape

from tests.producers.programs import Programs
from tests.producers.typeset.story import Cell, Grid, Look, Paragraph, Story

RULES = {
    "grid": 'border="0.5pt solid black"',
    "none": "",
    "lines": 'border-bottom="0.5pt solid #999999"',
    "zebra": "",
}


def render(story: Story, look: Look, programs: Programs) -> bytes:
    source = _document(story, look).encode()
    return programs.run("fop -q rapport.fo rapport.pdf", "rapport.fo", "rapport.pdf", source)


def _document(story: Story, look: Look) -> str:
    width, height = ("297mm", "210mm") if look.wide else ("210mm", "297mm")
    body = "\n".join(_block(block, look) for block in story.blocks)
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<fo:root xmlns:fo="http://www.w3.org/1999/XSL/Format" font-family="{look.font or "sans-serif"}"
  font-size="{look.size}pt" line-height="1.25" language="sv">
<fo:layout-master-set><fo:simple-page-master master-name="A4" page-width="{width}"
  page-height="{height}" margin="15mm 20mm"><fo:region-body margin="10mm 0"/>
<fo:region-before extent="8mm"/><fo:region-after extent="8mm"/></fo:simple-page-master>
</fo:layout-master-set><fo:page-sequence master-reference="A4">
<fo:static-content flow-name="xsl-region-before"><fo:block font-size="8pt">{escape(story.title)}
</fo:block></fo:static-content>
<fo:static-content flow-name="xsl-region-after"><fo:block font-size="8pt" text-align="right">Sida
<fo:page-number/></fo:block></fo:static-content>
<fo:flow flow-name="xsl-region-body"><fo:block font-size="20pt" space-before="50mm"
  space-before.conditionality="retain">{escape(story.title)}</fo:block>
<fo:block break-after="page">{escape(story.organisation)}</fo:block>
{body}
</fo:flow></fo:page-sequence></fo:root>
"""


def _block(block: Paragraph | Grid, look: Look) -> str:
    if isinstance(block, Grid):
        return _table(block, look)
    if block.level is not None:
        size = (1.5, 1.3, 1.15, 1.05)[block.level - 1]
        return (
            f'<fo:block font-size="{size}em" font-weight="bold" space-before="10pt" '
            f'space-after="5pt" keep-with-next.within-page="always">{_words(block.text)}</fo:block>'
        )
    return _cell([block], look)


def _table(grid: Grid, look: Look) -> str:
    columns = "".join(
        f'<fo:table-column column-width="proportional-column-width({share:.3f})"/>'
        for share in grid.shares
    )
    heads = "".join(
        _box(f'<fo:block font-weight="bold">{_words(head)}</fo:block>', look) for head in grid.heads
    )
    keep = ' keep-together.within-page="always"' if look.whole_rows else ""
    rows = []
    for number, row in enumerate(grid.rows):
        colour = ' background-color="#eeeeee"' if look.rules == "zebra" and number % 2 else ""
        cells = "".join(_box(_cell(cell, look) or "<fo:block/>", look) for cell in row)
        rows.append(f"<fo:table-row{keep}{colour}>{cells}</fo:table-row>")
    omit = str(not look.repeat_heads).lower()
    return (
        f'<fo:table table-layout="fixed" width="100%" border-collapse="collapse" '
        f'table-omit-header-at-break="{omit}" space-after="10pt">{columns}'
        f"<fo:table-header><fo:table-row>{heads}</fo:table-row></fo:table-header>"
        f"<fo:table-body>{''.join(rows)}</fo:table-body></fo:table>"
    )


def _box(content: str, look: Look) -> str:
    return (
        f'<fo:table-cell padding="{look.padding}pt" {RULES[look.rules]}>{content}</fo:table-cell>'
    )


def _cell(cell: Cell, look: Look) -> str:
    return "".join(_paragraph(paragraph, look) for paragraph in cell)


def _paragraph(paragraph: Paragraph, look: Look) -> str:
    style = f'space-after="{look.gap}pt"'
    style += ' font-weight="bold"' if paragraph.bold else ""
    style += ' font-style="italic"' if paragraph.italic else ""
    style += ' text-align="justify"' if look.justified else ""
    block = f"<fo:block {style}>{_words(paragraph.text)}</fo:block>"
    if not paragraph.item:
        return block
    return (
        '<fo:list-block provisional-distance-between-starts="10pt"><fo:list-item>'
        '<fo:list-item-label end-indent="label-end()"><fo:block>•</fo:block></fo:list-item-label>'
        f'<fo:list-item-body start-indent="body-start()">{block}</fo:list-item-body>'
        "</fo:list-item></fo:list-block>"
    )


def _words(text: str) -> str:
    return escape(text, quote=False).replace("\n", "<fo:block/>")
