"""`svar open` in a real browser: keys alone, two windows, a reload, hostile texts, all widths."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("starlette", reason="the extra `web` is not installed")
pytest.importorskip("playwright.sync_api", reason="playwright is not installed")

from playwright.sync_api import sync_playwright

from extractors.options import Options
from extractors.rules import builtin_forms
from extractors.themes import builtin_taxonomy
from models.corrections import Kind
from models.report import Report
from pipeline.batch import run
from pipeline.checking.verdicts import read_all
from pipeline.request import Request
from pipeline.worker import Setup
from tests.batch_helpers import inline_engine, write_texts
from tests.correction_helpers import BOARD, batch, read, stored
from tests.test_sheet_browser import HOSTILE
from tests.web_helpers import Site, publish, serving

BROWSER = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("chrome")
if BROWSER is None:
    pytest.skip("no Chromium on this machine", allow_module_level=True)

ROOT = Path(__file__).resolve().parents[1]
SAMPLES = ("board-104-pdf-ruled.pdf", "board-101-dump.txt")
ACCESSIBILITY = Path(__file__).with_name("accessibility.js").read_text(encoding="utf-8")
FLAGS = [
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
]  # fmt: skip
VIEWS = ("/", "/review?order=worst", "/answers?text=skola", "/themes", "/themes/sspf")


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    with sync_playwright() as started:
        running = started.chromium.launch(executable_path=BROWSER, args=FLAGS)
        yield running
        running.close()


@pytest.fixture(scope="module")
def samples(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Datasets of a PDF and a dump, read for real."""
    base = tmp_path_factory.mktemp("samples")
    (base / "in").mkdir()
    for name in SAMPLES:
        shutil.copy(ROOT / "data" / "raw" / name, base / "in" / name)
    setup = Setup(builtin_forms(), builtin_taxonomy(), Options())
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("pipeline.batch.make_engine", inline_engine)
        run(Request((str(base / "in"),), str(base / "out"), setup))
    return base / "out"


class Window:
    """A window of the browser; what its console says is kept."""

    def __init__(self, browser: Any, site: Site, **options: Any) -> None:
        self.context = browser.new_context(**options)
        self.site = site
        self.errors: list[str] = []
        self.page = self.open()

    def open(self) -> Any:
        """Another page of the same browser."""
        page = self.context.new_page()
        page.on("console", lambda message: self.errors.append(message.text))
        page.on("pageerror", lambda error: self.errors.append(str(error)))
        page.on("dialog", lambda dialog: self.errors.append(dialog.message))
        page.goto(self.site.entry)
        return page

    def go(self, address: str) -> Any:
        self.page.goto(self.site.url + address)
        return self.page

    def close(self) -> None:
        self.context.close()
        assert self.errors == []


@pytest.fixture
def site(samples: Path, tmp_path: Path) -> Iterator[Site]:
    out = shutil.copytree(samples, tmp_path / "out")
    with serving(out) as running:
        yield running


@pytest.fixture
def window(browser: Any, site: Site) -> Iterator[Window]:
    opened = Window(browser, site)
    yield opened
    opened.close()


def press(page: Any, key: str) -> None:
    """Presses a key that leads to another page."""
    with page.expect_navigation():
        page.keyboard.press(key)


def test_twenty_answers_are_reviewed_by_keys_alone(window: Window) -> None:
    page = window.go("/review?order=sample&n=20&seed=7")
    for number in range(20):
        if number == 3:  # wrong: which fields is said by keys too
            page.keyboard.press("w")
            page.keyboard.press("Tab")
            page.keyboard.press("Space")
            press(page, "Control+Enter")
        elif number == 5:  # a field is corrected, and the row is left with "next"
            page.keyboard.press("a")
            page.keyboard.press("Control+a")
            page.keyboard.type("Helt annat")
            press(page, "Control+Enter")
            assert page.locator(".answer .badge").inner_text() == "Corrected"
            press(page, "n")
        else:
            press(page, "u" if number == 7 else "r")
    assert page.locator("h1").inner_text() == "Everything in the queue has been reviewed"
    verdicts = read_all(window.site.out)
    assert len(verdicts) == 20
    assert sorted({str(v.judgement) for v in verdicts}) == ["right", "unsure", "wrong"]
    assert [v.wrong for v in verdicts if v.wrong] == [{"question": None}, {"answer": "Helt annat"}]
    assert len(window.site.corrections()) == 1
    press(page, "z")
    assert len(read_all(window.site.out)) == 19


def test_help_and_escape_work_by_keys(window: Window) -> None:
    page = window.go("/review?order=worst")
    page.keyboard.press("?")
    assert page.locator(".keys p").is_visible()
    page.keyboard.press("Escape")
    assert not page.locator(".keys p").is_visible()
    page.keyboard.press("c")
    page.keyboard.type("r w u n")  # letters in a field are letters
    assert page.locator(".field.comment textarea").input_value().endswith("r w u n")
    page.keyboard.press("Escape")
    assert not page.locator(".field.comment textarea").is_visible()


@pytest.fixture
def small(tmp_path: Path) -> Path:
    write_texts(tmp_path / "in", {"lovhamn.txt": BOARD})
    batch(tmp_path / "in", tmp_path / "small")
    return tmp_path / "small"


def test_a_correction_of_each_kind_is_made_on_the_page(browser: Any, small: Path) -> None:
    with serving(small) as site:
        window = Window(browser, site)
        (report_id,) = site.desk.boards

        def at(name: str) -> Any:
            return window.go(f"/row/{report_id}/{name}?order=list")

        page = at("1")
        page.locator(".field.comment summary").click()
        page.locator(".field.comment textarea").fill("Vi har två fältassistenter.\n\nOch SSPF.")
        page.locator(".field.comment button").click()
        page.locator(".field.section summary").click()
        page.locator(".field.section input[name=value]").fill("2")
        page.locator(".field.section button").click()
        page = at("2")
        page.locator(".themes select[name=assertion]").first.select_option("planned")
        page.get_by_role("button", name="Change").first.click()
        page = at("3")
        page.get_by_role("button", name="Remove").first.click()
        page.locator(".themes summary").click()
        page.locator("[name=surface]").fill("Arbetet")
        page.locator(".themes select[name=theme]").select_option("sspf")
        page.locator(".themes details button").click()
        assert "Arbetet" in page.locator(".field.themes").inner_text()
        page.locator(".more > summary", has_text="The row").click()
        page.locator("summary", has_text="A row is missing after this one").click()
        form = page.locator("form:has(input[value=missed-row])")
        form.locator("[name=question1]").fill("Har ni kameror?")
        form.locator("[name=answer1]").fill("Nej")
        form.get_by_role("button", name="Save").click()
        page = at("4")
        page.locator(".more > summary", has_text="The row").click()
        page.locator("summary", has_text="Split into two rows").click()
        form = page.locator("form:has(input[value=two-rows])")
        form.locator("[name=question2]").fill("Och sedan?")
        form.get_by_role("button", name="Save").click()
        page = at("2")
        page.locator(".more > summary", has_text="The row").click()
        page.get_by_role("button", name="This is not a row").click()
        assert {c.kind for c in site.corrections()} == {
            Kind.FIELD, Kind.ASSERTION, Kind.THEME_STRUCK, Kind.THEME_ADDED, Kind.MISSED_ROW,
            Kind.TWO_ROWS, Kind.FALSE_ROW,
        }  # fmt: skip
        page = window.go("/")
        page.get_by_role("button", name="Write to the datasets").click()
        assert "The corrections are now in the datasets" in page.locator(".told").inner_text()
        report = stored(small)
        assert [a.question for a in report.answers] == [
            "Har ni folk ute på kvällarna?",
            "Finns en lägesbild?",
            "Har ni kameror?",
            "Följer ni upp den?",
            "Och sedan?",
        ]
        assert report.answers[0].comment == "Vi har två fältassistenter.\n\nOch SSPF."
        window.close()


def test_two_rows_that_are_one_are_joined_on_the_page(browser: Any, small: Path) -> None:
    with serving(small) as site:
        window = Window(browser, site)
        page = window.go(f"/row/{next(iter(site.desk.boards))}/1?order=list")
        page.locator(".more > summary", has_text="The row").click()
        page.locator("summary", has_text="Join with the next row").click()
        page.locator("form:has(input[value=one-row])").get_by_role("button", name="Save").click()
        (board,) = site.desk.boards.values()
        assert "torget. Vi deltar i SSPF" in board.now.answers[0].comment
        window.close()


def test_draft_survives_a_reload_and_is_removed_once_saved(window: Window) -> None:
    page = window.go("/review?order=worst")
    page.keyboard.press("q")
    page.keyboard.press("Control+a")
    page.keyboard.type("Halvskriven fråga")
    page.reload()
    field = page.locator(".field.question textarea")
    assert field.input_value() == "Halvskriven fråga"
    field.focus()
    press(page, "Control+Enter")
    assert page.locator("#text-question").inner_text() == "Halvskriven fråga"
    page.reload()
    assert not page.locator(".field.question textarea").is_visible()


def test_two_windows_lose_nothing(window: Window) -> None:
    first = window.go("/review?order=worst")
    second = window.open()
    second.goto(first.url)
    for page, text in ((first, "Ett svar"), (second, "Nej tack")):
        page.keyboard.press("a")
        page.locator(".field.answer input[name=value]").fill(text)
    press(first, "Control+Enter")
    press(second, "Control+Enter")
    assert "has changed since you opened it" in second.locator("[role=alert]").inner_text()
    assert second.locator(".field.answer input[name=value]").input_value() == "Nej tack"
    assert [c.value for c in window.site.corrections()] == ["Ett svar"]
    second.locator(".field.answer input[name=value]").focus()
    press(second, "Control+Enter")
    assert [c.value for c in window.site.corrections()] == ["Ett svar", "Nej tack"]
    window.errors = [error for error in window.errors if "409" not in error]


def hostile_report() -> Report:
    report = read()
    answers = tuple(
        replace(a, question=f"{HOSTILE} {a.position}", comment=f"{a.comment} {HOSTILE}",
                detail=HOSTILE, answer=HOSTILE)
        for a in report.answers
    )  # fmt: skip
    themes = tuple(replace(m, sentence=f"{m.sentence} {HOSTILE}", cue="<b>") for m in report.themes)
    return replace(
        report,
        organisation=f"Nämnd {HOSTILE}",
        source="<script>alert(1)</script>.txt",
        answers=answers,
        themes=themes,
    )


def test_hostile_text_is_shown_as_text_in_every_view(browser: Any, tmp_path: Path) -> None:
    with serving(publish(tmp_path / "out", hostile_report())) as site:
        window = Window(browser, site)
        (report_id,) = site.desk.boards
        for address in (*VIEWS, f"/row/{report_id}/1", f"/themes/sspf?board={report_id}"):
            page = window.go(address)
            assert page.title().endswith("· Svarsutdrag")
            assert page.locator("iframe, svg, img[onerror], a[href^=javascript]").count() == 0
            assert page.locator("script").count() == 1
        page = window.go(f"/row/{report_id}/1")
        assert (
            "<script>document.title='HACKED'</script>" in page.locator("#text-comment").inner_text()
        )
        assert "<U+202E>" in page.locator("#text-comment").inner_text()
        page.keyboard.press("c")
        page.locator(".field.comment textarea").fill(f"Rättat {HOSTILE}")
        press(page, "Control+Enter")
        assert page.title().endswith("· Svarsutdrag")
        assert site.corrections()[0].value.startswith("Rättat <script>")
        window.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_views_can_be_used_by_all(browser: Any, site: Site, scheme: str) -> None:
    window = Window(browser, site, color_scheme=scheme)
    for address in VIEWS:
        page = window.go(address)
        if address.startswith("/review"):
            for summary in page.locator("details > summary").all():
                if summary.is_visible():
                    summary.click()
        assert page.evaluate(ACCESSIBILITY) == [], address
    window.close()


@pytest.mark.parametrize("width", [320, 1280, 3840])
def test_no_view_is_wider_than_its_window(browser: Any, site: Site, width: int) -> None:
    window = Window(browser, site, viewport={"width": width, "height": 900})
    for address in VIEWS:
        page = window.go(address)
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), address
        letters = page.evaluate("parseFloat(getComputedStyle(document.body).fontSize)")
        assert 14 <= letters <= 24
    window.close()


def test_pages_work_without_script(browser: Any, small: Path) -> None:
    with serving(small) as site:
        window = Window(browser, site, java_script_enabled=False)
        page = window.go("/review?order=list")
        page.get_by_role("button", name="Right", exact=False).first.click()
        assert len(read_all(small)) == 1
        window.close()


def test_ten_thousand_answers_are_shown(browser: Any, tmp_path: Path) -> None:
    line = "{n} | Fråga nummer {n}? | {answer} | Vi deltar i SSPF varje månad, punkt {n}.\n"
    text = "".join(line.format(n=n, answer=("Ja", "Nej", "Delvis")[n % 3]) for n in range(1, 41))
    model = read(f"# Nämnd\n{text}")
    reports = [
        replace(model, report_id=f"{n:016x}", source=f"{n}.txt", organisation=f"Nämnd {n}")
        for n in range(250)
    ]
    with serving(publish(tmp_path / "out", *reports)) as site:
        window = Window(browser, site)
        assert window.page.locator(".matrix td a").count() > 10_000
        assert "Answers: 10000" in window.go("/answers").locator("main").inner_text()
        page = window.go("/review?order=sample&n=60&seed=7")
        press(page, "r")
        assert len(read_all(site.out)) == 1
        window.close()
