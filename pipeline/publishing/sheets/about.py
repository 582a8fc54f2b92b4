"""The sheet about the file itself: its content, date and accuracy."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

import pyarrow.compute as pc

from pipeline.checking.selection import SURE, Selection
from pipeline.publishing.sheets.model import Column, Note, Sheet, batches_of
from pipeline.publishing.words import number

if TYPE_CHECKING:
    from pipeline.publishing.content import Content
    from pipeline.publishing.facts import Facts
    from pipeline.publishing.words import Words

TIME = "%Y-%m-%d %H:%M"


def about(
    content: Content,
    facts: Facts,
    sheets: Sequence[Sheet],
    words: Words,
    notes: Sequence[Note] = (),
) -> Sheet:
    """Returns the sheet about the file itself.

    Args:
        content: What the file holds.
        facts: Facts about the output it was made from.
        sheets: Its other sheets.
        words: The words of its language.
        notes: What had to be split, each a heading and a text separated by a tab.
    """
    told = [
        *about_output(content, facts, words),
        *_about_sheets(sheets, words),
        *notes,
        (words.about["text"], words.about["text_value"]),
    ]
    columns = (Column(words.columns["fact"], 30), Column(words.columns["value"], 110))

    return Sheet("about", words.sheets["about"], columns, lambda: batches_of(told), len(told), 0)


def about_output(content: Content, facts: Facts, words: Words) -> list[Note]:
    """Returns the facts about an output, each as a heading and a text."""
    say = words.about
    reports, answers = content.tables["reports"], content.tables["answers"]
    statuses = Counter(reports["status"].to_pylist())
    counts = {name: number(statuses[name], words.language) for name in ("ok", "partial", "failed")}
    versions = sorted(set(reports["version"].to_pylist()) - {""})
    forms = sorted(name or say["no_form"] for name in set(reports["form"].to_pylist()))
    doubtful = number(pc.sum(answers["doubtful"]).as_py() or 0, words.language)
    total = number(answers.num_rows, words.language)
    sure = f"{SURE}".replace(".", ",") if words.language == "sv" else f"{SURE}"
    told = [
        (say["title"], ""),
        (say["made"], facts.made.strftime(TIME)),
        (say["program"], f"svar {facts.program}"),
        (say["folder"], facts.folder),
        (say["run"], facts.run.strftime(TIME) if facts.run else ""),
        (say["version"], ", ".join(versions)),
        (say["forms"], ", ".join(forms)),
        (
            say["reports"],
            say["reports_value"].format(count=number(reports.num_rows, words.language), **counts),
        ),
        (say["answers"], total),
        (say["mentions"], number(content.tables["themes"].num_rows, words.language)),
        (say["doubtful"], say["doubtful_value"].format(count=doubtful, total=total, sure=sure)),
        (say["selection"], _selection(content.selection, words)),
    ]
    if content.superseded:
        names = ", ".join(content.superseded)
        value = say["superseded_value"].format(count=len(content.superseded), names=names)
        told.append((say["superseded"], value))
    sentences = facts.accuracy or (say["no_accuracy"].format(folder=facts.folder),)
    return told + [(say["accuracy"], text) for text in sentences]


def _selection(selection: Selection, words: Words) -> str:
    chosen = [
        words.about[f"selection_{name}"].format(value=value)
        for name in ("board", "section", "question", "code", "theme", "assertion")
        if (value := getattr(selection, name)) is not None
    ]
    if selection.flagged:
        chosen.append(words.about["selection_flagged"])
    return ", ".join(chosen) or words.about["selection_all"]


def _about_sheets(sheets: Sequence[Sheet], words: Words) -> Iterator[Note]:
    for sheet in sheets:
        value = words.about["sheet_value"].format(
            count=number(sheet.count, words.language), about=words.about_sheets[sheet.id]
        )
        yield words.about["sheet"].format(sheet=sheet.title), value
        if sheet.id == "matrix":
            heading = words.about["cells"].format(sheet=sheet.title)
            yield heading, words.about["cells_value"].format(**words.cells)
