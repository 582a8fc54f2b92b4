"""The six datasets: one Arrow schema each, every column described.

Columns may be added. A column that is renamed or retyped needs a new `SCHEMA_VERSION`.
"""

from __future__ import annotations

from collections.abc import Mapping

import pyarrow as pa

SCHEMA_VERSION = "1"
"""Stands in the metadata of every file as `schema_version`."""

DATASETS = ("reports", "sections", "answers", "themes", "problems", "corrections")
"""Names of the datasets: a folder of Parquet files each."""


def _field(name: str, kind: pa.DataType, sv: str, en: str, *, null: bool = False) -> pa.Field:
    return pa.field(name, kind, nullable=null, metadata={"sv": sv, "en": en})


_TEXT = pa.string()
_COUNT = pa.int32()
_TEXTS = pa.list_(pa.field("item", pa.string(), nullable=False))
_BOXES = pa.list_(
    pa.field(
        "item",
        pa.struct(
            [
                pa.field("page", pa.int32(), nullable=False),
                *(
                    pa.field(name, pa.float32(), nullable=False)
                    for name in ("x0", "y0", "x1", "y1")
                ),
            ]
        ),
        nullable=False,
    )
)
_REPORT_ID = _field(
    "report_id",
    _TEXT,
    "Rapportens id: de första 16 hexadecimala tecknen i filens SHA-256.",
    "The report's id: the first 16 hexadecimal digits of the file's SHA-256.",
)
_POSITION = _field(
    "position",
    _COUNT,
    "Svarets plats i rapporten, från 1.",
    "The answer's place in the report, from 1.",
)

SCHEMAS: Mapping[str, pa.Schema] = {
    "reports": pa.schema(
        [
            _REPORT_ID,
            _field(
                "source",
                _TEXT,
                "Filens sökväg under indatamappen.",
                "The file's path below the input folder.",
            ),
            _field(
                "format",
                _TEXT,
                "Filens slag: pdf, docx, odt, html eller text.",
                "Kind of file: pdf, docx, odt, html or text.",
            ),
            _field("reader", _TEXT, "Läsaren som läste filen.", "The reader that read the file."),
            _field(
                "form",
                _TEXT,
                "Id för formuläret som passade; tomt om inget.",
                "Id of the form that fitted; empty if none.",
            ),
            _field(
                "organisation",
                _TEXT,
                "Nämnden eller bolaget som svarar; tomt om okänt.",
                "The board or company that answers; empty if not known.",
            ),
            _field(
                "title",
                _TEXT,
                "Rapportens titel; tomt om okänd.",
                "The report's title; empty if not known.",
            ),
            _field(
                "pages",
                _COUNT,
                "Antal sidor; null där källan inte skiljer sidor åt.",
                "Number of pages; null where the source does not tell pages apart.",
                null=True,
            ),
            _field(
                "status",
                _TEXT,
                "ok, partial (något saknas) eller failed (inget kunde läsas).",
                "ok, partial (something is missing) or failed (nothing could be read).",
            ),
            _field("sections", _COUNT, "Antal avsnitt.", "Number of sections."),
            _field("answers", _COUNT, "Antal svar.", "Number of answers."),
            _field("problems", _COUNT, "Antal problem.", "Number of problems."),
            _field(
                "confidence",
                pa.float32(),
                "Medelvärde av svarens säkerhet, 0 till 1.",
                "Mean of the answers' confidence, 0 to 1.",
            ),
            _field(
                "version",
                _TEXT,
                "Programversion som läste rapporten.",
                "Version of the code that read the report.",
            ),
            _field(
                "preamble",
                _TEXT,
                "Text före det första avsnittet.",
                "Text before the first section.",
            ),
            _field(
                "superseded_by",
                _TEXT,
                "Id för samma nämnds rapport som gäller i stället; null om den här gäller.",
                "Id of the same board's report that counts instead; null if this one counts.",
                null=True,
            ),
        ]
    ),
    "sections": pa.schema(
        [
            _REPORT_ID,
            _field(
                "section", _TEXT, "Avsnittets nummer, som 1.2.3.", "The section's number, as 1.2.3."
            ),
            _field(
                "title",
                _TEXT,
                "Avsnittets rubrik utan nummer.",
                "The section's title without its number.",
            ),
            _field("level", _COUNT, "Nivå: 1 för 1, 2 för 1.2.", "Level: 1 for 1, 2 for 1.2."),
            _field(
                "parent",
                _TEXT,
                "Numret på avsnittet ovanför; null på översta nivån.",
                "Number of the section above; null at the top level.",
                null=True,
            ),
            _field(
                "asked",
                pa.bool_(),
                "Falskt där avsnittet inte ska besvaras av nämnden.",
                "False where the board is not to answer the section.",
            ),
            _field(
                "instruction",
                _TEXT,
                "Avsnittets text utanför tabeller; stycken skilda av en blankrad.",
                "The section's text outside tables; paragraphs parted by a blank line.",
            ),
            _field(
                "page",
                _COUNT,
                "Rubrikens sida, från 1; null där sidor är okända.",
                "Page of the heading, from 1; null where pages are not known.",
                null=True,
            ),
        ]
    ),
    "answers": pa.schema(
        [
            _REPORT_ID,
            _POSITION,
            _field(
                "section",
                _TEXT,
                "Avsnittets nummer; tomt före det första.",
                "The section's number; empty before the first.",
            ),
            _field(
                "key",
                _TEXT,
                "Samma fråga i alla rapporter: avsnitt/referens eller avsnitt/#n.",
                "The same question in every report: section/ref or section/#n.",
            ),
            _field(
                "ref",
                _TEXT,
                "Referensen i frågecellen, som 1:1; null om ingen.",
                "The reference in the question cell, as 1:1; null if none.",
                null=True,
            ),
            _field("question", _TEXT, "Frågan.", "The question."),
            _field(
                "detail",
                _TEXT,
                "Frågecellens text efter frågan.",
                "The question cell's text after the question.",
            ),
            _field(
                "answer",
                _TEXT,
                "Svaret som det är tryckt; tomt om det saknas.",
                "The answer as printed; empty if blank.",
            ),
            _field(
                "code",
                _TEXT,
                "yes, no, partly, not_applicable, other eller missing.",
                "yes, no, partly, not_applicable, other or missing.",
            ),
            _field(
                "comment",
                _TEXT,
                "Kommentaren; stycken skilda av en blankrad.",
                "The comment; paragraphs parted by a blank line.",
            ),
            _field(
                "page_first",
                _COUNT,
                "Sidan där raden börjar, från 1; null där sidor är okända.",
                "Page where the row begins, from 1; null where pages are not known.",
                null=True,
            ),
            _field(
                "page_last",
                _COUNT,
                "Sidan där raden slutar; null där sidor är okända.",
                "Page where the row ends; null where pages are not known.",
                null=True,
            ),
            _field(
                "boxes",
                _BOXES,
                "Rutor kring fälten: sida och punkter från övre vänstra hörnet.",
                "Boxes around the fields: page, and points from the top left corner.",
            ),
            _field(
                "box_fields",
                _TEXTS,
                "Fältet för varje ruta: question, detail, answer eller comment.",
                "The field of each box: question, detail, answer or comment.",
            ),
            _field(
                "line_first",
                _COUNT,
                "Första källraden (i en textfil: radnumret).",
                "First source line (in a text file: the line number).",
                null=True,
            ),
            _field("line_last", _COUNT, "Sista källraden.", "Last source line.", null=True),
            _field(
                "confidence",
                pa.float32(),
                "Hur säker utläsningen är, 0 till 1.",
                "How sure the extraction is, 0 to 1.",
            ),
            _field(
                "flags",
                _TEXTS,
                "Sådant som en människa bör titta på.",
                "What a person should look at.",
            ),
            _field(
                "corrected",
                _TEXTS,
                "Fält som granskare har rättat; tom om inget är rättat.",
                "Fields that reviewers corrected; empty if none.",
            ),
        ]
    ),
    "themes": pa.schema(
        [
            _REPORT_ID,
            _POSITION,
            _field("theme", _TEXT, "Temats id.", "Id of the theme."),
            _field("group", _TEXT, "Id för temats grupp.", "Id of the theme's group."),
            _field(
                "surface",
                _TEXT,
                "Texten som den står i kommentaren.",
                "The text as it stands in the comment.",
            ),
            _field(
                "start",
                _COUNT,
                "Första tecknet i kommentaren, från 0.",
                "First character in the comment, from 0.",
            ),
            _field("end", _COUNT, "Tecknet efter det sista.", "One past the last character."),
            _field(
                "sentence",
                _TEXT,
                "Meningen som omnämnandet står i.",
                "The sentence that the mention stands in.",
            ),
            _field(
                "assertion",
                _TEXT,
                "affirmed, negated, planned, ended, hypothetical, eller uncertain: läs meningen.",
                "affirmed, negated, planned, ended, hypothetical, or uncertain: read the sentence.",
            ),
            _field(
                "cue",
                _TEXT,
                "Orden som avgjorde; tomt om inga.",
                "The words that decided; empty if none.",
            ),
            _field(
                "certainty",
                _TEXT,
                "clear, eller debatable: orden betyder ofta något annat.",
                "clear, or debatable: the words often mean something else.",
            ),
        ]
    ),
    "problems": pa.schema(
        [
            _REPORT_ID,
            _field(
                "position",
                _COUNT,
                "Svaret det gäller; null om det gäller rapporten.",
                "The answer it concerns; null if it concerns the report.",
                null=True,
            ),
            _field("severity", _TEXT, "error, warning eller info.", "error, warning or info."),
            _field("code", _TEXT, "Problemets slag.", "The kind of problem."),
            _field(
                "message", _TEXT, "Vad som hände, för en människa.", "What happened, for a person."
            ),
            _field(
                "page",
                _COUNT,
                "Sidan, från 1; null om okänd.",
                "The page, from 1; null if not known.",
                null=True,
            ),
            _field(
                "line",
                _COUNT,
                "Källraden; null om okänd.",
                "The source line; null if not known.",
                null=True,
            ),
            _field("stage", _TEXT, "Var i arbetet det uppstod.", "Where in the work it arose."),
            _field("advice", _TEXT, "Vad man kan göra åt det.", "What to do about it."),
        ]
    ),
    "corrections": pa.schema(
        [
            _REPORT_ID,
            _field(
                "position",
                _COUNT,
                "Svaret det gäller; null om raden inte finns.",
                "The answer it concerns; null if there is no such row.",
                null=True,
            ),
            _field(
                "key",
                _TEXT,
                "Svarets nyckel, eller radens när rättelsen gjordes.",
                "The answer's key, or the row's when the correction was made.",
            ),
            _field(
                "kind",
                _TEXT,
                "field, false-row, missed-row, one-row, two-rows, theme-added, theme-struck "
                "eller assertion.",
                "field, false-row, missed-row, one-row, two-rows, theme-added, theme-struck or "
                "assertion.",
            ),
            _field(
                "field",
                _TEXT,
                "Fältet som rättas; row för hela rader, themes för teman.",
                "The field that is corrected; row for whole rows, themes for themes.",
            ),
            _field("read", _TEXT, "Det som lästes.", "What was read."),
            _field(
                "corrected",
                _TEXT,
                "Det som ska stå; tomt för en rad som inte ska finnas.",
                "What it should be; empty for a row that should not be.",
            ),
            _field(
                "state",
                _TEXT,
                "active (gäller), resolved (läses nu rätt), stale (läses nu annorlunda, "
                "tillämpas inte) eller conflict (granskare är oense, tillämpas inte).",
                "active (applied), resolved (now read so), stale (now read otherwise, not "
                "applied) or conflict (reviewers differ, not applied).",
            ),
            _field(
                "reason",
                _TEXT,
                "Varför den inte tillämpas; annars tomt.",
                "Why it is not applied; else empty.",
            ),
            _field("reviewer", _TEXT, "Den som rättade.", "Who corrected."),
            _field("at", _TEXT, "När, i UTC, enligt ISO 8601.", "When, in UTC, as ISO 8601."),
            _field("correction", _TEXT, "Rättelsens id.", "The correction's id."),
            _field(
                "made_on",
                _TEXT,
                "Rapporten som rättelsen gjordes i; en annan om den tagits över.",
                "The report that the correction was made on; another if it was taken over.",
            ),
            _field("note", _TEXT, "Granskarens anteckning.", "The reviewer's note."),
        ]
    ),
}
"""Schema by dataset; the descriptions stand in each field's metadata under `sv` and `en`."""
