"""Reports that differ from the generator's in features that the weights must not rely on."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from random import Random

from models.form import Form, KnownQuestion
from tests.generator.content import Block, Row, Table, Text, Truth

_BETWEEN_SENTENCES = re.compile(r"(?<=[a-zåäö][.?!]) (?=[A-ZÅÄÖ])")
OPENINGS = (
    "Strategi {a}:{b} hör ihop med det arbete som beskrivs ovan.",
    "Strategi {a}:{b} har vi lagt mest tid på under våren.",
    "Insats {a}:{b} är avslutad och redovisas inte på nytt.",
    "Insats {a}:{b} och {a}:{c} leds av samma grupp.",
    "{a}.{b} i verksamhetsplanen tar upp samma fråga.",
    "{a}.{b} Nya vägar är namnet på den satsning som pågår.",
    "{a}:{b} i handlingsplanen är ännu inte påbörjad hos oss.",
    "Förväntat resultat har inte kunnat mätas än.",
    "Delvis finns arbetssättet även på andra enheter.",
    "Delvis har detta gjorts tillsammans med polisen.",
    "Nej, det finns ännu inget beslut om fortsättning.",
    "Ja, men först efter sommaren.",
    "Pågår gör också arbetet med en ny rutin.",
    "Svaret gäller hela förvaltningen.",
    "Kommentar från enheten: arbetet är försenat.",
    "Hur går vi vidare? Det avgörs av budgeten.",
    "Vem ansvarar? Det har vi inte kommit överens om.",
    "Har vi gjort tillräckligt? Det är svårt att svara på.",
    "Fråga tre besvaras gemensamt med bolagen.",
)
"""Openings of comments that look like something else; a and b become digits."""


LEADS = (
    "Frågorna nedan gäller de båda planerna tillsammans.",
    "Här besvaras frågor om samverkan.",
    "Nästa del rör det som nämnden själv råder över",
    "Svara utifrån läget den sista december.",
    "De här frågorna är nya för i år. Bolagen kan svara kort.",
    "Del två, om verksamheternas egna lokaler, besvaras av dem som har sådana och av bolagen i de "
    "fall som anges i bilagan.",
)
"""Text that leads from one table to the next."""


def with_more_tables(truth: Truth, random: Random, share: float = 0.5) -> Truth:
    """Returns a report where tables end and begin again inside sections, some with a lead-in."""
    blocks: list[Block] = []
    for block in truth.blocks:
        rows = block.rows if isinstance(block, Table) else ()
        at = random.randrange(1, len(rows)) if len(rows) > 1 and random.random() < share else 0
        if not isinstance(block, Table) or not at:
            blocks.append(block)
            continue
        blocks.append(replace(block, rows=rows[:at]))
        if random.random() < 0.8:
            blocks.append(Text(random.choice(LEADS)))
        blocks.append(replace(block, rows=rows[at:]))
    return replace(truth, blocks=tuple(blocks))


def varied(truth: Truth, random: Random, share: float = 0.12) -> Truth:
    """Returns a report where some paragraphs of comments open like another cell."""
    return _with_rows(truth, lambda row: _varied(row, random, share))


def _with_rows(truth: Truth, change: Callable[[Row], Row]) -> Truth:
    blocks: list[Block] = []
    for block in truth.blocks:
        if isinstance(block, Table):
            blocks.append(replace(block, rows=tuple(map(change, block.rows))))
        else:
            blocks.append(block)
    return replace(truth, blocks=tuple(blocks))


def _varied(row: Row, random: Random, share: float) -> Row:
    # After a blank answer, a comment that opens with an answer would look like it.
    first = 0 if row.answer else 1
    comment = tuple(
        f"{_opening(random)} {paragraph}"
        if at >= first and paragraph[:1].isupper() and random.random() < share
        else paragraph
        for at, paragraph in enumerate(row.comment)
    )
    return replace(row, comment=comment)


def _opening(random: Random) -> str:
    a, b = random.randint(1, 4), random.randint(1, 5)
    return random.choice(OPENINGS).format(a=a, b=b, c=b + 1)


def in_sentences(truth: Truth, random: Random, share: float = 0.5) -> Truth:
    """Returns a report where many comments have each sentence as a paragraph of its own.

    Then pages begin with whole paragraphs more often than with the rest of one.
    """

    def parted(row: Row) -> Row:
        if random.random() > share:
            return row
        sentences = (_BETWEEN_SENTENCES.split(paragraph) for paragraph in row.comment)
        return replace(row, comment=tuple(text for own in sentences for text in own))

    return _with_rows(truth, parted)


def with_known_questions(form: Form, truth: Truth, random: Random) -> Form:
    """Returns a form that knows most questions of a report, and their details."""
    known = tuple(
        KnownQuestion(question=row.question, detail="\n\n".join(row.detail))
        for row in truth.rows
        if random.random() < 0.95
    )
    return form.model_copy(update={"questions": known})
