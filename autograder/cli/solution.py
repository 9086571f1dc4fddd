"""`gradecheck solution`: once an exercise is passed, the reference and another right program beside one's own.

Nothing of solutions/ may be read before it is sure that the student has passed, and that the course allows it.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from autograder.cli import other_ways
from autograder.cli.completion import EXERCISE
from autograder.cli.endings import Misuse
from autograder.cli.session import Session, with_session
from autograder.cli.workplace import named_exercise, shown_path, started_file
from autograder.language import tr

if TYPE_CHECKING:
    from autograder.course import Exercise
    from autograder.feedback.page import Page


@click.command("solution")
@click.argument("exercise_id", metavar="[EXERCISE]", required=False, type=EXERCISE)
@click.option("--no-pager", is_flag=True, help="Print everything at once, without a pager.")
@with_session
def command(session: Session, exercise_id: str | None, no_pager: bool) -> None:
    """Once you have passed: your program, the reference, and a right program in another style, one below the
    other.

    It says what each of them does that yours doesn't. A course can keep its solutions to itself, and a
    student's kit has none.

    \b
    Example:
      gradecheck solution exercise-04
    """
    exercise = named_exercise(session, exercise_id)
    _check(session, exercise)
    with session.pager(wanted=not no_pager):
        _write(session, exercise)


def _check(session: Session, exercise: Exercise) -> None:
    """Raise Misuse unless other ways may be seen, and are there."""
    if not session.course.shows_solutions:
        raise Misuse(tr("This course keeps its solutions to itself: ask your instructor."))
    best = session.progress.best().get(exercise.id)
    if best is None or not best.passed:
        said = tr("You see it once you have passed. Until then: {command}", command=f"gradecheck hint {exercise.id}")
        raise Misuse(said)
    if exercise.kind == "drill":
        raise Misuse(tr("{exercise} is a drill: your numbers are the solution.", exercise=exercise.id))
    if not other_ways.there(session.course, exercise):
        raise Misuse(tr("There are no solutions here: ask your instructor."))


def _write(session: Session, exercise: Exercise) -> None:
    from autograder.feedback import terminal_markdown
    from autograder.feedback.page import Page
    from autograder.feedback.sanitize import one_line

    page = Page(session.console, ascii=session.ascii)
    yours = _yours(session, exercise)
    if yours is not None:
        _program(page, tr("Yours: {file}", file=one_line(shown_path(yours[0]))), yours[1], "")
    for way in other_ways.read(exercise, yours[1] if yours is not None else ""):
        _program(page, way.title, way.text, way.differs)
    terminal_markdown.write(page, exercise.takeaway)
    page.blank()
    page.paragraph(f"{tr('Next')}: gradecheck next")


def _yours(session: Session, exercise: Exercise) -> tuple[Path, str] | None:
    """The student's own file and its text, if it is still where it was started, and more than what it began as."""
    file = started_file(exercise, session.progress, Path.cwd())
    if file is None:
        return None
    from autograder.grading.submission import is_stub, read_work

    submission = read_work(file, exercise.files)
    unwritten = submission.problem is not None or is_stub(submission.source, exercise.stub)
    return None if unwritten else (file, submission.source)


def _program(page: Page, heading: str, source: str, differs: str) -> None:
    """Write a program below its heading, and what it does that the student's doesn't."""
    from rich.text import Text

    from autograder.feedback import terminal_markdown
    from autograder.feedback.sanitize import visible

    page.underlined(Text(page.spell(heading), style="bold"))
    page.verbatim(visible(source.strip("\n"), lines=400), indent="  ", style="cyan")
    page.blank()
    terminal_markdown.write(page, differs)
    page.blank()
