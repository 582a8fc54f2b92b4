"""Page breaks: the text of rows on both sides of one, as evidence of a cut row."""

from __future__ import annotations

from extractors.layout.cells.cues import asks, openness, reference_parts
from extractors.layout.cells.openings import is_unfinished, opens_detail
from extractors.layout.decoding.evidence import Evidence
from extractors.layout.rows.page_break import Break, breaks_before

_REFERENCE_REACH = 40
_HYPHENS = "-,\u2010\u00ad"
_MOST_WHITE = 8.0


# -- question cells


def _no_question(at: Break) -> float:
    return not at.after.question


def _remark(at: Break) -> float:
    return at.after.question.startswith("(") and at.before.question.endswith("?")


def _bold(at: Break) -> float:
    return at.habits.bold and at.after.opens_bold


def _bold_after_bold(at: Break) -> float:
    return at.habits.bold and at.after.opens_bold and at.before.ends_bold


def _regular(at: Break) -> float:
    return at.habits.bold and bool(at.after.question) and not at.after.opens_bold


def _lower(at: Break) -> float:
    return at.after.question[:1].islower()


def _question_breaks(at: Break) -> float:
    """Whether the question's last line was left with room for the next word."""
    return breaks_before(at.before.question_room, at.after.question)


def _question_open(at: Break) -> float:
    return openness(at.before.question, at.form) if at.after.question else 0.0


def _question_never_ends(at: Break) -> float:
    return bool(at.after.question) and openness(at.before.question, at.form) == 1.0


def _question_divided(at: Break) -> float:
    return bool(at.after.question) and at.before.question[-1:] in tuple(_HYPHENS)


def _reference_divided(at: Break) -> float:
    """Whether a reference such as "Insats 2:4" begins on one side and ends on the other."""
    tail, opening = at.before.question[-_REFERENCE_REACH:], at.after.question[:_REFERENCE_REACH]
    return any(
        match.start() < len(tail) < match.start("ref") + 1
        for pattern in at.form.reference_patterns
        for match in pattern.finditer(f"{tail} {opening}")
    )


def _detail(at: Break) -> float:
    parts = reference_parts(at.after.question, at.form)
    return opens_detail(at.after.question, at.form) or (
        parts > 0 and parts not in at.habits.numbered
    )


def _numbered(at: Break) -> float:
    return reference_parts(at.after.question, at.form) in (at.habits.numbered or (-1,))


def _asks_again(at: Break) -> float:
    return at.habits.asks and asks(at.after.question, at.form) and asks(at.before.question, at.form)


def _asks_again_aligned(at: Break) -> float:
    return at.habits.aligned if _asks_again(at) else 0.0


def _asks_now(at: Break) -> float:
    return (
        at.habits.asks
        and asks(at.after.question, at.form)
        and not asks(at.before.question, at.form)
    )


def _asked_before(at: Break) -> float:
    return (
        at.habits.asks
        and bool(at.after.question)
        and asks(at.before.question, at.form)
        and not asks(at.after.question, at.form)
    )


# -- answers and comments


def _answer_again(at: Break) -> float:
    return at.after.answer and at.before.answer


def _answer_now(at: Break) -> float:
    return at.after.answer and not at.before.answer


def _answer_before_question(at: Break) -> float:
    """Whether the text at the bottom of the page has an answer but no question."""
    return bool(at.before.answer or at.before.comment) and not at.before.question


def _comment_only(at: Break) -> float:
    return bool(at.after.comment) and not at.after.answer and bool(at.before.answer)


def _comment_after_comment(at: Break) -> float:
    return bool(at.after.comment) and not at.after.answer and bool(at.before.comment)


def _question_only(at: Break) -> float:
    return not at.after.comment and not at.after.answer


def _comment_lower(at: Break) -> float:
    return not at.after.answer and at.after.comment[:1].islower()


def _comment_breaks(at: Break) -> float:
    return not at.after.answer and breaks_before(at.before.comment_room, at.after.comment)


def _comment_open(at: Break) -> float:
    return bool(at.after.comment) and not at.after.answer and is_unfinished(at.before.comment)


def _comment_closed(at: Break) -> float:
    comment = at.before.comment
    return bool(comment) and bool(at.after.comment) and not is_unfinished(comment)


def _comment_lost(at: Break) -> float:
    """Whether the comment breaks off and is not continued."""
    return is_unfinished(at.before.comment) and (at.after.answer or not at.after.comment)


# -- what is drawn


def _closed(at: Break) -> float:
    return bool(at.closed) * (1 - at.closed_share)


def _left_open(at: Break) -> float:
    return at.closed_share if at.closed is False else 0.0


def _opened(at: Break) -> float:
    return bool(at.opened) * (1 - at.opened_share)


def _not_opened(at: Break) -> float:
    return at.opened_share if at.opened is False else 0.0


def _other_shade(at: Break) -> float:
    return at.shades_differ is True


def _same_shade(at: Break) -> float:
    return at.shades_differ is False


def _white(at: Break) -> float:
    return min(at.white, _MOST_WHITE) / _MOST_WHITE


def _some_white(at: Break) -> float:
    return at.white > 2.0


def _told_anew(at: Break) -> float:
    return at.told_apart is True


def _told_on(at: Break) -> float:
    return at.told_apart is False


EVIDENCE: tuple[Evidence[Break], ...] = (
    Evidence("page: a new page", lambda at: 1.0),
    Evidence("page: the table's head is repeated", lambda at: at.repeated),
    Evidence("page: no question", _no_question),
    Evidence("page: a remark in brackets after a question", _remark),
    Evidence("page: bold, as questions are", _bold),
    Evidence("page: bold after bold", _bold_after_bold),
    Evidence("page: regular, where questions are bold", _regular),
    Evidence("page: a small letter", _lower),
    Evidence("page: the question above had room for more", _question_breaks),
    Evidence("page: the question cell above is open", _question_open),
    Evidence("page: the question cell above cannot end there", _question_never_ends),
    Evidence("page: a word or list is divided", _question_divided),
    Evidence("page: a reference is divided", _reference_divided),
    Evidence("page: a label or reference", _detail),
    Evidence("page: a number, as questions have", _numbered),
    Evidence("page: asks after a question that asked", _asks_again),
    Evidence("page: asks again, where answers stand beside questions", _asks_again_aligned),
    Evidence("page: asks after one that did not", _asks_now),
    Evidence("page: asks not after a question that asked", _asked_before),
    Evidence("page: an answer after an answer", _answer_again),
    Evidence("page: an answer after none", _answer_now),
    Evidence("page: no question stood above the answer", _answer_before_question),
    Evidence("page: a comment without answer after an answer", _comment_only),
    Evidence("page: a comment without answer after a comment", _comment_after_comment),
    Evidence("page: nothing beside the question", _question_only),
    Evidence("page: the comment goes on with a small letter", _comment_lower),
    Evidence("page: the comment above had room for more", _comment_breaks),
    Evidence("page: the comment above is open", _comment_open),
    Evidence("page: the comment above is closed", _comment_closed),
    Evidence("page: the comment above is open and none goes on", _comment_lost),
    Evidence("page: closed below, where most are open", _closed),
    Evidence("page: open below, where most are closed", _left_open),
    Evidence("page: closed above, where most are open", _opened),
    Evidence("page: open above, where most are closed", _not_opened),
    Evidence("page: another shade", _other_shade),
    Evidence("page: the same shade", _same_shade),
    Evidence("page: white at the foot", _white),
    Evidence("page: more than two lines white at the foot", _some_white),
    Evidence("page: a new row by the file's tags", _told_anew),
    Evidence("page: the same row by the file's tags", _told_on),
)
