"""What happens to a PDF after it is made: stamps, two pages on a sheet, rotation, cropping."""

from __future__ import annotations

from io import BytesIO

from pypdf import PdfReader, PdfWriter, Transformation
from pypdf.generic import (
    ArrayObject,
    DecodedStreamObject,
    DictionaryObject,
    FloatObject,
    NameObject,
    NumberObject,
    RectangleObject,
)
from reportlab.lib.colors import Color
from reportlab.pdfgen.canvas import Canvas

STAMPS = ("draft", "received", "diary", "margin", "watermark")


def stamped(pdf: bytes, kind: str) -> bytes:
    """The PDF with one of STAMPS on its pages."""
    writer = PdfWriter(clone_from=BytesIO(pdf))
    for number, page in enumerate(writer.pages):
        width, height = float(page.mediabox.width), float(page.mediabox.height)
        if number == 0 or kind != "received":
            stamp = PdfReader(BytesIO(_stamp(kind, width, height, number))).pages[0]
            page.merge_page(stamp, over=kind != "watermark")
    return _bytes(writer)


def _stamp(kind: str, width: float, height: float, number: int) -> bytes:
    buffer = BytesIO()
    canvas = Canvas(buffer, pagesize=(width, height), invariant=1)
    match kind:
        case "draft":
            canvas.setFont("Helvetica-Bold", 110)
            canvas.setFillColor(Color(0.8, 0.1, 0.1, alpha=0.25))
            canvas.translate(width / 2, height / 2)
            canvas.rotate(55)
            canvas.drawCentredString(0, -40, "UTKAST")
        case "watermark":
            canvas.setFont("Times-Roman", 64)
            canvas.setFillGray(0.9)
            canvas.drawCentredString(width / 2, height * 0.55, "ARBETSMATERIAL")
        case "received":
            canvas.setStrokeColorRGB(0.1, 0.1, 0.6)
            canvas.setFillColorRGB(0.1, 0.1, 0.6)
            canvas.translate(width - 190, height - 90)
            canvas.rotate(4)
            canvas.rect(0, 0, 150, 48)
            canvas.setFont("Courier-Bold", 11)
            canvas.drawString(8, 30, "Inkommen 2025-09-16")
            canvas.drawString(8, 12, "Dnr KS 2025/0418")
        case "diary":
            canvas.setFont("Courier", 9)
            canvas.drawString(width - 200, height - 24, f"Dnr 2025-00418  Aktbil. {number + 7}")
        case "margin":
            canvas.setFont("Helvetica", 9)
            canvas.translate(16, height / 3)
            canvas.rotate(90)
            canvas.drawString(0, 0, "Elektroniskt undertecknad 2025-09-16 av behörig firmatecknare")
    canvas.showPage()
    canvas.save()
    return buffer.getvalue()


def two_up(pdf: bytes) -> bytes:
    """Two pages side by side on each sheet, as made by printing "2 pages per sheet" to a file."""
    reader, writer = PdfReader(BytesIO(pdf)), PdfWriter()
    pages = list(reader.pages)
    for first in range(0, len(pages), 2):
        width, height = float(pages[first].mediabox.width), float(pages[first].mediabox.height)
        sheet = writer.add_blank_page(width=height, height=width)
        scale = height / 2 / width
        rest = (width - height * scale) / 2
        for place, page in enumerate(pages[first : first + 2]):
            move = Transformation().scale(scale).translate(place * height / 2, rest)
            sheet.merge_transformed_page(page, move)
    return _bytes(writer)


def turned(pdf: bytes, *, told: bool) -> bytes:
    """Pages drawn on their side; `told` says that /Rotate sets them upright again on screen."""
    reader, writer = PdfReader(BytesIO(pdf)), PdfWriter()
    for page in reader.pages:
        width, height = float(page.mediabox.width), float(page.mediabox.height)
        sheet = writer.add_blank_page(width=height, height=width)
        sheet.merge_transformed_page(page, Transformation().rotate(90).translate(height, 0))
        if told:
            sheet.rotate(90)
    return _bytes(writer)


def cropped(pdf: bytes) -> bytes:
    """A print shop's sheet: marks and text outside what the crop box shows."""
    reader, writer = PdfReader(BytesIO(pdf)), PdfWriter()
    for number, page in enumerate(reader.pages):
        width, height = float(page.mediabox.width), float(page.mediabox.height)
        sheet = writer.add_blank_page(width=width + 120, height=height + 120)
        buffer = BytesIO()
        canvas = Canvas(buffer, pagesize=(width + 120, height + 120), invariant=1)
        canvas.setFont("Helvetica", 7)
        canvas.drawString(64, 20, f"rapport_slutlig_v3.indd  sida {number + 1}  2025-09-15 14:22")
        canvas.line(10, 60, 50, 60)
        canvas.line(60, 10, 60, 50)
        canvas.showPage()
        canvas.save()
        sheet.merge_page(PdfReader(BytesIO(buffer.getvalue())).pages[0])
        sheet.merge_transformed_page(page, Transformation().translate(60, 60))
        sheet.cropbox = RectangleObject((60, 60, 60 + width, 60 + height))
    return _bytes(writer)


def offset(pdf: bytes) -> bytes:
    """Pages whose media box does not begin at the origin."""
    writer = PdfWriter(clone_from=BytesIO(pdf))
    for page in writer.pages:
        width, height = float(page.mediabox.width), float(page.mediabox.height)
        page.add_transformation(Transformation().translate(-300, 1000))
        box = RectangleObject((-300, 1000, width - 300, height + 1000))
        page.mediabox = box
        page.cropbox = box
    return _bytes(writer)


def as_forms(pdf: bytes) -> bytes:
    """Every page drawn by one form XObject, as made by programs that import pages."""
    reader, writer = PdfReader(BytesIO(pdf)), PdfWriter()
    for page in reader.pages:
        contents = page.get_contents()
        width, height = float(page.mediabox.width), float(page.mediabox.height)
        form = DecodedStreamObject()
        form.set_data(contents.get_data() if contents is not None else b"")
        form.update(
            {
                NameObject("/Type"): NameObject("/XObject"),
                NameObject("/Subtype"): NameObject("/Form"),
                NameObject("/BBox"): ArrayObject(
                    [NumberObject(0), NumberObject(0), FloatObject(width), FloatObject(height)]
                ),
                NameObject("/Resources"): page["/Resources"].get_object().clone(writer),
            }
        )
        added = writer.add_blank_page(width=width, height=height)
        draw = DecodedStreamObject()
        draw.set_data(b"q 1 0 0 1 0 0 cm /Fm0 Do Q")
        forms = DictionaryObject({NameObject("/Fm0"): writer._add_object(form)})
        added[NameObject("/Resources")] = DictionaryObject({NameObject("/XObject"): forms})
        added[NameObject("/Contents")] = writer._add_object(draw)
    return _bytes(writer)


def _bytes(writer: PdfWriter) -> bytes:
    for page in writer.pages:
        page.compress_content_streams()
    buffer = BytesIO()
    writer.write(buffer)
    return buffer.getvalue()
