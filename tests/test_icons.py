"""Pictures and colours that are answers, by the map of a form."""

from __future__ import annotations

import base64
import zipfile
from io import BytesIO

import docx
import pytest
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Pt, RGBColor
from PIL import Image
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from extractors.extract import extract_bytes, read_document
from extractors.layout.blocks import Doubt
from extractors.options import Options
from extractors.readers.looks import colour_of, looks_of_picture
from extractors.themes import builtin_taxonomy
from models.document import Box, Document, Mark, MarkKind, Rule
from models.form import Form
from models.report import Report
from tests.questionnaires import draw
from tests.questionnaires.reading import form_of
from tests.test_drawn_tables import HEAD, Drawn, layout
from tests.test_form_tables import form, table
from tests.test_reader_odt import cell as odt_cell
from tests.test_reader_odt import file as odt_file
from tests.test_reader_odt import table as odt_table

ICONS = [
    {"looks": "colour:green", "word": "Uppnått", "code": "yes"},
    {"looks": "colour:red", "word": "Ej uppnått", "code": "no"},
]
GREEN, RED, BLUE = (46, 158, 79), (198, 40, 40), (30, 90, 200)


def png(colour: tuple[int, int, int]) -> bytes:
    made = BytesIO()
    Image.new("RGB", (12, 12), colour).save(made, "PNG")
    return made.getvalue()


@pytest.mark.parametrize(
    ("colour", "name"),
    [
        (GREEN, "green"),
        (RED, "red"),
        ((255, 192, 0), "yellow"),
        ((237, 125, 49), "orange"),
        (BLUE, "blue"),
        ((146, 208, 80), "green"),
    ],
)
def test_a_colour_has_the_name_that_a_person_gives_it(
    colour: tuple[int, int, int], name: str
) -> None:
    assert colour_of(*colour) == f"colour:{name}"


@pytest.mark.parametrize("colour", [(255, 255, 255), (0, 0, 0), (128, 128, 128), (221, 230, 238)])
def test_paper_ink_and_pale_tints_have_none(colour: tuple[int, int, int]) -> None:
    assert colour_of(*colour) == ""


def test_a_picture_is_recognised_by_its_bytes_and_its_colour() -> None:
    digest, colour = looks_of_picture(png(GREEN))
    assert digest.startswith("picture:")
    assert colour == "colour:green"
    assert looks_of_picture(b"no picture")[0].startswith("picture:")


def read(of: Form) -> Report:
    document = docx.Document()
    rows = ["K1|Ett.|||", "K2|Två.|||", "K3|Tre.|Ja||", "K4|Fyra.|||", "K5|Fem.|||", "K6|Sex.|||"]
    made = table(document, HEAD, *rows)
    made.cell(1, 2).paragraphs[0].add_run().add_picture(BytesIO(png(GREEN)), width=Pt(9))
    shade = OxmlElement("w:shd")
    shade.set(qn("w:fill"), "C62828")
    made.cell(2, 2)._tc.get_or_add_tcPr().append(shade)
    made.cell(4, 2).paragraphs[0].add_run().add_picture(BytesIO(png(BLUE)), width=Pt(9))
    sign = made.cell(5, 2).paragraphs[0].add_run("●")
    sign.font.color.rgb = RGBColor(*GREEN)
    saved = BytesIO()
    document.save(saved)
    return extract_bytes(saved.getvalue(), "mal.docx", [of], builtin_taxonomy())


def test_pictures_shading_and_coloured_signs_in_word() -> None:
    found = read(form(icons=ICONS))
    assert [(answer.answer, answer.code) for answer in found.answers] == [
        ("Uppnått", "yes"),
        ("Ej uppnått", "no"),
        ("Ja", "yes"),
        ("", "missing"),
        ("Uppnått", "yes"),
        ("", "missing"),
    ]
    assert found.answers[0].flags == ("answer-icon",)
    assert found.answers[2].flags == ()
    assert "answer-uncertain" in found.answers[3].flags
    assert found.answers[5].flags == ("answer-blank",)


CELLS = "".join(f"<td>{text}</td>" for text in ("K{number}", "Ett.")), "<td></td><td></td>"


def page(*answers: str) -> str:
    """A web page whose answers are given as elements of cells."""
    before, after = CELLS
    heads = "".join(f"<th>{head}</th>" for head in HEAD.split("|"))
    rows = "".join(
        f"<tr>{before.format(number=number)}{answer}{after}</tr>"
        for number, answer in enumerate(answers, 1)
    )
    style = "<style>td.ja { background-color: #2e9e4f }</style>"
    return f"<html><head>{style}</head><body><table><tr>{heads}</tr>{rows}</table></body></html>"


def test_pictures_shading_and_coloured_signs_in_html() -> None:
    picture = base64.b64encode(png(GREEN)).decode()
    data = page(
        f'<td><img src="data:image/png;base64,{picture}"></td>',
        '<td style="width: 9em; background: rgb(198, 40, 40)"></td>',
        '<td class="ja"></td>',
        '<td bgcolor="#c62828"></td>',
        '<td><span style="color:#2e9e4f"><b>●</b></span></td>',
        '<td style="background-color: white"></td>',
        '<td style="background: #2e9e4f">Nej</td>',
        '<td><img src="data:image/png;base64,?"></td>',
    ).encode()
    found = extract_bytes(data, "mal.html", [form(icons=ICONS)], builtin_taxonomy())
    assert [answer.answer for answer in found.answers] == [
        "Uppnått", "Ej uppnått", "Uppnått", "Ej uppnått", "Uppnått", "", "Nej", "",
    ]  # fmt: skip
    assert found.answers[0].flags == ("answer-icon",)


def test_pictures_shading_and_coloured_signs_in_odt() -> None:
    styles = (
        '<style:style style:name="R"><style:table-cell-properties fo:background-color="#c62828"/>'
        '</style:style><style:style style:name="G"><style:text-properties fo:color="#2e9e4f"/>'
        "</style:style>"
    )
    link = 'xmlns:xlink="http://www.w3.org/1999/xlink" xlink:href'
    answers = (
        f'<table:table-cell><text:p><draw:frame><draw:image {link}="Pictures/a.png"/></draw:frame>'
        "</text:p></table:table-cell>",
        '<table:table-cell table:style-name="R"><text:p/></table:table-cell>',
        '<table:table-cell><text:p><text:span text:style-name="G">●</text:span></text:p>'
        "</table:table-cell>",
        f'<table:table-cell><text:p><draw:frame><draw:image {link}="Pictures/gone.png"/>'
        "</draw:frame></text:p></table:table-cell>",
    )
    rows = [
        odt_cell(f"K{number}") + odt_cell("Ett.") + answer + odt_cell("") * 2
        for number, answer in enumerate(answers, 1)
    ]
    heads = "".join(map(odt_cell, HEAD.split("|")))
    data = odt_file(odt_table(heads, *rows), styles)
    with zipfile.ZipFile(made := BytesIO(data), "a") as archive:
        archive.writestr("Pictures/a.png", png(GREEN))
    found = extract_bytes(made.getvalue(), "mal.odt", [form(icons=ICONS)], builtin_taxonomy())
    assert [own.answer for own in found.answers] == ["Uppnått", "Ej uppnått", "Uppnått", ""]


@pytest.mark.parametrize("shape", ["lights", "ratings"])
def test_both_pdf_readers_see_the_same_colours(shape: str) -> None:
    drawn = draw(shape, "sv", "pdf", 70)
    of = form_of(shape, "sv")
    options = Options(reader="plumber")
    found = extract_bytes(drawn.data, drawn.name, [of], builtin_taxonomy(), options=options)
    assert [own.answer for own in found.answers] == [row.answer for row in drawn.paper.rows]


@pytest.mark.parametrize("reader", ["pdfium", "plumber"])
@pytest.mark.parametrize("mode", ["RGB", "RGBA", "P", "CMYK"])
def test_both_pdf_readers_see_the_colour_of_a_picture(reader: str, mode: str) -> None:
    picture = Image.new("RGBA", (12, 12), (0, 0, 0, 0))
    picture.paste((*RED, 255), (2, 2, 10, 10))
    kept = picture if mode == "RGBA" else Image.new("RGB", (12, 12), RED)
    made = BytesIO()
    canvas = Canvas(made)
    canvas.drawImage(ImageReader(kept.convert(mode)), 100, 700, 9, 9, mask="auto")
    canvas.drawString(100, 600, "Mål")
    canvas.save()
    document = read_document(made.getvalue(), "a.pdf", Options(reader=reader))
    (mark,) = document.pages[0].marks
    assert "colour:red" in mark.looks


def test_a_form_without_icons_ignores_them() -> None:
    assert [answer.answer for answer in read(form()).answers] == ["", "", "Ja", "", "", ""]


def test_dots_and_shading_in_drawn_cells() -> None:
    drawn = Drawn()
    drawn.row(HEAD)
    tops = []
    for row in ("K1|Ett.|||", "K2|Två.|||", "K3|Tre.|||"):
        tops.append(drawn.y)
        drawn.row(row)
    left, right = drawn.lefts[2], drawn.lefts[3]
    drawn.pages[0][1].append(
        Rule(Box(left, tops[1], right, tops[2]), filled=True, looks="colour:red")
    )
    document = drawn.document()
    dot = Box(left + 20, tops[0] + 4, left + 28, tops[0] + 12)
    (page,) = document.pages
    marked = Document(
        document.format,
        document.reader,
        (page.__class__(
            page.number, page.width, page.height, page.lines, page.rules,
            (Mark(dot, MarkKind.DOT, ("colour:green",)),),
        ),),
    )  # fmt: skip
    found = layout(marked, form(icons=ICONS))
    assert found is not None
    rows = [block for block in found.blocks if hasattr(block, "said")]
    assert [row.said for row in rows] == ["Uppnått", "Ej uppnått", ""]
    assert not any(Doubt.ANSWER_UNCERTAIN in row.doubts for row in rows)


@pytest.mark.parametrize(
    ("icons", "message"),
    [
        (
            [{"looks": "green", "word": "A", "code": "yes"}],
            "is not the name of a picture or colour",
        ),
        ([ICONS[0], ICONS[0]], "'colour:green' is given twice"),
        ([{"looks": "colour:red", "word": "Ja", "code": "no"}], "'Ja' has the code yes elsewhere"),
    ],
)
def test_a_mistake_in_the_map_is_reported(icons: list[dict[str, str]], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        form(icons=icons)
