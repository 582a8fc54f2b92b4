"""The draft of a form as the text of a form file, with the evidence in comments."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence

from extractors.suggesting.draft import Draft, DraftTable
from extractors.suggesting.profiles import Profile
from extractors.suggesting.roles import Role
from extractors.suggesting.wording import counted, pages_text, shortened

_GUESS = "GUESS: "


def form_text(draft: Draft, sources: Sequence[str], vocabularies: Sequence[str]) -> str:
    """Returns a form file for a draft. Guesses are marked GUESS.

    Args:
        draft: The draft.
        sources: The names of the reports it was made from.
        vocabularies: The languages with shared vocabularies.
    """
    parts = [
        _opening(draft, sources, vocabularies),
        *(_table(table, at, draft) for at, table in enumerate(draft.used, 1)),
        *(_unused(table) for table in draft.tables if not table.is_used),
        _answers(draft),
        _icons(draft),
        _labels(draft),
        _sections(draft),
        _outside(draft),
    ]
    return "\n\n".join("\n".join(part) for part in map(list, parts) if part) + "\n"


def _opening(draft: Draft, sources: Sequence[str], vocabularies: Sequence[str]) -> Iterator[str]:
    yield f"# Drafted from {', '.join(sources)}."
    yield "# Check every line, first those that say GUESS; then try it with `svar form check`."
    yield ""
    yield f"id = {_quoted(draft.id)}"
    yield f"title = {_quoted(draft.title or draft.id)}"
    yield f"language = {_quoted(draft.language)}"
    if draft.language in vocabularies and _has_answers(draft):
        yield "# Answer words and small words that all questionnaires of a language share."
        yield f"vocabularies = [{_quoted(draft.language)}]"
    if draft.references:
        yield "# Examples of references."
        yield f"reference_looks = {_list(draft.references)}"
    if draft.places:
        yield "# Where they occur in a question."
        yield f"references = {_list(draft.places)}"
    if draft.answers.parts:
        yield "# An answer has several parts, each after a label."
        yield f"answer_parts = {_list(draft.answers.parts)}"
    if not _has_answers(draft):
        yield "# No answer words were found: answers are kept as they are written."
        yield "answers = []"


def _has_answers(draft: Draft) -> bool:
    return bool(draft.answers.words)


def _table(table: DraftTable, number: int, draft: Draft) -> Iterator[str]:
    kind = table.kind
    on = f" on pages {pages_text(kind.pages)}" if kind.pages else ""
    yield (
        f"# {counted(kind.tables, 'table')} with {counted(len(kind.rows), 'row')}{on}; "
        f"its headers occur {counted(kind.repeats, 'time')}."
    )
    yield "[[tables]]"
    yield f'id = "table-{number}"'
    wide = table.full_width
    if wide.count:
        yield (
            f"# {counted(wide.count, 'row')} with one cell over all columns, "
            f"such as “{shortened(wide.example)}”."
        )
        yield f"full_width_rows = {_quoted(wide.holds)}"
    for profile, role in table.columns:
        if profile.head:
            yield from _column(profile, role, draft)


def _column(profile: Profile, role: Role, draft: Draft) -> Iterator[str]:
    example = f"Such as “{shortened(profile.filled[0])}”" if profile.filled else "No text"
    why = f": {role.why[0]}" if role.why else ""
    yield f"# {_GUESS if role.is_guess else ''}{example}{why}."
    yield "[[tables.columns]]"
    yield f"holds = {_quoted(role.holds)}"
    yield f"heads = [{_quoted(profile.head)}]"
    if role.holds == "answer" and profile.filled and not _has_answers(draft):
        yield "free_text = true"


def _unused(table: DraftTable) -> Iterator[str]:
    heads = " | ".join(head or "(no header)" for head in table.kind.heads)
    on = f" on pages {pages_text(table.kind.pages)}" if table.kind.pages else ""
    rows = counted(len(table.kind.rows), "row")
    yield f"# Left out, since it seems to have no questions: the table {heads} ({rows}{on})."


def _answers(draft: Draft) -> Iterator[str]:
    for at, answer in enumerate(draft.answers.words):
        if at == 0:
            yield "# Answers as printed, with the codes that they probably mean."
        yield "[[answers]]"
        guess = "" if answer.code else f"{_GUESS}meaning unknown; "
        yield f"# {guess}{counted(answer.count, 'time')}."
        yield f"word = {_quoted(answer.word)}"
        yield f"code = {_quoted(answer.code or 'other')}"


def _icons(draft: Draft) -> Iterator[str]:
    for looks, count in draft.looks.most_common():
        yield "[[icons]]"
        yield f"# {_GUESS}{counted(count, 'time')}; write the word and code that it means."
        yield f"looks = {_quoted(looks)}"
        word = looks.partition(":")[2]
        yield f"word = {_quoted(draft.colours.get(word, word))}"
        yield f"code = {_quoted(_CODES.get(looks, 'other'))}"


_CODES = {"colour:green": "yes", "colour:yellow": "partly", "colour:red": "no"}
"""The usual meaning of traffic light colours."""


def _labels(draft: Draft) -> Iterator[str]:
    found = {
        "question": draft.written.question_labels if draft.written else [],
        "answer": draft.written.answer_labels if draft.written else [],
        "comment": _unique(
            [
                *(draft.written.comment_labels if draft.written else []),
                *(label for table in draft.used for label in table.full_width.labels),
            ]
        ),
    }
    if any(found.values()):
        yield "[labels]"
        yield "# What labelled lines begin with, up to the colon."
        for name, labels in found.items():
            if labels:
                yield f"{name} = {_list(labels)}"


def _sections(draft: Draft) -> Iterator[str]:
    sections = draft.sections
    if sections.recognised_by != "headings":
        return
    examples = ", ".join(f"“{shortened(text)}”" for text in sections.examples[:3])
    yield f"# Headings without numbers open the sections, such as {examples}."
    yield "[sections]"
    yield "numbered = false"
    yield "headings = true"
    if sections.levels:
        yield f"levels = [{', '.join(map(str, sections.levels))}]"


def _outside(draft: Draft) -> Iterator[str]:
    if draft.written is None:
        return
    questions = draft.written.questions
    pages = pages_text(sorted({page for _, page in questions if page}))
    on = f" on pages {pages}" if pages else ""
    yield (
        f"# {counted(len(questions), 'question')} outside tables{on}, "
        f"such as “{shortened(questions[0][0])}”."
    )
    yield "[outside_tables]"
    yield f"questions = [{_quoted(draft.written.recognised_by)}]"
    if draft.sections.asking:
        yield "# Which levels of headings are questions."
        yield f"levels = [{', '.join(map(str, draft.sections.asking))}]"


def _unique(texts: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(texts))


def _quoted(text: str) -> str:
    # JSON strings are TOML strings, except for characters above U+FFFF.
    return json.dumps(text, ensure_ascii=False)


def _list(texts: Iterable[str]) -> str:
    return f"[{', '.join(map(_quoted, texts))}]"
