"""The jobs that prove a course: one for each exercise and kind of proof, and one for each quiz.

Here is what each does, and how many steps it takes; how jobs are shared out is `parallel`'s.
"""

from __future__ import annotations

from bisect import bisect
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Literal

import msgspec

from autograder.course import (
    Course,
    CourseError,
    CourseRoot,
    Exercise,
    Problem,
    Quiz,
    load_course,
    load_exercise,
    load_quiz,
)
from autograder.course.loader import read_quiz_file
from autograder.course.source import read_yaml
from autograder.course.translation import LANGUAGES, quiz_in
from autograder.language import read_as_written, speak
from autograder.proof.findings import Findings, Tally
from autograder.sandbox.libraries import LibraryMissing
from autograder.sandbox.starter import Starters


class Job(msgspec.Struct, frozen=True):
    """What to prove of which exercise or quiz of the course in the folder `course`. `steps` is its size."""

    course: str
    id: str
    kind: Literal["programs", "mutants", "left_out", "figures", "questions"]
    steps: int
    weight: float = 1.0

    @property
    def builds_on_programs(self) -> bool:
        """Whether it grades more programs by checks that the exercise's own show to be sound."""
        return self.kind in ("mutants", "left_out")


def jobs_of(
    course: Course, exercises: list[Exercise], quizzes: list[Quiz], *, mutants: bool, left_out: bool
) -> list[Job]:
    """Return every job, the longest first, as far as is known; but an exercise's programs before what builds on them.

    So checks that don't end are waited for by the programs' job alone, whichever is the longer.
    """
    from autograder.proof.mutants import mutants_of
    from autograder.proof.programs import cases, known_wrong

    folder = str(course.root.root)
    jobs = [Job(folder, quiz.id, "questions", len(quiz.questions)) for quiz in quizzes]
    for exercise in exercises:
        cost = exercise.limits.total
        try:
            programs = len(cases(course, exercise))
        except CourseError:  # which the job itself tells
            programs = 1
        longest = cost * programs
        jobs.append(Job(folder, exercise.id, "programs", programs, longest))
        jobs.append(Job(folder, exercise.id, "figures", 1))
        changed = len(mutants_of(exercise)) if mutants else 0
        if changed:
            jobs.append(Job(folder, exercise.id, "mutants", changed, min(longest, cost * changed / 5)))
        unknown = len(known_wrong(course, exercise)) if left_out else 0
        if unknown:
            jobs.append(Job(folder, exercise.id, "left_out", unknown, cost * unknown))
    return sorted(jobs, key=lambda job: -job.weight)


def perform(job: Job, on_step: Callable[[], None], starters: Starters) -> Findings:
    """Do one job and tell of its steps. What its author did wrong is a finding. Raises SandboxUnavailable.

    `starters`: what starts programs, kept from the jobs before.
    """
    read_as_written()
    course = load_course(CourseRoot.at(Path(job.course)))
    speak(course.language)
    try:
        if job.kind == "questions":
            return _prove_quiz(course, load_quiz(course, job.id))
        return _prove_exercise(course, job, on_step, starters)
    except CourseError as error:
        return Findings(problems=tuple(error.problems), broken=True)


def _prove_exercise(course: Course, job: Job, on_step: Callable[[], None], starters: Starters) -> Findings:
    exercise = load_exercise(course.root, job.id)
    if job.kind == "figures":
        from autograder.proof.figures import prove_figures

        return prove_figures(exercise)
    from autograder.proof.left_out import prove_left_out
    from autograder.proof.mutants import prove_mutants
    from autograder.proof.programs import prove_programs

    proofs = {"mutants": prove_mutants, "programs": prove_programs, "left_out": prove_left_out}
    try:
        return proofs[job.kind](course, exercise, on_step, starters=starters)
    except LibraryMissing as missing:
        return Findings(problems=(read_yaml(exercise.folder / "exercise.yaml").problem(("needs",), str(missing)),))


def _prove_quiz(course: Course, quiz: Quiz) -> Findings:
    """Draw every question many times, and read it as a student would, in each language that it is in."""
    from autograder.proof.quoted import quoted_outside_holes
    from autograder.quiz.soundness import examine

    examined = examine(quiz)
    quoted = tuple(quoted_outside_holes(quiz))
    begins = [quiz.source.line(("questions", index)) for index in range(len(quiz.questions))]
    faulty = {bisect(begins, problem.line) for problem in examined.problems}
    sound = Tally(len(quiz.questions) - len(faulty), len(quiz.questions))
    problems = *examined.problems, *_of_translations(course, quiz)
    return Findings({"questions": sound}, problems, examined.warnings, {"quoted_figures": quoted})


def _of_translations(course: Course, quiz: Quiz) -> Iterator[Problem]:
    """Yield what is wrong with a quiz in another language, where its values are drawn; what can't be read is told."""
    from autograder.quiz.soundness import examine

    for path in (quiz_in(course.root.root, quiz.id, language) for language in LANGUAGES):
        other, problems = read_quiz_file(course, quiz.id, path) if path.is_file() else (None, [])
        if other is not None and not problems:
            yield from examine(other).problems
