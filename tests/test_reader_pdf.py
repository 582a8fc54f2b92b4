"""Both PDF readers on small files of our own: what they see, and that they see the same."""

import io
from collections.abc import Callable
from types import ModuleType

import pytest
from PIL import Image
from reportlab.lib import colors, pdfencrypt
from reportlab.lib.pagesizes import A4
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from extractors.readers import pdfium, plumber
from extractors.readers.errors import ReadError
from models.document import Document, Line, MarkKind

READERS = pytest.mark.parametrize("reader", [pdfium, plumber], ids=["pdfium", "plumber"])
WIDTH, HEIGHT = A4


def pdf(*pages: Callable[[Canvas], None], size: tuple[float, float] = A4, **options) -> bytes:
    """Returns a PDF file, one page a function that draws it."""
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=size, **options)
    for draw in pages:
        canvas.setFont("Helvetica", 10)
        draw(canvas)
        canvas.showPage()
    canvas.save()
    return buffer.getvalue()


def text(*rows: tuple[float, float, str]) -> Callable[[Canvas], None]:
    """Returns a page with texts at (left, top of the baseline, text)."""

    def draw(canvas: Canvas) -> None:
        for left, down, content in rows:
            canvas.drawString(left, HEIGHT - down, content)

    return draw


def texts(document: Document) -> list[str]:
    return [line.text for line in document.lines]


def codes(document: Document) -> list[tuple[str, int | None]]:
    return [(problem.code, problem.page) for problem in document.problems]


def find(document: Document, content: str) -> Line:
    (line,) = [line for line in document.lines if line.text == content]
    return line


def grey_picture(width: int, height: int) -> ImageReader:

    return ImageReader(Image.new("L", (width, height), 128))


@READERS
def test_lines_carry_text_place_size_and_weight(reader: ModuleType):
    def page(canvas: Canvas) -> None:
        canvas.setTitle("Uppföljning 2025")
        canvas.setFont("Helvetica-Bold", 14)
        canvas.drawString(72, HEIGHT - 100, "1 Trygghet på torg")
        canvas.setFont("Helvetica", 10)
        canvas.drawString(72, HEIGHT - 130, "Nämnden följer upp åtgärder.")

    document = reader.read(pdf(page))
    heading, body = document.lines
    assert (heading.text, heading.size, heading.bold) == ("1 Trygghet på torg", 14.0, True)
    assert (body.text, body.size, body.bold) == ("Nämnden följer upp åtgärder.", 10.0, False)
    assert (body.number, body.page) == (2, 1)
    assert body.box is not None
    assert body.box.x0 == pytest.approx(72, abs=0.5)
    assert body.box.y0 < 130 < body.box.y1 < 134
    assert document.title == "Uppföljning 2025"
    assert (document.pages[0].width, document.pages[0].height) == pytest.approx(A4, abs=0.01)


@READERS
def test_three_columns_are_separated_and_each_line_is_whole(reader: ModuleType):
    rows = [
        ("Har ni en plan mot", "Ja", "Planen togs i mars och"),
        ("klotter på skolor?", "", "följs upp varje höst."),
        ("Deltar ni i lokala", "Delvis", "Vi deltar när frågan rör"),
    ]
    placed = [
        (left, 100 + 12 * row, content)
        for row, cells in enumerate(rows)
        for left, content in zip((72, 168, 212), cells, strict=True)
        if content
    ]
    document = reader.read(pdf(text(*placed)))
    assert sorted(texts(document)) == sorted(cell for row in rows for cell in row if cell)


@READERS
def test_a_gutter_no_wider_than_a_stretched_space_separates_at_the_edge_of_a_column(
    reader: ModuleType,
):
    def page(canvas: Canvas) -> None:
        for row in range(6):
            left = "Fråga om plan"
            canvas.drawString(200 - 6 - canvas.stringWidth(left), HEIGHT - 100 - 14 * row, left)
            canvas.drawString(200, HEIGHT - 100 - 14 * row, "Svaret")

    assert texts(reader.read(pdf(page))).count("Svaret") == 6


@READERS
def test_a_gutter_separates_at_a_drawn_rule(reader: ModuleType):
    def page(canvas: Canvas) -> None:
        canvas.drawString(200 - 6 - canvas.stringWidth("Ja"), HEIGHT - 100, "Ja")
        canvas.drawString(200, HEIGHT - 100, "Vi har en plan.")
        canvas.line(197, HEIGHT - 80, 197, HEIGHT - 120)

    assert texts(reader.read(pdf(page))) == ["Ja", "Vi har en plan."]


@READERS
def test_justified_text_with_wide_spaces_is_one_line(reader: ModuleType):
    def page(canvas: Canvas) -> None:
        left = 72.0
        for word in ("Nämnden", "arbetar", "tillsammans", "med", "skolan"):
            canvas.drawString(left, HEIGHT - 100, word)
            left += canvas.stringWidth(word) + 7

    assert texts(reader.read(pdf(page))) == ["Nämnden arbetar tillsammans med skolan"]


@READERS
@pytest.mark.parametrize(
    ("shown", "lines"),
    [
        ("[(Har ni en plan)-6000(Ja )-5000( Vi har en)] TJ", ["Har ni en plan", "Ja", "Vi har en"]),
        ("[(Vi har en )40(plan och )-30(den )20(finns)] TJ", ["Vi har en plan och den finns"]),
        ("1 Tc (Vi har en plan) Tj", ["Vi har en plan"]),
        ("80 Tz (Vi har en plan) Tj", ["Vi har en plan"]),
    ],
)
def test_one_text_object_is_split_where_it_leaves_a_gap(
    reader: ModuleType, shown: str, lines: list[str]
):
    content = f"BT /F1 10 Tf 72 700 Td {shown} ET"
    data = raw_pdf(
        "<< /Type /Catalog /Pages 2 0 R >>",
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R "
        "/Resources << /Font << /F1 5 0 R >> >> >>",
        f"<< /Length {len(content)} >>\nstream\n{content}\nendstream",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
    )
    assert texts(reader.read(data)) == lines


@READERS
def test_a_hyphen_at_the_end_of_a_line_is_a_hyphen(reader: ModuleType):
    lines = (72, 100, "brotts-"), (72, 112, "förebyggande vålds- och"), (72, 124, "drogarbete")
    document = reader.read(pdf(text(*lines)))
    assert texts(document) == ["brotts-", "förebyggande vålds- och", "drogarbete"]


@READERS
def test_weight_changes_split_lines_but_not_words(reader: ModuleType):
    def page(canvas: Canvas) -> None:
        canvas.setFont("Helvetica-Bold", 10)
        canvas.drawString(72, HEIGHT - 100, "Förväntat resultat:")
        left = 72 + canvas.stringWidth("Förväntat resultat:") + 3
        canvas.setFont("Helvetica", 10)
        canvas.drawString(left, HEIGHT - 100, "Färre brott")
        canvas.setFont("Helvetica-Bold", 10)
        canvas.drawString(72, HEIGHT - 120, "trygg")
        left = 72 + canvas.stringWidth("trygg")
        canvas.setFont("Helvetica", 10)
        canvas.drawString(left, HEIGHT - 120, "het")

    document = reader.read(pdf(page))
    assert texts(document) == ["Förväntat resultat:", "Färre brott", "trygghet"]
    assert [line.bold for line in document.lines] == [True, False, True]


@READERS
@pytest.mark.parametrize("rotation", [0, 90, 180, 270])
def test_a_rotated_page_is_read_as_it_appears(reader: ModuleType, rotation: int):
    def page(canvas: Canvas) -> None:
        canvas.setPageRotation(rotation)
        canvas.saveState()
        # Undo the rotation, so that the page as seen always reads from its top left corner.
        if rotation == 90:
            canvas.translate(400, 0)
        elif rotation == 180:
            canvas.translate(600, 400)
        elif rotation == 270:
            canvas.translate(0, 600)
        canvas.rotate(rotation)
        canvas.drawString(50, 350, "Rubrik uppe till vänster")
        canvas.rect(50, 300, 200, 1, fill=1, stroke=0)
        canvas.restoreState()

    media = (400, 600) if rotation in {90, 270} else (600, 400)
    document = reader.read(_unswapped(page, media))
    seen = document.pages[0]
    assert (seen.width, seen.height) == pytest.approx((600, 400))
    (line,) = seen.lines
    assert line.text == "Rubrik uppe till vänster"
    assert line.box is not None
    assert line.box.x0 == pytest.approx(50, abs=1)
    assert line.box.y0 < 50 < line.box.y1
    assert line.size == 10.0
    (rule,) = seen.rules
    assert rule.box == pytest.approx((50, 99, 250, 100), abs=1)


def _unswapped(draw: Callable[[Canvas], None], media: tuple[float, float]) -> bytes:
    """Returns a page of exactly this media box: reportlab swaps the sides of turned pages."""
    data = pdf(draw, size=media, pageCompression=0)
    swapped = f"/MediaBox [ 0 0 {media[1]} {media[0]} ]".encode()
    return data.replace(swapped, f"/MediaBox [ 0 0 {media[0]} {media[1]} ]".encode())


@READERS
def test_text_turned_on_an_upright_page_is_one_line_in_its_own_direction(reader: ModuleType):
    def page(canvas: Canvas) -> None:
        canvas.drawString(72, HEIGHT - 100, "Vanlig rad")
        canvas.translate(40, 300)
        canvas.rotate(90)
        canvas.drawString(0, 0, "Diarienummer 0123/25")

    document = reader.read(pdf(page))
    assert sorted(texts(document)) == ["Diarienummer 0123/25", "Vanlig rad"]
    box = find(document, "Diarienummer 0123/25").box
    assert box is not None
    assert box.y1 - box.y0 > 5 * (box.x1 - box.x0)


@READERS
def test_a_cropped_page_is_measured_from_its_visible_corner(reader: ModuleType):
    def page(canvas: Canvas) -> None:
        canvas.setCropBox((50, 100, 450, 700))
        canvas.drawString(72, 650, "Innanför")
        canvas.drawString(72, 750, "Utanför ovan")

    document = reader.read(pdf(page))
    (line,) = document.lines
    assert line.text == "Innanför"
    assert line.box is not None
    assert line.box.x0 == pytest.approx(22, abs=1)
    assert line.box.y0 < 50 < line.box.y1
    assert (document.pages[0].width, document.pages[0].height) == (400, 600)
    (problem,) = document.problems
    assert problem.code == "outside-page"
    assert "Utanför ovan" in problem.message


@READERS
def test_rules_shading_and_empty_frames(reader: ModuleType):
    def page(canvas: Canvas) -> None:
        canvas.line(72, HEIGHT - 100, 500, HEIGHT - 100)
        canvas.setFillColor(colors.lightgrey)
        canvas.rect(72, HEIGHT - 150, 428, 20, fill=1, stroke=0)
        canvas.setFillColor(colors.white)
        canvas.rect(0, 0, WIDTH, 300, fill=1, stroke=0)
        canvas.rect(72, HEIGHT - 300, 200, 100)

    rules = reader.read(pdf(page)).pages[0].rules
    shaded = [rule.box for rule in rules if rule.filled]
    assert len(shaded) == 1
    assert shaded[0] == pytest.approx((72, 130, 500, 150), abs=0.5)
    lines = [rule.box for rule in rules if not rule.filled]
    assert len(lines) == 5  # the line and the four sides of the frame; white is not seen
    assert all(min(box.x1 - box.x0, box.y1 - box.y0) <= 3 for box in lines)


@READERS
def test_small_pictures_dots_and_boxes_are_marks(reader: ModuleType):
    def page(canvas: Canvas) -> None:
        canvas.drawImage(grey_picture(8, 8), 72, HEIGHT - 100, 8, 8)
        canvas.drawString(84, HEIGHT - 100, "Ja")
        canvas.circle(76, HEIGHT - 116, 3, fill=1)
        canvas.drawString(84, HEIGHT - 120, "Nej")
        canvas.rect(72, HEIGHT - 140, 8, 8)
        canvas.drawString(84, HEIGHT - 140, "Delvis")
        canvas.setFont("ZapfDingbats", 10)
        canvas.drawString(72, HEIGHT - 160, "●")
        canvas.setFont("Helvetica", 10)
        canvas.drawString(84, HEIGHT - 160, "Ej aktuellt")

    document = reader.read(pdf(page))
    marks = sorted(document.pages[0].marks, key=lambda mark: mark.box.y0)
    kinds = [MarkKind.IMAGE, MarkKind.DOT, MarkKind.CHECKBOX, MarkKind.DOT]
    assert [mark.kind for mark in marks] == kinds
    assert all(70 < mark.box.x0 < mark.box.x1 < 84 for mark in marks)
    assert texts(document) == ["Ja", "Nej", "☐", "Delvis", "●", "Ej aktuellt"]


@READERS
def test_an_encrypted_file_opens_with_the_right_password_only(reader: ModuleType):
    protection = pdfencrypt.StandardEncryption("hemligt", "ägare", strength=128)
    data = pdf(text((72, 100, "Skyddad text")), encrypt=protection)
    with pytest.raises(ReadError) as refused:
        reader.read(data, passwords=("fel",))
    assert refused.value.code == "encrypted"
    assert "--password-file" in refused.value.message
    assert texts(reader.read(data, passwords=("fel", "hemligt"))) == ["Skyddad text"]


@READERS
def test_a_file_with_an_empty_user_password_opens(reader: ModuleType):
    protection = pdfencrypt.StandardEncryption("", "owner", canCopy=0)
    data = pdf(text((72, 100, "Läsbar text")), encrypt=protection)
    assert texts(reader.read(data)) == ["Läsbar text"]


@READERS
def test_a_page_that_is_only_a_picture_is_a_scan(reader: ModuleType):
    def scan(canvas: Canvas) -> None:
        canvas.drawImage(grey_picture(60, 80), 0, 0, WIDTH, HEIGHT)

    def stamped(canvas: Canvas) -> None:
        scan(canvas)
        canvas.drawString(500, 20, "Sida 2")

    document = reader.read(pdf(scan, stamped, text((72, 100, "Vanlig text"))))
    assert codes(document) == [("scan", 1), ("scan", 2)]
    assert all(problem.severity == "error" for problem in document.problems)
    assert "ocrmypdf" in document.problems[0].message
    assert len(document.pages) == 3


@READERS
def test_a_blank_page_is_not_a_problem(reader: ModuleType):
    document = reader.read(pdf(lambda canvas: None, text((72, 100, "Text"))))
    assert document.problems == ()
    assert [len(page.lines) for page in document.pages] == [0, 1]


def test_a_page_of_invisible_text_is_reported():
    def page(canvas: Canvas) -> None:
        canvas.drawImage(grey_picture(60, 80), 0, 0, WIDTH, HEIGHT)
        writer = canvas.beginText(72, 700)
        writer.setTextRenderMode(3)
        for _ in range(5):
            writer.textLine("Text som en teckentolkning har lagt över bilden.")
        canvas.drawText(writer)

    document = pdfium.read(pdf(page))
    assert codes(document) == [("invisible-text", 1)]
    assert len(document.lines) == 5


@READERS
def test_fonts_that_do_not_map_their_glyphs_make_garbled_text(reader: ModuleType):
    data = _without_letters(["Nämnden har en plan", "för trygghet på torg"])
    assert codes(reader.read(data)) == [("garbled-text", 1)]


def _without_letters(lines: list[str]) -> bytes:
    """Returns a PDF whose font is a composite one without a Unicode map."""
    shown = "".join(
        f"BT /F1 10 Tf 72 {700 - 14 * row} Td <{''.join(f'{ord(c) % 97 + 3:04x}' for c in line)}> "
        "Tj ET\n"
        for row, line in enumerate(lines)
    )
    return raw_pdf(
        "<< /Type /Catalog /Pages 2 0 R >>",
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R "
        "/Resources << /Font << /F1 5 0 R >> >> >>",
        f"<< /Length {len(shown)} >>\nstream\n{shown}\nendstream",
        "<< /Type /Font /Subtype /Type0 /BaseFont /ABCDEF+Okand /Encoding /Identity-H "
        "/DescendantFonts [6 0 R] >>",
        "<< /Type /Font /Subtype /CIDFontType2 /BaseFont /ABCDEF+Okand /CIDSystemInfo "
        "<< /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> /DW 500 "
        "/FontDescriptor 7 0 R >>",
        "<< /Type /FontDescriptor /FontName /ABCDEF+Okand /Flags 4 /Ascent 800 /Descent -200 "
        "/FontBBox [0 -200 1000 800] /ItalicAngle 0 /CapHeight 700 /StemV 80 >>",
    )


def raw_pdf(*objects: str) -> bytes:
    """Returns a PDF file of these objects, the first of them the catalogue."""
    data = b"%PDF-1.4\n"
    places = []
    for number, content in enumerate(objects, start=1):
        places.append(len(data))
        data += f"{number} 0 obj\n{content}\nendobj\n".encode("latin-1")
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    return data + (
        f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}"
        f"trailer\n<< /Size {len(objects) + 1} /Root 1 0 R >>\nstartxref\n{len(data)}\n%%EOF\n"
    ).encode("latin-1")


@READERS
def test_no_pages(reader: ModuleType):
    data = raw_pdf("<< /Type /Catalog /Pages 2 0 R >>", "<< /Type /Pages /Kids [] /Count 0 >>")
    with pytest.raises(ReadError) as refused:
        reader.read(data)
    assert refused.value.code in {"no-pages", "broken-pdf"}


@READERS
@pytest.mark.parametrize("data", [b"", b"%PDF-1.7\n", b"%PDF-1.4\n" + bytes(range(256)) * 20])
def test_bytes_that_are_not_a_pdf(reader: ModuleType, data: bytes):
    with pytest.raises(ReadError) as refused:
        reader.read(data)
    assert refused.value.code in {"broken-pdf", "no-pages"}


def test_ligatures_and_loose_accents_become_letters():
    document = pdfium.read(_with_unicode_map({1: "ﬁ", 2: "a", 3: "\u030a", 4: "n", 5: "s"}))
    assert texts(document) == ["finsån"]


def _with_unicode_map(letters: dict[int, str]) -> bytes:
    """Returns a PDF that shows "ﬁ n s a ° n" with a map from codes to these letters."""
    entries = "\n".join(
        f"<{code:02x}> <{letter.encode('utf-16-be').hex()}>" for code, letter in letters.items()
    )
    unicode_map = (
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /M def "
        "1 begincodespacerange <00> <ff> endcodespacerange "
        f"{len(letters)} beginbfchar\n{entries}\nendbfchar endcmap end end"
    )
    shown = "BT /F1 10 Tf 72 700 Td <010405020304> Tj ET"
    return raw_pdf(
        "<< /Type /Catalog /Pages 2 0 R >>",
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R "
        "/Resources << /Font << /F1 5 0 R >> >> >>",
        f"<< /Length {len(shown)} >>\nstream\n{shown}\nendstream",
        "<< /Type /Font /Subtype /TrueType /BaseFont /Helvetica /FirstChar 1 /LastChar 5 "
        "/Widths [500 500 10 500 500] /ToUnicode 6 0 R >>",
        f"<< /Length {len(unicode_map)} >>\nstream\n{unicode_map}\nendstream",
    )


def test_what_is_typed_into_a_form_field_is_read():
    def page(canvas: Canvas) -> None:
        canvas.drawString(72, 700, "Kommentar")
        canvas.acroForm.textfield(value="Ifyllt svar", x=72, y=650, width=300, height=20)

    assert "Ifyllt svar" in texts(pdfium.read(pdf(page)))


@READERS
def test_letters_drawn_twice_for_weight_are_read_once(reader: ModuleType):
    def page(canvas: Canvas) -> None:
        for shift in (0, 0.3):
            canvas.drawString(72 + shift, HEIGHT - 100, "Fet rubrik med dubbla ll")

    assert texts(reader.read(pdf(page))) == ["Fet rubrik med dubbla ll"]


@READERS
def test_letters_beyond_the_basic_plane_and_unmapped_ones_keep_their_neighbours(
    reader: ModuleType,
):
    emoji = reader.read(_with_unicode_map({1: "\U0001f600", 2: "a", 3: "b", 4: "n", 5: "s"}))
    assert texts(emoji) == ["\U0001f600nsabn"]
    without = reader.read(_with_unicode_map({1: "\0", 2: "a", 3: "b", 4: "n", 5: "s"}))
    assert texts(without) == ["\ufffdnsabn"]


@READERS
def test_no_letter_of_many_sizes_is_lost(reader: ModuleType):
    """A grid that compared letters of different sizes once lost some of them in one reader."""
    row = "Uppföljning av planer och program inom trygghetsområdet i alla delar av kommunen"

    def page(canvas: Canvas) -> None:
        for number in range(60):
            canvas.setFont("Helvetica", 6 + number % 9)
            canvas.drawString(40 + number % 7, HEIGHT - 30 - 13 * number, row)

    assert texts(reader.read(pdf(page))) == [row] * 60
