"""Reports that pandoc makes of a web page: Word, OpenDocument, and PDF by way of pdflatex."""

from __future__ import annotations

from collections.abc import Callable
from html import escape

from tests.producers.programs import Programs
from tests.producers.typeset.story import Cell, Grid, Look, Paragraph, Story


def to(ending: str) -> Callable[[Story, Look, Programs], bytes]:
    """What makes files of a kind."""

    def render(story: Story, look: Look, programs: Programs) -> bytes:
        # LaTeX breaks no rows, so that a sheet must hold the longest.
        engine = "--pdf-engine=pdflatex -V lang=sv -V papersize=a3" if ending == "pdf" else ""
        target = f"rapport.{ending}"
        command = f"pandoc -f html {engine} -o {target} rapport.html"
        return programs.run(command, "rapport.html", target, _page(story, look).encode())

    return render


def _page(story: Story, look: Look) -> str:
    body = "\n".join(_block(block, look) for block in story.blocks)
    return (
        f"<html lang='sv'><head><title>{escape(story.title)}</title></head><body>"
        f"<p>{escape(story.organisation)}</p>\n{body}</body></html>"
    )


def _block(block: Paragraph | Grid, look: Look) -> str:
    if not isinstance(block, Grid):
        if block.level is not None:
            return f"<h{block.level}>{_words(block.text)}</h{block.level}>"
        return _cell([block])
    widths = "".join(f'<col style="width: {share * 100:.0f}%">' for share in block.shares)
    heads = "".join(f"<th>{_words(head)}</th>" for head in block.heads)
    rows = "\n".join(
        f"<tr>{''.join(f'<td>{_cell(cell)}</td>' for cell in row)}</tr>" for row in block.rows
    )
    return (
        f"<table><colgroup>{widths}</colgroup><thead><tr>{heads}</tr></thead>\n"
        f"<tbody>{rows}</tbody></table>"
    )


def _cell(cell: Cell) -> str:
    return "".join(
        f"<ul><li>{_styled(one)}</li></ul>" if one.item else f"<p>{_styled(one)}</p>"
        for one in cell
    ).replace("</ul><ul>", "")


def _styled(paragraph: Paragraph) -> str:
    words = _words(paragraph.text)
    if paragraph.bold:
        words = f"<strong>{words}</strong>"
    return f"<em>{words}</em>" if paragraph.italic else words


def _words(text: str) -> str:
    return escape(text, quote=False).replace("\n", "<br>")
