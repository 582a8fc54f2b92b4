"""How a dump writes its tables, learnt beside its sure answers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from extractors.layout.blocks import HeadBlock, Paragraph
from extractors.layout.dumps.flow_chunks import Chunk, Gap, Item, is_answer
from extractors.layout.dumps.flow_cuts import Widths, is_broken_by_hand, openness, widths
from extractors.layout.dumps.flow_evidence import (
    Context,
    Style,
    asks,
    opening_kind,
    openings,
    row_reference,
    starts_detail,
    without_reference,
)
from extractors.layout.dumps.flow_known import squeeze
from extractors.text import unmark
from models.form import Column, Form, TableForm

_MOST_DETAILS = 4
_FEW_ROWS = 3
_USUAL = 0.7


def learn_style(items: Sequence[Item], form: Form) -> Style:
    """Returns how this dump writes answers and question cells, seen on its sure answers."""
    flow = [item for item in items if isinstance(item, Chunk)]
    answers = [index for index, chunk in enumerate(flow) if is_answer(chunk.text, form)]
    cells = [flow[index - 1] for index in answers if index]
    comments = [flow[index + 1] for index in answers if index + 1 < len(flow)]
    led = sum(flow[index].lead for index in answers)
    after = sum(starts_detail(comment.text, form) for comment in comments)
    before = sum(starts_detail(cell.text, form) for cell in cells)
    opened = sum(openness(cell.text, form) > 0 for cell in cells)
    inner = sum(starts_detail(chunk.text, form) and chunk.gap is Gap.BLANKS for chunk in flow)
    return Style(
        lead_answers=led * 2 > len(answers),
        answers_first=after > before,
        inner_blanks=inner > 0,
        open_questions=opened / len(cells) if cells else 0.5,
        counts_up=_counts_up(cells, form),
        widths=_widths(items, form),
        questions=_known_questions(flow, form),
        texts="\n".join(squeeze(chunk.text) for chunk in flow),
    )


def _counts_up(cells: Sequence[Chunk], form: Form) -> bool:
    """Whether references mostly count up from one question cell to the next."""
    refs = [ref for cell in cells if (ref := row_reference(cell, form)) is not None]
    steps = [after > before for before, after in pairwise(refs)]
    return sum(steps) > 0.7 * len(steps)


def _widths(items: Sequence[Item], form: Form) -> dict[str, Widths]:
    """The widths of both columns of each kind of table, seen beside its sure answers."""
    cells: dict[str, tuple[list[Paragraph], list[Paragraph]]] = {}
    table = ""
    shared = {own.id for own in form.tables if own.columns[-1].holds is Column.COMMENT}
    for before, item, after in zip(items, items[1:], items[2:], strict=False):
        if isinstance(before, HeadBlock):
            table = before.table
        if not isinstance(item, Chunk):
            continue
        questions, comments = cells.setdefault(table, ([], []))
        is_alone = is_answer(item.text, form)
        if not is_alone and not (item.lead and form.answer_pattern.match(unmark(item.text))):
            continue
        if isinstance(before, Chunk):
            questions.append(before.pieces)
        if not is_alone:
            # The answer shares the first line.
            comments.append(item.pieces[1:])
        elif isinstance(after, Chunk) and not asks(after.text, form) and table not in shared:
            comments.append(after.pieces)
    return {table: widths(questions, comments) for table, (questions, comments) in cells.items()}


def _known_questions(flow: Sequence[Chunk], form: Form) -> frozenset[str]:
    """Questions of the form, and texts that repeat in this dump and surely ask at one place."""
    known = {squeeze(question.question) for question in form.questions}
    counts = Counter(without_reference(chunk.text, form) for chunk in flow)
    for chunk, following in pairwise(flow):
        answered = form.answer_pattern.match(unmark(following.text)) is not None
        own = without_reference(chunk.text, form)
        if answered and counts[own] > 1 and not is_answer(chunk.text, form):
            known.add(own)
    return frozenset(known)


@dataclass(frozen=True, slots=True)
class Habits:
    """How the question cells of a table are written.

    Attributes:
        rows: Number of sure rows that it was learnt from.
        kinds: In how many of them a paragraph after the question opens with a label or reference.
        broken: In how many of them the last paragraph has a line that ends before the column does.
        detailed: In how many of them the cell goes on after the question.
        asking: Which references questions open with.
    """

    rows: int
    kinds: Counter[str]
    broken: int
    detailed: int
    asking: frozenset[str]


def learn_habits(chunks: Sequence[Chunk], form: Form, table: TableForm, style: Style) -> Habits:
    """Returns how the question cells of a table are written, seen beside its sure answers."""
    kinds: Counter[str] = Counter()
    rows = detailed = broken = 0
    full = style.width_of(table).question_full
    for index, chunk in enumerate(chunks):
        if not index or not form.answer_pattern.match(unmark(chunk.text)):
            continue
        if chunk.lead is not style.lead_answers:
            continue
        rows += 1
        own = list(_details_before(chunks, index, form))
        broken += is_broken_by_hand(chunks[index - 1], full)
        detailed += not asks(chunks[index - 1].text, form)
        kinds.update(set(own))
    return Habits(
        rows,
        kinds,
        broken,
        detailed,
        frozenset(opening_kind(chunk.text, form) for chunk in chunks if asks(chunk.text, form))
        - {""},
    )


def _details_before(chunks: Sequence[Chunk], answer: int, form: Form) -> Iterator[str]:
    """What the paragraphs before an answer open with, back to the question."""
    for index in range(answer - 1, max(-1, answer - 1 - _MOST_DETAILS), -1):
        chunk = chunks[index]
        own = [kind for _, kind in openings(chunk, form)]
        if asks(chunk.text, form) or not (own or index == answer - 1):
            return
        yield from own


def context_of(
    chunks: Sequence[Chunk], form: Form, table: TableForm, style: Style, others: Sequence[Habits]
) -> Context:
    """Returns what the search needs to know of a table.

    Args:
        chunks: The chunks of the table.
        form: The questionnaire.
        table: The kind of table.
        style: How the dump writes its tables.
        others: The habits of the dump's other tables of the same kind, the nearest first.
    """
    own = learn_habits(chunks, form, table, style)
    kinds = own.kinds or next((other.kinds for other in others if other.kinds), own.kinds)
    usual = {
        kind
        for kind, count in own.kinds.items()
        if own.rows >= _FEW_ROWS and count >= _USUAL * own.rows
    }
    return Context(
        form,
        table,
        style,
        asking=own.asking,
        kinds=frozenset(kinds),
        usual=frozenset(usual),
        breaks_by_hand=own.rows >= _FEW_ROWS and own.broken >= _USUAL * own.rows,
        has_details=own.rows >= _FEW_ROWS and own.detailed * 2 > own.rows,
    )
