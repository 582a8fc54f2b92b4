"""How lines meet: hyphens, slashes, dashes and addresses; nothing else is changed."""

from __future__ import annotations

import textwrap

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from extractors.extract import extract_bytes
from extractors.layout.blocks import Cell, Paragraph, Piece
from extractors.line_ends.joiner import LineJoiner, reads_on
from extractors.line_ends.paragraph_ends import may_break_off
from extractors.rules import builtin_forms
from extractors.themes import builtin_taxonomy
from models.document import Line

LABELS = builtin_forms()[0].labels

UNDIVIDED = tuple("Vi arbetar med trygghet i hela staden, och det går bra" for _ in range(80))
"""A report long enough to tell that it divides no words."""
DIVIDED = (*UNDIVIDED, "Vi arbetar med utbild-", "ning och samver-", "kan i fler områd-", "en.")
"""A report that divides words."""


def joiner(*lines: str) -> LineJoiner:
    return LineJoiner(lines, LABELS.conjunctions, LABELS.kept_hyphens)


def join(*lines: str, report: tuple[str, ...] = ()) -> str:
    return joiner(*report, *lines).join(lines)


def is_sure(*lines: str, report: tuple[str, ...] = ()) -> bool:
    pieces = [Piece(Line(n, text, None, None), 0, len(text)) for n, text in enumerate(lines)]
    return joiner(*report, *lines).is_sure((Paragraph(pieces),))


@pytest.mark.parametrize(
    ("lines", "text"),
    [
        (["Ett litet ", " ord  till"], "Ett litet ord till"),
        (["", "  ", "ord"], "ord"),
        (["platsen -", "som är ny"], "platsen - som är ny"),
        (["tid – ", "eller rum"], "tid – eller rum"),
        (["måndag–", "fredag"], "måndag–fredag"),
        (["dagtid–", "eller kvällstid"], "dagtid– eller kvällstid"),
        (["åren 2022-", "2025"], "åren 2022-2025"),
        (["åren 2022–", "2025"], "åren 2022–2025"),
        (["perioden 2024-", "12-31"], "perioden 2024-12-31"),
        (["2024-01-01-", "-2027-12-31"], "2024-01-01--2027-12-31"),
        (["ett 3-", "årigt projekt"], "ett 3-årigt projekt"),
        (["och/", "eller"], "och/eller"),
        (["elev /", "förälder"], "elev / förälder"),
        (["30 km/", "h"], "30 km/h"),
        (["SSPF-", "koordinator"], "SSPF-koordinator"),
        (["mini-", "SSPF"], "mini-SSPF"),
        (["Stratsys-", "rapport"], "Stratsys-rapport"),
        (["trygghets\u00ad", "vandringar"], "trygghetsvandringar"),
        (["”Trygg”-", "projektet"], "”Trygg”-projektet"),
    ],
)
def test_lines_become_text(lines: list[str], text: str) -> None:
    assert join(*lines, report=UNDIVIDED) == text
    assert is_sure(*lines, report=UNDIVIDED)


@pytest.mark.parametrize("report", [UNDIVIDED, DIVIDED, ()])
@pytest.mark.parametrize(
    ("lines", "text"),
    [
        (["vålds- ", "och drogförebyggande"], "vålds- och drogförebyggande"),
        (["ungdoms-", "och/eller familjebehandling"], "ungdoms- och/eller familjebehandling"),
        (["för-", "respektive nackdelar"], "för- respektive nackdelar"),
        (["våra e-", "tjänster"], "våra e-tjänster"),
        (["nytt it-", "stöd"], "nytt it-stöd"),
        (["via sms-", "utskick"], "via sms-utskick"),
    ],
)
def test_hyphens_that_stay_in_any_report(report: tuple[str, ...], lines: list[str], text: str):
    assert join(*lines, report=report) == text


@pytest.mark.parametrize("tail", ["vandringarna", "arbetet", "skapande"])
def test_a_report_that_divides_words_has_its_compounds_in_one(tail: str) -> None:
    assert join("trygghets-", tail, report=DIVIDED) == f"trygghets{tail}"
    assert join("trygghets-", tail, report=UNDIVIDED) == f"trygghets-{tail}"


def test_how_the_report_writes_a_word_decides_first() -> None:
    lines = ["arbete med kamera-", "projekt"]
    assert join(*lines, report=DIVIDED) == "arbete med kameraprojekt"
    assert (
        join(*lines, report=(*DIVIDED, "Ett kamera-projekt pågår.")) == "arbete med kamera-projekt"
    )
    assert (
        join(*lines, report=(*UNDIVIDED, "Ett kameraprojekt pågår.")) == "arbete med kameraprojekt"
    )


@pytest.mark.parametrize("word", ["gemen-samt", "lång-samt", "model-ler", "uppmärk-samt"])
def test_a_divided_word_can_end_like_a_conjunction(word: str) -> None:
    head, tail = word.split("-")
    assert join(f"{head}-", tail, report=DIVIDED) == head + tail
    elsewhere = (*UNDIVIDED, f"Vi har {head}{tail} ord.")
    assert join(f"{head}-", tail, report=elsewhere) == head + tail


def test_a_name_with_a_capital_inside_is_divided_if_the_report_has_it() -> None:
    assert join("UngS-", "ydväst", report=("Samarbetet UngSydväst växer.",)) == "UngSydväst"
    assert join("UngSydväst-", "samarbetet", report=DIVIDED) == "UngSydväst-samarbetet"
    assert not is_sure("Ung-", "Sydväst", report=DIVIDED)
    assert is_sure("mini-", "SSPF", report=(*DIVIDED, "Samarbetet mini-SSPF växer."))


@pytest.mark.parametrize(
    ("lines", "text"),
    [
        (["se www.almhamn.se/", "trygghet/stod."], "se www.almhamn.se/trygghet/stod."),
        (["på almhamn.se/e-", "tjanster och"], "på almhamn.se/e-tjanster och"),
        (["https://", "www.almhamn.se"], "https://www.almhamn.se"),
        (["Se www.", "almhamn.se/unga/stod, som"], "Se www.almhamn.se/unga/stod, som"),
        (["https://statistik.", "almhamn.se/?ar=1 nu"], "https://statistik.almhamn.se/?ar=1 nu"),
        (["på www.almhamn.", "se/stod nu"], "på www.almhamn.se/stod nu"),
        (["https://almhamn.se/rutin_for_hot-", "och-vald.pdf"],
         "https://almhamn.se/rutin_for_hot-och-vald.pdf"),
        (["https://almhamn.se/lagesbild-", "2025 är"], "https://almhamn.se/lagesbild-2025 är"),
        (["https://almhamn.se/?", "omrade=hamnvik"], "https://almhamn.se/?omrade=hamnvik"),
        (["https://www.almhamn.se/mycket-langt-na", "mn/pa-sidan.html och"],
         "https://www.almhamn.se/mycket-langt-namn/pa-sidan.html och"),
        (["anna-karin.af-", "ekenstam@almhamn.se"], "anna-karin.af-ekenstam@almhamn.se"),
        (["stod-", "och-samordning@almhamn.se"], "stod-och-samordning@almhamn.se"),
        (["se almhamn.se/stod", "och intranätet"], "se almhamn.se/stod och intranätet"),
        (["se www.almhamn.se/", "och intranätet"], "se www.almhamn.se/ och intranätet"),
        (["se www.almhamn.se.", "Vi svarar"], "se www.almhamn.se. Vi svarar"),
        (["se http://intranat.alm\u2010", "hamn.se nu"], "se http://intranat.almhamn.se nu"),
        (["https://almhamn.se/rutin.", "pdf?version=2 sedan i våras."],
         "https://almhamn.se/rutin.pdf?version=2 sedan i våras."),
        (["ligger på http://intran", "at.almhamn.se/rutin"], "ligger på http://intranat.almhamn.se/rutin"),
        (["(www.almhamn.se/trygghet/lages", "bild)"], "(www.almhamn.se/trygghet/lagesbild)"),
        (["till stod@norrangen.almhamn.", "se eller ring"],
         "till stod@norrangen.almhamn.se eller ring"),
        (["se www.almhamn.se/?ar=2025", ". Sedan"], "se www.almhamn.se/?ar=2025. Sedan"),
        (["till stod@norrangen.", "almhamn.se eller ring"],
         "till stod@norrangen.almhamn.se eller ring"),
        (["trygghet@almhamn.se", "010-555 12 34"], "trygghet@almhamn.se 010-555 12 34"),
    ],
)  # fmt: skip
def test_an_address_continues_on_the_next_line(lines: list[str], text: str) -> None:
    assert join(*lines, report=UNDIVIDED) == text


def test_a_report_divides_words_also_where_their_first_letters_are_words() -> None:
    """Where words were divided only after "an-", "själ-" and "rap-", all hyphens were kept."""
    divided = (*UNDIVIDED, "enligt planens an-", "svar för det", "Vi själ-", "va skriver en rap-")
    assert join("mål, arbetsfor-", "mer", report=(*divided, "port")) == "mål, arbetsformer"
    assert is_sure("mål, arbetsfor-", "mer", report=(*divided, "port"))


def test_a_fragment_that_is_not_a_word_belongs_to_a_divided_word_in_any_report() -> None:
    """A program can write one hyphen as another, where its font lacks it: "of-|fentligt"."""
    assert join("ett of-", "fentligt rum", report=UNDIVIDED) == "ett offentligt rum"
    assert join("via brottsof-", "ferjouren", report=UNDIVIDED) == "via brottsofferjouren"
    assert join("ett it-", "stöd", report=UNDIVIDED) == "ett it-stöd"
    assert join("som hbtqi-", "certifierats", report=UNDIVIDED) == "som hbtqi-certifierats"


def test_a_hyphen_in_an_address_divides_a_word_in_a_report_that_divides_words() -> None:
    assert join("till trygg-", "het@almhamn.se", report=DIVIDED) == "till trygghet@almhamn.se"
    kept = join("till stod-", "och-samordning@almhamn.se", report=DIVIDED)
    assert kept == "till stod-och-samordning@almhamn.se"


def test_a_hyphen_that_words_never_have_was_inserted() -> None:
    """Browsers and WeasyPrint divide words with a hyphen of its own kind, U+2010."""
    report = (
        *UNDIVIDED,
        "Arbetet leds av en SSPF-grupp i kamera\u2010",
        "projekt med barn-",
        "vakt.",
    )
    assert join("ett kamera\u2010", "projekt", report=report) == "ett kameraprojekt"
    assert join("en lång\u2010", "samt väg", report=report) == "en långsamt väg"
    assert join("stod\u2010", "ning@almhamn.se", report=report) == "stodning@almhamn.se"
    assert join("med barn-", "vakt", report=report) == "med barn-vakt"


@pytest.mark.parametrize(
    ("lines", "text"),
    [
        (["samordnare/utvecklingsledar", "e i stan"], "samordnare/utvecklingsledare i stan"),
        (["I medborgarundersökninge", "n uppger"], "I medborgarundersökningen uppger"),
        (["se htt", "ps://statistik.almhamn.se/a"], "se https://statistik.almhamn.se/a"),
        (["se https:", "//statistik.almhamn.se/a"], "se https://statistik.almhamn.se/a"),
        (["till anna-karin.ek", "enstam@almhamn.se"], "till anna-karin.ekenstam@almhamn.se"),
        (["lämnas till", "samordning@almhamn.se"], "lämnas till samordning@almhamn.se"),
        (["samordning", "trygghetsarbetet"], "samordning trygghetsarbetet"),
        (["trygghet@norrangen.almhamn.", "se eller"], "trygghet@norrangen.almhamn.se eller"),
        (["samordning@norrangen.almhamn.s", "e eller"], "samordning@norrangen.almhamn.se eller"),
        (["Gruppvåldsinterven", "tion (GVI) används"], "Gruppvåldsintervention (GVI) används"),
    ],
)  # fmt: skip
def test_a_word_wider_than_its_column_is_put_together(lines: list[str], text: str) -> None:
    assert join(*lines, report=UNDIVIDED) == text


ORDINARY = (
    *UNDIVIDED,
    "Planen för i år gäller, och av den framgår att vi ska till, om och över från och med",
    "Vi tar upp vår ny plan under våren. Den är ny för alla, efter beslut av nämnden.",
)


@pytest.mark.parametrize("before", ["Ingår i planen", "Se redovisningen", "Finns det rutiner"])
@pytest.mark.parametrize("word", ["för", "av", "om", "till", "över", "efter", "vår", "ny", "upp"])
@pytest.mark.parametrize(
    "below",
    [
        "sommarverksamheten",
        "bildningsförvaltningen",
        "delaktighetsarbetet",
        "brottsutvecklingen",
        "studieverksamheten",
        "skrivningarna",
    ],
)
def test_a_short_word_keeps_its_space_before_a_compound_that_no_list_has(
    before: str, word: str, below: str
) -> None:
    """The widest line of a paragraph of two lines says little on how wide the column is."""
    lines = (f"{before} {word}", f"{below}.")
    assert join(*lines, report=ORDINARY) == f"{before} {word} {below}."
    assert is_sure(*lines, report=ORDINARY)


@pytest.mark.parametrize(
    ("lines", "told"),
    [
        (("Läget i för", "skoleverksamheten"), "Förskolechefen leder arbetet."),
        (("Läget i stort om", "vårdnadsfrågorna"), "Vi ger omvårdnad varje dag."),
        (("Ansvar för be", "redskapsarbetet"), ""),
    ],
)
def test_two_words_that_may_be_one_that_was_cut_are_doubted(
    lines: tuple[str, str], told: str
) -> None:
    assert join(*lines, report=(*ORDINARY, told)) == " ".join(lines)
    assert not is_sure(*lines, report=(*ORDINARY, told))


@pytest.mark.parametrize(
    "lines",
    [
        ("Ansvar för somma", "rverksamheten"),
        ("Leds av bildningsf", "örvaltningen i staden"),
        ("I vår delaktighetsarbe", "tet sker"),
        ("Se över brottsut", "vecklingen i år"),
    ],
)
def test_a_compound_cut_within_a_word_is_put_together(lines: tuple[str, str]) -> None:
    assert join(*lines, report=ORDINARY) == "".join(lines)


def test_a_word_over_three_lines_is_one_even_if_its_first_two_parts_are_a_word() -> None:
    lines = ("Ansvar för ver", "ksamhetssystem", "en")
    assert join(*lines, report=("Verksamhetssystemen ses över.",)).endswith("verksamhetssystemen")
    assert join(*lines, report=("Verksamhetssystem ses över.",)).endswith("verksamhetssystem en")


ADDRESSES = (
    *UNDIVIDED,
    "Frågor om lokaler besvaras av stod-och-samordning@norrangen.almhamn.se",
    "Rutinen finns på www.almhamn.se/barn-och-unga/stod-i-foraldraskapet",
    "Eller på http://intranat.almhamn.se/styrdokument/rutin_for_hot-och-vald.pdf",
    "Eller på www.almhamn.se/trygghet/lagesbild",
    *("Vi hänvisar till kommunens tjänst.",) * 3,
)
"""A report that writes its addresses on one line elsewhere."""


LONG_ADDRESSES = (
    "Tips lämnas till stod-och-samordning@norrangen.almhamn.se eller på telefon.",
    "Se www.almhamn.se/barn-och-unga/stod-i-foraldraskapet, som är ny.",
    "Rutinen ligger på http://intranat.almhamn.se/styrdokument/rutin_for_hot-och-vald.pdf.",
    "Utgå från egna iakttagelser (www.almhamn.se/trygghet/lagesbild) Åtgärder",
)


@pytest.mark.parametrize("width", range(20, 36))
@pytest.mark.parametrize("before", ["", "Vi", "I år", "Alla vet", "Och dessutom"])
@pytest.mark.parametrize("text", LONG_ADDRESSES)
def test_an_address_wider_than_its_column_is_put_together(
    text: str, before: str, width: int
) -> None:
    """Some programs fill a line with as many letters of a long word as it holds."""
    text = f"{before} {text}".strip()
    lines = textwrap.wrap(text, width, break_on_hyphens=False)
    assert join(*lines, report=ADDRESSES) == text
    assert join(*lines, report=UNDIVIDED) == text or not is_sure(*lines, report=UNDIVIDED)


def test_a_mail_address_that_opens_a_line_keeps_the_space_before_it() -> None:
    address = "stod-och-samordning@norrangen.almhamn.se"
    assert join("Vi hänvisar till", address, report=ADDRESSES) == f"Vi hänvisar till {address}"
    assert is_sure("Vi hänvisar till", address, report=ADDRESSES)


def test_a_bracket_that_ends_a_line_opens_before_the_next() -> None:
    lines = ["egna iakttagelser (", "www.almhamn.se/trygghet/lagesbild) riktas"]
    assert join(*lines) == "egna iakttagelser (www.almhamn.se/trygghet/lagesbild) riktas"


def test_a_long_word_alone_on_its_line_that_may_be_cut_is_flagged() -> None:
    """Browsers put a word that is wider than its column on a line of its own before they cut it."""
    ending = ("medborgarundersökning", "en uppger att de är", "trygga")
    assert not is_sure(*ending, report=UNDIVIDED)
    assert is_sure("medborgarundersökning", "gjordes i hela staden", report=UNDIVIDED)
    told = (*UNDIVIDED, "Enligt medborgarundersökningen är de flesta trygga i Vik")
    assert join(*ending, report=told) == "medborgarundersökningen uppger att de är trygga"
    assert is_sure(*ending, report=told)


@pytest.mark.parametrize(
    ("lines", "text"),
    [
        (["Stödet", "för vuxnas", "receptio", "n på torg"], "Stödet för vuxnas reception på torg"),
        (["minskat i", "Ekhagen", ". Vi ser"], "minskat i Ekhagen. Vi ser"),
        (["av stads", "delen"], "av stads delen"),
    ],
)  # fmt: skip
def test_words_cut_by_a_narrow_column_are_put_together_or_doubted(
    lines: list[str], text: str
) -> None:
    assert join(*lines, report=UNDIVIDED) == text or not is_sure(*lines, report=UNDIVIDED)
    assert not is_sure("trygghet", "en har", "ökat", report=UNDIVIDED)
    assert not is_sure("Sociala", "konsekvens", "analyser", report=UNDIVIDED)
    assert is_sure("Sociala frågor i", "förskola", "behandlas nu", report=UNDIVIDED)
    assert not is_sure("med 30", "fältassistent", "er som", "arbetar", report=UNDIVIDED)


def test_what_cannot_be_decided_is_not_sure() -> None:
    assert not is_sure("drog-", "förebyggande")
    assert is_sure("drog-", "förebyggande", report=DIVIDED)
    assert is_sure("drog-", "förebyggande", report=UNDIVIDED)
    assert not is_sure("se www.almhamn.se/", "trygghet", report=UNDIVIDED)
    assert not is_sure("e-", "post", report=("Skriv e-post till oss.", "Skriv epost till oss."))


@pytest.mark.parametrize(
    ("text", "goes_on"),
    [("och/", True), ("2024-", True), ("barn-", True), ("tid –", False), ("slut.", False)],
)
def test_a_line_that_reads_on_ends_no_paragraph(text: str, goes_on: bool) -> None:
    assert reads_on(text) is goes_on


@given(st.lists(st.text(), max_size=6))
def test_no_letter_is_lost_or_added(lines: list[str]) -> None:
    plain = {ord(letter): None for letter in "-\u2010\u2011\u00ad"}
    letters = "".join("".join(lines).split()).translate(plain)
    assert "".join(join(*lines).split()).translate(plain) == letters


PHRASES = st.one_of(
    st.sampled_from(
        ["vålds- och drogvanor", "och/eller", "– och", "- samt", "2024-2027", "12–14", "(SIG)"]
    ),
    st.sampled_from(["30 km/h", "SSPF-grupp", "e-post", "a@b.se, www.b.se.", "”Trygg", "in”."]),
    st.text("abcdeåäö", min_size=1, max_size=9),
)


@given(st.lists(PHRASES, min_size=1, max_size=30), st.integers(8, 60))
@example(["e-post", "åa"], 8)
def test_text_broken_at_spaces_is_restored(phrases: list[str], width: int) -> None:
    text = " ".join(phrases)
    lines = textwrap.wrap(text, width, break_long_words=False, break_on_hyphens=False)
    assert join(*lines, report=UNDIVIDED) == text
    if width >= 30:  # in narrower columns, a line may be as much of a word as it holds
        assert is_sure(*lines, report=UNDIVIDED)


@given(st.lists(PHRASES, min_size=1, max_size=30))
def test_text_on_one_line_stays(phrases: list[str]) -> None:
    assert join(" ".join(phrases)) == " ".join(phrases)


def test_a_dump_with_columns_laid_out_with_spaces_does_not_show_where_paragraphs_end() -> None:
    """Its empty lines are those of the whole page: a row that could be split otherwise says so."""
    text = (
        "1 Skolan\n\n"
        "Uppföljningsfråga                        Svar med kommentar\n\n"
        "Har ni rutiner för larm?                 Ja\n\n"
        "                                         Alla enheter har rutiner.\n"
        "                                         Larmen provas varje månad.\n\n"
        "Har ni vakter på kvällarna?              Nej\n\n"
        "                                         Det behövs inte i dag\n"
    )
    first, second = extract_bytes(
        text.encode(), "dump.txt", builtin_forms(), builtin_taxonomy()
    ).answers
    assert "join-uncertain" in first.flags
    assert "join-uncertain" not in second.flags


def test_a_paragraph_that_opens_within_a_sentence_is_doubted() -> None:
    def cell(*paragraphs: str) -> Cell:
        return tuple(
            (Piece(Line(number, text, 1), 0, len(text)),)
            for number, text in enumerate(paragraphs, 1)
        )

    assert may_break_off(cell("Vi arbetar med", "skolor och polis."))
    assert not may_break_off(cell("Vi arbetar så här:", "skolor först."))
    assert not may_break_off(cell("Vi arbetar.", "Skolor först."))
    assert not may_break_off(cell("Rubrik utan punkt", "Skolor först."))


def test_the_letter_of_an_item_does_not_open_within_a_sentence() -> None:
    items = ("a) karta över otrygga platser", "b) vandringar med de boende")
    cell = tuple((Piece(Line(n, text, 1), 0, len(text)),) for n, text in enumerate(items, 1))
    assert not may_break_off(cell)


@pytest.mark.parametrize(
    ("lines", "text"),
    [
        (["en drop-", "in-mottagning"], "en drop-in-mottagning"),
        (["en drop-in-", "mottagning"], "en drop-in-mottagning"),
        (["våra Stratsys-", "rapporter"], "våra Stratsys-rapporter"),
    ],
)
def test_a_hyphen_of_a_name_or_a_phrase_is_kept_but_doubtful_if_words_are_divided(
    lines: list[str], text: str
) -> None:
    """LaTeX divides words at their own hyphens too: "dropin-mottagning", "Stratsysrapporter"."""
    assert join(*lines, report=DIVIDED) == text
    assert not is_sure(*lines, report=DIVIDED)


def test_an_ending_of_few_letters_is_not_part_of_a_compound() -> None:
    """Where hardly a word is divided, "ing-|en" was kept and nothing said so."""
    assert not is_sure("det gav ing-", "en tydlig bild", report=UNDIVIDED)


@pytest.mark.parametrize(
    "lines",
    [
        ["till stod-och-samord-", "ning@almhamn.se nu"],
        ["till trygg-", "het@almhamn.se nu"],
        ["på almhamn.se/e-tjanster/an-", "mal-klotter nu"],
    ],
)
def test_a_hyphen_in_an_address_is_doubted_where_words_are_divided(lines: list[str]) -> None:
    """Typst and LaTeX divide addresses too; only the report's other lines can tell."""
    assert not is_sure(*lines, report=DIVIDED)
    assert is_sure(*lines, report=UNDIVIDED)
    whole = "".join(lines).replace("samord-", "samord").replace("gg-", "gg").replace("an-m", "anm")
    assert join(*lines, report=(*DIVIDED, f"{whole} och sedan")) == whole
    kept = "".join(lines)
    assert join(*lines, report=(*DIVIDED, f"{kept} och sedan")) == kept


def test_a_hyphen_that_a_program_sets_after_a_sentence_does_not_glue_the_next_one_to_it() -> None:
    """react-pdf ends some full lines so: "ägarna.-E-tjänster" had carried no doubt."""
    lines = ("Vi mötte fastighetsägarna.-", "E-tjänster har ersatt papper.")
    assert join(*lines) == "Vi mötte fastighetsägarna.- E-tjänster har ersatt papper."
    assert not is_sure(*lines)
