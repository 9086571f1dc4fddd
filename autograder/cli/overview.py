"""The course with the student's own record of it: what `list`, `progress` and `report` show.

It must not know how it is shown. Imports neither numpy, torch, pytest nor jinja2.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from autograder.feedback.course_page import CourseSoFar, ExerciseSoFar, Named, QuizSoFar, Sum, UnitSoFar

if TYPE_CHECKING:
    from autograder.cli.session import Session
    from autograder.course import Exercise, Problem, Quiz
    from autograder.progress import Best, Standing


def overview(session: Session) -> tuple[CourseSoFar, list[Problem]]:
    """Return what there is, and the problems of what can't be read: that is left out, the rest is there."""
    from autograder.course.loader import read_exercise, read_quiz

    course, best, standings = session.course, session.progress.best(), session.progress.quizzes.standings()
    problems: list[Problem] = []
    units: list[UnitSoFar] = []
    for unit in course.units:
        units.append(UnitSoFar(unit.id, unit.title, [], []))
        for exercise_id in unit.exercises:
            draft = read_exercise(course.root, exercise_id)
            problems += draft.problems
            if draft.exercise and not draft.problems:
                in_part = course.root.solutions is None  # a student's kit grades by its public checks alone
                units[-1].exercises.append(_exercise(draft.exercise, best.get(exercise_id), in_part=in_part))
        for quiz_id in unit.quizzes:
            quiz, faults = read_quiz(course, quiz_id)
            problems += faults
            if quiz and not faults:
                units[-1].quizzes.append(_quiz(session.as_asked(quiz), standings.get(quiz_id)))
    exercises = _sum(entry for unit in units for entry in unit.exercises)
    found = CourseSoFar(
        course=Named(course.id, course.title, str(course.root.root)),
        score=exercises.score,
        points=exercises.points,
        quizzes=_sum(entry for unit in units for entry in unit.quizzes),
        units=units,
    )
    return found, problems


def _sum(entries: Iterable[ExerciseSoFar | QuizSoFar]) -> Sum:
    entries = list(entries)
    return Sum(sum(entry.score or 0 for entry in entries), sum(entry.points for entry in entries))


def _exercise(exercise: Exercise, best: Best | None, *, in_part: bool) -> ExerciseSoFar:
    about = exercise.id, exercise.title, exercise.kind, exercise.file, exercise.points
    if best is None:
        return ExerciseSoFar(*about, score=None, passed=False, runs=0)
    # The points may have changed since; of what a kit has graded, the rest is still open.
    scale = 1.0 if in_part or not best.points else exercise.points / best.points
    score = min(round(best.score * scale, 2), exercise.points)
    return ExerciseSoFar(*about, score, best.passed, best.runs)


def _quiz(quiz: Quiz, standing: Standing | None) -> QuizSoFar:
    count, points = len(quiz.questions), quiz.points
    if standing is None:
        return QuizSoFar(quiz.id, quiz.title, count, 0, points, None, None, [])
    missed = sorted(standing.missed & {question.id for question in quiz.questions})
    answered, latest, first = min(standing.answered, count), min(standing.latest, points), min(standing.first, points)
    return QuizSoFar(quiz.id, quiz.title, count, answered, points, latest, first, missed)
