"""The results of a batch, each kept as soon as it is known: its row in the gradebook, its page, its place in the count.

It must not know how a result came about, nor how progress is shown.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

import msgspec

from autograder.batch.fingerprint import engine_version
from autograder.gradebook.book import Gradebook
from autograder.gradebook.explanation import out_of
from autograder.gradebook.history import Decision
from autograder.gradebook.pages import Pages
from autograder.gradebook.rows import Result, Status
from autograder.grading.report import Report, SubmissionFile
from autograder.intake import HandIn
from autograder.language import tr


class Observer(Protocol):
    """Whoever watches a batch."""

    def note(self, sentence: str) -> None:
        """Something about the batch as a whole."""

    def row(self, result: Result, note: str) -> None:
        """A row that is new or was graded anew; `note` is what the report says of the file as a whole."""

    def unchanged(self, result: Result) -> None:
        """A row that stands."""

    def working(self, slowest: Sequence[tuple[str, str, float]]) -> None:
        """Called now and then: student, exercise and seconds of what is being graded, the slowest first."""


@dataclass
class Summary:
    """What a batch came to: rows by status, those that stood, and those that passed.

    The lists are clauses about what an instructor would miss otherwise: scores that are `lower` than before, hand-ins
    that have `vanished` or were missing and have `arrived`, students who are `new` in a gradebook that had others,
    tasks on another scale (`rescaled`), rows that were graded `again` from the kept file because the exercise has
    changed, those that could not be and are `outdated`, and scores set `by_hand` on another scale.
    """

    students: int = 0
    rows: int = 0
    graded: int = 0
    missing: int = 0
    unreadable: int = 0
    crashed: int = 0
    unchanged: int = 0
    passed: int = 0
    seconds: float = 0.0
    lower: list[str] = field(default_factory=list)
    vanished: list[str] = field(default_factory=list)
    arrived: list[str] = field(default_factory=list)
    new: list[str] = field(default_factory=list)
    rescaled: list[str] = field(default_factory=list)
    again: list[str] = field(default_factory=list)
    outdated: list[str] = field(default_factory=list)
    by_hand: list[str] = field(default_factory=list)
    undated: int = 0

    def count(self, result: Result, *, stood: bool) -> None:
        self.rows += 1
        self.unchanged += stood
        self.passed += result.passed
        self.graded += result.came_in and result.status == "graded"
        self.missing += not result.came_in
        self.unreadable += result.status == "unreadable"
        self.crashed += result.status == "crashed"


@dataclass
class Sent:
    """A submission that is being graded.

    `why` is a clause, `version` the exercise's. `decision` is the result to which a kept file belongs that is graded
    again; `counts` says whether its row is one of this batch's. `attempt` is 0 where the gradebook numbers it.
    """

    hand_in: HandIn
    file: str
    sha256: str
    key: str
    why: str = ""
    version: str = ""
    decision: Decision | None = None
    counts: bool = True
    attempt: int = 0


@dataclass
class Recorder:
    """Keeps a batch's results, and tells of each."""

    gradebook: Gradebook
    pages: Pages
    observer: Observer
    summary: Summary = field(default_factory=Summary)

    def missing(self, hand_in: HandIn) -> None:
        """Record that nothing was handed in; an earlier result stays."""
        before = self.gradebook.result(hand_in.student.key, hand_in.task.id)
        result = self.gradebook.record_missing(hand_in.student.key, hand_in.task, hand_in.remarks)
        if result.attempt:
            self.vanished(hand_in)
        self._count(result, stood=before == result)

    def vanished(self, hand_in: HandIn) -> None:
        """Tell that what was handed in before isn't there this time."""
        where = f"{hand_in.student.key}, {hand_in.task.id}"
        self.summary.vanished.append(where)
        self.observer.note(f"{where}: " + tr("nothing was handed in this time; the earlier result stays."))

    def unchanged(self, hand_in: HandIn, standing: Decision) -> None:
        """Record anew how a hand-in was found whose result stands, and make its page if it is gone."""
        row = self.gradebook.result(standing.student, standing.exercise)
        if row is None:
            return
        found_otherwise = (row.late, row.remarks) != (hand_in.late, list(hand_in.remarks))
        if found_otherwise and row.attempt == standing.attempt:
            self.gradebook.touch(standing.student, standing.exercise, hand_in.late, hand_in.remarks)
        folder = self.gradebook.enrolled(standing.student).folder
        if not self.pages.path(folder, standing.exercise).is_file():
            self.show(standing.student, standing.exercise)
        self._count(row, stood=True)

    def graded(self, sent: Sent, encoded: bytes) -> None:
        """Record a Report (JSON), and its page."""
        report = Report.from_json(encoded)
        if sent.decision is not None:  # of a notebook only the program is kept, and its hash would be another
            file = SubmissionFile(sent.file, sent.sha256)
            report = msgspec.structs.replace(report, submission=file)
        submission = sent.hand_in.submission
        status: Status = "unreadable" if submission is not None and submission.problem is not None else "graded"
        result = _result(
            sent, status, report.score, report.points, passed=report.passed, seconds=report.seconds,
            misconceptions=[each.id for each in report.misconceptions],
        )  # fmt: skip
        self._record(sent, result, report.to_json(), note=report.note)

    def crashed(self, sent: Sent, sentence: str) -> None:
        """Record that the grader itself failed, and why; a page of an earlier result goes."""
        result = _result(sent, "crashed", 0.0, sent.hand_in.task.points)
        result.remarks.append(" ".join(sentence.split())[:1000])
        self._record(sent, result, None)

    def _record(self, sent: Sent, result: Result, report: bytes | None, note: str = "") -> None:
        student, task = result.student, result.exercise
        attempt = sent.decision.attempt if sent.decision else sent.attempt
        result = msgspec.structs.replace(result, attempt=attempt)
        before = self.gradebook.result(student, task)
        # The page is made while nobody else can write: it and the row are always of the same grading.
        row = self.gradebook.record(
            result, report, lambda: self.show(student, task), submission=sent.hand_in.submission, why=sent.why,
            kept=sent.decision.kept if sent.decision else None,
        )  # fmt: skip
        if before is not None and _is_lower(row, before):
            self.summary.lower.append(
                f"{student}, {task}: "
                + tr(
                    "{now}, and {before} before",
                    now=out_of(row.score, row.points),
                    before=out_of(before.score, before.points),
                )
                + f" ({sent.why})"
            )
        if before is not None and not before.came_in and row.came_in:
            self.summary.arrived.append(f"{student}, {task}: {out_of(row.score, row.points)}")
        if sent.decision is not None:
            self.summary.again.append(f"{student}, {task}")
        if sent.counts:
            self._count(row, note=note)

    def show(self, student: str, task: str) -> None:
        """Make the page of a row, or take it away where there is no report."""
        folder = self.gradebook.enrolled(student).folder
        path = self.pages.path(folder, task)
        try:
            self.pages.write(self.gradebook, student, task)
        except OSError as error:
            self.observer.note(tr("The page {page} could not be written: {reason}.", page=path, reason=error.strerror))
        except Exception as error:  # a page can be made again from the gradebook; the result must be kept
            self.observer.note(tr("The page {page} could not be made: {reason}", page=path, reason=error))

    def _count(self, result: Result, *, stood: bool = False, note: str = "") -> None:
        self.summary.count(result, stood=stood)
        if stood:
            self.observer.unchanged(result)
        else:
            self.observer.row(result, note)


def _is_lower(row: Result, before: Result) -> bool:
    """Return whether a row's share of its points is below what it was."""
    if before.status not in ("graded", "unreadable") or not (row.points and before.points):
        return False
    return row.score / row.points < before.score / before.points - 1e-9


def _result(sent: Sent, status: Status, score: float, points: float, **of_report: Any) -> Result:
    """Return the row of what was sent; `of_report` are its other fields that the report fills."""
    hand_in = sent.hand_in
    return Result(
        hand_in.student.key, hand_in.task.id, status, score, points, late=hand_in.late, remarks=[*hand_in.remarks],
        file=sent.file, sha256=sent.sha256, key=sent.key, version=sent.version, engine=engine_version(),
        handed_in=hand_in.handed_in, came_as=hand_in.came_as, **of_report,
    )  # fmt: skip
