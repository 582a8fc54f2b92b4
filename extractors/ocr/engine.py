"""Tesseract: through its library if `tesserocr` is installed, otherwise as a program."""

from __future__ import annotations

import io
import os
import shutil
import subprocess
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from PIL import Image

from extractors.ocr.hocr import ReadWord, words_of

if TYPE_CHECKING:
    from extractors.ocr.picture import Grey  # which needs scipy, of the extra

LANGUAGE = "swe"
INSTALL = (
    "`pip install 'svarsutdrag[ocr]'` and, on Debian and Ubuntu, "
    "`apt install tesseract-ocr tesseract-ocr-swe`"
)
"""How to make text recognition available, for people."""
PAGE_SECONDS = 60
"""Seconds that Tesseract may take for a page; most take one to three."""
_SPARSE_TEXT = 11
"""Tesseract's page segmentation mode that takes each line where it is, in columns or not: on tables
it loses no text, while the modes that look for columns drop cells and join them."""
_DATA_FOLDERS = (
    "/usr/share/tesseract-ocr/5/tessdata",
    "/usr/share/tesseract-ocr/4.00/tessdata",
    "/usr/share/tessdata",
    "/usr/local/share/tessdata",
    "/opt/homebrew/share/tessdata",
    "C:/Program Files/Tesseract-OCR/tessdata",
)


class RecognitionError(Exception):
    """Tesseract gave up on a page; the text says why."""


class Engine(Protocol):
    """Reads the words of a picture."""

    def words(self, grey: Grey, dpi: int) -> list[ReadWord]:
        """Returns the words of a picture in no particular order.

        Raises:
            RecognitionError: Tesseract failed, or took too long.
        """


class _Library:
    """Tesseract in this process; threads that read at the same time have one each."""

    def __init__(self, data: str) -> None:
        self._data = data
        self._idle: list[Any] = []

    def words(self, grey: Grey, dpi: int) -> list[ReadWord]:
        import tesserocr  # noqa: PLC0415 - optional

        try:
            api = self._idle.pop()
        except IndexError:
            api = tesserocr.PyTessBaseAPI(path=self._data, lang=LANGUAGE, psm=_SPARSE_TEXT)
        try:
            api.SetImage(Image.fromarray(grey))
            api.SetSourceResolution(dpi)
            if not api.Recognize(1000 * PAGE_SECONDS):
                raise RecognitionError("Tesseract failed or took too long")
            return words_of(api.GetHOCRText(0))
        except RuntimeError as error:
            raise RecognitionError(str(error)) from error
        finally:
            api.Clear()
            self._idle.append(api)


class _Program:
    """Tesseract as a separate program."""

    def __init__(self, path: str) -> None:
        self.path = path

    def words(self, grey: Grey, dpi: int) -> list[ReadWord]:
        buffer = io.BytesIO()
        Image.fromarray(grey).save(buffer, "PNG", compress_level=1, dpi=(dpi, dpi))
        options = ["-l", LANGUAGE, "--psm", str(_SPARSE_TEXT), "--dpi", str(dpi), "hocr"]
        try:
            done = subprocess.run(
                [self.path, "stdin", "stdout", *options],
                input=buffer.getvalue(),
                capture_output=True,
                timeout=PAGE_SECONDS,
                check=False,
                env={**os.environ, "OMP_THREAD_LIMIT": "1"},
            )
        except subprocess.TimeoutExpired as error:
            raise RecognitionError("Tesseract took too long") from error
        except OSError as error:
            raise RecognitionError(f"Tesseract cannot be started: {error.strerror}") from error
        if done.returncode:
            said = done.stderr.decode("utf-8", "replace").strip().splitlines()
            raise RecognitionError(said[-1] if said else f"exit code {done.returncode}")
        return words_of(done.stdout.decode("utf-8", "replace"))


@cache
def engine() -> Engine | None:
    """Returns Tesseract with its Swedish data, or None if it is not installed."""
    if find_spec("scipy") is None:
        return None
    data = _data_folder()
    if data is not None and find_spec("tesserocr") is not None:
        os.environ.setdefault("OMP_THREAD_LIMIT", "1")  # read once, when the library loads
        return _Library(data)
    path = shutil.which("tesseract")
    if path is not None and LANGUAGE in _said(path, "--list-langs"):
        return _Program(path)
    return None


@cache
def version() -> str:
    """Returns the version of Tesseract that is used, or "" if it is not installed."""
    match engine():
        case _Library():
            import tesserocr  # noqa: PLC0415 - optional

            said = tesserocr.tesseract_version().split()
        case _Program() as program:
            said = _said(program.path, "--version")
        case _:
            said = []
    return str(said[1]) if len(said) > 1 else ""


def _data_folder() -> str | None:
    """Returns the folder of Tesseract's data that contains Swedish."""
    own = os.environ.get("TESSDATA_PREFIX", "")
    folders = [own, f"{own}/tessdata"] if own else []
    for folder in (*folders, *_DATA_FOLDERS):
        if (Path(folder) / f"{LANGUAGE}.traineddata").is_file():
            return folder
    return None


def _said(path: str, option: str) -> list[str]:
    """Returns the words that the program prints; none if it cannot be started."""
    try:
        done = subprocess.run(
            [path, option], capture_output=True, text=True, check=False, timeout=10
        )
    except (OSError, subprocess.TimeoutExpired):
        return []
    return done.stdout.split()
