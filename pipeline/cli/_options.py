"""Options shared by all commands that read reports."""

from __future__ import annotations

import functools
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from extractors.readers.limits import MAX_SIZE, MAX_TEXT

if TYPE_CHECKING:
    from extractors.options import Options
    from models.form import Form
    from models.taxonomy import Taxonomy
    from pipeline.checking.inputs import Rules
    from pipeline.guard import Limits

READERS = ("pdfium", "plumber", "both")
OCR = ("auto", "always", "never")


@dataclass(frozen=True, slots=True)
class Choices:
    """The values given for the options of `extraction_options`.

    Attributes:
        forms: Form files to use instead of the built-in forms; empty means the built-in ones.
        themes: Theme lexicon to use instead of the built-in one; None means the built-in one.
        reader: pdfium, plumber or both.
        password_file: File with one password per line, or None.
        ocr: Text recognition of pages: auto, always or never.
        max_size: Maximum size of a file, in MiB.
        max_text: Maximum length of its text, in millions of characters.
        timeout: Time limit per report, in seconds.
        memory: Memory limit per report, in MiB.
    """

    forms: tuple[Path, ...] = ()
    themes: Path | None = None
    reader: str = "pdfium"
    password_file: Path | None = None
    ocr: str = "auto"
    max_size: int = MAX_SIZE
    max_text: int = MAX_TEXT
    timeout: float = 300.0
    memory: int = 2048

    def rules(self) -> tuple[tuple[Form, ...], Taxonomy]:
        """Loads the forms and the taxonomy.

        Raises:
            click.UsageError: A file cannot be used; the message names the place and how to fix it.
        """
        from models.rules_file import RuleFileError

        try:
            return self.load_forms(), self.taxonomy()
        except RuleFileError as error:
            raise click.UsageError(str(error)) from error

    def taxonomy(self) -> Taxonomy:
        """Loads the taxonomy alone.

        Raises:
            click.UsageError: The file cannot be used.
        """
        from extractors.themes import user_taxonomy
        from models.rules_file import RuleFileError

        try:
            return user_taxonomy(self.themes)
        except RuleFileError as error:
            raise click.UsageError(str(error)) from error

    def load_forms(self) -> tuple[Form, ...]:
        """Loads the forms.

        Raises:
            RuleFileError: A file cannot be used.
        """
        from extractors.rules import builtin_forms, user_form

        return tuple(map(user_form, self.forms)) or builtin_forms()

    def options(self) -> Options:
        """Returns the options of extraction.

        Raises:
            click.UsageError: The password file cannot be read.
        """
        from extractors.options import Options

        return Options(
            reader=self.reader,
            passwords=self.passwords(),
            ocr=self.ocr,
            max_size=self.max_size,
            max_text=self.max_text,
        )

    def passwords(self) -> tuple[str, ...]:
        """Returns the passwords to try on encrypted files.

        Raises:
            click.UsageError: The password file cannot be read.
        """
        return read_passwords(self.password_file)

    def limits(self) -> Limits:
        """Returns what reading a file in this process may take."""
        from pipeline.guard import Limits

        return Limits(self.timeout, self.memory)

    def everything(self) -> Rules:
        """Loads everything that extraction needs.

        Raises:
            click.UsageError: A file cannot be used.
        """
        from pipeline.checking.inputs import Rules

        forms, taxonomy = self.rules()
        return Rules(forms, taxonomy, self.options(), self.limits())


def read_passwords(path: Path | None) -> tuple[str, ...]:
    """Reads a file with one password per line; no file means no passwords.

    Raises:
        click.UsageError: The file cannot be read.
    """
    if path is None:
        return ()
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise click.UsageError(f"{path} cannot be read as UTF-8 text: {error}") from error
    return tuple(line for line in text.splitlines() if line)


FILE = click.Path(exists=True, dir_okay=False, path_type=Path)

password_option = click.option(
    "--password-file", type=FILE, help="File with passwords for encrypted files, one per line."
)
themes_option = click.option(
    "--themes",
    type=FILE,
    help="Theme lexicon to use instead of the built-in one.",
)


def publishing_options(
    *, file: str, language: str
) -> Callable[[Callable[..., object]], Callable[..., object]]:
    """Adds -o, --language and --themes (as `lexicon`) to a command that writes a file to pass on.

    Args:
        file: What the file is, for the help.
        language: What the language is of, for the help.
    """

    def decorate(command: Callable[..., object]) -> Callable[..., object]:
        for option in (
            click.option(
                "--themes",
                "lexicon",
                type=FILE,
                help="Theme lexicon to take names from instead of the built-in one.",
            ),
            click.option(
                "--language",
                type=click.Choice(["sv", "en"]),
                default="sv",
                show_default=True,
                help=language,
            ),
            click.option(
                "-o",
                "--output",
                required=True,
                type=click.Path(dir_okay=False, path_type=Path),
                help=file,
            ),
        ):
            command = option(command)
        return command

    return decorate


def reading_options(command: Callable[..., object]) -> Callable[..., object]:
    """Adds what a file needs to be read and may take; passed to the command as `choices`."""

    @password_option
    @click.option(
        "--timeout",
        type=click.FloatRange(0.1),
        default=300.0,
        show_default=True,
        metavar="S",
        help="Time limit per report, in seconds.",
    )
    @click.option(
        "--memory",
        type=click.IntRange(64),
        default=2048,
        show_default=True,
        metavar="MIB",
        help="Memory limit per report.",
    )
    @functools.wraps(command)
    def with_choices(
        *,
        password_file: Path | None,
        timeout: float,
        memory: int,
        choices: Choices | None = None,
        **others: object,
    ) -> object:
        others["choices"] = replace(
            choices or Choices(), password_file=password_file, timeout=timeout, memory=memory
        )
        return command(**others)

    return with_choices


def extraction_options(command: Callable[..., object]) -> Callable[..., object]:
    """Adds the options that control how reports are read; passed to the command as `choices`."""
    reading = reading_options(command)

    @click.option(
        "--form",
        "forms",
        type=FILE,
        multiple=True,
        help="Form file to use instead of the built-in forms; can be repeated.",
    )
    @themes_option
    @click.option(
        "--reader",
        type=click.Choice(READERS),
        default="pdfium",
        show_default=True,
        help="Reader for PDF files; `both` reads twice and compares.",
    )
    @click.option(
        "--ocr",
        type=click.Choice(OCR),
        default="auto",
        show_default=True,
        help="Text recognition (OCR) of PDF pages: `auto` recognises pages without usable text.",
    )
    @click.option(
        "--max-size",
        type=click.IntRange(1),
        default=MAX_SIZE,
        show_default=True,
        metavar="MIB",
        help="Maximum size of a file to read.",
    )
    @click.option(
        "--max-text",
        type=click.IntRange(1),
        default=MAX_TEXT,
        show_default=True,
        metavar="MILLIONS",
        help="Maximum length of a text to read, in millions of characters.",
    )
    @functools.wraps(reading)
    def with_choices(
        *,
        forms: tuple[Path, ...],
        themes: Path | None,
        reader: str,
        ocr: str,
        max_size: int,
        max_text: int,
        **others: object,
    ) -> object:
        choices = Choices(forms, themes, reader, None, ocr, max_size, max_text)
        return reading(choices=choices, **others)

    return with_choices


ASSERTIONS = ("affirmed", "negated", "planned", "ended", "hypothetical", "uncertain")


def selection_options(command: Callable[..., object]) -> Callable[..., object]:
    """Adds the options that select answers; passed to the command as `selection`."""

    @click.option("--section", metavar="N", help="Only this section and its subsections, e.g. 1.2.")
    @click.option("--question", metavar="KEY", help="Only this question, e.g. 1.2.3/5:2 or 1.3/#1.")
    @click.option("--board", metavar="NAME", help="Only boards whose name or file contains this.")
    @click.option("--code", metavar="CODE", help="Only answers with this code, e.g. yes or partly.")
    @click.option(
        "--theme", metavar="NAME", help="Only answers whose comment mentions this theme, e.g. SSPF."
    )
    @click.option(
        "--assertion",
        type=click.Choice(ASSERTIONS),
        help="Only answers whose comment mentions a theme (or the --theme) with this assertion.",
    )
    @click.option(
        "--needs-eyes", "--flagged", "flagged", is_flag=True, help="Only what needs review."
    )
    @functools.wraps(command)
    def with_selection(
        *,
        section: str | None,
        question: str | None,
        board: str | None,
        code: str | None,
        theme: str | None,
        assertion: str | None,
        flagged: bool,
        **others: object,
    ) -> object:
        from pipeline.checking.selection import Selection

        selection = Selection(section, question, theme, flagged, board, code, assertion)
        return command(selection=selection, **others)

    return with_selection
