"""`svar evaluate`: score extraction against a gold standard."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from pipeline.cli import _console
from pipeline.cli._options import Choices, extraction_options
from pipeline.cli._output import output_options
from pipeline.exit_codes import ExitCode

if TYPE_CHECKING:
    from extractors.options import Options
    from models.form import Form
    from models.report import Report
    from models.taxonomy import Taxonomy
    from pipeline.cli._output import Output
    from pipeline.evaluation import Scores
    from pipeline.evaluation.gold_files import Gold


@click.command()
@click.argument("gold", nargs=-1, required=True, type=click.Path(exists=True, path_type=Path))
@click.option(
    "--reports",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="Folder with the reports; by default each is expected next to its gold file.",
)
@click.option("--misses", is_flag=True, help="List every value that was not extracted exactly.")
@click.option("--json", "as_json", is_flag=True, help="The scores and every miss as JSON.")
@output_options(page=True)
@extraction_options
def command(
    *,
    gold: tuple[Path, ...],
    reports: Path | None,
    misses: bool,
    as_json: bool,
    output: Output,
    choices: Choices,
) -> int:
    """Score extraction against gold files.

    \b
    Examples:
      svar evaluate data/gold --reports data/raw
      svar evaluate data/gold/board-101-dump.txt.gold.json --reports data/raw --misses
      svar evaluate GOLD.json --json

    GOLD is the JSON printed by `svar show --json`, corrected by hand, or a folder of such files.
    Its key `source` names the report.

    A row is exact if its section, reference, question, detail, answer, code and comment all are.
    "Nearly" means a similarity of at least 95 %, ignoring case and whitespace. A miss is flagged
    if its row has a flag or a confidence below 0.9. Themes are scored where the gold has any.
    """
    from pipeline.evaluation.display import COLUMNS, rows_of
    from pipeline.evaluation.gold_files import GoldError, open_gold

    try:
        pairs = open_gold(gold, reports)
    except GoldError as error:
        raise click.UsageError(str(error)) from error
    by_report, total = _scores(pairs, choices)
    if output.format != "text" and not as_json:
        output.write(output.table(COLUMNS, rows_of(by_report, total)))
    elif output.file is not None:
        output.write(_text(by_report, total, misses=misses, as_json=as_json))
    else:
        _console.show(_text(by_report, total, misses=misses, as_json=as_json), pager=False)
    if not total.failed:
        return ExitCode.OK
    return ExitCode.NOTHING if total.failed == total.reports else ExitCode.SOME_FAILED


def _scores(pairs: list[Gold], choices: Choices) -> tuple[dict[str, Scores], Scores]:
    from pipeline.evaluation import Scores, compare
    from pipeline.guard import read_guarded

    forms, taxonomy = choices.rules()
    options = choices.options()
    by_report: dict[str, Scores] = {}
    for pair in pairs:
        source = pair.truth.source
        try:
            data = pair.report.read_bytes()
        except OSError as error:
            raise click.UsageError(f"{pair.report} cannot be read: {error}") from error
        read = partial(_extract, data, source, forms, taxonomy)
        found = read_guarded(read, source, options, choices.limits())
        name = str(pair.report) if source in by_report else source
        by_report[name] = compare(pair.truth, found)
    return by_report, sum(by_report.values(), Scores())


def _extract(
    data: bytes, source: str, forms: tuple[Form, ...], taxonomy: Taxonomy, options: Options
) -> Report:
    from extractors.extract import extract_bytes

    return extract_bytes(data, source, forms, taxonomy, options=options)


def _text(by_report: dict[str, Scores], total: Scores, *, misses: bool, as_json: bool) -> str:
    from pipeline.evaluation import display

    if as_json:
        return display.as_json(by_report, total) + "\n"
    tables = [display.row_table(by_report, total), display.field_table(total)]
    if total.themes:
        tables.append(display.theme_table(total))
    if misses and total.misses:
        tables.append(display.miss_table(total.misses))
    return _console.render(*tables)
