"""`gradecheck show`: an exercise's statement, in the terminal, with its mathematics."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from autograder.cli.completion import EXERCISE
from autograder.cli.session import Session, with_session
from autograder.cli.workplace import named_exercise, started_file
from autograder.feedback import wording
from autograder.language import tr

if TYPE_CHECKING:
    from autograder.course import Exercise


@click.command("show")
@click.argument("exercise_id", metavar="[EXERCISE]", required=False, type=EXERCISE)
@click.option("--no-pager", is_flag=True, help="Print everything at once, without a pager.")
@with_session
def command(session: Session, exercise_id: str | None, no_pager: bool) -> None:
    """Show the statement of an exercise, with its mathematics.

    EXERCISE can be an id, a number or the path of a file. Without it: the exercise whose folder you are in, or the one
    you worked on last.

    \b
    Examples:
      gradecheck show exercise-04
      gradecheck show 4
    """
    exercise = named_exercise(session, exercise_id)
    with session.pager(wanted=not no_pager):
        session.page(exercise.statement)
    session.say()
    for fact in facts(exercise):
        session.say(fact)
    step = "run" if started_file(exercise, session.progress, Path.cwd()) else "start"
    session.say(f"{tr('Next')}: gradecheck {step} {exercise.id}")


def facts(exercise: Exercise) -> list[str]:
    """Say what an exercise is worth, what is handed in, and what that may import."""
    said = [tr("{points}. You hand in {file}.", points=wording.worth(exercise.points), file=exercise.wanted)]
    if exercise.seed is not None:
        from autograder.course.drawn import SEED

        said.append(tr("Your own numbers: the file begins with `{line}`.", line=f"{SEED}: {exercise.seed}"))
    if exercise.kind != "drill":
        from autograder.grading.at_loading import libraries

        said.append(tr("It may import {libraries}, and Python's own modules.", libraries=libraries(exercise)))
    return said
