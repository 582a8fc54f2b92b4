"""The review sheet: one HTML file with each answer beside its source, to print or to send.

It needs no network and runs no script, and says so to the browser. All text is escaped: reports
are written by others.
"""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import escape

from models.report import Answer, Report
from pipeline.checking.colours import FIELD_COLOURS, as_hex, span_colour, theme_colours
from pipeline.checking.marks import runs
from pipeline.checking.sampling import Sample
from pipeline.checking.sheet_words import WORDS
from pipeline.checking.shown import visible
from pipeline.checking.source_lines import SourceLine

STYLE = """
body{font:15px/1.45 system-ui,sans-serif;margin:1.5rem;color:#141414;background:#fff}
article{border-top:2px solid #999;padding:1rem 0;display:grid;gap:1.5rem;
grid-template-columns:minmax(0,3fr) minmax(0,2fr)}
h2{grid-column:1/-1;margin:0;font-size:1.1rem}
img{max-width:100%;border:1px solid #bbb}
dl{margin:0;overflow-wrap:anywhere}dt{color:#555;margin-top:.5rem}dd{margin:0;white-space:pre-wrap}
table{border-collapse:collapse}td,th{padding:.15rem .8rem .15rem 0;text-align:left}
pre{font:13px/1.4 monospace;white-space:pre-wrap;overflow-wrap:anywhere;margin:0}
mark{color:inherit}small,.n{color:#666}
@media print{article{break-inside:avoid}body{margin:0}}
@media(max-width:60rem){article{display:block}}
"""


@dataclass(frozen=True, slots=True)
class Entry:
    """An answer of the sheet with its source.

    Attributes:
        report: Its report.
        answer: The answer.
        picture: A PNG of its pages, or None where the source has no pages or was not found.
        lines: Its source lines where there is no picture.
    """

    report: Report
    answer: Answer
    picture: bytes | None = None
    lines: Sequence[SourceLine] = ()


def sheet(sample: Sample, entries: Iterable[Entry], language: str) -> str:
    """Returns the sheet as HTML, in Swedish (`sv`) or English (`en`)."""
    words = WORDS[language]
    what = words["drawn"].format(
        drawn=len(sample.units), population=sample.population, seed=sample.seed
    )
    if sample.by:
        what += ", " + words["by"].format(by=words[sample.by])
    articles = "".join(_article(n, entry, words) for n, entry in enumerate(entries, 1))
    return (
        f'<!DOCTYPE html>\n<html lang="{language}"><head><meta charset="utf-8">\n'
        '<meta http-equiv="Content-Security-Policy" content="default-src \'none\'; '
        "img-src data:; style-src 'unsafe-inline'\">\n"
        '<meta name="viewport" content="width=device-width">\n'
        f"<title>{words['title']}</title><style>{STYLE}</style></head>\n<body>\n"
        f"<h1>{words['title']}</h1><p>{what}</p>\n{_strata(sample, words)}"
        f"{_legend(words)}{articles}"
        "</body></html>\n"
    )


def _strata(sample: Sample, words: dict[str, str]) -> str:
    if not sample.by:
        return ""
    head = "".join(f"<th>{words[key]}</th>" for key in ("stratum", "population", "in_sample"))
    rows = "".join(
        f"<tr><td>{_text(words.get(s.name, s.name))}</td><td>{s.population}</td>"
        f"<td>{s.drawn}</td></tr>"
        for s in sample.strata
    )
    return f"<table><tr>{head}</tr>{rows}</table>\n"


def _legend(words: dict[str, str]) -> str:
    """What the colours of the boxes and lines stand for."""
    keys = "".join(
        f'<b style="color:{as_hex(FIELD_COLOURS[name])}">■ {words[name]}</b> '
        for name in ("question", "answer", "comment")
    )
    return f"<p>{keys}</p>\n"


def _article(number: int, entry: Entry, words: dict[str, str]) -> str:
    report, answer = entry.report, entry.answer
    board = report.organisation or report.source
    return (
        f"<article><h2>{number}. {_text(board)} · {_text(answer.key)}</h2>\n"
        f"<div>{_source(entry, words)}</div>\n<dl>{_fields(report, answer, words)}</dl></article>\n"
    )


def _source(entry: Entry, words: dict[str, str]) -> str:
    if entry.picture:
        data = b64encode(entry.picture).decode("ascii")
        return f'<img alt="{words["picture"]}" src="data:image/png;base64,{data}">'
    if not entry.lines:
        return f"<p>{words['no_source']}</p>"
    return f"<pre>{''.join(_line(line) for line in entry.lines)}</pre>"


def _line(line: SourceLine) -> str:
    spans = "".join(
        f'<span style="color:{as_hex(span_colour(span))}">{_text(span.text)}</span>'
        for span in line.spans
    )
    return f'<span class="n">{line.number:>5}</span> {spans}\n'


def _fields(report: Report, answer: Answer, words: dict[str, str]) -> str:
    blank = f"<small>{words['blank']}</small>"
    printed = _text(answer.answer) or blank
    code = words.get(answer.code, answer.code)
    fields = [
        ("question", _text(answer.question)),
        ("detail", _text(answer.detail)),
        ("answer", f"{printed} <small>({_text(code)})</small>"),
        ("comment", _comment(report, answer) or blank),
        ("themes", _themes(report, answer, words)),
        ("flags", _text(", ".join(answer.flags))),
        ("confidence", f"{answer.confidence:.2f}"),
        ("source", f"{_text(report.source)}, {_place(answer, words)}"),
        ("verdict", " ".join(f"☐ {words[key]}" for key in ("right", "wrong", "unsure"))),
    ]
    return "".join(f"<dt>{words[name]}</dt><dd>{value}</dd>" for name, value in fields if value)


def _comment(report: Report, answer: Answer) -> str:
    mentions = [m for m in report.themes if m.position == answer.position]
    colours = theme_colours(report)
    return "".join(
        f'<mark style="background:{as_hex(colours[run.mentions[-1].group])}">'
        f"{_text(run.text)}</mark>"
        if run.mentions
        else _text(run.text)
        for run in runs(answer.comment, mentions)
    )


def _themes(report: Report, answer: Answer, words: dict[str, str]) -> str:
    return "<br>".join(
        f"{_text(m.surface)}: {_text(m.theme)}, {words[m.assertion]}"
        + (f" ({_text(m.cue)})" if m.cue else "")
        for m in report.themes
        if m.position == answer.position
    )


def _place(answer: Answer, words: dict[str, str]) -> str:
    pairs = (
        ("page", answer.page_first, answer.page_last),
        ("line", answer.line_first, answer.line_last),
    )
    for name, first, last in pairs:
        if first is not None:
            alone = last in (None, first)
            return f"{words[name]} {first}" if alone else f"{words[name + 's']} {first}–{last}"
    return ""


def _text(text: str) -> str:
    """A text escaped for HTML, with what cannot be seen spelled out."""
    return escape(visible(text), quote=True)
