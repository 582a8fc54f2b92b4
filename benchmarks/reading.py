"""How fast reports are read, beside what other tools need for less: `python -m benchmarks.reading`.

All figures come from one run on the same generated files, so that they are compared as ratios and
not as seconds: machines differ. Start-up is left out of the table and given for itself.
"""

from __future__ import annotations

import ctypes
import io
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from unittest.mock import patch

import click
import pdfplumber
import pypdfium2 as pdfium
from pypdfium2 import raw

from extractors import extract, themes
from extractors.readers import pdfium as pdfium_reader
from extractors.readers import plumber as plumber_reader
from extractors.rules import builtin_forms
from tests.generator import KINDS, Rendered, make_board, render

PDF_KINDS = tuple(kind for kind in KINDS if kind.startswith("pdf"))
STAGES = (
    ("read", extract, "read_document"),
    ("layout", extract, "arrange"),
    ("structure", extract, "build"),
    ("themes", themes, "tag"),
)
MEMORY_RUN = """
import sys
from pathlib import Path
from extractors.extract import extract
from extractors.rules import builtin_forms
from extractors.themes import builtin_taxonomy
forms, taxonomy = builtin_forms(), builtin_taxonomy()
def peak():
    # Not getrusage: its figure starts with the peak of the process that started this one.
    for line in Path("/proc/self/status").read_text().splitlines():
        if line.startswith("VmHWM"):
            return int(line.split()[1]) // 1024
for path in sys.argv[1:]:
    report = extract(Path(path), forms, taxonomy)
    print(report.pages, len(report.answers), peak())
"""


Work = Callable[[Sequence[Rendered]], None]


def seconds(work: Work, reports: Sequence[Rendered], rounds: int) -> float:
    """Returns the minimum processor time of some rounds, least affected by other work."""
    return min(_once(work, reports) for _ in range(rounds))


def seconds_by_turns(reports: Sequence[Rendered], rounds: int) -> dict[str, float]:
    """Returns the processor time of each of `WORK`: the sum of the least times of each report.

    The works take turns on each report, so that what slows the machine for a while slows all.
    """
    sums: dict[str, float] = dict.fromkeys((name for name, _, _ in WORK), 0.0)
    for report in reports:
        best: dict[str, float] = {}
        for turn in range(rounds):
            for name, work, slow in WORK:
                if not slow or not turn:
                    best[name] = min(best.get(name, float("inf")), _once(work, [report]))
        for name, value in best.items():
            sums[name] += value
    return sums


def _once(work: Work, reports: Sequence[Rendered]) -> float:
    start = time.process_time()
    work(reports)
    return time.process_time() - start


def whole(reports: Sequence[Rendered]) -> None:
    """Bytes to finished reports with themes."""
    forms, taxonomy = builtin_forms(), themes.builtin_taxonomy()
    for report in reports:
        extract.extract_bytes(report.data, report.name, forms, taxonomy)


def bare_text(reports: Sequence[Rendered]) -> None:
    """Only pdfium's text of each page, in one call per page."""
    for report in reports:
        document = raw.FPDF_LoadMemDocument64(report.data, len(report.data), None)
        for index in range(raw.FPDF_GetPageCount(document)):
            page = raw.FPDF_LoadPage(document, index)
            text_page = raw.FPDFText_LoadPage(page)
            count = raw.FPDFText_CountChars(text_page)
            buffer = (ctypes.c_ushort * (count + 1))()
            raw.FPDFText_GetText(text_page, 0, count, buffer)
            bytes(buffer).decode("utf-16-le", "replace")
            raw.FPDFText_ClosePage(text_page)
            raw.FPDF_ClosePage(page)
        raw.FPDF_CloseDocument(document)


def plumber_words(reports: Sequence[Rendered]) -> None:
    """Words of each page by pdfplumber."""
    for report in reports:
        with pdfplumber.open(io.BytesIO(report.data)) as document:
            for page in document.pages:
                page.extract_words()
                page.close()


def plumber_tables(reports: Sequence[Rendered]) -> None:
    """Tables of each page by pdfplumber."""
    for report in reports:
        with pdfplumber.open(io.BytesIO(report.data)) as document:
            for page in document.pages:
                page.extract_tables()
                page.close()


def camelot_tables(reports: Sequence[Rendered]) -> None:
    """Tables of each page by camelot, as it finds them by itself."""
    import camelot  # noqa: PLC0415 - not one of the project's packages

    with tempfile.TemporaryDirectory() as folder:
        for report in reports:
            path = Path(folder) / report.name
            path.write_bytes(report.data)
            camelot.read_pdf(str(path), pages="all", flavor="lattice", suppress_stdout=True)


def first_reader(reports: Sequence[Rendered]) -> None:
    """Bytes to documents by the first reader."""
    for report in reports:
        pdfium_reader.read(report.data)


def second_reader(reports: Sequence[Rendered]) -> None:
    """Bytes to documents by the second reader."""
    for report in reports:
        plumber_reader.read(report.data)


WORK: tuple[tuple[str, Work, bool], ...] = (
    ("whole", whole, False),
    ("pdfium reader", first_reader, False),
    ("plumber reader", second_reader, True),
    ("bare text", bare_text, False),
    ("words", plumber_words, True),
    ("tables", plumber_tables, True),
)
"""What is timed on PDF: name, function, and whether it is so slow that one round must suffice."""


def pages_of(reports: Sequence[Rendered]) -> int:
    """Returns the pages of PDF files."""
    return sum(len(pdfium.PdfDocument(report.data)) for report in reports)


@contextmanager
def stage_clock() -> Iterator[dict[str, float]]:
    """Yields the seconds spent in each stage, filled while the block runs."""
    spent: dict[str, float] = defaultdict(float)

    def timed(stage: str, work: Callable[..., object]) -> Callable[..., object]:
        def run(*args: object, **options: object) -> object:
            start = time.process_time()
            try:
                return work(*args, **options)
            finally:
                spent[stage] += time.process_time() - start

        return run

    patches = [
        patch.object(module, name, timed(stage, getattr(module, name)))
        for stage, module, name in STAGES
    ]
    for one in patches:
        one.start()
    try:
        yield spent
    finally:
        for one in patches:
            one.stop()


def joined(reports: Sequence[Rendered], pages: int) -> bytes:
    """Returns a PDF of this many pages, made by repeating the reports."""
    result = pdfium.PdfDocument.new()
    sources = [pdfium.PdfDocument(report.data) for report in reports]
    while len(result) < pages:
        for source in sources:
            result.import_pages(source)
    for index in range(len(result) - 1, pages - 1, -1):
        result.del_page(index)
    buffer = io.BytesIO()
    result.save(buffer)
    return buffer.getvalue()


def print_pdf(boards: Sequence[int], rounds: int) -> None:
    """Prints the time per page of each PDF layout, next to that of the other tools."""
    click.echo("PDF, milliseconds a page; in brackets: how many times as long as ours")
    columns = [name for name, _, _ in WORK]
    click.echo(f"{'layout':<16}{'pages':>6}" + "".join(f"{name:>22}" for name in columns))
    sums: dict[str, float] = defaultdict(float)
    total = 0
    for kind in PDF_KINDS:
        reports = [render(make_board(board), kind, board) for board in boards]
        pages = pages_of(reports)
        whole(reports)
        times = seconds_by_turns(reports, rounds)
        total += pages
        for name, value in times.items():
            sums[name] += value
        click.echo(_row(kind, pages, times))
    click.echo(_row("all", total, sums))
    click.echo(
        f"\nWhole report: {sums['words'] / sums['whole']:.1f} times as fast as pdfplumber's words "
        f"alone (goal: 12), {sums['whole'] / sums['bare text']:.1f} times as long as pdfium's bare "
        f"text (goal: at most 6), {total / sums['whole']:.0f} pages a second."
    )


def _row(name: str, pages: int, times: dict[str, float]) -> str:
    own = times["whole"]
    cells = [f"{1000 * value / pages:.2f} ({value / own:.2f})" for value in times.values()]
    return f"{name:<16}{pages:>6}" + "".join(f"{cell:>22}" for cell in cells)


def print_camelot(board: int) -> None:
    """Prints camelot's time on one report, if camelot is installed."""
    if find_spec("camelot") is None:
        click.echo("camelot is not installed, so it is left out.")
        return
    reports = [render(make_board(board), "pdf-ruled", board)]
    ours = seconds(whole, reports, 3)
    theirs = seconds(camelot_tables, reports, 1)
    click.echo(
        f"camelot's tables of a ruled report take {theirs / ours:.0f} times as long as ours."
    )


def print_sources(boards: Sequence[int], rounds: int) -> None:
    """Prints reports per second for each kind of source."""
    click.echo("\nReports a second, bytes to finished report")
    for kind in KINDS:
        reports = [render(make_board(board), kind, board) for board in boards]
        whole(reports)
        click.echo(f"{kind:<16}{len(reports) / seconds(whole, reports, rounds):>8.1f}")


def print_stages(boards: Sequence[int]) -> None:
    """Prints each stage's share of the time, for each kind of source."""
    click.echo("\nShare of the time, per cent")
    names = [stage for stage, _, _ in STAGES]
    click.echo(f"{'source':<16}" + "".join(f"{name:>12}" for name in [*names, "rest"]))
    for kind in KINDS:
        reports = [render(make_board(board), kind, board) for board in boards]
        with stage_clock() as spent:
            total = seconds(whole, reports, 1)
        shares = [spent[name] / total for name in names]
        shares.append(1 - sum(shares))
        click.echo(f"{kind:<16}" + "".join(f"{100 * share:>12.1f}" for share in shares))


def print_process(boards: Sequence[int], pages: int) -> None:
    """Prints start-up and peak memory of separate processes: one report, and a large one."""
    reports = [render(make_board(board), "pdf-ruled", board) for board in boards]
    with tempfile.TemporaryDirectory() as folder:
        small, large = Path(folder) / "small.pdf", Path(folder) / "large.pdf"
        small.write_bytes(reports[0].data)
        large.write_bytes(joined(reports, pages))
        click.echo("\nProcesses of their own: pages, answers, peak MiB, seconds with start-up")
        for path in (small, large):
            start = time.perf_counter()
            done = subprocess.run(
                [sys.executable, "-c", MEMORY_RUN, str(path)],
                check=True,
                capture_output=True,
                text=True,
            )
            click.echo(f"{done.stdout.strip():>20}  {time.perf_counter() - start:.1f} s")


@click.command(epilog="Example: python -m benchmarks.reading --boards 2 --rounds 3")
@click.option("--boards", default=2, show_default=True, help="Boards whose reports are read.")
@click.option("--rounds", default=3, show_default=True, help="Rounds; the shortest counts.")
@click.option("--pages", default=600, show_default=True, help="Pages of the large file.")
@click.option("--seed", default=900, show_default=True, help="Seed of the first board.")
def main(boards: int, rounds: int, pages: int, seed: int) -> None:
    """Measures reading of generated reports, compared with other tools."""
    seeds = range(seed, seed + boards)
    print_pdf(seeds, rounds)
    print_camelot(seed)
    print_sources(seeds, rounds)
    print_stages(seeds)
    print_process(seeds, pages)


if __name__ == "__main__":
    main()
