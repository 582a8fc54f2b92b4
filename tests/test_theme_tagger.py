"""The tagger: places, odd characters, what it leaves to spaCy users, and long comments."""

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extractors.themes import builtin_taxonomy, tag, user_taxonomy
from extractors.themes.clean import clean
from extractors.themes.keys import KeyMaker, base_key
from extractors.themes.tagger import build_pipeline, tagger_for
from models.report import Answer, Assertion, Certainty, Mention


def mentions(text: str) -> list[Mention]:
    return tagger_for(builtin_taxonomy()).mentions(text)


def themes(text: str) -> list[str]:
    return [mention.theme for mention in mentions(text)]


def answer(position: int, comment: str) -> Answer:
    return Answer(position, "1.1", "1.1/#1", None, "Har ni SSPF?", "SIG", "Ja", "yes", comment)


def test_only_comments_are_tagged_and_mentions_come_in_order():
    found = tag([answer(2, "EST och SSPF."), answer(1, "SIG."), answer(3, "")], builtin_taxonomy())
    assert [(m.position, m.theme) for m in found] == [(1, "sig"), (2, "est"), (2, "sspf")]
    assert found[0].group == "samverkan"


def test_offsets_are_right_across_paragraphs_and_non_ascii_letters():
    text = "Åäö – ”ö”.\n\nVi har lägesbild.\n\n• EST\n\nOch é: SSPF."
    for mention in mentions(text):
        assert text[mention.start : mention.end] == mention.surface
    assert themes(text) == ["lagesbild", "est", "sspf"]


def test_a_mention_knows_its_sentence_and_no_paragraph_runs_on():
    text = "Vi ses kl. 9 bl.a. om EST. Sedan s.k. SIG\n\nSSPF finns t.ex. här"
    assert [m.sentence for m in mentions(text)] == [
        "Vi ses kl. 9 bl.a. om EST.",
        "Sedan s.k. SIG",
        "SSPF finns t.ex. här",
    ]


@pytest.mark.parametrize(
    "text",
    [
        "trygghets\u00advandring",
        "trygghets\u200bvandring",
        "trygg\ufeffhetsvandring",
        "trygghetsvandring\u00ad",
        "<i>trygghetsvandring</i>",
        "trygghets-vandring",
        "trygghets\u2011vandring",
        "TRYGGHETSVANDRING",
        "**trygghetsvandring**",
        "&nbsp;trygghetsvandring&nbsp;",
    ],
)
def test_odd_characters_hide_no_theme(text):
    (mention,) = mentions(f"Vi har {text} i maj.")
    assert mention.theme == "trygghetsvandring"
    assert mention.surface == f"Vi har {text} i maj."[mention.start : mention.end]


def test_decomposed_letters_are_read_as_composed_ones():
    text = unicodedata.normalize("NFD", "Vår åtgärdsplan är känd.")
    (mention,) = mentions(text)
    assert mention.theme == "atgardsplan"
    assert unicodedata.normalize("NFC", mention.surface) == "åtgärdsplan"


def test_an_invisible_character_after_a_word_is_not_part_of_it():
    (mention,) = mentions("EST\u200b är här, nivå\u00ad.")
    assert mention.surface == "EST"


def test_a_ligature_counts_as_its_letters():
    text = "Vi stöttar o\ufb03ciellt avhoppare"
    (mention,) = mentions(text)
    assert mention.surface == "avhoppare"


@pytest.mark.parametrize("text", ["", " ", "SSPF", "sspf", "-", "\n\n", "\u00ad", "1", "…"])
def test_the_shortest_comments(text):
    assert themes(text) == (["sspf"] if "sspf" in text.lower() else [])


@pytest.mark.parametrize(
    "piece",
    [
        "SSPF ",
        "inte SSPF ska om de ",
        "a",
        "<",
        "&",
        "- ",
        "vålds-, drog- och ",
        "rekrytering till ",
        "(",
        ".",
        "ä\u00ad",
        "<a ",
        "Vi har SSPF. ",
    ],
)
def test_a_large_comment_of_one_kind_is_read_in_bounded_time(piece):
    found = mentions(piece * (100_000 // len(piece)))
    assert len(found) == (100_000 // len(piece)) * piece.count("SSPF")
    assert all(len(mention.sentence) <= 2100 for mention in found)


def test_a_comment_of_a_megabyte():
    text = "Vi bor här i området och tycker om det, och SSPF finns. " * 18_000
    assert len(mentions(text)) == 18_000


PHRASES = (
    "SSPF SIG sig EST trygghetsvandringar vålds- drogförebyggande och eller inte ingen , . ska "
    "planerar rekrytering till kriminella nätverk Ester Karlsson <b> åtgärdsplan/BID - ( ) SKA"
)
WORDS = st.sampled_from([*PHRASES.split(), "\n\n", "\u00ad", "å", "e\u0301", "\ufb01", "”", "  "])


@settings(max_examples=100, deadline=None)
@given(st.lists(st.one_of(WORDS, st.text(max_size=5)), max_size=25).map(" ".join))
def test_every_place_is_right_whatever_the_text(text):
    found = mentions(text)
    assert found == mentions(text)
    assert found == sorted(found, key=lambda m: (m.start, m.end, m.theme))
    for mention in found:
        assert 0 <= mention.start < mention.end <= len(text)
        assert text[mention.start : mention.end] == mention.surface
        assert mention.surface.strip() == mention.surface
        assert mention.cue in text
        if mention.assertion is not Assertion.AFFIRMED:
            assert mention.cue


@settings(max_examples=200, deadline=None)
@given(st.text(alphabet="ab <>&;\u00ad\u200b\u0301\n\t\ufb01å-", max_size=40))
def test_the_mapping_back_from_the_cleaned_text_is_right(text):
    cleaned = clean(text)
    for place, character in enumerate(cleaned.text):
        start, end = cleaned.source_span(place, place + 1)
        assert 0 <= start < end <= len(text)
        if character.isalpha() and text[start:end].isascii():
            assert text[start:end] == character


def test_spacy_users_find_the_themes_in_doc_spans():
    nlp = build_pipeline(builtin_taxonomy())
    doc = nlp("Vi har SSPF. Grannsamverkan saknas.")
    spans = doc.spans["themes"]
    assert [(span.text, span.label_, span.id_) for span in spans] == [
        ("SSPF", "sspf", "sspf~") if spans[0].id_ == "sspf~" else ("SSPF", "sspf", "SSPF"),
        ("Grannsamverkan", "grannsamverkan", "grannsamverkan~"),
    ]
    assert [sentence.text for sentence in doc.sents] == ["Vi har SSPF.", "Grannsamverkan saknas."]


def test_a_pattern_is_named_with_the_mention_that_it_found():
    ((mention, pattern),) = tagger_for(builtin_taxonomy()).explained("En ideell förenings möte")
    assert (mention.surface, pattern) == ("ideell förenings", "ideell förening")


def test_a_users_themes_are_found_and_dropped_ones_are_not(tmp_path):
    path = tmp_path / "egna.toml"
    path.write_text(
        "extends = true\n"
        'drop = ["sspf", "mini_sspf", "atagandeplan"]\n'
        '[[themes]]\nid = "cykelpolis"\nsv = "Cykelpolis"\nen = "Bike police"\n'
        'group = "narvaro"\nwords = ["cykelpolis~"]\n',
        encoding="utf-8",
    )
    found = tag([answer(1, "Cykelpoliserna och SSPF.")], user_taxonomy(path))
    assert [m.theme for m in found] == ["cykelpolis"]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("lägesbilderna", "lägesbild"),
        ("kartlagt", "kartlägga"),
        ("kriminellt", "kriminella"),
        ("nätverken", "nätverk"),
        ("rekryteringen", "rekrytering"),
        ("bedrägerierna", "bedrägeri"),
    ],
)
def test_inflections_share_a_key(one, other):
    assert base_key(one) == base_key(other)


@pytest.mark.parametrize(
    ("one", "other"), [("fältet", "fält"), ("fältare", "fältet"), ("sig", "sikt"), ("drog", "dra")]
)
def test_short_words_keep_to_themselves(one, other):
    assert base_key(one) != base_key(other)


def test_keys_of_names_heads_and_near_misses():
    keys = KeyMaker(["SSPF", "Mini-SSPF", "UngSydväst"], ["lägesbild"], ["åtgärdsplan"])
    assert keys.key("SSPF-koordinatorns") == keys.key("SSPF:s") == "!SSPF"
    assert keys.key("Mini-SSPF") == "!Mini-SSPF"
    assert keys.key("UngSydvst") == "!UngSydväst"
    assert keys.key("lägesbildsarbete") == "~lägesbild"
    assert keys.key("åtgärdsplna") == keys.key("åtgärdsplanen") == base_key("åtgärdsplan")
    assert keys.key("kunskapsfält") == base_key("kunskapsfält")


def test_a_set_matches_each_of_its_words(tmp_path):
    path = tmp_path / "egna.toml"
    path.write_text(
        'extends = true\n[sets]\nplats = ["torg", "parkering"]\n'
        '[[themes]]\nid = "skrap"\nsv = "Skräp"\nen = "Litter"\ngroup = "miljo"\n'
        'words = ["skräpiga {plats}"]\n',
        encoding="utf-8",
    )
    texts = ["Skräpiga torg.", "En skräpig parkering.", "Skräpiga gator."]
    found = tag([answer(n, text) for n, text in enumerate(texts, 1)], user_taxonomy(path))
    assert [m.position for m in found] == [1, 2]


def test_a_debatable_pattern_gives_a_debatable_mention():
    found = mentions("Fältet möter föreningar i lägesbilden.")
    assert [(m.theme, m.certainty) for m in found if m.theme != "faltarbete"] == [
        ("civilsamhalle", Certainty.DEBATABLE),
        ("lagesbild", Certainty.CLEAR),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "Nyrekrytering av socialsekreterare går trögt.",
        "Konsultfirman BID AB har anlitats.",
        "Mötet hölls klockan 15 EST.",
        "Uppsökande tandvård erbjuds.",
        "Vi mötte Komet FK i finalen.",
    ],
)
def test_guards_exclude_other_senses(text):
    assert themes(text) == []


@pytest.mark.parametrize(
    ("text", "theme"),
    [
        ("Unga rekryteras av kriminella nätverk.", "nyrekrytering"),
        ("Barn lockas in i gängkriminalitet.", "nyrekrytering"),
        ("Hon vill ta sig ur kriminaliteten.", "avhoppare"),
        ("Han har lämnat gänget.", "avhoppare"),
        ("Nattvandrargrupperna är fem.", "foreningsvandring"),
        ("Drogmarknaden har flyttat.", "narkotika"),
        ("Bob-råden träffas.", "bob"),
        ("Informationsutbytet fungerar.", "sekretess"),
        ("Lokala BRÅ träffas i maj.", "brottsforebyggande"),
    ],
)
def test_paraphrases_compounds_and_small_letters(text, theme):
    assert theme in themes(text)


def test_the_open_part_of_a_list_does_not_hide_a_listed_word():
    assert themes("Alkohol- och drogförebyggande insatser") == ["andts"]
