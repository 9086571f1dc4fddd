"""`gradecheck next`, and `gradecheck` alone: where you are, and what to type next.

Imports neither numpy, torch, pytest nor jinja2.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from autograder.cli.endings import in_part
from autograder.cli.overview import overview
from autograder.cli.session import Session, with_session
from autograder.feedback.course_page import QuizSoFar, points_in_words, state_in_words
from autograder.feedback.points import points
from autograder.language import tr, tr_n

if TYPE_CHECKING:
    from autograder.feedback.course_page import ExerciseSoFar


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
    passed = sum(each.done for each in exercises)
    done = tr_n("{number} of {n} exercise passed", "{number} of {n} exercises passed", len(exercises), number=passed)
    if quizzes:
        finished = sum(each.done for each in quizzes)
        done += ", " + tr_n("{number} of {n} quiz done", "{number} of {n} quizzes done", len(quizzes), number=finished)
    session.say(session.text(found.course.title))
    session.say(f"{points_in_words(found)}.")
    session.say(f"{done}.")
    if (here := found.here) is not None:
        session.say("\n" + tr("You are at {exercise}: {title}", exercise=here.id, title=session.text(here.title)))
        session.say(_standing(session, here))
    session.say(f"\n{tr('Next')}: {found.next_step or tr('gradecheck progress, for everything is done')}")
    return in_part(problems)


def _standing(session: Session, here: ExerciseSoFar | QuizSoFar) -> str:
    if isinstance(here, QuizSoFar):
        return f"{state_in_words(here)}."
    if here.score is None:
        place = session.progress.started(here.id)
        return tr("Begun, not graded yet: {place}", place=place) if place else tr("Begun, not graded yet.")
    best = points(here.score, here.points)
    return tr_n("{points} at best, after {n} run.", "{points} at best, after {n} runs.", here.runs, points=best)
