"""Facts about an output itself: when and with what it was read, and its accuracy."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from importlib.metadata import version

from pipeline.checking.judged import current, measure_all
from pipeline.checking.sentences import sentence
from pipeline.checking.verdicts import read_all
from pipeline.run_record import read_records
from pipeline.store import open_store


@dataclass(frozen=True, slots=True)
class Facts:
    """Facts about an output.

    Attributes:
        folder: The output, as the user named it.
        made: The current local time.
        program: Version of svar in use.
        run: When the last completed run ended, local time, or None.
        accuracy: Sentences on the accuracy of answers and comments, a pair for each judged sample;
            empty if nothing was judged.
    """

    folder: str
    made: datetime
    program: str
    run: datetime | None
    accuracy: tuple[str, ...]


def read_facts(out: str, language: str) -> Facts:
    """Reads the facts about an output.

    Raises:
        VerdictError: A verdict file cannot be used.
        NoDatasetsError: The datasets cannot be read.
    """
    ended = [record["ended"] for record in read_records(open_store(out)) if record.get("ended")]
    run = datetime.fromisoformat(max(ended)).astimezone() if ended else None
    made = datetime.now().astimezone()
    return Facts(out, made, version("svarsutdrag"), run, _accuracy(out, language))


def _accuracy(out: str, language: str) -> tuple[str, ...]:
    verdicts, _ = current(out, read_all(out))
    return tuple(
        sentence(accuracy, field, language)
        for accuracy in measure_all(out, verdicts)
        for field in ("answer", "comment")
    )
