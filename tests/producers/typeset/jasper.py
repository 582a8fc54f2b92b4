"""Reports filled by JasperReports, the engine of many planning and case tools.

Every heading, text and row is a record of a data source, and a report's design says which band
prints it. Fields are plain text that grows downwards; an empty line separates paragraphs.
"""

from __future__ import annotations

from html import escape
from pathlib import Path

from tests.producers.programs import FILES, Programs, need
from tests.producers.typeset.story import Cell, Grid, Look, Paragraph, Story

SCRIPT = Path(__file__).parent / "java" / "Filled.java"
RULES = {
    "grid": "<pen lineWidth='0.75'/>",
    "none": "",
    "lines": "<bottomPen lineWidth='0.5' lineColor='#999999'/>",
    "zebra": "",
}
LINES_AS_MEASURED = "net.sf.jasperreports.export.pdf.force.linebreak.policy"
"""Without it the exporter breaks lines anew, and leaves out what then takes a line more."""
ZEBRA = "$V{REPORT_COUNT} % 2 == 0"


def render(story: Story, look: Look, programs: Programs) -> bytes:
    need("jasperreports")
    libraries = FILES["jasperreports"] / "*"
    command = f"java -Djava.awt.headless=true -cp {libraries} {SCRIPT} rapport.txt rapport.pdf"
    source = "\n".join([_design(story, look), *_records(story)])
    return programs.run(command, "rapport.txt", "rapport.pdf", source.encode())


def _records(story: Story) -> list[str]:
    """A line for each record: its kind, its table, its columns' heads and its texts."""
    lines = []
    for number, block in enumerate(story.blocks):
        if isinstance(block, Paragraph):
            kind = f"heading{block.level}" if block.level is not None else "text"
            lines.append([kind, str(number), "", "", "", _cell([block]), "", ""])
            continue
        heads = [*block.heads, ""][:3]
        for row in block.rows:
            texts = [*(_cell(cell) for cell in row), ""][:3]
            lines.append([f"row{len(row)}", str(number), *heads, *texts])
    return ["\t".join(text.replace("\n", "\\n") for text in line) for line in lines]


def _cell(cell: Cell) -> str:
    return "\n\n".join(_styled(one) for one in cell)


def _styled(paragraph: Paragraph) -> str:
    words = escape(paragraph.text, quote=False)
    if paragraph.item:
        words = f"• {words}"
    if paragraph.bold:
        words = f'<style isBold="true">{words}</style>'
    return f'<style isItalic="true">{words}</style>' if paragraph.italic else words


def _design(story: Story, look: Look) -> str:
    width, height = (842, 595) if look.wide else (595, 842)
    inner = width - 100
    grids = [block for block in story.blocks if isinstance(block, Grid)]
    shares = {len(block.shares): block.shares for block in grids}
    heads = "".join(_row_band(share, inner, look, heads=True) for share in shares.values())
    rows = "".join(_row_band(share, inner, look, heads=False) for share in shares.values())
    levels = zip((6, 4, 2, 1), range(1, 5), strict=True)
    headings = "".join(_text_band(f"heading{n}", inner, look, more) for more, n in levels)
    fields = "".join(
        f'<field name="{name}" class="java.lang.String"/>'
        for name in ("kind", "table", "head0", "head1", "head2", "text0", "text1", "text2")
    )
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<jasperReport xmlns="http://jasperreports.sourceforge.net/jasperreports" name="rapport"
 pageWidth="{width}" pageHeight="{height}" columnWidth="{inner}" leftMargin="50" rightMargin="50"
 topMargin="45" bottomMargin="45">
<property name="{LINES_AS_MEASURED}" value="true"/>
<style name="base" isDefault="true" fontName="{look.font or "DejaVu Sans"}"
 fontSize="{look.size}"/>
<style name="zebra" style="base"><conditionalStyle><conditionExpression>{ZEBRA}
</conditionExpression><style mode="Opaque" backcolor="#EEEEEE"/></conditionalStyle></style>
{fields}
<group name="tabell" isReprintHeaderOnEachPage="{str(look.repeat_heads).lower()}">
<groupExpression>$F{{table}}</groupExpression><groupHeader>{heads}</groupHeader></group>
<title><band height="200">{_still(story.title, 120, inner, 20)}
{_still(story.organisation, 160, inner, look.size)}<break><reportElement x="0" y="199" width="1"
 height="1"/></break></band></title>
<pageHeader><band height="25">{_still(story.title, 0, inner, 8)}</band></pageHeader>
<detail>{headings}{_text_band("text", inner, look, 0)}{rows}</detail>
<pageFooter><band height="20"><textField><reportElement x="0" y="6" width="{inner}" height="12"/>
<textElement textAlignment="Right"><font size="8"/></textElement>
<textFieldExpression>"Sida " + $V{{PAGE_NUMBER}}</textFieldExpression></textField></band>
</pageFooter>
</jasperReport>"""


def _still(text: str, top: int, width: int, size: float) -> str:
    return (
        f'<staticText><reportElement x="0" y="{top}" width="{width}" height="{int(size * 1.8)}"/>'
        f'<textElement><font size="{size}"/></textElement><text>{escape(text)}</text></staticText>'
    )


def _text_band(kind: str, width: int, look: Look, larger: int) -> str:
    size = look.size + larger
    height = int(size * 1.4)
    bold = ' isBold="true"' if larger else ""
    split = "Prevent" if larger else "Stretch"
    return (
        f'<band height="{int(height + look.gap)}" splitType="{split}"><printWhenExpression>'
        f'"{kind}".equals($F{{kind}})</printWhenExpression>'
        f'<textField textAdjust="StretchHeight"><reportElement x="0" y="0" width="{width}" '
        f'height="{height}"/><textElement markup="styled"><font size="{size}"{bold}/></textElement>'
        "<textFieldExpression>$F{text0}</textFieldExpression></textField></band>"
    )


def _row_band(shares: list[float], width: int, look: Look, *, heads: bool) -> str:
    """The band of a table's rows, or of its heads."""
    left, cells = 0, []
    height = int(look.size * 1.3 + 2 * look.padding)
    align = "Justified" if look.justified and not heads else "Left"
    style = ' style="zebra"' if look.rules == "zebra" and not heads else ""
    for number, share in enumerate(shares):
        span = round(width * share) if number < len(shares) - 1 else width - left
        bold = ' isBold="true"' if heads else ""
        cells.append(
            f'<textField textAdjust="StretchHeight" isBlankWhenNull="true"><reportElement{style} '
            f'stretchType="ContainerHeight" x="{left}" y="0" width="{span}" height="{height}"/>'
            f'<box padding="{look.padding:.0f}">{RULES[look.rules]}</box>'
            f'<textElement textAlignment="{align}" markup="styled"><font{bold}/></textElement>'
            f"<textFieldExpression>$F{{{'head' if heads else 'text'}{number}}}"
            "</textFieldExpression></textField>"
        )
        left += span
    split = "Prevent" if heads or look.whole_rows else "Stretch"
    return (
        f'<band height="{height}" splitType="{split}"><printWhenExpression>'
        f'"row{len(shares)}".equals($F{{kind}})</printWhenExpression>{"".join(cells)}</band>'
    )
