"""Questionnaires of an invented city: the same for all boards that share a variant."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

from tests.generator.content import Heading, Kind, Row, Table, Text

MATERIAL = Path(__file__).parent / "material"
VARIANTS = 6

TWO_HEADS = (
    ("Uppföljningsfrågor", "Svarsalternativ med kommentar"),
    ("Frågor", "Svar med kommentar"),
    ("Uppföljningsfråga", "Svar och kommentar"),
)
THREE_HEADS = (
    ("Uppföljningsfrågor", "Svar", "Kommentar"),
    ("Fråga", "Svarsalternativ", "Kommentarer"),
)


@cache
def material(name: str) -> dict[str, Any]:
    """A TOML file of sentence material."""
    return tomllib.loads((MATERIAL / f"{name}.toml").read_text(encoding="utf-8"))


@dataclass(frozen=True, slots=True)
class Questionnaire:
    """The blocks of a questionnaire, its rows without answers."""

    title: str
    preamble: tuple[Text, ...]
    blocks: tuple[Heading | Text | Table, ...]


class _Writer:
    def __init__(self, variant: int) -> None:
        self.random = Random(f"questionnaire {variant}")
        self.names = material("names")
        self.blocks: list[Heading | Text | Table] = []
        self.position = 0
        self.two_heads = self.random.choice(TWO_HEADS)
        self.three_heads = self.random.choice(THREE_HEADS)

    def chapter(self, number: int, plan: dict[str, Any], areas: list[dict[str, Any]]) -> None:
        years = self.random.choice(self.names["years"])
        city = self.names["city"]
        short = plan["short"].format(city=city, years=years)
        title = plan["title"].format(city=city, years=years)
        self.blocks.append(Heading(str(number), title[0].upper() + title[1:]))
        self._instruction([text.format(short=short) for text in plan["intro"]], [])
        if plan["style"] == "opening":
            self._focus_areas(number, areas)
            return
        if plan["style"] == "strategy":
            self._grouped(number, areas)
        elif plan["style"] == "action":
            for index, area in enumerate(areas, 1):
                self._area(f"{number}.{index}", f"Fokusområde {index}: ", area, index, "action")
        else:
            self.blocks.append(Heading(f"{number}.1", "Uppföljning av planens åtgärder"))
            rows = [
                self._row(question, "number", f"{area_no}:{no}")
                for area_no, area in enumerate(areas, 1)
                for no, question in enumerate(area["questions"], 1)
            ]
            rows.append(self._row_without_reference())
            self._table(rows)
        self._judgement(number, plan["goal"], short)

    def _grouped(self, number: int, areas: list[dict[str, Any]]) -> None:
        half = (len(areas) + 1) // 2
        groups = (("Arbetsprocessen", areas[:half]), ("Inriktningen", areas[half:]))
        goal = 0
        for index, (name, members) in enumerate(groups, 1):
            self.blocks.append(Heading(f"{number}.{index}", name))
            for place, area in enumerate(members, 1):
                goal += 1
                prefix = f"Målområde {goal}: "
                self._area(f"{number}.{index}.{place}", prefix, area, goal, "strategy")

    def _area(self, number: str, prefix: str, area: dict[str, Any], goal: int, style: str) -> None:
        self.blocks.append(Heading(number, prefix + area["title"]))
        lead = "Inom området ska nämnder och bolag:" if style == "strategy" else ""
        self._instruction(
            [lead] if lead else [f"Insatserna handlar om att {self._joined(area['about'])}."],
            area["about"] if lead else [],
            "Mer om vad som avses finns i bilagan till planen.",
        )
        rows = [
            self._row(question, style, f"{goal}:{index}")
            for index, question in enumerate(area["questions"], 1)
        ]
        if len(rows) > 2 and self.random.random() < 0.15:
            self._table(rows[:2])
            self.blocks.append(Text("Följande frågor gäller hela planperioden."))
            self._table(rows[2:])
        else:
            self._table(rows)

    @staticmethod
    def _joined(about: list[str]) -> str:
        low = [text[0].lower() + text[1:] for text in about]
        return " samt ".join([", ".join(low[:-1]), low[-1]]) if len(low) > 1 else low[0]

    def _focus_areas(self, number: int, areas: list[dict[str, Any]]) -> None:
        for index, area in enumerate(areas, 1):
            self.blocks.append(
                Heading(f"{number}.{index}", f"Fokusområde {index}: {area['title']}")
            )
            if index % 2 == 0:
                continue
            for place, question in enumerate(area["questions"][:2], 1):
                effort = f"{index}:{place + 1}"
                short = question["strategy"].rstrip(".").split(",")[0]
                self.blocks.append(Heading(f"{number}.{index}.{place}", f"Insats {effort} {short}"))
                rows = [
                    Row(self._next(), f"{effort}:1 {question['question']}", (), f"{effort}:1"),
                    Row(
                        self._next(),
                        f"{effort}:2 Har det skett någon förändring jämfört med föregående år?",
                        (),
                        f"{effort}:2",
                    ),
                ]
                self._table(rows, three=True)

    def _judgement(self, number: int, goal: str, short: str) -> None:
        used = [block.number for block in self.blocks if isinstance(block, Heading)]
        last = max(int(n.split(".")[1]) for n in used if n.startswith(f"{number}.") and "." in n)
        self.blocks.append(Heading(f"{number}.{last + 1}", "Samlad bedömning"))
        question = f"Bedömer ni att målet för {short} kommer att nås?"
        rows = [Row(self._next(), question, (goal,), None)]
        if self.random.random() < 0.5:
            rows.append(
                Row(self._next(), "Beskriv det viktigaste hindret för att nå målet.", (), None)
            )
        self._table(rows, three=True)

    def _instruction(self, lead: list[str], bullets: list[str], end: str = "") -> None:
        self.blocks.append(Text("Anvisning", Kind.LABEL))
        self.blocks.extend(Text(text) for text in lead)
        mark = self.random.choice(["•", "»", "\uf0b7"])
        self.blocks.extend(Text(f"{mark} {bullet}", Kind.BULLET) for bullet in bullets)
        if end:
            self.blocks.append(Text(end))

    def _table(self, rows: list[Row], *, three: bool = False) -> None:
        self.blocks.append(Table(self.three_heads if three else self.two_heads, tuple(rows)))

    def _next(self) -> int:
        self.position += 1
        return self.position

    def _row(self, question: dict[str, str], style: str, ref: str) -> Row:
        detail = {
            "strategy": (f"Strategi {ref} {question['strategy']}",),
            "action": (
                f"Genomförs aktiviteter i enlighet med planens ansvarsfördelning för insats {ref}.",
                f"Förväntat resultat: {question['result']}",
            ),
            "number": (f"{ref} {question['strategy']}\n{question['result']}",),
        }[style]
        return Row(self._next(), question["question"], detail, ref)

    def _row_without_reference(self) -> Row:
        detail = (
            "Arbetar chefer och medarbetare efter stadens gemensamma värdegrund? "
            "Och finns det forum där svåra frågor kan tas upp utan rädsla - även på kvällar "
            "och i mindre arbetslag"
        )
        return Row(self._next(), "Har det gemensamma ledarskapet stärkts?", (detail,), None)


@cache
def questionnaire(variant: int) -> Questionnaire:
    """The questionnaire of a variant from 0; variants differ in plans, areas and headers."""
    writer = _Writer(variant)
    random = writer.random
    plans = material("plans")["plans"]
    areas = random.sample(material("areas")["areas"], k=len(material("areas")["areas"]))
    styles = ("strategy", "action", "number", "opening")
    shares = {"strategy": 4, "action": 4, "number": 2, "opening": 4}
    for number, style in enumerate(styles, 1):
        plan = random.choice([plan for plan in plans if plan["style"] == style])
        taken, areas = areas[: shares[style]], areas[shares[style] :]
        writer.chapter(number, plan, taken)
    preamble = (
        Text("Anvisning", Kind.LABEL),
        Text("Rapporten samlar uppföljningen av fyra styrande dokument inom trygghetsområdet:"),
        *(
            Text(f"• {block.title}", Kind.BULLET)
            for block in writer.blocks
            if isinstance(block, Heading) and block.level == 1
        ),
        Text("Svaren behandlas av respektive nämnd eller styrelse senast den 30 september."),
        Text(
            "Frågor om innehållet besvaras av enheten för trygghet och säkerhet. Vem som svarar på "
            "vilka delar framgår under varje rubrik."
        ),
    )
    return Questionnaire(random.choice(writer.names["titles"]), preamble, tuple(writer.blocks))
