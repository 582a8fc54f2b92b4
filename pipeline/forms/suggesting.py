"""Drafts a form from report files and writes it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from extractors.extract import read_document
from extractors.options import Options
from extractors.readers.errors import ReadError
from extractors.rules import FOLDER, user_form
from extractors.suggesting.cues import builtin_cues
from extractors.suggesting.draft import draft_of
from extractors.suggesting.form_text import form_text
from models.document import Document
from models.rules_file import RuleFileError
from pipeline.forms.summary import summary_of
from pipeline.guard import DEFAULT, Limits, read_guarded


class FormExistsError(Exception):
    """The form file to write already exists; the message says what to do."""


@dataclass(frozen=True)
class Drafted:
    """The result of drafting a form.

    Attributes:
        text: The form file's text, or None if nothing was found.
        summary: What was found, for a person.
        problems: What could not be read or found, one line each.
    """

    text: str | None
    summary: str = ""
    problems: tuple[str, ...] = ()


def suggest_form(
    paths: Sequence[Path],
    output: Path | None = None,
    passwords: tuple[str, ...] = (),
    limits: Limits = DEFAULT,
    *,
    force: bool = False,
) -> Drafted:
    """Drafts a form from reports, and writes it if a file is named.

    Args:
        paths: Reports of the same questionnaire.
        output: The form file, or None to write none.
        passwords: Passwords to try on encrypted files.
        limits: Limits for reading one of them.
        force: Whether to overwrite an existing file.

    Raises:
        FormExistsError: The form file exists, and `force` is not given.
        OSError: A file cannot be read or written.
        StoppedError: Reading one took too much, or crashed.
    """
    if output and output.exists() and not force:
        raise FormExistsError(f"{output} already exists. Give another name, or --force.")
    options = Options(passwords=passwords)
    documents: list[Document] = []
    problems: list[str] = []
    for path in paths:
        try:
            read = partial(read_document, path.read_bytes(), path.name)
            document = read_guarded(read, path.name, options, limits)
        except ReadError as error:
            problems.append(f"{path}: {error.message}")
            continue
        documents.append(document)
        problems += [
            f"{path}: {problem.message}"
            for problem in document.problems
            if problem.severity == "error"
        ]
    draft = draft_of(documents, builtin_cues()) if documents else None
    if draft is None:
        if documents:
            problems.append(_nothing(paths, documents))
        return Drafted(None, problems=tuple(problems))
    known = sorted(path.stem for path in (FOLDER / "vocabularies").glob("*.toml"))
    text = form_text(draft, [path.name for path in paths], known)
    if output:
        output.write_text(text, encoding="utf-8")
        try:
            user_form(output)
        except RuleFileError as error:
            problems.append(f"The draft cannot be used as it is. Fix it: {error}")
    return Drafted(text, summary_of(draft), tuple(problems))


def _nothing(paths: Sequence[Path], documents: Sequence[Document]) -> str:
    names = ", ".join(map(str, paths))
    if not any(line.text.strip() for document in documents for line in document.lines):
        return f"{names}: there is no text, so no form can be drafted. Is it a scan?"
    return (
        f"{names}: there are neither tables with questions nor questions outside tables, so no "
        "form can be drafted. If there are, give the PDF or Word file itself instead of a dump."
    )
