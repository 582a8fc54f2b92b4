"""How wide the columns of a dump are, by the font that explains where lines end."""

from __future__ import annotations

from itertools import pairwise

import pytest

from extractors.layout.dumps.letters import EVEN, Measure, builtin_measures, load_measures
from extractors.layout.dumps.widths import Wrap, fit
from models.rules_file import RuleFileError

TEXT = (
    "Nämnden har under våren gått igenom alla lekplatser, gångvägar och cykelställ i de södra "
    "stadsdelarna och mätt hur mycket ljus som når marken efter klockan tjugo. Till hösten byts "
    "de trettio sämsta armaturerna ut, och föreningarna får veta i förväg när arbetet börjar så "
    "att träningstider kan flyttas. Mimmi Wiik på fastighetskontoret samlar frågor från boende, "
    "vilka besvaras varje fredag på webben; i januari redovisas allt för utskottet. Illa skyltade "
    "stigar, till exempel vid Lilla Tjärns fritidsgård, har fått nya skyltar i lättläst stil. "
)


def wrapped(text: str, measure: Measure, limit: float) -> list[str]:
    """Returns a text as lines that are no longer than a limit, each as full as can be."""
    lines = [""]
    for word in text.split():
        longer = f"{lines[-1]} {word}".strip()
        if measure(longer) > limit:
            lines.append(word)
        else:
            lines[-1] = longer
    return lines


@pytest.mark.parametrize("number", range(len(builtin_measures())))
def test_width_is_that_of_the_font_whose_letters_explain_the_ends_of_lines(number: int) -> None:
    measure = builtin_measures()[number]
    lines = wrapped(3 * TEXT, measure, 42.5)
    width = fit([Wrap(*pair) for pair in pairwise(lines)], lines)
    assert width.misfit == 0
    assert width.limit == pytest.approx(
        42.5 * width.measure(lines[0]) / measure(lines[0]), rel=0.05
    )
    assert all(width.room(*pair) < 0 for pair in pairwise(lines))
    assert width.room("Arbetet fortsätter enligt", "plan.") > 0


def test_a_paragraph_that_ends_early_had_room_in_its_own_font_alone() -> None:
    # Narrow letters: by their number the line is full, by their width it is not.
    arial = builtin_measures()[1]
    lines = wrapped(3 * TEXT, arial, 42.5)
    width = fit([Wrap(*pair) for pair in pairwise(lines)], lines)
    line = "till fritidsklubbar i tillfälliga lokaler i"
    assert EVEN(line) > 42.5
    assert width.room(line, "Vi") > 0


def test_width_of_few_lines_is_not_trusted() -> None:
    width = fit([], ["Rutinen är beslutad och alla chefer", "känner till den."])
    assert (width.limit, width.full) == (35, pytest.approx(0.8 * 35))


def test_a_file_of_fonts_that_cannot_be_used_names_the_key(tmp_path) -> None:
    path = tmp_path / "letter-widths.toml"
    path.write_text('[[fonts]]\nname = "Arial"\nusual = 0\nwidths = { 11 = "ijl" }\n', "utf-8")
    with pytest.raises(RuleFileError, match=r"letter-widths.toml.*fonts.*usual"):
        load_measures(path)
