"""Commands start with what they need: names of imported modules, no timing."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest
import simplemma

from extractors import swedish_words
from extractors.themes import builtin_taxonomy
from extractors.themes.tagger import tagger_for
from models.report import to_json
from tests import checking_helpers as made

ROOT = Path(__file__).resolve().parents[1]
HEAVY = (
    "distributed", "duckdb", "fsspec", "jinja2", "numpy", "pandas", "pdfplumber", "phonenumbers",
    "pyarrow", "rich", "scipy", "simplemma", "spacy", "spacy.cli", "starlette", "vl_convert",
    "wordfreq", "xlsxwriter",
)  # fmt: skip
CODE = """
import sys
from pipeline.cli import main
try:
    main(sys.argv[1:])
except SystemExit as ended:
    print("CODE", ended.code, file=sys.stderr)
print("LOADED", *sys.modules, file=sys.stderr)
"""


def loaded(*arguments: object) -> set[str]:
    """The heavy modules that a command loads."""
    command = [sys.executable, "-c", CODE, *map(str, arguments)]
    done = subprocess.run(command, capture_output=True, cwd=ROOT, check=True, encoding="utf-8")
    assert "CODE 0\n" in done.stderr, done.stderr
    (line,) = (line for line in done.stderr.splitlines() if line.startswith("LOADED"))
    return set(line.split()) & set(HEAVY)


@pytest.mark.parametrize("name", ["", "run", "show", "query", "open", "summary", "themes"])
def test_help_loads_nothing_heavy(name: str) -> None:
    assert loaded(*filter(None, [name]), "--help") == set()


def test_a_report_is_shown_without_what_reads_and_writes_datasets() -> None:
    found = loaded("show", "data/raw/board-104-pdf-ruled.pdf")
    assert found == {"numpy", "rich", "simplemma", "spacy"}


def test_a_saved_report_is_shown_without_what_tags_themes(tmp_path: Path) -> None:
    saved = tmp_path / "report.json"
    saved.write_text(to_json(made.report()), encoding="utf-8")
    assert "spacy" not in loaded("show", saved)


def test_datasets_are_shown_without_what_tags_themes(tmp_path: Path) -> None:
    made.write_datasets(tmp_path / "out", made.report())
    found = loaded("show", tmp_path / "out")
    assert not found & {"spacy", "pandas", "duckdb", "fsspec", "wordfreq", "pdfplumber"}


def test_reports_are_read_and_written_without_pandas(tmp_path: Path) -> None:
    found = loaded("run", "data/raw/board-104-pdf-ruled.pdf", "--out", tmp_path / "out")
    assert found == {"numpy", "pyarrow", "rich"}


def test_a_worker_makes_rows_without_pandas_and_could_still_use_it() -> None:
    code = (
        "from extractors.themes import builtin_taxonomy\n"
        "from pipeline.engines.ready import make_ready; make_ready(builtin_taxonomy())\n"
        "from pipeline.worker import serialize; from tests.checking_helpers import report\n"
        "import sys; serialize(report()); assert 'pandas' not in sys.modules\n"
        "import pyarrow; assert list(pyarrow.table({'a': [1]}).to_pandas()['a']) == [1]"
    )
    subprocess.run([sys.executable, "-c", code], check=True, cwd=ROOT)


def test_the_names_of_patterns_get_no_match_keys() -> None:
    words = {lexeme.orth_ for lexeme in tagger_for(builtin_taxonomy()).nlp.vocab}
    assert "inte" in words
    assert not [word for word in words if re.search(r"/\d+/\d+$", word)]


def test_spacys_commands_can_still_be_imported() -> None:
    code = (
        "from pipeline.quick_start import import_spacy; import_spacy(); import sys, spacy\n"
        "assert 'spacy.cli' not in sys.modules\n"
        "from spacy.cli import download; assert callable(download)"
    )
    subprocess.run([sys.executable, "-c", code], check=True)


WORDS = (
    "samverkan",
    "fältassistenterna",
    "Trygghet",
    "trygghetsvandringarna",
    "xqzw",
    "åt",
    "iPhone",
    "skola\0r",
)


@pytest.mark.parametrize("word", WORDS)
def test_words_are_what_simplemma_says(word: str) -> None:
    assert swedish_words.lemma(word) == simplemma.lemmatize(word, "sv", greedy=True)
    assert swedish_words.is_known(word) == simplemma.is_known(word, "sv")


@pytest.fixture
def small(monkeypatch: pytest.MonkeyPatch) -> dict[str, str]:
    """A small dictionary in place of simplemma's."""
    words = {"skolor": "skola", "åtgärderna": "åtgärd", "är": "vara"}
    monkeypatch.setattr(swedish_words, "_simplemmas_own", lambda: words)
    return words


def test_a_compiled_dictionary_is_read_back(small: dict[str, str], tmp_path: Path) -> None:
    assert dict(swedish_words.compiled(tmp_path / "cache")) == small
    words = small.copy()
    small.clear()  # so that what comes now comes from the file
    assert dict(swedish_words.compiled(tmp_path / "cache")) == words


def test_a_damaged_dictionary_is_compiled_again(small: dict[str, str], tmp_path: Path) -> None:
    swedish_words.compiled(tmp_path)
    (path,) = tmp_path.iterdir()
    whole = path.read_bytes()
    for spoilt in (whole[: len(whole) // 2], whole[:-1] + b"x", b""):
        path.write_bytes(spoilt)
        assert dict(swedish_words.compiled(tmp_path)) == small
        assert path.read_bytes() == whole


def test_without_a_cache_folder_the_whole_dictionary_is_read(
    small: dict[str, str], tmp_path: Path
) -> None:
    (tmp_path / "file").write_text("no folder")
    assert swedish_words.compiled(tmp_path / "file" / "cache") == small
