"""The real programs that render reports, each as a function from bytes to bytes.

Results are cached on disk under the digest of the input, so that a second run of the bench
only has to read them.
"""

from __future__ import annotations

import hashlib
import importlib
import os
import re
import shutil
import subprocess
import sys
import sysconfig
import tempfile
from collections.abc import Callable
from contextlib import suppress
from functools import cache
from pathlib import Path

HERE = Path(__file__).parent
NODE = HERE / "typeset" / "node"
"""Scripts for Node.js, with the npm packages that they need in a subfolder."""

NPM = "npm install --prefix tests/producers/typeset/node"
FILES = {
    **{name: NODE / "node_modules" / name for name in ("pdfmake", "jspdf-autotable", "pdfkit")},
    "docx.js": NODE / "node_modules" / "docx",
    "react-pdf": NODE / "node_modules" / "@react-pdf" / "renderer",
    "pagedjs": NODE / "node_modules" / "pagedjs-cli",
    "html-to-docx": NODE / "node_modules" / "html-to-docx",
    "tcpdf": Path("/usr/share/php/tcpdf"),
    "dompdf": Path("/usr/share/php/dompdf"),
    "itext": Path("/usr/share/java/itext5.jar"),
    "jasperreports": Path(sysconfig.get_path("purelib")) / "pyreportjasper" / "libs",
    "prawn": Path("/usr/lib/ruby/vendor_ruby/prawn/table.rb"),
}
"""Libraries of other languages, and where they are if they are installed."""

INSTALL = {
    "chromium": "apt-get install chromium",
    "wkhtmltopdf": "apt-get install wkhtmltopdf",
    "soffice": "apt-get install libreoffice-writer",
    "gs": "apt-get install ghostscript",
    "mutool": "apt-get install mupdf-tools",
    "qpdf": "apt-get install qpdf",
    "pdftocairo": "apt-get install poppler-utils",
    "pdftotext": "apt-get install poppler-utils",
    "weasyprint": "pip install weasyprint",
    "pyphen": "pip install pyphen",
    "reportlab": "pip install reportlab",
    "pypdf": "pip install pypdf",
    "pdfminer": "pip install pdfminer.six",
    "pymupdf": "pip install pymupdf",
    "docx": "pip install python-docx",
    "typst": "pip install typst",
    "fpdf": "pip install fpdf2",
    "fop": "apt-get install fop",
    "pandoc": "apt-get install pandoc",
    "pdflatex": "apt-get install texlive-latex-extra texlive-lang-european lmodern",
    "xelatex": "apt-get install texlive-xetex",
    "node": "apt-get install nodejs npm",
    "pdfmake": NPM,
    "jspdf-autotable": NPM,
    "pdfkit": NPM,
    "docx.js": NPM,
    "react-pdf": NPM,
    "pagedjs": NPM,
    "html-to-docx": NPM,
    "php": "apt-get install php-cli",
    "tcpdf": "apt-get install php-tcpdf",
    "dompdf": "apt-get install php-dompdf",
    "java": "apt-get install default-jdk-headless",
    "itext": "apt-get install libitext5-java",
    "ruby": "apt-get install ruby",
    "prawn": "apt-get install ruby-prawn-table",
    "asciidoctor-pdf": "apt-get install ruby-asciidoctor-pdf",
    "htmldoc": "apt-get install htmldoc",
    "abiword": "apt-get install abiword",
    "xhtml2pdf": "pip install xhtml2pdf",
    "htmldocx": "pip install htmldocx",
    "jasperreports": "pip install --no-deps pyreportjasper",
    "PySide6": "pip install PySide6-Essentials",
    "docxtpl": "pip install docxtpl",
    "mammoth": "pip install mammoth",
    "firefox-esr": "apt-get install firefox-esr",
}
"""How each program is installed: its package name in Debian, PyPI or npm."""

MODULES = frozenset(
    (
        *("weasyprint", "pyphen", "reportlab", "pypdf", "pdfminer", "pymupdf", "docx", "typst"),
        *("fpdf", "xhtml2pdf", "htmldocx", "PySide6", "docxtpl", "mammoth"),
    )
)
_DATES = re.compile(rb"D:\d{14}")
_IDS = re.compile(rb"(/ID *\[ *)<[0-9a-fA-F]{32}>( *)<[0-9a-fA-F]{32}>")
_TIMEOUT = 300


class MissingProgramError(Exception):
    """A program is not installed; the message names it and says how to install it."""


@cache
def is_installed(program: str) -> bool:
    """Whether a program can be used here."""
    if program in FILES:
        return FILES[program].exists()
    if program not in MODULES:
        return shutil.which(program) is not None
    try:
        importlib.import_module(program)
    except (ImportError, OSError):  # OSError: WeasyPrint without its system libraries
        return False
    return True


class Programs:
    """Runs programs; results are kept in a folder if one is given."""

    def __init__(self, cache: Path | None = None) -> None:
        self.cache = cache

    def remembered(self, what: str, data: bytes, make: Callable[[], bytes]) -> bytes:
        """What `make` returns, from the cache if `what` was made from the same data before."""
        if self.cache is None:
            return make()
        digest = hashlib.sha256(what.encode() + b"\0" + data).hexdigest()
        path = self.cache / digest[:2] / digest
        if not path.is_file():
            path.parent.mkdir(parents=True, exist_ok=True)
            part = path.with_suffix(f".{os.getpid()}")
            part.write_bytes(make())
            part.replace(path)
        return path.read_bytes()

    def run(self, command: str, source: str, target: str, data: bytes) -> bytes:
        """Runs a command that reads the file `source` and writes the file `target`.

        Raises:
            MissingProgramError: The program is not installed.
            RuntimeError: It fails.
        """
        program = command.split(maxsplit=1)[0]
        if program != sys.executable:
            need(program)
        words = command.split()
        # A script of ours that has changed draws another file.
        scripts = (Path(word).read_text("utf-8") for word in words if word.startswith(str(HERE)))
        what = "\n".join([command, *scripts])
        return self.remembered(what, data, lambda: _run(words, source, target, data))

    def chromium(self, html: str, options: str = "--no-pdf-header-footer") -> bytes:
        """Prints a page as the browser does; by default with date, title and address."""
        command = (
            "chromium --headless=new --no-sandbox --disable-gpu --disable-dev-shm-usage "
            f"--user-data-dir=profile {options} --print-to-pdf=rapport.pdf rapport.html"
        )
        return self.run(command, "rapport.html", "rapport.pdf", html.encode())

    def weasyprint(self, html: str) -> bytes:
        need("weasyprint")

        def make() -> bytes:
            weasyprint = importlib.import_module("weasyprint")
            return bytes(weasyprint.HTML(string=html).write_pdf(pdf_identifier=b"svarsutdrag"))

        return self.remembered("weasyprint", html.encode(), make)

    def wkhtmltopdf(self, html: str, options: str = "") -> bytes:
        command = f"wkhtmltopdf -q -s A4 {options} rapport.html rapport.pdf"
        return self.run(command, "rapport.html", "rapport.pdf", html.encode())

    def libreoffice(self, data: bytes, source: str, to: str) -> bytes:
        """Opens a file with the extension `source` and saves it.

        Args:
            data: The file.
            source: Its extension.
            to: Extension of the file to save, with LibreOffice's filter name if it needs
                one, as `txt:Text (encoded):UTF8`.
        """
        need("soffice")
        ending = to.partition(":")[0]
        command = ["soffice", "--headless", "--norestore", "--convert-to", to, "--outdir", "ut"]
        if source == "html" and ending != "pdf":
            command.append("--infilter=HTML (StarWriter)")
        command.append(f"rapport.{source}")
        full = [*command, _libreoffice_profile()]
        return self.remembered(
            " ".join(command),
            data,
            lambda: _run(full, f"rapport.{source}", f"ut/rapport.{ending}", data),
        )

    def on_pdf(self, command: str, pdf: bytes) -> bytes:
        """Runs a command that makes `ut.pdf` from `in.pdf`."""
        return self.run(command, "in.pdf", "ut.pdf", pdf)

    def text_of(self, command: str, pdf: bytes) -> bytes:
        """Runs a command that makes `ut.txt` from `in.pdf`."""
        return self.run(command, "in.pdf", "ut.txt", pdf)


def need(program: str) -> None:
    """Raises MissingProgramError if a program is not installed."""
    if not is_installed(program):
        raise MissingProgramError(f"{program} is not installed: {INSTALL[program]}")


@cache
def _libreoffice_profile() -> str:
    """A profile for this process: LibreOffice runs only once per profile."""
    folder = Path(tempfile.gettempdir()) / f"bench-libreoffice-{os.getuid()}-{os.getpid()}"
    return f"-env:UserInstallation={folder.as_uri()}"


def forget_profile() -> None:
    """Removes the LibreOffice profile of this process."""
    folder = Path(tempfile.gettempdir()) / f"bench-libreoffice-{os.getuid()}-{os.getpid()}"
    with suppress(OSError):
        shutil.rmtree(folder)


def _run(command: list[str], source: str, target: str, data: bytes) -> bytes:
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        place = Path(folder)
        (place / source).write_bytes(data)
        done = subprocess.run(
            command, cwd=place, capture_output=True, timeout=_TIMEOUT, check=False, text=True
        )
        made = place / target
        if not made.is_file():
            raise RuntimeError(f"{' '.join(command)} made no {target}: {done.stderr[-500:]}")
        result = made.read_bytes()
    if target.endswith(".pdf"):
        # The same report gives the same bytes, whenever it is rendered.
        result = _DATES.sub(b"D:20250915120000", result)
        one = b"<" + b"0" * 32 + b">"
        result = _IDS.sub(rb"\1" + one + rb"\2" + one, result)
    return result
