"""Tables with cells merged downwards, group rows and comment rows."""

from __future__ import annotations

from itertools import groupby

from tests.questionnaires.content import Cell, GoldRow, Paper, Table
from tests.questionnaires.words import Words


def applicability(words: Words) -> Paper:
    """A statement of applicability: group rows name the section, controls carry references."""
    heads = (
        words.say("Åtgärd", "Control"),
        words.say("Rubrik", "Title"),
        words.say("Tillämplig", "Applicable"),
        words.say("Införd", "Implemented"),
        words.say("Motivering", "Justification"),
    )
    done = words.say("Ja", "Yes"), words.say("Nej", "No"), words.say("Pågår", "In progress")
    body: list[tuple[Cell, ...]] = []
    rows: list[GoldRow] = []
    grouped = groupby(words.questions("security"), key=lambda one: one.section)
    for number, (section, questions) in enumerate(grouped, 5):
        body.append((Cell(f"A.{number} {section}", columns=5, bold=True, fill="#dde6ee"),))
        for place, question in enumerate(questions, 1):
            ref = f"A.{number}.{place}"
            name = question.topic[0].upper() + question.topic[1:]
            answer, code = words.answer("yes", "no")
            implemented = words.random.choice(done)
            comment = words.comment(question.topic, blank=0.05, paragraphs=1)
            cells = ref, name, answer, implemented, comment
            body.append((Cell(ref, row=len(rows)), *map(Cell, cells[1:])))
            kept = ((heads[3], implemented),)
            rows.append(GoldRow(section, ref, name, answer, code, comment, kept))
    widths = (0.1, 0.23, 0.13, 0.16, 0.38)
    table = Table((tuple(map(Cell, heads)),), tuple(body), widths)
    title = words.say("Uttalande om tillämplighet", "Statement of applicability")
    return Paper(title, words.owner, words.language, (table,), tuple(rows))


def merged(words: Words) -> Paper:
    """An assessment that several questions share, in cells merged downwards."""
    heads = (
        words.say("Område", "Area"),
        words.say("Frågeställning", "Question"),
        words.say("Bedömning", "Assessment"),
        words.say("Iakttagelser", "Observations"),
    )
    said = (
        (words.say("Uppfyllt", "Met"), "yes"),
        (words.say("Ej uppfyllt", "Not met"), "no"),
        (words.say("Delvis uppfyllt", "Partly met"), "partly"),
    )
    body: list[tuple[Cell, ...]] = []
    rows: list[GoldRow] = []
    for section, questions in groupby(words.questions("care"), key=lambda one: one.section):
        group = list(questions)
        first = Cell(section, rows=len(group))
        for start in range(0, len(group), 2):
            pair = group[start : start + 2]
            answer, code = words.random.choice(said)
            comment = words.comment(pair[0].topic, blank=0.05)
            for place, question in enumerate(pair):
                cells = [Cell(question.text, row=len(rows))]
                if place == 0:
                    cells.append(Cell(answer, rows=len(pair)))
                    cells.append(Cell(comment.replace("\n\n", "\n"), rows=len(pair)))
                body.append((*([first] if start + place == 0 else []), *cells))
                rows.append(GoldRow(section, "", question.text, answer, code, comment))
    table = Table((tuple(map(Cell, heads)),), tuple(body), (0.15, 0.35, 0.14, 0.36))
    title = words.say("Protokoll från kvalitetsrevision", "Record of a quality audit")
    return Paper(title, words.owner, words.language, (table,), tuple(rows))


def under_row(words: Words) -> Paper:
    """The comment is in a full-width row below its question."""
    label = words.say("Kommentar:", "Comment:")
    heads = "Nr", words.say("Kontrollpunkt", "Checkpoint"), words.say("Resultat", "Result")
    said = (
        (words.say("Godkänt", "Pass"), "yes"),
        (words.say("Underkänt", "Fail"), "no"),
        (words.say("Ej kontrollerat", "Not checked"), "other"),
    )
    body: list[tuple[Cell, ...]] = []
    rows: list[GoldRow] = []
    for question in words.questions("security"):
        ref = f"{question.number // 4 + 1}.{question.number % 4 + 1}"
        answer, code = words.random.choice(said)
        comment = words.comment(question.topic, blank=0.3)
        body.append((Cell(ref, row=len(rows)), Cell(question.text), Cell(answer)))
        if comment:
            below = f"{label} {comment}".replace("\n\n", "\n")
            body.append((Cell(below, columns=3),))
        rows.append(GoldRow("", ref, question.text, answer, code, comment))
    table = Table((tuple(map(Cell, heads)),), tuple(body), (0.1, 0.68, 0.22))
    title = words.say("Kontrollprotokoll", "Inspection record")
    return Paper(title, words.owner, words.language, (table,), tuple(rows))
