"""Checklists whose answers are places in a text, and boxes to tick on a line of their own."""

from __future__ import annotations

from itertools import groupby

from tests.questionnaires.content import Block, Cell, GoldRow, Heading, Paper, Table, Text
from tests.questionnaires.words import Words


def checklist(words: Words) -> Paper:
    """A checklist for a study: what should be reported, and on which page it is."""
    heads = (
        words.say("Del", "Part"),
        words.say("Post nr", "Item no."),
        words.say("Det som ska redovisas", "What is to be reported"),
        words.say("Redovisat på sida", "Reported on page"),
    )
    body: list[tuple[Cell, ...]] = []
    rows: list[GoldRow] = []
    grouped = groupby(words.questions("security", count=18), lambda one: one.section)
    for number, (section, questions) in enumerate(grouped, 1):
        group = list(questions)
        for place, question in enumerate(group):
            ref = f"{number}{'abcdefgh'[place]}"
            asked = words.say("Redovisa ", "Report ") + question.topic
            asked += words.say(
                " och hur uppgifterna togs fram.", " and how the data were obtained."
            )
            pages = words.say("Sida", "Page")
            answer = words.random.choice(
                (
                    f"{pages} {words.random.randint(2, 40)}",
                    f"{pages} {words.random.randint(2, 20)}–{words.random.randint(21, 40)}",
                    words.say("Bilaga ", "Appendix ") + words.random.choice("ABC"),
                    words.say("Redovisas ej", "Not reported"),
                )
            )
            start = [Cell(section, rows=len(group))] if place == 0 else []
            body.append((*start, Cell(ref, row=len(rows)), Cell(asked), Cell(answer)))
            rows.append(GoldRow(section, ref, asked, answer, "", ""))
    table = Table((tuple(map(Cell, heads)),), tuple(body), (0.16, 0.1, 0.52, 0.22))
    title = words.say("Checklista för rapportering", "Reporting checklist")
    return Paper(title, words.owner, words.language, (table,), tuple(rows))


def boxes(words: Words) -> Paper:
    """Numbered questions with a line of boxes below, of which one is ticked, and a reason."""
    label = words.say("Motivering:", "Reason:")
    said = [words.answer(code) for code in ("yes", "partly", "no")]
    blocks: list[Block] = []
    rows: list[GoldRow] = []
    grouped = groupby(words.questions("care"), key=lambda one: one.section)
    for number, (section, questions) in enumerate(grouped, 1):
        blocks.append(Heading(f"{number} {section}", 1))
        for place, question in enumerate(questions, 1):
            ref = f"{number}.{place}"
            chosen = words.random.randrange(3)
            marks = ("[x]" if at == chosen else "[ ]" for at in range(3))
            line = "   ".join(f"{mark} {word}" for mark, (word, _) in zip(marks, said, strict=True))
            answer, code = said[chosen]
            comment = words.comment(question.topic, blank=0.2, paragraphs=1)
            blocks.append(Text(question.text, label=ref, row=len(rows)))
            blocks.append(Text(line))
            if comment:
                blocks.append(Text(comment, label))
            rows.append(GoldRow(section, ref, question.text, answer, code, comment))
    title = words.say("Självskattning av enheten", "Self-assessment of the unit")
    return Paper(title, words.owner, words.language, tuple(blocks), tuple(rows))
