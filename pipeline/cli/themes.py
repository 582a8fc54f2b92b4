"""`svar themes`: list, check and try the themes, and find what they do not cover."""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from pipeline.cli import _console
from pipeline.cli._output import output_options
from pipeline.cli._places import PLACE
from pipeline.exit_codes import ExitCode

if TYPE_CHECKING:
    from models.taxonomy import Taxonomy
    from pipeline.cli._output import Output

_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
_themes_option = click.option(
    "--themes",
    metavar="FILE",
    type=_FILE,
    help="Theme file to use, or to add to the built-in themes.",
)


@click.group()
def command() -> None:
    """List, check and try the themes, and find what they do not cover.

    \b
    Examples:
      svar themes list
      svar themes try "Vi planerar för trygghetsvandringar"
      svar run data/raw --out data/processed && svar themes suggest data/processed

    See docs/themes.md on how to write themes of your own.
    """


@command.command("list")
@click.argument("theme", required=False)
@click.option("--group", metavar="ID", help="Only the themes of this group.")
@click.option("--json", "as_json", is_flag=True, help="The whole taxonomy as JSON.")
@output_options(page=True)
@_themes_option
def list_themes(
    *,
    theme: str | None,
    group: str | None,
    as_json: bool,
    output: Output,
    themes: Path | None,
) -> int:
    """List the themes by group, or show the definition of one THEME.

    \b
    Examples:
      svar themes list
      svar themes list sspf
    """
    from pipeline.theme_display import THEME_COLUMNS, theme_list, theme_page, theme_rows

    taxonomy = _load(themes)
    if as_json:
        output.write(taxonomy.model_dump_json(indent=2) + "\n")
        return ExitCode.OK
    if theme is not None and theme not in taxonomy.by_id:
        raise click.UsageError(f"There is no theme {theme!r}. `svar themes list` lists them all.")
    if group is not None and group not in {item.id for item in taxonomy.groups}:
        known = ", ".join(item.id for item in taxonomy.groups)
        raise click.UsageError(f"There is no group {group!r}. The groups are {known}.")
    if output.format != "text":
        output.write(output.table(THEME_COLUMNS, theme_rows(taxonomy, theme, group)))
        return ExitCode.OK
    items = theme_page(taxonomy.by_id[theme]) if theme else theme_list(taxonomy, group)
    output.write(_console.render(*items))
    return ExitCode.OK


@command.command("check")
@click.argument("file", required=False, type=_FILE)
def check_themes(*, file: Path | None) -> int:
    """Check a FILE of themes, or the built-in ones, for surprising patterns and failing examples.

    \b
    Examples:
      svar themes check
      svar themes check mina-teman.toml

    The exit code is 2 if the file cannot be used. Patterns that may give surprising matches, and
    cue examples with another outcome than stated, are listed one per line; they are not errors.
    """
    from extractors.themes.examples import failing_examples
    from extractors.themes.lint import lint
    from extractors.themes.tagger import tagger_for

    taxonomy = _load(file)
    tagger = tagger_for(taxonomy)
    findings = [*lint(taxonomy, tagger), *failing_examples(taxonomy, tagger)]
    for finding in findings:
        click.echo(f"{finding.theme}: {finding.pattern!r}: {finding.kind}: {finding.message}")
    count = sum(len(theme.patterns) for theme in taxonomy.themes)
    click.echo(
        f"{file or 'The built-in themes'}: valid. {len(taxonomy.themes)} themes, {count} patterns, "
        f"{len(taxonomy.cues)} cues; {len(findings) or 'nothing'} to look at."
    )
    return ExitCode.OK


@command.command("try")
@click.argument("text")
@click.option("--json", "as_json", is_flag=True, help="One JSON object per mention, one per line.")
@click.option(
    "--spacy-model",
    metavar="NAME",
    help="Installed spaCy pipeline to use for sentences and parts of speech.",
)
@_themes_option
def try_text(*, text: str, as_json: bool, spacy_model: str | None, themes: Path | None) -> int:
    """Mark the themes in TEXT and show which pattern and which cue decided.

    \b
    Examples:
      svar themes try "Vi arbetar inte specifikt med brottsoffer- och vittnesstöd"
      svar themes try - < data/raw/board-101-dump.txt

    With `-`, read the text from standard input.
    """
    import json
    from dataclasses import asdict

    from extractors.themes.helper import ModelError
    from extractors.themes.tagger import tagger_for
    from pipeline.theme_display import tried_text

    if text == "-":
        text = sys.stdin.buffer.read().decode("utf-8-sig", errors="replace")
    try:
        found = tagger_for(_load(themes), spacy_model).explained(text)
    except ModelError as error:
        raise click.UsageError(str(error)) from error
    if as_json:
        for mention, pattern in found:
            click.echo(json.dumps(asdict(mention) | {"pattern": pattern}, ensure_ascii=False))
        return ExitCode.OK
    items = tried_text(text, found, colour=_console.wants_colour())
    click.echo(_console.render(*items), nl=False, color=_console.wants_colour())
    return ExitCode.OK


@command.command("suggest")
@click.argument("out", metavar="DIR", type=PLACE)
@click.option("--limit", default=20, show_default=True, help="Maximum number of each kind.")
@click.option("--csv", "as_csv", is_flag=True, help="Same as --format csv.")
@output_options(page=True)
@_themes_option
def suggest_themes(
    *, out: str, limit: int, as_csv: bool, output: Output, themes: Path | None
) -> int:
    """Find terms, acronyms and phrases in the datasets in DIR that no theme covers.

    \b
    Examples:
      svar run data/raw --out data/processed && svar themes suggest data/processed
      svar themes suggest data/processed --format csv -o nya-ord.csv
    """
    from extractors.themes.tagger import tagger_for
    from pipeline.errors import NoDatasetsError
    from pipeline.theme_display import suggestion_lists
    from pipeline.theme_suggest import read_comments, suggest

    try:
        comments = read_comments(out)
    except NoDatasetsError as error:
        raise click.UsageError(str(error)) from error
    suggestions = suggest(comments, tagger_for(_load(themes)))
    if as_csv:
        output = replace(output, format="csv")
    if output.format == "text":
        output.write(_console.render(*suggestion_lists(suggestions, limit)))
        return ExitCode.OK
    rows = (
        (item.kind, item.text, item.count, "; ".join(sorted(item.boards)), item.example)
        for item in suggestions
    )
    output.write(output.table(("kind", "text", "count", "boards", "example"), rows))
    return ExitCode.OK


def _load(path: Path | None) -> Taxonomy:
    """Loads a user's themes, or the built-in ones for None.

    Raises:
        click.UsageError: The file cannot be used; the message names the place and how to fix it.
    """
    from extractors.themes import user_taxonomy
    from models.rules_file import RuleFileError

    try:
        return user_taxonomy(path)
    except RuleFileError as error:
        raise click.UsageError(str(error)) from error
