"""How right scans are read: `python -m benchmarks.ocr --boards 2 --cache /tmp/ocr`.

Boards of the generator are drawn as PDF and scanned in several ways. Each is also read as the PDF
that it was, so that what recognition costs is told from what layout costs.
"""

from __future__ import annotations

import hashlib
import pickle
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import click
from rapidfuzz.distance import Levenshtein

from extractors.extract import extract_bytes
from extractors.ocr import engine as tesseract
from extractors.ocr.hocr import ReadWord
from extractors.ocr.picture import Grey
from extractors.options import Options
from extractors.rules import builtin_forms
from extractors.themes import builtin_taxonomy
from models.report import Answer, Report, Status
from pipeline.evaluation.alignment import align
from pipeline.evaluation.compare import doubted
from tests.generator import make_board, render
from tests.generator.kinds import PDF_LAYOUTS
from tests.generator.scans import CLEAN_200, CLEAN_300, GREY_200, OFFICE, ScanStyle, scanned

STYLES: dict[str, ScanStyle | None] = {
    "as PDF": None,
    "clean 300 dpi": CLEAN_300,
    "clean 200 dpi": CLEAN_200,
    "askew, noisy, JPEG": OFFICE,
    "grey 200 dpi, JPEG": GREY_200,
}
FIELDS = ("question", "detail", "answer", "comment")
LETTERS_WRONG = 0.08
"""A field is right but for letters if no more of its letters differ, or three."""


@dataclass
class Count:
    """What was counted of some reports."""

    rows: int = 0
    exact: int = 0
    placed: int = 0
    lost: int = 0
    false: int = 0
    wrong_codes: int = 0
    silent_codes: int = 0
    silent_rows: int = 0
    doubted: int = 0
    letters: dict[str, int] = field(default_factory=lambda: dict.fromkeys(FIELDS, 0))
    wrong: dict[str, int] = field(default_factory=lambda: dict.fromkeys(FIELDS, 0))
    notes: list[str] = field(default_factory=list)

    def add(self, gold: Report, found: Report) -> None:
        """Counts a report."""
        for expected, answer in align(gold.answers, found.answers):
            self.rows += expected is not None
            self.lost += answer is None
            self.false += expected is None
            if expected is None or answer is None:
                if expected is not None:
                    for name in FIELDS:
                        self.letters[name] += len(_text(expected, name))
                        self.wrong[name] += len(_text(expected, name))
                    self.note(gold, "lost", expected.key, expected.question)
                self.silent_codes += found.status is Status.OK and answer is None
                continue
            self._add_row(gold, expected, answer)

    def _add_row(self, gold: Report, expected: Answer, answer: Answer) -> None:
        near = expected.section == answer.section
        exact = near
        doubt = doubted(answer)
        self.doubted += doubt
        for name in FIELDS:
            ours, truth = _text(answer, name), _text(expected, name)
            wrong = Levenshtein.distance(ours, truth)
            self.letters[name] += len(truth)
            self.wrong[name] += wrong
            near &= wrong <= max(3, LETTERS_WRONG * len(truth))
            exact &= ours == truth
            if wrong > max(3, LETTERS_WRONG * len(truth)):
                self.note(gold, f"{name} ({'doubted' if doubt else 'SILENT'})", ours, truth)
        wrong_code = answer.code != expected.code
        self.exact += exact
        self.placed += near and not wrong_code
        self.wrong_codes += wrong_code
        self.silent_codes += wrong_code and not doubt
        self.silent_rows += not exact and not doubt
        if not exact and not doubt:
            for name in FIELDS:
                if _text(answer, name) != _text(expected, name):
                    self.note(gold, f"silent {name}", _text(answer, name), _text(expected, name))
        if wrong_code:
            kind = "code" if doubt else "SILENT CODE"
            self.note(gold, kind, f"{answer.code} {answer.flags}", f"{expected.code} {answer.key}")

    def note(self, gold: Report, kind: str, ours: str, truth: str) -> None:
        """Remembers what went wrong."""
        self.notes.append(f"{gold.source}: {kind}\n    read  {ours!r}\n    truth {truth!r}")


def _text(answer: Answer, name: str) -> str:
    return re.sub(r"\s+", " ", getattr(answer, name))


class KeptEngine:
    """Tesseract whose results are kept on disk, so that only what is new is read."""

    def __init__(self, engine: tesseract.Engine, folder: Path) -> None:
        self._engine = engine
        self._folder = folder
        folder.mkdir(parents=True, exist_ok=True)

    def words(self, grey: Grey, dpi: int) -> list[ReadWord]:
        """Returns the words of a picture, read now or before."""
        digest = hashlib.sha256(grey.tobytes() + str((grey.shape, dpi)).encode()).hexdigest()
        file = self._folder / digest
        if file.exists():
            kept: list[ReadWord] = pickle.loads(file.read_bytes())
            return kept
        words = self._engine.words(grey, dpi)
        file.write_bytes(pickle.dumps(words))
        return words


def counts(
    names: Sequence[str], kinds: Sequence[str], seeds: range, pages: int, options: Options
) -> Iterator[tuple[str, Count]]:
    """Yields what was counted of each way of scanning."""
    forms, taxonomy = builtin_forms(), builtin_taxonomy()
    for name in names:
        style = STYLES[name]
        count = Count()
        for number, seed in enumerate(seeds):
            kind = kinds[number % len(kinds)]
            board = render(make_board(seed), kind, seed)
            data = board.data
            if style is not None:
                data = scanned(data, style, seed, range(pages) if pages else None)
            found = extract_bytes(data, board.name, forms, taxonomy, options=options)
            count.add(board.truth, found)
        yield name, count


def by_turns(
    kinds: Sequence[str], seeds: range, pages: int, options: Options
) -> Iterator[tuple[str, Count]]:
    """Yields what was counted of each board: clean and askew by turns, each layout in both ways."""
    forms, taxonomy = builtin_forms(), builtin_taxonomy()
    for at, seed in enumerate(seeds):
        kind = kinds[(at + at // len(kinds)) % len(kinds)]
        style = (CLEAN_300, OFFICE)[at % 2]
        board = render(make_board(seed), kind, seed)
        data = scanned(board.data, style, seed, range(pages) if pages else None)
        count = Count()
        count.add(board.truth, extract_bytes(data, board.name, forms, taxonomy, options=options))
        yield f"{seed} {kind[4:]} {'askew' if at % 2 else 'clean'}", count


def percent(part: float, whole: float) -> str:
    return f"{100 * part / whole:.2f}" if whole else "-"


@click.command(epilog="Example: python -m benchmarks.ocr --boards 2 --cache /tmp/ocr")
@click.option("--boards", default=3, show_default=True, help="Boards whose reports are scanned.")
@click.option("--seed", default=700, show_default=True, help="Seed of the first board.")
@click.option("--style", "styles", multiple=True, help="Only these ways; all of them by default.")
@click.option("--kind", "kinds", multiple=True, help="Only these layouts, by turns; else all.")
@click.option("--pages", default=0, help="Only the first pages of each report; 0 for all.")
@click.option("--by-turns", "turns", is_flag=True, help="Each board once, clean or askew by turns.")
@click.option("--threads", default=1, show_default=True, help="Pages read side by side.")
@click.option("--cache", type=click.Path(path_type=Path), help="Keep what Tesseract read here.")
@click.option("--notes", type=click.Path(path_type=Path), help="Write what went wrong here.")
def main(
    boards: int,
    seed: int,
    styles: tuple[str, ...],
    kinds: tuple[str, ...],
    pages: int,
    turns: bool,
    threads: int,
    cache: Path | None,
    notes: Path | None,
) -> None:
    """Counts rows and letters that are read wrong in scans."""
    engine = tesseract.engine()
    if engine is None:
        raise click.UsageError(f"Tesseract is missing: {tesseract.INSTALL}.")
    if cache is not None:
        kept, version = KeptEngine(engine, cache), tesseract.version()
        tesseract.engine = lambda: kept
        tesseract.version = lambda: version
    layouts = kinds or [f"pdf-{layout}" for layout in PDF_LAYOUTS]
    columns = ["rows", "exact %", "placed %", "lost", "false", "codes wrong", "silent"]
    columns += ["silent rows", "doubted"]
    click.echo(f"{'scan':<24}" + "".join(f"{name:>12}" for name in (*columns, *FIELDS)))
    told = []
    seeds = range(seed, seed + boards)
    options = Options(ocr_threads=threads)
    found = by_turns(layouts, seeds, pages, options) if turns else None
    for name, count in found or counts(styles or list(STYLES), layouts, seeds, pages, options):
        cells = [str(count.rows), percent(count.exact, count.rows)]
        cells += [percent(count.placed, count.rows), str(count.lost), str(count.false)]
        cells += [str(count.wrong_codes), str(count.silent_codes), str(count.silent_rows)]
        cells += [str(count.doubted)]
        cells += [percent(count.letters[f] - count.wrong[f], count.letters[f]) for f in FIELDS]
        click.echo(f"{name:<24}" + "".join(f"{cell:>12}" for cell in cells))
        told += [f"== {name}", *count.notes]
        if notes is not None:
            notes.write_text("\n".join(told) + "\n", encoding="utf-8")
    click.echo("\nplaced: right but for letters; the last columns: per cent of the letters right.")


if __name__ == "__main__":
    main()
