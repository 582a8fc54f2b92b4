"""What each column of a table seems to hold, and why."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import product

from extractors.suggesting.cues import Cues, matches
from extractors.suggesting.profiles import Profile

SURE = 4.0
"""Minimum points for a role not to be marked as a guess."""
_LEAST = 1.5
_TRIED = 3
_SHORT = 32
_LONG = 60
_OPENED = 0.6
_LEAST_ASKED = 12
_MOST_WORDS = 8
_PLACED = ("question", "answer", "comment", "ref", "section")


@dataclass(frozen=True)
class Hint:
    """Evidence for or against a role of a column."""

    holds: str
    points: float
    why: str


@dataclass(frozen=True)
class Role:
    """What a column seems to hold.

    Attributes:
        holds: Like `holds` of a form's column.
        points: Weight of the evidence for it.
        why: The evidence for it, strongest first.
    """

    holds: str
    points: float
    why: tuple[str, ...]

    @property
    def is_guess(self) -> bool:
        """Whether a person should check it."""
        return self.points < SURE


def roles_of(profiles: Sequence[Profile], cues: Cues) -> list[Role]:
    """Returns what each column holds: the assignment with the strongest evidence."""
    ticked = _tick_columns(profiles)
    rest = [profile for profile in profiles if profile.place not in ticked]
    hints = {profile.place: list(_hints(profile, cues)) for profile in rest}
    points = {
        (place, holds): sum(hint.points for hint in own if hint.holds == holds)
        for place, own in hints.items()
        for holds in _PLACED
    }
    placed = [holds for holds in _PLACED if not (ticked and holds == "answer")]
    best = max(
        product(*(_choices(holds, rest, points) for holds in placed)),
        key=lambda places: _worth(places, placed, points),
    )
    chosen = {place: holds for place, holds in zip(best, placed, strict=True) if place is not None}
    return _with_answer_before_comment(profiles, chosen, hints, cues) or [
        Role("tick", SURE, ("a mark in one of several columns is the answer",))
        if profile.place in ticked
        else _role(profile, chosen.get(profile.place, "other"), hints[profile.place])
        for profile in profiles
    ]


def completed(pairs: Sequence[tuple[Profile, Role]]) -> list[tuple[Profile, Role]]:
    """Returns columns with question and answer roles assigned by position, if none has them.

    The question is the leftmost column full of different texts; the column to its right is the
    answer if it is short, otherwise the comment. Both are guesses.
    """
    roles = dict(enumerate(role for _, role in pairs))
    held = {role.holds for role in roles.values()}
    free = [own for own, role in pairs if role.holds in {"other", "comment"} and own.filled]
    asks = [own for own in free if own.is_varied and own.share > 0.9 and own.length > _LEAST_ASKED]
    if "question" not in held and asks:
        roles[asks[0].place] = _guess("question", "it is the first column full of different texts")
        free.remove(asks[0])
    if held.isdisjoint({"answer", "answer_comment", "tick"}):
        rest = [own for own in free if roles[own.place].holds == "other"]
        for profile in rest[:1]:
            holds = "answer" if profile.length <= _SHORT else "comment"
            if holds not in {role.holds for role in roles.values()}:
                roles[profile.place] = _guess(holds, "no other column seems to hold answers")
    return [(profile, roles[profile.place]) for profile, _ in pairs]


def _guess(holds: str, why: str) -> Role:
    return Role(holds, 0.0, (why,))


def _with_answer_before_comment(
    profiles: Sequence[Profile],
    chosen: dict[int, str],
    hints: dict[int, list[Hint]],
    cues: Cues,
) -> list[Role] | None:
    """The roles if the cells of one column open with an answer and continue with a comment."""
    if len(hints) < len(profiles):
        return None
    for profile in profiles:
        opened = [line for line in profile.openings if len(line) <= _SHORT and cues.code_of(line)]
        many = len(opened) >= _OPENED * max(1, len(profile.openings))
        if profile.has_few or not many or len({*opened}) > _MOST_WORDS:
            continue
        if chosen.get(profile.place) in {"question", "ref", "section"}:
            continue
        rest = {p: h for p, h in chosen.items() if h not in {"answer", "comment"}}
        if len(rest) < len(chosen) - 1 and "answer" in chosen.values():
            continue
        why = f"its cells begin with an answer, such as {opened[0]}, followed by other text"
        return [
            Role("answer_comment", SURE, (why,))
            if own.place == profile.place
            else _role(own, rest.get(own.place, "other"), hints[own.place])
            for own in profiles
        ]
    return None


def _choices(
    holds: str, profiles: Sequence[Profile], points: dict[tuple[int, str], float]
) -> list[int | None]:
    """The columns that may have a role, most likely first, then None."""
    likely = sorted(profiles, key=lambda profile: -points[profile.place, holds])
    places = [own.place for own in likely[:_TRIED] if points[own.place, holds] >= _LEAST]
    return [*places, None]


def _worth(
    places: Sequence[int | None], placed: Sequence[str], points: dict[tuple[int, str], float]
) -> float:
    taken = [place for place in places if place is not None]
    if len(taken) != len(set(taken)):
        return -1.0
    return sum(
        points[place, holds]
        for place, holds in zip(places, placed, strict=True)
        if place is not None
    )


def _role(profile: Profile, holds: str, hints: Sequence[Hint]) -> Role:
    own = sorted((hint for hint in hints if hint.holds == holds), key=lambda hint: -hint.points)
    why = tuple(hint.why for hint in own if hint.points > 0)
    if holds == "other":
        return Role(holds, SURE, why or ("nothing suggests a question, an answer or a comment",))
    return Role(holds, sum(hint.points for hint in own), why)


def _tick_columns(profiles: Sequence[Profile]) -> frozenset[int]:
    """Columns that hold only marks, one of them in each row."""
    marked = [profile for profile in profiles if profile.ticks == 1.0 and profile.share < 0.95]
    if len(marked) < 2:
        return frozenset()
    rows = list(zip(*(profile.values for profile in marked), strict=True))
    once = sum(sum(map(bool, row)) == 1 for row in rows)
    return frozenset(own.place for own in marked) if once >= 0.7 * len(rows) else frozenset()


def _hints(profile: Profile, cues: Cues) -> Iterator[Hint]:
    yield from _of_head(profile, cues)
    yield from _of_fill(profile)
    yield from _of_values(profile, cues)
    yield from _of_reports(profile)


def _of_head(profile: Profile, cues: Cues) -> Iterator[Hint]:
    for holds, phrases in cues.heads.items():
        if strength := matches(profile.head, phrases):
            yield Hint(holds, 3 * strength, f"its header is “{profile.head}”")
            if holds == "other":
                for placed in _PLACED:
                    yield Hint(placed, -2 * strength, "")


def _of_fill(profile: Profile) -> Iterator[Hint]:
    if profile.share < 0.9 and not profile.merged:
        yield Hint("question", -3.0, "")
        yield Hint("ref", -3.0, "")
        yield Hint("comment", 0.7, "it is blank in some rows")
    if profile.share < 0.1:
        yield Hint("comment", -2.0, "")
        yield Hint("section", -3.0, "")
    if not profile.filled and profile.looks:
        yield Hint("answer", 6.0, "it has pictures or colours in place of words")
    elif not profile.filled:
        yield Hint("answer", -1.0, "")
    if profile.merged:
        yield Hint("question", -3.0, "")
        yield Hint("ref", -3.0, "")
        yield Hint("section", 1.5, "its cells are merged over several rows")


def _of_values(profile: Profile, cues: Cues) -> Iterator[Hint]:
    if not profile.filled:
        return
    if profile.asks:
        yield Hint("question", 3 * profile.asks, "its texts end with a question mark")
    if profile.references >= 0.8 and (profile.is_varied or not profile.is_grouped):
        if profile.is_varied:
            yield Hint("ref", 4.0, f"its texts look like references, such as {profile.filled[0]}")
        for holds in ("question", "answer", "comment", "section"):
            yield Hint(holds, -4.0, "")
    if profile.has_few:
        known = sum(n for word, n in profile.distinct.items() if cues.code_of(word))
        share = known / len(profile.filled)
        words = ", ".join(list(profile.distinct)[:4])
        yield Hint("answer", 2 + 3 * share, f"it has a few short answers: {words}")
        yield Hint("question", -4.0, "")
        yield Hint("comment", -3.0, "")
        if profile.is_grouped and share < 0.5:
            yield Hint("section", 3.0, "equal texts are adjacent")
            yield Hint("answer", -3.0, "")
    elif profile.is_varied:
        yield Hint("question", 1.0, "all its texts differ")
        yield Hint("section", -4.0, "")
        if profile.length > _SHORT:
            yield Hint("answer", -3.0, "")
    if profile.length > _LONG:
        yield Hint("comment", 2.0, "it has long texts")
        yield Hint("answer", -2.0, "")


def _of_reports(profile: Profile) -> Iterator[Hint]:
    if profile.agrees is None or not profile.filled:
        return
    if profile.agrees > 0.9 and profile.is_varied:
        yield Hint("question", 3.0, "the reports have the same texts in it")
        yield Hint("comment", -3.0, "")
    elif profile.agrees < 0.5 and profile.length > _SHORT:
        yield Hint("comment", 1.5, "the reports have different texts in it")
        yield Hint("question", -4.0, "")
