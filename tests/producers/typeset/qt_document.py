"""A page laid out by Qt's QTextDocument, as desktop programs save and print reports."""

from __future__ import annotations

import os
import sys
from pathlib import Path


def main(source: str, target: str, *, wide: bool) -> None:
    """Prints a page of HTML on A4, with the page numbers that Qt sets itself."""
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    from PySide6.QtCore import QMarginsF  # noqa: PLC0415
    from PySide6.QtGui import (  # noqa: PLC0415
        QGuiApplication,
        QPageLayout,
        QPageSize,
        QPdfWriter,
        QTextDocument,
    )

    application = QGuiApplication([])
    document = QTextDocument()
    document.setHtml(Path(source).read_text(encoding="utf-8"))
    writer = QPdfWriter(target)
    writer.setResolution(300)
    turned = QPageLayout.Orientation.Landscape if wide else QPageLayout.Orientation.Portrait
    margins = QMarginsF(15, 15, 15, 15)
    page = QPageSize(QPageSize.PageSizeId.A4)
    writer.setPageLayout(QPageLayout(page, turned, margins, QPageLayout.Unit.Millimeter))
    document.print_(writer)
    del document, writer, application


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], wide=sys.argv[3] == "wide")
