"""The datasets of a folder in memory, with the corrections and verdicts of all reviewers.

Changes by another process (a run, a colleague on the same share) are picked up on the next request.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator, Sequence

from models.corrections import Correction
from models.form import Form
from models.report import Report
from models.taxonomy import Taxonomy
from pipeline.addresses import Place
from pipeline.checking import verdicts as verdict_log
from pipeline.checking.inputs import Opened, open_recorded
from pipeline.checking.verdicts import Verdict
from pipeline.corrections.apply import apply
from pipeline.corrections.log import FOLDER, Held, Live, append, digest_of, read_corrections
from pipeline.corrections.publishing import as_read
from pipeline.corrections.republish import Republished, republish
from pipeline.parts import read_published
from pipeline.store import open_store
from pipeline.web.board import Board, Shown


class Desk:
    """What a reviewer works on.

    Attributes:
        out: The output of `svar run`: a folder, or an fsspec address.
        store: Access to its files.
        reviewer: Name of the reviewer.
        forms: The forms that the reports were read with.
        taxonomy: The themes that they were tagged with.
        boards: The reports by id, in order of their boards' names.
        verdicts: All reviewers' verdicts on answers.
        version: Increases with every change, so that results can be cached until then.
        content: Changes with the corrected reports, but not with verdicts.
    """

    def __init__(
        self,
        out: Place,
        reviewer: str,
        forms: Sequence[Form],
        taxonomy: Taxonomy,
        inputs: Place | None = None,
    ) -> None:
        self.out = out
        self.reviewer = reviewer
        self.forms = forms
        self.taxonomy = taxonomy
        self.boards: dict[str, Board] = {}
        self.verdicts: list[Verdict] = []
        self.version = 0
        self.content = ""
        self._inputs = inputs
        self.store = open_store(out)
        self._lock = threading.RLock()
        self._data_sign: object = None
        self._review_sign: object = None
        self._sources: dict[str, Opened] = {}
        self._judged: dict[tuple[str, str], list[Verdict]] = {}
        self._judged_reports: set[str] = set()
        self.refresh()

    def refresh(self) -> None:
        """Rereads what has changed on disk.

        Raises:
            NoDatasetsError: The folder has no datasets.
            CorrectionError: A line of a corrections file is not a correction.
            VerdictError: A verdict file cannot be used.
        """
        with self._lock:
            data = self._signs("reports", "answers", "themes", "runs")
            if data != self._data_sign:
                self._read_data()
                self._data_sign, self._review_sign = data, None
            review = self._signs(FOLDER, verdict_log.FOLDER)
            if review != self._review_sign:
                self._read_reviews()
                self._review_sign = review

    def _signs(self, *folders: str) -> object:
        """Changes when a file in one of the folders does."""
        return [self.store.signs(folder) for folder in folders]

    def _read_data(self) -> None:
        self._sources = {one.report.report_id: one for one in open_recorded(self.out, self._inputs)}
        parts = read_published(self.store).parts.values()
        digests = {r.report_id: r.corrections for part in parts for r in part.reports}
        self._published = {
            report_id: (one.report, digests.get(report_id, ""))
            for report_id, one in self._sources.items()
        }
        self.boards = {}

    def _read_reviews(self) -> None:
        reports = {name: report for name, (report, _) in self._published.items()}
        live = Live(set(reports), {report.source for report in reports.values()})
        held = Held(read_corrections(self.store), live)
        found, before = {}, self.boards
        for report_id, report in reports.items():
            own = held.of(report_id, report.source, report.organisation)
            board = before.get(report_id)
            if board is not None and board.digest == digest_of(own):
                found[report_id] = board
            else:
                found[report_id] = self._board(report_id, own)
        self.boards = dict(sorted(found.items(), key=lambda item: (item[1].title, item[0])))
        self.verdicts = verdict_log.read_all(self.out)
        self._judged = {}
        for verdict in self.verdicts:
            self._judged.setdefault((verdict.report_id, verdict.read), []).append(verdict)
        self._judged_reports = {verdict.report_id for verdict in self.verdicts}
        self.version += 1
        changed = any(found[name] is not before.get(name) for name in found)
        if changed or len(found) != len(before):
            self.content = f"content {self.version}"

    def _board(self, report_id: str, corrections: Sequence[Correction]) -> Board:
        published, digest = self._published[report_id]
        read = (as_read(self.store, report_id) if digest else None) or published
        if not corrections:
            return Board(read, read, published=digest)
        done = apply(read, corrections, self.forms, self.taxonomy)
        own = digest_of(corrections)
        return Board(read, done.report, done.rows, corrections, digest, own)

    @property
    def reports(self) -> list[Report]:
        """The reports as corrected, in order of their boards' names."""
        return [board.now for board in self.boards.values()]

    def rows(self) -> Iterator[Shown]:
        """Every row of every report."""
        for board in self.boards.values():
            yield from board.shown

    def find(self, report_id: str, name: str) -> Shown | None:
        """A row by its report and name."""
        board = self.boards.get(report_id)
        return board.by_name.get(name) if board else None

    def source(self, report_id: str) -> Opened | None:
        """Access to a report's source, among the inputs that the run recorded."""
        return self._sources.get(report_id)

    def judgements(self, shown: Shown) -> list[Verdict]:
        """Verdicts on a row, as it reads now or as read before a correction."""
        if shown.board.id not in self._judged_reports:
            return []
        found = list(self._judged.get((shown.board.id, shown.digest), ()))
        for digest in self._digests_as_read(shown):
            found += [v for v in self._judged.get((shown.board.id, digest), ()) if v not in found]
        return found

    def _digests_as_read(self, shown: Shown) -> set[str]:
        if shown.board.now is shown.board.read or shown.read is None:
            return set()
        return {shown.board.read_digests[shown.board.id, shown.old[0]]}

    def is_reviewed(self, shown: Shown, reviewer: str = "") -> bool:
        """Whether a reviewer (or, by default, anyone) judged or corrected a row."""
        if any(v.reviewer == reviewer or not reviewer for v in self.judgements(shown)):
            return True
        if not shown.board.corrections:
            return False
        return any(
            item.state in ("active", "resolved") and reviewer in ("", item.reviewer)
            for item, _ in shown.outcomes
        )

    def correct(self, *corrections: Correction) -> None:
        """Saves corrections; they are on disk when it returns.

        Raises:
            OSError: They cannot be written.
            BatchError: They cannot be put into an object store.
        """
        with self._lock:
            append(self.out, corrections)
            self.refresh()

    def judge(self, verdict: Verdict) -> None:
        """Saves a verdict; it is on disk when it returns.

        Raises:
            OSError: It cannot be written.
            BatchError: It cannot be put into an object store.
        """
        with self._lock:
            verdict_log.append(self.out, [verdict])
            self.refresh()

    @property
    def waiting(self) -> int:
        """Number of reports with corrections that are not in the datasets yet."""
        return sum(board.digest != board.published for board in self.boards.values())

    def publish(self) -> Republished:
        """Writes the corrections into the datasets, as `svar correct` does.

        Raises:
            BatchError: They cannot be written now; what was published before is intact.
        """
        with self._lock:
            done = republish(self.store, self.forms, self.taxonomy)
            self.refresh()
            return done
