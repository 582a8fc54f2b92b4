"""Building blocks of the dataset columns: types, and columns that several datasets share."""

from __future__ import annotations

import pyarrow as pa


def column(name: str, kind: pa.DataType, sv: str, en: str, *, null: bool = False) -> pa.Field:
    """Returns a column of a dataset, with its description in Swedish and English."""
    return pa.field(name, kind, nullable=null, metadata={"sv": sv, "en": en})


TEXT = pa.string()
COUNT = pa.int32()
TEXTS = pa.list_(pa.field("item", pa.string(), nullable=False))
BOXES = pa.list_(
    pa.field(
        "item",
        pa.struct(
            [
                pa.field("page", pa.int32(), nullable=False),
                *(
                    pa.field(name, pa.float32(), nullable=False)
                    for name in ("x0", "y0", "x1", "y1")
                ),
            ]
        ),
        nullable=False,
    )
)
REPORT_ID = column(
    "report_id",
    TEXT,
    "Rapportens id: de första 16 hexadecimala tecknen i filens SHA-256.",
    "The report's id: the first 16 hexadecimal digits of the file's SHA-256.",
)
POSITION = column(
    "position",
    COUNT,
    "Svarets plats i rapporten, från 1.",
    "The answer's place in the report, from 1.",
)
