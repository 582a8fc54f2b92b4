"""Tables whose cells are drawn on the page, with columns of any kind."""

from __future__ import annotations

import pytest

from extractors.layout.blocks import Doubt, HeadBlock, RowBlock, TextBlock
from extractors.layout.cells.runs import lines_of
from extractors.layout.furniture.pages import read_pages
from extractors.layout.marked.drawn import layout
from extractors.layout.tables.grid import DrawnTable, drawn_tables, fill
from extractors.layout.tables.returned_heads import ReturnedHeads
from extractors.layout.tables.rules import Stroke, Strokes, strokes_of
from models.document import Box, Document, Format, Line, Page, Rule
from models.form import Form
from tests.layout_builder import check_tiling
from tests.test_form_tables import form

PITCH = 12.0
PAD = 3.0
WIDTHS = (60.0, 150.0, 70.0, 60.0, 150.0)
HEAD = "Kravnummer|Kravets lydelse|Uppfyllelse|Ansvarig|Motivering"


class Drawn:
    """Sets tables with drawn cells on pages; `|` parts cells, `/` the lines of one.

    A cell `>` goes on with the one to its left, a cell `^` with the one above it.
    """

    def __init__(self, widths: tuple[float, ...] = WIDTHS) -> None:
        self.lefts = [40.0]
        for width in widths:
            self.lefts.append(self.lefts[-1] + width)
        self.pages: list[tuple[list[Line], list[Rule]]] = []
        self.count = 0
        self.page()

    def page(self) -> None:
        self.pages.append(([], []))
        self.y = 60.0

    def text(self, text: str, size: float = 10.0, *, bold: bool = False) -> None:
        self.y += 10
        self._line(text, 40.0, size, bold=bold)
        self.y += 2 * PITCH

    def row(self, row: str, below: str = "", *, centred: bool = False) -> None:
        """Sets a row; `below` is the next one, for the cells that go on in it."""
        cells = row.split("|")
        under = below.split("|") if below else [""] * len(cells)
        top = self.y
        tallest = max(len(cell.split("/")) for cell in cells if cell not in {">", "^"})
        bottom = top + tallest * PITCH + 2 * PAD
        for at, cell in enumerate(cells):
            left, right = self.lefts[at], self.lefts[at + 1]
            if cell != ">":
                self._rule(left, top, left, bottom)
            if cell != "^":
                self._rule(left, top, right, top)
            if under[at] != "^":
                self._rule(left, bottom, right, bottom)
            if cell in {">", "^"}:
                continue
            self.y = top + PAD
            for text in cell.split("/"):
                shift = (right - left - 5.0 * len(text)) / 2 - PAD if centred else 0.0
                self._line(text, left + PAD + shift, 10.0)
                self.y += PITCH
        self._rule(self.lefts[-1], top, self.lefts[-1], bottom)
        self.y = bottom

    def _rule(self, x0: float, y0: float, x1: float, y1: float) -> None:
        self.pages[-1][1].append(Rule(Box(x0, y0, x1, y1)))

    def _line(self, text: str, x: float, size: float, *, bold: bool = False) -> None:
        if text.strip():
            self.count += 1
            box = Box(x, self.y, x + 5.0 * len(text), self.y + size)
            self.pages[-1][0].append(Line(self.count, text, len(self.pages), box, size, bold))

    def document(self) -> Document:
        pages = tuple(
            Page(at, 595.0, 842.0, tuple(lines), tuple(rules))
            for at, (lines, rules) in enumerate(self.pages, 1)
        )
        return Document(Format.PDF, "pdfium", pages)


def rows_of(drawn: Drawn, of: Form) -> list[RowBlock]:
    document = drawn.document()
    found = layout(document, of)
    assert found is not None
    check_tiling(document, found)
    return [block for block in found.blocks if isinstance(block, RowBlock)]


def text(cell: tuple[tuple[object, ...], ...]) -> str:
    return "/".join(" ".join(piece.text for piece in paragraph) for paragraph in cell)  # type: ignore[attr-defined]


def test_cells_are_under_the_column_headers_that_the_form_names() -> None:
    drawn = Drawn()
    drawn.row(HEAD)
    drawn.row("K1|Larmet provas varje/vecka.|Ja|Driften|Av vakten.")
    drawn.row("K2|Dörrar hålls fria.|Nej||")
    one, other = rows_of(drawn, form())
    assert (text(one.ref), text(one.question), text((one.answer,))) == (
        "K1",
        "Larmet provas varje vecka.",
        "Ja",
    )
    assert (text(one.comment), text(one.others[0].cell)) == ("Av vakten.", "Driften")
    assert (text(other.ref), text((other.answer,)), other.comment) == ("K2", "Nej", ())
    assert not one.doubts


def test_a_row_cut_by_a_page_break_continues_where_there_is_no_reference() -> None:
    drawn = Drawn()
    drawn.row(HEAD)
    drawn.row("K1|Larmet provas.|Ja||Det görs av vakten och")
    drawn.page()
    drawn.row(HEAD)
    drawn.row("||||av driften.")
    drawn.row("K2|Dörrar hålls fria.|Nej||")
    one, other = rows_of(drawn, form())
    assert text(one.comment) == "Det görs av vakten och av driften."
    assert one.doubts == {Doubt.CUT}
    assert text(other.ref) == "K2"


def test_a_row_without_a_line_at_the_page_bottom_and_below_the_next_header() -> None:
    drawn = Drawn()
    drawn.row(HEAD)
    drawn.row("K1|Larmet provas.|Ja|Driften|Av vakten.")
    drawn.row(HEAD)
    drawn.row("K2|Dörrar hålls fria.|Nej||Det görs av vakten och", below="^|^|^|^|^")
    drawn.page()
    drawn.row(f"{HEAD}/av driften.")
    drawn.row("K3|Planen är känd.|Nej||")
    one, other, last = rows_of(drawn, form())
    assert text(one.comment) == "Av vakten."
    assert text(other.comment) == "Det görs av vakten och av driften."
    assert other.doubts == {Doubt.CUT}
    assert text(last.ref) == "K3"


def parted_at_heads(drawn: Drawn) -> list[list[str]]:
    """The rows of the last page's tables, with headers separated from the text below them."""
    heads = ReturnedHeads()
    parted: list[DrawnTable] = []
    for number, page in enumerate(drawn.document().pages, 1):
        tables = drawn_tables(strokes_of(page))
        fill(tables, lines_of(page))
        parted = heads.part(tables, number)
    return [
        [" ".join(line.text for line in cell.lines(1)) for cell in row]
        for table in parted
        for row in table.rows
    ]


def test_of_two_known_headers_the_longer_one_is_separated_from_the_text_below_it() -> None:
    """Which one was found first changed from run to run."""
    drawn = Drawn()
    longer = HEAD.replace("lydelse", "lydelse/i sin helhet")
    for words in (longer, HEAD):
        drawn.row(words)
        drawn.row("K1|Larmet provas.|Ja|Driften|Av vakten.")
        drawn.page()
    drawn.row(f"{longer}/ /av driften.")
    head, rest = parted_at_heads(drawn)
    assert head[1] == "Kravets lydelse i sin helhet"
    assert rest == ["", "", "", "", "av driften."]


def test_a_longer_header_further_down_a_page_contains_no_rest_of_a_row() -> None:
    drawn = Drawn()
    drawn.row(HEAD)
    drawn.row("K1|Larmet provas.|Ja|Driften|Av vakten.")
    drawn.page()
    drawn.row(HEAD)
    drawn.row("K2|Planen är känd.|Ja|Driften|Av alla.")
    drawn.text("Bilaga")
    drawn.row(f"{HEAD}/med datum")
    drawn.row("K3|Dörrar hålls fria.|Nej||I maj.")
    assert len(parted_at_heads(drawn)) == 4


def test_a_row_above_a_header_that_is_repeated_with_it_is_not_a_row() -> None:
    drawn = Drawn()
    drawn.text("Bilaga 1", 14.0)
    shared = "Krav på leverantören|>|Leverantörens svar|>|>"
    for row in (shared, HEAD, "K1|Larmet provas.|Ja|Driften|Av vakten."):
        drawn.row(row)
    for row in (shared, HEAD, "K2|Dörrar hålls fria.|Nej||Det görs av vakten och"):
        drawn.row(row)
    drawn.page()
    for row in (shared, HEAD, "||||av driften."):
        drawn.row(row)
    one, other = rows_of(drawn, form())
    assert text(one.comment) == "Av vakten."
    assert text(other.comment) == "Det görs av vakten och av driften."


def test_repeated_headers_that_the_form_does_not_name_are_not_running_lines() -> None:
    drawn = Drawn()
    for number in (1, 3, 5):
        drawn.row("Kravnummer|Kravets lydelse|Uppfyllelse|Ansvarig|Motivering", below="||^||")
        drawn.row("Del A|Del B|^|Del C|Del D")
        drawn.row(f"K{number}|Larmet provas.|Ja||Det görs av vakten och")
        drawn.page()
    drawn.row("K7|Planen är känd.|Nej||")
    document = drawn.document()
    _, running = read_pages(document, form(), by_cells=True)
    assert not running


def test_a_heading_at_the_top_of_a_page_ends_an_open_table() -> None:
    drawn = Open()
    drawn.row(HEAD)
    drawn.row("K1|Larmet provas.|Ja||Av vakten.")
    drawn.page()
    drawn.text("Brandskydd", 14.0)
    drawn.row(HEAD)
    drawn.row("K2|Dörrar hålls fria.|Nej||")
    found = layout(drawn.document(), form())
    assert found is not None
    assert [type(block) for block in found.blocks] == [
        HeadBlock, RowBlock, TextBlock, HeadBlock, RowBlock,
    ]  # fmt: skip


def test_a_row_with_a_reference_on_a_new_page_is_a_row_of_its_own() -> None:
    drawn = Drawn()
    drawn.row(HEAD)
    drawn.row("K1|Larmet provas|Ja||Det görs av vakten och")
    drawn.page()
    drawn.row("K2|dörrar hålls fria.|||och driften.")
    one, other = rows_of(drawn, form())
    assert (text(one.ref), text(other.ref)) == ("K1", "K2")


def test_a_body_whose_columns_are_a_few_points_off_its_header() -> None:
    drawn = Drawn()
    drawn.row(HEAD)
    drawn.lefts = [drawn.lefts[0], *(left + 6 for left in drawn.lefts[1:-1]), drawn.lefts[-1]]
    drawn.row("K1|Larmet provas.|Ja|Driften|Av vakten.")
    drawn.row("K2|Dörrar hålls fria.|Nej||Nästan.")
    found = rows_of(drawn, form())
    assert [text((row.answer,)) for row in found] == ["Ja", "Nej"]
    assert [text(row.comment) for row in found] == ["Av vakten.", "Nästan."]
    assert not any(row.doubts for row in found)


def test_a_header_of_two_rows_of_merged_cells() -> None:
    drawn = Drawn()
    drawn.row("Kravnummer|Kravets lydelse|Leverantörens svar|>|>", "^|^|||")
    drawn.row("^|^|Uppfyllelse|Ansvarig|Motivering", centred=True)
    drawn.row("K1|Larmet provas.|Ja|Driften|Av vakten.")
    (row,) = rows_of(drawn, form())
    assert (text(row.ref), text((row.answer,)), text(row.comment)) == ("K1", "Ja", "Av vakten.")


def test_a_header_of_eight_lines_in_narrow_columns() -> None:
    drawn = Drawn((40.0, 150.0, 40.0, 60.0, 150.0))
    drawn.row("Kr/av/nu/mm/er|Kravets lydelse|Up/p/f/y/l/l/el/se|Ansvarig|Motivering", centred=True)
    drawn.row("K1|Larmet provas.|Ja|Driften|Av vakten.")
    (row,) = rows_of(drawn, form())
    assert (text(row.ref), text((row.answer,))) == ("K1", "Ja")


def test_cells_that_are_merged_downwards_are_each_rows() -> None:
    drawn = Drawn()
    drawn.row(HEAD)
    drawn.row("K1|Larmet provas.|Ja|Driften|Av vakten.", "K2||^|^|^")
    drawn.row("K2|Dörrar hålls fria.|^|^|^")
    drawn.row("K3|Planen är känd.|Nej||")
    found = rows_of(drawn, form())
    assert [text((row.answer or row.shared,)) for row in found] == ["Ja", "Ja", "Nej"]
    assert [text(row.comment) for row in found] == ["Av vakten.", "Av vakten.", ""]
    assert [text(row.others[0].cell) for row in found] == ["Driften", "Driften", ""]
    assert [set(row.doubts) for row in found] == [set(), {Doubt.CELL_SHARED}, set()]


def test_a_comment_of_several_rows_continues_over_a_page_break_for_each() -> None:
    drawn = Drawn()
    drawn.row(HEAD)
    drawn.row("K1|Larmet provas.|Ja|Driften|Det görs av", "K2||^|^|^")
    drawn.row("K2|Dörrar hålls fria.|^|^|^")
    drawn.page()
    drawn.row("||||vakten varje vecka.")
    drawn.row("K3|Planen är känd.|Nej||")
    found = rows_of(drawn, form())
    assert [text(row.comment) for row in found] == ["Det görs av vakten varje vecka."] * 2 + [""]
    assert all(Doubt.CUT in row.doubts for row in found[:2])


def test_a_question_on_a_new_page_whose_answer_is_on_the_one_before_is_not_lost() -> None:
    drawn = Drawn()
    drawn.row("Område|Fråga|Uppfyllelse|Ansvarig|Motivering")
    drawn.row("Larm|Provas larmet?|Ja||Det görs av")
    drawn.page()
    drawn.row("|Hålls dörrar fria?|||vakten varje vecka.")
    columns = [
        {"holds": "section", "heads": ["Område"]},
        {"holds": "question", "heads": ["Fråga"]},
        {"holds": "answer", "heads": ["Uppfyllelse"]},
        {"holds": "other", "heads": ["Ansvarig"]},
        {"holds": "comment", "heads": ["Motivering"]},
    ]
    found = rows_of(drawn, form(table={"columns": columns}))
    assert [text(row.question) for row in found] == ["Provas larmet?", "Hålls dörrar fria?"]
    assert all(Doubt.CUT_UNCERTAIN in row.doubts for row in found)


def test_a_sentence_that_reads_over_into_the_next_comment_is_doubted() -> None:
    drawn = Drawn()
    drawn.row(HEAD)
    drawn.row("K1|Larmet provas.|Ja||Det görs av")
    drawn.page()
    drawn.row("||||vakten men")
    drawn.row("K2|Dörrar hålls fria.|Nej||bara vid behov. Vi ser över det.")
    found = rows_of(drawn, form())
    assert all(Doubt.CUT_UNCERTAIN in row.doubts for row in found)


def test_a_reference_that_a_page_cuts_is_put_together() -> None:
    drawn = Drawn()
    drawn.row(HEAD)
    drawn.row("A&A-|Larmet|Ja||")
    drawn.page()
    drawn.row("01.1|provas.|||")
    drawn.row("A&A-01.2|Planen är känd.|Nej||")
    found = rows_of(drawn, form(reference_looks=["A&A-01.1"]))
    assert [text(row.question) for row in found] == ["Larmet provas.", "Planen är känd."]
    assert "".join(piece.text for own in found[0].ref for piece in own) == "A&A-01.1"


def test_a_row_over_all_columns_opens_a_section_and_a_heading_stays_outside() -> None:
    drawn = Drawn()
    drawn.text("Bilaga 1", 14.0)
    drawn.row(HEAD)
    drawn.row("Brandskydd|>|>|>|>")
    drawn.row("K1|Larmet provas.|Ja||")
    document = drawn.document()
    found = layout(document, form())
    assert found is not None
    kinds = [type(block) for block in found.blocks]
    assert kinds == [TextBlock, HeadBlock, TextBlock, RowBlock]
    assert [block.opens_section for block in found.blocks if isinstance(block, TextBlock)] == [
        False,
        True,
    ]


def test_centred_answers_over_two_lines_are_one_answer() -> None:
    drawn = Drawn()
    drawn.row(HEAD, centred=True)
    drawn.row("K1|Larmet provas.|Inte/aktuellt|Driften|Av vakten.", centred=True)
    of = form(answers=[{"word": "Inte aktuellt", "code": "not_applicable"}])
    (row,) = rows_of(drawn, of)
    assert text((row.answer,)) == "Inte aktuellt"
    assert not row.doubts


def test_an_underlined_word_does_not_split_a_row() -> None:
    drawn = Drawn()
    drawn.row(HEAD)
    top = drawn.y
    drawn.row("K1|Larmet provas/av vakten.|Ja||")
    drawn._rule(103.0, top + 14, 140.0, top + 14)
    (row,) = rows_of(drawn, form())
    assert text(row.question) == "Larmet provas av vakten."


def test_rows_without_a_line_between_them_are_doubted() -> None:
    drawn = Drawn()
    drawn.row(HEAD)
    drawn.row("K1/K2|Larmet provas./Dörrar hålls fria.|Ja/Nej||")
    (row,) = rows_of(drawn, form())
    assert Doubt.QUESTION_UNCERTAIN in row.doubts


@pytest.mark.parametrize("count", [0, 1])
def test_a_frame_with_one_cell_is_not_a_table(count: int) -> None:
    across = (Stroke(10, 0, 100), Stroke(90, 0, 100))
    upright = (Stroke(0, 10, 90), Stroke(100, 10, 90)) if count else ()
    assert drawn_tables(Strokes(across, upright)) == []


def test_a_page_with_more_lines_than_any_table_is_not_examined() -> None:
    across = tuple(Stroke(0.5 * at, 0, 900) for at in range(1_600))
    upright = tuple(Stroke(0.5 * at, 0, 800) for at in range(1_600))
    assert drawn_tables(Strokes(across, upright)) == []


def test_of_a_frame_and_the_table_in_it_the_one_with_more_cells_counts() -> None:
    frame = [Stroke(0, 0, 500), Stroke(400, 0, 500)]
    sides = [Stroke(0, 0, 400), Stroke(250, 0, 400), Stroke(500, 0, 400)]
    lines = [Stroke(at, 20, 220) for at in (50, 80, 110, 140)]
    parts = [Stroke(at, 50, 140) for at in (20, 120, 220)]
    drawn = Strokes(tuple(sorted((*frame, *lines))), tuple(sorted((*sides, *parts))))
    (table,) = drawn_tables(drawn)
    assert len(table.rows) == 3


def test_a_page_without_a_table_of_the_form_is_not_read_so() -> None:
    drawn = Drawn()
    drawn.row("A|B|C|D|E")
    assert layout(drawn.document(), form()) is None


def test_one_line_that_ends_early_shows_that_no_gap_separates_paragraphs() -> None:
    drawn = Drawn()
    drawn.row(HEAD)
    drawn.row(
        "K1|Larmet provas.|Ja||Det görs av vakten/varje vecka./Driften/hjälper vakten/till med det."
    )
    drawn.row("K2|Dörrar hålls fria.|Nej||Det är inte gjort, men det/planeras för nästa år.")
    drawn.row("K3|Planen är känd.|Nej||Enligt enkäten i maj vet alla.")
    one, *_ = rows_of(drawn, form())
    assert (
        text(one.comment) == "Det görs av vakten varje vecka./Driften hjälper vakten till med det."
    )


CARDS = form(
    table={
        "columns": [
            {"holds": "question", "heads": ["Fråga"]},
            {"holds": "answer", "heads": ["Svar"]},
            {"holds": "comment", "heads": ["Kommentar"]},
        ]
    },
    sections={"headings": True},
)


@pytest.mark.parametrize("parted", ["answer", "comment"])
def test_a_card_that_a_page_cuts_is_one_row(parted: str) -> None:
    drawn = Drawn((80.0, 300.0))
    drawn.row("Fråga|Övas planen?")
    drawn.row("Svar|Nej")
    drawn.row("Kommentar|Det planeras.")
    drawn.text("")
    drawn.row("Fråga|Provas larmet?")
    if parted == "comment":
        drawn.row("Svar|Ja")
        drawn.row("Kommentar|Det görs av")
        drawn.page()
        drawn.row("|vakten varje vecka.")
    else:
        drawn.page()
        drawn.row("Svar|Ja")
        drawn.row("Kommentar|Det görs av vakten/varje vecka.")
    one, other = rows_of(drawn, CARDS)
    assert text(one.comment) == "Det planeras."
    assert text(other.question) == "Provas larmet?"
    assert text((other.answer,)) == "Ja"
    assert text(other.comment) == "Det görs av vakten varje vecka."
    assert Doubt.CUT in other.doubts
    assert Doubt.CUT not in one.doubts


# -- tables whose cells are not drawn


class Open(Drawn):
    """Sets tables with lines below rows, or none."""

    ruled = True

    def row(self, row: str, below: str = "", *, centred: bool = False) -> None:
        del below, centred
        top = self.y
        tallest = 0
        for at, cell in enumerate(row.split("|")):
            texts = cell.split("/")
            tallest = max(tallest, len(texts))
            for number, text in enumerate(texts):
                self.y = top + PAD + number * PITCH
                self._line(text, self.lefts[at] + PAD, 10.0)
        self.y = top + tallest * PITCH + 3 * PAD
        if self.ruled:
            self._rule(self.lefts[0], self.y, self.lefts[-1], self.y)


ROWS = (
    "K1|Larmet provas varje/vecka hela året.|Ja|Driften|Av vakten.",
    "K2|Dörrar hålls fria.|Nej||Det är inte gjort,/men planeras.",
    "K3|Planen är känd.|Ja||",
)


@pytest.mark.parametrize("ruled", [True, False])
@pytest.mark.parametrize("shift", [0.0, 6.0])
def test_a_table_without_drawn_cells_is_found_by_lines_or_references(
    shift: float, ruled: bool
) -> None:
    drawn = Open()
    drawn.ruled = ruled
    drawn.row(HEAD)
    drawn.lefts = [drawn.lefts[0], *(left + shift for left in drawn.lefts[1:])]
    for row in ROWS:
        drawn.row(row)
    found = rows_of(drawn, form())
    assert [text(row.ref) for row in found] == ["K1", "K2", "K3"]
    assert text(found[0].question) == "Larmet provas varje vecka hela året."
    assert [text((row.answer,)) if row.answer else "" for row in found] == ["Ja", "Nej", "Ja"]
    assert [text(row.comment) for row in found] == [
        "Av vakten.",
        "Det är inte gjort, men planeras.",
        "",
    ]
    assert not any(row.doubts for row in found)


def test_a_table_without_drawn_cells_continues_over_a_page_break() -> None:
    drawn = Open()
    drawn.ruled = False
    drawn.row(HEAD)
    drawn.row(ROWS[0])
    drawn.row("K2|Dörrar hålls fria.|Nej||Det är inte gjort,")
    drawn.page()
    drawn.row("||||men planeras.")
    drawn.row(ROWS[2])
    found = rows_of(drawn, form())
    assert [text(row.ref) for row in found] == ["K1", "K2", "K3"]
    assert text(found[1].comment) == "Det är inte gjort, men planeras."
    assert found[1].doubts == {Doubt.CUT}


def test_rows_separated_only_by_white_space_are_doubted() -> None:
    columns = [
        {"holds": "section", "heads": ["Kravnummer"]},
        {"holds": "question", "heads": ["Kravets lydelse"]},
        {"holds": "answer", "heads": ["Uppfyllelse"]},
        {"holds": "other", "heads": ["Ansvarig"]},
        {"holds": "comment", "heads": ["Motivering"]},
    ]
    drawn = Open()
    drawn.ruled = False
    drawn.row(HEAD)
    for row in ROWS:
        drawn.row(row)
    found = rows_of(drawn, form(table={"columns": columns}))
    assert [text((row.answer,)) for row in found] == ["Ja", "Nej", "Ja"]
    assert all(Doubt.QUESTION_UNCERTAIN in row.doubts for row in found)


def test_a_second_line_of_a_column_header_is_not_a_comment() -> None:
    """The form had "Motivering", and "med datum" became part of the first comment, sure."""
    drawn = Drawn()
    drawn.row(f"{HEAD}/med datum")
    drawn.row("K2|Dörrar hålls fria.|Nej|Staben|I maj.")
    found = layout(drawn.document(), form())
    rows = [] if found is None else [own for own in found.blocks if isinstance(own, RowBlock)]
    assert not rows
