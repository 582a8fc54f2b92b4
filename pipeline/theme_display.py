"""Themes, mentions, findings and suggestions as text for people."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from rich.console import RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from models.report import Assertion, Mention
from models.taxonomy import Kind, Taxonomy, Theme

if TYPE_CHECKING:
    from pipeline.theme_suggest import Suggestion

THEME_COLUMNS = ("group", "id", "sv", "en", "kind", "parent", "patterns")

_HEADINGS = {
    "term": "Words that no theme covers and that are much rarer in general Swedish",
    "acronym": "Acronyms that no theme covers",
    "phrase": "Phrases that no theme covers",
}


def theme_list(taxonomy: Taxonomy, group: str | None = None) -> Iterator[RenderableType]:
    """Yields the themes of a taxonomy by group."""
    for item in taxonomy.groups:
        themes = [theme for theme in taxonomy.themes if theme.group == item.id]
        if group not in (None, item.id) or not themes:
            continue
        table = _table("id", "label", "patterns", "parent")
        for theme in themes:
            table.add_row(theme.id, theme.sv, str(len(theme.patterns)), theme.parent)
        yield Text(f"{item.id}: {item.sv} ({item.en})", style="bold")
        yield Padding(table, (0, 0, 1, 2))
    count = sum(len(theme.patterns) for theme in taxonomy.themes)
    yield Text(
        f"{len(taxonomy.themes)} themes, {count} patterns, {len(taxonomy.cues)} cues. "
        f"Digest {taxonomy.digest}."
    )


def theme_rows(
    taxonomy: Taxonomy, theme: str | None = None, group: str | None = None
) -> Iterator[tuple[object, ...]]:
    """Yields what `THEME_COLUMNS` say of each theme, or of those of one id or group."""
    for item in taxonomy.themes:
        if theme in (None, item.id) and group in (None, item.group):
            count = len(item.patterns)
            yield item.group, item.id, item.sv, item.en, item.kind.value, item.parent, count


def theme_page(theme: Theme) -> Iterator[RenderableType]:
    """Yields the full definition of one theme."""
    yield Text(f"{theme.id}: {theme.sv} ({theme.en})", style="bold")
    table = _table("", "", head=False)
    for name in ("group", "parent", "definition", "counts", "excludes"):
        if value := getattr(theme, name):
            table.add_row(name, value)
    if theme.kind is not Kind.MEASURE:
        table.add_row("kind", theme.kind.value)
    for name in ("words", "names", "titles", "variants", "debatable", "ignore"):
        if patterns := getattr(theme, name):
            table.add_row(name, "; ".join(patterns))
    for guard in theme.guards:
        rules = guard.model_dump(exclude_defaults=True, exclude={"patterns"})
        said = "; ".join(f"{key}: {_said(value)}" for key, value in rules.items())
        table.add_row("guard", f"{', '.join(guard.patterns) or 'all'}: {said}")
    yield table


def tried_text(
    text: str, found: Sequence[tuple[Mention, str]], *, colour: bool
) -> Iterator[RenderableType]:
    """Yields a text with its mentions marked, and why each was found."""
    if not found:
        yield Text("No theme was found.")
        return
    yield marked_text(text, [mention for mention, _ in found], colour=colour)
    yield Text()
    table = _table("theme", "words", "pattern", "assertion", "cue")
    for mention, pattern in found:
        cue = mention.cue or "–"
        table.add_row(mention.theme, mention.surface, pattern, mention.assertion.value, cue)
    yield table


def marked_text(text: str, mentions: Sequence[Mention], *, colour: bool) -> Text:
    """Returns a text with its mentions in brackets, and in colour if wanted."""
    ends: dict[int, list[str]] = {}
    starts: dict[int, int] = {}
    for mention in sorted(mentions, key=lambda item: item.end - item.start):
        said = "" if mention.assertion is Assertion.AFFIRMED else f", {mention.assertion}"
        starts[mention.start] = starts.get(mention.start, 0) + 1
        ends.setdefault(mention.end, []).append(f"]{{{mention.theme}{said}}}")
    marked = Text()
    last = 0
    for place in sorted({*starts, *ends, len(text)}):
        inside = any(item.start <= last and place <= item.end for item in mentions)
        marked.append(text[last:place], style="bold" if colour and inside else "")
        marked.append("".join(ends.get(place, ())), style="dim" if colour else "")
        marked.append("[" * starts.get(place, 0), style="dim" if colour else "")
        last = place
    return marked


def suggestion_lists(suggestions: Sequence[Suggestion], limit: int) -> Iterator[RenderableType]:
    """Yields suggestions by kind, with counts, boards and an example."""
    for kind, heading in _HEADINGS.items():
        own = [item for item in suggestions if item.kind == kind]
        more = f", {limit} of {len(own)}" if len(own) > limit else ""
        yield Text(f"{heading} ({len(own)}{more})" if own else f"{heading}: none", style="bold")
        if own:
            table = _table("words", "count", "boards", "example")
            for item in own[:limit]:
                row = (_forms(item), str(item.count), str(len(item.boards)), item.example)
                table.add_row(*row)
            yield Padding(table, (0, 0, 1, 2))


def _forms(item: Suggestion) -> str:
    """Up to three surface forms, most frequent first; for an acronym, its meaning."""
    if item.kind == "acronym":
        return item.text
    return ", ".join(form for form, _ in item.forms.most_common(3))


def _said(value: object) -> str:
    return ", ".join(map(str, value)) if isinstance(value, Iterable) else str(value).lower()


def _table(*columns: str, head: bool = True) -> Table:
    table = Table(box=None, show_header=head, header_style="dim", pad_edge=False, padding=(0, 2))
    for column in columns:
        table.add_column(column, overflow="fold")
    return table
