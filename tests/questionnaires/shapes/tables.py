"""Questionnaires in tables whose columns are not question, answer, comment."""

from __future__ import annotations

from itertools import groupby

from tests.questionnaires.content import Block, Cell, GoldRow, Heading, Paper, Table, Text
from tests.questionnaires.words import Words


def security(words: Words) -> Paper:
    """A supplier's security questionnaire: ten columns, a merged header, references `A&A-01.1`."""
    prefixes = ("A&A", "IAM", "OPS", "STA", "BCR")
    asked = words.questions("security")
    names = list(dict.fromkeys(question.section for question in asked))
    heads = (
        words.say("Fråge-id", "Question ID"),
        words.say("Kontrollfråga", "Assessment question"),
        words.say("Leverantörens svar", "Provider answer"),
        words.say("Ansvar enligt avtal", "Contractual ownership"),
        words.say("Leverantörens beskrivning (frivillig)", "Provider description (optional)"),
        words.say("Kundens ansvar", "Customer responsibilities"),
        words.say("Kontroll-id", "Control ID"),
        words.say("Krav", "Control specification"),
        words.say("Kontrollens namn", "Control title"),
        words.say("Område", "Domain title"),
    )
    top = (
        Cell(
            words.say("Frågor till leverantören", "Questions to the provider"), columns=6, bold=True
        ),
        Cell(words.say("Hänvisning till ramverket", "Link to the framework"), columns=4, bold=True),
    )
    owner = words.say("Leverantören", "Provider-owned"), words.say("Delat", "Shared")
    body: list[tuple[Cell, ...]] = []
    rows: list[GoldRow] = []
    for question in asked:
        area = names.index(question.section)
        control = f"{prefixes[area]}-{question.number % 4 // 2 + 1:02d}"
        ref = f"{control}.{question.number % 2 + 1}"
        answer, code = words.answer("yes", "no", "not_applicable")
        comment = words.comment(question.topic, paragraphs=1)
        kept = (
            words.random.choice(owner),
            words.comment(question.topic, blank=0.6, paragraphs=1),
            control,
            words.say("Krav på ", "Requirements on ") + question.topic,
            question.topic.capitalize(),
        )
        body.append(
            (
                Cell(ref, row=len(rows)),
                Cell(question.text),
                Cell(answer),
                Cell(kept[0]),
                Cell(comment),
                *(Cell(text) for text in kept[1:]),
                Cell(question.section),
            )
        )
        extra = tuple(zip((heads[3], *heads[5:9]), kept, strict=True))
        rows.append(GoldRow(question.section, ref, question.text, answer, code, comment, extra))
    widths = (0.07, 0.15, 0.07, 0.08, 0.2, 0.13, 0.06, 0.1, 0.07, 0.07)
    table = Table((top, tuple(map(Cell, heads))), tuple(body), widths, centred=True)
    title = words.say("Leverantörsfrågor om molnsäkerhet", "Cloud security supplier questions")
    return Paper(title, words.owner, words.language, (table,), tuple(rows), wide=True)


def conformance(words: Words) -> Paper:
    """An accessibility report: numbered criteria, with separate answers for web and documents."""
    names = (
        "Bilder har textalternativ", "Filmer är textade", "Ordningen går att följa",
        "Kontrasten räcker", "Allt nås med tangentbord", "Inget blinkar",
        "Fokus syns", "Språket är angivet", "Fel förklaras", "Etiketter finns",
    ) if words.language == "sv" else (
        "Text for pictures", "Captions for film", "Meaningful order", "Enough contrast",
        "All by keyboard", "Nothing flashes", "Focus is visible", "Language is stated",
        "Errors are explained", "Labels are present",
    )  # fmt: skip
    said = (
        (words.say("Uppfyller", "Supports"), "yes"),
        (words.say("Uppfyller delvis", "Partially supports"), "partly"),
        (words.say("Uppfyller inte", "Does not support"), "no"),
        (words.say("Ej tillämpligt", "Not applicable"), "not_applicable"),
    )
    parts = words.say("Webb", "Web"), words.say("Dokument", "Documents")
    heads = (
        words.say("Kriterium", "Criteria"),
        words.say("Grad av uppfyllelse", "Conformance level"),
        words.say("Anmärkningar och förklaringar", "Remarks and explanations"),
    )
    blocks: list[Block] = []
    rows: list[GoldRow] = []
    for level, some in (("A", names[:6]), ("AA", names[6:])):
        section = words.say(f"Krav på nivå {level}", f"Criteria of level {level}")
        blocks.append(Heading(section, 2))
        body: list[tuple[Cell, ...]] = []
        for place, name in enumerate(some):
            ref = f"{len(level)}.{place // 3 + 1}.{place % 3 + 1}"
            question = f"{ref} {name} ({words.say('Nivå', 'Level')} {level})"
            web, web_code = words.random.choice(said)
            document, document_code = words.random.choice(said)
            code = web_code if web_code == document_code else "other"
            answer = f"{parts[0]}: {web}\n{parts[1]}: {document}"
            comment = f"{parts[0]}: {words.comment(name, blank=0, paragraphs=1)}"
            if words.random.random() < 0.6:
                comment += f"\n\n{parts[1]}: {words.comment(name, blank=0, paragraphs=1)}"
            body.append(
                (Cell(question, row=len(rows)), Cell(answer), Cell(comment.replace("\n\n", "\n")))
            )
            rows.append(GoldRow(section, ref, question, answer.replace("\n", " "), code, comment))
        blocks.append(Table((tuple(map(Cell, heads)),), tuple(body), (0.3, 0.24, 0.46)))
    title = words.say("Tillgänglighetsrapport", "Accessibility conformance report")
    note = words.say(
        "Orden i kolumnen för uppfyllelse förklaras i bilagan.",
        "The terms of the conformance column are explained in the annex.",
    )
    return Paper(title, words.owner, words.language, (Text(note), *blocks), tuple(rows))


def description(words: Words) -> Paper:
    """A table without an answer column: what was asked for, and a description."""
    heads = (
        "Nr",
        words.say("Efterfrågat underlag", "Requested material"),
        words.say("Beskrivning", "Description"),
    )
    blocks: list[Block] = []
    rows: list[GoldRow] = []
    asked = words.questions("care", "requests")
    for number, (section, questions) in enumerate(groupby(asked, key=lambda one: one.section), 1):
        blocks.append(Heading(f"{number}. {section}", 1))
        body: list[tuple[Cell, ...]] = []
        for place, question in enumerate(questions):
            ref = f"{number}{'abcdefgh'[place]}"
            comment = words.comment(question.topic, blank=0.05)
            body.append(
                (Cell(ref, row=len(rows)), Cell(question.text), Cell(comment.replace("\n\n", "\n")))
            )
            rows.append(GoldRow(section, ref, question.text, "", "", comment))
        blocks.append(
            Table((tuple(map(Cell, heads)),), tuple(body), (0.08, 0.34, 0.58), lines="rows")
        )
    title = words.say("Underlag till tillsyn", "Material for the inspection")
    return Paper(title, words.owner, words.language, tuple(blocks), tuple(rows))


def shifted(words: Words) -> Paper:
    """Columns in an unusual order, and a body a few points to the right of its header."""
    heads = (
        words.say("Ja/Nej", "Yes/No"),
        "#",
        words.say("Granskningspunkt", "Review item"),
        words.say("Klart senast", "Due"),
        words.say("Anteckningar", "Notes"),
    )
    body: list[tuple[Cell, ...]] = []
    rows: list[GoldRow] = []
    for question in words.questions("security", count=18):
        answer, code = words.answer("yes", "no")
        comment = words.comment(question.topic)
        due = words.pick("months") if code == "no" else ""
        ref = f"{question.number + 1}"
        body.append(
            (
                Cell(answer, row=len(rows)),
                Cell(ref),
                Cell(question.text),
                Cell(due),
                Cell(comment.replace("\n\n", "\n")),
            )
        )
        rows.append(GoldRow("", ref, question.text, answer, code, comment, ((heads[3], due),)))
    widths = (0.1, 0.07, 0.31, 0.14, 0.38)
    table = Table(
        (tuple(map(Cell, heads)),), tuple(body), widths, lines="rows", repeat=False, shift=6
    )
    title = words.say("Granskningslista inför driftsättning", "Review list before go-live")
    return Paper(title, words.owner, words.language, (table,), tuple(rows))


def ticked(words: Words) -> Paper:
    """An x in one of several columns is the answer; sections are numbered headings."""
    words_of = [words.answer(code) for code in ("yes", "partly", "no")]
    top = (
        Cell(words.say("Fråga", "Question"), rows=2),
        Cell(words.say("Svar", "Answer"), columns=3),
        Cell(words.say("Kommentar", "Comment"), rows=2),
    )
    below = tuple(Cell(word) for word, _ in words_of)
    blocks: list[Block] = []
    rows: list[GoldRow] = []
    for number, (section, questions) in enumerate(
        groupby(words.questions("care"), key=lambda one: one.section), 1
    ):
        blocks.append(Heading(f"{number} {section}", 1))
        body: list[tuple[Cell, ...]] = []
        for question in questions:
            chosen = words.random.randrange(3)
            answer, code = words_of[chosen]
            comment = words.comment(question.topic)
            ticks = tuple(Cell("x" if place == chosen else "") for place in range(3))
            body.append(
                (Cell(question.text, row=len(rows)), *ticks, Cell(comment.replace("\n\n", "\n")))
            )
            rows.append(GoldRow(section, "", question.text, answer, code, comment))
        blocks.append(
            Table((top, below), tuple(body), (0.34, 0.09, 0.13, 0.09, 0.35), centred=True)
        )
    title = words.say("Enkät om kvalitet", "Quality survey")
    return Paper(title, words.owner, words.language, tuple(blocks), tuple(rows))
