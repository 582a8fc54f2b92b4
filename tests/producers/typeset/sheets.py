"""Reports as spreadsheets, as many are collected, saved as PDF by LibreOffice Calc.

The sheet is written as flat OpenDocument, whose rows are as high as their text needs; all its
tables must have the same columns.
"""

from __future__ import annotations

from html import escape

from tests.producers.programs import Programs
from tests.producers.typeset.story import Cell, Grid, Look, Paragraph, Story

BORDERS = {
    "grid": 'fo:border="0.5pt solid #000000"',
    "none": "",
    "lines": 'fo:border-bottom="0.5pt solid #999999"',
    "zebra": "",
}
SPACES = " ".join(
    f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{space}:1.0"'
    for name, space in {
        "office": "office",
        "style": "style",
        "table": "table",
        "text": "text",
        "fo": "xsl-fo-compatible",
    }.items()
)


def render(story: Story, look: Look, programs: Programs) -> bytes:
    return programs.libreoffice(_document(story, look).encode(), "fods", "pdf")


def _document(story: Story, look: Look) -> str:
    grids = [block for block in story.blocks if isinstance(block, Grid)]
    shares = grids[0].shares
    is_zebra = look.rules == "zebra"
    title = _line(Paragraph(story.title, level=1), len(shares))
    title += _line(Paragraph(story.organisation), len(shares))
    rows = "\n".join(_block(block, len(shares), is_zebra=is_zebra) for block in story.blocks)
    columns = "".join(f'<table:table-column table:style-name="co{n}"/>' for n in range(len(shares)))
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<office:document {SPACES} office:version="1.3"
 office:mimetype="application/vnd.oasis.opendocument.spreadsheet">
<office:automatic-styles>{_styles(look, shares)}</office:automatic-styles>
<office:master-styles><style:master-page style:name="Default" style:page-layout-name="pm">
<style:header><text:p>{escape(story.title)}</text:p></style:header>
<style:footer><text:p>Sida <text:page-number>1</text:page-number></text:p></style:footer>
</style:master-page></office:master-styles>
<office:body><office:spreadsheet><table:table table:name="Blad1" table:style-name="ta">
{columns}{title}{rows}</table:table></office:spreadsheet></office:body></office:document>
"""


def _styles(look: Look, shares: list[float]) -> str:
    size = ("297mm", "210mm") if look.wide else ("210mm", "297mm")
    width = 257 if look.wide else 170
    columns = "".join(
        f'<style:style style:name="co{number}" style:family="table-column">'
        f'<style:table-column-properties style:column-width="{width * share:.1f}mm"/></style:style>'
        for number, share in enumerate(shares)
    )
    align = "justify" if look.justified else "start"
    cells = {
        "text": (0, ""),
        "cell": (0, BORDERS[look.rules]),
        "odd": (0, 'fo:background-color="#eeeeee"'),
        "head": (0, BORDERS[look.rules]),
        **{f"heading{level}": (more, "") for level, more in enumerate((6, 4, 2, 1), 1)},
    }
    families = "".join(
        f'<style:style style:name="{name}" style:family="table-cell">'
        f'<style:table-cell-properties fo:wrap-option="wrap" style:vertical-align="top" '
        f'fo:padding="{look.padding / 2}pt" style:rotation-align="none" {border}/>'
        f'<style:paragraph-properties fo:text-align="{align}"/>'
        f'<style:text-properties style:font-name="{look.font or "Liberation Sans"}" '
        f'fo:font-family="{look.font or "Liberation Sans"}" fo:font-size="{look.size + more}pt" '
        f'fo:font-weight="{"bold" if name.startswith("head") else "normal"}"/></style:style>'
        for name, (more, border) in cells.items()
    )
    return (
        '<style:page-layout style:name="pm"><style:page-layout-properties '
        f'fo:page-width="{size[0]}" fo:page-height="{size[1]}" fo:margin="20mm" '
        'style:scale-to-X="1" style:scale-to-Y="0" style:print-orientation='
        f'"{"landscape" if look.wide else "portrait"}"/></style:page-layout>'
        '<style:style style:name="ta" style:family="table" style:master-page-name="Default"/>'
        '<style:style style:name="ro" style:family="table-row"><style:table-row-properties '
        'style:use-optimal-row-height="true"/></style:style>'
        '<style:style style:name="b" style:family="text"><style:text-properties '
        f'fo:font-weight="bold"/></style:style>{columns}{families}'
    )


def _block(block: Paragraph | Grid, columns: int, *, is_zebra: bool) -> str:
    if isinstance(block, Paragraph):
        return _line(block, columns)
    heads = "".join(_cell([Paragraph(head)], "head") for head in block.heads)
    rows = "".join(
        _row("".join(_cell(cell, "odd" if is_zebra and number % 2 else "cell") for cell in row))
        for number, row in enumerate(block.rows)
    )
    return _row(heads) + rows + _row("<table:table-cell/>")


def _line(paragraph: Paragraph, columns: int) -> str:
    """Text over all columns."""
    style = "text" if paragraph.level is None else f"heading{paragraph.level}"
    merged = f'table:number-columns-spanned="{columns}"'
    return _row(_cell([paragraph], style, merged))


def _row(cells: str) -> str:
    return f'<table:table-row table:style-name="ro">{cells}</table:table-row>'


def _cell(cell: Cell, style: str, more: str = "") -> str:
    # Calc makes rows a little too low for some texts, and cuts their last line off.
    paragraphs = "<text:p/>".join(_paragraph(one) for one in cell) + "<text:p/>" * (len(cell) > 1)
    return (
        f'<table:table-cell table:style-name="{style}" office:value-type="string" {more}>'
        f"{paragraphs}</table:table-cell>"
    )


def _paragraph(paragraph: Paragraph) -> str:
    words = escape(f"• {paragraph.text}" if paragraph.item else paragraph.text)
    lines = words.split("\n")
    if paragraph.bold:
        lines = [f'<text:span text:style-name="b">{line}</text:span>' for line in lines]
    return "".join(f"<text:p>{line}</text:p>" for line in lines)
