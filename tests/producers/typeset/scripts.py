"""Reports made by libraries of other languages, each by a script in its language's folder."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from pathlib import Path

from tests.producers.programs import FILES, Programs, need
from tests.producers.typeset.story import Grid, Look, Paragraph, Story, as_json
from tests.producers.word_docs import fixed

HERE = Path(__file__).parent
ITEXT = "/usr/share/java/itext5.jar"

Render = Callable[[Story, Look, Programs], bytes]


def by_package(package: str, script: str, ending: str = "pdf") -> Render:
    """What runs a script in `node/` that needs a package of npm."""
    return _by_script(package, f"node {HERE / 'node' / script}", ending)


def by_prawn() -> Render:
    return _by_script("prawn", f"ruby {HERE / 'ruby' / 'prawn.rb'}", "pdf")


def _by_script(package: str, program: str, ending: str) -> Render:
    def render(story: Story, look: Look, programs: Programs) -> bytes:
        need(package)
        target = f"rapport.{ending}"
        command = f"{program} rapport.json {target}"
        return programs.run(command, "rapport.json", target, as_json(story, look).encode())

    return render


def by_itext(story: Story, look: Look, programs: Programs) -> bytes:
    """The story drawn by iText, which reads it as lines: Java brings no reader of JSON."""
    need("itext")
    command = f"java -cp {ITEXT} {HERE / 'java' / 'Tables.java'} rapport.txt rapport.pdf"
    source = "\n".join(_as_lines(story, look)).encode()
    return programs.run(command, "rapport.txt", "rapport.pdf", source)


def by_poi(story: Story, look: Look, programs: Programs) -> bytes:
    """The story written by Apache POI, which comes with JasperReports."""
    need("jasperreports")
    libraries = FILES["jasperreports"] / "*"
    command = f"java -cp {libraries} {HERE / 'java' / 'Word.java'} rapport.txt rapport.docx"
    source = "\n".join(_as_lines(story, look)).encode()
    return fixed(BytesIO(programs.run(command, "rapport.txt", "rapport.docx", source)))


def _as_lines(story: Story, look: Look) -> list[str]:
    """Each line a word that says what it is, then its fields, parted by tabs."""

    def text(one: Paragraph) -> str:
        style = f"{'b' * one.bold}{'i' * one.italic}{'l' * one.item}"
        level = "" if one.level is None else str(one.level)
        return f"text\t{style}\t{level}\t{_escaped(one.text)}"

    settings = [look.rules, look.font or "Helvetica", look.size, look.gap, look.padding]
    flags = (look.wide, look.justified, look.repeat_heads, look.whole_rows)
    lines = ["\t".join(["look", *map(str, settings), *(str(int(flag)) for flag in flags)])]
    lines.append(f"title\t{_escaped(story.title)}\t{_escaped(story.organisation)}")
    for block in story.blocks:
        if not isinstance(block, Grid):
            lines.append(text(block))
            continue
        lines.append("\t".join(["table", *(f"{share:.4f}" for share in block.shares)]))
        lines += [f"head\t{_escaped(head)}" for head in block.heads]
        for row in block.rows:
            for number, cell in enumerate(row):
                is_last = number == len(row) - 1
                lines.append(f"cell\t{len(block.shares) - number if is_last else 1}")
                lines += [text(one) for one in cell]
        lines.append("end")
    return lines


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace("\n", "\\n").replace("\t", " ")
