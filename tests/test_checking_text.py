"""Text from reports on its way to the eye: marks, places, and what must be spelled out."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from models.report import Assertion, Mention
from pipeline.checking.locate import Char, locate
from pipeline.checking.marks import label, plain, runs
from pipeline.checking.shown import DIRECTIONS, place, visible

ALPHABET = "aå -\n[]{}"


@st.composite
def marked(draw: st.DrawFn) -> tuple[str, list[Mention]]:
    """A comment with mentions anywhere: within each other, and across."""
    comment = draw(st.text(ALPHABET, min_size=1, max_size=40))
    spans = draw(st.lists(st.tuples(st.integers(0, 39), st.integers(1, 40)), max_size=5))
    return comment, [mention(comment, a, b) for a, b in spans if a < b <= len(comment)]


def mention(comment: str, start: int, end: int, theme: str = "t") -> Mention:
    return Mention(1, theme, "g", comment[start:end], start, end, comment)


@given(marked())
def test_runs_joined_are_the_comment(case: tuple[str, list[Mention]]) -> None:
    comment, mentions = case
    cut = runs(comment, mentions)
    assert "".join(run.text for run in cut) == comment
    assert sum(len(run.opens) for run in cut) == len(mentions)
    assert sum(len(run.closes) for run in cut) == len(mentions)


def test_mention_within_a_mention_has_its_own_brackets() -> None:
    comment = "vi har Mini-SSPF här"
    outer, inner = mention(comment, 7, 16, "mini_sspf"), mention(comment, 12, 16, "sspf")
    assert plain(comment, [inner, outer]) == "vi har [Mini-[SSPF]{sspf}]{mini_sspf} här"


def test_label_says_assertion_and_cue_only_where_there_is_one() -> None:
    base = mention("abc", 0, 1, "sspf")
    planned = Mention(1, "sspf", "g", "a", 0, 1, "abc", Assertion.PLANNED, "ska")
    bare = Mention(1, "sspf", "g", "a", 0, 1, "abc", Assertion.PLANNED)
    assert [label(m) for m in (base, planned, bare)] == [
        "sspf",
        "sspf, planned: ska",
        "sspf, planned",
    ]


@given(marked())
def test_mentions_are_found_again_in_the_characters_of_the_comment(
    case: tuple[str, list[Mention]],
) -> None:
    """With each character its own place, the places of a mention are its own characters."""
    comment, mentions = case
    chars = [Char(char, n) for n, char in enumerate(comment)]
    for found, places in locate(comment, mentions, chars):
        own = [n for n in range(found.start, found.end) if comment[n] not in " \n-"]
        assert places == own


def test_mention_over_a_line_end_hyphen_is_found() -> None:
    chars = [Char(char, n) for n, char in enumerate("fält-\nassistenter på fält")]
    ((_, places),) = locate(
        "fältassistenter på fält", [mention("fältassistenter på fält", 19, 23)], chars
    )
    assert places == [21, 22, 23, 24]


def test_mention_that_is_not_there_has_no_place() -> None:
    ((_, places),) = locate("sspf", [mention("sspf", 0, 4)], [Char("x", 1)])
    assert places == []


@given(st.text())
def test_shown_text_has_no_control_and_no_direction_marks(text: str) -> None:
    shown = visible(text)
    assert not set(shown) & set(DIRECTIONS)
    assert all(char == "\n" or ord(char) >= 32 for char in shown)
    assert visible(shown) == shown


def test_plain_swedish_text_is_shown_as_it_is() -> None:
    text = "Våld i nära relation – 5 % «åäö»\u00a0kr\nny rad"
    assert visible(text) == text


def test_places_are_named_as_people_would() -> None:
    assert place(3, 3) == "page 3"
    assert place(3, 4) == "pages 3–4"
    assert place(None, None, 7, 9) == "lines 7–9"
    assert place(None, None) == ""
