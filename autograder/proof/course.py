"""A whole course, or a part of it, put to the proof: what to prove of what can be read, and all findings together.

It must not know how findings are shown.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from autograder.course import CourseError, CourseRoot, Exercise, Problem, Quiz, load_course, load_everything
from autograder.course.problems import nearest
from autograder.proof.catalogue import unused_misconceptions
from autograder.proof.findings import Findings, together
from autograder.proof.jobs import Task, tasks_of
from autograder.proof.parallel import findings_of
from autograder.proof.texts import files_of, left_to_write


@dataclass(frozen=True)
class Proof:
    """By id what was found of each exercise and quiz, in the order of the course; every problem and warning, sorted.

    What has an entry without tallies could not be read well enough to be proved.
    """

    exercises: dict[str, Findings]
    quizzes: dict[str, Findings]
    problems: tuple[Problem, ...]
    warnings: tuple[Problem, ...]

    @property
    def passed(self) -> bool:
        return not self.problems


class Observer(Protocol):
    """Who is told how far the proof is; called from several threads."""

    def begin(self, tasks: Sequence[Task]) -> None: ...

    def step(self, task: Task) -> None: ...

    def end(self, task: Task, findings: Findings) -> None: ...


def prove(root: CourseRoot, ids: Collection[str], *, jobs: int, mutants: bool, observer: Observer) -> Proof:
    """Prove the exercises and quizzes of these ids, or the whole course where none is named.

    Raises CourseError where course.yaml can't be read or an id is unknown; ProofFailed.
    """
    course = load_course(root)
    wanted = _wanted(root, (*course.exercise_ids, *course.quiz_ids), ids)
    everything = load_everything(root)
    loose = [problem for problem in everything.problems if not ids or _subject(root, problem.file) in wanted]
    unreadable = {_subject(root, problem.file) for problem in loose}
    exercises = [each for each in everything.exercises if each.id in wanted and each.id not in unreadable]
    quizzes = [each for each in everything.quizzes if each.id in wanted]
    tasks = tasks_of(root, exercises, quizzes, mutants=mutants)
    loose += left_to_write([root.file, *_files(exercises, quizzes)])
    found = _proved(tasks, jobs, observer)
    loose += [] if ids else list(unused_misconceptions(course, everything))
    everywhere = together([*found.values(), Findings(problems=tuple(loose))])
    return Proof(
        {each: found.get(each, Findings()) for each in course.exercise_ids if each in wanted},
        {each: found.get(each, Findings()) for each in course.quiz_ids if each in wanted},
        everywhere.problems,
        everywhere.warnings,
    )


def _wanted(root: CourseRoot, known: Collection[str], ids: Collection[str]) -> Collection[str]:
    unknown = [each for each in ids if each not in known]
    if unknown:
        raise CourseError(
            Problem(root.file, 1, f"There is no exercise or quiz {each!r}.{nearest(each, known)}") for each in unknown
        )
    return ids or known


def _subject(root: CourseRoot, file: Path) -> str:
    """The exercise or quiz that a file belongs to; empty for course.yaml."""
    parts = file.relative_to(root.root).parts if file.is_relative_to(root.root) else ()
    return parts[1].removesuffix(".yaml") if len(parts) > 1 else ""


def _files(exercises: Collection[Exercise], quizzes: Collection[Quiz]) -> Iterator[Path]:
    for exercise in exercises:
        yield from files_of(exercise)
    yield from (quiz.source.path for quiz in quizzes)


def _proved(tasks: Sequence[Task], jobs: int, observer: Observer) -> dict[str, Findings]:
    """What was found of each exercise and quiz."""
    parts: dict[str, list[Findings]] = defaultdict(list)
    observer.begin(tasks)
    for task, findings in findings_of(tasks, jobs, observer.step):
        parts[task.id].append(findings)
        observer.end(task, findings)
    return {each: together(several) for each, several in parts.items()}
