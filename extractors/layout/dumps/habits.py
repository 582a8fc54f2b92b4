"""How a dump writes its tables, learnt next to its certain answers."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from extractors.layout.dumps.chunk import Chunk, Gap
from extractors.layout.dumps.chunks import Item
from extractors.layout.dumps.widths import Width, column_widths
from extractors.layout.dumps.windows import Windows
from extractors.layout.dumps.wording import squeeze
from models.form import Form
from models.form_tables import Column, TableForm

AROUND_BREAK = 10
"""Number of letters on each side of a break that are looked up elsewhere in the dump."""
_FEW_ROWS = 3
_MOST_PARTS = 8
_USUAL = 0.7
_OFTEN = 0.5
_GAPPED = 0.55
_LONG = 150
_SOME = 0.08
_FIGURES = re.compile(r"\d+")


@dataclass(frozen=True, slots=True)
class Style:
    """How a dump writes its tables.

    Attributes:
        lead_answers: Whether answers begin with a space, the trace of a lost mark.
        inner_blanks: Whether lines of spaces separate paragraphs inside question cells.
        gaps: Share of the parts of question cells and comments that have a gap before them.
        trails: Whether lines that end inside a sentence keep a space at their end.
        counts_up: Whether references count up from row to row.
        widths: Widths of the question column and of the comment column, by id of the table.
        questions: Known questions, from the form or asked elsewhere in this report. Compared as
            `without_reference` returns them.
        windows: The text inside parts, as `squeeze` returns it, in pieces of a fixed length.
        shapes: How often each text occurs in the dump, apart from its figures.
        is_unwrapped: Whether lines end only where paragraphs do.
    """

    lead_answers: bool
    inner_blanks: bool
    gaps: float
    trails: bool
    counts_up: bool
    widths: dict[str, tuple[Width, Width]]
    questions: frozenset[str] = frozenset()
    windows: Windows = field(default_factory=lambda: Windows("", 2 * AROUND_BREAK))
    shapes: Counter[str] = field(default_factory=Counter)
    is_unwrapped: bool = False

    @property
    def is_gapped(self) -> bool:
        """Whether empty lines separate the cells of this dump."""
        return self.gaps > _GAPPED


@dataclass(frozen=True, slots=True)
class Context:
    """What is known about a table before its units are labelled.

    Attributes:
        form: The questionnaire.
        table: The kind of table.
        style: How the dump writes its tables.
        asking: The references that questions of this table begin with.
        kinds: What paragraphs after the question begin with in this table's question cells.
        usual: Those of `kinds` that nearly every row has.
        detailed: Share of the certain question cells that continue after the question.
    """

    form: Form
    table: TableForm
    style: Style
    asking: frozenset[str] = frozenset()
    kinds: frozenset[str] = frozenset()
    usual: frozenset[str] = frozenset()
    detailed: float = 0.0

    @property
    def widths(self) -> tuple[Width, Width]:
        """Widths of the question column and of the comment column."""
        return self.style.widths.get(self.table.id, (Width(), Width()))

    @property
    def has_answer_column(self) -> bool:
        """Whether the answer and the comment's first words can share a line."""
        return Column.ANSWER in self.table.holds


def learn_style(items: Sequence[Item], form: Form) -> Style:
    """Returns how this dump writes answers and question cells, learnt from its certain answers."""
    flow = [part for item in items if isinstance(item, Chunk) for part in item.parts]
    answers = [index for index, part in enumerate(flow) if part.is_answer]
    led = sum(flow[index].lead for index in answers)
    inner = any(part.kind and part.gap is Gap.BLANKS for part in flow)
    wraps = [
        before.line.text.endswith(" ")
        for part in flow
        for before, after in pairwise(part.pieces)
        if after.text[:1].islower()
    ]
    return Style(
        lead_answers=led * 2 > len(answers),
        inner_blanks=inner,
        gaps=sum(part.gap > 0 for part in flow) / len(flow) if flow else 0.0,
        trails=_share(wraps, 0.0) - _trails_at_ends(flow) > _OFTEN,
        counts_up=_counts_up(flow),
        widths=column_widths(items, form),
        questions=_known_questions(flow, form),
        windows=Windows("\n".join(part.squeezed for part in flow), 2 * AROUND_BREAK),
        shapes=Counter(shape(part.text) for part in flow),
        is_unwrapped=_share([len(piece.text) > _LONG for part in flow for piece in part.pieces], 0)
        > _SOME,
    )


def _trails_at_ends(flow: Sequence[Chunk]) -> float:
    """Share of the lines with the end of a sentence that keep a space at their end as well."""
    return _share(
        [
            part.pieces[-1].line.text.endswith(" ")
            for part in flow
            if part.text.endswith((".", "?"))
        ],
        0.0,
    )


def _share(truths: Sequence[bool], otherwise: float) -> float:
    return sum(truths) / len(truths) if truths else otherwise


def _counts_up(flow: Sequence[Chunk]) -> bool:
    """Whether references at the beginning of lines mostly count up from one to the next."""
    refs = [ref for part in flow if (ref := part.reference) is not None]
    steps = [after > before for before, after in pairwise(refs)]
    return sum(steps) > 0.7 * len(steps)


def shape(text: str) -> str:
    """Returns a text without case, with every digit as 0."""
    return _FIGURES.sub("0", text).casefold()


def _known_questions(flow: Sequence[Chunk], form: Form) -> frozenset[str]:
    """Questions of the form, and repeated texts of the dump that are certainly questions once."""
    known = {squeeze(question.question) for question in form.questions}
    counts = Counter(part.question for part in flow)
    for part, following in pairwise(flow):
        if following.opens_with_answer and counts[part.question] > 1 and part.asks:
            known.add(part.question)
    return frozenset(known)


@dataclass(frozen=True, slots=True)
class Habits:
    """How the question cells of a table are written.

    Attributes:
        rows: Number of certain rows that it was learnt from.
        kinds: How many of them have a paragraph after the question that begins with each label or
            reference.
        detailed: In how many of them the cell continues after the question.
        asking: The references that questions begin with.
    """

    rows: int
    kinds: Counter[str]
    detailed: int
    asking: frozenset[str]


def learn_habits(chunks: Sequence[Chunk], style: Style) -> Habits:
    """Returns how the question cells of a table are written, learnt next to its certain answers."""
    parts = [part for chunk in chunks for part in chunk.parts_of(is_gapped=style.is_gapped)]
    kinds: Counter[str] = Counter()
    rows = detailed = 0
    for index, part in enumerate(parts):
        if not index or not part.opens_with_answer:
            continue
        if part.lead is not style.lead_answers:
            continue
        rows += 1
        detailed += not parts[index - 1].asks
        kinds.update(set(_details_before(parts, index)))
    asking = {part.kind for part in parts if part.asks}
    return Habits(rows, kinds, detailed, frozenset(asking - {""}))


def _details_before(parts: Sequence[Chunk], answer: int) -> Iterator[str]:
    """What the paragraphs before an answer begin with, back to the question."""
    for index in range(answer - 1, max(-1, answer - 1 - _MOST_PARTS), -1):
        part = parts[index]
        if part.asks or part.is_answer:
            return
        if part.kind:
            yield part.kind


def context_of(
    chunks: Sequence[Chunk], form: Form, table: TableForm, style: Style, other: Habits | None
) -> Context:
    """Returns what is known about a table before its units are labelled.

    Args:
        chunks: The chunks of the table.
        form: The questionnaire.
        table: The kind of table.
        style: How the dump writes its tables.
        other: The habits of the nearest table of the same kind that shows how its details begin.
    """
    own = learn_habits(chunks, style)
    kinds = own.kinds or (other.kinds if other is not None else own.kinds)
    enough = own.rows >= _FEW_ROWS
    usual = {kind for kind, count in own.kinds.items() if enough and count >= _USUAL * own.rows}
    return Context(
        form,
        table,
        style,
        asking=own.asking,
        kinds=frozenset(kinds),
        usual=frozenset(usual),
        detailed=own.detailed / own.rows if enough else 0.5,
    )
