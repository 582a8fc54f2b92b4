"""`svar page`: the drawn boxes hold the words of their field, on every page of a cut row."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pdfplumber
import pypdfium2 as pdfium
import pytest
from click.testing import CliRunner, Result
from PIL import Image

from extractors.extract import extract
from extractors.readers.text import read
from extractors.rules import builtin_forms
from extractors.themes import builtin_taxonomy
from models.report import FieldBox, to_json
from pipeline.checking.colours import FIELD_COLOURS, theme_colours
from pipeline.checking.drawing import font
from pipeline.checking.lines_picture import mention_groups
from pipeline.checking.page_picture import PictureError, mention_boxes, page_picture, pages_of
from pipeline.checking.source_lines import source_lines
from pipeline.cli.page import command
from tests import checking_helpers as made
from tests import checking_pdf as pdf


def words_in(document: pdfium.PdfDocument, page: int, box: tuple[float, ...], height: float) -> str:
    x0, y0, x1, y1 = box
    text = document[page - 1].get_textpage().get_text_bounded(x0, height - y1, x1, height - y0)
    return " ".join(text.replace("\r\n", " ").replace("\ufffe", "").split())


VARIANTS = [
    pytest.param({}, pdf.boxes(), id="plain"),
    pytest.param({"crop": True}, pdf.boxes(crop=True), id="cropped"),
    pytest.param({"turned": True}, pdf.boxes(), id="turned"),
]


@pytest.mark.parametrize(("how", "boxes"), VARIANTS)
def test_mentions_are_found_where_they_are(
    how: dict[str, object], boxes: tuple[FieldBox, ...]
) -> None:
    data = pdf.draw(**how)  # type: ignore[arg-type]
    report = pdf.report(data, boxes)
    found = mention_boxes(pdfium.PdfDocument(data), report, report.answers[0])
    assert [(f.page, f.mention.surface) for f in found] == [
        (1, "fältassistenter"),
        (1, "fältassistenter"),
        (2, "fältassistenter"),
        (2, "Lägesbild"),
    ]
    comments = [b for b in boxes if b.field == "comment"]
    for mark in found:
        field = next(b for b in comments if b.page == mark.page)
        assert field.x0 - 1 <= mark.box.x0 < mark.box.x1 <= field.x1 + 1
        assert field.y0 - 1 <= mark.box.y0 < mark.box.y1 <= field.y1 + 1


def test_mention_boxes_contain_exactly_their_words() -> None:
    data = pdf.draw()
    report = pdf.report(data, pdf.boxes())
    document = pdfium.PdfDocument(data)
    words = [
        words_in(document, mark.page, mark.box, pdf.HEIGHT)
        for mark in mention_boxes(document, report, report.answers[0])
    ]
    assert [word.replace("-", "") for word in words] == [
        "fält",
        "assistenter",
        "fältassistenter",
        "Lägesbild",
    ]


def outline(picture: Image.Image, field: str) -> list[tuple[int, int, int, int]]:
    """The bounds of a field's outline on each page of a picture, below the legend."""
    colour = FIELD_COLOURS[field]
    found = []
    for left, right in ((0, picture.width // 2), (picture.width // 2, picture.width)):
        part = picture.crop((left, 80, right, picture.height))
        hits = [
            (x, y)
            for y in range(part.height)
            for x in range(part.width)
            if part.getpixel((x, y)) == colour
        ]
        if hits:
            xs, ys = zip(*hits, strict=True)
            found.append((min(xs) + left, min(ys) + 80, max(xs) + left, max(ys) + 80))
    return found


@pytest.mark.parametrize(("how", "boxes"), VARIANTS)
def test_outlines_are_around_the_fields(
    how: dict[str, object], boxes: tuple[FieldBox, ...]
) -> None:
    data = pdf.draw(**how)  # type: ignore[arg-type]
    report = pdf.report(data, boxes)
    picture = page_picture(data, report, report.answers[0], dpi=36)
    whole = [b for b in boxes if b.field == "comment"]
    drawn = outline(picture, "comment")
    assert len(drawn) == 2
    for (x0, y0, x1, y1), box in zip(drawn, whole, strict=True):
        assert abs((x1 - x0) - (box.x1 - box.x0) / 2 - 4) <= 2
        assert abs((y1 - y0) - (box.y1 - box.y0) / 2 - 4) <= 2
    assert len(outline(picture, "answer")) == 1
    assert len(outline(picture, "question")) == 2  # the detail is of the question's cell


def test_both_pages_of_a_cut_row_are_in_one_picture() -> None:
    data = pdf.draw()
    report = pdf.report(data, pdf.boxes())
    picture = page_picture(data, report, report.answers[0], dpi=72)
    assert picture.width > 2 * pdf.WIDTH


def test_cropped_picture_is_lower_and_as_wide() -> None:
    data = pdf.draw()
    report = pdf.report(data, pdf.boxes())
    whole = page_picture(data, report, report.answers[0])
    cropped = page_picture(data, report, report.answers[0], crop=True)
    assert cropped.width == whole.width
    assert cropped.height < whole.height / 3


def test_huge_page_is_drawn_smaller() -> None:
    data = pdf.huge()
    report = pdf.report(data, (FieldBox(1, 60, 14320, 80, 14345, "answer"),))
    picture = page_picture(data, report, report.answers[0])
    assert picture.width * picture.height < 25e6


def test_page_that_the_file_does_not_have_is_refused() -> None:
    data = pdf.draw()
    report = pdf.report(data, (FieldBox(3, 0, 0, 9, 9, "answer"),))
    with pytest.raises(PictureError, match=r"should be on page 3, .* has only 2 pages"):
        page_picture(data, report, report.answers[0])


def page(*arguments: object) -> Result:
    return CliRunner().invoke(
        command, [str(a) for a in arguments], standalone_mode=False, catch_exceptions=False
    )


def save(folder: Path, data: bytes) -> Path:
    (folder / "aspnaset.pdf").write_bytes(data)
    path = folder / "report.json"
    path.write_text(to_json(pdf.report(data, pdf.boxes())))
    return path


def test_command_writes_a_png(tmp_path: Path) -> None:
    path = save(tmp_path, pdf.draw())
    out = tmp_path / "answer.png"
    result = page(path, "--question", "1/1:1", "-o", out)
    assert str(out) in result.output
    with Image.open(out) as picture:
        assert picture.format == "PNG"


def test_encrypted_file_needs_its_password(tmp_path: Path) -> None:
    path = save(tmp_path, pdf.draw(password="hemligt"))
    out = tmp_path / "answer.png"
    refused = CliRunner().invoke(command, [str(path), "--question", "1/1:1", "-o", str(out)])
    assert refused.exit_code == 2
    assert "password" in refused.stderr
    words = tmp_path / "passwords.txt"
    words.write_text("fel\nhemligt\n")
    page(path, "--question", "1/1:1", "-o", out, "--password-file", words)
    assert out.exists()


def test_text_dump_is_printed_with_line_numbers(tmp_path: Path) -> None:
    (tmp_path / "aspnaset.txt").write_bytes(made.DUMP.encode())
    path = tmp_path / "report.json"
    path.write_text(to_json(made.report()))
    lines = page(path, "--question", "1/1:1").output.splitlines()
    assert lines[0] == " 6 Har ni folk ute på kvällarna?"
    assert lines[7] == "13  Insats 1:1 Personal ska synas."
    assert len(lines) == 10


def test_text_dump_as_a_picture_has_the_roles_colours(tmp_path: Path) -> None:
    (tmp_path / "aspnaset.txt").write_bytes(made.DUMP.encode())
    path = tmp_path / "report.json"
    path.write_text(to_json(made.report()))
    out = tmp_path / "lines.png"
    page(path, "--question", "1/1:1", "-o", out)
    with Image.open(out) as picture:
        colours = {colour for _, colour in picture.convert("RGB").getcolors(1 << 16)}
    assert len(colours) > 10


def test_mentions_in_a_dump_are_found_in_their_lines() -> None:
    report = made.report()
    document = read(made.DUMP.encode())
    lines = source_lines(document, report, report.answers[0])
    groups = mention_groups(report, report.answers[0], lines)
    by_line = {n: "".join(group[0] for (m, _), group in groups.items() if m == n) for n in (10, 12)}
    assert by_line == {10: "f" * len("fältassistenter"), 12: "l" * len("lägesbild")}


def test_unknown_board_lists_those_that_there_are(tmp_path: Path) -> None:
    folder = made.write_datasets(
        tmp_path / "out",
        made.report(),
        made.report("b.txt", report_id="b" * 16, organisation="Boda AB"),
    )
    arguments = [str(folder), "--question", "1/1:1"]
    several = CliRunner().invoke(command, arguments)
    assert several.exit_code == 2
    assert "--board" in several.stderr
    assert "Boda AB" in several.stderr
    unknown = CliRunner().invoke(command, [*arguments, "--board", "Bodar"])
    assert "Boda AB" in unknown.stderr


def test_pictures_have_swedish_letters() -> None:
    shapes = {letter: font(20).getmask(letter).getbbox() for letter in "åäöÅÄÖé–»"}
    unknown = bytes(font(20).getmask("\U0010ffff"))
    assert all(shapes.values())
    assert all(bytes(font(20).getmask(letter)) != unknown for letter in shapes)


RAW = Path(__file__).resolve().parents[1] / "data" / "raw"


@pytest.mark.parametrize("path", sorted(RAW.glob("*.pdf")), ids=lambda path: path.stem)
def test_boxes_of_cut_rows_contain_exactly_the_words_of_their_field(path: Path) -> None:
    """Told by the other PDF reader: pdfplumber's characters inside the boxes are the field."""
    report = extract(path, builtin_forms(), builtin_taxonomy())
    cut = [answer for answer in report.answers if len(pages_of(answer)) > 1][:4]
    assert cut
    with pdfplumber.open(path) as document:
        for answer in cut:
            for field in ("question", "detail", "answer", "comment"):
                inside = "".join(
                    char["text"]
                    for box in answer.boxes
                    if box.field == field
                    for char in document.pages[box.page - 1].chars
                    if box.x0 - 1 <= (char["x0"] + char["x1"]) / 2 <= box.x1 + 1
                    and box.y0 - 1 <= (char["top"] + char["bottom"]) / 2 <= box.y1 + 1
                )
                held, wanted = plain(inside), plain(getattr(answer, field))
                assert sorted(held) == sorted(wanted), (answer.key, field)


def plain(text: str) -> str:
    """A text without what joining its lines can change: blanks and hyphens."""
    return "".join(char for char in text if not char.isspace() and char not in "-\u00ad")


@pytest.mark.parametrize("path", sorted(RAW.glob("*.pdf")), ids=lambda path: path.stem)
def test_every_mention_is_found_on_the_page(path: Path) -> None:
    report = extract(path, builtin_forms(), builtin_taxonomy())
    document = pdfium.PdfDocument(path)
    answers = report.answers[::8]
    assert report.themes
    for answer in answers:
        wanted = [m for m in report.themes if m.position == answer.position]
        found = mention_boxes(document, report, answer)
        assert {id(mark.mention) for mark in found} == {id(mention) for mention in wanted}


def test_groups_of_a_report_have_colours_of_their_own() -> None:
    mentions = tuple(replace(made.report().themes[0], group=f"g{n}") for n in range(16))
    colours = theme_colours(made.report(themes=mentions))
    assert len(set(colours.values())) == 16
    alone = theme_colours(made.report(themes=mentions[:1]))
    assert alone["g0"] == colours["g0"]
