"""Self-evaluations that are written as running text, without tables."""

from __future__ import annotations

from itertools import groupby

from tests.questionnaires.content import Block, GoldRow, Heading, Paper, Text
from tests.questionnaires.words import Words


def headings(words: Words) -> Paper:
    """Every question is a heading; below it a line with the assessment, then the comment."""
    label = words.say("Nämndens bedömning:", "Our assessment:")
    blocks: list[Block] = []
    rows: list[GoldRow] = []
    section = ""
    for question in words.questions("care"):
        if question.section != section:
            section = question.section
            blocks.append(Heading(section, 1))
        answer, code = words.answer("yes", "no", "partly")
        comment = words.comment(question.topic)
        blocks.append(Heading(question.text, 2, row=len(rows)))
        blocks.append(Text(answer, label))
        blocks += [Text(text) for text in comment.split("\n\n") if text]
        rows.append(GoldRow(section, "", question.text, answer, code, comment))
    title = words.say("Självvärdering av kvalitet i omsorgen", "Self-evaluation of care quality")
    intro = words.say(
        "Nämnden har bedömt varje fråga tillsammans med enheterna.",
        "Each question has been assessed together with the units.",
    )
    return Paper(title, words.owner, words.language, (Text(intro), *blocks), tuple(rows))


def numbered(words: Words) -> Paper:
    """Questions of a numbered list that runs through unnumbered sections; the answer below."""
    label = words.say("Svar:", "Answer:")
    blocks: list[Block] = []
    rows: list[GoldRow] = []
    for section, questions in groupby(words.questions("security"), key=lambda one: one.section):
        blocks.append(Heading(section, 1))
        for question in questions:
            answer, code = words.answer("yes", "no", "not_applicable")
            comment = words.comment(question.topic)
            number = f"{question.number + 1}"
            asked = f"{number}. {question.text}"
            blocks.append(Text(asked, row=len(rows)))
            blocks.append(Text(answer, label))
            blocks += [Text(text) for text in comment.split("\n\n") if text]
            rows.append(GoldRow(section, number, question.text, answer, code, comment))
    title = words.say("Egenkontroll av informationssäkerhet", "Information security self-check")
    return Paper(title, words.owner, words.language, tuple(blocks), tuple(rows))


def year_report(words: Words) -> Paper:
    """An annual report: numbered headings ask, and the text below is the only answer."""
    blocks: list[Block] = []
    rows: list[GoldRow] = []
    grouped = groupby(words.questions("care", "requests", 15), key=lambda one: one.section)
    for number, (section, questions) in enumerate(grouped, 1):
        blocks.append(Heading(f"{number} {section}", 1))
        for place, question in enumerate(questions, 1):
            ref = f"{number}.{place}"
            comment = words.comment(question.topic, blank=0, paragraphs=3)
            blocks.append(Heading(f"{ref} {question.text}", 2, row=len(rows)))
            blocks += [Text(text) for text in comment.split("\n\n")]
            rows.append(GoldRow(section, ref, question.text, "", "", comment))
    title = words.say("Årsberättelse 2024", "Annual statement 2024")
    return Paper(title, words.owner, words.language, tuple(blocks), tuple(rows))
