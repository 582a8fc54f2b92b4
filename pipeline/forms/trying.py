"""Reads report files with a given form."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from extractors.extract import extract_bytes, read_document
from extractors.options import Options
from extractors.readers.errors import ReadError
from extractors.sheets.two_up import as_pages
from extractors.themes import builtin_taxonomy
from models.document import Document, Format
from models.form import Form
from pipeline.forms.checking import Tried
from pipeline.guard import DEFAULT, Limits, read_guarded


def try_form(
    form: Form,
    paths: Sequence[Path],
    passwords: tuple[str, ...] = (),
    limits: Limits = DEFAULT,
) -> list[Tried]:
    """Returns each report as read with a form; one that cannot be read has status failed.

    Args:
        form: The form.
        paths: The reports.
        passwords: Passwords to try on encrypted files.
        limits: Limits for reading one of them; beyond these a file is not read.

    Raises:
        OSError: A file cannot be read from disk.
        StoppedError: Reading one took too much, or crashed.
    """
    options = Options(passwords=passwords)
    return [
        read_guarded(partial(_try, form, path.read_bytes(), path.name), path.name, options, limits)
        for path in paths
    ]


def _try(form: Form, data: bytes, name: str, options: Options) -> Tried:
    report = extract_bytes(data, name, [form], builtin_taxonomy(), options=options)
    try:
        document = as_pages(read_document(data, name, options))
    except ReadError:
        document = Document(Format.TEXT, "", ())
    return Tried(name, document, report)
