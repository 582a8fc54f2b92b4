"""The review sheet: one HTML file with each answer next to its source, to print or send.

It needs no network and runs no scripts, and enforces this with a content security policy. All
text is escaped, since reports are written by others.
"""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from html import escape

from models.report import Answer, Report
from pipeline.checking.colours import FIELD_COLOURS, as_hex, on_paper, span_colour, theme_colours
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
img{max-width:100%;border:1px solid #bbb;cursor:zoom-in;margin-bottom:.5rem;display:block}
input[id^=p]{position:absolute;opacity:0}input:focus-visible+label img{outline:3px solid #0b57d0}
input:checked+label img{max-width:none;cursor:zoom-out}div{min-width:0;overflow-x:auto}
dl{margin:0;overflow-wrap:anywhere}dt{color:#555;margin-top:.5rem}dd{margin:0;white-space:pre-wrap}
table{border-collapse:collapse}td,th{padding:.15rem .8rem .15rem 0;text-align:left}
pre{font:13px/1.4 monospace;white-space:pre;overflow-x:auto;margin:0}
mark{color:inherit}small,.n{color:#595959}
@media(max-width:60rem){body{margin:.75rem}article{display:block}}
@media print{body{margin:0;font-size:10pt}h2,dt{break-after:avoid}dd,img{break-inside:avoid}
article{display:grid;gap:.5rem;padding:.5rem 0}input[id^=p]{display:none}
img{max-width:100%!important;max-height:24cm}pre{white-space:pre-wrap;font-size:8pt}}
"""


@dataclass(frozen=True, slots=True)
class Entry:
    """An answer of the sheet with its source.

    Attributes:
        report: Its report.
        answer: The answer.
        pictures: A PNG of each of its pages, by number; none if the source has no pages or was not
            found.
            lines: Its source lines if there are no images.
    """

    report: Report
    answer: Answer
    pictures: Mapping[int, bytes] = field(default_factory=dict)
    lines: Sequence[SourceLine] = ()


def sheet(
    sample: Sample, entries: Iterable[Entry], language: str, theme_titles: Mapping[str, str]
) -> str:
    """Returns the sheet as HTML.

    Args:
        sample: How the answers were drawn.
        entries: The answers with their sources.
        language: `sv` or `en`.
        theme_titles: Titles by theme id; a theme without a title is shown by its id.
    """
    words = WORDS[language]
    what = words["drawn"].format(
        drawn=len(sample.units), population=sample.population, seed=sample.seed
    )
    if sample.by:
        what += ", " + words["by"].format(by=words[sample.by])
    articles = "".join(
        _article(n, entry, words, theme_titles) for n, entry in enumerate(entries, 1)
    )
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
    """The key to the colours of boxes and lines."""
    keys = "".join(
        f'<b style="color:{as_hex(on_paper(FIELD_COLOURS[name]))}">■ {words[name]}</b> '
        for name in ("question", "answer", "comment")
    )
    return f"<p>{keys}</p>\n"


def _article(
    number: int, entry: Entry, words: dict[str, str], theme_titles: Mapping[str, str]
) -> str:
    report, answer = entry.report, entry.answer
    board = report.organisation or report.source
    return (
        f"<article><h2>{number}. {_text(board)} · {_text(answer.key)}</h2>\n"
        f"<div>{_source(number, entry, words)}</div>\n"
        f"<dl>{_fields(report, answer, words, theme_titles)}</dl></article>\n"
    )


def _source(number: int, entry: Entry, words: dict[str, str]) -> str:
    if entry.pictures:
        return "".join(
            _picture(f"{number}-{page}", page, data, entry, words)
            for page, data in entry.pictures.items()
        )
    if not entry.lines:
        return f"<p>{words['no_source']}</p>"
    return f"<pre>{''.join(_line(line) for line in entry.lines)}</pre>"


def _picture(name: str, page: int, data: bytes, entry: Entry, words: dict[str, str]) -> str:
    """A page shown at full size on a click or the space bar: a check box, not a script."""
    said = words["picture"].format(
        page=page, source=_text(entry.report.source), key=_text(entry.answer.key)
    )
    image = f"data:image/png;base64,{b64encode(data).decode('ascii')}"
    return (
        f'<input type="checkbox" id="p{name}" aria-label="{words["zoom"]}: {said}">'
        f'<label for="p{name}"><img alt="{said}" src="{image}"></label>'
    )


def _line(line: SourceLine) -> str:
    spans = "".join(
        f'<span style="color:{as_hex(on_paper(span_colour(span)))}">{_text(span.text)}</span>'
        for span in line.spans
    )
    return f'<span class="n">{line.number:>5}</span> {spans}\n'


def _fields(
    report: Report, answer: Answer, words: dict[str, str], theme_titles: Mapping[str, str]
) -> str:
    blank = f"<small>{words['blank']}</small>"
    printed = _text(answer.answer) or blank
    code = words.get(answer.code, answer.code)
    fields = [
        ("question", _text(answer.question)),
        ("detail", _text(answer.detail)),
        ("answer", f"{printed} <small>({_text(code)})</small>"),
        ("comment", _comment(report, answer) or blank),
        ("themes", _themes(report, answer, words, theme_titles)),
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


def _themes(
    report: Report, answer: Answer, words: dict[str, str], theme_titles: Mapping[str, str]
) -> str:
    return "<br>".join(
        f"{_text(m.surface)}: {_text(theme_titles.get(m.theme, m.theme))}, {words[m.assertion]}"
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
    """A text escaped for HTML, with invisible characters spelled out."""
    return escape(visible(text), quote=True)
