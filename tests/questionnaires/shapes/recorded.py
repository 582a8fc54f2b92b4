"""Records of audits and interviews: a card per question, grades after remarks, free answers."""

from __future__ import annotations

from itertools import groupby

from tests.questionnaires.content import Block, Cell, GoldRow, Heading, Paper, Table, Text
from tests.questionnaires.words import Words


def cards(words: Words) -> Paper:
    """Each question has a table of its own, with a label to the left of each field."""
    labels = (
        words.say("Fråga", "Question"),
        words.say("Bedömning", "Assessment"),
        words.say("Kommentar", "Comment"),
    )
    blocks: list[Block] = []
    rows: list[GoldRow] = []
    for section, questions in groupby(words.questions("care", count=15), key=lambda q: q.section):
        blocks.append(Heading(section, 1))
        for question in questions:
            answer, code = words.answer("yes", "no", "partly")
            comment = words.comment(question.topic, blank=0.2)
            fields = question.text, answer, comment.replace("\n\n", "\n")
            body = tuple(
                (Cell(label, bold=True), Cell(text, row=len(rows) if at == 0 else None))
                for at, (label, text) in enumerate(zip(labels, fields, strict=True))
            )
            blocks.append(Table((), body, (0.2, 0.8), repeat=False))
            rows.append(GoldRow(section, "", question.text, answer, code, comment))
    title = words.say("Frågekort för enheten", "Question cards of the unit")
    return Paper(title, words.owner, words.language, tuple(blocks), tuple(rows))


def audit(words: Words) -> Paper:
    """An audit without lines: remarks come before the grade, which is a letter."""
    heads = (
        words.say("Punkt", "Clause"),
        words.say("Krav", "Requirement"),
        words.say("Iakttagelser", "Observations"),
        words.say("Betyg", "Grade"),
    )
    blocks: list[Block] = []
    rows: list[GoldRow] = []
    grouped = groupby(words.questions("security", "controls"), key=lambda one: one.section)
    for number, (section, controls) in enumerate(grouped, 4):
        blocks.append(Heading(f"{number} {section}", 1))
        body: list[tuple[Cell, ...]] = []
        for place, control in enumerate(controls, 1):
            ref = f"{number}.{place}"
            answer = words.random.choice("ABC")
            comment = words.comment(control.topic, blank=0.1, paragraphs=1)
            cells = (control.text, comment, answer)
            body.append((Cell(ref, row=len(rows)), *map(Cell, cells)))
            rows.append(GoldRow(section, ref, control.text, answer, "", comment))
        widths = (0.1, 0.32, 0.46, 0.12)
        blocks.append(Table((tuple(map(Cell, heads)),), tuple(body), widths, lines="none"))
    title = words.say("Revisionsprotokoll", "Audit record")
    return Paper(title, words.owner, words.language, tuple(blocks), tuple(rows))


def interview(words: Words) -> Paper:
    """Questions and free answers of an interview, each after its label."""
    asked, said = words.say("Fråga:", "Question:"), words.say("Svar:", "Answer:")
    blocks: list[Block] = []
    rows: list[GoldRow] = []
    for section, questions in groupby(words.questions("equality"), key=lambda one: one.section):
        blocks.append(Heading(section, 1))
        for question in questions:
            answer = words.comment(question.topic, blank=0, paragraphs=1)
            blocks.append(Text(question.text, asked, row=len(rows)))
            blocks.append(Text(answer, said))
            rows.append(GoldRow(section, "", question.text, answer, "", ""))
    title = words.say("Intervju med förvaltningen", "Interview with the administration")
    return Paper(title, words.owner, words.language, tuple(blocks), tuple(rows))
