"""The pytest plugin: one session collects an exercise's checks once, and runs them for each submission that comes.

It turns what happened in a check into a CheckResult. It must not know how submissions are found or shown.
"""

from __future__ import annotations

import hashlib
import inspect
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from itertools import zip_longest
from pathlib import Path

import numpy as np
import pytest

from autograder.checks import Mark
from autograder.course import Exercise, load_listed_checks
from autograder.grading import messages
from autograder.grading.agree import Agree, Recorded
from autograder.grading.asking import Ask, Asked
from autograder.grading.compare import describe
from autograder.grading.curves import figure
from autograder.grading.explaining.explainer import Explainer, Failure
from autograder.grading.judge import Judge
from autograder.grading.memory import bounded_memory
from autograder.grading.public_checks import PublicChecks, PublicItem
from autograder.grading.report import CheckResult, Figure, Report, Status
from autograder.grading.submission import Submission, is_stub
from autograder.sandbox.failures import (
    OutOfTime,
    ProgramCrashed,
    ProgramError,
    ProgramFailure,
    ProgramTimeout,
)
from autograder.sandbox.program import Program, ProgramProxy

#: Bytes of a check's answers from which on they aren't kept to be explained: no belief of the course is that large.
_MOST_KEPT = 512 << 10


class BrokenCheck(Exception):
    """A check failed on its own account: with the reference in the submission's place it raised too."""


@dataclass
class _Attempt:
    """One submission under grading. `history` holds questions without outcomes: those can be large."""

    submission: Submission
    program: Program
    history: list[Ask] = field(default_factory=list)
    failures: list[Failure] = field(default_factory=list)
    figures: list[Figure] = field(default_factory=list)


class GradingPlugin:
    """Runs the collected checks for every submission, and hands each finished Report on."""

    def __init__(
        self,
        exercise: Exercise,
        judge: Judge,
        submissions: Iterable[Submission],
        on_report: Callable[[Report], None],
        stop_at_first_failure: bool = False,
    ) -> None:
        self._exercise, self._judge = exercise, judge
        self._submissions, self._on_report = submissions, on_report
        self._stop_at_first_failure = stop_at_first_failure
        self._attempt: _Attempt | None = None
        self._seed = ""
        self._fixed: dict[str, list[Asked]] = {}
        self._agree: Agree | None = None
        self._elsewhere = [messages.by_instructor(each) for each in load_listed_checks(exercise)]
        self.broken: BaseException | None = None
        self.problems: list[str] = []

    # Collection

    def pytest_collect_file(self, file_path: Path, parent: pytest.Collector) -> pytest.Collector | None:
        if file_path.name != "exercise.yaml":
            return None
        collected = PublicChecks.from_parent(parent, path=file_path)
        collected.checks = self._exercise.public_checks
        return collected

    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        """A student's kit has no reference: the public checks that ask it are for the instructor too."""
        if self._judge.reference is None:
            asking = [item.check for item in items if isinstance(item, PublicItem) and item.check.asks_reference]
            self._elsewhere[:0] = [messages.by_instructor(check) for check in asking]
            items[:] = [item for item in items if not (isinstance(item, PublicItem) and item.check in asking)]

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
        return self._recorded()

    @pytest.fixture
    def reference(self) -> ProgramProxy:
        return self._reference()

    @pytest.fixture
    def rng(self, request: pytest.FixtureRequest) -> np.random.Generator:
        return self._rng(request.node)

    def _offer(self, item: pytest.Item) -> dict[str, Callable[[], object]]:
        """The same for a check that asks for nothing else: pytest's own way to them costs more than its questions."""
        return {
            "agree": lambda: self._agree,
            "submission": self._recorded,
            "reference": self._reference,
            "rng": lambda: self._rng(item),
        }

    def _recorded(self) -> Recorded:
        assert self._agree is not None
        assert self._attempt is not None
        return Recorded(self._agree, self._attempt.program)

    def _reference(self) -> ProgramProxy:
        assert self._judge.reference is not None
        return ProgramProxy(self._judge.reference)

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

    def _grade(self, items: Sequence[pytest.Item], submission: Submission) -> Report:
        started = time.monotonic()
        program = self._judge.program(submission)
        self._attempt = _Attempt(submission, program)
        self._seed = submission.file.sha256
        try:
            note = self._obstacle(submission, program)
            if isinstance(note, str):
                results = [_result(item, "failed", note) for item in items]
            elif note is not None:
                status, note = messages.load_failure(note, self._exercise.file)
                results = [_result(item, status, note) for item in items]
            else:
                results = self._run(items)
        finally:
            program.close()
            if self._judge.reference is not None:
                self._judge.reference.forget()
        return self._report(submission, program, results, note or "", time.monotonic() - started)

    def _obstacle(self, submission: Submission, program: Program) -> str | ProgramFailure | None:
        """What keeps every check from running: a sentence, or how loading failed."""
        if submission.problem is not None:
            return submission.problem
        if is_stub(submission.source, self._exercise.stub):
            return messages.not_started(self._exercise)
        try:
            program.load()
        except ProgramFailure as failure:
            return failure
        return None

    def _run(self, items: Sequence[pytest.Item]) -> list[CheckResult]:
        assert self._attempt is not None
        results: list[CheckResult] = []
        for item, following in zip_longest(items, items[1:]):
            results.append(self._check(item, following))
            if self._stop_at_first_failure and results[-1].status != "passed":
                item.session._setupstate.teardown_exact(None)
                return results + [
                    _result(rest, "skipped", "An earlier check failed.") for rest in items[len(results) :]
                ]
        attempt, by_id = self._attempt, {_id(item): item for item in items}
        explainer = Explainer(
            self._judge, attempt.submission, attempt.program, lambda check: self._fixed_questions(by_id[check])
        )
        return explainer.explained(results, attempt.failures)

    def _check(self, item: pytest.Item, following: pytest.Item | None) -> CheckResult:
        assert self._attempt is not None
        attempt = self._attempt
        started, received, asked_before = time.monotonic(), attempt.program.received, len(attempt.history)
        raised = self._run_item(item, attempt.program, following)
        assert self._agree is not None
        asked = self._agree.asked
        attempt.history += [each.ask for each in asked]
        attempt.figures += [drawn for each in self._agree.drawn if (drawn := figure(_id(item), *each)) is not None]
        if raised is None:
            return _result(item, "passed", "", time.monotonic() - started)
        status, message = self._verdict(item, raised, asked)
        result = _result(item, status, message, time.monotonic() - started)
        if attempt.program.received - received <= _MOST_KEPT and not messages.unwritten(raised):
            attempt.failures.append(Failure(result, self._agree, attempt.history[:asked_before]))
        return result

    def _run_item(self, item: pytest.Item, program: Program, following: pytest.Item | None) -> BaseException | None:
        """Run one check against a program; what it raised, if anything."""
        self._agree = Agree(program, self._judge.reference, show=_mark(item).show, parameters=self._exercise.parameters)
        return self._run_with(item, following)

    def _run_with(self, item: pytest.Item, following: pytest.Item | None) -> BaseException | None:
        assert self._agree is not None
        with bounded_memory():
            if isinstance(item, PublicItem):
                item.agree, item.rng = self._agree, self._rng(item)
                return _tried(item.runtest)
            offer = self._offer(item)
            if isinstance(item, pytest.Function) and _wants_only(item, offer):
                return _tried(lambda: item.obj(**{name: offer[name]() for name in item._fixtureinfo.argnames}))
            item._initrequest()  # type: ignore[attr-defined]  # fixtures afresh: an item runs once a submission
            return _raised(item, following)

    def _verdict(self, item: pytest.Item, raised: BaseException, asked: Sequence[Asked]) -> tuple[Status, str]:
        if isinstance(raised, ProgramFailure):
            return _status(raised), messages.failure(raised, self._exercise)
        if isinstance(raised, AssertionError | pytest.fail.Exception):
            return "failed", str(raised) or "What the title says does not hold."
        self._blame(item, raised)
        answer = describe(asked[-1].outcome.value) if asked else "nothing"
        return "failed", f"The check can't use the answer: it is {answer}."

    def _fixed_questions(self, item: pytest.Item) -> list[Asked]:
        """The questions of a check with random numbers that depend on no submission, taken down but not asked.

        Empty where the check looks at answers between its questions: then these aren't the same for all.
        """
        if _id(item) not in self._fixed:
            kept, seed = self._agree, self._seed
            self._agree, self._seed = Agree(None, self._judge.reference), ""
            if "submission" not in getattr(item, "fixturenames", ()):
                self._run_with(item, None)
            self._fixed[_id(item)] = self._agree.asked
            self._agree, self._seed = kept, seed
        return self._fixed[_id(item)]

    def _blame(self, item: pytest.Item, raised: BaseException) -> None:
        """Raise BrokenCheck unless the check runs well with the reference in the submission's place."""
        kept = self._agree
        again = raised if self._judge.reference is None else self._run_item(item, self._judge.reference, None)
        self._agree = kept
        if again is not None:
            where = f"{item.path}: {_id(item)}"
            raise BrokenCheck(f"{where} raised {type(again).__name__}: {again}") from again

    def _rng(self, item: pytest.Item) -> np.random.Generator:
        seed = f"{self._exercise.id}/{_id(item)}/{self._seed}"
        return np.random.default_rng(list(hashlib.sha256(seed.encode()).digest()))

    def _report(
        self, submission: Submission, program: Program, results: list[CheckResult], note: str, seconds: float
    ) -> Report:
        assert self._attempt is not None
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
            checks=[*results, *self._elsewhere],
            output=program.output,
            note=note,
            figures=self._attempt.figures,
        )


def _wants_only(check: pytest.Function, offer: Iterable[str]) -> bool:
    """Whether a check is a plain function of what is offered, so that pytest has nothing to set up."""
    return check.cls is None and not hasattr(check, "callspec") and {*check.fixturenames} <= {*offer, "request"}


def _raised(item: pytest.Item, following: pytest.Item | None) -> BaseException | None:
    """Set up, run and tear down an item; what it raised first. pytest's own way, without its hooks and its reports.

    Those cost more than the questions that a check asks, and a picture of every traceback that nobody would see.
    """
    state = item.session._setupstate
    raised = _tried(lambda: state.setup(item)) or _tried(item.runtest)
    while_tearing_down = _tried(lambda: state.teardown_exact(following))
    return raised or while_tearing_down


def _tried(step: Callable[[], None]) -> BaseException | None:
    try:
        step()
    except (KeyboardInterrupt, SystemExit):
        raise
    except BaseException as problem:  # pytest.fail and pytest.skip raise no Exception
        return problem
    return None


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
