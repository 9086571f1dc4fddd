"""`gradecheck export`: the gradebook, a quiz or a kit as another system takes it; one subcommand a format."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from autograder.cli.endings import Misuse
from autograder.cli.session import Session, with_session
from autograder.whole_file import written_whole

if TYPE_CHECKING:
    from autograder.course import Quiz
    from autograder.export.bundle import BundledFile
    from autograder.export.questions import Item
    from autograder.export.sheet import Sheet
    from autograder.gradebook.book import Gradebook, GradebookTask

F = TypeVar("F", bound=Callable[..., Any])
_PATH = click.Path(path_type=Path)


class _Formats(click.Group):
    """What a format refuses is the user's to mend."""

    def invoke(self, ctx: click.Context) -> Any:
        from autograder.export.bundle import Refused

        try:
            return super().invoke(ctx)
        except Refused as refused:
            raise Misuse(str(refused)) from refused


@click.group("export", cls=_Formats)
def command() -> None:
    """Writes the gradebook, a quiz or a kit in the form that another system takes.

    GRADEBOOK is what `gradecheck batch --out DIR` made: DIR, or DIR/gradebook.db. Without --out, what is one file goes
    to standard output. What was not handed in has an empty cell. A cell that a student can have written never begins
    like a spreadsheet's formula.

    \b
    Examples:
      gradecheck export csv grades --out grades.csv
      gradecheck export canvas grades --roster downloaded.csv --out upload.csv
      gradecheck export moodle grades --exercise exercise-04 --roster worksheet.csv --out upload.csv
      gradecheck export moodle-xml products --out products.xml
      gradecheck export student-kit --out kit.zip
    """


# What the formats share


def _gradebook_format(name: str, *, roster: str | None = None, folder: bool = False) -> Callable[[F], click.Command]:
    """A subcommand for a gradebook: GRADEBOOK, --exercise, --out, and --roster where a system gives a sheet."""

    def decorate(function: F) -> click.Command:
        out = "A new folder, or a .zip." if folder else "The file to write (default: standard output)."
        options = [
            click.argument("gradebook", type=_PATH),
            click.option("--exercise", "exercises", multiple=True, metavar="ID", help="Only this exercise or quiz."),
            click.option("--out", type=_PATH, required=folder, metavar="PATH", help=out),
        ]
        options += [click.option("--roster", type=_PATH, metavar="FILE", help=roster)] if roster else []
        return _subcommand(name, function, options)

    return decorate


def _subcommand(name: str, function: Callable[..., Any], options: list[Any]) -> click.Command:
    decorated: Any = with_session(function)
    for option in reversed(options):
        decorated = option(decorated)
    made: click.Command = command.command(name)(decorated)
    return made


def _open(path: Path) -> Gradebook:
    from autograder.gradebook.book import Gradebook
    from autograder.gradebook.migrations import UnusableGradebook

    try:
        return Gradebook.read(path / "gradebook.db" if path.is_dir() else path)
    except (UnusableGradebook, OSError) as error:
        raise Misuse(str(error)) from error


def _tasks(gradebook: Gradebook, wanted: Sequence[str]) -> list[GradebookTask]:
    tasks = gradebook.tasks()
    known = [task.id for task in tasks]
    for name in wanted:
        if name not in known:
            raise Misuse(f"There is no {name!r} in {gradebook.path}. It holds: {', '.join(known) or 'nothing'}.")
    return [task for task in tasks if not wanted or task.id in wanted]


def _one_task(gradebook: Gradebook, wanted: Sequence[str]) -> GradebookTask:
    tasks = _tasks(gradebook, wanted)
    if len(tasks) != 1:
        names = ", ".join(task.id for task in tasks)
        raise Misuse(f"This sheet is of one assignment. Name it with --exercise: {names or 'the gradebook is empty'}.")
    return tasks[0]


def _sheet(path: Path | None, needed: Iterable[str]) -> Sheet | None:
    from autograder.export.sheet import read_sheet

    return None if path is None else read_sheet(path, needed)


def _tell(session: Session) -> Callable[[str], None]:
    return lambda sentence: click.echo(sentence, err=True)


def _write(parts: Iterable[str], out: Path | None) -> None:
    """Write one file, whole or not at all."""
    if out is None:
        for part in parts:
            click.echo(part, nl=False)
        return
    try:
        with (
            written_whole(out) as unfinished,
            unfinished.open("w", encoding="utf-8", errors="backslashreplace", newline="") as file,
        ):
            file.writelines(parts)
    except OSError as error:
        raise Misuse(f"{out} can't be written: {error.strerror}. Name another place with --out.") from error


def _write_bundle(session: Session, files: Iterable[BundledFile], out: Path) -> None:
    from autograder.export.bundle import write

    write(files, out)
    session.say(f"{out} is written.")


# The gradebook


@_gradebook_format("csv")
def _csv(session: Session, gradebook: Path, exercises: tuple[str, ...], out: Path | None) -> None:
    """grades.csv: a line for every student and exercise."""
    from autograder.export.sheet import write_lines
    from autograder.gradebook import grades

    with _open(gradebook) as opened:
        wanted = {task.id for task in _tasks(opened, exercises)}
        _write(write_lines(grades.lines(row for row in opened.results() if row.exercise in wanted)), out)


@_gradebook_format("canvas", roster="The gradebook as Canvas exported it: its students and assignments are used.")
def _canvas(
    session: Session, gradebook: Path, exercises: tuple[str, ...], out: Path | None, roster: Path | None
) -> None:
    """Canvas's gradebook CSV, to be imported under Grades.

    An assignment of the roster whose title is an exercise's id or title is filled, on its own scale; any other exercise
    becomes a new assignment. Students are found by ID, SIS User ID, SIS Login ID, then by name.
    """
    from autograder.export import canvas
    from autograder.export.sheet import write_lines

    with _open(gradebook) as opened:
        lines = canvas.lines(opened, _tasks(opened, exercises), _sheet(roster, canvas.NEEDED), _tell(session))
        _write(write_lines(lines), out)


@_gradebook_format("moodle", roster="The grading worksheet as Moodle gave it: only its grades and comments are filled.")
def _moodle(
    session: Session, gradebook: Path, exercises: tuple[str, ...], out: Path | None, roster: Path | None
) -> None:
    """Moodle's grading worksheet, for one assignment.

    Students are found by Identifier, then by email address, then by full name.
    """
    from autograder.export import moodle
    from autograder.export.sheet import write_lines
    from autograder.feedback import plain

    with _open(gradebook) as opened:
        titles = {name: plain.text(entry.title) for name, entry in session.course.misconceptions.items()}
        task, sheet = _one_task(opened, exercises), _sheet(roster, moodle.NEEDED)
        _write(write_lines(moodle.lines(opened, task, sheet, titles, _tell(session))), out)


@_gradebook_format("nbgrader")
def _nbgrader(session: Session, gradebook: Path, exercises: tuple[str, ...], out: Path | None) -> None:
    """nbgrader's grades CSV: a line for every student and assignment."""
    from autograder.export import nbgrader
    from autograder.export.sheet import write_lines

    with _open(gradebook) as opened:
        _write(write_lines(nbgrader.lines(opened, _tasks(opened, exercises))), out)


@_gradebook_format("github-classroom", roster="The grades as Classroom gave them: only the points are filled in.")
def _github_classroom(
    session: Session, gradebook: Path, exercises: tuple[str, ...], out: Path | None, roster: Path | None
) -> None:
    """GitHub Classroom's grades CSV; or the result of one autograding run.

    Where GRADEBOOK is a report that `gradecheck run --json` wrote (a .json file), its base64 is written, for an action:

    \b
      gradecheck run exercise-04 --json > report.json || true
      echo "result=$(gradecheck export github-classroom report.json)" >> "$GITHUB_OUTPUT"
    """
    from autograder.export import github_classroom
    from autograder.export.report_file import read_report
    from autograder.export.sheet import write_lines

    if gradebook.suffix == ".json":
        _write([github_classroom.result(read_report(gradebook)), "\n"], out)
        return
    with _open(gradebook) as opened:
        sheet = _sheet(roster, github_classroom.NEEDED)
        tasks = [_one_task(opened, exercises)] if sheet else _tasks(opened, exercises)
        _write(write_lines(github_classroom.lines(opened, tasks, sheet, _tell(session))), out)


@_gradebook_format("junit")
def _junit(session: Session, gradebook: Path, exercises: tuple[str, ...], out: Path | None) -> None:
    """JUnit XML: a suite for every student and exercise."""
    from autograder.export import junit

    with _open(gradebook) as opened:
        _write(junit.parts(opened, _tasks(opened, exercises)), out)


@_gradebook_format("gradescope", folder=True)
def _gradescope(session: Session, gradebook: Path, exercises: tuple[str, ...], out: Path) -> None:
    """Gradescope's results.json for every student, as STUDENT/results.json."""
    from autograder.export import gradescope

    with _open(gradebook) as opened:
        _write_bundle(session, gradescope.files(opened, _tasks(opened, exercises)), out)


# Quizzes


def _quiz_format(name: str, *, file: bool = False) -> Callable[[F], click.Command]:
    """A subcommand for a quiz: QUIZ, --variants, --seed and --out."""

    def decorate(function: F) -> click.Command:
        out = "The file to write." if file else "The file to write (default: standard output)."
        options = [
            click.argument("quiz_id", metavar="QUIZ"),
            click.option("--variants", type=click.IntRange(1, 100), default=3, show_default=True, metavar="N",
                         help="How often a question is drawn that has parameters."),
            click.option("--seed", type=click.IntRange(0), default=0, show_default=True, help="Draws other values."),
            click.option("--out", type=_PATH, required=file, metavar="FILE", help=out),
        ]  # fmt: skip
        return _subcommand(name, function, options)

    return decorate


def _items(session: Session, quiz_id: str, variants: int, seed: int) -> tuple[Quiz, list[Item]]:
    from autograder.course.expressions import NotANumber
    from autograder.export.questions import items
    from autograder.quiz.variant import CannotDraw

    quiz = session.quiz(quiz_id)
    try:
        return quiz, items(session.course, quiz, variants, seed)
    except (CannotDraw, NotANumber) as error:
        raise Misuse(f"A question of {quiz_id} can't be drawn: {error}. `gradecheck validate` tells which.") from error


@_quiz_format("moodle-xml")
def _moodle_xml(session: Session, quiz_id: str, variants: int, seed: int, out: Path | None) -> None:
    """Moodle XML, to be imported into a question bank."""
    from autograder.export import moodle_xml

    quiz, items = _items(session, quiz_id, variants, seed)
    _write([moodle_xml.render(quiz.title, items)], out)


@_quiz_format("gift")
def _gift(session: Session, quiz_id: str, variants: int, seed: int, out: Path | None) -> None:
    """GIFT, Moodle's plain-text format; without hints, tags and points."""
    from autograder.export import gift

    quiz, items = _items(session, quiz_id, variants, seed)
    _write([gift.render(quiz.title, items)], out)


@_quiz_format("qti", file=True)
def _qti(session: Session, quiz_id: str, variants: int, seed: int, out: Path) -> None:
    """A QTI 1.2 zip for Canvas."""
    from autograder.export import qti

    if out.suffix != ".zip":
        raise Misuse("Canvas takes a zip: name a file that ends with .zip.")
    quiz, items = _items(session, quiz_id, variants, seed)
    _write_bundle(session, qti.files(quiz.id, quiz.title, quiz.intro, items), out)


@_quiz_format("jupyterquiz")
def _jupyterquiz(session: Session, quiz_id: str, variants: int, seed: int, out: Path | None) -> None:
    """jupyterquiz's JSON, for a notebook; without hints and points."""
    from autograder.export import jupyterquiz

    _write([jupyterquiz.render(_items(session, quiz_id, variants, seed)[1])], out)


@_quiz_format("anki", file=True)
def _anki(session: Session, quiz_id: str, variants: int, seed: int, out: Path) -> None:
    """An Anki deck (.apkg); needs the package genanki, gradecheck's extra `anki`."""
    from autograder.export import anki

    quiz, items = _items(session, quiz_id, variants, seed)
    anki.write(quiz.id, quiz.title, items, out)
    session.say(f"{out} is written.")


# Kits


@command.command("student-kit")
@click.option("--out", type=_PATH, required=True, metavar="PATH", help="A new folder, or a .zip.")
@with_session
def _student_kit(session: Session, out: Path) -> None:
    """What students get: statements, stubs, hints, public examples and quizzes, and nothing of solutions/."""
    from autograder.export import student_kit

    _write_bundle(session, student_kit.files(session.course), out)


@command.command("gradescope-autograder")
@click.option("--exercise", "exercises", multiple=True, metavar="ID", help="Grade this one; can be given repeatedly.")
@click.option("--out", type=_PATH, required=True, metavar="FILE.zip", help="The zip to upload.")
@with_session
def _gradescope_autograder(session: Session, exercises: tuple[str, ...], out: Path) -> None:
    """A zip to upload to Gradescope as the autograder of one assignment.

    The assignment's points are those of the exercises named, of all exercises without --exercise. The zip holds
    solutions/: keep it to yourself. Without an exercise that needs torch, torch isn't installed, and building is quick.
    """
    from autograder.export import gradescope_autograder

    if out.suffix != ".zip":
        raise Misuse("Gradescope takes a zip: name a file that ends with .zip.")
    chosen = [session.exercise(exercise).id for exercise in exercises] or session.course.exercise_ids
    _write_bundle(session, gradescope_autograder.files(session.course, chosen), out)
