"""What the programs here draw: a line a variant.

Held out of tuning are all of `fpdf2`, `qt`, `firefox` and `poi`, and of npm the packages
`docx` and `html-to-docx`: nobody looks into their misses, and none was read before it was chosen.
`fop`, `dompdf` and `jasper` were held out as well until their misses were looked at.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from tests.producers.programs import Programs
from tests.producers.typeset import (
    asciidoc,
    fpdf_tables,
    jasper,
    latex,
    pages,
    pandoc,
    planning_word,
    sheets,
    templates,
    typst_markup,
    xsl_fo,
)
from tests.producers.typeset.scripts import by_itext, by_package, by_poi, by_prawn
from tests.producers.typeset.story import Look, Story
from tests.producers.typeset.structures import STRUCTURES


@dataclass(frozen=True)
class Producer:
    """A program.

    Attributes:
        kind: `pdf` or `word`: what its files are read as.
        needs: What must be installed.
        render: Draws a story.
        looks: What it draws; a variant is named after the producer and the look.
        suffix: Extension of its files.
    """

    kind: str
    needs: tuple[str, ...]
    render: Callable[[Story, Look, Programs], bytes]
    looks: dict[str, Look]
    suffix: str = ".pdf"
    held_out: bool = False


LIBERATION = "/usr/share/fonts/truetype/liberation/LiberationSans"
STRUCTURED = {
    name: Look(("grid", "lines")[number % 2], three=True, structure=name)
    for number, name in enumerate(STRUCTURES)
}

PRODUCERS = {
    "typst": Producer(
        "pdf",
        ("typst",),
        typst_markup.render,
        {
            "grid": Look(),
            "open": Look("none", repeat_heads=False),
            "lines": Look("lines", justified=True, lists=True),
            "cards": Look("cards", mark="✓ "),
            "three": Look("zebra", three=True, wide=True),
        },
    ),
    "pdfmake": Producer(
        "pdf",
        ("node", "pdfmake"),
        by_package("pdfmake", "pdfmake.js"),
        {
            "grid": Look(lists=True),
            "open": Look("none", justified=True),
            "lines": Look("lines", repeat_heads=False),
            "three": Look("zebra", three=True),
        },
    ),
    "autotable": Producer(
        "pdf",
        ("node", "jspdf-autotable"),
        by_package("jspdf-autotable", "autotable.js"),
        {
            "grid": Look(),
            "open": Look("none", font="times"),
            "zebra": Look("zebra", whole_rows=True, repeat_heads=False),
            "three": Look("lines", three=True, wide=True),
        },
    ),
    "latex": Producer(
        "pdf",
        ("pdflatex", "xelatex"),
        latex.render,
        {
            "grid": Look(),
            "open": Look("none", font="Liberation Sans", size=9),
            "lines": Look("lines", justified=True, lists=True),
            "three": Look("zebra", font="Liberation Serif", three=True, wide=True),
        },
    ),
    "pandoc-latex": Producer("pdf", ("pandoc", "pdflatex"), pandoc.to("pdf"), {"lines": Look()}),
    "fop": Producer(
        "pdf",
        ("fop",),
        xsl_fo.render,
        {
            "grid": Look(),
            "open": Look("none", font="serif", justified=True),
            "lines": Look("lines", lists=True, repeat_heads=False),
            "three": Look("zebra", three=True, wide=True),
        },
    ),
    "fpdf2": Producer(
        "pdf",
        ("fpdf", "reportlab"),
        fpdf_tables.render,
        {
            "grid": Look(size=9),
            "open": Look("none", size=9),
            "lines": Look("lines", size=8.5, justified=True),
            "three": Look("zebra", size=8, three=True, wide=True),
        },
        held_out=True,
    ),
    "pagedjs": Producer(
        "pdf",
        ("node", "pagedjs", "chromium"),
        pages.pagedjs,
        {
            # With drawn rows, Paged.js leaves whole rows out at page ends.
            "open": Look("none", font="Liberation Serif", justified=True),
            "three": Look("zebra", font="DejaVu Sans", size=9, three=True, wide=True),
        },
    ),
    "calc": Producer(
        "pdf",
        ("soffice",),
        sheets.render,
        {
            # Calc leaves a line out where a row is higher than its page.
            "grid": Look(size=8, three=True, wide=True),
            "open": Look("none", "Liberation Serif", size=8, three=True, wide=True, justified=True),
            "zebra": Look("zebra", font="DejaVu Sans", size=7, three=True, wide=True),
        },
    ),
    "docxtpl-libreoffice": Producer(
        "pdf",
        ("soffice", "docx", "docxtpl"),
        templates.to_pdf,
        {
            "grid": Look(),
            "open": Look("none", font="Liberation Serif"),
            "three": Look("lines", three=True),
        },
    ),
    "pandoc-libreoffice": Producer(
        "pdf",
        ("pandoc", "soffice"),
        pages.pandoc_pdf,
        {"open": Look(lists=True), "three": Look(three=True)},
    ),
    "jasper": Producer(
        "pdf",
        ("java", "jasperreports"),
        jasper.render,
        {
            "grid": Look(),
            "open": Look("none", font="SansSerif", repeat_heads=False),
            "lines": Look("lines", font="Serif", justified=True),
            "three": Look("zebra", font="DejaVu Serif", three=True, wide=True),
        },
    ),
    "qt": Producer(
        "pdf",
        ("PySide6",),
        pages.qt,
        {
            "grid": Look(),
            "open": Look("none", font="Liberation Serif", justified=True),
            "three": Look("zebra", font="Liberation Sans", three=True, wide=True),
        },
        held_out=True,
    ),
    "firefox": Producer(
        "pdf",
        ("firefox-esr",),
        pages.firefox,
        {
            "grid": Look(lists=True),
            "open": Look("none", font="Liberation Serif", justified=True, repeat_heads=False),
            "lines": Look("lines", font="DejaVu Sans", size=9),
            "three": Look("zebra", font="Liberation Sans", three=True, wide=True),
        },
        held_out=True,
    ),
    "react-pdf": Producer(
        "pdf",
        ("node", "react-pdf"),
        by_package("react-pdf", "react_pdf.mjs"),
        {
            "grid": Look(),
            "open": Look("none", font="Times-Roman", repeat_heads=False),
            "lines": Look("lines", justified=True),
            "three": Look("zebra", three=True, wide=True),
        },
    ),
    "tcpdf": Producer(
        "pdf",
        ("php", "tcpdf"),
        pages.tcpdf,
        {
            "grid": Look(),
            "open": Look("none", font="times", justified=True),
            "lines": Look("lines", font="dejavusans", size=9, lists=True),
            "three": Look("zebra", three=True, wide=True, repeat_heads=False),
        },
    ),
    "dompdf": Producer(
        "pdf",
        ("php", "dompdf"),
        pages.dompdf,
        {
            "grid": Look(),
            "open": Look("none", font="DejaVu Serif", justified=True),
            "lines": Look("lines", font="DejaVu Sans", size=9, lists=True),
            "three": Look("zebra", three=True, wide=True),
        },
    ),
    "itext": Producer(
        "pdf",
        ("java", "itext"),
        by_itext,
        {
            "grid": Look(),
            "open": Look("none", font="Times-Roman", justified=True),
            "lines": Look("lines", font="Courier", size=8.5, lists=True, repeat_heads=False),
            "zebra": Look("zebra", font=LIBERATION, whole_rows=True, lists=True),
            "three": Look("lines", three=True, wide=True),
        },
    ),
    "prawn": Producer(
        "pdf",
        ("ruby", "prawn"),
        by_prawn(),
        {
            "grid": Look(),
            "open": Look("none", font="Times-Roman", repeat_heads=False),
            "lines": Look("lines", justified=True),
            "three": Look("zebra", three=True, wide=True),
        },
    ),
    "asciidoctor": Producer(
        "pdf",
        ("asciidoctor-pdf",),
        asciidoc.render,
        {
            "grid": Look(lists=True),
            "open": Look("none", repeat_heads=False),
            "three": Look("lines", three=True),
        },
    ),
    "pdfkit": Producer(
        "pdf",
        ("node", "pdfkit"),
        by_package("pdfkit", "pdfkit.js"),
        {
            "grid": Look(),
            "open": Look("none", font="Times-Roman"),
            "lines": Look("lines", justified=True),
            "three": Look("zebra", three=True, wide=True),
        },
    ),
    "xhtml2pdf": Producer(
        "pdf",
        ("xhtml2pdf",),
        pages.xhtml2pdf,
        {
            "grid": Look(),
            "open": Look("none", font="Times", justified=True, repeat_heads=False),
            "lines": Look("lines", lists=True),
            "three": Look("zebra", three=True, wide=True),
        },
    ),
    "mupdf-story": Producer(
        "pdf",
        ("pymupdf",),
        pages.mupdf_story,
        {
            "grid": Look(),
            "open": Look("none", font="Times", lists=True),
            "three": Look("lines", three=True),
        },
    ),
    "htmldoc": Producer(
        "pdf",
        ("htmldoc",),
        pages.htmldoc,
        {
            "grid": Look(lists=True),
            "open": Look("none", font="times", justified=True),
            "three": Look("zebra", three=True),
        },
    ),
    "structure-chromium": Producer("pdf", ("chromium",), pages.chromium, STRUCTURED),
    "structure-itext": Producer("pdf", ("java", "itext"), by_itext, STRUCTURED),
    "pandoc-docx": Producer(
        "word",
        ("pandoc",),
        pandoc.to("docx"),
        {"two": Look(lists=True), "three": Look(three=True)},
        ".docx",
    ),
    "pandoc-odt": Producer("word", ("pandoc",), pandoc.to("odt"), {"two": Look()}, ".odt"),
    **{
        f"planning-{kind}": Producer(
            "word",
            ("docx",),
            planning_word.exported(kind),
            {"two": Look(), "three": Look(three=True)},
            ".docx",
        )
        for kind in planning_word.KINDS
    },
    "npm-docx": Producer(
        "word",
        ("node", "docx.js"),
        by_package("docx.js", "docx.js", "docx"),
        {"grid": Look(lists=True), "lines": Look("lines"), "three": Look("none", three=True)},
        ".docx",
        held_out=True,
    ),
    "html-to-docx": Producer(
        "word",
        ("node", "html-to-docx"),
        pages.html_docx,
        {"grid": Look(), "three": Look("none", three=True)},
        ".docx",
        held_out=True,
    ),
    "docxtpl": Producer(
        "word",
        ("docx", "docxtpl"),
        templates.to_word,
        {"grid": Look(), "three": Look("lines", three=True)},
        ".docx",
    ),
    "pandoc-again": Producer(
        "word",
        ("pandoc", "soffice"),
        pages.pandoc_again,
        {"two": Look(lists=True), "three": Look(three=True)},
        ".docx",
    ),
    "mammoth": Producer(
        "word",
        ("pandoc", "mammoth"),
        pages.mammoth,
        {"two": Look(lists=True), "three": Look(three=True)},
        ".html",
    ),
    "poi": Producer(
        "word",
        ("java", "jasperreports"),
        by_poi,
        {"grid": Look(lists=True), "lines": Look("lines"), "three": Look("none", three=True)},
        ".docx",
        held_out=True,
    ),
    "python-html": Producer(
        "word",
        ("htmldocx",),
        pages.htmldocx,
        {"grid": Look(lists=True), "three": Look("none", three=True)},
        ".docx",
    ),
    "structure-word": Producer(
        "word", ("docx",), planning_word.exported("plain"), STRUCTURED, ".docx"
    ),
    "structure-page": Producer("word", (), pages.plain, STRUCTURED, ".html"),
}
