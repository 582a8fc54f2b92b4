"""Registers, control plans and follow-ups, as kept by authorities besides questionnaires."""

from __future__ import annotations

from itertools import groupby

from tests.questionnaires.content import Block, Cell, GoldRow, Heading, Paper, Table, Text
from tests.questionnaires.words import Words


def risks(words: Words) -> Paper:
    """A risk register: likelihood, consequence and their product beside what is done about it."""
    heads = (
        "Nr",
        "Risk",
        words.say("Sannolikhet", "Likelihood"),
        words.say("Konsekvens", "Impact"),
        words.say("Riskvärde", "Score"),
        words.say("Hantering", "Handling"),
        words.say("Åtgärd", "Measure"),
    )
    said = (
        words.say("Accepteras", "Accept"),
        words.say("Åtgärdas", "Treat"),
        words.say("Bevakas", "Watch"),
    )
    body: list[tuple[Cell, ...]] = []
    rows: list[GoldRow] = []
    for question in words.questions("security", "risks"):
        ref = f"R{question.number + 1}"
        likelihood, impact = (words.random.randint(1, 4) for _ in range(2))
        kept = (f"{likelihood}", f"{impact}", f"{likelihood * impact}")
        answer = words.random.choice(said)
        comment = words.comment(question.topic, paragraphs=1)
        cells = (question.text, *kept, answer, comment)
        body.append((Cell(ref, row=len(rows)), *map(Cell, cells)))
        extra = tuple(zip(heads[2:5], kept, strict=True))
        rows.append(GoldRow("", ref, question.text, answer, "", comment, extra))
    widths = (0.05, 0.25, 0.09, 0.09, 0.09, 0.1, 0.33)
    table = Table((tuple(map(Cell, heads)),), tuple(body), widths)
    title = words.say("Riskregister", "Risk register")
    return Paper(title, words.owner, words.language, (table,), tuple(rows), wide=True)


def equality(words: Words) -> Paper:
    """Questions in lettered lists with a status line; a summary and a signature end the report."""
    status, label = words.say("Status:", "Status:"), words.say("Kommentar:", "Comment:")
    said = (
        words.say("Genomfört", "Done"),
        words.say("Påbörjat", "Begun"),
        words.say("Inte påbörjat", "Not begun"),
    )
    blocks: list[Block] = []
    rows: list[GoldRow] = []
    for section, questions in groupby(words.questions("equality"), key=lambda one: one.section):
        blocks.append(Heading(section, 1))
        for place, question in enumerate(questions):
            ref = "abcdefgh"[place]
            answer = words.random.choice(said)
            comment = words.comment(question.topic, blank=0.2)
            first, *others = comment.split("\n\n")
            blocks.append(Text(f"{ref}) {question.text}", row=len(rows)))
            blocks.append(Text(answer, status))
            blocks += [Text(first, label)] if first else []
            blocks += map(Text, others)
            rows.append(GoldRow(section, ref, question.text, answer, "", comment))
    ending = words.say(
        "Nämnden bedömer att arbetet går framåt och återkommer med en ny plan.",
        "The board finds that the work is making progress and will return with a new plan.",
    )
    blocks += [Heading(words.say("Sammanfattning", "Summary"), 1), Text(ending)]
    title = words.say("Uppföljning av jämställdhetsarbetet", "Follow-up of work for equality")
    return Paper(title, words.owner, words.language, tuple(blocks), tuple(rows))


def four_grades(words: Words) -> Paper:
    """A school's self-evaluation: an x in one of four grades; sections are rows of the table."""
    grades = (
        words.say("Stämmer inte", "Not true"),
        words.say("Stämmer delvis", "Partly true"),
        words.say("Stämmer ofta", "Often true"),
        words.say("Stämmer helt", "Quite true"),
    )
    top = (
        Cell(words.say("Påstående", "Statement"), rows=2),
        Cell(words.say("Så här är det hos oss", "How it is with us"), columns=4),
        Cell(words.say("Exempel och utvecklingsområden", "Examples and next steps"), rows=2),
    )
    body: list[tuple[Cell, ...]] = []
    rows: list[GoldRow] = []
    grouped = groupby(words.questions("school", "statements"), key=lambda one: one.section)
    for section, statements in grouped:
        body.append((Cell(section, columns=6, bold=True, fill="#eeeeee"),))
        for statement in statements:
            chosen = words.random.randrange(4)
            comment = words.comment(statement.topic, paragraphs=1)
            ticks = tuple(Cell("X" if at == chosen else "") for at in range(4))
            body.append((Cell(statement.text, row=len(rows)), *ticks, Cell(comment)))
            rows.append(GoldRow(section, "", statement.text, grades[chosen], "", comment))
    widths = (0.28, 0.11, 0.11, 0.11, 0.11, 0.28)
    table = Table((top, tuple(map(Cell, grades))), tuple(body), widths, centred=True)
    title = words.say("Skolans självskattning", "Self-evaluation of the school")
    return Paper(title, words.owner, words.language, (table,), tuple(rows))


def control_plan(words: Words) -> Paper:
    """A control plan: a table per process without vertical lines, and a table without questions."""
    heads = (
        words.say("Kontrollmoment", "Control"),
        words.say("Metod", "Method"),
        words.say("Frekvens", "How often"),
        words.say("Utfall", "Outcome"),
        words.say("Avvikelse och åtgärd", "Deviation and measure"),
    )
    said = (
        words.say("Utan anmärkning", "Without remark"),
        words.say("Mindre avvikelse", "Minor deviation"),
        words.say("Större avvikelse", "Major deviation"),
    )
    methods = words.say("Stickprov", "Sample"), words.say("Intervju", "Interview")
    often = words.say("Årligen", "Yearly"), words.say("Varje tertial", "Every four months")
    blocks: list[Block] = []
    rows: list[GoldRow] = []
    for section, questions in groupby(
        words.questions("security", "controls", 16), key=lambda one: one.section
    ):
        blocks.append(Heading(section, 1))
        body: list[tuple[Cell, ...]] = []
        for question in questions:
            kept = words.random.choice(methods), words.random.choice(often)
            answer = words.random.choice(said)
            blank = 0.7 if answer == said[0] else 0.0
            comment = words.comment(question.topic, blank=blank, paragraphs=1)
            cells = (*kept, answer, comment)
            body.append((Cell(question.text, row=len(rows)), *map(Cell, cells)))
            extra = tuple(zip(heads[1:3], kept, strict=True))
            rows.append(GoldRow(section, "", question.text, answer, "", comment, extra))
        widths = (0.27, 0.12, 0.14, 0.15, 0.32)
        blocks.append(Table((tuple(map(Cell, heads)),), tuple(body), widths, lines="rows"))
    count = tuple((Cell(word), Cell(f"{sum(row.answer == word for row in rows)}")) for word in said)
    blocks.append(Heading(words.say("Sammanställning", "Totals"), 1))
    names = (Cell(words.say("Bedömning", "Assessment")), Cell(words.say("Antal", "Number")))
    blocks.append(Table((names,), count, (0.3, 0.15)))
    title = words.say("Uppföljning av internkontrollplanen", "Follow-up of the control plan")
    return Paper(title, words.owner, words.language, tuple(blocks), tuple(rows))
