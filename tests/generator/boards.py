"""Invented boards: a questionnaire with answers, comments and the traps found in reports."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from itertools import chain
from random import Random
from typing import Any

from tests.generator.content import NOTICE, Block, Heading, Kind, Row, Table, Text, Truth
from tests.generator.questionnaire import MATERIAL, VARIANTS, material, questionnaire

ANSWERS = (
    ("Ja", 54),
    ("Delvis", 14),
    ("Nej", 10),
    ("ja", 3),
    ("delvis", 2),
    ("nej", 1),
    ("Ej aktuellt", 4),
    ("Vet ej", 3),
    ("Pågår", 3),
    ("Ja, delvis", 2),
    ("", 4),
)
RARE_ANSWERS = ("", "Ej aktuellt", "Vet ej", "Pågår")
LISTS = ("bullets", "dashes", "private_bullets", "numbered", "nested", "lettered")


@cache
def sentences() -> tuple[str, ...]:
    """The sentences and templates that comments are made of."""
    lines = (MATERIAL / "sentences.txt").read_text(encoding="utf-8").splitlines()
    plain = [line for line in lines if line and not line.startswith("#")]
    return (*plain, *chain.from_iterable(material("line_ends").values()))


def make_board(seed: int, *, variant: int | None = None) -> Truth:
    """Makes a board's report; the variant of the questionnaire follows the seed unless given."""
    random = Random(f"board {seed}")
    form = questionnaire(seed % VARIANTS if variant is None else variant)
    organisation = random.choice(material("names")["boards"])
    blocks = _leave_out(form.blocks, organisation, random)
    writer = _Comments(random, organisation)
    rows = [row for block in blocks if isinstance(block, Table) for row in block.rows]
    answered = _answered(rows, random, writer)
    numbered: list[Block] = []
    for block in blocks:
        if isinstance(block, Table):
            with_answers = tuple(answered[row.position] for row in block.rows)
            numbered.append(replace(block, rows=with_answers))
        else:
            numbered.append(block)
    return Truth(seed, organisation, form.title, form.preamble, tuple(_renumber(numbered)))


def _renumber(blocks: list[Block]) -> list[Block]:
    position = 0
    result: list[Block] = []
    for block in blocks:
        if not isinstance(block, Table):
            result.append(block)
            continue
        rows = []
        for row in block.rows:
            position += 1
            rows.append(replace(row, position=position))
        result.append(replace(block, rows=tuple(rows)))
    return result


def _leave_out(blocks: tuple[Block, ...], organisation: str, random: Random) -> list[Block]:
    """Replaces the content of some sections with the notice that they are not to be answered."""
    leaves = [
        block.number
        for index, block in enumerate(blocks)
        if isinstance(block, Heading) and _is_leaf(blocks, index)
    ]
    empty = [number for number in leaves if not _content(blocks, number)]
    filled = [
        number
        for number in leaves
        if number not in empty and any(isinstance(b, Table) for b in _content(blocks, number))
    ]
    chosen = set(empty) | set(random.sample(filled, k=random.randint(1, 3)))
    result: list[Block] = []
    skipping = False
    for block in blocks:
        if isinstance(block, Heading):
            skipping = block.number in chosen
            result.append(replace(block, asked=not skipping))
            if skipping:
                result.append(Text(NOTICE + organisation, Kind.NOTICE))
        elif not skipping:
            result.append(block)
    return result


def _is_leaf(blocks: tuple[Block, ...], index: int) -> bool:
    number = blocks[index].number  # type: ignore[union-attr]
    return not any(
        isinstance(block, Heading) and block.number.startswith(f"{number}.") for block in blocks
    )


def _content(blocks: tuple[Block, ...], number: str) -> list[Block]:
    content: list[Block] = []
    inside = False
    for block in blocks:
        if isinstance(block, Heading):
            inside = block.number == number
        elif inside:
            content.append(block)
    return content


def _answered(rows: list[Row], random: Random, writer: _Comments) -> dict[int, Row]:
    """Every row with an answer and a comment, by position; each trap at least once."""
    traps: dict[str, list[str]] = material("traps")
    order = random.sample(rows, k=len(rows))
    assigned: dict[int, str] = {}
    for trap, row in zip(traps, order, strict=False):
        assigned[row.position] = trap
    rare = {row.position: answer for row, answer in zip(order[-4:], RARE_ANSWERS, strict=True)}
    words, weights = zip(*ANSWERS, strict=True)
    result = {}
    for row in rows:
        trap = assigned.get(row.position, "")
        if not trap and random.random() < 0.25:
            trap = random.choice(list(traps))
            trap = "" if trap == "longer_than_page" else trap
        answer = rare.get(row.position, random.choices(words, weights)[0])
        if trap in ("opens_with_answer", "answers_in_text") and not answer:
            # A blank answer before "Ja, vi …" could not be distinguished from the answer "Ja".
            answer = "Ja"
        comment = writer.comment(trap, traps.get(trap, []))
        result[row.position] = replace(row, answer=answer, comment=comment, trap=trap)
    return result


class _Comments:
    def __init__(self, random: Random, organisation: str) -> None:
        self.random = random
        names = material("names")
        self.areas = names["areas"]
        self.others = [name for name in names["boards"] if name != organisation]
        self.own = (
            "Bolaget"
            if organisation.endswith("AB")
            else random.choice(["Förvaltningen", "Nämnden"])
        )
        self.pool: list[str] = []

    def fill(self, template: str) -> str:
        area, area2 = self.random.sample(self.areas, k=2)
        other, other2 = self.random.sample(self.others, k=2)
        few = self.random.randint(2, 40)
        slots: dict[str, Any] = {
            "omr": area,
            "omr2": area2,
            "annan": other,
            "annan2": other2,
            "n": few + self.random.randint(1, 55),
            "m": few,
            "ar": self.random.choice([2023, 2024, 2025, 2026]),
            "vi": self.own,
            "vi_liten": self.own.lower(),
        }
        return template.format(**slots)

    def sentence(self) -> str:
        if not self.pool:
            self.pool = self.random.sample(sentences(), k=len(sentences()))
        return self.fill(self.pool.pop())

    def paragraph(self, count: int) -> str:
        """A paragraph; a sentence without a period can only be its last."""
        parts = [self.sentence() for _ in range(count)]
        parts.sort(key=lambda text: not text.endswith((".", "?", "!")))
        while len(parts) > 1 and not parts[-2].endswith((".", "?", "!")):
            parts.pop()
        gap = "  " if self.random.random() < 0.06 else " "
        return gap.join(parts)

    def plain(self) -> list[str]:
        draw = self.random.random()
        if draw < 0.05:
            return []
        if draw < 0.3:
            return [self.paragraph(self.random.randint(1, 2))]
        if draw < 0.8:
            return [
                self.paragraph(self.random.randint(2, 5)) for _ in range(self.random.randint(1, 3))
            ]
        return [self.paragraph(self.random.randint(2, 6)) for _ in range(self.random.randint(3, 6))]

    def comment(self, trap: str, phrases: list[str]) -> tuple[str, ...]:
        if trap == "empty":
            return ()
        if trap == "longer_than_page":
            return tuple(self.paragraph(self.random.randint(4, 7)) for _ in range(9))
        body = self.plain()
        if not trap:
            return tuple(body)
        if trap in LISTS:
            count = self.random.randint(2, len(phrases))
            items = [self.fill(phrase) for phrase in phrases[:count]]
            return (self.paragraph(2), *items, *body[:1])
        phrase = self.fill(self.random.choice(phrases))
        if trap == "no_period":
            return (*body, phrase)
        tail = " " + self.paragraph(2) if phrase.endswith((".", "?", "!")) else ""
        place = 0 if trap == "opens_with_answer" else self.random.randint(0, len(body))
        return (*body[:place], phrase + tail, *body[place:])
