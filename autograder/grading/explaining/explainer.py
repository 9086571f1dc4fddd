"""Why checks failed, found out once every verdict of a submission stands: where a wrong answer came from, the simplest
input that goes wrong, and the belief behind it.

Nothing here changes a verdict: what the submission is asked now, no check sees. It must not know how checks are run.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import partial

import msgspec

from autograder.grading.agree import Agree
from autograder.grading.asking import Ask, Asked, put
from autograder.grading.explaining.beliefs import Screen, choose
from autograder.grading.explaining.origin import origin, worth_it
from autograder.grading.judge import Judge
from autograder.grading.report import CheckResult, Misconception
from autograder.grading.submission import Submission
from autograder.sandbox.program import Program

#: Seconds of a submission's calls, in all, that its explanations may cost.
_EXPLAINING = 1.0


@dataclass(frozen=True)
class Failure:
    """A failed check: its questions with the submission's answers, and what the submission had been asked before."""

    result: CheckResult
    agree: Agree
    history: Sequence[Ask]

    @property
    def asked(self) -> Sequence[Asked]:
        return self.agree.asked


class Explainer:
    """Explains the failures of one submission. `program` is the one that was graded.

    `fixed_questions` gives a check's questions with random numbers that are the same for every submission.
    """

    def __init__(
        self,
        judge: Judge,
        submission: Submission,
        program: Program,
        fixed_questions: Callable[[str], Sequence[Asked]],
    ) -> None:
        self._judge, self._submission, self._program = judge, submission, program
        self._fixed_questions = fixed_questions
        self._left = min(_EXPLAINING, program.seconds_left)

    def explained(self, results: Sequence[CheckResult], failures: Sequence[Failure]) -> list[CheckResult]:
        """The results, with all that can be said about those that failed."""
        messages = {each.result.id: "\n".join([each.result.message, *self._background(each)]) for each in failures}
        named = self._beliefs(failures)
        return [
            msgspec.structs.replace(
                result, message=messages.get(result.id, result.message), misconception=named.get(result.id)
            )
            for result in results
        ]

    def _background(self, failure: Failure) -> list[str]:
        """Lines on where the answer came from, and on the simplest bad input."""
        lines = []
        last = failure.asked[-1] if failure.asked else None
        if failure.result.status == "failed" and last and last.outcome.failure is None and worth_it(last.outcome.value):
            with self._once_more(trace=True) as watched:
                lines.append(origin(last.ask, watched, self._submission.source))
        if failure.result.status in ("failed", "error"):
            with self._once_more() as program:
                lines.append(failure.agree.simplest(program))
        return list(filter(None, lines))

    @contextmanager
    def _once_more(self, *, trace: bool = False) -> Iterator[Program]:
        """The submission as a program of its own: what hangs may not cost its time twice."""
        program = self._judge.program(self._submission, trace=trace, total=self._left)
        try:
            yield program
        finally:
            program.close()
            self._left = max(0.0, self._left - program.seconds_spent)

    def _beliefs(self, failures: Sequence[Failure]) -> dict[str, Misconception]:
        """The belief behind each failed check, where one is found."""
        self._program.allow(self._left)
        candidates: dict[str, list[Misconception]] = {}
        for failure in failures:
            if failure.result.status in ("failed", "error"):
                suspected = {each.id for found in candidates.values() for each in found}
                candidates[failure.result.id] = self._judge.diagnosis.candidates(
                    failure.asked, failure.history, suspected, partial(self._screen, failure)
                )
        return choose(candidates)

    def _screen(self, failure: Failure) -> Screen | None:
        """What the submission answers to the fixed question in the place of the check's last one.

        None where there is no such question, or no answer that could be compared.
        """
        number, questions = len(failure.asked) - 1, self._fixed_questions(failure.result.id)
        if number >= len(questions) or not failure.asked[-1].outcome.repeatable:
            return None
        try:
            outcome = put(questions[number].ask, self._program)
        except Exception:  # the check can't use this answer
            return None
        if not outcome.repeatable:
            return None
        return Screen((failure.result.id, number), replace(questions[number], outcome=outcome))
