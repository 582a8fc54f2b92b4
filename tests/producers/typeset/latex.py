"""Reports set by LaTeX with longtable, by pdflatex or xelatex.

Rows move whole to the next page, which must hold the longest, so sheets are A3.
"""

from __future__ import annotations

from itertools import groupby

from tests.producers.programs import Programs
from tests.producers.typeset.story import Cell, Grid, Look, Paragraph, Story

ESCAPES = str.maketrans(
    {
        "\\": r"\textbackslash{}",
        "~": r"\textasciitilde{}",
        "^": r"\textasciicircum{}",
        **{letter: "\\" + letter for letter in "&%$#_{}"},
    }
)
SUPERIORS = "".join(
    rf"\DeclareUnicodeCharacter{{00{code}}}{{\text{name}superior}}"
    for code, name in (("B9", "one"), ("B2", "two"), ("B3", "three"))
)
LEVELS = ("section", "subsection", "subsubsection", "paragraph")


def render(story: Story, look: Look, programs: Programs) -> bytes:
    """A font of the system is for xelatex; LaTeX's own are set by pdflatex."""
    program = "xelatex" if look.font else "pdflatex"
    source = _settings(story, look) + "\n\n".join(_block(block, look) for block in story.blocks)
    command = f"{program} -interaction=batchmode rapport.tex"
    return programs.run(
        command, "rapport.tex", "rapport.pdf", f"{source}\n\\end{{document}}".encode()
    )


def _settings(story: Story, look: Look) -> str:
    fonts = (
        rf"\usepackage{{fontspec}}\setmainfont{{{look.font}}}"
        if look.font
        else r"\usepackage[T1]{fontenc}\usepackage{lmodern,textcomp,microtype}" + SUPERIORS
    )
    landscape = ",landscape" if look.wide else ""
    size = round(look.size)
    return rf"""\documentclass[{max(size, 10)}pt,a3paper{landscape}]{{article}}
{fonts}
\usepackage[swedish]{{babel}}\usepackage[margin=2.2cm]{{geometry}}
\usepackage{{longtable,array,booktabs,xcolor,colortbl,fancyhdr,titlesec,enumitem}}
\titleformat{{\paragraph}}[block]{{\bfseries}}{{}}{{0pt}}{{}}
\setcounter{{secnumdepth}}{{0}}\setlength{{\parindent}}{{0pt}}\setlength{{\parskip}}{{{look.gap}pt}}
\setlist{{nosep,leftmargin=*}}\renewcommand{{\arraystretch}}{{1.2}}\setlength{{\LTleft}}{{0pt}}
\pagestyle{{fancy}}\fancyhf{{}}\lhead{{\footnotesize {_words(story.title)}}}
\cfoot{{\footnotesize Sida \thepage}}
\newcolumntype{{L}}[1]{{>{{{_start(look)}}}p{{#1}}}}
\begin{{document}}
\vspace*{{5cm}}{{\LARGE\bfseries {_words(story.title)}\par}} {_words(story.organisation)}
\clearpage
"""


def _start(look: Look) -> str:
    small = r"\small" if look.size < 10 else ""
    ragged = "" if look.justified else r"\raggedright"
    return rf"{small}{ragged}\setlength{{\parskip}}{{{look.gap}pt}}\arraybackslash"


def _block(block: Paragraph | Grid, look: Look) -> str:
    if isinstance(block, Grid):
        return _table(block, look)
    if block.level is not None:
        return rf"\{LEVELS[block.level - 1]}{{{_words(block.text)}}}"
    return _cell([block])


def _table(grid: Grid, look: Look) -> str:
    bar = "|" if look.rules == "grid" else ""
    widths = [f"{share - 0.03:.3f}" for share in grid.shares]
    columns = bar.join(rf"L{{{width}\linewidth}}" for width in widths)
    top, below, between, bottom = {
        "grid": (r"\hline", r"\hline", r"\hline", ""),
        "lines": (r"\toprule", r"\midrule", r"\midrule", ""),
        "none": (r"\toprule", r"\midrule", r"\addlinespace[8pt]", r"\bottomrule"),
        "zebra": (r"\rowcolor{gray!30}", "", "", ""),
    }[look.rules]
    head = " & ".join(rf"\textbf{{{_words(head)}}}" for head in grid.heads) + r" \\"
    rows = []
    for number, row in enumerate(grid.rows):
        colour = r"\rowcolor{gray!12}" if look.rules == "zebra" and number % 2 else ""
        rows.append(colour + " & ".join(map(_cell, row)) + rf" \\ {between}")
    ends = r"\endhead" if look.repeat_heads else r"\endfirsthead"
    return "\n".join(
        [
            rf"\begin{{longtable}}{{{bar}{columns}{bar}}}",
            f"{top} {head} {below} {ends}",
            *rows,
            bottom,
            r"\end{longtable}",
        ]
    )


def _cell(cell: Cell) -> str:
    parts = []
    for is_item, paragraphs in groupby(cell, lambda paragraph: paragraph.item):
        texts = [_styled(paragraph) for paragraph in paragraphs]
        if is_item:
            items = " ".join(rf"\item {text}" for text in texts)
            parts.append(rf"\begin{{itemize}}{items}\end{{itemize}}")
        else:
            parts.append("\\par ".join(texts))
    return "\\par ".join(parts)


def _styled(paragraph: Paragraph) -> str:
    words = _words(paragraph.text)
    if paragraph.bold:
        words = rf"\textbf{{{words}}}"
    return rf"\emph{{{words}}}" if paragraph.italic else words


def _words(text: str) -> str:
    # LaTeX turns two hyphens in a row into a dash.
    return text.translate(ESCAPES).replace("--", "-{}-").replace("\n", r"\newline ")
