"""`gradecheck solution`: once an exercise is passed, the reference and another right program beside one's own.

Nothing of solutions/ may be read before it is sure that the student has passed, and that the course allows it.
"""

from __future__ import annotations

import ast
from difflib import SequenceMatcher
from pathlib import Path
from typing import TYPE_CHECKING

import click

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
@click.option("--no-pager", is_flag=True, help="Write it at once, however long it is.")
@with_session
def command(session: Session, exercise_id: str | None, no_pager: bool) -> None:
    """After you passed: your program, the reference, and a right program in another style, one below the other.

    What each does that yours doesn't is named. A course can keep its solutions to itself, and a student's kit has none.

    \b
    Example:
      gradecheck solution exercise-04
    """
    exercise = named_exercise(session, exercise_id)
    reference = _allowed(session, exercise)
    with session.pager(wanted=not no_pager):
        _write(session, exercise, reference)


def _allowed(session: Session, exercise: Exercise) -> Path:
    """Return the reference's file if it may be seen. Raises Misuse."""
    if not session.course.shows_solutions:
        raise Misuse(tr("This course keeps its solutions to itself: ask your instructor."))
    best = session.progress.best().get(exercise.id)
    if best is None or not best.passed:
        raise Misuse(
            tr("You see it once you have passed. Until then: {command}", command=f"gradecheck hint {exercise.id}")
        )
    if exercise.kind == "drill":
        raise Misuse(tr("{exercise} is a drill: your numbers are the solution.", exercise=exercise.id))
    if exercise.reference is None or not exercise.reference.is_file():
        raise Misuse(tr("There are no solutions here: ask your instructor."))
    return exercise.reference


def _write(session: Session, exercise: Exercise, reference: Path) -> None:
    from autograder.feedback import terminal_markdown
    from autograder.feedback.page import Page
    from autograder.feedback.sanitize import one_line

    page = Page(session.console, ascii=session.ascii)
    yours = _yours(session, exercise)
    if yours is not None:
        _program(page, tr("Yours: {file}", file=one_line(shown_path(yours[0]))), yours[1], "")
    source = yours[1] if yours is not None else ""
    _program(page, tr("The reference"), reference.read_text(encoding="utf-8"), source)
    other = _another_style(reference.parent / "accepted", [source, reference.read_text(encoding="utf-8")])
    if other is not None:
        _program(
            page,
            tr("Another way: {name}", name=other.stem.replace("_", " ")),
            other.read_text(encoding="utf-8"),
            source,
        )
    terminal_markdown.write(page, exercise.takeaway)
    page.blank()
    page.paragraph(f"{tr('Next')}: gradecheck next")


def _yours(session: Session, exercise: Exercise) -> tuple[Path, str] | None:
    """The student's own file and its text, if it is still where it was started."""
    file = started_file(exercise, session.progress, Path.cwd())
    if file is None:
        return None
    from autograder.grading.submission import read_submission

    submission = read_submission(file)
    return (file, submission.source) if submission.problem is None else None


def _program(page: Page, heading: str, source: str, yours: str) -> None:
    """Write a program below its heading, and what it does that yours doesn't."""
    from rich.text import Text

    from autograder.feedback.sanitize import visible

    page.underlined(Text(page.spell(heading), style="bold"))
    page.verbatim(visible(source.strip("\n"), lines=400), indent="  ", style="cyan")
    page.blank()
    if yours and (new := _ideas(source) - _ideas(yours)):
        missing = _ideas(yours) - _ideas(source)
        page.paragraph(
            tr("Here, and not in yours: {names}.", names=", ".join(sorted(new)))
            + (" " + tr("In yours alone: {names}.", names=", ".join(sorted(missing))) if missing else "")
        )
        page.blank()


def _another_style(folder: Path, known: list[str]) -> Path | None:
    """Return the accepted program that is least like those that are shown already."""
    shown = [_shape(source) for source in known if source]

    def alike(file: Path) -> float:
        shape = _shape(file.read_text(encoding="utf-8"))
        return max((SequenceMatcher(None, shape, other, autojunk=False).ratio() for other in shown), default=0.0)

    return min(sorted(folder.glob("*.py")), key=alike, default=None)


def _shape(source: str) -> list[str]:
    """A program as the kinds of its parts, without its names and texts."""
    tree = _tree(source)
    return [type(node).__name__ for node in ast.walk(tree)] if tree is not None else []


def _ideas(source: str) -> set[str]:
    """What a program is made of, in the words that its author typed: the functions that it calls, loops, operators."""
    tree = _tree(source)
    found = set()
    for node in ast.walk(tree) if tree is not None else ():
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute | ast.Name):
            found.add(ast.unparse(node.func).split("(")[0][-40:])
        elif isinstance(node, ast.For | ast.While):
            found.add(tr("a loop"))
        elif isinstance(node, ast.BinOp) and isinstance(node.op, ast.MatMult):
            found.add("@")
    return found


def _tree(source: str) -> ast.Module | None:
    try:
        return ast.parse(source)
    except (SyntaxError, ValueError, RecursionError):
        return None
