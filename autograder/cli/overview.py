"""The course with one's own progress, as plain data: what `list` and `progress` show, and print as JSON.

It must not know how it is shown. Imports neither numpy, torch, pytest nor jinja2.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from autograder.cli.session import Session
    from autograder.course import Exercise, Problem, Quiz
    from autograder.progress import Best, Standing


def overview(session: Session) -> tuple[dict[str, Any], list[Problem]]:
    """What there is, and the problems of what can't be read: that is left out, the rest is there."""
    from autograder.course.loader import read_exercise, read_quiz

    course, best, standings = session.course, session.progress.best(), session.progress.quizzes.standings()
    problems: list[Problem] = []
    units: list[dict[str, Any]] = []
    for unit in course.units:
        exercises, quizzes = [], []
        for exercise_id in unit.exercises:
            draft = read_exercise(course.root, exercise_id)
            problems += draft.problems
            if draft.exercise and not draft.problems:
                exercises.append(_exercise(draft.exercise, best.get(exercise_id)))
        for quiz_id in unit.quizzes:
            quiz, faults = read_quiz(course, quiz_id)
            problems += faults
            if quiz and not faults:
                quizzes.append(_quiz(quiz, standings.get(quiz_id)))
        units.append({"id": unit.id, "title": unit.title, "exercises": exercises, "quizzes": quizzes})
    return {
        "schema": 1,
        "course": {"id": course.id, "title": course.title, "folder": str(course.root.root)},
        **_sums([row for unit in units for row in unit["exercises"]]),
        "quizzes": _sums([row for unit in units for row in unit["quizzes"]]),
        "units": units,
    }, problems


def next_step(units: list[dict[str, Any]]) -> str | None:
    """What to type for the first thing that isn't done: an exercise of a unit before its quizzes."""
    for unit in units:
        for row in unit["exercises"]:
            if not row["passed"]:
                begun = f"gradecheck run {row['id']}"
                return begun if row["runs"] else f"gradecheck show {row['id']}, then gradecheck start {row['id']}"
        for row in unit["quizzes"]:
            if row["answered"] < row["questions"]:
                return f"gradecheck quiz {row['id']}"
    return None


def _sums(rows: list[dict[str, Any]]) -> dict[str, float]:
    return {"score": sum(row["score"] or 0 for row in rows), "points": sum(row["points"] for row in rows)}


def _exercise(exercise: Exercise, best: Best | None) -> dict[str, Any]:
    return {
        "id": exercise.id,
        "title": exercise.title,
        "kind": exercise.kind,
        "file": exercise.file,
        "points": exercise.points,
        "score": round(best.score * exercise.points / best.points, 2) if best else None,  # they may have changed since
        "passed": bool(best and best.passed),
        "runs": best.runs if best else 0,
    }


def _quiz(quiz: Quiz, standing: Standing | None) -> dict[str, Any]:
    """`score` is of the latest answers, `first` of the first ones, which count in statistics."""
    known = {question.id for question in quiz.questions}
    missed = sorted(standing.missed & known) if standing else []
    return {
        "id": quiz.id,
        "title": quiz.title,
        "questions": len(quiz.questions),
        "answered": min(standing.answered, len(known)) if standing else 0,
        "points": quiz.points,
        "score": min(standing.latest, quiz.points) if standing else None,
        "first": min(standing.first, quiz.points) if standing else None,
        "missed": missed,
    }
