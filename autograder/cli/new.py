"""`gradecheck new`: a scaffold for an exercise, a quiz or what stands around them, and what is left to be written."""

from __future__ import annotations

import os
import re
from typing import TYPE_CHECKING, Literal

import click

from autograder.cli import new_project
from autograder.cli.endings import Misuse
from autograder.cli.session import Session, with_session
from autograder.language import tr

if TYPE_CHECKING:
    from autograder.course import Course
    from autograder.proof.scaffold import Kind
    from autograder.proof.workflows import Audience

#: What stands around exercises and quizzes.
_AROUND = ("course", "ci", "editor")


@click.command("new")
@click.argument(
    "kind",
    type=click.Choice(["exercise", "drill", "class", "module", "script", "measure", "quiz", *_AROUND]),
)
@click.argument("new_id", metavar="[ID]", required=False)
@click.option("--unit", metavar="UNIT", help="The unit that lists it (default: the last one).")
@click.option("--name", metavar="NAME", help="What students write, and their file (default: from ID).")
@click.option("--for", "audience", type=click.Choice(["course", "students"]), default="course", help="Whom ci serves.")
@click.option("--install", metavar="REQUIREMENT", help="What ci installs gradecheck from.")
@with_session
def command(
    session: Session,
    kind: Kind | Literal["quiz", "course", "ci", "editor"],
    new_id: str | None,
    unit: str | None,
    name: str | None,
    audience: Audience,
    install: str | None,
) -> None:
    """Write the files of a new exercise or quiz, list it in course.yaml, and say what is left to be written.

    An exercise asks for a function, a drill for numbers, a class for a class, a module for one of PyTorch's, a script
    for a program that reads and prints, a measure for what is measured and drawn.
    Every line that is left holds TODO. When none is left, `gradecheck validate` accepts it.

    A course is an empty one, in a new folder. What has no ID: ci writes a workflow for GitHub that validates the course
    at each push (--for students, in a student's kit: one that grades what they push), editor the files for VS Code.

    \b
    Examples:
      gradecheck new exercise leaky-step --name leaky_step
      gradecheck new drill first-numbers
      gradecheck new quiz review --unit first
      gradecheck new course leaky-memories
      gradecheck new ci
      gradecheck new editor
    """
    if kind == "ci" or kind == "editor":
        if new_id is not None:
            raise Misuse(tr("`gradecheck new {kind}` has no id: leave out {id!r}.", kind=kind, id=new_id))
        new_project.new_ci(session, audience, install) if kind == "ci" else new_project.new_editor(session)
        return
    if new_id is None:
        raise Misuse(tr("Name it, too, as in `gradecheck new {kind} leaky-step`.", kind=kind))
    if kind == "course":
        new_project.new_course(session, new_id)
        return
    _new_task(session, kind, new_id, unit, name)


def _new_task(session: Session, kind: Kind | Literal["quiz"], new_id: str, unit: str | None, name: str | None) -> None:
    from autograder.proof.scaffold import new_exercise, new_quiz

    function = name or new_id.replace("-", "_")
    refuse_misuse(session, new_id, function)
    course = session.course
    listed_in = unit_of(course, unit)
    if kind == "quiz":
        scaffold = new_quiz(course, new_id, listed_in)
    else:
        scaffold = new_exercise(course, kind, new_id, function, listed_in)
    for path in scaffold.files:
        session.say(tr("Written: {file}", file=os.path.relpath(path)))
    new_project.say_left_to_do(session, scaffold.left)
    session.say("\n" + tr("Then: {command}", command=f"gradecheck validate {new_id}"))


def refuse_misuse(session: Session, new_id: str, function: str) -> None:
    """Raise Misuse where nothing of that id can be written here."""
    from autograder.course.model import RESERVED, SNAKE

    new_project.refuse_id(new_id, "leaky-step")
    if not re.match(SNAKE, function) or f"{function}.py" in RESERVED:
        raise Misuse(
            tr(
                "{name!r} can't name a function and its file: choose another with --name, such as leaky_step.",
                name=function,
            )
        )
    new_project.refuse_other_course(session)
    if session.root.solutions is None:
        said = tr("This course has no solutions/ here, as in a student's kit. Make the folder, or name your course.")
        raise Misuse(said)
    if new_id in (*session.course.exercise_ids, *session.course.quiz_ids):
        raise Misuse(tr("There is {id!r} in the course already. Choose another id.", id=new_id))


def unit_of(course: Course, wanted: str | None) -> str:
    """Return the unit that was asked for, else the last one. Raises Misuse."""
    known = [unit.id for unit in course.units]
    if wanted is not None and wanted not in known:
        raise Misuse(tr("There is no unit {unit!r}. The units are {units}.", unit=wanted, units=", ".join(known)))
    return wanted or known[-1]
