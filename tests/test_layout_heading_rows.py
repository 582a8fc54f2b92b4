"""Headings that are rows of a table, over all its columns. Named after what broke."""

from __future__ import annotations

import textwrap

import pytest

from extractors.layout.geometry import layout
from tests.layout_builder import Builder, Look, Row, check_tiling, form, rows_of, texts_of

ROWS = [
    Row("Finns en plan för året?", "Ja", ("Planen antogs i mars.",), ("Strategi 1:1 planen.",)),
    Row("Följs planen upp?", "Nej", ("Det sker först nästa år.",), ("Strategi 1:2 uppföljning.",)),
    Row("Räcker stödet till?", "Ja", ("Stödet har ökat i år.",), ("Strategi 1:3 stödet.",)),
]
WIDTHS, HEADS = (160.0, 60.0, 240.0), ("Uppföljningsfrågor", "Svar", "Kommentar")
LONG = (
    "2.1 Insats 1:2 Öppna verksamheter ska ha gemensamma ordningsregler som är kända av "
    "alla besökare i hela kommunen"
)


class Sheet(Builder):
    """Tables with headings among their rows."""

    def rows(self, rows: list[Row]) -> None:
        for row in rows:
            self._row(row, shaded=False)

    def heading(self, text: str) -> None:
        look, top = self.look, self.y
        self.y += look.pad
        for part in textwrap.wrap(text, int(sum(look.widths) / (look.size * 0.6))):
            self.y += look.pitch
            self.put(part, look.left + look.pad, self.y, size=look.size, bold=True)
        self.y += look.pad
        if look.rules in {"all", "across"}:
            self._across(self.y)
        if look.rules == "all":
            for x in (self.lefts()[0], self.lefts()[-1]):
                self.rule(x - 0.25, top, x + 0.25, self.y)


@pytest.mark.parametrize("title", ["2.1 Stödet", LONG])
@pytest.mark.parametrize("rules", ["all", "across", "none"])
def test_rows_below_a_heading_inside_their_table_are_read(title: str, rules: str) -> None:
    """The table had ended there, and all rows below it were lost."""
    sheet = Sheet(Look(WIDTHS, rules=rules, running=False, heads=HEADS))
    sheet.head()
    sheet.heading("1.1 Planen")
    sheet.rows(ROWS[:2])
    sheet.heading(title)
    sheet.rows(ROWS[2:])
    found = layout(sheet.document(), form())
    check_tiling(sheet.document(), found)
    assert rows_of(found) == ROWS
    assert texts_of(found) == ["1.1 Planen", title]


@pytest.mark.parametrize("rules", ["all"])
def test_a_row_below_a_heading_at_the_end_of_a_page_is_not_the_rest_of_another(
    rules: str,
) -> None:
    sheet = Sheet(Look(WIDTHS, rules=rules, running=False, heads=HEADS))
    sheet.head()
    sheet.rows(ROWS[:2])
    sheet.heading("2.1 Stödet")
    sheet.new_page()
    sheet.rows(ROWS[2:])
    found = layout(sheet.document(), form())
    check_tiling(sheet.document(), found)
    assert rows_of(found) == ROWS
    assert texts_of(found) == ["2.1 Stödet"]


def test_headings_of_several_levels_above_one_another_open_the_rows_below_them() -> None:
    """The first had become a row without an answer."""
    titles = ["2 Planen för hela kommunen och alla dess bolag de närmaste åren", "2.1 Stödet"]
    sheet = Sheet(Look(WIDTHS, rules="none", running=False, heads=HEADS))
    sheet.head()
    sheet.rows(ROWS[:2])
    for title in titles:
        sheet.heading(title)
    sheet.rows(ROWS[2:])
    found = layout(sheet.document(), form())
    check_tiling(sheet.document(), found)
    assert rows_of(found) == ROWS
    assert " ".join(texts_of(found)) == " ".join(titles)


def test_a_heading_with_text_below_it_ends_the_table() -> None:
    sheet = Sheet(Look(WIDTHS, rules="none", running=False, heads=HEADS))
    sheet.head()
    sheet.rows(ROWS)
    sheet.heading("2.1 Stödet")
    sheet.text("Svara kort på varje fråga.")
    found = layout(sheet.document(), form())
    assert rows_of(found) == ROWS
    assert texts_of(found) == ["2.1 Stödet", "Svara kort på varje fråga."]


def test_a_comment_over_all_columns_is_no_heading() -> None:
    """It stays in its row, which is marked as doubtful."""
    sheet = Sheet(Look(WIDTHS, rules="all", running=False, heads=HEADS))
    sheet.head()
    sheet.rows(ROWS[:2])
    sheet.heading("Här följer en kommentar.")
    for line in sheet.pages[0][0]:
        if line.text.startswith("Här"):
            sheet.pages[0][0].remove(line)
            sheet.pages[0][0].append(line._replace(bold=False))
            break
    sheet.rows(ROWS[2:])
    found = layout(sheet.document(), form())
    check_tiling(sheet.document(), found)
    assert not texts_of(found)
