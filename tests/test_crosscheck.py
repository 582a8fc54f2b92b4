"""Two readers' reports of one file: agreement, differing fields, rows that one of them lost."""

from dataclasses import replace

from extractors.crosscheck import CODE, compare, reconcile
from models.report import Answer, Problem, Report, Section, Severity, Status


def answer(position: int, question: str, comment: str = "Ingen ändring.", **fields: str) -> Answer:
    section = fields.get("section", "1.1")
    return Answer(
        position,
        section,
        f"{section}/#{position}",
        None,
        question,
        "",
        fields.get("answer", "Ja"),
        "yes",
        comment,
        page_first=position,
    )


QUESTIONS = (
    "Har ni en plan mot klotter?",
    "Finns rutiner för orosanmälan?",
    "Deltar ni i lokal samverkan?",
)
ANSWERS = tuple(answer(number, question) for number, question in enumerate(QUESTIONS, start=1))
FIRST = Report(
    "a" * 16,
    "rapport.pdf",
    reader="pdfium",
    answers=ANSWERS,
    sections=(Section("1.1", "Trygga platser", 2),),
    confidence=1.0,
)
SECOND = replace(FIRST, reader="plumber")


def test_reports_that_agree_stay_as_they_are():
    report = reconcile(FIRST, SECOND)
    assert report.problems == ()
    assert report.answers == FIRST.answers
    assert (report.reader, report.confidence, report.status) == ("both", 1.0, Status.OK)


def test_differences_in_spaces_are_not_a_disagreement():
    spaced = replace(SECOND, answers=(answer(1, "Har ni  en\nplan mot klotter?"), *ANSWERS[1:]))
    assert compare(FIRST, spaced) == []


def test_a_differing_comment_is_a_problem_and_halves_the_confidence():
    other = replace(
        SECOND,
        answers=(ANSWERS[0], answer(2, QUESTIONS[1], "Ingen ändring sedan i våras."), ANSWERS[2]),
    )
    report = reconcile(FIRST, other)
    (problem,) = report.problems
    assert (problem.code, problem.position, problem.page) == (CODE, 2, 2)
    assert "comment" in problem.message
    assert "“Ingen ändring.”" in problem.message
    assert "“Ingen ändring sedan i våras.”" in problem.message
    assert [own.confidence for own in report.answers] == [1.0, 0.5, 1.0]
    assert report.answers[1].flags == (CODE,)
    assert report.confidence == 0.833


def test_long_values_are_shown_where_they_begin_to_differ():
    long = "Samma inledning. " * 20
    one = replace(FIRST, answers=(answer(1, QUESTIONS[0], long + "Slut ett."),))
    other = replace(SECOND, answers=(answer(1, QUESTIONS[0], long + "Slut två."),))
    (problem,) = compare(one, other)
    assert "Slut ett." in problem.message
    assert "Slut två." in problem.message
    assert len(problem.message) < 300


def test_a_row_that_the_second_reader_lost():
    report = reconcile(FIRST, replace(SECOND, answers=(ANSWERS[0], ANSWERS[2])))
    (problem,) = report.problems
    assert problem.position == 2
    assert "only pdfium finds this row" in problem.message
    assert report.answers[1].confidence == 0.5


def test_a_row_that_the_first_reader_lost_has_no_position_but_a_page():
    report = reconcile(replace(FIRST, answers=ANSWERS[1:]), SECOND)
    (problem,) = report.problems
    assert (problem.position, problem.page) == (None, 1)
    assert "only plumber finds this row" in problem.message


def test_a_question_that_differs_a_little_is_the_same_row():
    other = replace(SECOND, answers=(answer(1, "Har ni en plan mot klot ter?"), *ANSWERS[1:]))
    (problem,) = compare(FIRST, other)
    assert "question" in problem.message


def test_sections_that_only_one_finds_or_that_differ():
    other = replace(
        SECOND, sections=(Section("1.1", "Trygga", 2), Section("1.2", "Skola", 2, page=4))
    )
    first, second = compare(FIRST, other)
    assert "Section 1.1" in first.message
    assert "Only plumber finds section 1.2" in second.message
    assert second.page == 4


def test_if_one_reader_fails_the_other_is_used_with_a_problem():
    reason = Problem(Severity.ERROR, "broken-pdf", "The file is no whole PDF.", stage="read")
    failed = Report("a" * 16, "rapport.pdf", status=Status.FAILED, problems=(reason,))
    for report in (reconcile(FIRST, failed), reconcile(failed, FIRST)):
        assert report.answers == FIRST.answers
        assert "Only pdfium could read the report" in report.problems[-1].message


def test_when_both_fail_the_reason_stays():
    reason = Problem(Severity.ERROR, "scan", "Page 1 is a picture.", page=1, stage="read")
    failed = Report("a" * 16, "rapport.pdf", status=Status.FAILED, problems=(reason,))
    report = reconcile(failed, failed)
    assert report.status is Status.FAILED
    assert report.problems == (reason,)
