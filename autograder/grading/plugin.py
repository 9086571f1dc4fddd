"""The pytest plugin: one session collects an exercise's checks once, and runs them for each submission that comes.

It turns what happened in a check into a CheckResult. It must not know how submissions are found or shown.
"""

from __future__ import annotations

import hashlib
import inspect
import time
from collections.abc import Callable, Generator, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import msgspec
import numpy as np
import pytest
from _pytest.runner import runtestprotocol

from autograder.checks import Mark
from autograder.course import Exercise
from autograder.grading import wording
from autograder.grading.agree import Agree, Recorded
from autograder.grading.asking import Asked
from autograder.grading.compare import describe
from autograder.grading.diagnosis import choose
from autograder.grading.judge import Judge
from autograder.grading.public_checks import PublicChecks, PublicItem
from autograder.grading.report import CheckResult, Misconception, Report, Status
from autograder.grading.submission import Submission
from autograder.sandbox.failures import (
    OutOfTime,
    ProgramCrashed,
    ProgramError,
    ProgramFailure,
    ProgramTimeout,
)
from autograder.sandbox.program import Program, ProgramProxy


class BrokenCheck(Exception):
    """A check failed on its own account: with the reference in the submission's place it raised too."""


@dataclass
class _Attempt:
    """One submission under grading."""

    submission: Submission
    program: Program
    seed: str
    history: list[Asked]
    candidates: dict[str, list[Misconception]]


class GradingPlugin:
    """Runs the collected checks for every submission, and hands each finished Report on."""

    def __init__(
        self, exercise: Exercise, judge: Judge, submissions: Iterable[Submission], on_report: Callable[[Report], None]
    ) -> None:
        self._exercise, self._judge = exercise, judge
        self._submissions, self._on_report = submissions, on_report
        self._attempt: _Attempt | None = None
        self._agree: Agree | None = None
        self._raised: BaseException | None = None
        self.broken: BaseException | None = None
        self.problems: list[str] = []

    # Collection

    def pytest_collect_file(self, file_path: Path, parent: pytest.Collector) -> pytest.Collector | None:
        if file_path.name != "exercise.yaml":
            return None
        collected = PublicChecks.from_parent(parent, path=file_path)
        collected.checks = self._exercise.public_checks
        return collected

    def pytest_collectreport(self, report: pytest.CollectReport) -> None:
        if report.failed:
            self.problems.append(report.longreprtext)

    # What a check can ask for

    @pytest.fixture
    def agree(self) -> Agree:
        assert self._agree is not None
        return self._agree

    @pytest.fixture
    def submission(self) -> Recorded:
        assert self._agree is not None
        assert self._attempt is not None
        return Recorded(self._agree, self._attempt.program)

    @pytest.fixture
    def reference(self) -> ProgramProxy:
        assert self._judge.reference is not None
        return ProgramProxy(self._judge.reference)

    @pytest.fixture
    def rng(self, request: pytest.FixtureRequest) -> np.random.Generator:
        return self._rng(request.node)

    # Running

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        if not self.problems:
            try:
                self._judge.warm_up()
                for submission in self._submissions:
                    self._on_report(self._grade(session.items, submission))
            except BaseException as broken:  # pytest would print it as an internal error of its own
                self.broken = broken
        return True

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_makereport(
        self, item: pytest.Item, call: pytest.CallInfo[None]
    ) -> Generator[None, pytest.TestReport, pytest.TestReport]:
        if call.excinfo is not None and self._raised is None:
            self._raised = call.excinfo.value
        return (yield)

    def _grade(self, items: Sequence[pytest.Item], submission: Submission) -> Report:
        started = time.monotonic()
        program = self._judge.program(submission)
        self._attempt = _Attempt(submission, program, submission.file.sha256, [], {})
        try:
            note = self._obstacle(submission, program)
            if isinstance(note, str):
                results = [_result(item, "failed", note) for item in items]
            elif note is not None:
                status, note = wording.load_failure(note, self._exercise.file)
                results = [_result(item, status, note) for item in items]
            else:
                results = self._run(items)
        finally:
            program.close()
        return self._report(submission, program, results, note or "", time.monotonic() - started)

    def _obstacle(self, submission: Submission, program: Program) -> str | ProgramFailure | None:
        """What keeps every check from running: a sentence, or how loading failed."""
        if submission.problem is not None:
            return submission.problem
        if submission.source.split() == self._exercise.stub.split():
            return wording.not_started(self._exercise)
        try:
            program.load()
        except ProgramFailure as failure:
            return failure
        return None

    def _run(self, items: Sequence[pytest.Item]) -> list[CheckResult]:
        assert self._attempt is not None
        results = [self._check(item, following) for item, following in zip(items, [*items[1:], None], strict=True)]
        named = choose(self._attempt.candidates)
        return [msgspec.structs.replace(result, misconception=named.get(result.id)) for result in results]

    def _check(self, item: pytest.Item, following: pytest.Item | None) -> CheckResult:
        assert self._attempt is not None
        attempt = self._attempt
        started, asked_before = time.monotonic(), list(attempt.history)
        raised = self._run_item(item, attempt.program, following)
        assert self._agree is not None
        asked = self._agree.asked
        attempt.history += asked
        if raised is None:
            return _result(item, "passed", "", time.monotonic() - started)
        status, message = self._verdict(item, raised, asked)
        if status in ("failed", "error"):
            suspected = {each.id for found in attempt.candidates.values() for each in found}
            attempt.candidates[_id(item)] = self._judge.diagnosis.candidates(asked, asked_before, suspected)
        return _result(item, status, message, time.monotonic() - started)

    def _run_item(self, item: pytest.Item, program: Program, following: pytest.Item | None) -> BaseException | None:
        """Run one check against a program; what it raised, if anything."""
        self._raised = None
        self._agree = Agree(program, self._judge.reference, show=_mark(item).show)
        if isinstance(item, PublicItem):
            item.agree, item.rng = self._agree, self._rng(item)
        else:
            item._initrequest()  # type: ignore[attr-defined]  # fixtures afresh: an item runs once a submission
        runtestprotocol(item, log=False, nextitem=following)
        if isinstance(self._raised, KeyboardInterrupt | SystemExit):
            raise self._raised
        return self._raised

    def _verdict(self, item: pytest.Item, raised: BaseException, asked: Sequence[Asked]) -> tuple[Status, str]:
        if isinstance(raised, ProgramFailure):
            return _status(raised), wording.failure(raised, self._exercise)
        if isinstance(raised, AssertionError | pytest.fail.Exception):
            return "failed", str(raised) or "What the title says does not hold."
        self._blame(item, raised)
        answer = describe(asked[-1].outcome.value) if asked else "nothing"
        return "failed", f"The check can't use the answer: it is {answer}."

    def _blame(self, item: pytest.Item, raised: BaseException) -> None:
        """Raise BrokenCheck unless the check runs well with the reference in the submission's place."""
        kept = self._agree
        again = raised if self._judge.reference is None else self._run_item(item, self._judge.reference, None)
        self._agree = kept
        if again is not None:
            where = f"{item.path}: {_id(item)}"
            raise BrokenCheck(f"{where} raised {type(again).__name__}: {again}") from again

    def _rng(self, item: pytest.Item) -> np.random.Generator:
        assert self._attempt is not None
        seed = f"{self._exercise.id}/{_id(item)}/{self._attempt.seed}"
        return np.random.default_rng(list(hashlib.sha256(seed.encode()).digest()))

    def _report(
        self, submission: Submission, program: Program, results: list[CheckResult], note: str, seconds: float
    ) -> Report:
        score, points = sum(result.score for result in results), sum(result.points for result in results)
        passed = bool(results) and all(result.status == "passed" for result in results)
        return Report(
            exercise=self._exercise.id,
            title=self._exercise.title,
            score=score,
            points=points,
            passed=passed,
            seconds=round(seconds, 4),
            isolation=program.layers or self._judge.layers,
            submission=submission.file,
            checks=results,
            output=program.output,
            note=note,
        )


def _status(failure: ProgramFailure) -> Status:
    if isinstance(failure, ProgramError):
        return "error"
    if isinstance(failure, ProgramTimeout):
        return "timeout"
    if isinstance(failure, ProgramCrashed):
        return "crashed"
    return "skipped" if isinstance(failure, OutOfTime) else "failed"


def _id(item: pytest.Item) -> str:
    return item.name.removeprefix("test_")


def _mark(item: pytest.Item) -> Mark:
    if isinstance(item, PublicItem):
        return Mark(item.check.points, item.check.hint, show=True)
    mark = getattr(item.obj, "__gradecheck__", None)  # type: ignore[attr-defined]
    return mark if isinstance(mark, Mark) else Mark(0.0)


def _title(item: pytest.Item) -> str:
    if isinstance(item, PublicItem):
        return item.check.title
    return (inspect.getdoc(item.obj) or _id(item)).partition("\n")[0]  # type: ignore[attr-defined]


def _result(item: pytest.Item, status: Status, message: str, seconds: float = 0.0) -> CheckResult:
    mark = _mark(item)
    passed = status == "passed"
    return CheckResult(
        id=_id(item),
        title=_title(item),
        points=mark.points,
        score=mark.points if passed else 0.0,
        status=status,
        message=message,
        hint=None if passed else mark.hint,
        seconds=round(seconds, 4),
    )
