"""Tables whose answers are pictures or colours."""

from __future__ import annotations

from itertools import groupby

from tests.questionnaires.content import Block, Cell, GoldRow, Heading, Paper, Table, Text
from tests.questionnaires.words import Words

GREEN, YELLOW, RED = "#2e9e4f", "#f0b400", "#c62828"


def _said(words: Words) -> list[tuple[str, str, str]]:
    """Colour, word and code of each light."""
    return [
        (GREEN, words.say("Grönt", "Green"), "yes"),
        (YELLOW, words.say("Gult", "Amber"), "partly"),
        (RED, words.say("Rött", "Red"), "no"),
    ]


def lights(words: Words) -> Paper:
    """A coloured dot is the answer; a line above the tables explains the colours."""
    heads = (
        words.say("Mål för året", "Goal for the year"),
        words.say("Läge", "Status"),
        words.say("Analys", "Analysis"),
    )
    legend = words.say(
        "En grön punkt står för uppnått mål, en gul för delvis uppnått och en röd för ej uppnått.",
        "A green dot stands for a goal met, amber for partly met and red for not met.",
    )
    blocks: list[Block] = [Text(legend)]
    rows: list[GoldRow] = []
    for section, questions in groupby(words.questions("care"), key=lambda one: one.section):
        blocks.append(Heading(section, 1))
        body: list[tuple[Cell, ...]] = []
        for question in questions:
            goal = words.say("Vi ska utveckla ", "We will develop ") + question.topic
            colour, word, code = words.random.choice(_said(words))
            comment = words.comment(question.topic)
            body.append(
                (
                    Cell(goal, row=len(rows)),
                    Cell(icon=colour),
                    Cell(comment.replace("\n\n", "\n")),
                )
            )
            rows.append(GoldRow(section, "", goal, word, code, comment))
        blocks.append(Table((tuple(map(Cell, heads)),), tuple(body), (0.38, 0.1, 0.52)))
    title = words.say("Måluppföljning", "Follow-up of goals")
    return Paper(title, words.owner, words.language, tuple(blocks), tuple(rows))


def ratings(words: Words) -> Paper:
    """The colour of the cell is the answer; the cell is empty."""
    heads = (
        "Id",
        words.say("Indikator", "Indicator"),
        words.say("Status", "Rating"),
        words.say("Kommentar till utfallet", "Comment on the outcome"),
    )
    body: list[tuple[Cell, ...]] = []
    rows: list[GoldRow] = []
    for question in words.questions("security", count=16):
        ref = f"IND-{question.number + 1:02d}"
        name = question.topic[0].upper() + question.topic[1:]
        colour, word, code = words.random.choice(_said(words))
        comment = words.comment(question.topic, paragraphs=1)
        body.append((Cell(ref, row=len(rows)), Cell(name), Cell(fill=colour), Cell(comment)))
        rows.append(GoldRow("", ref, name, word, code, comment))
    table = Table((tuple(map(Cell, heads)),), tuple(body), (0.12, 0.3, 0.12, 0.46))
    title = words.say("Lägesbild", "Status overview")
    return Paper(title, words.owner, words.language, (table,), tuple(rows))
