"""Word, OpenDocument and web pages that no word processor writes."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from io import BytesIO

import docx

_HEADS = ("Uppföljningsfrågor", "Svarsalternativ med kommentar")
_CELL = "<td><p>{}</p></td>"
_ROW = "<tr><td><p>Har nämnden bytt belysning?</p></td><td><p>Ja</p><p>Det är gjort.</p></td></tr>"


def _page(table: str) -> bytes:
    head = "".join(_CELL.format(text) for text in _HEADS)
    return (
        "<!DOCTYPE html><html><head><meta charset='utf-8'></head><body><h1>1 Trygghet</h1>"
        f"<table><tr>{head}</tr>{table}</table></body></html>"
    ).encode()


def html_rows(count: int) -> bytes:
    """A table of many rows."""
    return _page(_ROW * count)


def html_cell(count: int) -> bytes:
    """A cell of many paragraphs."""
    return _page(_ROW + _ROW.replace("</p></td></tr>", "</p>" + "<p>Mer.</p>" * count))


def html_columns(count: int) -> bytes:
    """A row of many columns."""
    return _page(_ROW + "<tr>" + "<td>x</td>" * count + "</tr>")


def html_nested(count: int) -> bytes:
    """Tables in tables."""
    return _page(_ROW + "<tr><td>" + "<table><tr><td>" * count)


def html_spans(count: int) -> bytes:
    """Cells that claim to span many rows and columns."""
    return _page(_ROW + f"<tr><td colspan={count} rowspan={count}>x</td></tr>" * 50)


def html_lists(count: int) -> bytes:
    """Lists in lists."""
    return _page(_ROW + "<tr><td>" + "<ul><li>x" * count)


def _word(body: str) -> bytes:
    empty = BytesIO()
    docx.Document().save(empty)
    made = BytesIO()
    with (
        zipfile.ZipFile(empty) as source,
        zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as target,
    ):
        for name in source.namelist():
            data = source.read(name)
            if name == "word/document.xml":
                text = data.decode()
                start = text.index("<w:body>") + len("<w:body>")
                data = f"{text[:start]}{body}{text[start:]}".encode()
            target.writestr(name, data)
    return made.getvalue()


def _paragraph(text: str) -> str:
    return f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>"


def _row(*cells: str) -> str:
    return "<w:tr>" + "".join(f"<w:tc>{cell}</w:tc>" for cell in cells) + "</w:tr>"


_WORD_HEAD = _row(*map(_paragraph, _HEADS))
_WORD_ROW = _row(
    _paragraph("Har nämnden bytt belysning?"), _paragraph("Ja") + _paragraph("Det är gjort.")
)


def _word_table(rows: str) -> bytes:
    return _word(_paragraph("1 Trygghet") + f"<w:tbl>{_WORD_HEAD}{rows}</w:tbl>")


def word_rows(count: int) -> bytes:
    """A table of many rows."""
    return _word_table(_WORD_ROW * count)


def word_cell(count: int) -> bytes:
    """A cell of many paragraphs."""
    comment = _paragraph("Ja") + _paragraph("Nämnden har bytt belysning.") * count
    return _word_table(_row(_paragraph("Har nämnden bytt belysning?"), comment))


def word_columns(count: int) -> bytes:
    """A row of many columns."""
    return _word_table(_WORD_ROW + _row(*[_paragraph("x")] * count))


def word_nested(count: int) -> bytes:
    """Tables in tables."""
    inner = _paragraph("x")
    for _ in range(count):
        inner = f"<w:tbl>{_row(inner)}</w:tbl>{_paragraph('')}"
    return _word_table(_WORD_ROW + _row(inner))


def word_bomb(count: int) -> bytes:
    """A part that unpacks to `count` bytes."""
    made = BytesIO(_word_table(_WORD_ROW))
    with zipfile.ZipFile(made, "a", zipfile.ZIP_DEFLATED) as target:
        target.writestr("word/media/a.bin", bytes(count))
    return made.getvalue()


def odt_bomb(count: int) -> bytes:
    """Text that unpacks to `count` bytes of spaces."""
    made = BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as target:
        target.writestr(zipfile.ZipInfo("mimetype"), "application/vnd.oasis.opendocument.text")
        target.writestr("content.xml", b"<?xml version='1.0'?><a>" + b" " * count + b"</a>")
    return made.getvalue()


def _odt(body: str) -> bytes:
    spaces = "".join(
        f' xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
        for name in ("office", "table", "text")
    )
    made = BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as target:
        target.writestr(zipfile.ZipInfo("mimetype"), "application/vnd.oasis.opendocument.text")
        target.writestr(
            "content.xml",
            f"<office:document-content{spaces}><office:body><office:text>"
            f'<text:h text:outline-level="1">1 Trygghet</text:h>{body}'
            "</office:text></office:body></office:document-content>",
        )
    return made.getvalue()


def _odt_row(*cells: str, entries: str = "") -> str:
    made = "".join(f"<table:table-cell>{cell}</table:table-cell>" for cell in cells)
    return f"<table:table-row{entries}>{made}</table:table-row>"


def _said(*texts: str) -> str:
    return "".join(f"<text:p>{text}</text:p>" for text in texts)


_ODT_HEAD = _odt_row(*map(_said, _HEADS))
_ODT_ROW = _odt_row(_said("Har nämnden bytt belysning?"), _said("Ja", "Det är gjort."))


def _odt_table(rows: str) -> bytes:
    return _odt(f"<table:table>{_ODT_HEAD}{rows}</table:table>")


def odt_rows(count: int) -> bytes:
    """A table of many rows."""
    return _odt_table(_ODT_ROW * count)


def odt_cell(count: int) -> bytes:
    """A cell of many paragraphs."""
    comment = _said("Ja", *["Nämnden har bytt belysning."] * count)
    return _odt_table(_odt_row(_said("Har nämnden bytt belysning?"), comment))


def odt_columns(count: int) -> bytes:
    """A row of many columns."""
    return _odt_table(_ODT_ROW + _odt_row(*[_said("x")] * count))


def odt_repeated(count: int) -> bytes:
    """A row and its cell that claim to be repeated."""
    cell = (
        f'<table:table-cell table:number-columns-repeated="{count}">{_said("x")}</table:table-cell>'
    )
    repeated = f' table:number-rows-repeated="{count}"'
    return _odt_table(f"{_ODT_ROW}<table:table-row{repeated}>{cell}</table:table-row>")


def odt_blanks(count: int) -> bytes:
    """A comment with many elements that each represent many spaces."""
    blank = f'<text:s text:c="{count}"/>'
    return _odt_table(
        _odt_row(_said("Har nämnden bytt belysning?"), _said("Ja", f"Mer {blank}" * 9))
    )


def odt_nested(count: int) -> bytes:
    """Tables in tables."""
    inner = _said("x")
    for _ in range(count):
        inner = f"<table:table>{_odt_row(inner)}</table:table>"
    return _odt_table(_ODT_ROW + _odt_row(inner))


def odt_lists(count: int) -> bytes:
    """Lists in lists."""
    opened = "<text:list><text:list-item>" * count
    closed = "</text:list-item></text:list>" * count
    return _odt_table(_ODT_ROW + _odt_row(opened + _said("x") + closed))


def odt_numbers(count: int) -> bytes:
    """Numbers of many digits where a small one belongs."""
    digits = "9" * count
    return _odt(
        f"<table:table>{_ODT_HEAD}{_ODT_ROW}</table:table>"
        f'<text:h text:outline-level="{digits}">Mer</text:h>'
        f'<text:list><text:list-item text:start-value="{digits}">{_said("x")}</text:list-item>'
        f'</text:list><text:p>x<text:s text:c="{digits}"/></text:p>'
    )


def html_numbers(count: int) -> bytes:
    """Numbers of many digits where a small one belongs."""
    digits = "9" * count
    listed = f"<ol start={digits}><li value={digits}>x</li></ol>"
    return _page(_ROW + f"<tr><td colspan={digits} rowspan={digits}>{listed}</td></tr>")


def word_numbers(count: int) -> bytes:
    """Numbers of many digits where a small one belongs."""
    digits = "9" * count
    span = f'<w:tcPr><w:gridSpan w:val="{digits}"/></w:tcPr>'
    listed = (
        f'<w:p><w:pPr><w:outlineLvl w:val="{digits}"/><w:numPr><w:ilvl w:val="{digits}"/>'
        f'<w:numId w:val="{digits}"/></w:numPr></w:pPr><w:r><w:t>x</w:t></w:r></w:p>'
    )
    return _word_table(_WORD_ROW + f"<w:tr><w:tc>{span}{listed}</w:tc></w:tr>")


PACKAGES: dict[str, tuple[str, Callable[[int], bytes], int]] = {
    made.__name__.replace("_", " "): (suffix, made, count)
    for suffix, made, count in (
        (".html", html_rows, 16_000),
        (".html", html_cell, 16_000),
        (".html", html_columns, 2_000),
        (".html", html_nested, 1_000),
        (".html", html_spans, 1_000_000),
        (".html", html_lists, 1_000),
        (".docx", word_rows, 16_000),
        (".docx", word_cell, 16_000),
        (".docx", word_columns, 2_000),
        (".docx", word_nested, 200),
        (".docx", word_bomb, 1_000_000_000),
        (".odt", odt_bomb, 1_000_000_000),
        (".odt", odt_rows, 16_000),
        (".odt", odt_cell, 16_000),
        (".odt", odt_columns, 2_000),
        (".odt", odt_repeated, 1_000_000_000),
        (".odt", odt_blanks, 1_000_000_000),
        (".odt", odt_nested, 200),
        (".odt", odt_lists, 1_000),
        (".odt", odt_numbers, 10_000),
        (".html", html_numbers, 10_000),
        (".docx", word_numbers, 10_000),
    )
}
"""Extension and maker of each file, and its size in the benchmark."""
