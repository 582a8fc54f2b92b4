"""An answer in its source as an image: the pages of a PDF, or the lines of any other file."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from models.report import Answer
from pipeline.checking.drawing import as_png
from pipeline.checking.inputs import Opened
from pipeline.checking.lines_picture import lines_picture
from pipeline.checking.page_picture import DPI, DRAWN, PictureError, page_picture
from pipeline.checking.source_lines import source_lines


@dataclass(frozen=True, slots=True)
class SourcePicture:
    """An image.

    Attributes:
        png: Its bytes, as PNG.
        width: In pixels.
        height: In pixels.
    """

    png: bytes
    width: int
    height: int


def source_picture(
    one: Opened,
    answer: Answer,
    *,
    passwords: Sequence[str] = (),
    dpi: int = DPI,
    crop: bool = False,
) -> SourcePicture:
    """Returns an image of an answer in its source.

    Args:
        one: The report with access to its source.
        answer: One of its answers.
        passwords: Passwords to try if the file is encrypted.
        dpi: Resolution of PDF pages, in dots per inch.
        crop: Whether to crop each PDF page to the area around the answer.

    Raises:
        PictureError: The source was not found, or cannot be opened.
    """
    data = one.load()
    if data is None:
        raise PictureError(
            f"{one.report.source} was not found. Give the folder it was read from with --input."
        )
    if one.report.format in DRAWN:
        picture = page_picture(data, one.report, answer, passwords=passwords, dpi=dpi, crop=crop)
    else:
        document = one.document(tuple(passwords))
        lines = source_lines(document, one.report, answer) if document else []
        picture = lines_picture(one.report, answer, lines)
    return SourcePicture(as_png(picture), picture.width, picture.height)
