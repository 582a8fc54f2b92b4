"""The columns of the `answers` dataset, the widest of the six."""

from __future__ import annotations

import pyarrow as pa

from models.columns import BOXES, COUNT, POSITION, REPORT_ID, TEXT, TEXTS, column

ANSWER_COLUMNS = (
    REPORT_ID,
    POSITION,
    column(
        "section",
        TEXT,
        "Avsnittets nummer; tomt före det första.",
        "The section's number; empty before the first section.",
    ),
    column(
        "key",
        TEXT,
        "Samma fråga i alla rapporter: avsnitt/referens eller avsnitt/#n.",
        "The same question in every report: section/ref or section/#n.",
    ),
    column(
        "ref",
        TEXT,
        "Referensen i frågecellen, t.ex. 1:1; null om den saknas.",
        "The reference in the question cell, e.g. 1:1; null if there is none.",
        null=True,
    ),
    column("question", TEXT, "Frågan.", "The question."),
    column(
        "detail",
        TEXT,
        "Texten efter frågan i frågecellen.",
        "The text after the question in the question cell.",
    ),
    column(
        "answer",
        TEXT,
        "Svaret som det är tryckt; tomt om det saknas.",
        "The answer as printed; empty if blank.",
    ),
    column(
        "code",
        TEXT,
        "yes, no, partly, not_applicable, other eller missing.",
        "yes, no, partly, not_applicable, other or missing.",
    ),
    column(
        "comment",
        TEXT,
        "Kommentaren; stycken åtskilda av en blankrad.",
        "The comment; paragraphs separated by a blank line.",
    ),
    column(
        "page_first",
        COUNT,
        "Sidan där raden börjar, från 1; null om den är okänd.",
        "Page where the row begins, from 1; null if unknown.",
        null=True,
    ),
    column(
        "page_last",
        COUNT,
        "Sidan där raden slutar; null om den är okänd.",
        "Page where the row ends; null if unknown.",
        null=True,
    ),
    column(
        "boxes",
        BOXES,
        "Rutor kring fälten: sida och punkter från övre vänstra hörnet.",
        "Boxes around the fields: page, and points from the top left corner of the page.",
    ),
    column(
        "box_fields",
        TEXTS,
        "Fältet för varje ruta: question, detail, answer eller comment.",
        "The field of each box: question, detail, answer or comment.",
    ),
    column(
        "line_first",
        COUNT,
        "Första källraden (i en textfil: radnumret).",
        "First source line (in a text file: the line number).",
        null=True,
    ),
    column("line_last", COUNT, "Sista källraden.", "Last source line.", null=True),
    column(
        "confidence",
        pa.float32(),
        "Hur säker läsningen är, 0 till 1.",
        "Confidence of the extraction, 0 to 1.",
    ),
    column(
        "flags",
        TEXTS,
        "Skäl att granska raden.",
        "Reasons why the row may need review.",
    ),
    column(
        "corrected",
        TEXTS,
        "Fält som granskare har rättat; tom om inget är rättat.",
        "Fields that reviewers corrected; empty if none.",
    ),
    column(
        "own_code",
        TEXT,
        "Formulärets egen kod för svaret; tom om formuläret inte har någon.",
        "The form's own code for the answer; empty if the form has none.",
    ),
    column(
        "parts",
        TEXTS,
        "Vad vart och ett av flera svar i cellen gäller; tom om det bara finns ett.",
        "What each of several answers in the cell refers to; empty if there is only one.",
    ),
    column(
        "part_answers",
        TEXTS,
        "Dessa svar som de är tryckta, i samma ordning.",
        "Those answers as printed, in the same order.",
    ),
    column(
        "part_codes",
        TEXTS,
        "Dessa svars koder, i samma ordning.",
        "The codes of those answers, in the same order.",
    ),
    column(
        "extra",
        TEXTS,
        "Texten i radens övriga kolumner.",
        "The text of the row's other columns.",
    ),
    column(
        "extra_heads",
        TEXTS,
        "De övriga kolumnernas rubriker, i samma ordning.",
        "The headings of those columns, in the same order.",
    ),
)
"""In column order."""
