"""The HTML reader on small pages of our own."""

from __future__ import annotations

import pytest

from extractors.extract import extract_bytes
from extractors.readers import html
from extractors.readers.dispatch import format_of
from extractors.readers.errors import ReadError
from extractors.rules import builtin_forms
from extractors.themes import builtin_taxonomy
from models.document import Document, Format


def read(body: str, *, head: str = "") -> Document:
    page = f"<!DOCTYPE html><html><head>{head}</head><body>{body}</body></html>"
    return html.read(page.encode())


def texts(document: Document) -> list[str]:
    return [line.text for line in document.lines]


def cells(document: Document, table: int = 0) -> list[list[list[str]]]:
    return [
        [[line.text for line in cell.lines] for cell in row] for row in document.tables[table].rows
    ]


def codes(document: Document) -> list[tuple[str, str]]:
    return [(problem.code, problem.severity) for problem in document.problems]


def test_paragraphs_headings_breaks_and_title() -> None:
    document = read(
        "<h1>1 Trygghet\n i parken</h1><p>Rad  ett<br>rad\n två</p><div>Lös text<p>Sist</p></div>",
        head="<title>Uppföljning\n2031</title>",
    )
    assert texts(document) == ["1 Trygghet i parken", "Rad ett\nrad två", "Lös text", "Sist"]
    assert document.headings == {1: 1}
    assert document.title == "Uppföljning 2031"
    assert not document.paged
    assert document.problems == ()


def test_cells_that_span_columns_and_rows_keep_their_columns() -> None:
    document = read(
        "<table><thead><tr><th>Fråga<th>Svar<th>Kommentar</thead>"
        "<tr><td rowspan=2>Ett?<td>Ja<td>Text</tr><tr><td>Nej<td>Mer</tr>"
        "<tr><td colspan=3>Målområde</tr></table>"
    )
    rows = document.tables[0].rows
    assert [[cell.column for cell in row] for row in rows] == [[0, 1, 2], [0, 1, 2], [0, 1, 2], [0]]
    assert [cell.continues for cell in rows[2]] == [True, False, False]
    assert rows[3][0].span == 3
    assert cells(document)[2] == [[], ["Nej"], ["Mer"]]


def test_a_row_span_ends_with_its_group() -> None:
    document = read(
        "<table><tbody><tr><td rowspan=9>Ett?<td>Ja</tbody>"
        "<tbody><tr><td>Två?<td>Nej</tbody></table>"
    )
    assert cells(document) == [[["Ett?"], ["Ja"]], [["Två?"], ["Nej"]]]


def test_a_table_in_a_cell_is_known() -> None:
    document = read("<table><tr><td>Ram<table><tr><td>Fråga<td>Svar</table></table>")
    (inner,) = document.tables[0].rows[0][0].tables
    assert [[line.text for line in cell.lines] for cell in inner.rows[0]] == [["Fråga"], ["Svar"]]


def test_blocks_in_rows_of_as_many_cells_are_a_table() -> None:
    row = "<div class='rad'><div>{}</div><div>{}</div></div>"
    document = read(f"<div>{row.format('Fråga', 'Svar')}{row.format('Ett?', '<p>Ja</p>')}</div>")
    assert cells(document) == [[["Fråga"], ["Svar"]], [["Ett?"], ["Ja"]]]


def test_boxes_and_drop_downs_are_read_as_the_choice_made() -> None:
    document = read(
        "<p><input type=radio>Ja <input type=radio checked>Nej</p>"
        "<p><span role=checkbox aria-checked=true></span>Klar</p>"
        "<p><select><option value=''>Välj<option selected>Delvis<option>Nej</select></p>"
        "<p><select><option value=''>Välj<option>Nej</select></p>"
        "<p><input value='Fritext'> <textarea>Mer\ntext</textarea></p>"
    )
    assert texts(document) == ["☐ Ja ☒ Nej", "☒ Klar", "Delvis", "", "Fritext Mer\ntext"]
    assert document.problems == ()


def test_items_of_lists_show_their_marks() -> None:
    document = read(
        "<ul><li>punkt<li><p>stycke</p><p>till</p></ul><ol start=3><li>tre<li>fyra</ol>"
        "<ol type=a><li>bokstav</ol><ul style='list-style: none'><li>ingen</ul>"
    )
    assert texts(document) == [
        "• punkt", "• stycke", "till", "3. tre", "4. fyra", "a. bokstav", "ingen",
    ]  # fmt: skip


def test_numbered_headings_of_libreoffice() -> None:
    body = "<h1>1Uppföljning</h1><h2>1.2Arbetet</h2><h2>3D-utskrift</h2>"
    generator = "<meta name=generator content='LibreOffice 7.4 (Linux)'>"
    assert texts(read(body, head=generator)) == ["1 Uppföljning", "1.2 Arbetet", "3D-utskrift"]
    assert texts(read(body))[0] == "1Uppföljning"


def test_headings_in_lists_show_the_numbers_of_all_levels() -> None:
    document = read(
        "<ol><li><h1>Ett</h1></ol><ol><ol><li><h2>Under</h2><li><h2>Mer</h2></ol></ol>"
        "<ol start=2><ol><li><h2>Två under</h2></ol></ol>"
    )
    assert texts(document) == ["1 Ett", "1.1 Under", "1.2 Mer", "2.1 Två under"]


@pytest.mark.parametrize("cut", range(0, 400, 7))
def test_a_damaged_page_gives_a_document_or_a_clear_refusal(cut: int) -> None:
    page = bytearray(
        b"<html><body><ol><li>x</ol><table><tr><td rowspan=2 colspan=x>Ja<select><option>1"
        b"</select><td><div><div>a</div><div>b</div></div></tr></table><p>&aring;&#0;&#xd800;"
        b"<span style='font-family:Wingdings'>\xfe</span><input type=checkbox></body></html>"
    )
    page[cut % len(page)] ^= 0x15
    try:
        html.read(bytes(page[: len(page) - cut // 2]))
    except ReadError as error:
        assert error.message


def test_hidden_or_deleted_text_is_left_out_and_reported() -> None:
    document = read(
        "<p>Kvar<span style='display:none'>dolt</span><del>struket</del></p><script>kod()</script>"
        "<!-- inget --><div title='header'>Sidhuvud</div>"
    )
    assert texts(document) == ["Kvar"]
    assert codes(document) == [("hidden-text", "info"), ("tracked-changes", "info")]


def test_notes_have_no_place_in_the_text() -> None:
    document = read("<p>Text</p><div id='sdfootnote1'><p>1 Fotnot.</p></div>")
    assert document.notes == {2}


def test_text_where_text_cannot_be_is_an_error() -> None:
    document = read("<table><tr><td>Ja</td><form>vilse</form></tr></table>")
    assert ("text-lost", "error") in codes(document) or "vilse" in "".join(texts(document))


@pytest.mark.parametrize(
    ("encoding", "head"),
    [
        ("utf-8", ""),
        ("utf-8-sig", ""),
        ("utf-16", ""),
        ("cp1252", "<meta http-equiv=Content-Type content='text/html; charset=windows-1252'>"),
        ("cp1252", "<meta charset=iso-8859-1>"),
    ],
)
def test_encodings(encoding: str, head: str) -> None:
    data = f"<html><head>{head}</head><body><p>Åtgärd – ö</p></body></html>".encode(encoding)
    assert format_of(data, "rapport.htm") is Format.HTML
    assert texts(html.read(data)) == ["Åtgärd – ö"]


def test_a_page_is_recognised_by_its_content_whatever_its_name() -> None:
    data = b"<html xmlns:w='x'><body>Word sparade sidan</body></html>"
    assert format_of(data, "rapport.doc") is Format.HTML
    assert format_of(b"Ett samtal om <html> i texten", "rapport.txt") is Format.TEXT


def test_a_page_nested_too_deeply_is_refused() -> None:
    with pytest.raises(ReadError) as refused:
        read("<div>" * 5000 + "djupt")
    assert refused.value.code == "broken-html"


def test_an_empty_page_is_refused() -> None:
    with pytest.raises(ReadError) as refused:
        html.read(b" \n")
    assert refused.value.code == "empty"


def test_a_report_as_a_page_is_read_completely() -> None:
    page = """<html><body><h1>1 Trygghet i parken</h1><table>
    <tr><th>Uppföljningsfrågor<th>Svarsalternativ med kommentar
    <tr><td><b>Finns en plan?</b><p>Strategi 1:1 Alla ska veta.</p><td>Ja<br>Planen är ny.
    <tr><td><b>Är den känd?</b><td><p>☐ Ja ☒ Nej</p><p>Inte av alla.</p></table></body></html>"""
    report = extract_bytes(page.encode(), "r.html", builtin_forms(), builtin_taxonomy())
    assert report.status == "ok"
    assert [(a.question, a.detail, a.answer, a.comment, a.flags) for a in report.answers] == [
        ("Finns en plan?", "Strategi 1:1 Alla ska veta.", "Ja", "Planen är ny.", ()),
        ("Är den känd?", "", "Nej", "Inte av alla.", ()),
    ]
