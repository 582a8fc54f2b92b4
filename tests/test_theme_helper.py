"""A trained pipeline may give sentences and veto by part of speech, and nothing else."""

import pytest
import spacy
from spacy.language import Language

from extractors.themes import builtin_taxonomy, helper
from extractors.themes.helper import ModelError, load_helper
from extractors.themes.tagger import Tagger, tagger_for
from models.taxonomy import Guard


@Language.component("test_semicolon_sentences")
def semicolon_sentences(doc):
    for token in doc:
        token.is_sent_start = token.i == 0 or doc[token.i - 1].text == ";"
        token.pos_ = "VERB" if token.lower_ == "fält" else "NOUN"
    return doc


@pytest.fixture
def trained() -> Language:
    nlp = spacy.blank("sv")
    nlp.add_pipe("test_semicolon_sentences")
    return nlp


def test_sentences_come_from_the_trained_pipeline(trained):
    text = "Vi har ingen EST ; SSPF finns. SIG"
    own = [m.sentence for m in tagger_for(builtin_taxonomy()).mentions(text)]
    helped = [m.sentence for m in Tagger(builtin_taxonomy(), trained).mentions(text)]
    assert own == ["Vi har ingen EST ; SSPF finns.", "Vi har ingen EST ; SSPF finns.", "SIG"]
    assert helped == ["Vi har ingen EST ;", "SSPF finns. SIG", "SSPF finns. SIG"]


def test_a_part_of_speech_can_veto_a_guarded_pattern(trained):
    text = "Samarbetet med fält fungerar, och lägesbilden är ny."
    assert [m.theme for m in tagger_for(builtin_taxonomy()).mentions(text)] == [
        "faltarbete",
        "lagesbild",
    ]
    assert [m.theme for m in Tagger(builtin_taxonomy(), trained).mentions(text)] == ["lagesbild"]


def test_the_keys_are_the_same_with_and_without_it(trained):
    text = "Åtgärdsplanerna, SSPF-grupper och kriminella nätverk"
    plain = tagger_for(builtin_taxonomy()).nlp(text)
    helped = Tagger(builtin_taxonomy(), trained).nlp(text)
    assert [token.norm_ for token in plain] == [token.norm_ for token in helped]


def test_without_it_a_part_of_speech_decides_nothing():
    guards = builtin_taxonomy().by_id["faltarbete"].guards
    assert any(isinstance(guard, Guard) and guard.parts_of_speech for guard in guards)
    assert tagger_for(builtin_taxonomy()).mentions("Samarbetet med fält fungerar.")


def test_a_pipeline_that_is_not_installed_or_has_no_sentences_is_refused(monkeypatch):
    with pytest.raises(ModelError, match="Install it"):
        load_helper("sv_som_inte_finns")
    monkeypatch.setattr(helper.spacy, "load", lambda name: spacy.blank("sv"))
    with pytest.raises(ModelError, match="finds no sentences"):
        load_helper("sv_tom")


def test_an_installed_pipeline_is_used_by_its_name(monkeypatch, trained):
    monkeypatch.setattr(helper.spacy, "load", lambda name: trained)
    tagger = tagger_for(builtin_taxonomy(), "sv_min")
    assert tagger is tagger_for(builtin_taxonomy(), "sv_min")
    assert tagger is not tagger_for(builtin_taxonomy())
