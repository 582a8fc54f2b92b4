"""`svar accuracy`: estimate the accuracy of the datasets from the verdicts on a sample."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from pipeline.cli import _console
from pipeline.cli._output import output_options
from pipeline.cli._places import PLACE
from pipeline.wording import counted

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rich.console import RenderableType

    from pipeline.checking.accuracy import Accuracy
    from pipeline.checking.verdicts import Verdict
    from pipeline.cli._output import Output

_COLUMNS = ("sample", "by", "seed", "field", "right", "judged", "share", "low", "high")


@click.command()
@click.argument("out", metavar="DIR", type=PLACE)
@click.option(
    "--verdicts",
    "files",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    multiple=True,
    help="Verdict file to use instead of those in DIR; can be repeated.",
)
@click.option(
    "--field",
    type=click.Choice(["section", "question", "detail", "answer", "comment", "themes", "all"]),
    default="comment",
    show_default=True,
    help="Field that the closing sentence reports on.",
)
@click.option("--language", type=click.Choice(["en", "sv"]), default="en", show_default=True)
@click.option("--json", "as_json", is_flag=True, help="Print the figures as JSON.")
@output_options(page=True)
@click.option(
    "--gold",
    type=click.Path(file_okay=False, path_type=Path),
    help="Folder to write corrected reports to, as a gold standard for `svar evaluate`.",
)
def command(
    *,
    out: str,
    files: tuple[Path, ...],
    field: str,
    language: str,
    as_json: bool,
    output: Output,
    gold: Path | None,
) -> None:
    """Estimate the accuracy of the datasets.

    \b
    Examples:
      svar accuracy data/processed
      svar accuracy data/processed --field answer --language sv
      svar accuracy data/processed --gold gold

    DIR is the output folder of `svar run`, with the verdicts from `svar review`. Shares come with
    a 95 % confidence interval (Wilson) and, if the sample was stratified, are weighted back to the
    whole dataset. With verdicts from several reviewers, their agreement is shown (per cent and
    Cohen's kappa).
    """
    from pipeline.checking.judged import current, measure_all, unread
    from pipeline.checking.verdicts import VerdictError, latest, read, read_all
    from pipeline.errors import NoDatasetsError

    try:
        given = latest(v for path in files for v in read(path)) if files else read_all(out)
        verdicts, outdated = current(out, given)
        measured = measure_all(out, verdicts)
        if gold:
            _write_gold(gold, out, verdicts)
    except (NoDatasetsError, VerdictError) as error:
        raise click.UsageError(str(error)) from error
    if remark := unread(out):
        click.echo(remark, err=True)
    if outdated:
        click.echo(
            f"{outdated} verdicts are left out: the answers they judged have been read again since "
            "and now differ.",
            err=True,
        )
    if not measured and gold:
        return
    if not measured:
        raise click.UsageError(f"{out} has no verdicts. Review a sample first: svar review {out}")
    if as_json:
        output.write(_as_json(measured, verdicts))
    elif output.format != "text":
        output.write(output.table(_COLUMNS, _rows(measured)))
    else:
        output.write(_page(measured, verdicts, field, language))


def _write_gold(target: Path, out: str, verdicts: list[Verdict]) -> None:
    from models.report import to_json
    from pipeline.checking.gold import gold
    from pipeline.checking.stored import read_reports

    found = gold(read_reports(out), verdicts)
    try:
        target.mkdir(parents=True, exist_ok=True)
        for name, report in found.items():
            (target / name).write_text(to_json(report, indent=1) + "\n", encoding="utf-8")
    except OSError as error:
        raise click.UsageError(f"{target} cannot be written ({error.strerror}).") from error
    answers = sum(len(report.answers) for report in found.values())
    click.echo(
        f"Wrote {counted(answers, 'answer')} of {counted(len(found), 'report')} to {target}. "
        "Answers that were neither judged nor corrected are left out: `svar evaluate` counts "
        "them as false rows.",
        err=True,
    )


def _rows(measured: list[Accuracy]) -> Iterator[tuple[object, ...]]:
    """The share of each field that is right, of each sample."""
    for accuracy in measured:
        for name, share in accuracy.fields.items():
            sample = (accuracy.count, accuracy.by or "", accuracy.seed)
            yield *sample, name, share.right, share.judged, share.share, share.low, share.high


def _as_json(measured: list[Accuracy], verdicts: list[Verdict]) -> str:
    import json
    from dataclasses import asdict

    from pipeline.checking.judged import agreements

    found = {
        "samples": [asdict(accuracy) for accuracy in measured],
        "agreement": [asdict(pair) for pair in agreements(verdicts)],
    }
    return json.dumps(found, ensure_ascii=False, indent=1) + "\n"


def _page(measured: list[Accuracy], verdicts: list[Verdict], field: str, language: str) -> str:
    from rich.text import Text

    from pipeline.checking.judged import agreements
    from pipeline.checking.sentences import remarks, sentence

    items: list[RenderableType] = []
    for accuracy in measured:
        by = f" by {accuracy.by}" if accuracy.by else ""
        items.append(Text(f"Sample of {accuracy.count}{by}, seed {accuracy.seed}", style="bold"))
        items.append(_table(accuracy))
        items += [Text(remark) for remark in remarks(accuracy)]
        items.append(Text())
    for pair in agreements(verdicts):
        items.append(
            Text(
                f"{pair.first} and {pair.second} both judged {pair.answers} answers: "
                f"{100 * pair.share:.1f} % agreement, Cohen's kappa {pair.kappa:.2f}."
            )
        )
    # Not wrapped, so that a sentence can be copied in one piece.
    closing = "".join(f"{sentence(accuracy, field, language)}\n" for accuracy in measured)
    return _console.render(*items) + closing


def _table(accuracy: Accuracy) -> RenderableType:
    from rich import box
    from rich.table import Table

    table = Table(box=box.SIMPLE, pad_edge=False)
    table.add_column("field")
    for name in ("right", "judged", "share %", "95 % interval"):
        table.add_column(name, justify="right")
    for name, share in accuracy.fields.items():
        table.add_row(
            name,
            str(share.right),
            str(share.judged),
            f"{100 * share.share:.1f}",
            f"{100 * share.low:.1f} to {100 * share.high:.1f}",
        )
    return table
