"""The table of variants: what renders a report, and how."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from random import Random

from tests.generator.content import Truth
from tests.producers import dumps, html, platypus, transforms, word_docs
from tests.producers.html import Look
from tests.producers.platypus import PlatypusLook
from tests.producers.programs import Programs
from tests.producers.typeset import looks, story, structures
from tests.producers.word_docs import WordLook

Render = Callable[[Truth, int, Programs], bytes]


PRODUCERS = {
    "pdf": {
        "chromium-ledger": "Chromium, another style",
        "chromium": "Chromium",
        "weasyprint": "WeasyPrint",
        "wkhtmltopdf": "wkhtmltopdf",
        "libreoffice-html": "LibreOffice from a web page",
        "libreoffice": "LibreOffice from Word",
        "platypus": "reportlab",
        "typst": "typst",
        "pdfmake": "pdfmake",
        "autotable": "jsPDF with autotable",
        "latex": "LaTeX",
        "pandoc-libreoffice": "LibreOffice from pandoc",
        "pandoc": "pandoc",
        "fop": "Apache FOP",
        "fpdf2": "fpdf2",
        "tcpdf": "TCPDF",
        "dompdf": "Dompdf",
        "itext": "iText",
        "react-pdf": "react-pdf",
        "pagedjs": "Paged.js",
        "calc": "LibreOffice from a spreadsheet",
        "docxtpl": "LibreOffice from docxtpl",
        "jasper": "JasperReports",
        "qt": "Qt",
        "firefox": "Firefox",
        "prawn": "Prawn",
        "asciidoctor": "Asciidoctor PDF",
        "pdfkit": "PDFKit",
        "xhtml2pdf": "xhtml2pdf",
        "mupdf-story": "MuPDF Story",
        "htmldoc": "HTMLDOC",
        "abiword": "AbiWord",
        "structure": "other structures",
        "stamp": "stamps and watermarks",
        "two-up": "two pages on a sheet",
        "": "rewritten, turned, cropped",
    },
    "word": {
        "html-docx": "LibreOffice from a web page",
        "odt-docx": "saved by LibreOffice",
        "saved-again": "saved by LibreOffice",
        "odt": "OpenDocument",
        "pandoc-again": "saved by LibreOffice",
        "docxtpl": "docxtpl",
        "mammoth": "Mammoth",
        "pandoc": "pandoc",
        "planning": "exports of planning tools",
        "npm": "docx of npm",
        "tracked-saved": "saved by LibreOffice",
        "html-to-docx": "html-to-docx of npm",
        "poi": "Apache POI",
        "python-html": "htmldocx",
        "abiword": "saved by AbiWord",
        "structure": "other structures",
        "": "as people and exports write it",
    },
}
"""Names of producers by the prefix of their variants' names."""


@dataclass(frozen=True)
class Variant:
    """One way in which a report is rendered.

    Attributes:
        name: `kind/producer-what`; of a dump, `dump/tool@pdf`.
        suffix: Extension of the file.
        needs: The programs that render it.
        render: Renders a board from its truth, its seed and the programs.
        held_out: Whether it is left out of tuning: nobody looks into its misses.
    """

    name: str
    suffix: str
    needs: tuple[str, ...]
    render: Render
    held_out: bool = False

    @property
    def kind(self) -> str:
        return self.name.partition("/")[0]

    @property
    def producer(self) -> str:
        """The producer's name in tables."""
        kind, _, name = self.name.partition("/")
        if kind == "dump":
            tool = name.partition("@")[0]
            return f"text dump: {tool}"
        first = next((first for first in PRODUCERS[kind] if name.startswith(first)), "")
        return f"{'PDF' if kind == 'pdf' else 'Word'}: {PRODUCERS[kind][first]}"


def _from_html(name: str, engine: str, look: Look | None, *, held_out: bool = False) -> Variant:
    """A page printed by a program; without a look, each board gets a random one."""

    def render(truth: Truth, seed: int, programs: Programs) -> bytes:
        random = Random(f"{name} {seed}")
        own = html.drawn(random) if look is None else look
        page = html.render_html(truth, html.varied(own, random))
        if engine == "browser":
            return programs.chromium(page, "")
        if engine == "wkhtmltopdf":
            head = "--header-left [title]" if own.running_head else ""
            foot = "--footer-right [page](" + "[topage])" if own.numbering else ""
            margins = "-T 22mm -B 20mm -L 20mm -R 20mm"
            return programs.wkhtmltopdf(page, f"{head} {foot} {margins} --header-font-size 8")
        if engine == "soffice":
            return programs.libreoffice(page.encode(), "html", "pdf:writer_web_pdf_Export")
        return getattr(programs, engine)(page)  # type: ignore[no-any-return]

    program = {"browser": "chromium"}.get(engine, engine)
    needs = (program, "pyphen") if look is None or look.shy else (program,)
    return Variant(f"pdf/{name}", ".pdf", needs, render, held_out)


def _from_word(name: str, look: WordLook) -> Variant:
    word = _word(name, look)

    def render(truth: Truth, seed: int, programs: Programs) -> bytes:
        return programs.libreoffice(word.render(truth, seed, programs), "docx", "pdf")

    return Variant(f"pdf/libreoffice-{name}", ".pdf", ("soffice",), render)


def _by_abiword(name: str, look: WordLook, to: str) -> Variant:
    """A Word file that AbiWord opens and saves."""
    kind = "pdf" if to == "pdf" else "word"
    word = _word(name, look)

    def render(truth: Truth, seed: int, programs: Programs) -> bytes:
        data = word.render(truth, seed, programs)
        command = f"abiword --to={to} --to-name=ut.{to} rapport.docx"
        return programs.run(command, "rapport.docx", f"ut.{to}", data)

    return Variant(f"{kind}/abiword-{name}", f".{to}", ("abiword", "docx"), render)


def _platypus(name: str, look: PlatypusLook) -> Variant:
    def render(truth: Truth, seed: int, programs: Programs) -> bytes:
        return platypus.render_platypus(truth, platypus.varied(look, Random(f"{name} {seed}")))

    return Variant(f"pdf/platypus-{name}", ".pdf", ("reportlab",), render)


def _of(
    base: Variant, name: str, change: Callable[[bytes, Programs], bytes], *needs: str
) -> Variant:
    """A variant made from another one's PDF."""

    def render(truth: Truth, seed: int, programs: Programs) -> bytes:
        return change(base.render(truth, seed, programs), programs)

    return Variant(f"pdf/{name}", ".pdf", (*base.needs, *needs), render, base.held_out)


def _by_command(base: Variant, name: str, command: str) -> Variant:
    program = command.split(maxsplit=1)[0]
    return _of(base, name, lambda pdf, programs: programs.on_pdf(command, pdf), program)


def _word(name: str, look: WordLook) -> Variant:
    def render(truth: Truth, seed: int, programs: Programs) -> bytes:
        return word_docs.render_word(truth, look, Random(f"{name} {seed}"))

    return Variant(f"word/{name}", ".docx", ("docx",), render)


def _saved_again(
    name: str, look: WordLook | Look, through: tuple[str, ...], *, held_out: bool = False
) -> Variant:
    """A Word file or a page that LibreOffice opens and saves as the given kinds in turn."""

    def render(truth: Truth, seed: int, programs: Programs) -> bytes:
        if isinstance(look, Look):
            page = html.render_html(truth, html.varied(look, Random(f"{name} {seed}")))
            data, suffix = page.encode(), "html"
        else:
            data = word_docs.render_word(truth, look, Random(f"{name} {seed}"))
            suffix = "docx"
        for to in through:
            data = programs.libreoffice(data, suffix, to)
            suffix = to
        return data

    return Variant(f"word/{name}", f".{through[-1]}", ("soffice", "docx"), render, held_out)


def _page(name: str, look: Look) -> Variant:
    """A page as saved by a browser: the source of what it shows."""

    def render(truth: Truth, seed: int, programs: Programs) -> bytes:
        return html.render_html(truth, html.varied(look, Random(f"{name} {seed}"))).encode()

    return Variant(f"word/{name}", ".html", (), render)


def _typeset(kind: str) -> tuple[Variant, ...]:
    """The variants of typesetting programs."""

    def one(producer: looks.Producer, name: str, look: story.Look) -> Variant:
        def render(truth: Truth, seed: int, programs: Programs) -> bytes:
            here = story.varied(look, Random(f"{name} {seed}"))
            told = structures.arranged(story.tell(truth, here), here.structure)
            return producer.render(told, here, programs)

        held_out = producer.held_out
        return Variant(f"{kind}/{name}", producer.suffix, producer.needs, render, held_out)

    return tuple(
        one(producer, f"{program}-{what}", look)
        for program, producer in looks.PRODUCERS.items()
        if producer.kind == kind
        for what, look in producer.looks.items()
    )


CHROMIUM_GRID = _from_html("chromium-grid", "chromium", Look())
CHROMIUM_LINES = _from_html("chromium-lines", "chromium", Look("lines", "Liberation Serif"))
LIBREOFFICE_GRID = _from_word("word-grid", WordLook())
LIBREOFFICE_OPEN = _from_word("word-open", WordLook(table_style="", font="Liberation Sans"))
PLATYPUS_LINES = _platypus("lines", PlatypusLook("lines", "Times-Roman"))
WEASYPRINT_GRID = _from_html("weasyprint-grid", "weasyprint", Look(), held_out=True)

PDFS = (
    CHROMIUM_GRID,
    CHROMIUM_LINES,
    _from_html("chromium-open", "chromium", Look("none", repeat_heads=False)),
    _from_html("chromium-zebra", "chromium", Look("zebra", "DejaVu Sans", 9)),
    _from_html("chromium-dark", "chromium", Look("dark", mark="tick", contents=True)),
    _from_html("chromium-gaps", "chromium", Look("gaps", mark="image", mark_blank=True)),
    _from_html("chromium-three", "chromium", Look(three=True, mark="ball")),
    _from_html("chromium-three-lines", "chromium", Look("lines", "C059", three=True)),
    _from_html("chromium-cards", "chromium", Look(cards=True, mark="box", mark_blank=True)),
    _from_html("chromium-blocks", "chromium", Look("none", blocks=True, repeat_heads=False)),
    _from_html("chromium-raised", "chromium", Look("lines", raised=True)),
    _from_html("chromium-lists", "chromium", Look(lists="marked")),
    _from_html("chromium-breaks", "chromium", Look("lines", paragraphs="br", mark="glyph")),
    _from_html("chromium-justified", "chromium", Look(align="justify", shy=True, question=36)),
    _from_html("chromium-spaced", "chromium", Look("lines", spacing=0.06, size=9.5)),
    _from_html("chromium-wide", "chromium", Look(page="A4 landscape", repeat_heads=False)),
    _from_html("chromium-small-sheet", "chromium", Look(page="A5", margin="12mm", size=8.5)),
    _from_html("chromium-browser", "browser", Look(running_head=False, numbering="")),
    _from_html("chromium-any", "chromium", None),
    _from_html("chromium-ledger", "chromium", Look("ledger"), held_out=True),
    _from_html("chromium-ledger-three", "chromium", Look("ledger", three=True), held_out=True),
    WEASYPRINT_GRID,
    _from_html("weasyprint-open", "weasyprint", Look("none"), held_out=True),
    _from_html("weasyprint-zebra", "weasyprint", Look("zebra", "C059", mark="tick"), held_out=True),
    _from_html("weasyprint-three", "weasyprint", Look("lines", three=True), held_out=True),
    _from_html(
        "weasyprint-justified",
        "weasyprint",
        Look("lines", align="justify", shy=True, lists="marked"),
        held_out=True,
    ),
    _from_html("wkhtmltopdf-grid", "wkhtmltopdf", Look()),
    _from_html("wkhtmltopdf-lines", "wkhtmltopdf", Look("lines", "Nimbus Sans", mark="glyph")),
    _from_html("wkhtmltopdf-three", "wkhtmltopdf", Look("zebra", three=True)),
    _from_html("wkhtmltopdf-justified", "wkhtmltopdf", Look(align="justify", shy=True)),
    _from_html("wkhtmltopdf-any", "wkhtmltopdf", None),
    _from_html("libreoffice-html", "soffice", Look()),
    _from_html("libreoffice-html-raised", "soffice", Look(raised=True)),
    LIBREOFFICE_GRID,
    LIBREOFFICE_OPEN,
    _from_word("word-lines", WordLook(table_style="Light List", mark="☒ ")),
    _from_word("word-three", WordLook(three=True, repeat_heads=False)),
    _from_word("word-lists", WordLook(lists=True, numbered_headings=True)),
    _from_word("word-choices", WordLook(answers="choices")),
    _from_word("word-justified", WordLook(justified=True, table_style="Light List")),
    _from_word("word-spaced", WordLook(spacing=0.6, font="Liberation Sans", table_style="")),
    _platypus("grid", PlatypusLook()),
    PLATYPUS_LINES,
    _platypus("open", PlatypusLook("none", justified=True)),
    _platypus("justified", PlatypusLook(font="Times-Roman", justified=True, repeat_heads=False)),
    _platypus("zebra", PlatypusLook("zebra", repeat_heads=False)),
    _platypus("three", PlatypusLook("box", three=True, wide=True)),
    _by_command(CHROMIUM_GRID, "ghostscript", "gs -q -o ut.pdf -sDEVICE=pdfwrite in.pdf"),
    _by_command(LIBREOFFICE_OPEN, "ghostscript-open", "gs -q -o ut.pdf -sDEVICE=pdfwrite in.pdf"),
    _by_command(CHROMIUM_LINES, "cairo", "pdftocairo -pdf in.pdf ut.pdf"),
    _by_command(LIBREOFFICE_GRID, "cairo-word", "pdftocairo -pdf in.pdf ut.pdf"),
    _by_command(PLATYPUS_LINES, "mutool-clean", "mutool clean -gggz in.pdf ut.pdf"),
    _by_command(
        LIBREOFFICE_GRID,
        "qpdf",
        "qpdf --deterministic-id --linearize --object-streams=generate in.pdf ut.pdf",
    ),
    *(
        _of(base, f"stamp-{kind}", lambda pdf, _, kind=kind: transforms.stamped(pdf, kind), "pypdf")
        for kind, base in zip(
            transforms.STAMPS,
            (CHROMIUM_GRID, LIBREOFFICE_GRID, CHROMIUM_LINES, LIBREOFFICE_OPEN, PLATYPUS_LINES),
            strict=True,
        )
    ),
    _of(CHROMIUM_GRID, "two-up", lambda pdf, _: transforms.two_up(pdf), "pypdf"),
    _of(LIBREOFFICE_OPEN, "two-up-open", lambda pdf, _: transforms.two_up(pdf), "pypdf"),
    _of(CHROMIUM_LINES, "turned", lambda pdf, _: transforms.turned(pdf, told=True), "pypdf"),
    _of(CHROMIUM_GRID, "sideways", lambda pdf, _: transforms.turned(pdf, told=False), "pypdf"),
    _of(LIBREOFFICE_GRID, "cropped", lambda pdf, _: transforms.cropped(pdf), "pypdf"),
    _of(CHROMIUM_LINES, "offset", lambda pdf, _: transforms.offset(pdf), "pypdf"),
    _of(LIBREOFFICE_OPEN, "forms", lambda pdf, _: transforms.as_forms(pdf), "pypdf"),
    _by_abiword("grid", WordLook(), "pdf"),
    _by_abiword("open", WordLook(table_style=""), "pdf"),
    _by_abiword("three", WordLook(three=True, font="Liberation Sans"), "pdf"),
    *_typeset("pdf"),
)

WORDS = (
    _word("grid", WordLook()),
    _word("three", WordLook(three=True, table_style="", mark="☒ ")),
    _word("numbered", WordLook(numbered_headings=True, lists=True, table_style="Light Grid")),
    _word("checked", WordLook(answers="checked")),
    _word("spacer", WordLook(spacer=True)),
    _word("symbol", WordLook(mark="\uf0fe ")),
    _word("choices", WordLook(answers="choices")),
    _word("dropdown", WordLook(answers="dropdown", split_runs=True)),
    _word("break", WordLook(answers="break")),
    _word("cards", WordLook(cards=True, repeat_heads=False)),
    _word("outer", WordLook(outer=True, boxed_notices=True)),
    _word("tracked", WordLook(tracked=True, split_runs=True)),
    _saved_again("saved-again", WordLook(lists=True), ("docx",)),
    _saved_again("tracked-saved", WordLook(tracked=True), ("docx",)),
    _saved_again("odt", WordLook(), ("odt",)),
    _saved_again("html", WordLook(), ("html",)),
    _saved_again("html-numbered", WordLook(numbered_headings=True, lists=True), ("html",)),
    _saved_again("html-choices", WordLook(answers="choices", three=True), ("html",)),
    _page("page", Look()),
    _page("page-raised", Look(raised=True)),
    _page("page-three", Look("lines", three=True, mark="tick", mark_blank=True)),
    _page("page-breaks", Look("none", paragraphs="br", mark="box", lists="marked")),
    _page("page-blocks", Look("none", blocks=True)),
    _page("page-cards", Look(cards=True)),
    _saved_again("odt-docx", WordLook(three=True), ("odt", "docx")),
    _saved_again("html-docx", Look(lists="marked"), ("odt", "docx"), held_out=True),
    _saved_again("html-docx-three", Look("lines", three=True), ("odt", "docx"), held_out=True),
    _by_abiword("odt", WordLook(), "odt"),
    *_typeset("word"),
)

HELD_OUT_TOOLS = ("pymupdf",)
DUMPED = (
    *(CHROMIUM_GRID, CHROMIUM_LINES, LIBREOFFICE_OPEN, PLATYPUS_LINES, WEASYPRINT_GRID),
    *(one for one in PDFS if one.name in {"pdf/typst-lines", "pdf/fop-grid"}),
)


def _dump(tool: str, base: Variant) -> Variant:
    def render(truth: Truth, seed: int, programs: Programs) -> bytes:
        return dumps.TOOLS[tool](base.render(truth, seed, programs), programs)

    held_out = tool in HELD_OUT_TOOLS or base.held_out
    name = f"dump/{tool}@{base.name.partition('/')[2]}"
    return Variant(name, ".txt", (dumps.PROGRAM[tool], *base.needs), render, held_out)


def _saved_as_text(name: str, look: WordLook) -> Variant:
    def render(truth: Truth, seed: int, programs: Programs) -> bytes:
        data = word_docs.render_word(truth, look, Random(f"{name} {seed}"))
        return programs.libreoffice(data, "docx", "txt:Text (encoded):UTF8")

    return Variant(f"dump/{name}", ".txt", ("soffice",), render)


DUMPS = (
    *(_dump(tool, base) for tool in dumps.TOOLS for base in DUMPED),
    _saved_as_text("libreoffice-text@word-grid", WordLook()),
    _saved_as_text("libreoffice-text@word-three", WordLook(three=True)),
)

VARIANTS = (*PDFS, *WORDS, *DUMPS)
