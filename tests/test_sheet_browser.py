"""The review sheet in a real browser: hostile text is shown as text, and nothing runs."""

from __future__ import annotations

import shutil
import subprocess
from dataclasses import replace
from html import unescape
from pathlib import Path

import pytest
from click.testing import CliRunner

from pipeline.cli.sample import command
from tests import checking_helpers as made

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
