"""Programs and libraries that make PDF and Word files of a plain page."""

from __future__ import annotations

import importlib
import sys
from collections.abc import Callable
from html import escape
from io import BytesIO
from pathlib import Path

from tests.producers import word_docs
from tests.producers.programs import FILES, NODE, Programs, need
from tests.producers.typeset import markup, pandoc
from tests.producers.typeset.story import Look, Story

PHP = Path(__file__).parent / "php"

MOST_SHEETS = 200

Render = Callable[[Story, Look, Programs], bytes]


def plain(story: Story, look: Look, programs: Programs) -> bytes:
    """The page itself, as a browser saves it."""
    del programs
    return markup.page(story, look, opening=_title(story)).encode()


def chromium(story: Story, look: Look, programs: Programs) -> bytes:
    return programs.chromium(markup.page(story, look, _sheet(story, look), _title(story)))


def tcpdf(story: Story, look: Look, programs: Programs) -> bytes:
    need("tcpdf")
    font = look.font or "helvetica"
    page = markup.page(story, look, opening=_title(story))
    command = (
        f"php {PHP / 'tcpdf.php'} {font} {look.size} {'L' if look.wide else 'P'} "
        "rapport.html rapport.pdf"
    )
    return programs.run(command, "rapport.html", "rapport.pdf", page.encode())


def dompdf(story: Story, look: Look, programs: Programs) -> bytes:
    need("dompdf")
    style = "@page { margin: 22mm; }"
    page = markup.page(story, look, style, _title(story))
    orientation = "landscape" if look.wide else "portrait"
    command = f"php {PHP / 'dompdf.php'} {orientation} rapport.html rapport.pdf"
    return programs.run(command, "rapport.html", "rapport.pdf", page.encode())


def pagedjs(story: Story, look: Look, programs: Programs) -> bytes:
    """The page as Paged.js divides it into pages, printed by Chromium."""
    need("pagedjs")
    need("chromium")
    page = "<!DOCTYPE html>" + markup.page(story, look, _sheet(story, look), _title(story))
    command = (
        "env PUPPETEER_EXECUTABLE_PATH=/usr/bin/chromium node "
        f"{FILES['pagedjs'] / 'src' / 'cli.js'} --browserArgs "
        "--no-sandbox,--disable-gpu,--disable-dev-shm-usage rapport.html -o rapport.pdf"
    )
    return programs.run(command, "rapport.html", "rapport.pdf", page.encode())


def mammoth(story: Story, look: Look, programs: Programs) -> bytes:
    """The page that Mammoth makes of pandoc's Word file."""
    need("mammoth")
    word = pandoc.to("docx")(story, look, programs)

    def make() -> bytes:
        made = importlib.import_module("mammoth").convert_to_html(BytesIO(word)).value
        head = f'<html lang="sv"><head><meta charset="utf-8"><title>{escape(story.title)}</title>'
        return f"{head}</head><body>{made}</body></html>".encode()

    return programs.remembered("mammoth", word, make)


def pandoc_pdf(story: Story, look: Look, programs: Programs) -> bytes:
    """Pandoc's Word file, saved as PDF by LibreOffice."""
    return programs.libreoffice(pandoc.to("docx")(story, look, programs), "docx", "pdf")


def pandoc_again(story: Story, look: Look, programs: Programs) -> bytes:
    """Pandoc's OpenDocument file, saved as a Word file by LibreOffice."""
    return programs.libreoffice(pandoc.to("odt")(story, look, programs), "odt", "docx")


def qt(story: Story, look: Look, programs: Programs) -> bytes:
    """The page as Qt's QTextDocument lays it out, in a process of its own."""
    need("PySide6")
    # Qt knows no points in margins and padding.
    style = (
        f"p, ul {{ margin-top: 0px; margin-bottom: {look.gap}px; }} "
        f"td, th {{ padding: {look.padding}px; }}"
    )
    page = markup.page(story, look, style, _title(story))
    script = Path(__file__).with_name("qt_document.py")
    shape = "wide" if look.wide else "high"
    command = f"{sys.executable} {script} rapport.html rapport.pdf {shape}"
    return programs.run(command, "rapport.html", "rapport.pdf", page.encode())


def firefox(story: Story, look: Look, programs: Programs) -> bytes:
    need("firefox-esr")
    page = "<!DOCTYPE html>" + markup.page(story, look, _sheet(story, look), _title(story))
    script = Path(__file__).with_name("firefox.py")
    command = f"{sys.executable} {script} rapport.html rapport.pdf"
    return programs.run(command, "rapport.html", "rapport.pdf", page.encode())


def htmldoc(story: Story, look: Look, programs: Programs) -> bytes:
    font = look.font or "helvetica"
    page = markup.page(story, look, opening=_title(story))
    page = page.encode("cp1252", "xmlcharrefreplace").decode("cp1252")
    page = page.replace('charset="utf-8"', 'charset="windows-1252"')
    command = (
        f"htmldoc --quiet --webpage -t pdf14 --size a4 --charset cp-1252 --bodyfont {font} "
        f"--textfont {font} --headfootfont {font} --fontsize {look.size} --header .t. "
        "--footer ..1 -f rapport.pdf rapport.html"
    )
    return programs.run(command, "rapport.html", "rapport.pdf", page.encode("cp1252"))


def xhtml2pdf(story: Story, look: Look, programs: Programs) -> bytes:
    need("xhtml2pdf")
    size = "A4 landscape" if look.wide else "A4"
    style = (
        f"@page {{ size: {size}; margin: 2cm; @frame footer {{ -pdf-frame-content: foot; "
        "bottom: 0.7cm; margin-left: 2cm; margin-right: 2cm; height: 0.8cm; } }"
    )
    foot = '<div id="foot">Sida <pdf:pagenumber></div>'
    page = markup.page(story, look, style, foot + _title(story), repeat='repeat="1"')

    def make() -> bytes:
        buffer = BytesIO()
        importlib.import_module("xhtml2pdf.pisa").CreatePDF(page, dest=buffer)
        return buffer.getvalue()

    return programs.remembered("xhtml2pdf", page.encode(), make)


def mupdf_story(story: Story, look: Look, programs: Programs) -> bytes:
    """The page as MuPDF's Story lays it out; rows go whole onto sheets that must hold them."""
    need("pymupdf")
    page = markup.page(story, look, opening=_title(story))

    def make() -> bytes:
        pymupdf = importlib.import_module("pymupdf")
        sheet = pymupdf.paper_rect("a3-l" if look.wide else "a3")
        margins = pymupdf.Rect(56, 56, sheet.width - 56, sheet.height - 56)
        buffer = BytesIO()
        told = pymupdf.Story(page)
        writer = pymupdf.DocumentWriter(buffer)
        more, sheets = 1, 0
        while more:
            sheets += 1
            if sheets > MOST_SHEETS:
                raise RuntimeError("MuPDF's Story does not end: a row is higher than its page")
            device = writer.begin_page(sheet)
            more, _ = told.place(margins)
            told.draw(device)
            writer.end_page()
        writer.close()
        return buffer.getvalue()

    return programs.remembered("mupdf story a3", page.encode(), make)


def html_docx(story: Story, look: Look, programs: Programs) -> bytes:
    need("html-to-docx")
    command = f"node {NODE / 'html_docx.js'} rapport.html rapport.docx"
    page = markup.page(story, look)
    return programs.run(command, "rapport.html", "rapport.docx", page.encode())


def htmldocx(story: Story, look: Look, programs: Programs) -> bytes:
    need("htmldocx")
    page = markup.body(story, look)

    def make() -> bytes:
        document = importlib.import_module("docx").Document()
        document.add_paragraph(story.title, style="Title")
        document.add_paragraph(story.organisation)
        importlib.import_module("htmldocx").HtmlToDocx().add_html_to_document(page, document)
        buffer = BytesIO()
        document.save(buffer)
        return word_docs.fixed(buffer)

    return programs.remembered("htmldocx", page.encode(), make)


def _title(story: Story) -> str:
    return markup.title_page(story)


def _sheet(story: Story, look: Look) -> str:
    size = "A4 landscape" if look.wide else "A4"
    title = story.title.replace("\\", "\\\\").replace('"', '\\"')
    return (
        f'@page {{ size: {size}; margin: 20mm; @top-left {{ content: "{title}"; font-size: 8pt; }} '
        '@bottom-right { content: counter(page) " (" counter(pages) ")"; font-size: 8pt; } }'
    )
