"""A review session: a reviewer's position in a sample and the verdicts so far."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from models.report import Answer
from pipeline.addresses import Place
from pipeline.checking.inputs import Opened
from pipeline.checking.judged import digests
from pipeline.checking.sampling import Sample, Unit
from pipeline.checking.verdicts import Drawn, Judgement, Verdict, append, read_own

Item = tuple[Unit, Opened, Answer]
"""A drawn answer with its report."""


@dataclass(slots=True)
class Session:
    """A reviewer's progress through a sample. Each verdict is saved as it is given.

    Attributes:
        out: The output of `svar run`.
        reviewer: Who judges.
        sample: The sample.
        items: Its answers, in the order of the sample.
        at: Index of the answer that is shown.
        given: The verdicts so far, by place.
    """

    out: Place
    reviewer: str
    sample: Sample
    items: Sequence[Item]
    at: int = 0
    given: dict[tuple[str, int], Verdict] = field(default_factory=dict)

    @property
    def item(self) -> Item:
        """The answer that is shown."""
        return self.items[self.at]

    @property
    def finished(self) -> bool:
        """Whether every answer has a verdict."""
        return len(self.given) == len(self.items)

    def judge(self, judgement: Judgement, wrong: dict[str, str | None] | None = None) -> None:
        """Saves a verdict on the answer shown and moves on to the next one without a verdict.

        Raises:
            OSError: The verdict cannot be saved.
            BatchError: It cannot be written to the object store.
        """
        unit, one, answer = self.item
        stratum = next(s for s in self.sample.strata if s.name == unit.stratum)
        verdict = Verdict(
            reviewer=self.reviewer,
            report_id=unit.report_id,
            position=unit.position,
            key=unit.key,
            judgement=judgement,
            sample=Drawn(
                self.sample.seed,
                self.sample.by,
                len(self.sample.units),
                self.sample.population,
                stratum.name,
                stratum.population,
            ),
            read=digests(one.report)[unit.report_id, answer.position],
            wrong=wrong or {},
        )
        append(self.out, [verdict])
        self.given[verdict.place] = verdict
        self.forward()

    def forward(self) -> None:
        """Moves to the next answer without a verdict, wrapping around after the last."""
        count = len(self.items)
        for step in range(1, count + 1):
            unit = self.items[(self.at + step) % count][0]
            if (unit.report_id, unit.position) not in self.given:
                self.at = (self.at + step) % count
                return

    def back(self) -> None:
        """Moves to the previous answer, whether or not it has a verdict."""
        self.at = max(0, self.at - 1)


def resume(out: Place, reviewer: str, sample: Sample, items: Sequence[Item]) -> Session:
    """Returns a session that resumes where the reviewer stopped.

    Raises:
        VerdictError: The reviewer's verdict file cannot be used.
    """
    session = Session(out, reviewer, sample, items)
    session.given = _still_valid(read_own(out, reviewer), session)
    if session.items and not session.finished:
        session.at = len(items) - 1
        session.forward()
    return session


def _still_valid(verdicts: Iterable[Verdict], session: Session) -> dict[tuple[str, int], Verdict]:
    held = {
        place: digest
        for _, one, _ in session.items
        for place, digest in digests(one.report).items()
    }
    drawn = {(unit.report_id, unit.position) for unit, _, _ in session.items}
    return {
        verdict.place: verdict
        for verdict in verdicts
        if verdict.place in drawn
        and held.get(verdict.place) == verdict.read
        and verdict.drawn == (session.sample.seed, session.sample.by)
    }
