"""A check, public or hidden: what it is called, what it is worth, and how it is put to a program.

It must not know how checks are found, nor what becomes of their results.
"""

from __future__ import annotations

import hashlib
import inspect
import sys
import warnings
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, redirect_stdout
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import Any

import msgspec
import numpy as np
import numpy.random  # here, and not when the first check draws a number: nobody waits for it yet

from autograder.checks import Mark
from autograder.course.translation import CheckTexts
from autograder.grading.agree import Agree, Recorded
from autograder.grading.asking import Ask, Asked
from autograder.grading.bounded_memory import bounded_memory
from autograder.grading.endless import bounded_computing
from autograder.grading.report import CheckResult, Status
from autograder.language import tr
from autograder.sandbox.program import Program, ProgramProxy

#: What a check may ask for by the names of its parameters.
OFFERED = frozenset({"agree", "submission", "reference", "rng"})


@contextmanager
def computing(unseen: type[Warning] = Warning) -> Iterator[None]:
    """Let a check compute here, within bounds; of what it computes with wrong answers no warning is anyone's to mend.

    What it prints goes to the standard error: the standard output is the report's, which may be JSON.
    """
    quiet = warnings.catch_warnings(action="ignore", category=unseen)
    with quiet, redirect_stdout(sys.stderr), bounded_memory(), bounded_computing():
        yield


@dataclass
class Trial:
    """One check put to one program, once: all that the check is given, and all that it asked.

    It is made just before the check runs, hands `agree`, `submission`, `reference` and `rng` to it, and is read when
    the check has ended, by whoever made it. The same check put to another program, or to this one again, is another
    trial. Without a `program` its questions are only taken down. `seed` is what its random numbers depend on.
    """

    agree: Agree
    program: Program | None
    known_right: Program | None
    seed: str

    @property
    def submission(self) -> Recorded:
        assert self.program is not None, "there is no submission to ask"
        return Recorded(self.agree, self.program)

    @property
    def reference(self) -> ProgramProxy:
        assert self.known_right is not None, "there is no reference to ask"
        return ProgramProxy(self.known_right)

    @cached_property
    def rng(self) -> np.random.Generator:
        # The words that numpy makes of a list of these bytes, one by one, which takes it four times as long.
        words = np.frombuffer(hashlib.sha256(self.seed.encode()).digest(), np.uint8).astype(np.uint32)
        return np.random.default_rng(words)


def mark_and_title(function: Any, check_id: str, texts: CheckTexts) -> tuple[Mark, str]:
    """Return what `@points` says of a check's function, and its title; `texts` are those of another language."""
    mark = getattr(function, "__gradecheck__", None)
    mark = mark if isinstance(mark, Mark) else Mark(0.0)
    title = texts.title or (inspect.getdoc(function) or check_id).partition("\n")[0]
    return replace(mark, hint=texts.hint) if texts.hint else mark, title


class Check(msgspec.Struct, frozen=True):
    """`run` raises what the check raises; `file` and `line` are where it begins; `seed` is its part of a trial's seed.

    `reads_answers`: it looks at plain answers between its questions.
    """

    id: str
    title: str
    mark: Mark
    file: Path
    line: int
    run: Callable[[Trial], None]
    seed: str
    reads_answers: bool = False

    def raised(self, trial: Trial) -> BaseException | None:
        """Put it to the trial's program, and return what it raised, if anything."""
        with computing(RuntimeWarning):
            try:
                self.run(trial)
            except KeyboardInterrupt:
                raise
            except BaseException as problem:  # pytest.fail, pytest.skip and exit() raise no Exception
                return problem
        return None

    def result(
        self, status: Status, message: str = "", seconds: float = 0.0, lost: float = 1.0, line: int = 0
    ) -> CheckResult:
        """`lost`: the part of its points that one which didn't pass costs. `line`: of the file, where one is known."""
        passed = status == "passed"
        return CheckResult(
            id=self.id,
            title=f"{self.title} ({tr('extra credit')})" if self.mark.extra else self.title,
            points=self.mark.points,
            score=self.mark.points if passed else round(self.mark.points * (1 - min(1.0, lost)), 4),
            status=status,
            message=message,
            hint=None if passed or status in ("timeout", "crashed") else self.mark.hint,
            seconds=round(seconds, 4),
            line=line,
            extra=self.mark.extra,
        )


class Examined(msgspec.Struct, frozen=True):
    """A check that has run: its questions with the submission's answers, and what the submission had been asked before.

    A check whose answers are too large to be kept isn't among them.
    """

    result: CheckResult
    agree: Agree
    history: Sequence[Ask]

    @property
    def asked(self) -> Sequence[Asked]:
        return self.agree.asked

    @property
    def passed(self) -> bool:
        return self.result.status == "passed"

    @property
    def failed(self) -> bool:
        """Whether it got an answer, or an exception, and a wrong one."""
        return self.result.status in ("failed", "error")
