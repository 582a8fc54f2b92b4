"""The generator: its truth holds the traps, its files hold the truth, and it repeats itself."""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.report import Report, from_json
from tests.generator import KINDS, TOOL_KINDS, Truth, make_board, render
from tests.generator.__main__ import gold_text
from tests.generator.boards import sentences
from tests.generator.content import Kind, Table, Text
from tests.generator.dump import ENCODINGS
from tests.generator.questionnaire import MATERIAL, VARIANTS, questionnaire
from tests.generator.samples import samples
from tests.generator.wrapping import wrap

DATA = Path(__file__).resolve().parents[1] / "data"
SEEDS = range(6)


def words(text: str) -> Counter[str]:
    return Counter(re.sub(r"[\s\x0c-]+", "", text))


def all_text(report: Report) -> str:
    parts = [report.preamble]
    parts += [f"{s.section} {s.title} {s.instruction}" for s in report.sections]
    parts += [f"{a.question} {a.detail} {a.answer} {a.comment}" for a in report.answers]
    return " ".join(parts)


@pytest.fixture(scope="module")
def boards() -> list[Truth]:
    return [make_board(seed) for seed in SEEDS]


def test_the_material_is_rich() -> None:
    assert len(set(sentences())) >= 150
    assert VARIANTS >= 3
    assert len({questionnaire(variant).blocks for variant in range(VARIANTS)}) == VARIANTS


def test_questionnaires_are_of_the_size_of_real_ones(boards: list[Truth]) -> None:
    for board in boards:
        report = board.report()
        assert 20 <= len(report.sections) <= 30
        assert 28 <= len(report.answers) <= 50
        assert {section.level for section in report.sections} == {1, 2, 3}
        assert any(not section.asked for section in report.sections)
        assert len({answer.key for answer in report.answers}) == len(report.answers)


def test_every_board_contains_every_trap(boards: list[Truth]) -> None:
    traps = set(tomllib.loads((MATERIAL / "traps.toml").read_text(encoding="utf-8")))
    for board in boards:
        assert {row.trap for row in board.rows} - {""} == traps
        assert {"", "Ej aktuellt", "Vet ej", "Pågår"} <= {row.answer for row in board.rows}


def test_truth_has_the_traps_in_its_text(boards: list[Truth]) -> None:
    comments = [answer.comment for board in boards for answer in board.report().answers]
    opening = r"(?m)^(?:{})"
    traps = ["Ja, vi|Delvis|Nej, men", r"\d\.\d", "• ", "- ", "\uf0b7 ", "Anvisning", "Svar "]
    traps += ["Kommentar", "Strategi 1:2", r"1\. ", "– ", r"a\) ", "”", r"\* ", "Ja/Nej"]
    for trap in traps:
        assert any(re.search(opening.format(trap), comment) for comment in comments), trap
    assert "" in comments
    assert any("?" in comment for comment in comments)
    assert any(comment and comment[-1] not in ".?!" for comment in comments)
    assert not any("  " in comment for comment in comments)
    assert any("  " in text for board in boards for row in board.rows for text in row.comment)


def test_every_board_contains_every_kind_of_line_end(boards: list[Truth]) -> None:
    kinds = {
        "URL": r"https?://[\w.-]+/\S+-\S+",
        "address without scheme": r"(?<!/)www\.[\w.-]+/\S+|\balmhamn\.se/",
        "mail": r"\w@[\w.-]+\.se\b",
        "slash": r"\w/\w",
        "range of dates or times": r"\d[–-]\d",
        "divides into a conjunction": r"\b(?:[Gg]emen|lång|[Ee]n|var|uppmärk)samt\b|[Mm]odeller\b",
        "kept hyphen": r"\w{2}-[a-zåäö]{2}",
        "suspended hyphen": r"\w- (?:och|eller|samt|respektive)\b",
        "footnote mark": r"\w[¹²³]|\[1\]|\d\*",
        "answer words": r"[Jj]a/[Nn]ej",
        "quotation": r"”[^”]+”",
        "dash": r"\w [–-] \w",
    }
    for board in boards:
        text = all_text(board.report())
        missing = [kind for kind, pattern in kinds.items() if not re.search(pattern, text)]
        assert not missing, board.seed


def test_answers_are_written_with_small_letters_too(boards: list[Truth]) -> None:
    answers = {row.answer for board in boards for row in board.rows}
    assert {"ja", "delvis"} <= answers


@pytest.mark.parametrize(("kind", "mark"), [("pdf-ruled", "glyph"), ("docx", "symbol")])
def test_a_blank_answer_can_keep_its_mark(kind: str, mark: str) -> None:
    board = make_board(1)
    with_mark, without = (
        render(board, kind, 1, mark=mark, blank_marks=marked).data for marked in (True, False)
    )
    assert with_mark != without


def test_questions_are_of_every_kind(boards: list[Truth]) -> None:
    answers = [answer for board in boards for answer in board.report().answers]
    assert any(answer.ref is None for answer in answers)
    assert any(answer.question.endswith(".") for answer in answers)
    assert any("? (" in answer.question for answer in answers)
    assert any(answer.question.startswith(f"{answer.ref} ") for answer in answers)
    assert any(answer.detail and answer.detail[-1] != "." for answer in answers)
    assert any(answer.detail == "" for answer in answers)
    assert any("\n\n" in answer.detail for answer in answers)


def test_sections_can_contain_two_tables(boards: list[Truth]) -> None:
    def two(board: Truth) -> bool:
        return any(
            isinstance(first, Table) and isinstance(text, Text) and text.kind is Kind.TEXT
            for first, text in zip(board.blocks, board.blocks[1:], strict=False)
        )

    assert any(two(board) for board in boards)


@pytest.mark.parametrize("kind", ["dump", "dump-layout"])
def test_a_dump_contains_every_character_of_the_truth(kind: str, boards: list[Truth]) -> None:
    for board in boards:
        made = render(board, kind, board.seed)
        missing = words(all_text(made.truth)) - words(made.data.decode())
        assert not missing


def test_a_dump_cuts_rows_as_real_ones_do() -> None:
    text = render(
        make_board(1), "dump", 1, repeat_heads=True, form_feeds=False, page_blank=True, running=0
    ).data.decode()
    page_opens = [line for line in text.split("\n") if line.startswith(" Uppföljningsfrågor")]
    assert len(page_opens) > 10
    assert re.search(r"(?m)^ (?:Ja|Nej|Delvis) $\n $\n\n\w", text)


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_a_dump_can_be_written_in_every_encoding(encoding: str) -> None:
    data = render(make_board(0), "dump", 0, encoding=encoding).data
    assert len(data) > 10_000
    if encoding == "mac-lines":
        assert b"\n" not in data


@pytest.mark.parametrize("kind", KINDS + TOOL_KINDS)
def test_the_same_seed_gives_the_same_bytes(kind: str) -> None:
    first, second = (render(make_board(3), kind, 3) for _ in range(2))
    assert first == second
    assert render(make_board(3), kind, 4).data != first.data


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind.startswith("pdf")])
def test_a_pdf_knows_where_its_rows_are(kind: str) -> None:
    truth = render(make_board(2), kind, 2).truth
    pages = [(answer.page_first, answer.page_last) for answer in truth.answers]
    assert all(first and last and first <= last <= (truth.pages or 0) for first, last in pages)
    assert any(first != last for first, last in pages)
    assert pages == sorted(pages)


def test_words_are_divided_and_hyphens_kept() -> None:
    text = "Samverkansöverenskommelsen med SSPF-koordinatorn gäller vålds- och drogförebyggande"
    lines = [line.text for line in wrap(text, 14, len, divide=True)]
    assert lines == [
        "Samverkansöve-",
        "renskommelsen",
        "med SSPF-",
        "koordinatorn",
        "gäller vålds-",
        "och drogföre-",
        "byggande",
    ]


@given(
    st.lists(st.sampled_from(["Samverkan", "SSPF-grupp", "och", "vålds-", "-", "2024-25"])),
    st.integers(5, 30),
    st.booleans(),
)
def test_wrapping_loses_no_character(words: list[str], width: int, divide: bool) -> None:
    lines = wrap(" ".join(words), width, len, divide=divide)
    text = "".join(line.text[:-1] if line.divided else line.text for line in lines)
    assert text.replace(" ", "") == "".join(words)
    assert all(len(line.text) <= width or " " not in line.text for line in lines)


def test_a_line_break_in_a_paragraph_is_a_space_in_the_truth(boards: list[Truth]) -> None:
    breaks = [(board, row) for board in boards for row in board.rows if row.trap == "line_break"]
    for board, row in breaks:
        answer = board.report().answers[row.position - 1]
        raw = next(text for text in row.comment if "\n" in text)
        assert " ".join(raw.split()) in answer.comment.split("\n\n")


def test_samples_are_those_in_the_data_folder() -> None:
    # PDF and Word files depend on the versions of the libraries that write them.
    for made in samples():
        gold = (DATA / "gold" / f"{made.name}.gold.json").read_text(encoding="utf-8")
        kept = from_json(gold)
        if made.name.endswith(".txt"):
            assert (DATA / "raw" / made.name).read_bytes() == made.data
            assert gold == gold_text(made)
        else:
            assert kept.answers == made.truth.answers
            assert kept.sections == made.truth.sections


def test_samples_are_of_different_boards() -> None:
    assert len({made.truth.organisation for made in samples()}) == len(samples())
    assert sum(path.stat().st_size for path in DATA.glob("*/board-*")) < 1_500_000
