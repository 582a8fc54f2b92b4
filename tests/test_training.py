"""The true labels of a dump's units, from what its report says."""

from __future__ import annotations

from models.report import Answer
from tests.training.gold_units import Told, tell


def answer(position: int, question: str, detail: str, said: str, comment: str) -> Answer:
    return Answer(position, "1", f"1/{position}", None, question, detail, said, "yes", comment)


ANSWERS = [
    answer(1, "Finns en plan?", "Strategi 1:1 Planen ska vara känd av alla.", "Ja", "Den är ny."),
    answer(2, "Används den?", "", "Nej", "Inte än. Vi börjar\n\ni höst."),
]


def test_units_are_labelled_with_their_cell():
    units = ["Finns en plan?", "Strategi 1:1 Planen ska vara känd av alla.", "Ja", "Den är ny."]
    assert [told.label for told in tell(units, ANSWERS)] == [
        "question",
        "detail",
        "answer",
        "comment",
    ]


def test_rest_of_a_question_cell_after_the_answer_is_a_tail():
    units = ["Finns en plan?", "Strategi 1:1 Planen ska", "Ja", "vara känd av alla.", "Den är ny."]
    told = tell(units, ANSWERS)
    assert told[1] == Told("detail", begins=True)
    assert told[3] == Told("tail", begins=False)


def test_paragraphs_of_a_comment_begin():
    units = ["Används den?", "Nej", "Inte än.", "Vi börjar", "i höst."]
    told = tell(units, ANSWERS)
    assert [one.label for one in told[2:]] == ["comment"] * 3
    assert [one.begins for one in told[2:]] == [True, False, True]


def test_running_header_is_other_and_two_cells_on_one_line_are_unknown():
    units = [
        "Finns en plan?",
        "Kommunens samlade rapport",
        "Strategi 1:1 Planen ska vara Ja",
        "känd av alla.",
    ]
    assert [told.label for told in tell(units, ANSWERS)][1:3] == ["other", ""]


def test_answer_and_comment_on_one_line_are_an_answer():
    units = ["Används den?", "Nej Inte än.", "Vi börjar", "i höst."]
    assert [told.label for told in tell(units, ANSWERS)][1] == "answer"
