"""Loading a form from its file, with the word lists of the vocabularies it names."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from models.form import AnswerWord, Form
from models.form_tables import Phrase, Strict
from models.rules_file import RuleFileError, line_of, read_toml, validate

_SHARED_LABELS = ("never_last", "conjunctions", "kept_hyphens")


class Vocabulary(Strict):
    """Words of one language that forms share instead of each listing them.

    Attributes:
        language: BCP 47 language tag.
        answers: Answer words with their codes.
        never_last: Words that never end a sentence.
        conjunctions: Words before which a line-end hyphen is a suspended hyphen.
        kept_hyphens: Words that keep their hyphen when broken at it.
    """

    language: Phrase
    answers: tuple[AnswerWord, ...] = ()
    never_last: tuple[Phrase, ...] = ()
    conjunctions: tuple[Phrase, ...] = ()
    kept_hyphens: tuple[Phrase, ...] = ()


def load_vocabulary(name: str, folder: Path) -> Vocabulary:
    """Loads the vocabulary of a language from a folder.

    Raises:
        RuleFileError: No vocabulary has that name, or it cannot be used.
    """
    known = sorted(file.stem for file in folder.glob("*.toml"))
    if name not in known:
        raise RuleFileError(
            f"there is no vocabulary {name!r}. There are {', '.join(known) or 'none'}; name one of "
            "them, or list the words under [[answers]]."
        )
    path = folder / f"{name}.toml"
    return validate(path, Vocabulary, read_toml(path)[0])


def load_form(path: Path, vocabularies: Path) -> Form:
    """Loads a form from its file.

    Args:
        path: The file.
        vocabularies: Folder with the vocabularies that forms can name.

    Raises:
        RuleFileError: The file cannot be used; the message names file, line and key, and how to
            fix it.
    """
    content, digest = read_toml(path)
    form = validate(path, Form, {**content, "digest": digest})
    shared = [_shared(path, name, vocabularies) for name in form.vocabularies]
    return with_vocabularies(form, shared) if shared else form


def _shared(path: Path, name: str, folder: Path) -> Vocabulary:
    try:
        return load_vocabulary(name, folder)
    except RuleFileError as error:
        line = line_of(path.read_text("utf-8-sig"), ("vocabularies",))
        raise RuleFileError(f"{path}, line {line}: vocabularies: {error}") from error


def with_vocabularies(form: Form, shared: Iterable[Vocabulary]) -> Form:
    """Returns a form with vocabularies' words added after its own, which take precedence."""
    answers = {answer.word.casefold(): answer for answer in form.answers}
    words = {name: list(getattr(form.labels, name)) for name in _SHARED_LABELS}
    for vocabulary in shared:
        for answer in vocabulary.answers:
            answers.setdefault(answer.word.casefold(), answer)
        for name, own in words.items():
            own += [word for word in getattr(vocabulary, name) if word not in own]
    labels = form.labels.model_copy(update={name: tuple(own) for name, own in words.items()})
    return form.model_copy(update={"answers": tuple(answers.values()), "labels": labels})
