"""`gradecheck show`: an exercise's statement, in the terminal, with its mathematics."""

from __future__ import annotations

import click

from autograder.cli.completion import EXERCISE
from autograder.cli.session import Session, with_session


@click.command("show")
@click.argument("exercise_id", metavar="EXERCISE", type=EXERCISE)
@click.option("--no-pager", is_flag=True, help="Write it at once, however long it is.")
@with_session
def command(session: Session, exercise_id: str, no_pager: bool) -> None:
    """The statement of an exercise, with its mathematics.

    \b
    Example:
      gradecheck show exercise-04
    """
    exercise = session.exercise(exercise_id)
    with session.pager(wanted=not no_pager):
        session.page(exercise.statement)
    session.say()
    session.say(f"{exercise.points:g} points. You hand in {exercise.file}.")
    if exercise.kind != "drill":
        from autograder.grading.at_loading import libraries

        session.say(f"It may import {libraries(exercise)}, and Python's own modules.")
    session.say(f"Next: gradecheck start {exercise.id}")
