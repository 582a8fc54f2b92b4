"""The appearance of a PDF, and random layouts."""

from __future__ import annotations

from dataclasses import dataclass, replace
from random import Random

from reportlab.lib.pagesizes import A4, landscape
from reportlab.pdfbase.pdfmetrics import stringWidth

from tests.generator.paging import Look, Setting

FONTS = {
    "sans": ("Helvetica", "Helvetica-Bold"),
    "serif": ("Times-Roman", "Times-Bold"),
}
MARKS = ("glyph", "image", "checkbox", "none")
MARK_WIDTH = 14.0


@dataclass(frozen=True)
class PdfStyle:
    """How a PDF looks. Lengths are points.

    Attributes:
        rules: grid, none, horizontal or shaded.
        mark: The mark before an answer: glyph, image, checkbox or none.
        blank_marks: Whether there is a mark even if the answer is blank.
        three: Whether every table has a column of its own for the answers.
        row_order: Whether a page's text is drawn row by row; else column by column.
        word_by_word: Whether every word is drawn by itself, as justified text is.
        thin_areas: Whether rules are drawn as thin filled areas, as word processors do.
        foot: Page number in the footer: of, page, plain or none.
        pages_before: Title page and table of contents.
    """

    rules: str = "grid"
    font: str = "sans"
    size: float = 10
    wide: bool = False
    margin: float = 64
    question_share: float = 0.46
    mark: str = "none"
    blank_marks: bool = False
    three: bool = False
    repeat_heads: bool = True
    bold_questions: bool = True
    divide: bool = False
    keep_rows: bool = False
    row_order: bool = True
    word_by_word: bool = False
    thin_areas: bool = False
    title_page: bool = True
    contents: bool = False
    running_head: bool = True
    foot: str = "of"
    footnotes: bool = False
    row_gap: float = 4
    cell_gap: float = 5
    blank_after_answer: bool = True

    @property
    def page_size(self) -> tuple[float, float]:
        width, height = landscape(A4) if self.wide else A4
        return float(width), float(height)

    @property
    def text_width(self) -> float:
        return self.page_size[0] - 2 * self.margin

    @property
    def top(self) -> float:
        return self.margin + (18 if self.running_head else 0)

    def face(self, look: Look) -> str:
        regular, bold = FONTS[self.font]
        return regular if look in (Look.BODY, Look.SMALL) else bold

    def points(self, look: Look) -> float:
        more = {Look.H1: 6, Look.H2: 3, Look.H3: 1.5, Look.TITLE: 12, Look.SMALL: -2}
        return self.size + more.get(look, 0)


def setting(style: PdfStyle) -> Setting:
    """The setting of a PDF's pages, in points."""
    width = style.text_width
    left = round(width * style.question_share)
    answer = 7.2 * style.size + 2 * style.cell_gap + 14
    third = round((width - answer) * 0.44)
    bottom = style.margin + (34 if style.footnotes else 0)
    return Setting(
        measure=lambda text, look: stringWidth(text, style.face(look), style.points(look)),
        leading=lambda look: round(style.points(look) * 1.22, 1),
        page_height=style.page_size[1] - style.top - bottom,
        text_width=width,
        two=(left, width - left),
        three=(third, answer, width - answer - third),
        paragraph_gap=round(style.size * 0.7, 1),
        row_gap=style.row_gap,
        cell_gap=style.cell_gap,
        repeat_heads=style.repeat_heads,
        divide=style.divide,
        bold_questions=style.bold_questions,
        blank_after_answer=style.blank_after_answer,
        keep_rows=style.keep_rows,
        mark_width=0 if style.mark == "none" else MARK_WIDTH,
        blank_marks=style.blank_marks and style.mark != "none",
    )


def random_pdf_style(layout: str, random: Random) -> PdfStyle:
    """A style of one of the layouts: ruled, unruled, horizontal, shaded, landscape, three."""
    style = PdfStyle(
        font=random.choice(["sans", "serif"]),
        size=random.choice([9, 10, 11]),
        margin=random.choice([50, 64, 71]),
        question_share=random.choice([0.4, 0.46, 0.5]),
        mark=random.choice(MARKS),
        repeat_heads=random.random() < 0.6,
        bold_questions=random.random() < 0.75,
        divide=random.random() < 0.25,
        keep_rows=random.random() < 0.15,
        row_order=random.random() < 0.75,
        word_by_word=random.random() < 0.2,
        thin_areas=random.random() < 0.4,
        title_page=random.random() < 0.7,
        contents=random.random() < 0.5,
        running_head=random.random() < 0.7,
        foot=random.choice(["of", "of", "page", "plain", "none"]),
        footnotes=random.random() < 0.3,
        row_gap=random.choice([2, 4, 6]),
        cell_gap=random.choice([4, 5.5, 8]),
        blank_after_answer=random.random() < 0.7,
        blank_marks=random.random() < 0.5,
    )
    rules = {"ruled": "grid", "unruled": "none", "horizontal": "horizontal", "shaded": "shaded"}
    drawn = rules.get(layout, random.choice(["grid", "grid", "horizontal", "none"]))
    # If nothing is drawn between rows, they are at least as far apart as paragraphs.
    row_gap = max(style.row_gap, 4.0) if drawn == "none" else style.row_gap
    return replace(
        style,
        rules=drawn,
        wide=layout == "landscape",
        three=layout == "three",
        row_gap=row_gap,
    )
