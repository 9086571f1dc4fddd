"""The results of a batch, each kept as soon as it is known: its row in the gradebook, its page, its place in the count.

It must not know how a result came about, nor how progress is shown.
"""

from __future__ import annotations

import contextlib
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from autograder.gradebook.book import Gradebook, Result
from autograder.gradebook.pages import Pages
from autograder.grading.report import Report
from autograder.intake import HandIn


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
    """What a batch came to: rows by status, those that stood, and those that passed."""

    students: int = 0
    rows: int = 0
    graded: int = 0
    missing: int = 0
    unreadable: int = 0
    crashed: int = 0
    unchanged: int = 0
    passed: int = 0
    seconds: float = 0.0

    def count(self, result: Result, *, stood: bool) -> None:
        self.rows += 1
        self.unchanged += stood
        self.passed += result.passed
        self.graded += result.status == "graded"
        self.missing += result.status == "missing"
        self.unreadable += result.status == "unreadable"
        self.crashed += result.status == "crashed"


@dataclass
class Sent:
    """A submission that is being graded, without its bytes."""

    hand_in: HandIn
    file: str
    sha256: str
    unreadable: bool
    key: str


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
        if result.status != "missing":
            self.observer.note(
                f"{result.student}, {result.exercise}: nothing was handed in this time; the earlier result stays."
            )
        self._count(result, stood=before == result)

    def unchanged(self, hand_in: HandIn, standing: Result) -> None:
        """Record anew how a hand-in was found whose result stands, and make its page if it is gone."""
        found_otherwise = (standing.late, standing.remarks) != (hand_in.late, list(hand_in.remarks))
        if found_otherwise:
            self.gradebook.touch(standing.student, standing.exercise, hand_in.late, hand_in.remarks)
        folder = self.gradebook.folder(standing.student)
        if not self.pages.path(folder, standing.exercise).is_file():
            report = self.gradebook.report(standing.student, standing.exercise)
            page = None if report is None else self._page(report, folder)
            if page is not None:
                self._publish(page, folder, standing.exercise)
        self._count(standing, stood=True)

    def graded(self, sent: Sent, encoded: bytes) -> None:
        """Record a Report (JSON), and its page."""
        report = Report.from_json(encoded)
        result = _result(sent, report)
        folder = self.gradebook.folder(result.student)
        page = self._page(report, folder)
        # Renamed while nobody else can write: the page and the row are always of the same grading.
        self.gradebook.record(
            result, encoded, lambda: self._publish(page, folder, result.exercise) if page is not None else None
        )
        self._count(result, note=report.note)

    def crashed(self, sent: Sent, sentence: str) -> None:
        """Record that the grader itself failed, and why; a page of an earlier result goes."""
        student, task = sent.hand_in.student.key, sent.hand_in.task
        remarks = [*sent.hand_in.remarks, " ".join(sentence.split())[:1000]]
        result = Result(
            student, task.id, "crashed", 0.0, task.points, late=sent.hand_in.late, remarks=remarks, file=sent.file,
            sha256=sent.sha256, key=sent.key,
        )  # fmt: skip
        self.gradebook.record(result, None)
        with contextlib.suppress(OSError):
            self.pages.remove(self.gradebook.folder(student), task.id)
        self._count(result)

    def _count(self, result: Result, *, stood: bool = False, note: str = "") -> None:
        self.summary.count(result, stood=stood)
        if stood:
            self.observer.unchanged(result)
        else:
            self.observer.row(result, note)

    def _page(self, report: Report, folder: str) -> Path | None:
        try:
            return self.pages.prepare(folder, report)
        except Exception as error:  # a page can be made again from the gradebook; the result must be kept
            self.observer.note(f"The page {self.pages.path(folder, report.exercise)} could not be made: {error}")
            return None

    def _publish(self, page: Path, folder: str, exercise: str) -> None:
        try:
            self.pages.publish(page, folder, exercise)
        except OSError as error:
            self.observer.note(f"The page {self.pages.path(folder, exercise)} could not be written: {error.strerror}.")


def _result(sent: Sent, report: Report) -> Result:
    beliefs = dict.fromkeys(check.misconception.id for check in report.checks if check.misconception is not None)
    return Result(
        sent.hand_in.student.key,
        sent.hand_in.task.id,
        "unreadable" if sent.unreadable else "graded",
        report.score,
        report.points,
        passed=report.passed,
        misconceptions=list(beliefs),
        late=sent.hand_in.late,
        remarks=list(sent.hand_in.remarks),
        file=sent.file,
        sha256=sent.sha256,
        seconds=report.seconds,
        key=sent.key,
    )
