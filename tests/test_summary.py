"""`svar summary`: its figures are those of the datasets, and a real browser shows and prints it."""

from __future__ import annotations

import itertools
import shutil
from collections.abc import Iterator
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import duckdb
import numpy as np
import pypdfium2
import pytest
from click.testing import CliRunner, Result

from extractors.themes import builtin_taxonomy
from models.corrections import Kind
from models.datasets import DATASETS
from models.form import Form
from models.report import Assertion, CorrectionState, Mention, Problem, Severity, Status
from pipeline.checking.selection import Selection
from pipeline.cli.summary import command
from pipeline.corrections import NOT_APPLIED
from pipeline.publishing.colours import ASSERTIONS, CODES, FILLS, ink, luminance
from pipeline.publishing.content import load_content
from pipeline.publishing.facts import read_facts
from pipeline.publishing.summary.charts import ROWS, stretches
from pipeline.publishing.summary.model import Chapter
from pipeline.publishing.summary.reading import per_cent
from pipeline.publishing.summary.writing import Summary, chapters
from pipeline.publishing.words import LANGUAGES, words_in
from tests import checking_helpers as made

BROWSER = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("chrome")
FLAGS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
]  # fmt: skip
HOSTILE = "<script>document.title='HACKED'</script> \u202eåäö \x07 \ufffe & \"x\""


def run(*arguments: object) -> Result:
    return CliRunner().invoke(
        command, [str(a) for a in arguments], standalone_mode=False, catch_exceptions=False
    )


@pytest.fixture(scope="module")
def out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Datasets of boards that answer in different ways; one is hostile, one could not be read."""
    codes = ["yes", "partly", "no", "not_applicable", "other", "missing"]
    boards = []
    for number, board in enumerate(made.many(5, 12)):
        answers = tuple(
            replace(answer, code=codes[(answer.position * (number + 1)) % 6])
            for answer in board.answers
        )
        mentions = tuple(
            Mention(n, theme, "g", "K", 0, 1, f"{theme} i mening {n}.", assertion)
            for n, (theme, assertion) in enumerate(
                itertools.product(["sspf", "lagesbild", "okänt"], list(Assertion)[number:]), 1
            )
            if n <= 12
        )
        boards.append(replace(board, answers=answers, themes=mentions))
    contradicted = replace(
        made.report(organisation=f"Nämnd {HOSTILE}"),
        problems=(Problem(Severity.WARNING, "contradiction", "Säger emot.", position=1),),
    )
    hostile = replace(contradicted.answers[0], comment=HOSTILE, question=HOSTILE)
    contradicted = replace(contradicted, answers=(hostile, contradicted.answers[1]), themes=())
    return made.write_datasets(tmp_path_factory.mktemp("out"), *boards, contradicted, made.failed())


@pytest.fixture(scope="module")
def page(out: Path) -> Path:
    path = out / "summary.html"
    assert run(out, "-o", path, "--figures", out / "figures").return_value == 0
    return path


@pytest.fixture(scope="module")
def told(out: Path) -> dict[str, Chapter]:
    want = Summary(str(out), builtin_taxonomy())
    content = load_content(str(out), Selection())
    facts = read_facts(str(out), "sv")
    return {c.id: c for c in chapters(want, content, facts, words_in("sv"))}


def sql(out: Path, query: str) -> list[tuple[object, ...]]:
    """The rows of a query that refers to the datasets by their names."""
    base = duckdb.connect()
    for name in DATASETS:
        base.execute(f"CREATE VIEW {name} AS SELECT * FROM '{out}/{name}/*.parquet'")
    return base.execute(query).fetchall()


def drawn(chapter: Chapter) -> dict[tuple[str, str], int]:
    """What the figures of a chapter draw: how much each part of each bar is."""
    return {
        (value["row"], value["part"]): value["n"]
        for figure in chapter.figures
        for value in figure.spec["data"]["values"]
    }


@pytest.mark.parametrize(("chapter", "column"), [("sections", "section"), ("questions", "key")])
def test_answers_are_counted_as_duckdb_counts_them(
    out: Path, told: dict[str, Chapter], chapter: str, column: str
) -> None:
    rows = sql(out, f"SELECT {column}, code, count(*) FROM answers GROUP BY ALL")
    expected = {(name, code): count for name, code, count in rows}
    (table,) = told[chapter].tables
    found = {
        (row[0], code): row[2 + n]
        for row in table.rows
        for n, code in enumerate(words_in("sv").codes)
        if row[2 + n]
    }
    assert found == expected
    words = words_in("sv").codes
    assert {(row.split()[0], part): n for (row, part), n in drawn(told[chapter]).items()} == {
        (name, words[code]): count for (name, code), count in expected.items()
    }
    assert [row[-1] for row in table.rows] == [sum(row[2:-1]) for row in table.rows]


def test_boards_are_counted_as_duckdb_counts_them(out: Path, told: dict[str, Chapter]) -> None:
    rows = sql(
        out,
        "SELECT organisation, count(*) FILTER (code = 'yes'), count(*), count(*) FILTER "
        "(len(list_filter(flags, lambda flag: flag <> 'cut')) > 0 OR "
        "a.confidence < 0.8 OR (report_id, position) IN (SELECT (report_id, "
        "position) FROM problems WHERE severity <> 'info')) "
        "FROM answers a JOIN reports USING (report_id) GROUP BY ALL",
    )
    table = told["boards"].tables[0]
    found = {row[0]: (row[1], row[7], row[8]) for row in table.rows if row[7]}
    assert found == {board: tuple(counts) for board, *counts in rows}


def test_matrix_has_every_answer_once(out: Path, told: dict[str, Chapter]) -> None:
    rows = sql(
        out,
        "SELECT key, organisation, code FROM answers JOIN reports USING (report_id)",
    )
    words = words_in("sv")
    figures = told["boards"].figures
    values = [value for figure in figures for value in figure.spec["data"]["values"]]
    assert sorted((v["row"], v["column"], v["part"]) for v in values) == sorted(
        (key, board, words.codes[str(code)]) for key, board, code in rows
    )
    table = told["boards"].tables[1]
    cells = [
        (row[0], board, cell.style)
        for row in table.rows
        for board, cell in zip(table.headings[1:], row[1:], strict=True)
        if cell
    ]
    assert sorted(cells) == sorted(rows)


def test_themes_are_counted_as_duckdb_counts_them(out: Path, told: dict[str, Chapter]) -> None:
    rows = sql(out, "SELECT theme, assertion, count(*) FROM themes GROUP BY ALL")
    names, words = builtin_taxonomy().by_id, words_in("sv")
    expected = {
        (names[theme].sv if theme in names else theme, words.assertions[said]): count
        for theme, said, count in rows
    }
    assert drawn(told["themes"]) == expected
    (table,) = told["themes"].tables
    found = {
        (row[0], heading): cell
        for row in table.rows
        for heading, cell in zip(table.headings[2:-1], row[2:-1], strict=True)
        if cell
    }
    assert found == expected
    boards = sql(out, "SELECT theme, count(DISTINCT report_id) FROM themes GROUP BY ALL")
    assert {row[0]: row[1] for row in table.rows} == {
        names[theme].sv if theme in names else theme: count for theme, count in boards
    }


def test_sentences_are_of_the_datasets_with_board_question_and_page(
    out: Path, told: dict[str, Chapter]
) -> None:
    rows = sql(
        out,
        "SELECT sentence, organisation, key, page_first FROM themes JOIN answers "
        "USING (report_id, position) JOIN reports USING (report_id)",
    )
    tables = told["said"].tables
    assert {row[1:] for table in tables for row in table.rows} <= set(rows)
    boards = sql(out, "SELECT count(DISTINCT report_id) FROM themes GROUP BY theme")
    shown = [len({row[2] for row in table.rows}) for table in tables]
    assert sorted(shown) == sorted(count for (count,) in boards)  # every board has its say
    assert all(len(table.rows) <= 10 for table in tables)


def test_what_could_not_be_read_is_reported_with_the_reason(told: dict[str, Chapter]) -> None:
    rows = told["missing"].tables[0].rows
    assert [(row[0], row[2].style, row[3]) for row in rows] == [
        ("tom.txt", "failed", "tom.txt is empty. Send it anew.")
    ]


def test_sections_not_asked_and_contradictions_are_listed(
    out: Path, told: dict[str, Chapter]
) -> None:
    ((number, title, boards, _),) = told["not-asked"].tables[0].rows
    expected = sql(out, "SELECT section, count(*) FROM sections WHERE NOT asked GROUP BY ALL")
    assert [(number, boards)] == expected
    assert title == "Skolan"
    ((board, key, *_),) = told["contradictions"].tables[0].rows
    assert (board, key) == (f"Nämnd {HOSTILE}", "1/1:1")


class Tables(HTMLParser):
    """Reads the tables of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.tables: list[list[list[str]]] = []
        self._within = False

    def handle_starttag(self, tag: str, attrs: object) -> None:
        if tag == "table":
            self.tables.append([])
        elif tag == "tr":
            self.tables[-1].append([])
        elif tag in ("td", "th"):
            self.tables[-1][-1].append("")
            self._within = True

    def handle_endtag(self, tag: str) -> None:
        if tag in ("td", "th"):
            self._within = False

    def handle_data(self, data: str) -> None:
        if self._within:
            self.tables[-1][-1][-1] += data


def test_page_has_the_numbers_of_the_datasets(out: Path, page: Path) -> None:
    parser = Tables()
    parser.feed(page.read_text(encoding="utf-8"))
    (questions,) = (table for table in parser.tables if table[0][:3] == ["Nyckel", "Fråga", "Ja"])
    rows = sql(out, "SELECT key, count(*) FILTER (code = 'no'), count(*) FROM answers GROUP BY 1")
    assert {(row[0], int(row[4]), int(row[-1])) for row in questions[1:]} == set(rows)


@pytest.fixture(scope="module")
def browser() -> Iterator[object]:
    if BROWSER is None:
        pytest.skip("no Chromium on this machine")
    playwright = pytest.importorskip("playwright.sync_api", reason="no Playwright")
    with playwright.sync_playwright() as started:
        opened = started.chromium.launch(executable_path=BROWSER, args=FLAGS)
        yield opened
        opened.close()


@pytest.mark.parametrize("width", [360, 1280, 2560])
def test_page_fits_every_width_and_loads_every_picture(
    page: Path, browser: object, width: int
) -> None:
    tab = browser.new_page(viewport={"width": width, "height": 900})
    faults: list[str] = []
    tab.on("console", lambda message: faults.append(message.text))
    tab.on("request", lambda request: faults.append(request.url[:80]))
    tab.goto(page.as_uri())
    assert tab.evaluate("document.documentElement.scrollWidth") <= width
    pictures = "[...document.images].map(i => [i.naturalWidth > 0, i.alt.length > 20])"
    assert tab.evaluate(pictures) == [[True, True]] * 4
    assert tab.title() == "Vad nämnderna svarar"
    assert "<U+202E>åäö <U+0007>" in tab.inner_text("#contradictions")
    assert not [fault for fault in faults if not fault.startswith(("file:", "data:"))]
    tab.close()


def test_page_is_printed_with_every_chapter(page: Path, browser: object, tmp_path: Path) -> None:
    tab = browser.new_page()
    tab.goto(page.as_uri())
    tab.pdf(path=tmp_path / "summary.pdf", prefer_css_page_size=True)
    headings = tab.evaluate("[...document.querySelectorAll('h2')].map(h => h.textContent)")
    tab.close()
    document = pypdfium2.PdfDocument(tmp_path / "summary.pdf")
    text = "".join(one.get_textpage().get_text_range() for one in document)
    assert len(headings) == 11
    assert [heading for heading in headings if heading not in text] == []
    assert document.get_page_size(0) == pytest.approx((595, 842), abs=1)
    document.close()


def test_figures_are_written_as_svg_and_png(out: Path, page: Path) -> None:
    names = {path.name for path in (out / "figures").iterdir()}
    figures = ("answers-by-section", "answers-by-question", "answers-by-board", "themes")
    assert names == {f"{name}.{kind}" for name in figures for kind in ("svg", "png")}
    for path in (out / "figures").iterdir():
        start = path.read_bytes()[:4]
        assert start == (b"<svg" if path.suffix == ".svg" else b"\x89PNG")


def test_english_page_has_english_words(out: Path, tmp_path: Path) -> None:
    run(out, "-o", tmp_path / "s.html", "--language", "en")
    text = (tmp_path / "s.html").read_text(encoding="utf-8")
    assert '<html lang="en">' in text
    assert "What the boards answered" in text
    assert "Svar per" not in text


def test_board_without_content_still_gives_a_page(tmp_path: Path) -> None:
    out = made.write_datasets(tmp_path / "out", made.failed())
    run(out, "-o", tmp_path / "s.html")
    text = (tmp_path / "s.html").read_text(encoding="utf-8")
    assert "kunde inte läsas" in text
    assert "Inget tema nämns." in text


def test_many_rows_are_split_evenly_over_figures() -> None:
    assert [len(part) for part in stretches(range(ROWS))] == [ROWS]
    assert [len(part) for part in stretches(range(2 * ROWS - 2))] == [ROWS - 1] * 2
    assert stretches([]) == []


@pytest.mark.parametrize(
    ("count", "whole", "text"),
    [(0, 9, "0 %"), (1, 300, "<1 %"), (299, 300, ">99 %"), (9, 9, "100 %"), (0, 0, "0 %")],
)
def test_few_are_not_none_and_nearly_all_are_not_all(count: int, whole: int, text: str) -> None:
    assert per_cent(count, whole, "en") == text


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_value_of_the_datasets_has_a_word(language: str, form: Form) -> None:
    words = words_in(language)
    codes = {*form.codes.values(), "other", "missing"}
    for known, values in (
        (words.codes, codes), (words.short, codes), (CODES, codes), (FILLS, codes),
        (words.assertions, Assertion), (ASSERTIONS, Assertion),
        (words.statuses, Status), (words.severities, Severity), (words.states, CorrectionState),
        (words.corrections, set(Kind) - {Kind.WITHDRAWN}), (words.flags, NOT_APPLIED.values()),
    ):  # fmt: skip
        assert {str(value) for value in values} <= set(known)


SIGHTS = {
    "normal": np.eye(3),
    "protan": np.array([[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216],
                        [-0.003882, -0.048116, 1.051998]]),
    "deutan": np.array([[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413],
                        [-0.011820, 0.042940, 0.968881]]),
    "tritan": np.array([[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602],
                        [0.004733, 0.691367, 0.303900]]),
}  # fmt: skip
"""What is seen of linear red, green and blue (Machado, Oliveira and Fernandes 2009, severity 1)."""


@pytest.mark.parametrize("sight", SIGHTS)
@pytest.mark.parametrize("palette", [CODES, ASSERTIONS], ids=["codes", "assertions"])
def test_colour_blind_reader_can_distinguish_the_colours(
    palette: dict[str, str], sight: str
) -> None:
    seen = {name: lab(SIGHTS[sight] @ linear(colour)) for name, colour in palette.items()}
    for one, other in itertools.combinations(palette, 2):
        assert np.linalg.norm(seen[one] - seen[other]) > 19, (one, other)


@pytest.mark.parametrize("fill", sorted(set(FILLS.values())))
def test_text_on_a_colour_has_the_contrast_of_wcag_aa(fill: str) -> None:
    one, other = sorted((luminance(fill), luminance(ink(fill))))
    assert (other + 0.05) / (one + 0.05) >= 4.5


def linear(colour: str) -> np.ndarray:
    values = np.array([int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)])
    return np.where(values <= 0.04045, values / 12.92, ((values + 0.055) / 1.055) ** 2.4)


def lab(rgb: np.ndarray) -> np.ndarray:
    """CIE L*a*b* of linear sRGB under D65."""
    to_xyz = np.array(
        [[0.4124, 0.3576, 0.1805], [0.2126, 0.7152, 0.0722], [0.0193, 0.1192, 0.9505]]
    )
    xyz = to_xyz @ np.clip(rgb, 0, 1) / np.array([0.9505, 1.0, 1.089])
    f = np.where(xyz > 0.008856, np.cbrt(xyz), 7.787 * xyz + 16 / 116)
    return np.array([116 * f[1] - 16, 500 * (f[0] - f[1]), 200 * (f[1] - f[2])])
