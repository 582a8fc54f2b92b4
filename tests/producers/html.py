"""Reports as HTML, as exported by planning tools or printed by browsers."""

from __future__ import annotations

import importlib
import re
from base64 import b64encode
from collections.abc import Iterator
from dataclasses import dataclass, replace
from html import escape
from random import Random

from tests.generator.content import Heading, Kind, Row, Table, Text, Truth, plain_bullets
from tests.generator.pdf_marks import picture
from tests.generator.questionnaire import THREE_HEADS
from tests.producers.programs import need

RULES = {
    "grid": "th, td { border: 0.75pt solid #444; }",
    "none": "td { padding-bottom: 14pt; }",
    "lines": "th, td { border-bottom: 0.5pt solid #999; }",
    "zebra": "tbody tr:nth-child(odd) td { background: #eef1f4; }",
    "dark": (
        "thead th { background: #1d4e73; color: white; } td { border-bottom: 1pt dotted #777; }"
    ),
    "gaps": (
        "table { border-collapse: separate; border-spacing: 0 5pt; } td { background: #f3f0e8; }"
    ),
    "ledger": (
        "table { border-top: 1.5pt solid #000; border-bottom: 1.5pt solid #000; }"
        " thead th { border-bottom: 1pt solid #000; font-variant: small-caps; }"
        " td + td { border-left: 0.5pt solid #bbb; } tr + tr td { border-top: 0.4pt solid #ddd; }"
    ),
}
"""How the rows of a table are separated."""

MARKS = {
    "none": "",
    "glyph": "☒ ",
    "tick": "✓ ",
    "ball": "● ",
    "box": '<span class="box"></span> ',
    "image": f'<img alt="" src="data:image/png;base64,{b64encode(picture()).decode()}"> ',
}


@dataclass(frozen=True)
class Look:
    """How a report looks on its pages.

    Attributes:
        rules: One of RULES.
        three: Whether every table has a column of its own for the answers.
        cards: Whether every row is a table of its own.
        blocks: Whether tables are drawn as blocks instead of HTML tables.
        paragraphs: `p` for paragraphs, `br` for text with line breaks.
        lists: `typed` for list marks in the text, `marked` for HTML lists.
        question: Width of the question column in per cent.
        mark_blank: Whether there is a mark even if there is no answer.
        spacing: Extra space between letters, in ems.
        shy: Whether words contain soft hyphens.
        raised: Whether note marks are raised digits.
        numbering: The page number in the footer, in CSS; none if "".
    """

    rules: str = "grid"
    font: str = "Liberation Sans"
    size: float = 10
    leading: float = 1.25
    page: str = "A4"
    margin: str = "20mm"
    padding: float = 4
    question: int = 44
    three: bool = False
    cards: bool = False
    blocks: bool = False
    repeat_heads: bool = True
    whole_rows: bool = False
    bold_questions: bool = True
    mark: str = "none"
    mark_blank: bool = False
    paragraphs: str = "p"
    gap: float = 6
    lists: str = "typed"
    align: str = "left"
    spacing: float = 0
    shy: bool = False
    raised: bool = False
    contents: bool = False
    title_page: bool = True
    running_head: bool = True
    numbering: str = 'counter(page) " (" counter(pages) ")"'


def varied(look: Look, random: Random) -> Look:
    """The look with other dimensions, so that no threshold is right by luck."""
    return replace(
        look,
        size=look.size + random.choice([-1, -0.5, 0, 0, 0.5, 1]),
        leading=random.choice([1.15, 1.25, 1.4]),
        padding=random.choice([2, 4, 6]),
        question=look.question + random.choice([-6, 0, 6]),
        bold_questions=random.random() < 0.7,
        gap=random.choice([5, 6, 9]),
        title_page=random.random() < 0.7,
        contents=look.contents or random.random() < 0.2,
    )


def drawn(random: Random) -> Look:
    """A different random look for every board, unlike any known variant."""
    justified = random.random() < 0.3
    return Look(
        rules=random.choice([name for name in RULES if name != "ledger"]),
        font=random.choice(["Liberation Sans", "Liberation Serif", "DejaVu Sans", "C059"]),
        size=random.choice([8, 8.5, 9, 9.5, 10, 10.5, 11, 12]),
        page=random.choice(["A4", "A4", "A4", "A4 landscape", "A5", "Letter"]),
        margin=random.choice(["12mm", "18mm", "20mm", "25mm"]),
        question=random.choice([32, 38, 44, 50, 56]),
        three=random.random() < 0.4,
        repeat_heads=random.random() < 0.6,
        whole_rows=random.random() < 0.2,
        mark=random.choice(list(MARKS)),
        mark_blank=random.random() < 0.3,
        paragraphs=random.choice(["p", "p", "br"]),
        lists=random.choice(["typed", "marked"]),
        align="justify" if justified else "left",
        shy=justified and random.random() < 0.6,
        spacing=random.choice([0, 0, 0, 0.03, 0.08]),
        running_head=random.random() < 0.7,
    )


def render_html(truth: Truth, look: Look) -> str:
    """Returns the report as one HTML page with its style."""
    truth = plain_bullets(truth)
    if look.three:
        truth = three_columns(truth)
    body = "\n".join(_body(truth, look))
    return (
        f'<!DOCTYPE html>\n<html lang="sv"><head><meta charset="utf-8">'
        f"<title>{escape(truth.title)}</title><style>{_css(truth, look)}</style></head>"
        f"<body>\n{body}\n</body></html>\n"
    )


def three_columns(truth: Truth) -> Truth:
    """The report with a column of its own for the answers in every table."""
    heads = THREE_HEADS[truth.seed % len(THREE_HEADS)]
    blocks = tuple(
        replace(block, heads=heads) if isinstance(block, Table) else block for block in truth.blocks
    )
    return replace(truth, blocks=blocks)


def _css(truth: Truth, look: Look) -> str:
    corners = ""
    if look.numbering:
        corners += f"@bottom-right {{ content: {look.numbering}; font-size: 8pt; }}"
    if look.running_head:
        corners += f'@top-left {{ content: "{_css_text(truth.title)}"; font-size: 8pt; }}'
    group = "table-header-group" if look.repeat_heads else "table-row-group"
    answer = 18 if look.three else 0
    return f"""
@page {{ size: {look.page}; margin: {look.margin}; {corners} }}
body {{ font-family: "{look.font}"; font-size: {look.size}pt; line-height: {look.leading};
  letter-spacing: {look.spacing}em; margin: 0; overflow-wrap: anywhere; word-wrap: break-word; }}
p {{ margin: 0 0 {look.gap}pt 0; text-align: {look.align}; }}
ul, ol {{ margin: 0 0 {look.gap}pt 0; padding-left: 16pt; }}
h1 {{ font-size: 1.5em; }} h2 {{ font-size: 1.25em; }} h3 {{ font-size: 1.1em; }}
h1, h2, h3, h4 {{ break-after: avoid; margin: 12pt 0 6pt 0; }}
table, .table {{ width: 100%; border-collapse: collapse; margin-bottom: 10pt;
  table-layout: fixed; }}
thead {{ display: {group}; }}
tr, .row {{ break-inside: {"avoid" if look.whole_rows else "auto"};
  page-break-inside: {"avoid" if look.whole_rows else "auto"}; }}
th, td {{ vertical-align: top; text-align: left; padding: {look.padding}pt 5pt; }}
th:first-child, td:first-child {{ width: {look.question - answer // 2}%; }}
.three th:nth-child(2), .three td:nth-child(2) {{ width: 18%; }}
.row {{ display: grid; grid-template-columns: {look.question}fr {100 - look.question}fr;
  column-gap: 12pt; border-bottom: 0.75pt solid #888; padding: {look.padding}pt 0; }}
.three .row {{ grid-template-columns: {look.question - 9}fr 18fr {91 - look.question}fr; }}
.question {{ font-weight: {"bold" if look.bold_questions else "normal"}; }}
.label {{ font-weight: bold; }} .notice {{ font-style: italic; }}
.box {{ display: inline-block; width: 0.65em; height: 0.65em; border: 0.8pt solid #000; }}
img {{ width: 0.7em; height: 0.7em; }}
.title {{ break-after: page; page-break-after: always; padding-top: 60mm; font-size: 1.8em; }}
.contents {{ break-after: page; page-break-after: always; }}
.contents p {{ display: flex; justify-content: space-between; margin: 0 0 2pt 0; }}
{RULES[look.rules]}
"""


def _css_text(text: str) -> str:
    return text.replace("\\", "\\\\").replace('"', '\\"')


def _body(truth: Truth, look: Look) -> Iterator[str]:
    if look.title_page:
        name = truth.organisation[0].upper() + truth.organisation[1:]
        yield f'<div class="title"><p>{escape(truth.title)}</p><p>{escape(name)}</p></div>'
    if look.contents:
        yield '<div class="contents"><p>Innehållsförteckning</p>'
        for index, block in enumerate(truth.blocks):
            if isinstance(block, Heading):
                entry = escape(f"{block.number} {block.title}")
                yield f"<p><span>{entry}</span><span>{3 + index // 7}</span></p>"
        yield "</div>"
    for text in truth.preamble:
        yield _text(text, look)
    for block in truth.blocks:
        if isinstance(block, Heading):
            level = min(block.level, 4)
            yield f"<h{level}>{escape(f'{block.number} {block.title}')}</h{level}>"
        elif isinstance(block, Text):
            yield _text(block, look)
        else:
            yield from _table(block, look)


def _text(text: Text, look: Look) -> str:
    kind = {Kind.LABEL: "label", Kind.NOTICE: "notice"}.get(text.kind, "text")
    return f'<p class="{kind}">{_inline(text.text, look)}</p>'


def _table(table: Table, look: Look) -> Iterator[str]:
    kind = "three" if table.columns == 3 else "two"
    groups = [[row] for row in table.rows] if look.cards else [list(table.rows)]
    for rows in groups:
        if look.blocks:
            yield f'<div class="table {kind}">'
            yield _row_of_blocks([f"<b>{escape(head)}</b>" for head in table.heads])
            yield from (_row_of_blocks(_cells(row, table.columns, look)) for row in rows)
            yield "</div>"
            continue
        heads = "".join(f"<th>{escape(head)}</th>" for head in table.heads)
        yield f'<table class="{kind}"><thead><tr>{heads}</tr></thead><tbody>'
        for row in rows:
            yield f"<tr>{''.join(f'<td>{c}</td>' for c in _cells(row, table.columns, look))}</tr>"
        yield "</tbody></table>"


def _row_of_blocks(cells: list[str]) -> str:
    return f'<div class="row">{"".join(f"<div>{cell}</div>" for cell in cells)}</div>'


def _cells(row: Row, columns: int, look: Look) -> list[str]:
    question = [f'<span class="question">{_inline(row.question, look)}</span>']
    question += [_inline(text, look) for text in row.detail]
    answer = [MARKS[look.mark] + _inline(row.answer, look)] if row.answer else []
    if not answer and look.mark_blank and look.mark != "none":
        answer = [MARKS[look.mark]]
    comment = [_inline(text, look) for text in row.comment]
    cells = [question, answer, comment] if columns == 3 else [question, answer + comment]
    return [_cell(texts, look) for texts in cells]


def _cell(paragraphs: list[str], look: Look) -> str:
    if look.paragraphs == "br":
        return "<br><br>".join(paragraphs)
    parts = [_item(text) if look.lists == "marked" else f"<p>{text}</p>" for text in paragraphs]
    return "".join(parts).replace("</ul><ul>", "")


def _item(text: str) -> str:
    """A paragraph; a list item if it opens with a list mark."""
    if text.startswith("• "):
        return f"<ul><li>{text[2:]}</li></ul>"
    numbered = re.match(r"(\d+)\. ", text)
    if numbered:
        first = int(numbered[1])
        # WeasyPrint knows no `start`, and other programs know no counter.
        style = f"counter-reset: list-item {first - 1}"
        return f'<ol start="{first}" style="{style}"><li>{text[numbered.end() :]}</li></ol>'
    return f"<p>{text}</p>"


def _inline(text: str, look: Look) -> str:
    shown = soft_hyphens(text) if look.shy else text
    page = escape(shown, quote=False).replace("\n", "<br>")
    if not look.raised:
        return page
    return re.sub("[¹²³]", lambda digit: f"<sup>{'¹²³'.index(digit[0]) + 1}</sup>", page)


def soft_hyphens(text: str) -> str:
    """The text with a soft hyphen wherever words may be divided, except in addresses."""
    need("pyphen")
    swedish = importlib.import_module("pyphen").Pyphen(lang="sv_SE")

    def divided(word: re.Match[str]) -> str:
        if re.search(r"[/@]|\w\.\w", word[0]):
            return word[0]
        return re.sub(r"[^\W\d_]{6,}", lambda part: swedish.inserted(part[0], "\u00ad"), word[0])

    return re.sub(r"\S{6,}", divided, text)
