"""The codebook of the datasets, generated from their schemas so that it is always up to date."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import pyarrow as pa

from models.datasets import DATASETS, SCHEMA_VERSION, SCHEMAS

LANGUAGES = ("sv", "en")

_WORDS: Mapping[str, Mapping[str, str]] = {
    "sv": {
        "title": "Kodbok",
        "intro": "Kolumnerna i datamängderna som `svar run` skriver, schemaversion {version}. "
        "Varje datamängd är en mapp med Parquet-filer. Raderna är ordnade efter "
        "`report_id` och därefter efter plats i rapporten.",
        "head": "| kolumn | typ | kan saknas | beskrivning |",
        "yes": "ja",
        "no": "nej",
        "text": "text",
        "integer": "heltal",
        "number": "decimaltal",
        "boolean": "sant/falskt",
        "list": "lista av {item}",
        "struct": "poster ({fields})",
    },
    "en": {
        "title": "Codebook",
        "intro": "The columns of the datasets written by `svar run`, schema version {version}. "
        "Each dataset is a folder of Parquet files. Rows are ordered by `report_id`, then by "
        "place in the report.",
        "head": "| column | type | may be missing | description |",
        "yes": "yes",
        "no": "no",
        "text": "text",
        "integer": "integer",
        "number": "number",
        "boolean": "true/false",
        "list": "list of {item}",
        "struct": "records ({fields})",
    },
}

_ABOUT: Mapping[str, Mapping[str, str]] = {
    "reports": {
        "sv": "En rad per inlämnad rapport, även den som inte kunde läsas.",
        "en": "One row per submitted report, including those that could not be read.",
    },
    "sections": {
        "sv": "En rad per avsnitt, även det som inte ska besvaras.",
        "en": "One row per section, including those that were not asked.",
    },
    "answers": {
        "sv": "En rad per fråga med svar och kommentar.",
        "en": "One row per question, with its answer and comment.",
    },
    "themes": {
        "sv": "En rad per omnämnande av ett tema i en kommentar.",
        "en": "One row per theme mention in a comment.",
    },
    "problems": {
        "sv": "En rad per problem som en människa bör känna till.",
        "en": "One row per problem that a person should know about.",
    },
    "corrections": {
        "sv": "En rad per rättelse av en granskare, med rättelsens läge.",
        "en": "One row per correction by a reviewer, with its state.",
    },
}


def codebook(language: str) -> str:
    """The codebook as Markdown.

    Args:
        language: sv, en, or both (Swedish first).
    """
    languages = LANGUAGES if language == "both" else (language,)
    return "\n".join(line for one in languages for line in _lines(one))


def _lines(language: str) -> Iterator[str]:
    words = _WORDS[language]
    yield from (f"# {words['title']}", "", words["intro"].format(version=SCHEMA_VERSION), "")
    for name in DATASETS:
        yield from (f"## {name}", "", _ABOUT[name][language], "", words["head"])
        yield "|---|---|---|---|"
        for field in SCHEMAS[name]:
            missing = words["yes"] if field.nullable else words["no"]
            about = field.metadata[language.encode()].decode().replace("|", "\\|")
            yield f"| `{field.name}` | {_type(field.type, words)} | {missing} | {about} |"
        yield ""


def _type(kind: pa.DataType, words: Mapping[str, str]) -> str:
    """The type of a column in words."""
    if pa.types.is_list(kind):
        return words["list"].format(item=_type(kind.value_type, words))
    if pa.types.is_struct(kind):
        fields = ", ".join(f"{field.name}: {_type(field.type, words)}" for field in kind)
        return words["struct"].format(fields=fields)
    if pa.types.is_integer(kind):
        return words["integer"]
    if pa.types.is_floating(kind):
        return words["number"]
    return words["boolean"] if pa.types.is_boolean(kind) else words["text"]
