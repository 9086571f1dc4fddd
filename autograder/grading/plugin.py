"""The pytest plugin: one session collects an exercise's checks once, and runs them for each submission that comes.

It turns what happened in a check into a CheckResult. It must not know how submissions are found or shown.
"""

from __future__ import annotations

import hashlib
import inspect
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from itertools import zip_longest
from pathlib import Path

import msgspec
import numpy as np
import pytest

from autograder.checks import Mark
from autograder.course import Exercise, load_listed_checks
from autograder.grading import wording
from autograder.grading.agree import Agree, Recorded
from autograder.grading.asking import Ask, Asked, Outcome, put
from autograder.grading.compare import describe
from autograder.grading.diagnosis import Screen, choose
from autograder.grading.figures import figure
from autograder.grading.judge import Judge
from autograder.grading.memory import bounded_memory
from autograder.grading.public_checks import PublicChecks, PublicItem
from autograder.grading.report import CheckResult, Figure, Misconception, Report, Status
from autograder.grading.retrace import origin, worth_it
from autograder.grading.submission import Submission, is_stub
from autograder.sandbox.failures import (
    OutOfTime,
    ProgramCrashed,
    ProgramError,
    ProgramFailure,
    ProgramMissing,
    ProgramTimeout,
)
from autograder.sandbox.program import Program, ProgramProxy

#: Seconds of a submission's calls, in all, that its explanations may cost.
_EXPLAINING = 1.0


class BrokenCheck(Exception):
    """A check failed on its own account: with the reference in the submission's place it raised too."""


@dataclass
class _Attempt:
    """One submission under grading."""

    submission: Submission
    program: Program
    history: list[Ask]  # without outcomes: a hostile program answers with the largest that may cross, each time
    candidates: dict[str, list[Misconception]]
    figures: list[Figure]
    double: Program | None = None
    explained: float = 0.0

    @property
    def seconds_to_explain(self) -> float:
        """What is left of the time for explanations; `double` has its own share of it, taken when it began."""
        spent = self.explained + (self.double.seconds_spent if self.double is not None else 0.0)
        return max(0.0, min(_EXPLAINING - spent, self.program.seconds_left))

    def close(self) -> None:
        self.program.close()
        if self.double is not None:
            self.double.close()


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
        self._elsewhere = [wording.by_instructor(each) for each in load_listed_checks(exercise)]
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
            self._elsewhere[:0] = [wording.by_instructor(check) for check in asking]
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

    def _grade(self, items: Sequence[pytest.Item], submission: Submission) -> Report:
        started = time.monotonic()
        program = self._judge.program(submission)
        self._attempt = attempt = _Attempt(submission, program, [], {}, [])
        self._seed = submission.file.sha256
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
            attempt.close()
        return self._report(submission, program, results, note or "", time.monotonic() - started)

    def _obstacle(self, submission: Submission, program: Program) -> str | ProgramFailure | None:
        """What keeps every check from running: a sentence, or how loading failed."""
        if submission.problem is not None:
            return submission.problem
        if is_stub(submission.source, self._exercise.stub):
            return wording.not_started(self._exercise)
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
                results += [_result(rest, "skipped", "An earlier check failed.") for rest in items[len(results) :]]
                break
        named = choose(self._attempt.candidates)
        return [msgspec.structs.replace(result, misconception=named.get(result.id)) for result in results]

    def _check(self, item: pytest.Item, following: pytest.Item | None) -> CheckResult:
        assert self._attempt is not None
        attempt = self._attempt
        started, asked_before = time.monotonic(), list(attempt.history)
        raised = self._run_item(item, attempt.program, following)
        if self._judge.reference is not None:
            self._judge.reference.forget()
        assert self._agree is not None
        asked = self._agree.asked
        attempt.history += [each.ask for each in asked]
        attempt.figures += [drawn for each in self._agree.drawn if (drawn := figure(_id(item), *each)) is not None]
        if raised is None:
            return _result(item, "passed", "", time.monotonic() - started)
        status, message = self._verdict(item, raised, asked)
        if not self._stop_at_first_failure:
            message = "\n".join(filter(None, [message, *self._background(status, asked)]))
        if status in ("failed", "error") and not wording.unwritten(raised):
            suspected = {each.id for found in attempt.candidates.values() for each in found}
            attempt.candidates[_id(item)] = self._judge.diagnosis.candidates(
                asked, asked_before, suspected, lambda: self._screen(item, asked)
            )
        return _result(item, status, message, time.monotonic() - started)

    def _run_item(self, item: pytest.Item, program: Program, following: pytest.Item | None) -> BaseException | None:
        """Run one check against a program; what it raised, if anything."""
        self._agree = Agree(program, self._judge.reference, show=_mark(item).show)
        return self._run_with(item, following)

    def _run_with(self, item: pytest.Item, following: pytest.Item | None) -> BaseException | None:
        assert self._agree is not None
        if isinstance(item, PublicItem):
            item.agree, item.rng = self._agree, self._rng(item)
        else:
            item._initrequest()  # type: ignore[attr-defined]  # fixtures afresh: an item runs once a submission
        with bounded_memory():
            return _raised(item, following)

    def _verdict(self, item: pytest.Item, raised: BaseException, asked: Sequence[Asked]) -> tuple[Status, str]:
        if isinstance(raised, ProgramFailure):
            return _status(raised), wording.failure(raised, self._exercise)
        if isinstance(raised, AssertionError | pytest.fail.Exception):
            return "failed", str(raised) or "What the title says does not hold."
        self._blame(item, raised)
        answer = describe(asked[-1].outcome.value) if asked else "nothing"
        return "failed", f"The check can't use the answer: it is {answer}."

    def _background(self, status: Status, asked: Sequence[Asked]) -> Iterator[str]:
        """What else helps to understand a failed check: where the answer came from, and the simplest bad input."""
        assert self._attempt is not None
        assert self._agree is not None
        source = self._attempt.submission.source
        if status == "failed" and asked and asked[-1].outcome.failure is None and worth_it(asked[-1].outcome.value):
            with self._once_more(trace=True) as watched:
                yield origin(asked[-1].ask, watched, source)
        if status in ("failed", "error"):
            with self._once_more() as program:
                yield self._agree.simplest(program)

    @contextmanager
    def _once_more(self, *, trace: bool = False) -> Iterator[Program]:
        """The submission as a program of its own, to explain what it did: what hangs may not cost its time twice."""
        attempt = self._attempt
        assert attempt is not None
        program = self._judge.program(attempt.submission, trace=trace, total=attempt.seconds_to_explain)
        try:
            yield program
        finally:
            program.close()
            attempt.explained += program.seconds_spent

    def _screen(self, item: pytest.Item, asked: Sequence[Asked]) -> Screen | None:
        """What the submission, in a process of its own, answers to the fixed question in the place of the last one.

        None where there is no such question, or no answer that could be compared.
        """
        attempt, number = self._attempt, len(asked) - 1
        assert attempt is not None
        questions = self._fixed_questions(item)
        if number >= len(questions) or not _comparable(asked[-1].outcome):
            return None
        if attempt.double is None:
            attempt.double = self._judge.program(attempt.submission, total=attempt.seconds_to_explain)
        try:
            outcome = put(questions[number].ask, attempt.double)
        except Exception:  # the check can't use this answer
            return None
        return (
            Screen((_id(item), number), replace(questions[number], outcome=outcome)) if _comparable(outcome) else None
        )

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


def _comparable(outcome: Outcome) -> bool:
    return outcome.failure is None or isinstance(outcome.failure, ProgramError | ProgramMissing)


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
