"""Swedish words and lemmas from simplemma, compiled into a dictionary that loads at once.

simplemma decodes its million forms in every process, which takes half a second and 90 MiB. Here
they are compiled once into a trie in the user's cache folder, as Python does with its modules. If
that folder cannot be written, or `marisa-trie` is not available, simplemma's own is used.
"""

from __future__ import annotations

import hashlib
import os
import tempfile
import unicodedata
from collections.abc import Iterator, Mapping
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING

from platformdirs import user_cache_path

if TYPE_CHECKING:
    from marisa_trie import BytesTrie
    from simplemma import Lemmatizer
    from simplemma.strategies import DictionaryLookupStrategy

LANGUAGE = "sv"
_DIGEST = hashlib.sha256
_DIGEST_LENGTH = 32


def lemma(word: str) -> str:
    """Returns the lemma of a word, or of a compound not in the dictionary; else the word itself."""
    found: str = _lemmatizer().lemmatize(word, LANGUAGE)
    return found


def is_known(word: str) -> bool:
    """Whether a word is in the dictionary, with its first letter in either case."""
    word = unicodedata.normalize("NFC", word)
    if not word.isalpha():  # simplemma knows what apostrophes and hyphens stand for
        return _lookup().get_lemma(word, LANGUAGE) is not None
    other = word.lower() if word[0].isupper() else word.capitalize()
    return word in _dictionary() or other in _dictionary()


@cache
def _lemmatizer() -> Lemmatizer:
    from simplemma import Lemmatizer  # noqa: PLC0415 - it also loads rules of other languages
    from simplemma.strategies import DefaultStrategy  # noqa: PLC0415

    strategy = DefaultStrategy(greedy=True, dictionary_factory=_Compiled())
    return Lemmatizer(lemmatization_strategy=strategy)


@cache
def _lookup() -> DictionaryLookupStrategy:
    from simplemma.strategies import DictionaryLookupStrategy  # noqa: PLC0415

    return DictionaryLookupStrategy(_Compiled())


class _Compiled:
    """Provides the compiled dictionary to simplemma."""

    def get_dictionary(self, lang: str) -> Mapping[str, str]:
        return _dictionary()


@cache
def _dictionary() -> Mapping[str, str]:
    return compiled(user_cache_path("svarsutdrag"))


def compiled(folder: Path) -> Mapping[str, str]:
    """Returns the lemmas by word, compiled into a folder if they are not yet.

    Args:
        folder: Where the compiled dictionary is stored, one file per version of simplemma.
    """
    try:
        import marisa_trie  # noqa: PLC0415 - no wheel for every machine
    except ImportError:
        return _simplemmas_own()
    path = folder / f"{LANGUAGE}-simplemma-{version('simplemma')}.trie"
    content = _read(path)
    if content is not None:
        return _Trie(marisa_trie.BytesTrie().frombytes(content))
    own = _simplemmas_own()
    try:
        folder.mkdir(parents=True, exist_ok=True)
        trie = marisa_trie.BytesTrie((word, own[word].encode()) for word in own)
        _write(path, trie.tobytes())
    except OSError:
        return own
    return _Trie(trie)


def _simplemmas_own() -> Mapping[str, str]:
    from simplemma.strategies.dictionaries import DefaultDictionaryFactory  # noqa: PLC0415

    own: Mapping[str, str] = DefaultDictionaryFactory().get_dictionary(LANGUAGE)
    return own


def _read(path: Path) -> bytes | None:
    """The content of a compiled dictionary; None if it is missing or incomplete."""
    try:
        data = path.read_bytes()
    except OSError:
        return None
    digest, content = data[:_DIGEST_LENGTH], data[_DIGEST_LENGTH:]
    return content if _DIGEST(content).digest() == digest else None


def _write(path: Path, content: bytes) -> None:
    """Writes a temporary file and renames it: other processes may do the same concurrently."""
    with tempfile.NamedTemporaryFile(dir=path.parent, prefix=".", delete=False) as file:
        file.write(_DIGEST(content).digest() + content)
    try:
        os.replace(file.name, path)  # noqa: PTH105 - a name, not a path
    except OSError:
        os.unlink(file.name)  # noqa: PTH108
        raise


class _Trie(Mapping[str, str]):
    """Lemmas by word. The trie treats NUL as the end of a word, so no word contains one."""

    def __init__(self, trie: BytesTrie) -> None:
        self._trie = trie

    def __getitem__(self, word: str) -> str:
        if "\0" in word:
            raise KeyError(word)
        found: list[bytes] = self._trie[word]
        return found[0].decode()

    def get(self, word: str, default: str | None = None) -> str | None:  # type: ignore[override]
        """The lemma of a word; faster on a miss than raising an exception."""
        found = None if "\0" in word else self._trie.get(word)
        return found[0].decode() if found else default

    def __contains__(self, word: object) -> bool:
        return self.get(str(word)) is not None

    def __iter__(self) -> Iterator[str]:
        return iter(self._trie.iterkeys())

    def __len__(self) -> int:
        return len(self._trie)
