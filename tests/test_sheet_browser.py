"""The review sheet in a real browser: hostile text is shown as text, and nothing runs."""

from __future__ import annotations

import shutil
import subprocess
from dataclasses import replace
from html import unescape
from pathlib import Path

import pypdfium2
import pytest
from click.testing import CliRunner
from playwright.sync_api import sync_playwright

from pipeline.cli.sample import command
from tests import checking_helpers as made
from tests import checking_pdf as pdf

BROWSER = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("chrome")
HOSTILE = (
    "<script>document.title='HACKED'</script>"
    "<img src=x onerror=\"document.title='HACKED'\">"
    '<a href="javascript:alert(1)">klicka</a></dd></dl></article><b>'
    "<iframe srcdoc='x'></iframe><style>*{display:none}</style>&#60;script&#62; ]]> --> "
    "\u202egnp.exe \u2066vänd\u2069 <svg/onload=alert(1)>"
)


@pytest.mark.skipif(BROWSER is None, reason="no Chromium on this machine")
def test_browser_shows_hostile_text_as_text(tmp_path: Path) -> None:
    report = made.report(organisation=f"Nämnd {HOSTILE}")
    answer = replace(report.answers[0], comment=HOSTILE, question=HOSTILE)
    made.write_datasets(tmp_path / "out", replace(report, answers=(answer,), themes=()))
    page = tmp_path / "sample.html"
    CliRunner().invoke(
        command,
        [str(tmp_path / "out"), "--html", str(page)],
        standalone_mode=False,
        catch_exceptions=False,
    )
    dom = dump(page, tmp_path / "profile")
    assert "<title>Stickprov</title>" in dom
    for tag in ("<script", "<img", "<a ", "<iframe", "<svg"):
        assert tag not in dom
    assert dom.count("<article>") == dom.count("</article>") == 1
    comment = dom.split("<dt>Kommentar</dt><dd>")[1].split("</dd>")[0]
    shown = unescape(comment)
    assert shown == (
        HOSTILE.replace("\u202e", "<U+202E>")
        .replace("\u2066", "<U+2066>")
        .replace("\u2069", "<U+2069>")
    )


@pytest.mark.skipif(BROWSER is None, reason="no Chromium on this machine")
def test_browser_would_run_no_script_even_if_there_were_one(tmp_path: Path) -> None:
    made.write_datasets(tmp_path / "out", made.report())
    page = tmp_path / "sample.html"
    CliRunner().invoke(command, [str(tmp_path / "out"), "--html", str(page)], standalone_mode=False)
    text = page.read_text(encoding="utf-8")
    broken_into = text.replace("</body>", "<script>document.title='HACKED'</script></body>")
    page.write_text(broken_into, encoding="utf-8")
    assert "<title>Stickprov</title>" in dump(page, tmp_path / "profile")
    page.write_text(broken_into.replace("Content-Security-Policy", "none"), encoding="utf-8")
    assert "<title>HACKED</title>" in dump(page, tmp_path / "profile")


@pytest.mark.skipif(BROWSER is None, reason="no Chromium on this machine")
def test_pictures_fit_a_narrow_screen_and_a_click_enlarges_them(tmp_path: Path) -> None:
    data = pdf.draw()
    (tmp_path / "aspnaset.pdf").write_bytes(data)
    made.write_datasets(tmp_path / "out", pdf.report(data, pdf.boxes()))
    sheet = tmp_path / "sample.html"
    CliRunner().invoke(
        command, [str(tmp_path / "out"), "--html", str(sheet)], standalone_mode=False
    )
    with sync_playwright() as started:
        browser = started.chromium.launch(executable_path=BROWSER, args=["--no-sandbox"])
        page = browser.new_page(viewport={"width": 360, "height": 740})
        page.goto(sheet.as_uri())
        assert page.evaluate("document.documentElement.scrollWidth") <= 360
        picture = page.locator("article img").first
        small = picture.bounding_box()
        picture.click()
        whole = picture.bounding_box()
        assert small and whole
        assert whole["width"] == picture.evaluate("image => image.naturalWidth + 2")  # its frame
        assert small["width"] < 360 < whole["width"]
        pages = pypdfium2.PdfDocument(page.pdf(format="A4"))
        assert len(pages) <= 2
        browser.close()


def dump(page: Path, profile: Path) -> str:
    """The page's document as the browser has it after loading."""
    assert BROWSER
    flags = (
        "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
        "--disable-background-networking", "--disable-component-update", "--disable-sync",
        f"--user-data-dir={profile}", "--virtual-time-budget=2000", "--dump-dom",
    )  # fmt: skip
    done = subprocess.run(
        [BROWSER, *flags, page.as_uri()], capture_output=True, check=True, timeout=60
    )
    return done.stdout.decode("utf-8")
