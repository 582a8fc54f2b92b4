"""Differences between two years: boards, questions, answers, comments and themes.

Unlike `pipeline.checking.comparison`, which compares two readings of the same reports, this
allows for changes in the questionnaire: questions are matched by their wording, not by their
number alone, and ambiguous matches are marked.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from models.report import Report
from pipeline.checking.names import Aliases
from pipeline.checking.years.answers import AnswerPair, answer_pairs
from pipeline.checking.years.boards import Boards, pair_boards
from pipeline.checking.years.questions import Match, match_questions
from pipeline.checking.years.themes import ThemeChange, theme_changes


@dataclass(frozen=True, slots=True)
class Years:
    """The differences between two years.

    Attributes:
        boards: Which boards are in both years and which are not.
        questions: Every question of either year, with its counterpart.
        answers: Answers from boards in both years to questions in both years, board by board.
        themes: Themes that boards in both years added, dropped, or now mention differently.
    """

    boards: Boards
    questions: tuple[Match, ...]
    answers: tuple[AnswerPair, ...]
    themes: tuple[ThemeChange, ...]


def compare_years(old: Sequence[Report], new: Sequence[Report], aliases: Aliases) -> Years:
    """Compares two years.

    Args:
        old: The reports of the earlier year.
        new: The reports of the later year.
        aliases: Alternative names of boards.
    """
    boards = pair_boards(old, new, aliases)
    questions = match_questions(old, new)
    answers = tuple(pair for both in boards.pairs for pair in answer_pairs(both, questions))
    themes = tuple(change for both in boards.pairs for change in theme_changes(both))
    return Years(boards, questions, answers, themes)
