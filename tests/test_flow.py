"""Dumps with one cell after another: whole boards, known questions, and arbitrary lines."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import example, given, settings
from hypothesis import strategies as st

from extractors.checks import untiled
from extractors.layout.dumps import flow
from extractors.readers import text
from extractors.readers.errors import ReadError
from extractors.rules import builtin_forms
from extractors.structure.build import Structure, build
from models.document import Document
from models.form import Form, KnownQuestion
from models.report import Answer
from pipeline.evaluation.alignment import align
from pipeline.evaluation.scores import FIELDS
from tests.generator import make_board, render
from tests.producers.scoring import is_doubted

SEEDS = range(2000, 2040)
FORM = builtin_forms()[0]


def structure(document: Document, form: Form) -> Structure:
    return build(document, flow.layout(document, form), form)


def wrong(expected: Answer | None, found: Answer | None) -> bool:
    if expected is None or found is None:
        return True
    return any((getattr(expected, name) or "") != (getattr(found, name) or "") for name in FIELDS)


def shows_doubt(found: Answer | None) -> bool:
    return found is not None and is_doubted(found)


def test_forty_boards_that_no_rule_was_tuned_on(form, capsys):
    rows = exact = false = unflagged = flagged_exact = 0
    for seed in SEEDS:
        rendered = render(make_board(seed), "dump", seed)
        document = text.read(rendered.data)
        found = structure(document, form)
        assert not list(untiled(document, found.parts)), seed
        pairs = align(rendered.truth.answers, found.answers)
        misses = [wrong(*pair) for pair in pairs]
        rows += len(rendered.truth.answers)
        for place, (expected, answer) in enumerate(pairs):
            false += expected is None
            if not misses[place]:
                exact += 1
                flagged_exact += bool(answer and answer.answer and shows_doubt(answer))
                continue
            # A row that is missing shows in the row beside it that swallowed it.
            beside = range(max(0, place - 1), min(len(pairs), place + 2))
            seen = [place] if answer is not None else [near for near in beside if misses[near]]
            unflagged += not any(shows_doubt(pairs[near][1]) for near in seen)
    with capsys.disabled():
        print(
            f"\ndumps cell after cell, seeds {SEEDS.start}-{SEEDS.stop - 1}: {exact} of {rows} rows"
            f" whole and exact ({exact / rows:.2%}), {false} false, {unflagged} wrong without a"
            f" flag, {flagged_exact / exact:.1%} of the exact rows flagged"
        )
    assert exact >= 0.99 * rows
    assert false == 0
    assert unflagged == 0
    assert flagged_exact < 0.12 * exact


def test_known_questions_make_cut_rows_exact_and_certain(form):
    """Boards whose cut question cells nothing else decides."""
    for seed in (10, 27, 30, 36):
        rendered = render(make_board(seed), "dump", seed)
        known = tuple(
            KnownQuestion(question=answer.question, detail=answer.detail)
            for answer in rendered.truth.answers
        )
        found = structure(text.read(rendered.data), form.model_copy(update={"questions": known}))
        expected = {answer.key: answer for answer in rendered.truth.answers}
        assert {answer.key for answer in found.answers} == set(expected)
        for answer in found.answers:
            truth = expected[answer.key]
            assert (answer.question, answer.detail) == (truth.question, truth.detail)
            assert answer.comment == truth.comment


FRAGMENTS = st.sampled_from(
    [
        "Uppföljningsfrågor Svar Kommentar",
        "Uppföljningsfrågor Svarsalternativ med kommentar",
        "Frågor",
        "Svar med kommentar",
        "1.1 Trygga platser",
        "1 Plan för trygga stråk,",
        "Anvisning",
        "Ska ej besvaras av parknämnden",
        "Har ni en plan?",
        "Strategi 1:1 Planen ska vara känd",
        "1:2:1 Används planen?",
        "Förväntat resultat: Fler känner sig",
        "Ja",
        " Ja",
        " Delvis Vi har börjat.",
        "pågår.",
        "och det går bra.",
        "14. Flera har hört av sig",
        "• möten med boende",
        "4 (12)",
        "",
        " ",
        "  ",
        "\f",
    ]
)


@settings(max_examples=150, deadline=None)
@example(
    ["Frågor", "1.1 Trygga platser", "\f", "Svar med kommentar", "1.1 Trygga platser"],
    False,
)
@given(st.lists(st.one_of(FRAGMENTS, st.text(max_size=30)), max_size=40), st.booleans())
def test_any_lines_are_tiled(lines, stripped):
    own = [line.strip(" ") if stripped else line for line in lines]
    try:
        document = text.read("\n".join(own).encode("utf-8", "replace"))
    except ReadError:
        # Empty and binary files never come to layout.
        return
    assert not list(untiled(document, structure(document, FORM).parts))


def test_no_row_is_lost_if_spaces_were_stripped(form):
    rendered = render(make_board(3), "dump", 3)
    document = text.read(rendered.data)
    pages = [
        replace(page, lines=tuple(line._replace(text=line.text.strip()) for line in page.lines))
        for page in document.pages
    ]
    found = structure(replace(document, pages=tuple(pages)), form)
    pairs = align(rendered.truth.answers, found.answers)
    assert all(answer is not None for _, answer in pairs)
    assert all(shows_doubt(answer) for expected, answer in pairs if expected is None)


def test_an_answer_before_a_repeated_header_stays_in_its_row():
    """A repeated column header without any trace of a page break was taken for a new table."""
    dump = """1 Trygga platser

Uppföljningsfrågor Svar Kommentar

1:3:1 Har planen övats?

 Ja Vi har övat planen i maj.

1:3:2 Har det skett någon
förändring?

 Ja, delvis IT-stödet är gammalt och byts ut under
nästa år. Om bidraget från
Uppföljningsfrågor Svar Kommentar

staten uteblir får vi vänta.
"""
    document = text.read(dump.encode())
    first, second = structure(document, FORM).answers
    assert (second.key, second.answer) == ("1/1:3:2", "Ja, delvis")
    assert second.comment == (
        "IT-stödet är gammalt och byts ut under nästa år. "
        "Om bidraget från staten uteblir får vi vänta."
    )
    assert first.comment == "Vi har övat planen i maj."
