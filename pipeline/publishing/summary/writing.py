"""Writing a summary: from the datasets through chapters and figures to the file."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.checking.names import Aliases
from pipeline.checking.selection import Selection, select
from pipeline.errors import WrongUseError
from pipeline.publishing.content import Content, load_content
from pipeline.publishing.facts import Facts, read_facts
from pipeline.publishing.files import Tell, whole_file
from pipeline.publishing.names import ThemeNames, theme_names
from pipeline.publishing.sheets.about import TIME
from pipeline.publishing.summary import answered, reading, themed
from pipeline.publishing.words import Words, words_in

if TYPE_CHECKING:
    from models.taxonomy import Taxonomy
    from pipeline.publishing.summary.model import Chapter, Figure


@dataclass(frozen=True, slots=True)
class Summary:
    """What to write.

    Attributes:
        out: Output folder of `svar run`, or an fsspec address.
        taxonomy: Source of the theme names.
        selection: What to select.
        language: sv or en.
        sentences: Maximum sentences shown per theme.
        previous: Output folder (or fsspec address) of the previous year to compare with, or None.
        boards: The boards that should have answered, with their alternative names, or None.
    """

    out: str
    taxonomy: Taxonomy
    selection: Selection = field(default_factory=Selection)
    language: str = "sv"
    sentences: int = 10
    previous: str | None = None
    boards: Aliases | None = None


def summarise(want: Summary, target: Path, figures: Path | None, tell: Tell) -> int:
    """Writes a summary, and optionally its figures as files; returns its number of answers.

    Args:
        want: The options.
        target: The HTML file.
        figures: Folder for each figure as SVG and PNG, or None.
        tell: Progress callback.

    Raises:
        WrongUseError: There are no datasets, or a file cannot be written.
        UnknownNameError: No report has the section, question or theme.
        NoDatasetsError: The datasets cannot be read.
        VerdictError: A verdict file cannot be used.
    """
    content = load_content(want.out, want.selection)
    facts, words = read_facts(want.out, want.language), words_in(want.language)
    made = chapters(want, content, facts, words)
    drawn = [figure for chapter in made for figure in chapter.figures]
    tick = tell("figures", len(drawn))
    with whole_file(target) as path:
        path.write_text(_page(made, drawn, facts, words, tick), encoding="utf-8", newline="\n")
    if figures is not None:
        _write_figures(drawn, figures)
    return int(content.tables["answers"].num_rows)


def chapters(want: Summary, content: Content, facts: Facts, words: Words) -> list[Chapter]:
    """Returns the chapters of a summary."""
    names = theme_names(want.taxonomy, want.language)
    return [
        reading.brief_chapter(content, facts, words),
        reading.missing_chapter(content, words, want.boards),
        *_compared(want, words, names),
        *answered.answer_chapters(content, words),
        *themed.theme_chapters(content, words, names, want.sentences),
        answered.contradictions_chapter(content, words),
        answered.not_asked_chapter(content, words),
        reading.sure_chapter(content, facts, words),
        reading.about_chapter(content, facts, words),
    ]


def _compared(want: Summary, words: Words, names: ThemeNames) -> list[Chapter]:
    """The chapter on the previous year, if there is one to compare with."""
    if want.previous is None:
        return []
    from pipeline.checking.stored import read_reports  # noqa: PLC0415 - only where used
    from pipeline.checking.years import compare_years  # noqa: PLC0415
    from pipeline.publishing.summary.compared import compared_chapter  # noqa: PLC0415

    old, new = (select(read_reports(out), want.selection) for out in (want.previous, want.out))
    return [compared_chapter(compare_years(old, new, want.boards or Aliases()), words, names)]


def _page(
    made: list[Chapter],
    drawn: list[Figure],
    facts: Facts,
    words: Words,
    tick: Callable[[int], None],
) -> str:
    from pipeline.publishing.summary.drawing import as_svg  # noqa: PLC0415 - loads an engine
    from pipeline.publishing.summary.page import page  # noqa: PLC0415

    pictures = {}
    for figure in drawn:
        pictures[figure.id] = as_svg(figure)
        tick(1)
    subtitle = words.summary["subtitle"].format(
        made=facts.made.strftime(TIME),
        folder=facts.folder,
        run=facts.run.strftime(TIME) if facts.run else "–",
    )
    return page(made, pictures, words, subtitle)


def _write_figures(drawn: list[Figure], folder: Path) -> None:
    from pipeline.publishing.summary.drawing import as_png, as_svg  # noqa: PLC0415

    try:
        folder.mkdir(parents=True, exist_ok=True)
        for figure in drawn:
            (folder / f"{figure.id}.svg").write_text(as_svg(figure), encoding="utf-8")
            (folder / f"{figure.id}.png").write_bytes(as_png(figure))
    except OSError as error:
        raise WrongUseError(
            f"{folder} cannot be written ({error.strerror or error}). Give --figures a folder "
            "where you can write."
        ) from error
