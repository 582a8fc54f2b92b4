"""ConText: scopes, their ends, pseudo cues, nesting; and the sentences that they need."""

import pytest
import spacy

from extractors.themes import builtin_taxonomy
from extractors.themes.bearing import Target
from extractors.themes.context import ContextRules
from extractors.themes.tagger import build_pipeline, tagger_for
from models.cues import Cue


def judged(text: str, targets: list[str], *cues: dict[str, object]) -> list[tuple[str, str]]:
    nlp = spacy.blank("sv")
    doc = nlp(text)
    words = [token.text for token in doc]
    places = [Target(words.index(word), words.index(word) + 1, word) for word in targets]
    rules = ContextRules(nlp, [Cue.model_validate(cue) for cue in cues])
    return [
        (item.assertion.value, doc[slice(*item.cue)].text if item.cue else "")
        for item in rules.judge(doc, places, [0, len(doc)])
    ]


NOT = {"words": ["inte"], "category": "NEGATED", "direction": "FORWARD", "max_scope": 3}
NOT_ONLY = {"words": ["inte bara"], "category": "PSEUDO", "direction": "PSEUDO"}
BUT = {"words": ["men"], "category": "CONJ", "direction": "TERMINATE"}
THAT = {"words": ["som"], "category": "CONJ", "direction": "TERMINATE"}
ENDED = {"words": ["har upphört"], "category": "ENDED", "direction": "BACKWARD", "max_scope": 4}
RISK = {
    "words": ["riskerar"],
    "category": "HYPOTHETICAL",
    "direction": "FORWARD",
    "max_scope": 6,
    "max_targets": 1,
}
AGAINST = {"words": ["mot"], "category": "AFFIRMED", "direction": "FORWARD", "max_scope": 2}


def test_a_cue_reaches_as_far_as_its_scope():
    assert judged("vi har inte a b c d", ["a", "c", "d"], NOT) == [
        ("negated", "inte"),
        ("negated", "inte"),
        ("affirmed", ""),
    ]


@pytest.mark.parametrize(
    ("text", "targets", "expected"),
    [
        ("kommer vi att a", ["a"], [("planned", "kommer vi att")]),
        ("kommer x y z w att a", ["a"], [("planned", "kommer x y z w att")]),
        ("kommer v x y z w att a", ["a"], [("affirmed", "")]),
        ("kommer att a", ["a"], [("affirmed", "")]),
        ("kommer x , men att a", ["a"], [("affirmed", "")]),
        ("kommer x men att a", ["a"], [("affirmed", "")]),
        ("kommer ofta", ["ofta"], [("affirmed", "")]),
    ],
)
def test_a_cue_with_a_gap_needs_its_last_word_within_four_words(text, targets, expected):
    """In Swedish the subject is there if something else begins the sentence."""
    cue = {
        "words": ["kommer … att"],
        "category": "PLANNED",
        "direction": "FORWARD",
        "reach": "CLAUSE",
    }
    assert judged(text, targets, cue, BUT) == expected


def test_the_words_in_the_gap_of_a_cue_are_the_subject_of_its_verb():
    assert [
        m.assertion.value
        for m in tagger_for(builtin_taxonomy()).mentions(
            "SSPF finns i två områden, och i det tredje kommer GVI att införas."
        )
    ] == ["affirmed", "planned"]


def test_a_terminating_word_ends_the_scope():
    assert judged("inte a men b", ["a", "b"], NOT, BUT) == [("negated", "inte"), ("affirmed", "")]


def test_a_longer_pseudo_cue_hides_the_shorter_one():
    assert judged("inte bara a", ["a"], NOT, NOT_ONLY) == [("affirmed", "")]


def test_a_longer_cue_hides_only_cues_of_its_own_direction():
    now_not = {
        "words": ["finns nu inte"],
        "category": "NEGATED",
        "direction": "BACKWARD",
        "max_scope": 2,
    }
    assert judged("a finns nu inte b", ["a", "b"], NOT, now_not) == [
        ("negated", "finns nu inte"),
        ("negated", "inte"),
    ]


def test_a_name_and_its_explanation_are_asserted_alike():
    found = tagger_for(builtin_taxonomy()).mentions(
        "Gruppvåldsintervention (GVI) används ännu inte här. SIG (social insatsgrupp) upphörde."
    )
    assert [(m.surface, m.assertion.value) for m in found] == [
        ("Gruppvåldsintervention", "negated"),
        ("GVI", "negated"),
        ("SIG", "ended"),
        ("social insatsgrupp", "ended"),
    ]


def test_a_relative_word_points_back_at_what_has_ended():
    assert judged("b och a som har upphört", ["a"], ENDED, THAT) == [("ended", "har upphört")]


def test_ended_takes_precedence_over_negated():
    assert judged("inte a har upphört", ["a"], NOT, ENDED) == [("ended", "har upphört")]


def test_a_cue_can_bear_on_its_nearest_mention_only():
    assert judged("de riskerar a i b", ["a", "b"], RISK) == [
        ("hypothetical", "riskerar"),
        ("affirmed", ""),
    ]


def test_a_cue_that_affirms_overrides_the_others():
    assert judged("inte mot a", ["a"], NOT, AGAINST) == [("affirmed", "mot")]


def test_a_cue_can_exclude_themes_or_be_limited_to_them():
    assert judged("inte a b", ["a", "b"], NOT | {"excluded_types": ("a",)})[0] == ("affirmed", "")
    assert judged("inte a b", ["a", "b"], NOT | {"allowed_types": ("a",)})[1] == ("affirmed", "")


def test_a_cue_inside_a_title_has_no_effect_on_it():
    found = tagger_for(builtin_taxonomy()).mentions("Vi visade Svartsjuka är inte romantiskt.")
    assert [(m.theme, m.assertion.value) for m in found] == [("valdsprevention", "affirmed")]


def test_the_cue_is_kept_as_written():
    (found,) = tagger_for(builtin_taxonomy()).mentions(
        "Utöver detta arbetar förvaltningen INTE  specifikt med brottsoffer- och vittnesstöd"
    )
    assert (found.theme, found.assertion.value) == ("brottsoffer", "negated")
    assert found.cue == "INTE"


def test_spaces_in_a_cue_are_kept():
    (found,) = tagger_for(builtin_taxonomy()).mentions("Förvaltningen PLANERAR  att starta SSPF.")
    assert (found.assertion.value, found.cue) == ("planned", "PLANERAR  att")


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("Ett. Två.", ["Ett.", "Två."]),
        ("Vi ses kl. 9. Sedan går vi.", ["Vi ses kl. 9.", "Sedan går vi."]),
        ("Enligt 5 kap. 3 § gäller det.", ["Enligt 5 kap. 3 § gäller det."]),
        ("Det är s.k. stöd, t.ex. SIG, bl.a. här.", ["Det är s.k. stöd, t.ex. SIG, bl.a. här."]),
        ("Vi har stöd m.m. Sedan går vi.", ["Vi har stöd m.m.", "Sedan går vi."]),
        ("Vi har stöd m.m. för alla.", ["Vi har stöd m.m. för alla."]),
        ("Utan punkt\n\nNytt stycke", ["Utan punkt\n\n", "Nytt stycke"]),
        ("Varför? Därför! Ja…", ["Varför?", "Därför!", "Ja…"]),
        ("Vi har: • ett • två", ["Vi har:", "• ett", "• två"]),
        ("Det är okänd förk. som följer.", ["Det är okänd förk. som följer."]),
        ("Han sa ”nej.” Sedan gick han.", ["Han sa ”nej.”", "Sedan gick han."]),
    ],
)
def test_sentences(text, sentences):
    doc = build_pipeline(builtin_taxonomy())(text)
    assert [sentence.text for sentence in doc.sents] == sentences


def test_plain_sentences_are_those_of_spacys_sentencizer():
    text = "Vi har SSPF. Arbetet pågår! Når vi alla? Ja. 12 personer deltog (ca 5). Slut"
    nlp = spacy.blank("sv")
    nlp.add_pipe("sentencizer")
    ours = build_pipeline(builtin_taxonomy())(text)
    assert [s.text for s in ours.sents] == [s.text for s in nlp(text).sents]
