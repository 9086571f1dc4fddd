"""`gradecheck hint`: one hint more, and how many are left."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from autograder.cli.completion import EXERCISE
from autograder.cli.session import Session, with_session
from autograder.cli.workplace import named_exercise
from autograder.language import tr, tr_n

if TYPE_CHECKING:
    from autograder.course import Exercise


@click.command("hint")
@click.argument("exercise_id", metavar="[EXERCISE]", required=False, type=EXERCISE)
@click.option("--again", is_flag=True, help="Show the hints you have already had, and no new one.")
@with_session
def command(session: Session, exercise_id: str | None, again: bool) -> None:
    """Show the next hint for an exercise, and say how many are left.

    \b
    Examples:
      gradecheck hint exercise-04
      gradecheck hint exercise-04 --again
    """
    exercise = named_exercise(session, exercise_id)
    numbers, left = next_hints(session, exercise, again=again)
    for number in numbers:
        session.say(tr("Hint {number} of {total}", number=number, total=len(exercise.hints)))
        session.page(exercise.hints[number - 1])
        session.say()
    session.tell(left)


def next_hints(session: Session, exercise: Exercise, *, again: bool) -> tuple[range, str]:
    """Return the numbers of the hints to show, from 1, and a line on those that are left; one more counts as seen."""
    total = len(exercise.hints)
    if again:
        first, last = 1, min(session.progress.hints_shown(exercise.id), total)
    else:
        first = last = session.progress.next_hint(exercise.id, total)
    return range(first, last + 1), _what_is_left(total - last, exercise.id)


def _what_is_left(left: int, exercise_id: str | None) -> str:
    if left == 0:
        return tr(
            "There is no other hint. See them all with: {command}", command=f"gradecheck hint {exercise_id} --again"
        )
    return tr_n("{n} more hint: {command}", "{n} more hints: {command}", left, command=f"gradecheck hint {exercise_id}")
