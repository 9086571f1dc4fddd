"""`gradecheck list`: the course at a glance. Imports neither numpy, torch, pytest nor jinja2."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import click

from .failure import MISUSE
from .session import Session, with_session

if TYPE_CHECKING:
    from autograder.course import Course, Exercise, Problem
    from autograder.progress import Best


@click.command("list")
@click.option("--json", "as_json", is_flag=True, help="Write one JSON object instead.")
@with_session
def command(session: Session, as_json: bool) -> int:
    """The course at a glance: units, exercises, quizzes, points, and how far you are.

    \b
    Examples:
      gradecheck list
      gradecheck list --json
    """
    overview, problems = _overview(session.course, session.progress.best())
    if as_json:
        session.write_json(json.dumps(overview, ensure_ascii=False, indent=2))
    else:
        _write(session, overview)
    for problem in problems:
        click.echo(str(problem), err=True)
    return MISUSE if problems else 0


def _overview(course: Course, best: dict[str, Best]) -> tuple[dict[str, Any], list[Problem]]:
    """What is listed, and the problems of exercises that can't be read: those are left out, the others shown."""
    from autograder.course.loader import read_exercise

    problems: list[Problem] = []
    units: list[dict[str, Any]] = []
    for unit in course.units:
        exercises = []
        for exercise_id in unit.exercises:
            draft = read_exercise(course.root, exercise_id)
            problems += draft.problems
            if draft.exercise and not draft.problems:
                exercises.append(_row(draft.exercise, best.get(exercise_id)))
        quizzes = [{"id": quiz} for quiz in unit.quizzes]
        units.append({"id": unit.id, "title": unit.title, "exercises": exercises, "quizzes": quizzes})
    rows = [row for unit in units for row in unit["exercises"]]
    return {
        "schema": 1,
        "course": {"id": course.id, "title": course.title, "folder": str(course.root.root)},
        "score": sum(row["score"] or 0 for row in rows),
        "points": sum(row["points"] for row in rows),
        "units": units,
    }, problems


def _row(exercise: Exercise, best: Best | None) -> dict[str, Any]:
    return {
        "id": exercise.id,
        "title": exercise.title,
        "kind": exercise.kind,
        "file": exercise.file,
        "points": exercise.points,
        "score": best.score if best else None,
        "passed": bool(best and best.passed),
        "runs": best.runs if best else 0,
    }


def _write(session: Session, overview: dict[str, Any]) -> None:
    session.say(session.text(overview["course"]["title"]))
    session.say(f"{overview['score']:g} of {overview['points']:g} points")
    rows = [row for unit in overview["units"] for row in unit["exercises"]]
    width = max((len(row["id"]) for row in rows), default=0)
    for number, unit in enumerate(overview["units"], start=1):
        session.say(f"\nUnit {number}. {session.text(unit['title'])}")
        for row in unit["exercises"]:
            session.say(f"  {row['id']:{width}}  {_standing(row):>13}  {row['kind']:9}  {session.text(row['title'])}")
        if unit["quizzes"]:
            session.say(f"  quizzes: {', '.join(quiz['id'] for quiz in unit['quizzes'])}")
    following = next((row["id"] for row in rows if not row["passed"]), None)
    if following:
        session.say(f"\nNext: gradecheck show {following}, then gradecheck start {following}")


def _standing(row: dict[str, Any]) -> str:
    if row["passed"]:
        return f"passed {row['score']:g}/{row['points']:g}"
    return f"{row['points']:g} points" if row["score"] is None else f"so far {row['score']:g}/{row['points']:g}"
