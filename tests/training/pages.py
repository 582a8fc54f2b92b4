"""Reports from which rows on pages are learned: real producers with random looks.

What the bench of producers holds out (`tests/producers/variants.py`) is never drawn here: neither
WeasyPrint, nor its style `ledger`, nor the questionnaire `HELD_OUT`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from random import Random

from reportlab.platypus.doctemplate import LayoutError

from models.report import Report
from tests.generator import make_board, render
from tests.generator.content import Row, Table, Truth, plain_bullets
from tests.generator.kinds import PDF_LAYOUTS
from tests.generator.questionnaire import VARIANTS
from tests.producers import dumps
from tests.producers.html import MARKS, Look, render_html
from tests.producers.platypus import COMMANDS, PlatypusLook, render_platypus
from tests.producers.platypus import varied as varied_platypus
from tests.producers.programs import Programs
from tests.producers.word_docs import WordLook, render_word

HELD_OUT = VARIANTS - 1
"""The questionnaire that is held out for the score."""

_ENGINES = (
    *("chromium",) * 4,
    *("own",) * 5,
    *("platypus",) * 2,
    *("html",) * 3,
    *("wkhtmltopdf",) * 2,
    *("word",) * 2,
)
_FONTS = ("Liberation Sans", "Liberation Serif", "DejaVu Sans", "C059", "Nimbus Sans")


@dataclass(frozen=True)
class Sample:
    """A report whose truth is known.

    Attributes:
        name: Producer and seed.
        group: The producer, with "-layout" for a dump of its pages.
        data: The file.
        suffix: Its extension.
        truth: Its true content.
    """

    name: str
    group: str
    data: bytes
    suffix: str
    truth: Report


def samples(seeds: range, cache: Path, *, held_out: bool = False) -> Iterator[Sample]:
    """Yields a report for each seed, and the dump of its pages with `pdftotext -layout`."""
    programs = Programs(cache)
    for seed in seeds:
        random = Random(f"pages {seed}")
        variant = HELD_OUT if held_out else random.randrange(HELD_OUT)
        board = varied(make_board(seed, variant=variant), random)
        engine = random.choice(_ENGINES)
        if engine == "own":
            kind = f"pdf-{random.choice(PDF_LAYOUTS)}"
            # Narrow type areas have many page breaks.
            narrow = {"margin": random.choice([110, 140, 165])} if random.random() < 0.4 else {}
            pdf = render(board, kind, seed, **narrow).data
            drawn = render(board, "dump-layout", seed)
            yield Sample(f"drawn-{seed}", "drawn-layout", drawn.data, ".txt", drawn.truth)
        elif engine == "platypus":
            try:
                pdf = render_platypus(board, _platypus(random))
            except LayoutError:
                continue  # reportlab cannot split a row that is as high as its page
        elif engine == "word":
            pdf = programs.libreoffice(render_word(board, _word(random), random), "docx", "pdf")
        else:
            page = html(board, random)
            if engine == "html":
                pdf = programs.libreoffice(page.encode(), "html", "pdf:writer_web_pdf_Export")
            else:
                pdf = getattr(programs, engine)(page)
        truth = plain_bullets(board).report(source=f"{seed}")
        yield Sample(f"{engine}-{seed}", engine, pdf, ".pdf", truth)
        dump = dumps.TOOLS["pdftotext-layout"](pdf, programs)
        yield Sample(f"{engine}-{seed}-layout", f"{engine}-layout", dump, ".txt", truth)


def varied(truth: Truth, random: Random) -> Truth:
    """Returns a report with more blank answers and other habits than the generator's boards."""
    blank = random.choice([0.0, 0.0, 0.05, 0.2])
    silent = random.choice([0.0, 0.0, 0.2, 0.5])
    bare = random.choice([0.0, 0.0, 0.3, 1.0])
    numbered, unasked = random.random() < 0.15, random.random() < 0.1

    def change(row: Row) -> Row:
        question = row.question
        if numbered and row.ref and not question[0].isdigit():
            question = f"{row.ref} {question}"
        if unasked:
            question = question.replace("?", ".")
        return replace(
            row,
            question=question,
            detail=() if random.random() < bare else row.detail,
            answer="" if random.random() < blank else row.answer,
            comment=() if random.random() < silent else row.comment,
        )

    blocks = tuple(
        replace(block, rows=tuple(map(change, block.rows))) if isinstance(block, Table) else block
        for block in truth.blocks
    )
    return replace(truth, blocks=blocks)


def html(board: Truth, random: Random) -> str:
    """Returns a report as HTML with a random look."""
    page = render_html(board, _look(random))
    return page.replace("</style>", f"{_style(random)}</style>")


def _look(random: Random) -> Look:
    return Look(
        rules=random.choice(["grid", "none", "none", "lines", "zebra", "dark", "gaps"]),
        font=random.choice(_FONTS),
        size=random.choice([8, 8.5, 9, 10, 10.5, 11, 12]),
        leading=random.choice([1.1, 1.2, 1.25, 1.4, 1.6]),
        page=random.choice(["A4", "A4", "A4 landscape", "A5", "letter", "210mm 130mm"]),
        margin=random.choice(["12mm", "20mm", "25mm"]),
        padding=random.choice([1, 2, 4, 6, 9]),
        question=random.choice([30, 38, 44, 50, 56]),
        three=random.random() < 0.35,
        cards=random.random() < 0.05,
        blocks=random.random() < 0.08,
        repeat_heads=random.random() < 0.6,
        whole_rows=random.random() < 0.15,
        bold_questions=random.random() < 0.6,
        mark=random.choice(["none", "none", *MARKS]),
        mark_blank=random.random() < 0.3,
        paragraphs="br" if random.random() < 0.15 else "p",
        gap=random.choice([2, 4, 6, 9, 12]),
        lists="marked" if random.random() < 0.3 else "typed",
        align="justify" if random.random() < 0.15 else "left",
        contents=random.random() < 0.2,
        title_page=random.random() < 0.6,
        running_head=random.random() < 0.6,
        numbering=random.choice(['counter(page) " (" counter(pages) ")"', "counter(page)", ""]),
    )


def _style(random: Random) -> str:
    """Returns CSS rules that override those of the look."""
    upright = random.choice(["top"] * 6 + ["middle", "middle", "bottom"])
    found = [f"th, td {{ vertical-align: {upright}; }}"]
    if random.random() < 0.2:
        only = random.choice(["middle", "bottom", "top"])
        found.append(f".three td:nth-child(2) {{ vertical-align: {only}; }}")
    if random.random() < 0.25:
        shift = random.choice([1, 2, 3, 5, 8])
        found.append(f"td + td {{ padding-top: {shift}pt; }}")
    if random.random() < 0.2:
        found.append(f"td {{ padding-bottom: {random.choice([6, 10, 18])}pt; }}")
    if random.random() < 0.12:
        found.append(".question { display: block; border-bottom: 0.6pt solid #888; }")
    elif random.random() < 0.08:
        found.append("td:first-child p + p { border-top: 0.5pt solid #aaa; }")
    if random.random() < 0.1:
        found.append("td + td p { background: #fff4d6; }")
    if random.random() < 0.08:
        found.append(".question { display: block; background: #e4ecf5; }")
    if random.random() < 0.1:
        found.append("table { border: 1pt solid #000; }")
    if random.random() < 0.1:
        found.append("td + td { border-left: 0.5pt solid #777; }")
    if random.random() < 0.08:
        found.append("tr { height: 60pt; }")
    if random.random() < 0.1:
        found.append(".question { font-style: italic; }")
    if random.random() < 0.1:
        found.append(".three td:nth-child(2) { text-align: center; }")
    if random.random() < 0.3:
        found.append(f"p {{ orphans: {random.randint(1, 4)}; widows: {random.randint(1, 4)}; }}")
    if random.random() < 0.1:
        found.append(f"td {{ font-size: {random.choice([0.85, 0.9, 1.05])}em; }}")
    return "\n".join(found)


def _platypus(random: Random) -> PlatypusLook:
    look = PlatypusLook(
        rules=random.choice(list(COMMANDS)),
        font=random.choice(["Helvetica", "Times-Roman"]),
        wide=random.random() < 0.2,
        three=random.random() < 0.3,
        repeat_heads=random.random() < 0.6,
        justified=random.random() < 0.2,
    )
    return varied_platypus(look, random)


def _word(random: Random) -> WordLook:
    return replace(
        WordLook(),
        table_style=random.choice(["Table Grid", "", "Light List", "Light Grid"]),
        font=random.choice(["Liberation Serif", "Liberation Sans"]),
        size=random.choice([9.5, 10.5, 11]),
        three=random.random() < 0.4,
        lists=random.random() < 0.3,
        repeat_heads=random.random() < 0.5,
        running=random.random() < 0.7,
        mark=random.choice(["", "", "☒ "]),
    )
