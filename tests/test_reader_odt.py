"""The ODT reader on small files of our own: their content as XML, packed as LibreOffice does."""

from __future__ import annotations

import io
import zipfile

import pytest

from extractors.extract import extract_bytes
from extractors.readers import odt
from extractors.readers.dispatch import format_of
from extractors.readers.errors import ReadError
from extractors.readers.odt_styles import _SPACES
from extractors.rules import builtin_forms
from extractors.themes import builtin_taxonomy
from models.document import Document, Format

_XMLNS = " ".join(f'xmlns:{prefix}="{uri}"' for prefix, uri in _SPACES.items() if prefix != "xml")
_MIME = b"application/vnd.oasis.opendocument.text"


def file(body: str, styles: str = "", **parts: str) -> bytes:
    content = (
        f"<office:document-content {_XMLNS}><office:automatic-styles>{styles}"
        f"</office:automatic-styles><office:body><office:text>{body}</office:text></office:body>"
        "</office:document-content>"
    )
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", _MIME, zipfile.ZIP_STORED)
        for name, part in {"content.xml": content, **parts}.items():
            archive.writestr(name, part)
    return buffer.getvalue()


def read(body: str, styles: str = "", **parts: str) -> Document:
    return odt.read(file(body, styles, **parts))


def texts(document: Document) -> list[str]:
    return [line.text for line in document.lines]


def cells(document: Document) -> list[list[list[str]]]:
    return [[[own.text for own in cell.lines] for cell in row] for row in document.tables[0].rows]


def codes(document: Document) -> list[str]:
    return [problem.code for problem in document.problems]


def p(text: str) -> str:
    return f"<text:p>{text}</text:p>"


def cell(*texts_: str, **spans: int) -> str:
    told = "".join(f' table:number-{name}-spanned="{count}"' for name, count in spans.items())
    return f"<table:table-cell{told}>{''.join(map(p, texts_))}</table:table-cell>"


def table(*rows: str) -> str:
    made = "".join(f"<table:table-row>{row}</table:table-row>" for row in rows)
    return f"<table:table>{made}</table:table>"


COVERED = "<table:covered-table-cell/>"


def test_paragraphs_headings_spaces_and_breaks() -> None:
    document = read(
        '<text:h text:outline-level="1">1 Trygghet</text:h>'
        + p('Rad <text:s text:c="2"/>ett<text:tab/>x<text:line-break/>rad\n   två')
        + p("")
    )
    assert texts(document) == ["1 Trygghet", "Rad   ett x\nrad två", ""]
    assert document.headings == {1: 1}
    assert document.problems == ()


def test_cells_that_cover_others_keep_their_columns() -> None:
    document = read(
        table(
            cell("Fråga") + cell("Svar") + cell("Kommentar"),
            cell("Ett?", rows=2) + cell("Ja") + cell("Text", "Mer"),
            COVERED + cell("Nej") + cell(),
            cell("Målområde", columns=3) + COVERED + COVERED,
        )
    )
    rows = document.tables[0].rows
    assert [[own.column for own in row] for row in rows] == [[0, 1, 2], [0, 1, 2], [0, 1, 2], [0]]
    assert rows[2][0].continues
    assert cells(document)[1] == [["Ett?"], ["Ja"], ["Text", "Mer"]]


def test_lists_and_headings_show_their_numbers() -> None:
    styles = (
        '<text:list-style style:name="L1"><text:list-level-style-number text:level="1"'
        ' style:num-format="a" style:num-suffix=")"/></text:list-style>'
        '<text:list-style style:name="L2"><text:list-level-style-bullet text:level="1"/>'
        "</text:list-style>"
    )
    outline = (
        f"<office:document-styles {_XMLNS}><office:styles><text:outline-style>"
        '<text:outline-level-style text:level="1" style:num-format="1"/>'
        '<text:outline-level-style text:level="2" style:num-format="1" text:display-levels="2"/>'
        "</text:outline-style></office:styles></office:document-styles>"
    )
    item = "<text:list-item>{}</text:list-item>"
    body = (
        '<text:h text:outline-level="1">Ett</text:h><text:h text:outline-level="2">Under</text:h>'
        f'<text:list text:style-name="L1">{item.format(p("först"))}{item.format(p("sedan"))}'
        f'</text:list><text:list text:style-name="L2">{item.format(p("punkt") + p("mer"))}'
        '</text:list><text:h text:outline-level="1">Två</text:h>'
        f'<text:list text:style-name="L1">{item.format(p("igen"))}</text:list>'
    )
    assert texts(read(body, styles, **{"styles.xml": outline})) == [
        "1 Ett", "1.1 Under", "a) först", "b) sedan", "• punkt", "mer", "2 Två", "a) igen",
    ]  # fmt: skip


def test_boxes_and_drop_downs_are_read_as_the_choice_made() -> None:
    control = "<loext:content-control loext:{}>{}</loext:content-control>"
    body = p(
        control.format('checkbox="true" loext:checked="true"', "☒")
        + " Ja "
        + control.format('checkbox="true" loext:checked="false"', "☐")
        + " Nej"
    )
    body += p(control.format('showing-place-holder="true"', "Välj ett objekt"))
    body += p(
        '<field:fieldmark field:type="vnd.oasis.opendocument.field.FORMCHECKBOX">'
        '<field:param field:name="Checkbox_Checked" field:value="true"/></field:fieldmark> Klar'
    )
    document = read(body)
    assert texts(document) == ["☒ Ja ☐ Nej", "", "☒ Klar"]
    assert codes(document) == ["not-filled-in"]


def test_weight_fonts_and_hidden_text_by_style() -> None:
    family = (
        '<style:style style:family="text" style:name="{}"><style:text-properties {}/></style:style>'
    )
    styles = (
        family.format("T1", 'fo:font-weight="bold"')
        + family.format("T2", 'style:font-name="Wingdings"')
        + family.format("T3", 'text:display="none"')
    )
    span = '<text:span text:style-name="{}">{}</text:span>'
    document = read(
        p(span.format("T1", "Fet fråga?"))
        + p(span.format("T2", "þ") + " Ja" + span.format("T3", "x")),
        styles,
    )
    assert texts(document) == ["Fet fråga?", "☑ Ja"]
    assert [line.bold for line in document.lines] == [True, False]
    assert codes(document) == ["hidden-text"]


def test_boxes_notes_changes_and_margin_comments() -> None:
    frame = (
        '<draw:frame text:anchor-type="{}"><draw:text-box><text:p>{}</text:p></draw:text-box>'
        "</draw:frame>"
    )
    body = (
        "<text:tracked-changes><text:changed-region><text:deletion><text:p>borta</text:p>"
        "</text:deletion></text:changed-region></text:tracked-changes>"
        + p(
            "Text<text:note><text:note-citation>1</text:note-citation><text:note-body>"
            "<text:p>Fotnot.</text:p></text:note-body></text:note> slut"
            "<office:annotation><text:p>kommentar</text:p></office:annotation>"
            + frame.format("as-char", "I rutan")
            + frame.format("page", "Inkommen")
        )
        + p("Efter")
    )
    document = read(body)
    assert texts(document) == ["Text slut", "I rutan", "Efter", "Inkommen", "Fotnot."]
    assert document.notes == {4, 5}
    assert codes(document) == ["text-aside", "text-box", "tracked-changes", "margin-comments"]


def test_files_that_are_not_odt_files() -> None:
    whole = file(p("Text"))
    manifest = {"META-INF/manifest.xml": "<a><manifest:encryption-data/></a>"}
    deep = "<text:section>" * 60 + p("x") + "</text:section>" * 60
    for data, code in [
        (whole[:200], "broken-odt"),
        (file("<text:p>"), "broken-odt"),
        (file(p("x"), **manifest), "encrypted"),
        (file(deep), "broken-odt"),
    ]:
        with pytest.raises(ReadError) as refused:
            odt.read(data)
        assert refused.value.code == code


def test_a_report_as_odt_is_read_completely() -> None:
    data = file(
        '<text:h text:outline-level="1">1 Trygghet i parken</text:h>'
        + table(
            cell("Fråga") + cell("Svar") + cell("Kommentar"),
            cell("Finns en plan?", "Strategi 1:1 Alla ska veta.") + cell("Ja") + cell("Ny."),
            cell("Är den känd?") + cell("Nej") + cell(),
        )
    )
    assert format_of(data, "rapport.odt") is Format.ODT
    report = extract_bytes(data, "rapport.odt", builtin_forms(), builtin_taxonomy())
    assert (report.status, report.format) == ("ok", "odt")
    assert [(a.question, a.detail, a.answer, a.comment) for a in report.answers] == [
        ("Finns en plan?", "Strategi 1:1 Alla ska veta.", "Ja", "Ny."),
        ("Är den känd?", "", "Nej", ""),
    ]


@pytest.mark.parametrize("at", range(0, 1200, 37))
def test_damaged_bytes_give_a_document_or_a_clear_refusal(at: int) -> None:
    data = bytearray(file(table(cell("Ja", rows=2) + cell("x")) + p("text")))
    data[at % len(data)] ^= 0x5A
    try:
        odt.read(bytes(data))
    except ReadError as error:
        assert error.message
