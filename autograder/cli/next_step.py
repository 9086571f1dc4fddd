"""`gradecheck next`, and `gradecheck` alone: where you are, and what to type next.

Imports neither numpy, torch, pytest nor jinja2.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from autograder.cli.endings import MISUSE, PASSED
from autograder.cli.overview import overview
from autograder.cli.session import Session, with_session
from autograder.feedback.wording import points

if TYPE_CHECKING:
    from autograder.feedback.course_page import CourseSoFar, ExerciseSoFar


@click.command("next")
@with_session
def command(session: Session) -> int:
    """Where you are, and the next step. `gradecheck` alone says the same.

    \b
    Example:
      gradecheck next
    """
    return tell(session)


def tell(session: Session) -> int:
    """Say how far the course is, what was worked on last, and the command to type next."""
    found, problems = overview(session)
    exercises = [entry for unit in found.units for entry in unit.exercises]
    quizzes = [entry for unit in found.units for entry in unit.quizzes]
    done = f"{sum(each.done for each in exercises)} of {len(exercises)} exercises passed"
    if quizzes:
        done += f", {sum(each.done for each in quizzes)} of {len(quizzes)} quizzes done"
    session.say(session.text(found.course.title))
    session.say(f"{points(found.score, found.points)}: {done}.")
    last = session.progress.last_exercise()
    here = next((each for each in exercises if each.id == last and not each.done), None)
    if here is not None:
        session.say(f"\nYou are at {here.id}: {session.text(here.title)}")
        session.say(_standing(session, here))
    session.say(f"\nNext: {_next(found, here)}")
    for problem in problems:
        click.echo(str(problem), err=True)
    return MISUSE if problems else PASSED


def _standing(session: Session, exercise: ExerciseSoFar) -> str:
    if exercise.score is None:
        place = session.progress.started(exercise.id)
        return f"Begun, not graded yet: {place}" if place else "Begun, not graded yet."
    runs = "1 run" if exercise.runs == 1 else f"{exercise.runs} runs"
    return f"{points(exercise.score, exercise.points)} at best, after {runs}."


def _next(found: CourseSoFar, here: ExerciseSoFar | None) -> str:
    if here is not None:
        return f"gradecheck run {here.id}"
    return found.next_step or "gradecheck progress, for everything is done"
