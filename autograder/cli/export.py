"""`gradecheck export`: the gradebook, a quiz or a kit as another system takes it; each format declares its own."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from importlib import import_module
from inspect import getdoc
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from autograder.cli import in_spoken_language
from autograder.cli.endings import Misuse
from autograder.cli.session import Session, with_session
from autograder.language import later, tr
from autograder.whole_file import hide_from_others, write_whole

if TYPE_CHECKING:
    from autograder.export.subcommand import Result, Subcommand

_PATH = click.Path(path_type=Path)
_CURE = later("Name another place with --out.")
_OUT: dict[Result, str] = {
    "text": "The file to write (default: standard output).",
    "file": "The file to write.",
    "files": "A new folder, or a .zip.",
    "zip": "The zip to write.",
}
#: The subcommands, and the modules of autograder/export/ that declare them.
FORMATS = {
    "csv": "csv_table",
    "canvas": "canvas",
    "moodle": "moodle",
    "nbgrader": "nbgrader",
    "github-classroom": "github_classroom",
    "junit": "class_junit",
    "feedback": "feedback_files",
    "gradescope": "gradescope",
    "moodle-xml": "moodle_xml",
    "gift": "gift",
    "qti": "qti",
    "jupyterquiz": "jupyterquiz",
    "anki": "anki",
    "student-kit": "student_kit",
    "gradescope-autograder": "gradescope_autograder",
}


class _Formats(click.Group):
    """A group whose commands are declared by the formats' modules, imported when they run."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return sorted(FORMATS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in FORMATS:
            return None
        subcommand: Subcommand = import_module(f"autograder.export.{FORMATS[cmd_name]}").subcommand
        command = click.Command(
            cmd_name, callback=_callback(cmd_name, subcommand), params=list(_parameters(subcommand)),
            help=getdoc(subcommand.make),
        )  # fmt: skip
        return in_spoken_language(command)


@click.group("export", cls=_Formats)
def command() -> None:
    """Write the gradebook, a quiz or a kit in the form that another system takes.

    GRADEBOOK is what `gradecheck batch --out DIR` made: DIR, or DIR/gradebook.db. Without --out, what is one file goes
    to standard output. What was not handed in has an empty cell. A cell that a student can have written never begins
    like a spreadsheet's formula.

    \b
    Examples:
      gradecheck export csv grades --out grades.csv
      gradecheck export canvas grades --roster downloaded.csv --out upload.csv
      gradecheck export moodle grades --exercise exercise-04 --roster worksheet.csv --out upload.csv
      gradecheck export feedback grades --for moodle --exercise exercise-04 --out feedback.zip
      gradecheck export moodle-xml products --out products.xml
      gradecheck export student-kit --out kit.zip
    """


def _parameters(subcommand: Subcommand) -> Iterator[click.Parameter]:
    if subcommand.of == "gradebook":
        yield click.Argument(["path"], metavar="GRADEBOOK", type=_PATH)
    if subcommand.of == "quiz":
        yield click.Argument(["quiz_id"], metavar="QUIZ")
        yield click.Option(
            ["--variants"], type=click.IntRange(1, 100), default=3, show_default=True, metavar="N",
            help="How often a question is drawn that has parameters.",
        )  # fmt: skip
        yield click.Option(
            ["--seed"], type=click.IntRange(0), default=0, show_default=True, metavar="N", help="Draws other values."
        )
    if subcommand.exercises:
        help = "Only this one; can be given repeatedly."
        yield click.Option(["--exercise", "exercises"], multiple=True, metavar="ID", help=help)
    if subcommand.roster:
        yield click.Option(["--roster"], type=_PATH, metavar="FILE", help=subcommand.roster)
    if subcommand.systems:
        help = "Whose names the files get."
        yield click.Option(["--for", "system"], type=click.Choice(subcommand.systems), required=True, help=help)
    if subcommand.fills:
        yield from _filling_options(subcommand.fills)
    makes = subcommand.makes
    yield click.Option(["--out"], type=_PATH, required=makes != "text", metavar="PATH", help=_OUT[makes])


def _filling_options(system: str) -> Iterator[click.Parameter]:
    help = "Print who changes from what to what, and write nothing."
    yield click.Option(["--dry-run"], is_flag=True, help=help)
    help = "The column of a task that is called otherwise there; can be given repeatedly."
    yield click.Option(["--column"], multiple=True, metavar="TASK=TITLE", help=help)
    help = "Let a task without an assignment there make a new one."
    yield click.Option(["--new-column"], is_flag=True, hidden=system != "canvas", help=help)
    if system == "canvas":
        help = "Let a score replace an excuse (EX)."
        yield click.Option(["--fill-excused"], is_flag=True, help=help)


def _callback(name: str, subcommand: Subcommand) -> Callable[..., None]:
    @with_session
    def run(session: Session, /, out: Path | None, **given: Any) -> None:
        if subcommand.makes == "zip" and out is not None and out.suffix != ".zip":
            raise Misuse(tr("{format} makes a zip: name a file that ends with .zip.", format=name))
        _refuse_source(out, *(given[name] for name in ("roster", "path") if given.get(name)))
        with _request(session, subcommand, **given) as request:
            made: Any = subcommand.make(request)
            if given.get("dry_run"):
                for line in made:
                    click.echo(session.spell(line), nl=False)
                return
            _write(session, made, out, subcommand.makes)
        if (
            subcommand.of == "gradebook"
            and out is not None
            and not out.is_symlink()
            and (out.is_file() or out.is_dir())
        ):
            hide_from_others(out)

    return run


def _refuse_source(out: Path | None, *sources: Path) -> None:
    """Refuse to write over what an export is made of: a table comes back with only what a system reads of it."""
    for source in (*sources, *(source / "gradebook.db" for source in sources)):
        if out is not None and out.is_file() and source.is_file() and out.samefile(source):
            raise Misuse(tr("{out} is what this export is made of, and would be lost. {cure}", out=out, cure=tr(_CURE)))


@contextmanager
def _request(session: Session, subcommand: Subcommand, **given: Any) -> Iterator[Any]:
    from autograder.export.subcommand import GradebookRequest, KitRequest, QuizRequest

    if subcommand.of == "gradebook":
        with GradebookRequest(lambda: session.course, tell=session.warn, **given) as request:
            yield request
    elif subcommand.of == "quiz":
        yield QuizRequest(session.course, session.quiz(given.pop("quiz_id")), tell=session.warn, **given)
    else:
        named = [session.exercise(exercise).id for exercise in given.get("exercises", ())]
        yield KitRequest(session.course, named)


def _write(session: Session, made: Any, out: Path | None, makes: Result) -> None:
    if out is None:
        for part in [made] if isinstance(made, bytes) else made:
            click.echo(part, nl=False)
    elif makes in ("text", "file"):
        write_whole(out, made, tr(_CURE))
    else:
        from autograder.export import bundle

        bundle.write(made, out)
    if out is not None and makes != "text":
        session.say(tr("{out} is written.", out=out))
