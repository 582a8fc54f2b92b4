"""`svar themes`: list, check, try and suggest; and what is refused."""

import csv
import json
from io import StringIO
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from extractors.themes import builtin_taxonomy
from extractors.themes.tagger import tagger_for
from pipeline.cli.run import command as svar_run
from pipeline.cli.themes import command
from pipeline.theme_suggest import Comment, find_acronyms, suggest
from tests.themes.planted import KNOWN, UNKNOWN, planted_comments

RAW = Path(__file__).resolve().parents[1] / "data" / "raw" / "board-101-dump.txt"

EXTENDS = """
extends = true
[[themes]]
id = "cykelpolis"
sv = "Cykelpolis"
en = "Police on bicycles"
group = "narvaro"
words = ["hot~", "kväve", "cykelpolis", "cykelpoliser", "trygghetsvandring"]
"""


def run(*arguments: str, input: str | None = None) -> Result:
    return CliRunner().invoke(command, arguments, standalone_mode=False, input=input)


@pytest.fixture
def own_themes(tmp_path: Path) -> str:
    path = tmp_path / "egna.toml"
    path.write_text(EXTENDS, encoding="utf-8")
    return str(path)


def test_list_names_every_theme_in_its_group():
    shown = run("list").output
    assert all(theme.id in shown for theme in builtin_taxonomy().themes)
    assert "92 themes" in shown
    assert builtin_taxonomy().digest in shown


def test_list_shows_one_theme_with_its_patterns_and_guards():
    shown = run("list", "faltarbete").output
    assert "fältverksamhet~" in shown
    assert "unless_before" in shown
    assert "uppsokande" in shown
    assert "trygghetsvard" not in shown


def test_list_shows_one_group_and_a_users_themes(own_themes):
    shown = run("list", "--group", "narvaro", "--themes", own_themes).output
    assert "cykelpolis" in shown
    assert "sspf" not in shown


def test_list_as_json_is_the_taxonomy():
    assert json.loads(run("list", "--json").output)["id"] == "trygghet"


def test_try_names_theme_assertion_cue_and_pattern():
    shown = run(
        "try",
        "Utöver detta arbetar förvaltningen inte specifikt med brottsoffer- och vittnesstöd",
    ).output
    last = shown.splitlines()[-1].split("  ")
    row = [cell.strip() for cell in last if cell.strip()]
    assert row == [
        "brottsoffer",
        "brottsoffer- och vittnesstöd",
        "brottsoffer~",
        "negated",
        "inte",
    ]
    assert "[brottsoffer- och vittnesstöd]{brottsoffer," in shown


def test_try_marks_nested_mentions():
    shown = run("try", "Nu rekrytering till kriminella gäng").output
    marked = "[rekrytering till [kriminella gäng]{kriminella_natverk}]{nyrekrytering}"
    assert marked in shown


def test_try_reads_standard_input_and_gives_json():
    lines = run("try", "-", "--json", input="Vi har SSPF och ingen EST").output.splitlines()
    found = [json.loads(line) for line in lines]
    assert [(item["theme"], item["assertion"]) for item in found] == [
        ("sspf", "affirmed"),
        ("est", "negated"),
    ]
    assert found[1]["cue"] == "ingen"


def test_try_reports_that_no_theme_was_found():
    assert run("try", "Hej").output == "No theme was found.\n"


def test_check_of_the_built_in_themes_finds_nothing():
    assert "valid" in run("check").output
    assert "nothing to look at" in run("check").output


def test_check_names_patterns_that_surprise(own_themes):
    shown = run("check", own_themes).output
    assert "'hot~': open: its open end also matches" in shown
    assert "'kväve': common-word: also matches these words: kväva" in shown
    assert "'cykelpoliser': double: 'cykelpolis' already covers it" in shown
    assert "'trygghetsvandring': shared: the theme 'trygghetsvandring' has it too" in shown


def test_check_names_a_pattern_that_never_counts(tmp_path):
    path = tmp_path / "egna.toml"
    path.write_text(
        'extends = true\nignore = ["sommarkollo"]\n'
        '[[themes]]\nid = "meningsfull_fritid"\nwords = ["sommarkollo"]\n',
        encoding="utf-8",
    )
    assert "'sommarkollo': never: never matches" in run("check", str(path)).output


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("list", "borta"), "There is no theme 'borta'"),
        (("list", "--group", "borta"), "There is no group 'borta'. The groups are samverkan"),
        (("try", "hej", "--spacy-model", "sv_borta"), "'sv_borta' cannot be loaded"),
        (("suggest", "."), "has no datasets"),
    ],
)
def test_wrong_use_is_named(arguments, says):
    result = run(*arguments)
    assert says in str(result.exception)
    assert result.exception.exit_code == 2


def test_a_wrong_file_is_named_with_its_fix(tmp_path):
    path = tmp_path / "egna.toml"
    path.write_text('extends = true\n[[themes]]\nid = "sspf"\nword = ["x"]\n', encoding="utf-8")
    result = run("check", str(path))
    assert "egna.toml: themes[sspf]: word: is not a known key" in str(result.exception)
    assert result.exception.exit_code == 2


def test_every_subcommand_opens_its_help_with_an_example():
    for name, subcommand in command.commands.items():
        assert f"svar themes {name}" in subcommand.help


COMMENTS = [
    Comment("Aspnäset", "Vi har börjat med trygghetspatruller (TP) vid hamnen och kajen."),
    Comment("Björkvik", "Trygghetspatrullerna går varje kväll. Samlad insats mot skräp pågår."),
    Comment("Aspnäset", "SSPF och lägesbild finns. Digital medborgarbudget prövas."),
    Comment("Björkvik", "Digital medborgarbudget är klar, och digitala medborgarbudgetar väntar."),
    Comment("Cedersta", "MFU (mobil förebyggande utryckning) har ökat."),
]


def test_suggestions_are_new_words_acronyms_and_phrases_with_counts_and_boards():
    found = {
        item.kind: item for item in reversed(suggest(COMMENTS, tagger_for(builtin_taxonomy())))
    }
    assert found["term"].forms.keys() == {"trygghetspatruller", "Trygghetspatrullerna"} or (
        found["term"].text.lower().startswith("medborgarbudget")
    )
    assert found["acronym"].text in (
        "MFU (mobil förebyggande utryckning)",
        "TP (trygghetspatruller)",
    )
    assert found["phrase"].text == "Digital medborgarbudget"
    assert found["phrase"].count == 3
    assert found["phrase"].boards == {"Aspnäset", "Björkvik"}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("SIG (social insatsgrupp) finns", [("SIG", "social insatsgrupp")]),
        ("felaktiga utbetalningar (FUT)", [("FUT", "felaktiga utbetalningar")]),
        ("arbete med felaktiga utbetalningar (FUT)", [("FUT", "felaktiga utbetalningar")]),
        ("VBE (våldsbejakande extremism)", [("VBE", "våldsbejakande extremism")]),
        ("BOB-råden (barn och unga i brott)", [("BOB", "barn och unga i brott")]),
        (
            "SSPF (skola, socialtjänst, polis och fritid)",
            [("SSPF", "skola, socialtjänst, polis och fritid")],
        ),
        ("enheten (BUP)", []),
        ("SIG (se bilaga)", []),
        ("(SIG)", []),
        ("Vi ses (i maj)", []),
    ],
)
def test_acronyms_and_their_meaning_in_either_order(text, expected):
    assert [found[:2] for found in find_acronyms(text)] == expected


def test_planted_terms_come_first_known_words_among_them():
    found = suggest(planted_comments(), tagger_for(builtin_taxonomy()))
    first = [item.text.lower() for item in found if item.kind == "term"][:20]
    assert sum(text in (*KNOWN, *UNKNOWN) for text in first) >= 12
    assert sum(text in KNOWN for text in first) >= 4


def test_an_acronym_without_brackets_is_found_and_one_in_a_line_of_capitals_is_not():
    texts = ["Vi deltar i LUPP varje år.", "LUPP visar oro.", "ALLA SKA TRIVAS PÅ TORGET", "ALLA"]
    found = suggest([Comment("Aspnäset", text) for text in texts], tagger_for(builtin_taxonomy()))
    assert [item.text for item in found if item.kind == "acronym"] == ["LUPP"]


def test_suggest_reads_datasets_and_writes_csv(tmp_path):
    made = CliRunner().invoke(svar_run, [str(RAW), "--out", str(tmp_path)], standalone_mode=False)
    assert made.exception is None, made.output
    assert "Acronyms that no theme covers" in run("suggest", str(tmp_path)).output
    rows = list(csv.DictReader(StringIO(run("suggest", str(tmp_path), "--csv").output)))
    assert {"term", "phrase"} <= {row["kind"] for row in rows}
    assert all(row["boards"] and row["example"] and int(row["count"]) > 0 for row in rows)


def test_check_names_examples_of_cues_that_fail(tmp_path):
    path = tmp_path / "egna.toml"
    path.write_text(
        'extends = true\n[[cues]]\nwords = ["på vift"]\ncategory = "ENDED"\n'
        'direction = "BACKWARD"\n'
        'examples = ["[EST] är på vift.", "[SSPF] är borta.", "[Torget] är på vift."]\n'
        'counterexamples = ["Rutinen för [EST] är på vift."]\n',
        encoding="utf-8",
    )
    shown = run("check", str(path)).output
    assert "'på vift': example: “[SSPF] är borta.” should be ended, but is affirmed" in shown
    assert "“[Torget] är på vift.” should be ended, but is no theme" in shown
    assert "2 to look at" in shown
