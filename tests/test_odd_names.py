"""Files with odd names, and other files than reports in a folder: each is read or reported."""

from __future__ import annotations

import os
import sys
import unicodedata
from pathlib import Path

import pytest
from click.testing import CliRunner

from pipeline.cli import cli
from pipeline.exit_codes import ExitCode
from pipeline.inputs import find_inputs
from pipeline.summary import skipped_lines

REPORT = Path(__file__).parents[1] / "data" / "raw" / "board-102-dump-layout.txt"
POSIX = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such names")
NAMES = (
    "ny\nrad.txt",
    "emoji 😀 nämnd.txt",
    "blanktecken sist.txt ",
    " blanktecken först.TXT",
    "två..txt",
    unicodedata.normalize("NFC", "åäö.txt"),
    unicodedata.normalize("NFD", "åäö.txt"),
    "n" * 200 + ".txt",
    "\x1b[31mröd.txt",
    "bak\\streck.txt",
    "#fråga?%20.txt",
    "--help.txt",
    "\u202ebaklänges.txt",
    "/".join(["mapp" * 10] * 10) + "/djupt.txt",
    "mapp.pdf/inuti.txt",
)


def written(folder: Path, name: str, content: bytes) -> None:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)


@POSIX
def test_every_name_is_read_as_it_is(tmp_path: Path) -> None:
    folder = tmp_path / "in"
    for place, name in enumerate(NAMES):
        written(folder, name, REPORT.read_bytes() + f"\nSlut {place}\n".encode())
    done = CliRunner().invoke(cli, ["show", str(folder), "--json"], standalone_mode=False)
    assert done.exception is None
    sources = {line.split('"source":"')[1].split('"')[0] for line in done.stdout.splitlines()}
    assert len(sources) == len(NAMES)
    assert done.stdout.count('"status":"ok"') == len(NAMES)


@POSIX
def test_files_that_are_not_reports_are_named(tmp_path: Path) -> None:
    for name in (".DS_Store", "~$lås.docx", "._rapport.txt", "utkast.tmp"):
        written(tmp_path, name, b"x")
    for name in ("utan ändelse", "rapport.pdf.crdownload", "rapport.txt~", "genväg.txt.lnk"):
        written(tmp_path, name, b"x")
    written(tmp_path, "tom.pdf", b"")
    (tmp_path / "mapp.pdf").mkdir()
    (tmp_path / "tom mapp").mkdir()
    (tmp_path / "bruten.txt").symlink_to("ingenstans")
    os.mkfifo(tmp_path / "rör.txt")
    inputs = find_inputs([str(tmp_path)])
    assert {file.source: file.error for file in inputs.files} == {
        "bruten.txt": "the file cannot be found (No such file or directory)",
        "genväg.txt.lnk": "it is a link to a document elsewhere, which is not read",
        "rapport.pdf.crdownload": "it is a .crdownload file, which is not read",
        "rapport.txt~": "it is a .txt~ file, which is not read",
        "rör.txt": "it is not a regular file",
        "tom.pdf": "",
        "utan ändelse": "it is a file without an extension, which is not read",
    }
    assert list(skipped_lines(inputs)) == [
        "      4  files skipped (hidden or temporary 4)",
        "      2  empty folders: mapp.pdf/, tom mapp/",
    ]


@POSIX
def test_a_folder_is_shown_with_what_could_not_be_read(tmp_path: Path) -> None:
    written(tmp_path, "rapport.txt", REPORT.read_bytes())
    written(tmp_path, "bild.heic", b"x")
    written(tmp_path, "tom.pdf", b"")
    os.mkfifo(tmp_path / "rör.txt")  # to read from it would wait for ever
    done = CliRunner().invoke(cli, ["show", str(tmp_path), "--no-pager"], standalone_mode=False)
    assert done.return_value == ExitCode.SOME_FAILED
    page = " ".join(done.stdout.split())
    for words in ("bild.heic", "tom.pdf", "rör.txt", "is not a regular file", "The file is empty"):
        assert words in page


def test_a_folder_without_reports_is_reported(tmp_path: Path) -> None:
    written(tmp_path, "bild.heic", b"x")
    done = CliRunner().invoke(cli, ["show", str(tmp_path)])
    assert done.exit_code == ExitCode.USAGE
    assert "has neither reports nor datasets" in done.stderr
