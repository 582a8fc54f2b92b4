"""`svar accuracy`: intervals and weights against published values, and what is left out."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from click.testing import CliRunner, Result
from scipy.stats import binomtest

from models.report import Status, from_json
from pipeline.checking.accuracy import measure, weighted, wilson
from pipeline.checking.judged import digests
from pipeline.checking.sampled import open_units
from pipeline.checking.sampling import By, draw, read_units
from pipeline.checking.sentences import remarks, sentence
from pipeline.checking.session import resume
from pipeline.checking.verdicts import Drawn, Judgement, Verdict, agreement, append, verdict_file
from pipeline.cli.accuracy import command
from tests import checking_helpers as made


@pytest.mark.parametrize(
    ("right", "judged", "low", "high"),
    [
        (81, 263, 0.2553, 0.3662),  # Newcombe 1998, table I, method 3
        (15, 148, 0.0624, 0.1605),
        (0, 20, 0.0000, 0.1611),
        (1, 29, 0.0061, 0.1718),
        (59, 60, 0.911449, 0.997052),  # statsmodels 0.15.0, proportion_confint, wilson
        (60, 60, 0.939828, 1.0),
        (0.975 * 41.6, 41.6, 0.874240, 0.995450),
        (0.9 * 25.5, 25.5, 0.727109, 0.968153),
    ],
)
def test_interval_has_the_published_values(
    right: float, judged: float, low: float, high: float
) -> None:
    assert wilson(right, judged) == pytest.approx((low, high), abs=5e-5)


@pytest.mark.parametrize(("right", "judged"), [(0, 1), (1, 1), (3, 7), (59, 60), (999, 1000)])
def test_interval_is_that_of_scipy(right: int, judged: int) -> None:
    interval = binomtest(right, judged).proportion_ci(0.95, method="wilson")
    assert wilson(right, judged) == pytest.approx((interval.low, interval.high), abs=1e-12)


STRATA = [(1500, 30, 29), (100, 20, 15), (40, 10, 10)]
"""Answers, judged, right. Weighted by statsmodels 0.15.0: 0.954268, effective 35.548506."""


def test_weighting_has_the_values_of_statsmodels() -> None:
    share = weighted(STRATA)
    assert share.share == pytest.approx(0.9542682926829268)
    assert (share.low, share.high) == pytest.approx((0.8311080120708093, 0.9888246394388335))
    assert (share.right, share.judged) == (54, 60)


def test_weighting_is_the_average_of_numpy() -> None:
    outcome = np.concatenate([[1] * r + [0] * (n - r) for _, n, r in STRATA])
    weights = np.concatenate([[size / n] * n for size, n, _ in STRATA])
    assert weighted(STRATA).share == pytest.approx(np.average(outcome, weights=weights))


def test_one_stratum_is_not_weighted() -> None:
    share = weighted([(1640, 60, 59)])
    assert (share.share, share.low, share.high) == pytest.approx((59 / 60, *wilson(59, 60)))


def verdict(position: int, judgement: str, reviewer: str = "Kim", **changes: object) -> Verdict:
    base = Verdict(
        reviewer, "0" * 16, position, "1/#1", Judgement(judgement), Drawn(7, None, 60, 1640), "x"
    )
    return replace(base, **changes)  # type: ignore[arg-type]


ALL = {("0" * 16, n): "" for n in range(1, 1641)}


def sixty() -> list[Verdict]:
    wrong = verdict(60, "wrong", wrong={"comment": None})
    return [*(verdict(n, "right") for n in range(1, 60)), wrong]


def test_sentence_is_that_of_the_example() -> None:
    assert sentence(measure(sixty(), ALL), "comment", "en") == (
        "In a random sample of 60 of 1,640 answers (seed 7), 59 comments were right: 98.3 %, "
        "95 % confidence interval 91.1 to 99.7."
    )


def test_sentence_speaks_swedish() -> None:
    assert sentence(measure(sixty(), ALL), "comment", "sv") == (
        "I ett slumpmässigt stickprov om 60 av 1\u00a0640 svar (frö 7) var 59 kommentarer rätt: "
        "98,3 %, 95 % konfidensintervall 91,1 till 99,7."
    )


def test_all_right_never_reads_as_certain() -> None:
    rights = [verdict(n, "right") for n in range(1, 61)]
    text = sentence(measure(rights, ALL), "comment", "en")
    assert text.endswith("60 comments were right: 100.0 %, 95 % confidence interval 94.0 to 100.0.")


def test_unsure_and_missing_verdicts_are_reported() -> None:
    accuracy = measure([verdict(1, "right"), verdict(2, "unsure")], ALL)
    assert (accuracy.judged, accuracy.unsure) == (1, 1)
    assert remarks(accuracy) == [
        "58 of 60 answers in the sample have no verdict yet.",
        "1 answers are left out: reviewers were unsure.",
    ]


def test_harsher_verdict_counts_where_reviewers_disagree() -> None:
    both = [verdict(1, "right"), verdict(1, "wrong", "Noor", wrong={"answer": "Nej"})]
    fields = measure(both, ALL).fields
    assert (fields["answer"].right, fields["comment"].right, fields["all"].right) == (0, 1, 0)


def test_strata_without_a_verdict_are_reported() -> None:
    strata = {place: "yes" if place[1] > 40 else "no" for place in ALL}
    accuracy = measure([verdict(100, "right")], strata)
    assert accuracy.unseen_strata == 40
    assert "do not cover them" in remarks(accuracy)[-1]


def test_kappa_has_the_published_value() -> None:
    """Cohen's kappa of the table 20, 5 / 10, 15 is 0.4 (statsmodels 0.15.0, cohens_kappa)."""
    table = {("right", "right"): 20, ("right", "wrong"): 5, ("wrong", "right"): 10}
    pairs = [pair for pair, count in table.items() for _ in range(count)]
    pairs += [("wrong", "wrong")] * 15
    first = [verdict(n, a) for n, (a, _) in enumerate(pairs)]
    second = [verdict(n, b, "Noor") for n, (_, b) in enumerate(pairs)]
    count, share, kappa = agreement(first, second)
    assert (count, share) == (50, 0.7)
    assert kappa == pytest.approx(0.4)


def accuracy(*arguments: object) -> Result:
    return CliRunner().invoke(
        command, [str(a) for a in arguments], standalone_mode=False, catch_exceptions=False
    )


@pytest.fixture
def judged(tmp_path: Path) -> Path:
    """Datasets of 40 answers of which 10 are judged by Kim, one of them wrong."""
    reports = made.many(2, 20)
    folder = made.write_datasets(tmp_path / "out", *reports)
    drawn = Drawn(7, None, 10, 40)
    for n, answer in enumerate(reports[0].answers[:10], 1):
        wrong = {"comment": "Rätt text."} if n == 3 else {}
        given = Verdict(
            "Kim",
            reports[0].report_id,
            answer.position,
            answer.key,
            Judgement.WRONG if wrong else Judgement.RIGHT,
            drawn,
            digests(reports[0])[reports[0].report_id, answer.position],
            wrong,
        )
        append(folder, [given])
    return folder


def test_command_ends_in_the_sentence(judged: Path) -> None:
    assert accuracy(judged).output.splitlines()[-1] == (
        "In a random sample of 10 of 40 answers (seed 7), 9 comments were right: 90.0 %, "
        "95 % confidence interval 59.6 to 98.2."
    )


def test_json_has_every_field(judged: Path) -> None:
    sample = json.loads(accuracy(judged, "--json").output)["samples"][0]
    assert sample["fields"]["comment"]["right"] == 9
    assert sample["fields"]["answer"]["right"] == 10


def test_verdicts_on_another_reading_are_left_out(judged: Path) -> None:
    first = made.many(2, 20)[0]
    changed = replace(first.answers[2], comment="Annan läsning.")
    answers = (*first.answers[:2], changed, *first.answers[3:])
    made.write_datasets(judged, replace(first, answers=answers), made.many(2, 20)[1])
    result = accuracy(judged)
    assert "1 verdicts are left out" in result.stderr
    assert "9 of 40 answers" in result.output


def test_gold_has_the_corrected_text_and_only_what_is_known(judged: Path, tmp_path: Path) -> None:
    accuracy(judged, "--gold", tmp_path / "gold")
    (path,) = (tmp_path / "gold").iterdir()
    report = from_json(path.read_bytes())
    assert len(report.answers) == 10
    assert report.status == Status.PARTIAL
    assert report.answers[2].comment == "Rätt text."


def test_gold_leaves_out_a_wrong_field_without_its_text(judged: Path, tmp_path: Path) -> None:
    path = judged / verdict_file("Kim")
    path.write_text(path.read_text().replace('"Rätt text."', "null"))
    accuracy(judged, "--gold", tmp_path / "gold")
    (path,) = (tmp_path / "gold").iterdir()
    assert len(from_json(path.read_bytes()).answers) == 9


def test_failed_reports_are_reported(judged: Path) -> None:
    assert accuracy(judged).stderr == ""
    made.write_datasets(judged, *made.many(2, 20), made.failed())
    assert "1 of 3 reports could not be read" in accuracy(judged).stderr


def test_no_verdicts_is_an_error_that_says_what_to_do(tmp_path: Path) -> None:
    folder = made.write_datasets(tmp_path / "out", *made.many(1, 3))
    result = CliRunner().invoke(command, [str(folder)])
    assert result.exit_code == 2
    assert "svar review" in result.stderr


def test_broken_verdict_file_names_the_line(judged: Path) -> None:
    path = judged / verdict_file("Kim")
    path.write_text(path.read_text() + '{"reviewer": "Kim"}\n')
    result = CliRunner().invoke(command, [str(judged)])
    assert result.exit_code == 2
    assert "line 11" in result.stderr


def test_line_that_was_cut_by_a_kill_is_left_out(judged: Path) -> None:
    path = judged / verdict_file("Kim")
    path.write_text(path.read_text() + '{"reviewer": "Ki')
    assert "9 comments" in " ".join(accuracy(judged).output.split())


def test_stratified_review_is_weighted_back(tmp_path: Path) -> None:
    """Of 96 yes and 24 no, 6 each are judged; all yes are right, half of the no are wrong."""
    folder = made.write_datasets(tmp_path / "out", *made.many(6, 20))
    sample = draw(read_units(folder, By.CODE), 12, 7, By.CODE)
    session = resume(folder, "Kim", sample, open_units(folder, sample.units))
    seen = 0
    while not session.finished:
        no = session.item[0].stratum == "no"
        seen += no
        wrong = no and seen % 2 == 0
        session.judge(
            Judgement.WRONG if wrong else Judgement.RIGHT, {"comment": None} if wrong else {}
        )
    result = accuracy(folder, "--json")
    (measured,) = json.loads(result.output)["samples"]
    share = measured["fields"]["comment"]
    assert (share["right"], share["judged"]) == (9, 12)
    assert share["share"] == pytest.approx((96 * 1.0 + 24 * 0.5) / 120)
    text = accuracy(folder, "--field", "comment").output
    assert "stratified by answer code (seed 7), 9 comments were right; weighted to" in text


def test_two_reviewers_get_an_agreement_figure(judged: Path) -> None:
    path = judged / verdict_file("Kim")
    lines = path.read_text().replace('"Kim"', '"Noor"').splitlines(keepends=True)
    (judged / verdict_file("Noor")).write_text("".join(lines[:2] + lines[3:]))
    assert "Kim and Noor both judged 9 answers: 100.0 % agreement, Cohen's kappa 1.00." in " ".join(
        accuracy(judged).output.split()
    )
