"""`svar open` as its server answers: what each form does, who is let in, and what is never done."""

from __future__ import annotations

import json
import os
import re
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

import httpx
import pytest
from click.testing import CliRunner

pytest.importorskip("starlette", reason="the extra `web` is not installed")

from extractors.layout.blocks import Doubt
from models.corrections import Kind
from models.form import Code
from models.report import Assertion, CorrectionState, Status
from pipeline import load
from pipeline.checking.verdicts import Judgement, read_all
from pipeline.cli import cli
from pipeline.corrections import NOT_APPLIED
from pipeline.corrections.log import read_corrections
from pipeline.store import open_store
from pipeline.web import words
from pipeline.web.words import LANGUAGES, load_words
from tests import checking_helpers as made
from tests import checking_pdf
from tests.batch_helpers import write_texts
from tests.correction_helpers import BOARD, batch, fix, read, save, stored
from tests.web_helpers import TOKEN, Site, Visitor, publish, record_inputs, serving

ROOT = Path(__file__).resolve().parents[1]


@pytest.fixture
def out(tmp_path: Path) -> Path:
    write_texts(tmp_path / "in", {"lovhamn.txt": BOARD})
    batch(tmp_path / "in", tmp_path / "out")
    return tmp_path / "out"


@pytest.fixture
def site(out: Path) -> Iterator[Site]:
    with serving(out) as running:
        yield running


@pytest.fixture
def visitor(site: Site) -> Visitor:
    return Visitor(site)


def row(site: Site, position: int = 2) -> str:
    return f"/row/{next(iter(site.desk.boards))}/{position}?order=list"


@pytest.mark.parametrize(
    ("action", "fields", "kind"),
    [
        ("field", {"field": "answer", "value": "Ja"}, Kind.FIELD),
        ("field", {"field": "section", "value": "7"}, Kind.FIELD),
        ("field", {"field": "code", "value": "partly"}, Kind.FIELD),
        ("false-row", {}, Kind.FALSE_ROW),
        ("missed-row", {"section1": "1", "question1": "Ny?", "answer1": "Ja"}, Kind.MISSED_ROW),
        ("one-row", {"section1": "1", "question1": "Ett?", "answer1": "Ja"}, Kind.ONE_ROW),
        ("two-rows", {"section1": "1", "question1": "A?", "question2": "B?"}, Kind.TWO_ROWS),
        ("theme-add", {"theme": "bid", "surface": "varje månad"}, Kind.THEME_ADDED),
        ("theme-strike", {"mention": "0"}, Kind.THEME_STRUCK),
        ("assertion", {"mention": "0", "assertion": "planned"}, Kind.ASSERTION),
    ],
)
def test_each_correction_is_kept_shown_published_and_undone(
    site: Site, visitor: Visitor, action: str, fields: dict[str, str], kind: Kind
) -> None:
    before = stored(site.out)
    visitor.go(row(site))
    if action == "theme-add":
        fields = {**fields, "theme": site.desk.taxonomy.themes[0].id}
    response = visitor.send(action, **fields)
    assert response.status_code == 200
    (correction,) = site.corrections()
    assert (correction.kind, correction.reviewer) == (kind, "Kim")
    (board,) = site.desk.boards.values()
    assert board.now != board.read
    assert [str(item.state) for item in board.now.corrections] == ["active"]
    visitor.client.post("/publish", data={"token": TOKEN})
    assert stored(site.out) == board.now
    assert "not in the datasets yet" not in visitor.go("/")
    visitor.client.post("/undo", data={"token": TOKEN})
    (board,) = site.desk.boards.values()
    assert board.now == before
    visitor.client.post("/publish", data={"token": TOKEN})
    assert stored(site.out) == before


def test_corrected_text_is_in_every_view(site: Site, visitor: Visitor) -> None:
    visitor.go(row(site))
    visitor.send("field", field="comment", value="Vi har börjat med orossamtal.")
    assert "Vi har börjat med" in visitor.text()
    assert "Vi deltar i SSPF" in visitor.text()  # what was read, struck through
    assert "börjat med orossamtal" in visitor.go("/answers?text=b%C3%B6rjat")
    assert "SSPF varje" not in visitor.go("/themes/sspf")
    assert "not in the datasets yet: 1." in visitor.go("/")


def test_verdicts_continue_and_are_kept(site: Site, visitor: Visitor) -> None:
    visitor.go("/review?order=sample&n=4&seed=7")
    for action in ("right", "unsure", "wrong", "right"):
        visitor.send(action, wrong="answer")
    assert "Everything in the queue has been reviewed" in visitor.page
    verdicts = read_all(site.out)
    assert [str(v.judgement) for v in verdicts] == ["right", "unsure", "wrong", "right"]
    assert {v.sample.seed if v.sample else None for v in verdicts} == {7}
    assert verdicts[2].wrong == {"answer": None}


def test_verdict_outside_a_sample_does_not_count_for_accuracy(site: Site, visitor: Visitor) -> None:
    visitor.go(row(site))
    visitor.send("right")
    assert [v.sample for v in read_all(site.out)] == [None]


def test_undo_reverts_a_verdict_and_shows_its_row(site: Site, visitor: Visitor) -> None:
    visitor.go(row(site, 1))
    visitor.send("right")
    assert len(read_all(site.out)) == 1
    response = visitor.client.post("/undo", data={"token": TOKEN})
    assert response.url.path.endswith("/1")
    assert read_all(site.out) == []


def test_review_resumes_where_it_was_left(out: Path) -> None:
    with serving(out) as site:
        visitor = Visitor(site)
        visitor.go("/review?order=sample&n=4&seed=7")
        visitor.send("right")
        address = visitor.address
    with serving(out) as site:
        visitor = Visitor(site)
        visitor.go("/review")
        assert httpx.URL(visitor.address).path == httpx.URL(address).path
        assert httpx.URL(visitor.address).query == httpx.URL(address).query


def test_row_that_changed_meanwhile_is_not_overwritten(site: Site, visitor: Visitor) -> None:
    other = Visitor(site)
    for one in (visitor, other):
        one.go(row(site))
    visitor.send("field", field="answer", value="Ja")
    response = other.send("field", field="answer", value="Delvis")
    assert response.status_code == 409
    assert "The row has changed since you opened it" in response.text
    assert 'value="Delvis"' in response.text  # what was typed is still there
    assert len(site.corrections()) == 1
    assert other.send("field", field="answer", value="Delvis").status_code == 200
    assert stored_answer(site) == "Delvis"


def stored_answer(site: Site, position: int = 2) -> str:
    (board,) = site.desk.boards.values()
    return board.now.answers[position - 1].answer


def test_colleague_who_differs_is_shown_and_settled(site: Site, visitor: Visitor) -> None:
    save(site.out, [fix(stored(site.out), 2, "answer", "Delvis", "Noor")])
    visitor.go(row(site))
    visitor.send("field", field="answer", value="Ja")
    assert "reviewers disagree" in visitor.text()
    assert stored_answer(site) == "Nej"
    noor = next(c for c in site.corrections() if c.reviewer == "Noor")
    visitor.send("settle", id=noor.id)
    assert stored_answer(site) == "Delvis"
    (board,) = site.desk.boards.values()
    assert [str(item.state) for item in board.now.corrections] == ["active"]


def test_stale_correction_comes_first_in_the_queue(out: Path, tmp_path: Path) -> None:
    save(out, [fix(stored(out), 2, "answer", "Ja")])
    write_texts(tmp_path / "in", {"lovhamn.txt": BOARD.replace("Vi deltar", "Vi deltog")})
    batch(tmp_path / "in", out)
    with serving(out) as site:
        visitor = Visitor(site)
        assert "1 corrections wait" in visitor.text() or "Pending corrections (1)" in visitor.text()
        visitor.go("/review")
        assert httpx.URL(visitor.address).path.endswith("/2")
        assert "now read differently" in visitor.text()
        visitor.send("settle", id=site.corrections()[0].id)
        assert stored_answer(site) == "Ja"


def test_page_opened_without_the_key_shows_nothing(site: Site) -> None:
    for address in ("/", "/answers", row(site), "/static/svar.css", "/answers.csv"):
        response = httpx.get(site.url + address)
        assert response.status_code == 403
        assert "Lövhamn" not in response.text
    wrong = httpx.get(f"{site.url}/?token=wrong")
    assert wrong.status_code == 403


@pytest.mark.parametrize(
    "headers",
    [{"Origin": "http://evil.example"}, {"Origin": "null"}, {"Sec-Fetch-Site": "cross-site"}],
)
def test_form_from_elsewhere_is_refused(
    site: Site, visitor: Visitor, headers: dict[str, str]
) -> None:
    visitor.go(row(site))
    visitor.client.headers.update(headers)
    assert visitor.send("right").status_code == 403
    assert read_all(site.out) == []


def test_form_without_the_key_is_refused(site: Site, visitor: Visitor) -> None:
    visitor.go(row(site))
    assert visitor.send("right", token="").status_code == 403
    for address in ("/undo", "/publish", "/withdraw"):
        assert visitor.client.post(address, data={}).status_code == 403
    assert read_all(site.out) == []


def test_name_made_to_point_at_this_machine_is_refused(site: Site) -> None:
    response = httpx.get(f"{site.url}/?token={TOKEN}", headers={"Host": "evil.example"})
    assert response.status_code == 403


def test_every_answer_forbids_scripts_of_others(site: Site, visitor: Visitor) -> None:
    for address in ("/", row(site), "/answers", "/themes", "/nothing", "/static/svar.js"):
        response = visitor.client.get(address)
        policy = response.headers["content-security-policy"]
        assert "default-src 'none'" in policy
        assert "unsafe" not in policy
        assert response.headers["x-content-type-options"] == "nosniff"
        assert "<script>" not in response.text
        assert " style=" not in response.text
        assert " onclick" not in response.text


@pytest.mark.parametrize("source", ["../secret.txt", "/etc/hostname", "a/../../secret.txt"])
def test_source_outside_the_inputs_is_not_opened(tmp_path: Path, source: str) -> None:
    secret = b"hemlig text\n" + made.DUMP.encode()
    (tmp_path / "secret.txt").write_bytes(secret)
    (tmp_path / "in").mkdir()
    report = made.report(source, report_id=made.report_id(secret))
    out = publish(tmp_path / "out", report)
    record_inputs(out, tmp_path / "in")
    with serving(out) as site:
        visitor = Visitor(site)
        assert "hemlig text" not in visitor.go(row(site, 1))
        assert "source file was not found" in visitor.page


def test_sources_are_found_from_any_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    write_texts(tmp_path / "in", {"lovhamn.txt": BOARD})
    batch(Path("in"), Path("out"))
    monkeypatch.chdir("/")
    with serving(tmp_path / "out") as site:
        assert all(site.desk.source(name).load() for name in site.desk.boards)  # type: ignore[union-attr]


def test_picture_shows_the_page_and_only_of_rows_that_are_there(tmp_path: Path) -> None:
    data = checking_pdf.draw()
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "aspnaset.pdf").write_bytes(data)
    out = publish(tmp_path / "out", checking_pdf.report(data, checking_pdf.boxes()))
    record_inputs(out, tmp_path / "in")
    with serving(out) as site:
        visitor = Visitor(site)
        page = visitor.go(row(site, 1))
        (report_id,) = site.desk.boards
        assert page.index(f"/picture/{report_id}/1/1.png") < page.index("/1/2.png")
        response = visitor.client.get(f"/picture/{report_id}/1/2.png")
        assert response.headers["content-type"] == "image/png"
        assert response.content.startswith(b"\x89PNG")
        with ThreadPoolExecutor(8) as pool:  # as a browser asks for them: at once
            addresses = [f"/picture/{report_id}/1/{n % 2 + 1}.png?whole={n % 3}" for n in range(60)]
            assert {r.status_code for r in pool.map(visitor.client.get, addresses)} == {200}
        for address in (f"/picture/{report_id}/1/9.png", f"/picture/{report_id}/7/1.png"):
            assert visitor.client.get(address).status_code == 404


def test_filter_picks_out_and_hands_on(site: Site, visitor: Visitor) -> None:
    assert "Answers: 1<" in visitor.go("/answers?code=no")
    assert "Answers: 2<" in visitor.go("/answers?section=1")
    assert "Answers: 1<" in visitor.go("/answers?theme=sspf&assertion=affirmed")
    lines = visitor.client.get("/answers.jsonl?code=no").text.splitlines()
    assert [json.loads(line)["question"] for line in lines] == ["Samverkar ni med polisen?"]
    table = visitor.client.get("/answers.csv?code=no")
    assert table.content.startswith(b"\xef\xbb\xbfreport_id;")
    assert table.text.count("\r\n") == 2


def test_cells_that_a_spreadsheet_would_run_are_made_harmless(tmp_path: Path) -> None:
    hostile = read(BOARD.replace("Vi har två", "=HYPERLINK(1) Vi har två"))
    with serving(publish(tmp_path, hostile)) as site:
        text = Visitor(site).client.get("/answers.csv").text
        assert ";'=HYPERLINK(1)" in text


def test_what_another_process_writes_is_seen(site: Site, visitor: Visitor) -> None:
    save(site.out, [fix(stored(site.out), 2, "answer", "Ja", "Noor")])
    visitor.go(row(site))
    assert "Noor" in visitor.text()
    assert stored_answer(site) == "Ja"


def test_what_cannot_be_saved_is_reported(site: Site, visitor: Visitor) -> None:
    (site.out / "reviews").write_text("a file where the folder should be")
    visitor.go(row(site))
    response = visitor.send("field", field="answer", value="Ja")
    assert response.status_code == 500
    assert "could not be saved" in response.text


def test_form_that_says_nonsense_is_answered(site: Site, visitor: Visitor) -> None:
    visitor.go(row(site))
    for fields in (
        {"action": "nonsense"},
        {"action": "field", "field": "confidence", "value": "1"},
        {"action": "theme-strike", "mention": "99"},
        {"action": "theme-add", "theme": "sspf", "surface": "står inte där"},
        {"action": "withdraw", "id": "nobody's"},
    ):
        action = fields.pop("action")
        assert visitor.send(action, **fields).status_code == 400
    assert site.corrections() == []


def test_added_row_can_be_corrected_and_taken_away(site: Site, visitor: Visitor) -> None:
    visitor.go(row(site))
    visitor.send("missed-row", section1="1", question1="Ny?", answer1="Ja", comment1="SSPF.")
    (board,) = site.desk.boards.values()
    (name,) = [shown.name for shown in board.shown if shown.added]
    visitor.go(f"/row/{board.id}/{name}?order=list")
    visitor.send("field", field="answer", value="Nej")
    (board,) = site.desk.boards.values()
    assert [a.answer for a in board.now.answers if a.question == "Ny?"] == ["Nej"]
    (name,) = [shown.name for shown in board.shown if shown.added]
    visitor.go(f"/row/{board.id}/{name}?order=list")
    visitor.send("false-row")
    (board,) = site.desk.boards.values()
    assert board.now == board.read


def test_pages_say_the_same_in_both_languages(site: Site, visitor: Visitor) -> None:
    assert "Overview" in visitor.go("/")
    assert "Översikt" in visitor.go("/language?to=sv&back=/")
    assert 'lang="sv"' in visitor.page
    assert visitor.client.get("/language?to=sv&back=//evil.example").url.host == "127.0.0.1"


def test_every_word_of_the_pages_is_there_in_both_languages() -> None:
    swedish, english = (load_words()[language] for language in LANGUAGES)
    assert swedish.keys() == english.keys()
    asked = {
        word
        for path in (Path(words.__file__).parent / "templates").glob("*.html")
        for word in re.findall(r"""w\("([\w-]+)"[,)]""", path.read_text(encoding="utf-8"))
    }
    asked |= {f"code_{code}" for code in Code} | {f"letter_{code}" for code in Code}
    asked |= {f"assertion_{item}" for item in Assertion} | {f"kind_{kind}" for kind in Kind}
    asked |= {f"{judgement}_by" for judgement in Judgement}
    asked |= {str(item) for kind in (Status, CorrectionState) for item in kind}
    asked |= {f"flag_{flag}" for flag in (*Doubt, *NOT_APPLIED.values(), "contradiction")}
    asked -= {f"kind_{Kind.WITHDRAWN}"}
    assert asked - swedish.keys() == set()


def test_failed_and_empty_outputs_are_shown(tmp_path: Path) -> None:
    out = publish(tmp_path / "out", made.failed(), replace(made.report(), answers=()))
    with serving(out) as site:
        visitor = Visitor(site)
        assert "tom.txt is empty." in visitor.text()
        assert "Nothing to show" in visitor.go("/review")


@pytest.fixture
def command(out: Path) -> Iterator[subprocess.Popen[str]]:
    """`svar open` in a process of its own."""
    code = "from pipeline.cli import main; main()"
    process = subprocess.Popen(
        [sys.executable, "-c", code, "open", str(out), "--no-browser", "--reviewer", "Kim"],
        stdout=subprocess.PIPE,
        text=True,
        cwd=ROOT,
    )
    yield process
    process.kill()
    process.communicate()


def opened(process: subprocess.Popen[str]) -> tuple[str, str]:
    """Address and key that the command printed."""
    assert process.stdout
    found = re.search(r"(http://127\.0\.0\.1:\d+)/\?token=(\S+)", process.stdout.readline())
    assert found
    return found[1], found[2]


@pytest.mark.skipif(os.name != "posix", reason="SIGKILL is of POSIX")
def test_kill_while_saving_loses_nothing_that_the_page_reported_as_saved(
    out: Path, command: subprocess.Popen[str]
) -> None:
    address, token = opened(command)
    (report_id,) = (report.report_id for report in [stored(out)])
    saved: list[str] = []

    def save_on() -> None:
        client = httpx.Client(base_url=address, follow_redirects=True, timeout=30)
        client.get("/", params={"token": token})
        for number in range(100_000):
            page = client.get(f"/row/{report_id}/1").text
            seen = re.search(r'name="seen" value="([^"]*)"', page)
            value = f"Kommentar {number}"
            form = {"token": token, "seen": seen[1] if seen else "", "action": "field"}
            done = client.post(
                f"/row/{report_id}/1", data={**form, "field": "comment", "value": value}
            )
            if done.status_code == 200 and value in done.text:
                saved.append(value)

    thread = threading.Thread(target=lambda: suppressing(httpx.HTTPError, save_on))
    thread.start()
    while len(saved) < 4:
        time.sleep(0.01)
    command.kill()
    thread.join()
    kept = [c.value for c in read_corrections(open_store(str(out)))]
    assert set(saved) <= set(kept)
    with serving(out) as site:
        assert stored_answer_comment(site) == kept[-1]


def suppressing(kind: type[Exception], work: Callable[[], None]) -> None:
    with suppress(kind):
        work()


def stored_answer_comment(site: Site) -> str:
    (board,) = site.desk.boards.values()
    return board.now.answers[0].comment


def test_command_ends_with_ctrl_c_and_refuses_what_it_cannot_use(
    tmp_path: Path, command: subprocess.Popen[str]
) -> None:
    address, token = opened(command)
    assert httpx.get(f"{address}/?token={token}", follow_redirects=True).status_code == 200
    command.send_signal(signal.SIGINT)
    assert command.wait(timeout=30) in (0, 130, -signal.SIGINT)
    result = CliRunner().invoke(cli, ["open", str(tmp_path / "in")])
    assert (result.exit_code, "has no datasets" in result.output) == (2, True)


def test_round_trip_of_a_wrong_value(site: Site, visitor: Visitor, tmp_path: Path) -> None:
    visitor.go(row(site))
    visitor.send("field", field="comment", value="Orossamtal hålls varje vecka.")
    batch(tmp_path / "in", site.out)
    answers = load(str(site.out), "answers")
    assert answers["comment"].iloc[1] == "Orossamtal hålls varje vecka."
    themes = load(str(site.out), "themes")
    assert "sspf" not in set(themes[themes["position"] == 2]["theme"])
    shown = CliRunner().invoke(cli, ["show", str(site.out), "--question", "1/#2", "--no-pager"])
    assert "Orossamtal hålls varje vecka" in " ".join(shown.output.split())
    shutil.rmtree(site.out / "state")  # only a memory, but for what was read
    assert batch(tmp_path / "in", site.out).read in (0, 1)
    assert load(str(site.out), "answers")["comment"].iloc[1] == "Orossamtal hålls varje vecka."


def test_check_sees_the_corrected_answer(tmp_path: Path) -> None:
    write_texts(tmp_path / "in", {"lovhamn.txt": BOARD.replace("| Nej |", "| Njae |")})
    batch(tmp_path / "in", tmp_path / "out")

    def findings() -> str:
        return CliRunner().invoke(cli, ["check", str(tmp_path / "out"), "--no-pager"]).output

    assert "Njae" in findings()
    with serving(tmp_path / "out") as site:
        visitor = Visitor(site)
        visitor.go(row(site))
        visitor.send("field", field="answer", value="Nej")
        visitor.client.post("/publish", data={"token": TOKEN})
    assert "Njae" not in findings()
