"""Checks run by pytest's own command line, against a file or the reference: see `autograder.pytest_plugin`.

The same questions, random numbers and limits as when the file is graded; but pytest says what came of them, and every
check shows its values. It must not know how a grader collects or reports.
"""

from __future__ import annotations

import warnings
from collections.abc import Generator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

import pytest

from autograder.course import CourseError, CourseRoot, Exercise, load_exercise
from autograder.grading.agree import Agree
from autograder.grading.beside_checks import Beside
from autograder.grading.checking import Trial
from autograder.grading.collecting import named
from autograder.grading.fixtures import TRIAL
from autograder.grading.judge import Judge
from autograder.grading.submission import Submission, read_work
from autograder.sandbox.layers import SandboxUnavailable
from autograder.sandbox.libraries import LibraryMissing
from autograder.sandbox.program import Program

_SEED: pytest.StashKey[str] = pytest.StashKey()


class AuthoredRun:
    """A plugin for one pytest session, registered where a checks.py of a course is among pytest's arguments."""

    def __init__(self, config: pytest.Config, files: Sequence[Path]) -> None:
        """Raises pytest.UsageError for a course or a submission that can't be read."""
        named = config.known_args_namespace.submission
        submission = config.invocation_params.dir / named if named is not None else None
        try:
            self._asked = {file: _Asked(_exercise(file), submission) for file in files}
        except CourseError as error:
            raise pytest.UsageError(*map(str, error.problems)) from None

    def beside(self) -> ExitStack:
        """Return a context, entered, in which what stands beside the files can be imported."""
        stack = ExitStack()
        for asked in self._asked.values():
            stack.enter_context(asked.beside)
        return stack

    @pytest.hookimpl(wrapper=True)
    def pytest_make_collect_report(
        self, collector: pytest.Collector
    ) -> Generator[None, pytest.CollectReport, pytest.CollectReport]:
        asked = self._asked.get(collector.path) if isinstance(collector, pytest.Module) else None
        if asked is None:
            return (yield)
        with asked.beside:
            return (yield)

    @pytest.hookimpl(tryfirst=True)
    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        """Name every check as a grader does, for its random numbers, before any is deselected."""
        for file in self._asked:
            for item, name in named(item for item in items if item.path == file).items():
                item.stash[_SEED] = name.seed

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_protocol(self, item: pytest.Item) -> Generator[None, object, object]:
        asked = self._asked.get(item.path)
        if asked is None:
            return (yield)
        item.stash[TRIAL] = asked.trial(item.stash[_SEED])
        with asked.beside:
            return (yield)

    def pytest_unconfigure(self) -> None:
        for asked in self._asked.values():
            asked.close()


@dataclass
class _Asked:
    """One exercise and who is asked; the programs start at the first check."""

    exercise: Exercise
    file: Path | None
    judge: Judge | None = None
    program: Program | None = None

    def __post_init__(self) -> None:
        assert self.exercise.reference is not None
        assert self.exercise.solution is not None
        self.beside = Beside(self.exercise.solution, self.exercise.modules)
        self.submission = _read(self.file or self.exercise.reference, self.exercise)

    def trial(self, check: str) -> Trial:
        judge, program = self._started()
        agree = Agree(program, judge.reference, show=True, parameters=self.exercise.parameters)
        seed = f"{self.exercise.id}/{check}/{self.submission.file.sha256}"
        return Trial(agree, program, judge.reference, seed)

    def _started(self) -> tuple[Judge, Program]:
        if self.judge is None or self.program is None:
            try:
                self.judge = Judge(self.exercise, [], fall_back=True, on_missing=_warn)
                self.judge.warm_up()
            except (SandboxUnavailable, LibraryMissing) as unfit:
                raise pytest.UsageError(str(unfit)) from None
            self.program = self.judge.program(self.submission)
        return self.judge, self.program

    def close(self) -> None:
        if self.program is not None:
            self.program.close()
        if self.judge is not None:
            self.judge.close()


def _warn(sentence: str) -> None:
    warnings.warn(sentence, stacklevel=1)


def _exercise(checks: Path) -> Exercise:
    return load_exercise(CourseRoot.at(checks.parents[2]), checks.parent.name)


def _read(file: Path, exercise: Exercise) -> Submission:
    submission = read_work(file, exercise.files)
    if submission.problem is not None:
        raise pytest.UsageError(submission.problem)
    return submission
