"""`svar compare --years`: two invented years with known changes give exactly those changes."""

from __future__ import annotations

import csv
import json
from dataclasses import replace
from io import StringIO
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from extractors.themes import builtin_taxonomy
from models.report import Answer, Assertion, Mention, Report, Section
from pipeline.checking.names import Aliases, BoardsFileError, aliases, read_boards
from pipeline.checking.years import Years, compare_years
from pipeline.checking.years.answers import Comment
from pipeline.checking.years.questions import Kind
from pipeline.checking.years.tally import carried_over, moves
from pipeline.checking.years.themes import ThemeKind
from pipeline.cli.compare import command
from pipeline.publishing.content import load_content
from pipeline.publishing.facts import read_facts
from pipeline.publishing.summary.writing import Summary, chapters
from pipeline.publishing.words import words_in
from tests import checking_helpers as made

SECTIONS = (
    Section("1", "Trygga torg och parker", 1),
    Section("2", "Samlad bedömning av målet", 1),
    Section("3", "Handel med hyreskontrakt", 1),
)
LONG = "Belysningen på torget byttes i maj och gallringen av buskar blev klar före midsommar."
HINDER = "Beskriv det viktigaste hindret för att nå målet."


def answer(key: str, question: str, text: str = "Ja", comment: str = "", **more: object) -> Answer:
    codes = {"Ja": "yes", "Nej": "no", "Delvis": "partly", "": "missing"}
    section, _, ref = key.partition("/")
    base = Answer(
        1, section, key, None if ref[0] == "#" else ref, question, "", text,
        codes.get(text, "other"), comment,
    )  # fmt: skip
    return replace(base, **more)  # type: ignore[arg-type]


def board(name: str, year: int, *answers: Answer, themes: dict[str, str] | None = None) -> Report:
    """A board's report of a year, with themes as `{theme: assertion}` in its first comment."""
    mentions = tuple(
        Mention(1, theme, "g", "x", 0, 1, "En mening.", Assertion(said))
        for theme, said in (themes or {}).items()
    )
    return made.report(
        f"{year}/{name}.txt",
        report_id=made.report_id(f"{name} {year}".encode()),
        organisation=name,
        sections=SECTIONS,
        answers=tuple(replace(a, position=n) for n, a in enumerate(answers, 1)),
        themes=mentions,
        problems=(),
    )


def last_year(name: str, **more: dict[str, str]) -> Report:
    return board(
        name, 2030,
        answer("1/1:1", "Har ni lagat belysningen på torget?", "Ja", LONG),
        answer("1/1:2", "Finns det en plan för parkens gångvägar?", "Nej", "Planen är inte klar."),
        answer("1/1:3", "Har ni gått trygghetsvandringar?", "Delvis", "Två av fem."),
        answer("2/#1", HINDER, "Annat svar", "Tid."),
        answer("3/3:1", "Har ni granskat era hyreskontrakt?", "Ja", "Alla är granskade."),
        answer("3/3:2", "Har ni sagt upp något kontrakt?", "Nej", "Ett är under utredning."),
        **more,
    )  # fmt: skip


def this_year(name: str, **more: dict[str, str]) -> Report:
    """1:1 is as it was; 1:2 is 1:4 now; 1:3 is reworded; 3:2 asks something else; 3:3 is new."""
    return board(
        name, 2031,
        answer("1/1:1", "Har ni lagat belysningen på torget?", "Ja", LONG),
        answer("1/1:3", "Har ni gått trygghetsvandringar under året?", "Ja", "Fem av fem."),
        answer("1/1:4", "Finns det en plan för parkens gångvägar?", "Ja", "Planen är antagen."),
        answer("2/#1", HINDER, "Annat svar", "Tid."),
        answer("3/3:1", "Har ni granskat era hyreskontrakt?", "Ja", "Alla är  granskade."),
        answer("3/3:2", "Hur många lägenheter hyrs ut i andra hand?", "12", ""),
        answer("3/3:3", "Samverkar ni med hyresvärdarna kring störningar?", "Nej", "Inte ännu."),
        **more,
    )  # fmt: skip


@pytest.fixture
def years() -> Years:
    old = [
        last_year("Parknämnden", themes={"sspf": "planned", "lagesbild": "affirmed"}),
        last_year("Torgnämnden", themes={"sspf": "affirmed"}),
        last_year("Nämnden för gamla frågor"),
    ]
    new = [
        this_year("Parknämnden", themes={"sspf": "affirmed", "faltarbete": "affirmed"}),
        this_year("torgnämnden", themes={"sspf": "affirmed"}),
        this_year("Nämnden för nya frågor"),
    ]
    return compare_years(old, new, Aliases())


def test_boards_are_paired_by_name_and_a_likely_change_of_name_is_reported(
    years: Years,
) -> None:
    assert [pair.board for pair in years.boards.pairs] == ["Parknämnden", "torgnämnden"]
    assert years.boards.only_old == ("Nämnden för gamla frågor",)
    assert years.boards.only_new == ("Nämnden för nya frågor",)
    assert years.boards.perhaps == {"Nämnden för nya frågor": "Nämnden för gamla frågor"}


def test_questions_are_same_renumbered_reworded_new_and_gone(years: Years) -> None:
    found = [
        (match.kind, match.old.key if match.old else None, match.new.key if match.new else None)
        for match in years.questions
    ]
    assert found == [
        (Kind.SAME, "1/1:1", "1/1:1"),
        (Kind.REWORDED, "1/1:3", "1/1:3"),
        (Kind.RENUMBERED, "1/1:2", "1/1:4"),
        (Kind.SAME, "2/#1", "2/#1"),
        (Kind.SAME, "3/3:1", "3/3:1"),
        (Kind.NEW, None, "3/3:2"),
        (Kind.NEW, None, "3/3:3"),
        (Kind.GONE, "3/3:2", None),
    ]
    assert not any(match.unsure for match in years.questions)


def test_answers_that_changed_are_exactly_those(years: Years) -> None:
    changed = [
        (pair.board, pair.new.key, pair.old.code, pair.new.code)
        for pair in years.answers
        if pair.answer_changed and pair.old and pair.new
    ]
    assert changed == [
        (name, *rest)
        for name in ("Parknämnden", "torgnämnden")
        for rest in (("1/1:3", "partly", "yes"), ("1/1:4", "no", "yes"))
    ]
    assert moves(years.answers) == {
        ("yes", "yes"): 4, ("partly", "yes"): 2, ("no", "yes"): 2, ("other", "other"): 2,
    }  # fmt: skip


def test_themes_that_came_and_went_are_exactly_those_of_boards_in_both(years: Years) -> None:
    assert [(c.board, c.theme, c.kind, c.old, c.new) for c in years.themes] == [
        ("Parknämnden", "faltarbete", ThemeKind.CAME, (), ("affirmed",)),
        ("Parknämnden", "lagesbild", ThemeKind.WENT, ("affirmed",), ()),
        ("Parknämnden", "sspf", ThemeKind.SAID_OTHERWISE, ("planned",), ("affirmed",)),
    ]


def test_comments_taken_over_are_exactly_those(years: Years) -> None:
    found = carried_over(years.answers)
    assert found.pairs == 10
    assert [(p.board, p.new.key) for p in found.unchanged if p.new] == [
        (name, key) for name in ("Parknämnden", "torgnämnden") for key in ("1/1:1", "2/#1", "3/3:1")
    ]
    assert found.nearly == ()


def test_comment_with_one_word_more_is_nearly_unchanged() -> None:
    old = board("A", 2030, answer("1/1:1", "Fråga ett?", "Ja", LONG))
    new = board("A", 2031, answer("1/1:1", "Fråga ett?", "Ja", LONG.replace("maj", "juni")))
    (pair,) = compare_years([old], [new], Aliases()).answers
    assert pair.comment == Comment.NEARLY


def test_same_wording_in_two_sections_is_distinguished_by_the_key() -> None:
    old = board("A", 2030, answer("2/#1", HINDER), answer("3/#1", HINDER))
    new = board("A", 2031, answer("2/#1", HINDER), answer("3/#1", HINDER))
    questions = compare_years([old], [new], Aliases()).questions
    assert [(m.kind, m.unsure) for m in questions] == [(Kind.SAME, False)] * 2


def test_same_wording_with_new_numbers_is_not_sure() -> None:
    """If two read the same, nothing shows which became which."""
    old = board("A", 2030, answer("1/1:1", HINDER), answer("1/1:2", HINDER))
    new = board("A", 2031, answer("1/1:3", HINDER), answer("1/1:4", HINDER))
    found = compare_years([old], [new], Aliases())
    assert [m.unsure for m in found.questions] == [True, True]
    assert all(pair.unsure for pair in found.answers)


def test_answer_read_with_doubt_is_not_sure() -> None:
    old = board("A", 2030, answer("1/1:1", "Fråga ett?", "Ja"))
    new = board("A", 2031, answer("1/1:1", "Fråga ett?", "Nej", flags=("cut-uncertain",)))
    (pair,) = compare_years([old], [new], Aliases()).answers
    assert pair.unsure


def test_a_row_with_a_different_question_than_its_key_is_uncertain() -> None:
    """`#n` counts the questions of a section: where a board lacks one, the others move up."""
    whole = [answer("1/#1", "Har ni lagat lamporna?"), answer("1/#2", "Finns det en vaktlista?")]
    short = [answer("1/#1", "Finns det en vaktlista?", "Nej")]
    old = [board(name, 2030, *whole) for name in ("A", "B", "C")]
    new = [board("A", 2031, *whole), board("B", 2031, *whole), board("C", 2031, *short)]
    found = compare_years(old, new, Aliases())
    unsure = [(pair.board, pair.match.new.key) for pair in found.answers if pair.unsure]
    assert unsure == [("C", "1/#1")]


def test_answer_of_one_year_alone_is_not_lost() -> None:
    old = board("A", 2030, answer("1/1:1", "Fråga ett?"), answer("1/1:2", "Fråga om två?"))
    other = board("B", 2031, answer("1/1:1", "Fråga ett?"), answer("1/1:2", "Fråga om två?"))
    new = board("A", 2031, answer("1/1:1", "Fråga ett?"))
    found = compare_years([old], [new, other], Aliases())
    alone = [pair for pair in found.answers if pair.new is None]
    assert [(pair.board, pair.old.key) for pair in alone if pair.old] == [("A", "1/1:2")]
    assert not alone[0].answer_changed


def test_boards_with_two_reports_and_unread_files_are_reported() -> None:
    old = [last_year("A"), replace(last_year("A"), report_id="d" * 16)]
    found = compare_years(old, [this_year("A"), made.failed()], Aliases()).boards
    assert (found.pairs, found.several, found.unread) == ((), ("A",), ("tom.txt",))


def test_other_names_of_a_board_come_from_a_file(tmp_path: Path) -> None:
    path = tmp_path / "boards.csv"
    path.write_text(
        "Nämnd;Tidigare namn\nNämnden för nya frågor;Nämnden för gamla frågor\nParknämnden\n",
        encoding="utf-8-sig",
    )
    names = read_boards(path)
    assert names.boards == ("Nämnden för nya frågor", "Parknämnden")
    old, new = last_year("nämnden  för gamla frågor"), this_year("Nämnden för nya frågor")
    found = compare_years([old], [new], names)
    assert [pair.board for pair in found.boards.pairs] == ["Nämnden för nya frågor"]


def test_name_of_two_boards_is_refused_with_its_line() -> None:
    with pytest.raises(BoardsFileError, match=r"b\.csv, line 2: 'x' is already a name of 'A'"):
        aliases([(1, ["A", "x"]), (2, ["B", "x"])], "b.csv")


def run(folder: Path, *arguments: str) -> Result:
    made.write_datasets(folder / "a", last_year("Parknämnden"), last_year("Torgnämnden"))
    made.write_datasets(
        folder / "b",
        this_year("Parknämnden", themes={"sspf": "affirmed"}),
        this_year("Torgnämnden"),
    )
    return CliRunner().invoke(
        command,
        [str(folder / "a"), str(folder / "b"), "--years", *arguments],
        standalone_mode=False,
        catch_exceptions=False,
    )


def test_page_shows_every_kind_of_change(tmp_path: Path) -> None:
    output = run(tmp_path).output
    for text in (
        "2 boards in both years.",
        "Questions: 3 same, 1 renumbered, 1 reworded, 2 new, 1 gone",
        "renumbered: 1/1:2 → 1/1:4",
        "Changed answers: 4 of 10",
        "no → yes: 2",
        "Parknämnden · 1/1:3: Delvis → Ja",
        "sspf: came 1",
        "Comments carried over unchanged: 6 of 10 (60 %); nearly unchanged: 0",
        "unchanged: Parknämnden: 1/1:1, 2/#1, 3/3:1",
    ):
        assert text in output, text


def test_csv_has_a_row_an_answer(tmp_path: Path) -> None:
    rows = list(csv.DictReader(StringIO(run(tmp_path, "--format", "csv").output)))
    assert len(rows) == 10
    (row,) = (r for r in rows if r["board"] == "Parknämnden" and r["key_new"] == "1/1:4")
    assert (row["key_old"], row["code_old"], row["code_new"]) == ("1/1:2", "no", "yes")
    assert (row["comment_old"], row["comment_new"]) == (
        "Planen är inte klar.", "Planen är antagen.",
    )  # fmt: skip
    assert (row["answer_changed"], row["comment_kind"]) == ("yes", "changed")


def test_json_is_written_to_a_file(tmp_path: Path) -> None:
    run(tmp_path, "--json", "-o", str(tmp_path / "y.json"))
    content = json.loads((tmp_path / "y.json").read_text(encoding="utf-8"))
    assert content["boards"]["pairs"] == ["Parknämnden", "Torgnämnden"]
    assert len(content["answers"]) == 10


def test_boards_file_without_years_is_refused(tmp_path: Path) -> None:
    (tmp_path / "b.csv").write_text("A\n")
    made.write_datasets(tmp_path / "a", last_year("A"))
    folder = str(tmp_path / "a")
    result = CliRunner().invoke(command, [folder, folder, "--boards", str(tmp_path / "b.csv")])
    assert result.exit_code == 2
    assert "with --years" in result.stderr


def test_summary_lists_exactly_the_changes(tmp_path: Path) -> None:
    made.write_datasets(tmp_path / "a", last_year("Parknämnden", themes={"sspf": "planned"}))
    made.write_datasets(tmp_path / "b", this_year("Parknämnden", themes={"sspf": "affirmed"}))
    want = Summary(str(tmp_path / "b"), builtin_taxonomy(), previous=tmp_path / "a")
    content, facts = load_content(want.out, want.selection), read_facts(want.out, "sv")
    (chapter,) = (c for c in chapters(want, content, facts, words_in("sv")) if c.id == "compared")
    assert "Frågor – oförändrad: 3, nytt nummer: 1, ny lydelse: 1, ny: 2, borttagen: 1." in (
        chapter.texts
    )
    assert "2 av 5 svar är andra än förra året." in chapter.texts
    share = "3 av 5 kommentarer (60\u00a0%) är ordagrant desamma som förra året, och 0 nästan."
    assert share in chapter.texts
    rows = {table.title: table.rows for table in chapter.tables}
    answers = rows["Svar som är andra än förra året"]
    assert [(row[1], row[3].text, row[4].text) for row in answers] == [
        ("1/1:3", "Delvis", "Ja"), ("1/1:4", "Nej", "Ja"),
    ]  # fmt: skip
    assert [(row[1], row[2]) for row in rows["Frågor som inte är som förra året"]] == [
        ("1/1:3", "1/1:3"), ("1/1:2", "1/1:4"), ("", "3/3:2"), ("", "3/3:3"), ("3/3:2", ""),
    ]  # fmt: skip
    ((theme, came, went, otherwise),) = rows[
        "Teman som kommit, försvunnit eller som det sägs något annat om"
    ]
    assert (theme, came, went) == ("SSPF", "", "")
    assert otherwise == "Parknämnden (planeras → förekommer)"
    assert rows["Kommentarer som tagits över från förra året"] == (
        ("Parknämnden", 3, "1/1:1, 2/#1, 3/3:1", 0, ""),
    )
    (figure,) = chapter.figures
    drawn = {(v["row"], v["part"]): v["n"] for v in figure.spec["data"]["values"]}
    assert drawn == {
        ("förra året", "Ja"): 2, ("förra året", "Delvis"): 1, ("förra året", "Nej"): 1,
        ("förra året", "Annat"): 1, ("i år", "Ja"): 4, ("i år", "Annat"): 1,
    }  # fmt: skip
