"""Rows from lines with boxes: columns, borders, page breaks. Cases named after what broke."""

from __future__ import annotations

from dataclasses import replace
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extractors.layout.blocks import Doubt, HeadBlock, Layout, RowBlock
from extractors.layout.geometry import layout
from models.document import Box, Document, Format, Line, Page, Rule
from tests.layout_builder import (
    Builder,
    Look,
    Row,
    check_tiling,
    form,
    rows_of,
    texts_of,
)

TWO = Look()
THREE = Look(widths=(170.0, 80.0, 220.0), heads=("Uppföljningsfrågor", "Svar", "Kommentar"))
WORDS = [
    *("vi", "arbetar", "med", "trygghet", "kvarter", "lampor", "samverkan", "skola", "fritid"),
    *("grannar", "park", "tunnel", "ungdomar", "förening", "stöd", "plan", "uppdrag", "vinter"),
    *("sommar", "buss", "torg", "vuxna", "barn", "kväll"),
]


def sentence(random: Random, words: int) -> str:
    return " ".join(random.choice(WORDS) for _ in range(words)).capitalize()


def invented(seed: int, rows: int = 6) -> list[Row]:
    """Rows with details, blank answers and comments that open with an answer word."""
    random = Random(seed)
    made = []
    for index in range(rows):
        detail = [f"Strategi 1:{index + 1} {sentence(random, random.randint(6, 40)).lower()}."]
        comment = [
            ". ".join(sentence(random, random.randint(4, 16)) for _ in range(3)) + "."
            for _ in range(random.choice([0, 1, 2, 4]))
        ]
        answer = random.choice(["Ja", "Ja", "Nej", "Delvis", "Ej aktuellt", ""])
        if comment and random.random() < 0.2:
            comment[0] = f"Ja, {comment[0].lower()}"
        question = sentence(random, random.randint(4, 14)) + "?"
        made.append(Row(question, answer, tuple(comment), tuple(detail)))
    return made


def report(rows: list[Row], look: Look) -> Document:
    builder = Builder(look)
    builder.text("1 Uppföljning av trygghetsplanen", size=15, bold=True)
    builder.text("Anvisning", bold=True)
    builder.text("Svaren ska vara korta och kunna läsas av den som inte känner nämnden alls sedan.")
    builder.y += 10
    builder.table(rows)
    builder.text("2 Nästa avsnitt", size=13, bold=True, gap=14)
    builder.text("Ska ej besvaras av nämnden.")
    return builder.document()


def read(rows: list[Row], look: Look) -> Layout:
    document = report(rows, look)
    found = layout(document, form())
    check_tiling(document, found)
    return found


RULES = ["all", "across", "booktabs", "shade", "none"]


@pytest.mark.parametrize("rules", RULES)
@pytest.mark.parametrize("base", [TWO, THREE], ids=["two", "three"])
@pytest.mark.parametrize("repeat", [False, True], ids=["once", "repeated"])
@pytest.mark.parametrize("bold", [False, True], ids=["plain", "bold"])
def test_every_row_is_complete_across_page_breaks(
    base: Look, rules: str, repeat: bool, bold: bool
) -> None:
    look = replace(base, rules=rules, repeat_heads=repeat, bold=bold)
    for seed in (3, 4, 5):
        rows = invented(seed)
        assert rows_of(read(rows, look)) == rows


LOOKS = {
    "paragraph gaps of three points": {"paragraph_gap": 3.0},
    "almost no padding": {"pad": 2.8},
    "table indented": {"indent": 30.0},
    "even pages mirrored": {"mirror": 25.0},
    "heads centred": {"centre_heads": True},
    "no running heads": {"running": False},
    "small type": {"size": 8.0, "pitch": 9.5},
    "loose lines": {"size": 11.0, "pitch": 18.0},
    "mark as glyph": {"mark": "●"},
    "mark as image": {"mark": "image"},
    "cuts left open": {"open_cuts": True},
    "answers in the middle of their rows": {"centred": True},
    "answers to the right": {"align": "right"},
    "answers centred": {"align": "centre", "centre_heads": True},
}


@pytest.mark.parametrize("change", LOOKS.values(), ids=LOOKS.keys())
@pytest.mark.parametrize("rules", ["all", "across", "none"])
@pytest.mark.parametrize("base", [TWO, THREE], ids=["two", "three"])
def test_rows_are_complete_however_the_page_is_set(
    base: Look, rules: str, change: dict[str, object]
) -> None:
    look = replace(base, rules=rules, **change)
    for seed in (6, 7):
        rows = invented(seed)
        assert rows_of(read(rows, look)) == rows


def test_a_comment_longer_than_two_pages_is_one_row() -> None:
    long = tuple(sentence(Random(seed), 60) + "." for seed in range(25))
    rows = [
        Row("Har ni gjort mycket?", "Ja", long),
        Row("Är det klart?", "Nej", ("Nej, inte än.",)),
    ]
    for rules in RULES:
        found = read(rows, replace(TWO, rules=rules))
        assert [row.question for row in rows_of(found)] == ["Har ni gjort mycket?", "Är det klart?"]
        assert rows_of(found)[1] == rows[1]
        blocks = [block for block in found.blocks if isinstance(block, RowBlock)]
        assert Doubt.CUT in blocks[0].doubts
        assert not blocks[1].doubts - {Doubt.ANSWER_UNCERTAIN}


def test_question_cell_longer_than_its_comment_continues_alone() -> None:
    detail = tuple(f"Strategi 1:{n} {sentence(Random(n), 90).lower()}." for n in range(1, 8))
    rows = [
        Row("Räcker stödet?", "Ja", ("Det räcker.",), detail),
        Row("Finns plan?", "Ja", ("Ja.",)),
    ]
    for rules in RULES:
        assert rows_of(read(rows, replace(TWO, rules=rules))) == rows


def test_two_tables_and_the_text_between_them_are_separated() -> None:
    builder = Builder(replace(TWO, running=False))
    builder.table([Row("Finns en plan?", "Ja", ("Planen är ny.",))])
    builder.text("Följande frågor gäller hela perioden.")
    builder.table([Row("Följs den upp?", "Nej", ("Det sker i höst.",))])
    document = builder.document()
    found = layout(document, form())
    check_tiling(document, found)
    assert [row.question for row in rows_of(found)] == ["Finns en plan?", "Följs den upp?"]
    assert texts_of(found) == ["Följande frågor gäller hela perioden."]
    assert sum(isinstance(block, HeadBlock) for block in found.blocks) == 2


def test_text_after_a_table_without_rules_is_not_taken_for_a_row() -> None:
    found = read([Row("Finns en plan?", "Ja", ("Planen är ny.",))], replace(TWO, rules="none"))
    assert len(rows_of(found)) == 1
    assert texts_of(found)[-2:] == ["2 Nästa avsnitt", "Ska ej besvaras av nämnden."]


def test_a_heading_and_its_text_are_paragraphs_of_their_own() -> None:
    texts = texts_of(read([Row("Finns en plan?", "Ja")], replace(TWO, running=False)))
    assert texts[0] == "1 Uppföljning av trygghetsplanen"
    assert texts[1] == "Anvisning"
    assert texts[2].startswith("Svaren ska vara korta")


def test_a_repeated_header_is_distinguished_from_a_new_one() -> None:
    rows = invented(9, rows=12)
    found = read(rows, replace(TWO, repeat_heads=True))
    heads = [block for block in found.blocks if isinstance(block, HeadBlock)]
    assert [head.repeated for head in heads] == [False] + [True] * (len(heads) - 1)
    assert len(heads) > 1


def test_reader_that_splits_a_bold_word_from_its_line() -> None:
    builder = Builder(replace(TWO, rules="none"))
    builder.head()
    base = builder.y + 16
    builder.put("Har ni en", 64, base, size=10, bold=True)
    builder.put("plan?", 112, base, size=10)
    builder.put("Ja", 264, base, size=10)
    builder.put("Planen är ny.", 264, base + 18, size=10)
    found = layout(builder.document(), form())
    assert rows_of(found) == [Row("Har ni en plan?", "Ja", ("Planen är ny.",))]


def test_headers_divided_over_lines_are_found() -> None:
    look = replace(
        THREE, widths=(150.0, 60.0, 250.0), heads=("Fråga", "Svarsalternativ", "Kommentar")
    )
    builder = Builder(look)
    top = builder.y + 16
    builder.put("Fråga", 64, top, size=10, bold=True)
    builder.put("Svars-", 214, top, size=10, bold=True)
    builder.put("alternativ", 214, top + 12, size=10, bold=True)
    builder.put("Kommentar", 274, top, size=10, bold=True)
    builder.put("Finns en plan?", 64, top + 32, size=10)
    builder.put("Ej", 214, top + 32, size=10)
    builder.put("aktuellt", 214, top + 44, size=10)
    builder.put("Vi har ingen.", 274, top + 32, size=10)
    found = layout(builder.document(), form())
    assert rows_of(found) == [Row("Finns en plan?", "Ej aktuellt", ("Vi har ingen.",))]


def test_footnotes_are_text_and_not_a_row() -> None:
    builder = Builder(replace(TWO, rules="none", running=False))
    builder.table([Row("Finns en plan?", "Ja", ("Planen är ny.",))])
    builder.rule(60, 700, 160, 700.5)
    builder.put("1 Planen antogs i mars.", 60, 712, size=7)
    document = builder.document()
    found = layout(document, form())
    check_tiling(document, found)
    assert rows_of(found) == [Row("Finns en plan?", "Ja", ("Planen är ny.",))]
    assert texts_of(found) == ["1 Planen antogs i mars."]


def test_a_document_without_tables_is_text() -> None:
    builder = Builder(replace(TWO, running=False))
    builder.text("Bara text i hela rapporten.")
    document = builder.document()
    found = layout(document, form())
    check_tiling(document, found)
    assert rows_of(found) == []
    assert texts_of(found) == ["Bara text i hela rapporten."]


@settings(max_examples=25, deadline=None)
@given(
    seed=st.integers(0, 10_000),
    rules=st.sampled_from(RULES),
    three=st.booleans(),
    repeat=st.booleans(),
    bold=st.booleans(),
    bottom=st.floats(300, 780),
    pad=st.floats(2.8, 9),
)
def test_nothing_is_lost_or_doubled(
    seed: int, rules: str, three: bool, repeat: bool, bold: bool, bottom: float, pad: float
) -> None:
    base = THREE if three else TWO
    look = replace(base, rules=rules, repeat_heads=repeat, bold=bold, bottom=bottom, pad=pad)
    read(invented(seed, rows=5), look)


@st.composite
def scattered(draw: st.DrawFn) -> Document:
    """Pages of lines and rules at any position."""
    texts = ["Ja", "Nej", "☒", "1.2 Mål", "Anvisning", "Har ni?", "och så", "● Ja", "4 (9)", "- x"]
    texts += ["Uppföljningsfrågor", "Svarsalternativ med kommentar", "Svar", "Kommentar", "Fråga"]
    place = st.floats(-50, 900)
    pages = []
    number = 0
    for page in range(1, draw(st.integers(1, 4)) + 1):
        lines, rules = [], []
        for text in draw(st.lists(st.sampled_from(texts), max_size=25)):
            number += 1
            x, y = draw(place), draw(place)
            size = draw(st.sampled_from([0.0, 6.0, 10.0, 14.0]))
            box = Box(x, y, x + draw(st.floats(0, 400)), y + size)
            lines.append(Line(number, text, page, box, size or None, draw(st.booleans())))
        for _ in range(draw(st.integers(0, 8))):
            x, y = draw(place), draw(place)
            box = Box(x, y, x + draw(st.floats(0, 600)), y + draw(st.floats(0, 600)))
            rules.append(Rule(box, draw(st.booleans())))
        pages.append(Page(page, 595.0, 842.0, tuple(lines), tuple(rules)))
    return Document(Format.PDF, "any", tuple(pages))


@settings(max_examples=150, deadline=None)
@given(scattered())
def test_text_at_any_position_is_kept(document: Document) -> None:
    check_tiling(document, layout(document, form()))
