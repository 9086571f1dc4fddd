"""`gradecheck list`: the course at a glance. Imports neither numpy, torch, pytest nor jinja2."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from autograder.cli.endings import in_part
from autograder.cli.fitting import fitted
from autograder.cli.overview import overview
from autograder.cli.session import Session, with_session
from autograder.feedback.course_page import QuizSoFar, points_in_words
from autograder.feedback.points import format_number, worth
from autograder.language import later, tr

if TYPE_CHECKING:
    from autograder.feedback.course_page import CourseSoFar, ExerciseSoFar


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
    found, problems = overview(session)
    if as_json:
        session.write_json(found)
    else:
        _write(session, found)
    return in_part(problems)


def _write(session: Session, found: CourseSoFar) -> None:
    write_row(session, "", found.course.title)
    write_row(session, "", points_in_words(found))
    entries = [entry for unit in found.units for entry in unit.entries]
    width = max((len(entry.id) for entry in entries), default=0)
    far = max((13, *(len(_standing(entry)) for entry in entries)))
    for number, unit in enumerate(found.units, start=1):
        session.say("")
        write_row(session, tr("Unit {number}.", number=number) + " ", unit.title)
        for exercise in unit.exercises:
            columns = f"  {exercise.id:{width}}  {_standing(exercise):>{far}}  {tr(_KINDS[exercise.kind]):9}  "
            write_row(session, columns, exercise.title)
        for quiz in unit.quizzes:
            write_row(session, f"  {quiz.id:{width}}  {_standing(quiz):>{far}}  {tr('quiz'):9}  ", quiz.title)
    if found.next_step:
        session.say(f"\n{tr('Next')}: {found.next_step}")


#: What an exercise is, in a word.
_KINDS = {
    "drill": later("drill"),
    "implement": later("implement"),
    "measure": later("measure"),
    "build": later("build"),
}


def write_row(session: Session, columns: str, title: str) -> None:
    """On a terminal a long title goes on below its own beginning; elsewhere a row is one line."""
    for line in fitted(session.text(title), sys.stdout, columns):
        session.say(line)


def _standing(entry: ExerciseSoFar | QuizSoFar) -> str:
    if isinstance(entry, QuizSoFar):
        return _standing_of_quiz(entry)
    if entry.score is None:
        return worth(entry.points)
    scored = f"{format_number(entry.score)}/{format_number(entry.points)}"
    return tr("passed {scored}", scored=scored) if entry.passed else f"{tr('so far')} {scored}"


def _standing_of_quiz(quiz: QuizSoFar) -> str:
    if not quiz.answered:
        return worth(quiz.points)
    if not quiz.done:
        return f"{tr('begun')} {quiz.answered}/{quiz.questions}"
    return f"{tr('done')} {format_number(quiz.score or 0)}/{format_number(quiz.points)}"
