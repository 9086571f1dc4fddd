"""Grades submissions of one exercise, one after the other: each check is run, and what came of it put in a CheckResult.

It must not know how submissions are found or shown.
"""

from __future__ import annotations

import contextlib
import time
import traceback
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from autograder.course import CourseError, Exercise, Problem, load_listed_checks
from autograder.course.translation import texts_of_checks
from autograder.grading import at_loading, messages, plain_checks, several_definitions
from autograder.grading.accidents import OTHERWISE, Accident, StrictAgree, WaryAgree, begin_alike, takes_zero
from autograder.grading.agree import Agree, Disagreement, ReferenceFailed
from autograder.grading.asking import Ask, Asked, Unusable, functions_with_values
from autograder.grading.assertions import failed_assertion
from autograder.grading.broken import BrokenCheck, at_its_line, broken_check, is_authored, unloadable
from autograder.grading.checking import Check, Examined, Trial
from autograder.grading.curves import figure
from autograder.grading.endless import EndlessAsking, EndlessCheck
from autograder.grading.explaining.effort import EFFORTS, Effort
from autograder.grading.judge import Judge
from autograder.grading.kinds import describe
from autograder.grading.plain_checks import PlainChecks
from autograder.grading.public_checks import public_checks
from autograder.grading.report import CheckResult, Explanation, Figure, Report, Status
from autograder.grading.showing import with_case
from autograder.grading.submission import Submission, is_stub
from autograder.language import spoken, tr
from autograder.sandbox.failures import (
    ForeignObject,
    OutOfTime,
    ProgramCrashed,
    ProgramError,
    ProgramFailure,
    ProgramMissing,
    ProgramTimeout,
)
from autograder.sandbox.layers import SandboxUnavailable
from autograder.sandbox.program import Program, ProgramProxy

if TYPE_CHECKING:
    from autograder.grading.collecting import HiddenChecks

#: Bytes of a check's answers from which on they aren't kept to be explained: no belief of the course is that large.
_MOST_KEPT = 512 << 10
#: What the latest submission counts for, beside all before, in the guess which check the next one fails.
_FORGETTING = 0.3
#: Seconds: checks that take less are as quick as each other.
_SHORTEST = 0.01


def _nobody(number: int, count: int) -> None:
    """Tell nobody how far the checks are."""


class Attempt(msgspec.Struct):
    """One submission under grading, from its first check to its report.

    Made by `Grader.grade`, which closes `program` in the end. Every check leaves here what it asked, what it drew, and
    how it ended; once all have run, the failures are explained from it.
    """

    submission: Submission
    program: Program
    history: list[Ask] = []
    examined: list[Examined] = []
    figures: list[Figure] = []
    explanations: list[Explanation] = []
    remarks: list[str] = []
    output: str | None = None


class _Prospect:
    """How likely a check is to fail soon, by the submissions that it was put to: the latest counts most."""

    def __init__(self) -> None:
        self._failing, self._seconds = 0.5, 0.0

    @property
    def worth(self) -> float:
        """Failures that it shows in a second."""
        return self._failing / max(self._seconds, _SHORTEST)

    def note(self, result: CheckResult) -> None:
        self._failing += _FORGETTING * ((result.status != "passed") - self._failing)
        self._seconds += _FORGETTING * (result.seconds - self._seconds)


class _Rehearsal(msgspec.Struct, frozen=True):
    """A check that was put to the reference: what is `amiss` with it, and a `doubt` of what it may not mean to ask.

    Unless it is quick, it is stopped when grading.
    """

    amiss: Problem | None = None
    doubt: Problem | None = None
    is_quick: bool = True


class Grader:
    """Grades with the programs of a `judge`. Raises BrokenCourse where the checks can't be read.

    `stop_at_first_failure` skips all other checks once one has failed, and explains nothing; what is likely to fail
    soon is run first. `never_failed` are the checks, by id, that no submission has failed yet; it fails none by an
    exception, where an answer was due, nor if it hangs or dies: any answer might pass.
    `simplest_once` looks for the simplest bad input of a check until one is found, and not of each submission.
    """

    def __init__(
        self,
        exercise: Exercise,
        judge: Judge,
        *,
        stop_at_first_failure: bool = False,
        effort: Effort = EFFORTS["usual"],
        simplest_once: bool = False,
    ) -> None:
        self._exercise, self._judge, self._effort = exercise, judge, effort
        self._simplified = set[str]() if simplest_once else None
        self._stop_at_first_failure = stop_at_first_failure
        self._drawn: dict[tuple[str, str], list[Asked]] = {}
        self._hidden, self._sentences = _hidden(exercise)
        self._elsewhere = [messages.by_instructor(each) for each in load_listed_checks(exercise)]
        # A student's kit has no reference: the public checks that ask it are for the instructor too.
        kept_back = [each for each in exercise.public_checks if each.asks_reference] if judge.reference is None else []
        self._elsewhere[:0] = map(messages.by_instructor, kept_back)
        left_out = {each.id for each in kept_back}
        self._checks = [each for each in public_checks(exercise) if each.id not in left_out]
        self._checks += self._hidden.checks if self._hidden is not None else []
        self._prospects = {each.id: _Prospect() for each in self._checks}
        self.never_failed = {each.id: each for each in (self._hidden.checks if self._hidden is not None else [])}

    def grade(self, submission: Submission, on_check: Callable[[int, int], None] = _nobody) -> Report:
        """Return the report on one submission, whatever it is. `on_check` is that of `grading.grade`.

        Raises BrokenCourse, BrokenCheck, ReferenceFailed or SandboxUnavailable.
        """
        started = time.monotonic()
        with self._attempt(submission) as attempt:
            note, results = self._results(attempt, on_check)
        return self._report(attempt, results, note, time.monotonic() - started)

    def try_never_failed(self, submission: Submission, report: Report | None = None) -> None:
        """Put to a submission the checks that none has failed yet, but for those that its `report` tells of."""
        told = {each.id for each in report.checks if each.status != "skipped"} if report is not None else ()
        left = [check for check in self.never_failed.values() if check.id not in told]
        if not left:
            return
        with self._attempt(submission) as attempt:
            for check in left if self._obstacle(attempt) is None else ():
                self._noted(check, attempt)

    @contextlib.contextmanager
    def _attempt(self, submission: Submission) -> Iterator[Attempt]:
        attempt = Attempt(submission, self._judge.program(submission))
        try:
            yield attempt
        finally:
            attempt.program.close()
            self._end()

    def branch(self) -> None:
        """Be a grader of its own in a process that was forked from this one's, before anything was graded."""
        self._judge.branch()

    def without(self, *misconceptions: str) -> AbstractContextManager[None]:
        """Grade as if the course didn't know some beliefs."""
        return self._judge.diagnosis.without(*misconceptions)

    def _end(self) -> None:
        """Let go of what one submission's checks have set up and asked for."""
        if self._hidden is not None:
            self._hidden.end()
        self._judge.forget()

    def accidents(self) -> tuple[list[Problem], list[Problem]]:
        """Return where a check asks what the reference refuses without its author's meaning it to, and doubts.

        Raises BrokenCheck, which tells of these and of every check that is broken, where one is.
        """
        reference = self._judge.reference
        if reference is not None and not self._exercise.is_script:
            with contextlib.suppress(ProgramFailure):
                reference.load()
        self._demand_reference()
        rehearsals: list[_Rehearsal] = []
        broken: dict[tuple[Path, int], Problem] = {}
        for check in self._checks if reference is not None else ():
            started = time.monotonic()
            try:
                rehearsals.append(self._rehearse(check))
            except BrokenCheck as error:  # at one line, as of a fixture or of each case, it is told once
                rehearsals.append(_Rehearsal(is_quick=time.monotonic() - started < self._exercise.limits.total))
                for each in error.problems:
                    broken.setdefault((each.file, each.line), each)
            if not rehearsals[-1].is_quick:
                break
        self._end()
        amiss = [each.amiss for each in rehearsals if each.amiss is not None]
        if broken:
            raise BrokenCheck([*amiss, *broken.values()])
        return amiss, [each.doubt for each in rehearsals if each.doubt is not None]

    def _rehearse(self, check: Check) -> _Rehearsal:
        """Put a check to the reference. Raises BrokenCheck unless it holds."""
        reference = self._judge.reference
        trial, again = (self._trial(check, reference, "", WaryAgree) for _ in range(2))
        started = time.monotonic()
        with self._bounded_reference(roles=2):
            raised = check.raised(trial)
        self._demand_end(check, raised)
        if isinstance(raised, EndlessCheck):
            raise broken_check(check.id, check.file, check.line, raised)
        if time.monotonic() - started > 2 * self._exercise.limits.call * max(1, len(trial.agree.asked)):
            return _Rehearsal(is_quick=False)
        if isinstance(raised, ReferenceFailed):  # which every program would wait for
            raise broken_check(check.id, check.file, check.line, raised)
        if isinstance(raised, Accident):
            return _Rehearsal(amiss=at_its_line(check.file, check.line, raised))
        if raised is not None:
            if _is_fault(raised):
                self._blame(check, trial, raised)
            return _Rehearsal()
        wide = check.raised(self._trial(check, reference, "", StrictAgree)) if takes_zero(trial.agree) else None
        doubt = at_its_line(check.file, check.line, wide) if isinstance(wide, Accident) else None
        if check.raised(again) is None and not begin_alike(trial.agree, again.agree):
            return _Rehearsal(Problem(check.file, check.line, tr(OTHERWISE, check=check.id)), doubt)
        return _Rehearsal(doubt=doubt)

    def _demand_reference(self) -> None:
        """Raise BrokenCourse if the reference turned out to be none: what it raises at every question is no answer."""
        reference, file = self._judge.reference, self._exercise.reference
        if reference is not None and file is not None and reference.unloadable is not None:
            raise unloadable(file, reference.unloadable)

    def _results(self, attempt: Attempt, on_check: Callable[[int, int], None]) -> tuple[str, list[CheckResult]]:
        """Return a note on the file as a whole, if it can't be run, and the result of each check."""
        obstacle = self._obstacle(attempt)
        if obstacle is None:
            results = self._run(attempt, on_check)
            is_there = partial(_is_there, attempt.program)
            written = functions_with_values(asked for each in attempt.examined for asked in each.asked)
            passed = all(result.status == "passed" for result in results)
            said = messages.of_the_file(self._exercise, attempt.submission.source, is_there, written, passed=passed)
            return said, results
        status, note, line = obstacle
        return note, [check.result(status, note, line=line) for check in self._checks]

    def _obstacle(self, attempt: Attempt) -> tuple[Status, str, int] | None:
        """Return what keeps every check from running, if anything does, and the line that it is about."""
        if attempt.submission.problem is not None:
            return "failed", attempt.submission.problem, 0
        if is_stub(attempt.submission.source, self._exercise.stub):
            return "failed", messages.not_started(self._exercise), 0
        if self._exercise.is_script:  # its top level is what the checks run, each with an input of its own
            return None
        try:
            attempt.program.load()
        except ProgramFailure as failure:
            return *messages.load_failure(failure, self._exercise, attempt.submission.source), failure.file_line
        return None

    def _run(self, attempt: Attempt, on_check: Callable[[int, int], None]) -> list[CheckResult]:
        if self._stop_at_first_failure:
            return self._until_one_fails(attempt)
        results: list[CheckResult] = []
        for number, check in enumerate(self._checks, 1):
            on_check(number, len(self._checks))
            if (wanted := _lacking(check, results)) is not None:
                said = tr("It builds on a check that doesn't pass yet: {title}", title=wanted.title)
                results.append(check.result("skipped", said))
                continue
            results.append(self._noted(check, attempt))
        attempt.output = attempt.program.output  # what it prints while reasons are looked for says nothing to anybody
        if all(result.status == "passed" for result in results):
            return results
        on_check(len(self._checks) + 1, len(self._checks))
        return self._explained(attempt, results)

    def _until_one_fails(self, attempt: Attempt) -> list[CheckResult]:
        """Return the results in the order of the checks, which isn't the one in which they are run."""
        results: dict[str, CheckResult] = {}
        for check in sorted(self._checks, key=lambda check: self._prospects[check.id].worth, reverse=True):
            results[check.id] = result = self._noted(check, attempt)
            self._prospects[check.id].note(result)
            if result.status != "passed":
                break
        said = tr("An earlier check failed.")
        return [results.get(check.id) or check.result("skipped", said) for check in self._checks]

    def _noted(self, check: Check, attempt: Attempt) -> CheckResult:
        """Put a check to a submission, and note whether it failed."""
        result = self._check(check, attempt)
        if result.status == "failed":
            self.never_failed.pop(check.id, None)
        return result

    def _explained(self, attempt: Attempt, results: list[CheckResult]) -> list[CheckResult]:
        """Return the results and say why they failed; they stand as they are where the search itself fails."""
        # Much to import, and nothing where all is right.
        from autograder.grading.explaining.evidence import Evidence
        from autograder.grading.explaining.explainer import explained

        seen = attempt.submission, attempt.program, attempt.examined
        try:
            evidence = Evidence(self._judge, *seen, self.questions, self._effort, self._simplified)
            told, attempt.explanations = explained(evidence, results)
        except (CourseError, ReferenceFailed, SandboxUnavailable):
            raise
        except Exception as fault:
            place = traceback.extract_tb(fault.__traceback__)[-1]  # its text could tell what is hidden
            what = f"{type(fault).__name__}, {Path(place.filename).name}:{place.lineno}"
            said = tr("The search for reasons failed, the points stand ({fault}). Please report this line.", fault=what)
            attempt.remarks.append(said)
            return results
        return told

    def _check(self, check: Check, attempt: Attempt) -> CheckResult:
        started, received, asked_before = time.monotonic(), attempt.program.received, len(attempt.history)
        had_time = attempt.program.seconds_left > 0
        trial = self._trial(check, attempt.program, attempt.submission.file.sha256)
        with self._bounded_reference():
            raised = check.raised(trial)
        self._demand_reference()
        attempt.program.renew()
        attempt.history += [each.ask for each in trial.agree.asked]
        attempt.figures += [drawn for each in trial.agree.drawn if (drawn := figure(check.id, *each)) is not None]
        shares = trial.agree.settled(raised)
        faults: list[BaseException | None] = [self._in_time(fault, had_time) for _, fault in shares] or [None]
        verdicts = [self._verdict(check, trial, fault, attempt.submission.source) for fault in faults]
        message = "\n".join(dict.fromkeys(said for _, said in verdicts))
        case = faults[0].case if len(faults) == 1 and isinstance(faults[0], Disagreement) else None
        message = self._in_language(message.removesuffix(case.text)) if case else self._in_language(message)
        lost = sum(part for part, _ in shares)
        own = [fault for fault in faults if isinstance(fault, ProgramFailure) and not fault.trusted]
        line = own[0].file_line if own else 0
        result = check.result(verdicts[0][0], message, time.monotonic() - started, lost, line)
        if case is not None:
            result = with_case(result, case)
        if raised is None or isinstance(raised, AssertionError | ProgramError | ProgramMissing):
            trial.agree.tell_as_a_whole(partial(self._ended, check, trial.seed), _end(raised))
        if attempt.program.received - received <= _MOST_KEPT:
            attempt.examined.append(Examined(result, trial.agree, attempt.history[:asked_before]))
        return result

    def _in_time(self, fault: BaseException, had_time: bool) -> BaseException:
        """Return what a check ended with: one that had time, and used it up between two questions, was stopped."""
        if not had_time or not isinstance(fault, OutOfTime) or fault.trusted:
            return fault
        stopped = ProgramTimeout(self._exercise.limits.total, None, whole=True)
        return stopped.with_traceback(fault.__traceback__)

    def _ended(self, check: Check, seed: str, proxy: ProgramProxy) -> str:
        """Return how a check ends with a program in the submission's place."""
        return _end(check.raised(replace(self._trial(check, proxy._program, ""), seed=seed)))

    def _in_language(self, message: str) -> str:
        """Return a message with its author's sentences in the language spoken."""
        for original, sentence in self._sentences.items():
            message = message.replace(original, sentence)
        return message

    def _trial(self, check: Check, program: Program | None, seed: str, ask: type[Agree] = Agree) -> Trial:
        """Return a new trial; `seed` tells one submission's random numbers from another's."""
        reference = self._judge.reference
        agree = ask(program, reference, show=check.mark.show, parameters=self._exercise.parameters)
        return Trial(agree, program, reference, f"{self._exercise.id}/{check.seed}/{seed}")

    def _verdict(self, check: Check, trial: Trial, raised: BaseException | None, source: str) -> tuple[Status, str]:
        asked, last = trial.agree.asked, trial.agree.last
        if raised is None:
            return "passed", ""
        if isinstance(raised, ForeignObject):
            raise broken_check(check.id, check.file, check.line, raised)
        if isinstance(raised, ProgramFailure) and not isinstance(raised, Unusable) and not raised.trusted:
            if isinstance(raised, ProgramTimeout) and raised.whole:
                self._demand_end(check, self._again(check, trial))
            return _status(raised), messages.failure(raised, self._exercise, source)
        if isinstance(raised, AssertionError):
            return "failed", failed_assertion(raised, check.file.parent, asked, show=check.mark.show)
        self._blame(check, trial, raised)
        if (led := _led_the_reference(raised)) is not None:
            return led
        wrong = trial.agree.wrong_call(last, in_form=False) if last is not None else ""
        if wrong or isinstance(raised, Unusable):
            return "failed", messages.sentence(wrong) or str(raised)
        answer = describe(last.outcome.value) if last is not None else tr("nothing")
        return "failed", tr("The check can't use the answer: it is {answer}.", answer=answer)

    def _blame(self, check: Check, trial: Trial, raised: BaseException) -> None:
        """Raise BrokenCheck unless the check runs well with the reference in the submission's place."""
        again = raised if self._judge.reference is None else self._again(check, trial)
        self._demand_end(check, again)
        if again is not None:
            if isinstance(again, Unusable):  # a question that was never put knows no line of the check's
                line, again = again.__traceback__, again.cause
                again = again if is_authored(again, check.file.parent) else again.with_traceback(line)
            raise broken_check(check.id, check.file, check.line, again) from again

    def _again(self, check: Check, trial: Trial) -> BaseException | None:
        """Return what the check raises with the reference in the submission's place, if there is one."""
        if self._judge.reference is None:
            return None
        with self._bounded_reference(roles=2):
            return check.raised(replace(self._trial(check, self._judge.reference, ""), seed=trial.seed))

    def _bounded_reference(self, roles: int = 1) -> AbstractContextManager[None]:
        """Give the reference as much time for one check as a submission has for all: it may be asked on and on.

        `roles`: 2 where it stands in the submission's place, too.
        """
        reference = self._judge.reference
        return contextlib.nullcontext() if reference is None else reference.within(roles * self._exercise.limits.total)

    def _demand_end(self, check: Check, raised: BaseException | None) -> None:
        """Raise BrokenCheck if the reference, which stood in the submission's place, ran out of time."""
        if raised is not None and _is_out_of_time(raised):
            endless = EndlessAsking(self._exercise.limits.total).with_traceback(raised.__traceback__)
            raise broken_check(check.id, check.file, check.line, endless)

    def questions(self, check_id: str, seed: str) -> list[Asked]:
        """Return the questions of a check with random numbers that depend on no submission, taken down but not asked.

        Empty where the check looks at answers between its questions: then these aren't the same for all.
        """
        if (check_id, seed) not in self._drawn:
            check = next(each for each in self._checks if each.id == check_id)
            trial = self._trial(check, None, seed)
            if not check.reads_answers:
                check.raised(trial)
            self._drawn[check_id, seed] = trial.agree.asked
        return self._drawn[check_id, seed]

    def _report(self, attempt: Attempt, results: list[CheckResult], note: str, seconds: float) -> Report:
        due = [result for result in results if not result.extra]
        points = sum(result.points for result in due)
        passed = bool(due) and all(result.status == "passed" for result in due)
        program, submission, names = attempt.program, attempt.submission, self._exercise.required_names
        return Report(
            exercise=self._exercise.id,
            title=self._exercise.title,
            score=min(points, sum(result.score for result in results)),
            points=points,
            passed=passed,
            seconds=round(seconds, 4),
            isolation=attempt.program.layers or self._judge.layers,
            submission=attempt.submission.file,
            checks=[*results, *self._elsewhere],
            output=attempt.program.output if attempt.output is None else attempt.output,
            note=note,
            untouched=note == messages.not_started(self._exercise),
            figures=attempt.figures,
            remarks=[
                *submission.remarks,
                *at_loading.remarks(program.stumbles, self._exercise, submission.source),
                *([] if passed else several_definitions.remarks(submission, names, program.stumbles)),
                *attempt.remarks,
            ],
            explanations=attempt.explanations,
        )


def _hidden(exercise: Exercise) -> tuple[HiddenChecks | PlainChecks | None, Mapping[str, str]]:
    """Return the hidden checks, and what their sentences are in the language that is spoken."""
    file = exercise.solution / "checks.py" if exercise.solution is not None else None
    if file is None or not file.is_file():
        return None, {}
    texts, problems = texts_of_checks(file, spoken())
    if problems:
        raise CourseError(problems)
    checks: HiddenChecks | PlainChecks | None = plain_checks.read(file, exercise.modules, texts.checks)
    if checks is None:
        from autograder.grading.collecting import HiddenChecks  # pytest comes along

        checks = HiddenChecks(file, exercise.modules, texts.checks)
    return checks, texts.sentences


def _lacking(check: Check, results: list[CheckResult]) -> CheckResult | None:
    """Return the first check, or case of one, that it is to come after and that didn't pass."""
    above = (each for each in results if each.id.partition("[")[0] in check.mark.after)
    return next((each for each in above if each.status != "passed"), None)


def _is_there(program: Program, name: str) -> bool:
    """Say whether a program that has run has a name; also where that can't be told."""
    try:
        program.get(None, name)
    except ProgramMissing:
        return False
    except ProgramFailure:
        return True
    return True


def _is_fault(raised: BaseException) -> bool:
    """Say whether a check that was put to the reference ended by a fault of its own, and not by an answer's."""
    if isinstance(raised, ProgramFailure):
        return isinstance(raised, Unusable | ForeignObject)
    return not isinstance(raised, AssertionError)


def _end(raised: BaseException | None) -> str:
    return f"{type(raised).__name__}: {raised}" if raised is not None else ""


def _is_out_of_time(raised: BaseException) -> bool:
    failure = raised.__cause__ if isinstance(raised, ReferenceFailed) else raised
    return isinstance(failure, OutOfTime) or (isinstance(failure, ProgramTimeout) and failure.whole)


def _led_the_reference(raised: BaseException) -> tuple[Status, str] | None:
    """Return the verdict where a submission's answers led a sound check to what the reference can't answer."""
    failure = raised.__cause__ if isinstance(raised, ReferenceFailed) else raised
    if isinstance(failure, OutOfTime | ProgramTimeout):
        return "timeout", tr(
            "With the answers of this program the check came to no end, and it was stopped. With right ones it ends."
        )
    if isinstance(raised, ReferenceFailed):
        return "failed", tr("An answer of this program led the check to a question that has no right answer.")
    return None


def _status(failure: ProgramFailure) -> Status:
    if isinstance(failure, ProgramError):
        return "error"
    if isinstance(failure, ProgramTimeout):
        return "timeout"
    if isinstance(failure, ProgramCrashed):
        return "crashed"
    return "skipped" if isinstance(failure, OutOfTime) else "failed"
