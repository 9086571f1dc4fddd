"""The course with the student's own record of it: what `list`, `progress` and `report` show.

It must not know how it is shown. Imports neither numpy, torch, pytest nor jinja2.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from autograder.feedback.course_page import CourseSoFar, ExerciseSoFar, Named, QuizSoFar, Sum, UnitSoFar

if TYPE_CHECKING:
    from autograder.cli.session import Session
    from autograder.course import Problem
    from autograder.course.outline import ExerciseOutline, QuizOutline
    from autograder.progress import Best, Standing


def overview(session: Session) -> tuple[CourseSoFar, list[Problem]]:
    """Return what there is, and the problems of what can't be read: that is left out, the rest is there."""
    outline, problems = session.outline
    best, standings = session.progress.best(), session.progress.quizzes.standings()
    in_part = session.root.solutions is None  # a student's kit grades by its public checks alone
    units = [
        UnitSoFar(
            unit.id,
            unit.title,
            [_exercise(each, best.get(each.id), in_part=in_part) for each in unit.exercises],
            [_quiz(each, _asked(session, each), standings.get(each.id)) for each in unit.quizzes],
        )
        for unit in outline.units
    ]
    exercises = _sum(entry for unit in units for entry in unit.exercises)
    found = CourseSoFar(
        course=Named(outline.id, outline.title, str(session.root.root)),
        score=exercises.score,
        points=exercises.points,
        quizzes=_sum(entry for unit in units for entry in unit.quizzes),
        units=units,
        last=session.progress.last_exercise() or "",
        quiz_left=session.progress.quiz_left() or "",
    )
    return found, problems


def _sum(entries: Iterable[ExerciseSoFar | QuizSoFar]) -> Sum:
    entries = list(entries)
    return Sum(sum(entry.score or 0 for entry in entries), sum(entry.points for entry in entries))


def _exercise(exercise: ExerciseOutline, best: Best | None, *, in_part: bool) -> ExerciseSoFar:
    about = exercise.id, exercise.title, exercise.kind, exercise.file, exercise.points
    if best is None:
        return ExerciseSoFar(*about, score=None, passed=False, runs=0, quiz=exercise.quiz)
    # The points may have changed since; of what a kit has graded, the rest is still open.
    scale = 1.0 if in_part or not best.points else exercise.points / best.points
    score = min(round(best.score * scale, 2), exercise.points)
    return ExerciseSoFar(*about, score, best.passed, best.runs, exercise.quiz)


def _asked(session: Session, quiz: QuizOutline) -> dict[str, float]:
    """What each question is worth that this student is asked."""
    if not quiz.pools:
        return quiz.questions
    from autograder.quiz.pools import spared

    left_out = spared(quiz.id, quiz.pools, session.progress.quizzes.seed())
    return {question: points for question, points in quiz.questions.items() if question not in left_out}


def _quiz(quiz: QuizOutline, asked: dict[str, float], standing: Standing | None) -> QuizSoFar:
    count, points = len(asked), sum(asked.values())
    if standing is None:
        return QuizSoFar(quiz.id, quiz.title, count, 0, points, None, None, [])
    missed = sorted(standing.missed & asked.keys())
    answered, latest, first = min(standing.answered, count), min(standing.latest, points), min(standing.first, points)
    return QuizSoFar(quiz.id, quiz.title, count, answered, points, latest, first, missed)
