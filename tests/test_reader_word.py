"""The Word reader on small files of our own."""

import io
import zipfile
from collections.abc import Callable

import docx
import pytest
from docx.document import Document as WordDocument
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.text.paragraph import Paragraph
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from extractors.readers import word, word_package
from extractors.readers.errors import ReadError
from extractors.readers.word_numbering import written
from models.document import Document


def file(fill: Callable[[WordDocument], object]) -> bytes:
    document = docx.Document()
    fill(document)
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def read(fill: Callable[[WordDocument], object]) -> Document:
    return word.read(file(fill))


def texts(document: Document) -> list[str]:
    return [line.text for line in document.lines]


def codes(document: Document) -> list[str]:
    return [problem.code for problem in document.problems]


def cells(document: Document, table: int = 0) -> list[list[list[str]]]:
    return [
        [[line.text for line in cell.lines] for cell in row] for row in document.tables[table].rows
    ]


_NAMES = (
    f'{nsdecls("w", "w14")} xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
)


def add_xml(paragraph: Paragraph, xml: str) -> None:
    """Adds an element to a paragraph; the namespaces w, w14 and mc are known."""
    paragraph._p.append(parse_xml(f"<w:r {_NAMES}>{xml}</w:r>")[0])


def number(paragraph: Paragraph, number_id: int, level: int = 0) -> None:
    """Gives a paragraph a place in a list."""
    properties = paragraph._p.get_or_add_pPr().get_or_add_numPr()
    properties.get_or_add_numId().val = number_id
    properties.get_or_add_ilvl().val = level


def add_list(
    document: WordDocument, levels: list[tuple[str, str]], number_id: int = 90, **starts: int
) -> None:
    """Adds a numbered list with (format, pattern) for each level."""
    root = document.part.numbering_part.element
    own = OxmlElement("w:abstractNum")
    own.set(qn("w:abstractNumId"), str(number_id))
    for place, (kind, pattern) in enumerate(levels):
        level = parse_xml(
            f'<w:lvl {nsdecls("w")} w:ilvl="{place}"><w:start w:val="1"/>'
            f'<w:numFmt w:val="{kind}"/><w:lvlText w:val="{pattern}"/></w:lvl>'
        )
        own.append(level)
    root.insert(0, own)
    entry = f'<w:num {nsdecls("w")} w:numId="{number_id}"><w:abstractNumId w:val="{number_id}"/>'
    for place, start in starts.items():
        entry += (
            f'<w:lvlOverride w:ilvl="{place[1:]}"><w:startOverride w:val="{start}"/>'
            "</w:lvlOverride>"
        )
    root.append(parse_xml(entry + "</w:num>"))


def test_paragraphs_are_lines_and_empty_ones_too():
    def fill(document: WordDocument) -> None:
        document.add_paragraph("Nämnden följer upp planen.")
        document.add_paragraph("")
        document.add_paragraph("Rad ett\nrad två\tefter tabb")
        document.core_properties.title = "Uppföljning 2025"

    document = read(fill)
    assert texts(document) == [
        "Nämnden följer upp planen.",
        "",
        "Rad ett\nrad två efter tabb",
    ]
    assert not document.paged
    assert not document.has_geometry
    assert document.title == "Uppföljning 2025"
    assert document.problems == ()


def test_headings_by_style_and_by_outline_level():
    def fill(document: WordDocument) -> None:
        document.add_heading("1 Trygga platser", 1)
        document.add_paragraph("Brödtext")
        document.add_heading("1.1 Belysning", 2)
        own = document.styles.add_style("Kommunrubrik", 1)
        own.base_style = document.styles["Heading 3"]
        document.add_paragraph("1.1.1 Egen rubrik", style=own)
        outline = document.add_paragraph("Rubrik utan formatmall")
        level = OxmlElement("w:outlineLvl")
        level.set(qn("w:val"), "1")
        outline._p.get_or_add_pPr().append(level)

    assert read(fill).headings == {1: 1, 3: 2, 4: 3, 5: 2}


def test_automatic_heading_numbers_are_in_the_text():
    def fill(document: WordDocument) -> None:
        add_list(document, [("decimal", "%1"), ("decimal", "%1.%2"), ("decimal", "%1.%2.%3")])
        for text, level in [("Trygghet", 0), ("Skola", 1), ("Hem", 1), ("Program", 2), ("Torg", 0)]:
            number(document.add_heading(text, level + 1), 90, level)
        number(document.add_heading("Gator", 2), 90, 1)

    assert texts(read(fill)) == [
        "1 Trygghet",
        "1.1 Skola",
        "1.2 Hem",
        "1.2.1 Program",
        "2 Torg",
        "2.1 Gator",
    ]


def test_numbers_of_a_style_and_of_a_restarted_list():
    def fill(document: WordDocument) -> None:
        add_list(document, [("lowerLetter", "%1)")], 90)
        add_list(document, [("decimal", "%1.")], 91, _0=4)
        style = document.styles["List Paragraph"]
        properties = style.element.get_or_add_pPr().get_or_add_numPr()
        properties.get_or_add_numId().val = 90
        document.add_paragraph("ett", style=style)
        document.add_paragraph("två", style=style)
        number(document.add_paragraph("fyra"), 91)
        document.add_paragraph("punkt", style="List Bullet")
        number(document.add_paragraph("utan nummer", style=style), 0)

    assert texts(read(fill)) == ["a) ett", "b) två", "4. fyra", "• punkt", "utan nummer"]


@pytest.mark.parametrize(
    ("count", "kind", "text"),
    [
        (4, "lowerRoman", "iv"),
        (1990, "upperRoman", "MCMXC"),
        (28, "upperLetter", "BB"),
        (3, "decimalZero", "03"),
        (7, "ordinalText", "7"),
        (0, "lowerRoman", "0"),
    ],
)
def test_how_numbers_are_written(count: int, kind: str, text: str):
    assert written(count, kind) == text


def test_tables_with_merged_cells_once_and_columns_kept():
    def fill(document: WordDocument) -> None:
        document.add_paragraph("Före")
        table = document.add_table(4, 3)
        for cell, text in zip(table.rows[0].cells, ("Fråga", "Svar", "Kommentar"), strict=True):
            cell.text = text
        table.cell(1, 0).merge(table.cell(2, 0)).text = "Har ni en plan?"
        table.cell(1, 1).text, table.cell(1, 2).text = "Ja", "Sedan i mars."
        table.cell(1, 2).add_paragraph("Och framåt.")
        table.cell(2, 1).text, table.cell(2, 2).text = "Nej", ""
        table.cell(3, 0).merge(table.cell(3, 2)).text = "Över alla kolumner"
        document.add_paragraph("Efter")

    document = read(fill)
    assert cells(document) == [
        [["Fråga"], ["Svar"], ["Kommentar"]],
        [["Har ni en plan?"], ["Ja"], ["Sedan i mars.", "Och framåt."]],
        [[], ["Nej"], [""]],
        [["Över alla kolumner"]],
    ]
    assert document.tables[0].first_line == 2
    assert texts(document)[-1] == "Efter"
    assert [line.number for line in document.lines] == list(range(1, len(document.lines) + 1))


def test_a_table_in_a_cell_is_part_of_the_cell():
    def fill(document: WordDocument) -> None:
        table = document.add_table(1, 2)
        table.cell(0, 0).text = "Fråga"
        inner = table.cell(0, 1).add_table(1, 2)
        inner.cell(0, 0).text, inner.cell(0, 1).text = "Ja", "inre"

    assert cells(read(fill)) == [[["Fråga"], ["", "Ja", "inre", ""]]]


def test_tables_in_cells_are_known():
    def fill(document: WordDocument) -> None:
        frame = document.add_table(1, 1)
        frame.cell(0, 0).text = "1.1 Rubrik i ramen"
        inner = frame.cell(0, 0).add_table(1, 2)
        inner.cell(0, 0).text, inner.cell(0, 1).text = "Fråga", "Svar"

    (inner,) = read(fill).tables[0].rows[0][0].tables
    assert [[line.text for line in cell.lines] for cell in inner.rows[0]] == [["Fråga"], ["Svar"]]
    assert inner.first_line == 2


def test_check_boxes_and_chosen_entries_are_text():
    def fill(document: WordDocument) -> None:
        paragraph = document.add_paragraph()
        add_xml(
            paragraph,
            "<w:sdt><w:sdtPr><w14:checkbox><w14:checked w14:val='1'/></w14:checkbox></w:sdtPr>"
            "<w:sdtContent><w:r><w:t>☒</w:t></w:r></w:sdtContent></w:sdt>",
        )
        paragraph.add_run(" Ja ")
        add_xml(
            paragraph,
            "<w:r><w:fldChar w:fldCharType='begin'><w:ffData><w:checkBox><w:default w:val='0'/>"
            "</w:checkBox></w:ffData></w:fldChar></w:r>",
        )
        paragraph.add_run(" Nej ")
        add_xml(
            paragraph,
            "<w:r><w:fldChar w:fldCharType='begin'><w:ffData><w:ddList><w:result w:val='1'/>"
            "<w:listEntry w:val='Ej valt'/><w:listEntry w:val='Delvis'/></w:ddList></w:ffData>"
            "</w:fldChar></w:r>",
        )

    assert texts(read(fill)) == ["☒ Ja ☐ Nej Delvis"]


def test_tracked_changes_are_read_as_accepted_and_hidden_text_is_named():
    def fill(document: WordDocument) -> None:
        paragraph = document.add_paragraph("Planen ")
        add_xml(paragraph, "<w:del><w:r><w:delText>ska </w:delText></w:r></w:del>")
        add_xml(paragraph, "<w:ins><w:r><w:t>antogs</w:t></w:r></w:ins>")
        add_xml(paragraph, "<w:moveFrom><w:r><w:t>i fjol</w:t></w:r></w:moveFrom>")
        add_xml(paragraph, "<w:r><w:rPr><w:vanish/></w:rPr><w:t>dolt</w:t></w:r>")
        add_xml(paragraph, "<w:r><w:noBreakHyphen/><w:sym w:font='Wingdings' w:char='F0FE'/></w:r>")

    document = read(fill)
    assert texts(document) == ["Planen antogs-☑"]
    assert codes(document) == ["hidden-text", "tracked-changes"]


def box_xml(text: str, vertical: str) -> str:
    """A text box as Word writes it: twice, for programs that know the one or the other."""
    content = f"<w:txbxContent><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:txbxContent>"
    drawing = (
        "<w:drawing><wp:anchor xmlns:wp='http://schemas.openxmlformats.org/drawingml/2006/"
        f"wordprocessingDrawing'><wp:positionV relativeFrom='{vertical}'/>{content}</wp:anchor>"
        "</w:drawing>"
    )
    return (
        f"<w:r><mc:AlternateContent><mc:Choice Requires='wps'>{drawing}</mc:Choice>"
        f"<mc:Fallback><w:pict>{content}</w:pict></mc:Fallback></mc:AlternateContent></w:r>"
    )


def test_text_boxes_come_once_after_their_paragraph():
    def fill(document: WordDocument) -> None:
        add_xml(document.add_paragraph("Före "), box_xml("I rutan", "paragraph"))
        document.add_paragraph("Efter")

    document = read(fill)
    assert texts(document) == ["Före ", "I rutan", "Efter"]
    assert codes(document) == ["text-box"]
    assert document.notes == frozenset()


def test_text_boxes_anchored_to_the_page_come_last():
    def fill(document: WordDocument) -> None:
        table = document.add_table(1, 2)
        table.cell(0, 1).text = "Ja"
        add_xml(table.cell(0, 1).paragraphs[0], box_xml("Inkommen 2031-04-02", "page"))
        document.add_paragraph("Efter")

    document = read(fill)
    assert cells(document) == [[[""], ["Ja"]]]
    assert texts(document)[-2:] == ["Efter", "Inkommen 2031-04-02"]
    assert codes(document) == ["text-aside"]
    assert document.notes == {4}


def test_a_table_in_a_text_box_is_a_table():
    def fill(document: WordDocument) -> None:
        inner = "<w:tbl><w:tr><w:tc><w:p><w:r><w:t>Ja</w:t></w:r></w:p></w:tc></w:tr></w:tbl>"
        paragraph = document.add_paragraph("Före")
        add_xml(paragraph, f"<w:r><w:pict><w:txbxContent>{inner}</w:txbxContent></w:pict></w:r>")

    assert cells(read(fill)) == [[["Ja"]]]


def test_weight_by_run_and_by_style():
    def fill(document: WordDocument) -> None:
        document.add_paragraph().add_run("Fet fråga?").bold = True
        mixed = document.add_paragraph("Mager text med ett ")
        mixed.add_run("fett").bold = True
        document.add_heading("Rubrik", 1)

    assert [line.bold for line in read(fill).lines] == [True, False, True]


def test_headers_and_footers_are_left_out():
    def fill(document: WordDocument) -> None:
        document.sections[0].header.paragraphs[0].text = "Stadens sidhuvud"
        document.add_paragraph("Brödtext")

    assert texts(read(fill)) == ["Brödtext"]


def packed(**parts: bytes) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name.replace("__", "/").replace("_xml", ".xml"), data)
    return buffer.getvalue()


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "broken-docx"),
        (b"PK\x03\x04 cut", "broken-docx"),
        (packed(xl__workbook_xml=b"<workbook/>"), "not-docx"),
        (packed(word__document_xml=b"<no docx"), "broken-docx"),
        (b"\xd0\xcf\x11\xe0" + bytes(600), "not-docx"),
        (b"\xd0\xcf\x11\xe0" + "EncryptedPackage".encode("utf-16-le"), "encrypted"),
    ],
)
def test_files_that_are_not_word_files(data: bytes, code: str):
    with pytest.raises(ReadError) as refused:
        word.read(data)
    assert refused.value.code == code


def test_a_file_that_unpacks_endlessly_is_not_read(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(word_package, "LARGEST_PART", 1_000_000)
    with pytest.raises(ReadError) as refused:
        word.read(packed(word__document_xml=b" " * 2_000_000))
    assert refused.value.code == "too-large"


def test_tables_nested_too_deeply_are_refused():
    deep = "<w:tbl><w:tr><w:tc>" * 60 + "<w:p/>" + "</w:tc></w:tr></w:tbl>" * 60

    def fill(document: WordDocument) -> None:
        table = parse_xml(f"<w:tbl {nsdecls('w')}>{deep.removeprefix('<w:tbl>')}")
        document.element.body.insert(0, table)

    with pytest.raises(ReadError) as refused:
        read(fill)
    assert refused.value.code == "broken-docx"


_WHOLE = file(lambda document: document.add_table(2, 2))


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.data())
def test_damaged_bytes_give_a_document_or_a_clear_refusal(data: st.DataObject):
    damaged = bytearray(_WHOLE)
    for place in data.draw(st.lists(st.integers(0, len(damaged) - 1), max_size=20)):
        damaged[place] ^= 0x5A
    cut = data.draw(st.integers(0, len(damaged)))
    try:
        word.read(bytes(damaged[:cut] if cut % 2 else damaged))
    except ReadError as error:
        assert error.message


def test_a_content_control_that_nobody_filled_in_is_blank():
    def fill(document: WordDocument) -> None:
        table = document.add_table(1, 3)
        table.cell(0, 0).text = "Finns en plan?"
        for at, (properties, shown) in enumerate(
            [
                ("<w:showingPlcHdr/><w:dropDownList/>", "Välj ett objekt."),
                ("<w:date/>", "1 maj 2031"),
            ]
        ):
            add_xml(
                table.cell(0, at + 1).paragraphs[0],
                f"<w:sdt><w:sdtPr>{properties}</w:sdtPr><w:sdtContent><w:r><w:t>{shown}</w:t></w:r>"
                "</w:sdtContent></w:sdt>",
            )

    document = read(fill)
    assert cells(document) == [[["Finns en plan?"], [""], ["1 maj 2031"]]]
    assert codes(document) == ["not-filled-in"]


@pytest.mark.parametrize("wraps", ["row", "cell", "paragraph"])
def test_rows_cells_and_paragraphs_in_content_controls(wraps: str):
    def fill(document: WordDocument) -> None:
        table = document.add_table(2, 2)
        for row, texts_ in zip(
            table.rows, [("Fråga", "Svar"), ("Finns en plan?", "Ja")], strict=True
        ):
            for cell, text in zip(row.cells, texts_, strict=True):
                cell.text = text
        cell = table.cell(1, 1)
        inner = {"row": table.rows[1]._tr, "cell": cell._tc, "paragraph": cell.paragraphs[0]._p}[
            wraps
        ]
        control = parse_xml(f"<w:sdt {_NAMES}><w:sdtPr/><w:sdtContent/></w:sdt>")
        inner.addprevious(control)
        control[1].append(inner)

    document = read(fill)
    assert cells(document) == [[["Fråga"], ["Svar"]], [["Finns en plan?"], ["Ja"]]]
    assert codes(document) == []


def test_rows_cells_and_paragraph_ends_that_tracked_changes_delete():
    def fill(document: WordDocument) -> None:
        table = document.add_table(3, 2)
        for at, (question, answer) in enumerate([("Ett?", "Ja"), ("Två?", "Nej"), ("Tre?", "Ja")]):
            table.cell(at, 0).text, table.cell(at, 1).text = question, answer
        properties = table.rows[1]._tr.get_or_add_trPr()
        properties.append(parse_xml(f"<w:del {_NAMES} w:id='1'/>"))
        for text in ("Planen antogs", " i mars."):
            paragraph = document.add_paragraph(text)
            mark = parse_xml(f"<w:rPr {_NAMES}><w:del w:id='2'/></w:rPr>")
            if text == "Planen antogs":
                paragraph._p.get_or_add_pPr().append(mark)

    document = read(fill)
    assert cells(document) == [[["Ett?"], ["Ja"]], [["Tre?"], ["Ja"]]]
    assert texts(document)[-1] == "Planen antogs i mars."
    assert codes(document) == ["tracked-changes"]


def test_letters_of_symbol_fonts_are_read_as_what_they_show():
    def fill(document: WordDocument) -> None:
        for letter, text in (("þ", " Ja "), ("¨", " Nej")):
            add_xml(
                document.paragraphs[0] if document.paragraphs else document.add_paragraph(),
                f"<w:r><w:rPr><w:rFonts w:ascii='Wingdings'/></w:rPr><w:t>{letter}</w:t></w:r>",
            )
            document.paragraphs[0].add_run(text)
        add_xml(document.paragraphs[0], "<w:r><w:sym w:font='Wingdings 2' w:char='F0A3'/></w:r>")

    assert texts(read(fill)) == ["☑ Ja ☐ Nej☐"]


def test_half_a_character_is_not_a_character():
    def fill(document: WordDocument) -> None:
        add_xml(document.add_paragraph("Före"), "<w:r><w:sym w:font='Arial' w:char='D800'/></w:r>")

    assert texts(read(fill)) == ["Före\ufffd"]


def repacked(data: bytes, change: Callable[[str, bytes], tuple[str, bytes]]) -> bytes:
    """A package with each part changed; a part of the same name may come out twice."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(buffer, "w") as new:
        for name in old.namelist():
            new.writestr(*change(name, old.read(name)))
    return buffer.getvalue()


def test_text_after_an_entity_reference_is_not_lost():
    def change(name: str, part: bytes) -> tuple[str, bytes]:
        if name == "word/document.xml":
            start = part.index(b"<w:document")
            part = (
                part[:start]
                + b"<!DOCTYPE w:document [<!ENTITY n 'n\xc3\xa4mnden'>]>"
                + part[start:].replace(b"MARKE", b"&n; ser<!-- x --> till")
            )
        return name, part

    document = word.read(repacked(file(lambda made: made.add_paragraph("Det MARKE det.")), change))
    assert texts(document) == ["Det &n; ser till det."]
    assert [(p.code, p.severity) for p in document.problems] == [("entities", "error")]


def test_text_where_nobody_looks_is_an_error():
    def fill(document: WordDocument) -> None:
        paragraph = document.add_paragraph("Före")
        add_xml(paragraph, "<w:r><w:rPr><w:t>gömt</w:t></w:rPr></w:r>")

    assert [(p.code, p.severity) for p in read(fill).problems] == [("text-lost", "error")]


def test_a_file_with_two_parts_of_properties_keeps_its_text():
    def change(name: str, part: bytes) -> tuple[str, bytes]:
        if name == "_rels/.rels":
            start = part.index(b"<Relationship ", part.index(b"core-properties") - 200)
            entry = next(own for own in part[start:].split(b"/>") if b"core-properties" in own)
            again = entry.replace(b'Id="', b'Id="x').replace(b"core.xml", b"core2.xml")
            part = part.replace(b"</Relationships>", again + b"/></Relationships>")
        return name, part

    data = repacked(file(lambda made: made.add_paragraph("Text")), change)
    buffer = io.BytesIO(data)
    with zipfile.ZipFile(buffer, "a") as archive:
        archive.writestr("docProps/core2.xml", archive.read("docProps/core.xml"))
        types = archive.read("[Content_Types].xml")
    assert b"core.xml" in types
    assert texts(word.read(buffer.getvalue())) == ["Text"]
