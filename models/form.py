"""A form: the layout and wording of one questionnaire, as data.

All wording that extraction looks for comes from a form file (`extractors/rules/forms/*.toml`), none
of it from code. Phrases are compared ignoring case and the amount of white space.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from enum import StrEnum
from functools import cached_property
from typing import Annotated, Self

from pydantic import Field, field_validator, model_validator

from models.form_structure import AskedBy, OutsideTables, Sections
from models.form_tables import Phrase, Strict, TableForm
from models.references import COLONS, may_be_reference, pattern_of
from models.rules_file import WrongKeyError

COLOURS = ("red", "orange", "yellow", "green", "blue", "purple")
"""Colours that a form can name."""
_LOOKS = re.compile(rf"colour:(?:{'|'.join(COLOURS)})|picture:[0-9a-f]{{8}}")
_OWN_CODE = re.compile(r"[a-z][a-z0-9_]{0,39}")
Reference = Annotated[str, Field(min_length=1, max_length=40)]


class Code(StrEnum):
    """What an answer means, whatever its wording."""

    YES = "yes"
    NO = "no"
    PARTLY = "partly"
    NOT_APPLICABLE = "not_applicable"
    OTHER = "other"
    MISSING = "missing"


class AnswerWord(Strict):
    """An answer as printed, and its meaning.

    Attributes:
        word: The answer.
        code: Its code, the same in every form.
        own_code: The code that the form's owner uses for it, e.g. `inherited`; "" if none.
    """

    word: Phrase
    code: Code
    own_code: str = ""

    @field_validator("own_code")
    @classmethod
    def _own_code_is_a_name(cls, code: str) -> str:
        if code and not _OWN_CODE.fullmatch(code):
            raise ValueError(
                f"{code!r} must consist of a to z, digits and _, like `met_by_other`. Rename it."
            )
        return code


class Icon(Strict):
    """A picture or colour in an answer cell, and its meaning.

    Attributes:
        looks: Its appearance, as `svar form icons` names it: `colour:green`, `picture:1a2b3c4d`.
        word: The answer it stands for.
        code: Its code.
    """

    looks: str
    word: Phrase
    code: Code

    @field_validator("looks")
    @classmethod
    def _looks_are_known(cls, looks: str) -> str:
        if not _LOOKS.fullmatch(looks):
            raise ValueError(
                f"{looks!r} is not the name of a picture or colour. Write colour: and one of "
                f"{', '.join(COLOURS)}, or picture: and its eight characters."
            )
        return looks


class KnownQuestion(Strict):
    """A question whose full text is known, so that a cut row can be checked against it."""

    question: Phrase
    detail: str = ""


class Labels(Strict):
    """Phrases that identify the parts of a report.

    Attributes:
        instruction: A line that opens an instruction.
        not_asked: Opening of a notice that the board is not to answer a section, with
            `{organisation}` in place of the board's name.
        contents: A line that opens a table of contents.
        request: Opening of a question without a question mark ("Beskriv").
        detail: Opening of a paragraph that follows the question in the question cell.
        organisation: Words that occur in the names of boards and companies.
        never_last: Words that never end a sentence: a text that ends with one continues.
        conjunctions: Words before which a line-end hyphen is a suspended hyphen ("vålds- och").
        kept_hyphens: Words that keep their hyphen when broken at it ("it-stöd").
        comment: What opens a comment outside tables, or in a full-width row that belongs to the row
            above.
        question: What opens a question outside tables.
        answer: What opens the line of the answer outside tables.
    """

    instruction: tuple[Phrase, ...] = ()
    not_asked: tuple[Phrase, ...] = ()
    contents: tuple[Phrase, ...] = ()
    request: tuple[Phrase, ...] = ()
    detail: tuple[Phrase, ...] = ()
    organisation: tuple[Phrase, ...] = ()
    never_last: tuple[Phrase, ...] = ()
    conjunctions: tuple[Phrase, ...] = ()
    kept_hyphens: tuple[Phrase, ...] = ()
    comment: tuple[Phrase, ...] = ()
    question: tuple[Phrase, ...] = ()
    answer: tuple[Phrase, ...] = ()


class Form(Strict):
    """A questionnaire.

    Attributes:
        id: Its id in the datasets.
        title: Its name for people.
        language: BCP 47 language tag of its wording.
        general: Whether it fits any questionnaire with such column headers; it yields to a form
            whose own wording the report uses.
        vocabularies: Languages whose shared word lists it uses besides its own words (`sv`, `en`).
        tables: The kinds of tables that it has.
        outside_tables: How questions outside tables are recognised; None if there are none.
        answers: The answer words and their codes. With none, any text is an answer.
        sections: How sections are recognised.
        answer_parts: Labels of the answers in a cell that holds several, each followed by a colon:
            "Web", "Documents".
        icons: Pictures and colours that serve as answers in cells without text.
        labels: Phrases that identify the parts of a report.
        references: How a question refers to the plan that it follows up, with `{ref}` for the
            number: `Strategi {ref}`. The first that is found in the cell gives `Answer.ref`.
        reference_looks: Examples of references, one for each depth: `A&A-01.1`, `1.1.1`. See
            `models.references`. Default: 1:1 and 2:3:1.
        questions: Questions whose text is known; may be empty.
        digest: First 16 hexadecimal digits of the file's SHA-256.
    """

    id: Phrase
    title: Phrase
    language: Phrase = "sv"
    general: bool = False
    vocabularies: tuple[Phrase, ...] = ()
    tables: tuple[TableForm, ...] = ()
    outside_tables: OutsideTables | None = None
    answers: tuple[AnswerWord, ...] = ()
    answer_parts: tuple[Phrase, ...] = ()
    icons: tuple[Icon, ...] = ()
    sections: Sections = Sections()
    labels: Labels = Labels()
    references: tuple[Phrase, ...] = ()
    reference_looks: tuple[Reference, ...] = ()
    questions: tuple[KnownQuestion, ...] = ()
    digest: str = ""

    @field_validator("references")
    @classmethod
    def _references_hold_ref(cls, references: tuple[str, ...]) -> tuple[str, ...]:
        for reference in references:
            if reference.count("{ref}") != 1:
                raise ValueError(
                    f"{reference!r} must contain {{ref}} once, in place of the number."
                )
        return references

    @field_validator("reference_looks")
    @classmethod
    def _looks_hold_a_number(cls, looks: tuple[str, ...]) -> tuple[str, ...]:
        for example in looks:
            if not may_be_reference(example):
                raise ValueError(
                    f"{example!r} has no digit and is no letter with a sign after it, as a). Write "
                    "a reference as it is printed."
                )
        return looks

    @model_validator(mode="after")
    def _says_where_questions_stand(self) -> Self:
        if not self.tables and self.outside_tables is None:
            raise ValueError("it does not say where the questions are. Add [[tables]].")
        outside = self.outside_tables
        asked_by = outside.questions if outside else ()
        if AskedBy.LABEL in asked_by and not self.labels.question:
            raise WrongKeyError(
                "there are no labels for questions. Add `question` under [labels].",
                "outside_tables",
                "questions",
            )
        if AskedBy.KNOWN in asked_by and not self.questions:
            raise WrongKeyError(
                "there are no known questions. Add [[questions]].", "outside_tables", "questions"
            )
        for name in ("question", "answer"):
            if getattr(self.labels, name) and outside is None:
                raise WrongKeyError(
                    "it only applies outside tables. Add [outside_tables], or remove it.",
                    "labels",
                    name,
                )
        return self

    @model_validator(mode="after")
    def _answers_are_unique(self) -> Self:
        seen: dict[str, Code] = {}
        for at, answer in enumerate(self.answers):
            word = " ".join(answer.word.split()).casefold()
            if word in seen:
                other = seen[word]
                also = f", for {other} and for {answer.code}" if other != answer.code else ""
                raise WrongKeyError(
                    f"the answer {answer.word!r} is given twice{also}. Remove one.",
                    "answers",
                    at,
                    "word",
                )
            seen[word] = answer.code
        looks: set[str] = set()
        for at, icon in enumerate(self.icons):
            word = " ".join(icon.word.split()).casefold()
            if seen.setdefault(word, icon.code) != icon.code:
                raise WrongKeyError(
                    f"{icon.word!r} has the code {seen[word]} elsewhere. Use one code.",
                    "icons",
                    at,
                    "code",
                )
            if icon.looks in looks:
                raise WrongKeyError(
                    f"{icon.looks!r} is given twice. Remove one.", "icons", at, "looks"
                )
            looks.add(icon.looks)
        return self

    @cached_property
    def codes(self) -> dict[str, Code]:
        """Code by answer word, case-folded."""
        icons = {" ".join(icon.word.split()).casefold(): icon.code for icon in self.icons}
        return {**icons, **{word: answer.code for word, answer in self._words.items()}}

    @cached_property
    def word_of_letters(self) -> dict[str, str]:
        """Answer words by their letters and digits, case-folded: "Partially" by "partially"."""
        return {letters_of(answer.word): answer.word for answer in reversed(self.answers)}

    @cached_property
    def own_codes(self) -> dict[str, str]:
        """The form's own code by answer word, case-folded."""
        return {word: answer.own_code for word, answer in self._words.items()}

    @cached_property
    def _words(self) -> dict[str, AnswerWord]:
        return {" ".join(answer.word.split()).casefold(): answer for answer in self.answers}

    @cached_property
    def is_plain(self) -> bool:
        """Whether it has only plain tables under numbered headings."""
        return (
            all(table.is_plain for table in self.tables)
            and not self.sections.headings
            and not self.answer_parts
            and not self.icons
            and not self.labels.comment
            and self.outside_tables is None
        )

    @property
    def takes_any_answer(self) -> bool:
        """Whether it lists no answer words, so that any text is an answer."""
        return not self.answers and not self.icons

    @cached_property
    def never_last(self) -> frozenset[str]:
        """Words that never end a sentence, case-folded."""
        return frozenset(word.casefold() for word in self.labels.never_last)

    @cached_property
    def request_pattern(self) -> re.Pattern[str]:
        """Matches the start of a question that asks without a question mark."""
        return re.compile(rf"(?:{_any_of(self.labels.request)})(?!\w)", re.IGNORECASE)

    @cached_property
    def answer_pattern(self) -> re.Pattern[str]:
        """Matches an answer word as a whole, at the start of a text; longest word first."""
        words = [answer.word for answer in self.answers]
        return re.compile(rf"(?:{_any_of(words)})(?!\w)", re.IGNORECASE)

    @cached_property
    def part_pattern(self) -> re.Pattern[str]:
        """Matches the label of one of several answers in a cell, with its colon."""
        return re.compile(rf"(?<!\S)(?P<part>{_any_of(self.answer_parts)})\s*:\s*", re.IGNORECASE)

    @cached_property
    def head_row_pattern(self) -> re.Pattern[str]:
        """Matches the column headers of one of its tables in a row; never without tables."""
        rows = [
            r"\s+".join(rf"(?:{_any_of(column.heads)})" for column in table.columns)
            for table in self.tables
            if len(table.columns) > 1
        ]
        return re.compile(rf"(?<!\w)(?:{'|'.join(rows) or '(?!)'})(?!\w)", re.IGNORECASE)

    @cached_property
    def reference_patterns(self) -> tuple[re.Pattern[str], ...]:
        """The references as patterns with the group `ref`."""
        number = pattern_of(self.reference_looks) if self.reference_looks else COLONS
        return tuple(_reference_pattern(reference, number) for reference in self.references)

    def may_hold_reference(self, text: str) -> bool:
        """Quick test whether a text may contain a reference; rules out most texts."""
        return ":" in text or bool(self.reference_looks)

    def may_open_with_reference(self, text: str) -> bool:
        """Quick test whether a text may open with a bare reference."""
        return text[:1].isdigit() or (bool(self.reference_looks) and text[:1].isalpha())


def letters_of(text: str) -> str:
    """Returns the letters and digits of a text, case-folded: what line breaks do not change."""
    return "".join(filter(str.isalnum, text)).casefold()


def _any_of(phrases: Iterable[str]) -> str:
    """Returns phrases as regex alternatives, longest first; without phrases it matches nothing."""
    ordered = sorted(phrases, key=len, reverse=True)
    return "|".join(r"\s+".join(map(re.escape, phrase.split())) for phrase in ordered) or r"(?!)"


def _reference_pattern(reference: str, number: str) -> re.Pattern[str]:
    before, after = reference.split("{ref}")
    left = r"(?<!\w)" + r"\s+".join(map(re.escape, before.split())) if before.strip() else r"^\s*"
    gap = r"\s+" if before.endswith(" ") and before.strip() else ""
    right = r"\s*" + re.escape(after.strip()) if after.strip() else ""
    return re.compile(rf"{left}{gap}(?P<ref>{number}){right}(?![\d:])", re.IGNORECASE | re.M)
