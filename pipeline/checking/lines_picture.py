"""The source lines of an answer as an image: numbered, coloured by role, mentions marked."""

from __future__ import annotations

from collections.abc import Sequence

from PIL import Image, ImageDraw

from models.report import Answer, Report, Role
from pipeline.checking.colours import GREY, Colour, span_colour, theme_colours
from pipeline.checking.drawing import MARGIN, WHITE, field_entries, font, legend, under
from pipeline.checking.locate import Char, locate
from pipeline.checking.shown import place, visible
from pipeline.checking.source_lines import SourceLine

SIZE = 16
"""Font size in pixels."""

LEADING = 24
"""Line height in pixels."""

WIDEST = 110
"""Characters at which a long line is wrapped (a paragraph of a Word file is one line)."""

Letter = tuple[str, Colour, Colour | None]
"""A character with its colour and its theme's background."""

Groups = dict[tuple[int, int], str]
"""Theme group of each character in a mention, by line number and column."""


def lines_picture(report: Report, answer: Answer, lines: Sequence[SourceLine]) -> Image.Image:
    """Returns the lines as an image with a legend."""
    groups = mention_groups(report, answer, lines)
    colours = theme_colours(report)
    grounds = {where: colours[group] for where, group in groups.items()}
    rows = [row for line in lines for row in _rows(line, grounds)]
    step = font(SIZE).getlength("n")
    gutter = round(step * len(str(lines[-1].number if lines else 0))) + 2 * MARGIN
    longest = round(step * max((len(letters) for _, letters in rows), default=0))
    size = (max(720, gutter + longest + MARGIN), LEADING * len(rows) + 2 * MARGIN)
    picture = Image.new("RGB", size, WHITE)
    draw = ImageDraw.Draw(picture)
    for n, (number, letters) in enumerate(rows):
        y = MARGIN + n * LEADING
        draw.text((gutter - MARGIN, y), number, GREY, font(SIZE), anchor="ra")
        for column, (char, colour, ground) in enumerate(letters):
            x = gutter + column * step
            if ground:
                draw.rectangle((x, y - 2, x + step, y + LEADING - 6), fill=ground)
            draw.text((x, y), char, colour, font(SIZE))
    where = place(None, None, answer.line_first, answer.line_last)
    entries = field_entries() + [(g, colours[g]) for g in sorted(set(groups.values()))]
    return under(
        legend(picture.width, f"{answer.key} · {where} · {report.source}", entries), picture
    )


def mention_groups(report: Report, answer: Answer, lines: Sequence[SourceLine]) -> Groups:
    """Locates the theme mentions of an answer in the lines."""
    chars = []
    for line in lines:
        column = 0
        for span in line.spans:
            if span.own and span.role == Role.COMMENT:
                chars += [
                    Char(letter, (line.number, column + n)) for n, letter in enumerate(span.text)
                ]
            column += len(span.text)
    mentions = [m for m in report.themes if m.position == answer.position]
    groups: Groups = {}
    for mention, places in locate(answer.comment, mentions, chars):
        for number in {number for number, _ in places}:
            columns = [column for line, column in places if line == number]
            for column in range(min(columns), max(columns) + 1):
                groups[number, column] = mention.group
    return groups


def _rows(
    line: SourceLine, grounds: dict[tuple[int, int], Colour]
) -> list[tuple[str, list[Letter]]]:
    """Wraps a line into rows of at most `WIDEST` characters; the first has the line number."""
    source = [(char, span_colour(span)) for span in line.spans for char in span.text]
    letters: list[Letter] = []
    for at, (char, colour) in enumerate(source):
        ground = grounds.get((line.number, at))
        letters += [(shown, colour, ground) for shown in visible(char)]
    rows: list[tuple[str, list[Letter]]] = []
    at = 0
    for end in _ends("".join(char for char, *_ in letters)):
        rows.append(("" if rows else str(line.number), letters[at:end]))
        at = end
    return rows


def _ends(text: str) -> list[int]:
    """Where rows of at most `WIDEST` characters end: after a blank if there is one."""
    ends, at = [], 0
    while len(text) - at > WIDEST:
        blank = text.rfind(" ", at + 1, at + WIDEST)
        at = blank + 1 if blank > 0 else at + WIDEST
        ends.append(at)
    return [*ends, len(text)]
