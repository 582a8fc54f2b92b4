"""A taxonomy's file: what is refused, with file, key and advice; and what adds to it."""

from pathlib import Path

import pytest

from extractors.themes import BUILTIN, builtin_taxonomy, user_taxonomy
from models.rules_file import RuleFileError
from models.taxonomy_file import load_taxonomy

ALONE = """
id = "egen"
title = "Egen"
[[groups]]
id = "g"
sv = "Grupp"
en = "Group"
[[themes]]
id = "cykel"
sv = "Cykel"
en = "Bicycle"
group = "g"
words = ["cykel~"]
"""


def written(tmp_path: Path, content: str) -> Path:
    path = tmp_path / "teman.toml"
    path.write_text(content, encoding="utf-8")
    return path


def refusal(tmp_path: Path, content: str) -> str:
    with pytest.raises(RuleFileError) as caught:
        user_taxonomy(written(tmp_path, content))
    message = str(caught.value)
    assert "teman.toml" in message
    assert "Traceback" not in message
    return message


def test_the_built_in_taxonomy_is_complete():
    taxonomy = builtin_taxonomy()
    assert len(taxonomy.themes) == 92
    assert len(taxonomy.groups) == 12
    assert len(taxonomy.digest) == 16
    assert {theme.group for theme in taxonomy.themes} == {group.id for group in taxonomy.groups}
    assert all(theme.sv and theme.en for theme in taxonomy.themes)


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ('words = ["cykel~", "cykel~"]', "is given twice"),
        ('words = [""]', "a pattern is empty"),
        ('words = ["  "]', "a pattern is empty"),
        ('words = ["~"]', "contains no letters"),
        ('words = ["… …"]', "between words"),
        ('words = ["…"]', "between words"),
        ('words = ["a~"]', "matches too much"),
        ('words = ["cy~kel"]', "matches too much"),
        ('words = ["123"]', "contains no letters"),
        ("words = []", "has no patterns"),
        ('wrods = ["cykel"]', "wrods: is not a known key here"),
        ('words = "cykel"', "words"),
        ('words = ["cykel"]\ngroup = "borta"', "teman.toml"),
        ('words = ["cykel"]\nparent = "borta"', "which is not a theme"),
        ('words = ["cykel"]\nparent = "cykel"', "its own ancestor"),
        ('words = ["cykel"]\n[[themes.guards]]\npatterns = ["bil"]', "is not one of its patterns"),
        ('words = ["cykel"]\n[[themes.guards]]\nunless = ["bil"]', "guards.0.unless"),
    ],
)
def test_a_wrong_pattern_or_key_is_named_with_its_fix(tmp_path, change, says):
    assert says in refusal(tmp_path, ALONE.replace('words = ["cykel~"]', change))


def test_the_theme_is_named_where_something_in_it_is_wrong(tmp_path):
    assert "themes[cykel]" in refusal(tmp_path, ALONE.replace('["cykel~"]', '[""]'))


def test_broken_toml_is_named_with_its_line(tmp_path):
    assert "line 3" in refusal(tmp_path, 'id = "egen"\ntitle = "x"\nwords = Sverige')


def test_a_duplicate_theme_id_is_refused(tmp_path):
    themes = ALONE[ALONE.index("[[themes]]") :]
    assert "'cykel' is given twice" in refusal(tmp_path, ALONE + themes)
    extends = 'id = "e"\nextends = true\n' + themes + themes
    assert "'cykel' is given twice" in refusal(tmp_path, extends)


def test_an_unknown_group_is_named_with_those_that_there_are(tmp_path):
    message = refusal(tmp_path, ALONE.replace('group = "g"', 'group = "h"'))
    assert "'h'" in message
    assert "Use one of g" in message


def test_a_file_that_is_not_there_and_one_that_is_not_utf8(tmp_path):
    with pytest.raises(RuleFileError, match="cannot be read"):
        load_taxonomy(tmp_path / "borta.toml")
    path = tmp_path / "latin.toml"
    path.write_bytes('id = "å"'.encode("latin-1"))
    with pytest.raises(RuleFileError, match="Save it as UTF-8"):
        load_taxonomy(path)


@pytest.mark.parametrize(
    ("cues", "says"),
    [
        ("a = b", "line 1"),
        ("", "cues: is missing"),
        ('[[cues]]\nwords = ["inte"]', "cues.0.direction: is missing"),
        (
            '[[cues]]\nwords = ["inte"]\ncategory = "NO"\ndirection = "FORWARD"',
            "'inte' has the category 'NO'. It must be one of",
        ),
        ('[[cues]]\nwords = ["x"]\ncategory = "NEGATED"\ndirection = "UP"', "cues.0.direction"),
        ('[[cues]]\nwords = []\ncategory = "NEGATED"\ndirection = "VERB"', "cues.0.words"),
        (
            '[[cues]]\nwords = ["x"]\ncategory = "NEGATED"\ndirection = "VERB"\n'
            'examples = ["Vi har inte SSPF."]',
            "marks no mention. Put it in [brackets]",
        ),
        (
            '[[cues]]\nwords = ["… att"]\ncategory = "PLANNED"\ndirection = "VERB"',
            "'… att' has its gap in the wrong place. Write … between spaces",
        ),
        (
            '[grammar]\nthrough = ["med"]\n[[cues]]\nwords = ["x"]\ndirection = "PSEUDO"',
            "'med' must be a word with its preposition",
        ),
    ],
)
def test_wrong_cues_are_named_with_their_file(tmp_path, cues, says):
    (tmp_path / "cues.toml").write_text(cues, encoding="utf-8")
    path = written(
        tmp_path, ALONE.replace('title = "Egen"', 'title = "Egen"\ncues_file="cues.toml"')
    )
    with pytest.raises(RuleFileError, match=r"cues\.toml") as caught:
        load_taxonomy(path)
    assert says in str(caught.value)


def test_a_slot_without_words_is_named(tmp_path):
    cue = '[[cues]]\nwords = ["{nyss} inte"]\ncategory = "NEGATED"\ndirection = "FORWARD"'
    message = refusal(tmp_path, f"extends = true\n{cue}")
    assert "names the slot 'nyss', which has no words. The slots are also" in message


def test_words_are_added_to_slots_and_grammar(tmp_path):
    taxonomy = user_taxonomy(
        written(
            tmp_path,
            'extends = true\n[slots]\nnow = [" numera"]\n[grammar]\nbring_about = ["sjösätta"]',
        )
    )
    assert {" i dag", " numera"} < set(taxonomy.slots["now"])
    assert {"införa", "sjösätta"} < set(taxonomy.grammar.bring_about)


def test_a_file_can_be_complete_in_itself_and_keeps_the_languages_cues(tmp_path):
    taxonomy = user_taxonomy(written(tmp_path, ALONE))
    assert [theme.id for theme in taxonomy.themes] == ["cykel"]
    assert taxonomy.cues == builtin_taxonomy().cues


def test_a_file_can_add_to_the_built_in_themes(tmp_path):
    taxonomy = user_taxonomy(
        written(
            tmp_path,
            """
            extends = true
            drop = ["grannsamverkan"]
            [[themes]]
            id = "faltarbete"
            words = ["gatuteam"]
            without = ["fält"]
            [[themes]]
            id = "cykel"
            sv = "Cykelpolis"
            en = "Police on bicycles"
            group = "narvaro"
            words = ["cykelpolis"]
            [[cues]]
            words = ["på paus"]
            category = "ENDED"
            direction = "BACKWARD"
            max_scope = 4
            """,
        )
    )
    assert "grannsamverkan" not in taxonomy.by_id
    assert taxonomy.by_id["cykel"].group == "narvaro"
    field_work = taxonomy.by_id["faltarbete"]
    assert "gatuteam" in field_work.words
    assert "fältverksamhet~" in field_work.words
    assert "fält" not in field_work.words
    assert taxonomy.cues[-1].words == ("på paus",)
    assert taxonomy.digest != builtin_taxonomy().digest


def test_what_cannot_be_dropped_or_extended_is_named(tmp_path):
    assert "there is no theme 'borta'" in refusal(tmp_path, 'extends = true\ndrop = ["borta"]')
    assert "must be true or false" in refusal(tmp_path, 'extends = "ja"')
    assert "nyckel: is not a known key" in refusal(tmp_path, "extends = true\nnyckel = 1")
    with pytest.raises(RuleFileError, match="nothing to extend"):
        load_taxonomy(written(tmp_path, "extends = true"))


def test_the_digest_covers_themes_and_cues_and_nothing_else(tmp_path):
    again = load_taxonomy(BUILTIN)
    assert again.digest == builtin_taxonomy().digest
    other = again.model_copy(update={"cues": again.cues[1:]})
    assert load_taxonomy(BUILTIN).digest != type(again).model_validate(other.model_dump()).digest
