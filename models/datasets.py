"""The six datasets: one Arrow schema each, every column described.

Columns may be added. A column that is renamed or retyped needs a new `SCHEMA_VERSION`.
"""

from __future__ import annotations

from collections.abc import Mapping

import pyarrow as pa

from models.answer_columns import ANSWER_COLUMNS
from models.columns import COUNT, POSITION, REPORT_ID, TEXT, column

SCHEMA_VERSION = "1"
"""Stored in the metadata of every file as `schema_version`."""

DATASETS = ("reports", "sections", "answers", "themes", "problems", "corrections")
"""Names of the datasets: a folder of Parquet files each."""


SCHEMAS: Mapping[str, pa.Schema] = {
    "reports": pa.schema(
        [
            REPORT_ID,
            column(
                "source",
                TEXT,
                "Filens sökväg under indatamappen.",
                "The file's path below the input folder.",
            ),
            column(
                "format",
                TEXT,
                "Filtyp: pdf, docx, odt, html, text eller picture (bild).",
                "File type: pdf, docx, odt, html, text or picture.",
            ),
            column("reader", TEXT, "Läsaren som användes.", "The reader that was used."),
            column(
                "form",
                TEXT,
                "Id för formuläret som passade; tomt om inget passade.",
                "Id of the form that matched; empty if none did.",
            ),
            column(
                "organisation",
                TEXT,
                "Nämnden eller bolaget som svarar; tomt om okänt.",
                "The board or company that answers; empty if unknown.",
            ),
            column(
                "title",
                TEXT,
                "Rapportens titel; tomt om den är okänd.",
                "The report's title; empty if unknown.",
            ),
            column(
                "pages",
                COUNT,
                "Antal sidor; null om källan saknar sidindelning.",
                "Number of pages; null if the source has no pages.",
                null=True,
            ),
            column(
                "status",
                TEXT,
                "ok, partial (något saknas) eller failed (inget kunde läsas).",
                "ok, partial (something is missing) or failed (nothing could be read).",
            ),
            column("sections", COUNT, "Antal avsnitt.", "Number of sections."),
            column("answers", COUNT, "Antal svar.", "Number of answers."),
            column("problems", COUNT, "Antal problem.", "Number of problems."),
            column(
                "confidence",
                pa.float32(),
                "Medelvärdet av svarens säkerhet, 0 till 1.",
                "Mean confidence of the answers, 0 to 1.",
            ),
            column(
                "version",
                TEXT,
                "Programversion som läste rapporten.",
                "Version of the code that read the report.",
            ),
            column(
                "preamble",
                TEXT,
                "Text före det första avsnittet.",
                "Text before the first section.",
            ),
            column(
                "ocr_pages",
                COUNT,
                "Antal sidor som lästes med textigenkänning (OCR); null om en äldre version läste "
                "rapporten.",
                "Number of pages read by text recognition (OCR); null if the report was read by an "
                "earlier version.",
                null=True,
            ),
            column(
                "superseded_by",
                TEXT,
                "Id för den rapport från samma nämnd som gäller i stället; null om den här gäller.",
                "Id of the same board's report that counts instead; null if this one does.",
                null=True,
            ),
        ]
    ),
    "sections": pa.schema(
        [
            REPORT_ID,
            column(
                "section",
                TEXT,
                "Avsnittets nummer, t.ex. 1.2.3.",
                "The section's number, e.g. 1.2.3.",
            ),
            column(
                "title",
                TEXT,
                "Avsnittets rubrik utan nummer.",
                "The section's title without its number.",
            ),
            column("level", COUNT, "Nivå: 1 för 1, 2 för 1.2.", "Level: 1 for 1, 2 for 1.2."),
            column(
                "parent",
                TEXT,
                "Numret på det överordnade avsnittet; null på översta nivån.",
                "Number of the parent section; null at the top level.",
                null=True,
            ),
            column(
                "asked",
                pa.bool_(),
                "Falskt om avsnittet inte ska besvaras av nämnden.",
                "False if the board was not asked to answer the section.",
            ),
            column(
                "instruction",
                TEXT,
                "Avsnittets text utanför tabeller; stycken åtskilda av en blankrad.",
                "The section's text outside tables; paragraphs separated by a blank line.",
            ),
            column(
                "page",
                COUNT,
                "Rubrikens sida, från 1; null om sidan är okänd.",
                "Page of the heading, from 1; null if unknown.",
                null=True,
            ),
        ]
    ),
    "answers": pa.schema(ANSWER_COLUMNS),
    "themes": pa.schema(
        [
            REPORT_ID,
            POSITION,
            column("theme", TEXT, "Temats id.", "Id of the theme."),
            column("group", TEXT, "Id för temats grupp.", "Id of the theme's group."),
            column(
                "surface",
                TEXT,
                "Texten som den står i kommentaren.",
                "The text as it appears in the comment.",
            ),
            column(
                "start",
                COUNT,
                "Första tecknet i kommentaren, från 0.",
                "First character in the comment, from 0.",
            ),
            column("end", COUNT, "Tecknet efter det sista.", "One past the last character."),
            column(
                "sentence",
                TEXT,
                "Meningen som omnämnandet står i.",
                "The sentence that contains the mention.",
            ),
            column(
                "assertion",
                TEXT,
                "affirmed, negated, planned, ended, hypothetical, eller uncertain: läs meningen.",
                "affirmed, negated, planned, ended, hypothetical, or uncertain: read the sentence.",
            ),
            column(
                "cue",
                TEXT,
                "Orden som avgjorde påståendet; tomt om inga.",
                "The words that decided the assertion; empty if none.",
            ),
            column(
                "certainty",
                TEXT,
                "clear, eller debatable: orden betyder ofta något annat.",
                "clear, or debatable: the words often mean something else.",
            ),
        ]
    ),
    "problems": pa.schema(
        [
            REPORT_ID,
            column(
                "position",
                COUNT,
                "Svaret det gäller; null om det gäller rapporten.",
                "The answer it concerns; null if it concerns the report.",
                null=True,
            ),
            column("severity", TEXT, "error, warning eller info.", "error, warning or info."),
            column("code", TEXT, "Typ av problem.", "Type of problem."),
            column("message", TEXT, "Vad som hände, i klartext.", "What happened, in plain words."),
            column(
                "page",
                COUNT,
                "Sidan, från 1; null om den är okänd.",
                "The page, from 1; null if unknown.",
                null=True,
            ),
            column(
                "line",
                COUNT,
                "Källraden; null om den är okänd.",
                "The source line; null if unknown.",
                null=True,
            ),
            column("stage", TEXT, "I vilket steg det uppstod.", "The stage in which it arose."),
            column("advice", TEXT, "Vad man kan göra åt det.", "What to do about it."),
        ]
    ),
    "corrections": pa.schema(
        [
            REPORT_ID,
            column(
                "position",
                COUNT,
                "Svaret det gäller; null om raden inte finns.",
                "The answer it concerns; null if the row does not exist.",
                null=True,
            ),
            column(
                "key",
                TEXT,
                "Svarets nyckel, eller radens när rättelsen gjordes.",
                "The answer's key, or the key of the row when the correction was made.",
            ),
            column(
                "kind",
                TEXT,
                "field, false-row, missed-row, one-row, two-rows, theme-added, theme-struck "
                "eller assertion.",
                "field, false-row, missed-row, one-row, two-rows, theme-added, theme-struck or "
                "assertion.",
            ),
            column(
                "field",
                TEXT,
                "Fältet som rättas; row för hela rader, themes för teman.",
                "The field that is corrected; row for whole rows, themes for themes.",
            ),
            column("read", TEXT, "Det som lästes.", "What was read."),
            column(
                "corrected",
                TEXT,
                "Det som ska stå; tomt för en rad som inte ska finnas.",
                "What it should be; empty for a row that should not exist.",
            ),
            column(
                "state",
                TEXT,
                "active (gäller), resolved (läses nu rätt), stale (läses nu annorlunda, "
                "tillämpas inte) eller conflict (granskare är oense, tillämpas inte).",
                "active (applied), resolved (now read correctly), stale (now read differently, not "
                "applied) or conflict (reviewers disagree, not applied).",
            ),
            column(
                "reason",
                TEXT,
                "Varför den inte tillämpas; annars tomt.",
                "Why it is not applied; otherwise empty.",
            ),
            column("reviewer", TEXT, "Den som rättade.", "The reviewer who made the correction."),
            column("at", TEXT, "När, i UTC, enligt ISO 8601.", "When, in UTC, in ISO 8601 format."),
            column("correction", TEXT, "Rättelsens id.", "The correction's id."),
            column(
                "made_on",
                TEXT,
                "Rapporten som rättelsen gjordes i; en annan om rättelsen har förts över.",
                "The report the correction was made on; a different one if it was carried over.",
            ),
            column("note", TEXT, "Granskarens anteckning.", "The reviewer's note."),
        ]
    ),
}
"""Schema by dataset; the descriptions are in each field's metadata under `sv` and `en`."""
