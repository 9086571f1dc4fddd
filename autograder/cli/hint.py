"""`gradecheck hint`: one hint more, and how many are left."""

from __future__ import annotations

import click

from autograder.cli.completion import EXERCISE
from autograder.cli.session import Session, with_session
from autograder.cli.workplace import named_exercise
from autograder.language import tr, tr_n


@click.command("hint")
@click.argument("exercise_id", metavar="[EXERCISE]", required=False, type=EXERCISE)
@click.option("--again", is_flag=True, help="Show all the hints that you have had, and no new one.")
@with_session
def command(session: Session, exercise_id: str | None, again: bool) -> None:
    """The next hint for an exercise; says how many are left.

    \b
    Examples:
      gradecheck hint exercise-04
      gradecheck hint exercise-04 --again
    """
    exercise = named_exercise(session, exercise_id)
    total = len(exercise.hints)
    if again:
        last = min(session.progress.hints_shown(exercise.id), total)
        first = 1
    else:
        first = last = session.progress.next_hint(exercise.id, total)
    for number in range(first, last + 1):
        session.say(tr("Hint {number} of {total}", number=number, total=total))
        session.page(exercise.hints[number - 1])
        session.say()
    session.say(_what_is_left(total - last, exercise.id))


def _what_is_left(left: int, exercise_id: str | None) -> str:
    if left == 0:
        return tr(
            "There is no other hint. See them all with: {command}", command=f"gradecheck hint {exercise_id} --again"
        )
    return tr_n("{n} more hint: {command}", "{n} more hints: {command}", left, command=f"gradecheck hint {exercise_id}")
