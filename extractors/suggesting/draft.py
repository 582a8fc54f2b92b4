"""From reports of an unknown questionnaire to the draft of its form, on one page."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from extractors.sheets.two_up import as_pages
from extractors.suggesting.answers import DraftAnswers, answers_of, parts_of
from extractors.suggesting.cues import Cues
from extractors.suggesting.full_width import FullWidthRows, full_width_rows
from extractors.suggesting.grids import Grid
from extractors.suggesting.kinds import Kind, kinds_of
from extractors.suggesting.paragraphs import Para, paragraphs_of
from extractors.suggesting.profiles import Profile, profiles_of
from extractors.suggesting.references import after_words, examples_of
from extractors.suggesting.roles import Role, completed, roles_of
from extractors.suggesting.sections import DraftSections, sections_of
from extractors.suggesting.tables import grids_of
from extractors.suggesting.written import Written, reference_at_start, written_of
from models.document import Document

_FEWEST_ROWS = 3
_FEWEST_TO_GUESS = 6
_OPENED = 0.8
_SOME = 0.15
_NUMBERS = re.compile(r"\d+")
_NOT_IN_ID = re.compile(r"[^a-z0-9]+")
_PLAIN = str.maketrans("åäöæøé", "aaoaoe")


@dataclass(frozen=True)
class DraftTable:
    """A kind of table with what its columns seem to hold.

    Attributes:
        kind: Its headers and rows.
        columns: Its columns with what each holds, left to right.
        full_width: Its full-width rows.
        is_used: Whether it seems to hold questions with answers or comments.
    """

    kind: Kind
    columns: tuple[tuple[Profile, Role], ...]
    full_width: FullWidthRows
    is_used: bool

    def column(self, *holds: str) -> Profile | None:
        """Returns the first column that holds one of the given things, or None."""
        return next((profile for profile, role in self.columns if role.holds in holds), None)


@dataclass(frozen=True)
class Draft:
    """The content of a draft form.

    Attributes:
        id: Proposed id of the form.
        title: Title of the first report.
        language: BCP 47 tag of the language that the reports seem to be written in.
        tables: The kinds of tables, those with most rows first.
        written: Questions outside tables; None if they are in tables.
        answers: The answer words.
        references: Examples of the references.
        places: Where in a question references occur, like `references` of a form.
        sections: How sections are recognised.
        looks: Pictures and colours that represent answers, with counts.
        colours: Names of colours in the reports' language.
    """

    id: str
    title: str
    language: str
    tables: tuple[DraftTable, ...]
    written: Written | None
    answers: DraftAnswers
    references: tuple[str, ...]
    places: tuple[str, ...]
    sections: DraftSections
    looks: Counter[str] = field(default_factory=Counter)
    colours: Mapping[str, str] = field(default_factory=dict)

    @property
    def used(self) -> list[DraftTable]:
        """The tables that seem to hold questions."""
        return [table for table in self.tables if table.is_used]


def draft_of(documents: Sequence[Document], cues: Cues) -> Draft | None:
    """Returns the draft of a form, or None if neither tables nor questions are found.

    Args:
        documents: Reports of the same questionnaire, at least one.
        cues: Words from which it is guessed.
    """
    documents = [as_pages(document) for document in documents]
    grids = [grids_of(document) for document in documents]
    paragraphs = [paragraphs_of(document) for document in documents]
    tables = tuple(_tables(kinds_of(grids), cues))
    used = [table for table in tables if table.is_used]
    written = None if used else written_of(paragraphs[0], cues)
    if not used and written is None:
        return None
    title = _title(documents[0], paragraphs[0])
    references, places = _references(used, written)
    language = cues.language_of(line.text for line in documents[0].lines)
    return Draft(
        id=_NOT_IN_ID.sub("-", title.casefold().translate(_PLAIN)).strip("-")[:40] or "form",
        title=title,
        language=language,
        tables=tables,
        written=written,
        answers=_answers(used, written, cues),
        references=tuple(references),
        places=tuple(places),
        sections=sections_of(
            paragraphs[0],
            _starts(grids[0], used),
            written,
            has_styles=bool(documents[0].headings),
        ),
        looks=sum((own.looks for t in used if (own := t.column("answer"))), Counter()),
        colours=cues.colours.get(language, {}),
    )


def _tables(kinds: Sequence[Kind], cues: Cues) -> list[DraftTable]:
    found = []
    for kind in kinds:
        profiles = profiles_of(kind)
        columns = list(zip(profiles, roles_of(profiles, cues), strict=True))
        found.append(_table(kind, columns, cues))
    if found and not any(table.is_used for table in found):
        first = found[0]
        if len(first.kind.rows) >= _FEWEST_TO_GUESS:
            found[0] = _table(first.kind, completed(first.columns), cues)
    return found


def _table(kind: Kind, columns: Sequence[tuple[Profile, Role]], cues: Cues) -> DraftTable:
    holds = {role.holds for _, role in columns}
    used = (
        len(kind.rows) >= _FEWEST_ROWS
        and "question" in holds
        and not holds.isdisjoint({"answer", "answer_comment", "comment", "tick"})
    )
    return DraftTable(kind, tuple(columns), full_width_rows(kind, cues), used)


def _answers(used: Sequence[DraftTable], written: Written | None, cues: Cues) -> DraftAnswers:
    if written:
        return answers_of(written.answers, cues)
    ticked = Counter(
        {
            profile.head: len(profile.filled)
            for table in used
            for profile, role in table.columns
            if role.holds == "tick"
        }
    )
    values = [
        value
        for table in used
        for profile, role in table.columns
        for value in _answers_in(profile, role.holds)
    ]
    parts = parts_of(values)
    return answers_of(ticked + (parts.answers if parts else Counter(values)), cues, parts)


def _answers_in(profile: Profile, holds: str) -> Sequence[str]:
    """The answers in a column."""
    return {"answer": profile.filled, "answer_comment": profile.openings}.get(holds, ())


def _references(used: Sequence[DraftTable], written: Written | None) -> tuple[list[str], list[str]]:
    """Examples of references, and where in a question they occur."""
    if written:
        return examples_of(written.references), ["{ref}"] if written.references else []
    found: list[str] = []
    places: list[str] = []
    asked: list[str] = []
    for table in used:
        own, question = table.column("ref"), table.column("question")
        if own or question is None:
            found += own.filled if own else ()
            continue
        opening = [ref for text in question.filled if (ref := reference_at_start(text))]
        numbered = [ref for ref in opening if len(_NUMBERS.findall(ref)) > 1]
        often = len(numbered) >= max(_FEWEST_ROWS, _SOME * len(question.filled))
        if often or len(opening) >= _OPENED * len(question.filled):
            found += opening
            places.append("{ref}")
        asked += question.filled
    words = after_words(asked)
    found += [reference for references in words.values() for reference in references]
    # References after a word are more certain, so they come first.
    return examples_of(found), [*(f"{word} {{ref}}" for word in words), *dict.fromkeys(places)]


def _starts(grids: Sequence[Grid], used: Sequence[DraftTable]) -> list[int]:
    """The numbers of the lines immediately before the used tables."""
    heads = {head for table in used for head in table.kind.heads}
    return [
        grid.after
        for grid in grids
        if any(cell.line in heads for row in grid.rows[:4] for cell in row.cells)
    ]


def _title(document: Document, paragraphs: Sequence[Para]) -> str:
    """The title in the file, or the first of the most prominent paragraphs."""
    if document.title.strip():
        return " ".join(document.title.split())
    out = [para for para in paragraphs[:20] if para.level]
    return min(out, key=lambda para: para.level).text if out else ""
