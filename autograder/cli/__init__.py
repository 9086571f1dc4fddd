"""The command line: the group `main`, which loads a command only when it is asked for.

`COMMANDS` is the whole table: a name, the module here that defines `command`, and the line that `--help` shows. A name
whose module doesn't exist is not offered. Nothing but click may be imported here, so that `--help` is quick.
"""

from __future__ import annotations

import itertools
import os
import sys
from collections.abc import Sequence
from contextlib import suppress
from functools import partial
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Any, TypeVar

import click

from autograder.cli.endings import ReaderGone, exit_code
from autograder.cli.session import Session
from autograder.course_place import language_around
from autograder.language import ENGLISH, LANGUAGES, VARIABLE, later, speak, spoken, tr

Described = TypeVar("Described", bound=click.Command)

COMMANDS: dict[str, tuple[str, str]] = {
    "next": ("next_step", later("Where you are, and the next step.")),
    "list": ("listing", later("The course at a glance, with your own progress.")),
    "show": ("show", later("The statement of an exercise.")),
    "start": ("start", later("Copy an exercise's starting file to where you work.")),
    "run": ("run", later("Grade your file, and learn what went wrong and why.")),
    "hint": ("hint", later("The next hint for an exercise.")),
    "solution": ("solution", later("Once you have passed: the reference, and another way, beside yours.")),
    "quiz": ("quiz", later("A quiz in the terminal; every choice is explained.")),
    "practice": ("practice", later("What is due today: a few minutes of questions.")),
    "progress": ("progress", later("What you did, and the misconceptions you met.")),
    "report": ("report", later("Your course as web pages.")),
    "search": ("search", later("Find words in statements, questions and misconceptions.")),
    "batch": ("batch", later("Grade a folder or an archive of submissions.")),
    "history": ("history", later("Every result that was ever decided, and why.")),
    "override": ("override", later("Set a score by hand, with its reason.")),
    "forget": ("forget", later("Delete all that a gradebook holds of a student.")),
    "similar": ("similar", later("What programs of a class share, and how rare it is.")),
    "stats": ("stats", later("Item analysis of quizzes and checks.")),
    "export": ("export", later("Gradebook, quizzes and kits for other systems.")),
    "validate": ("validate", later("Prove that the course is right.")),
    "new": ("new", later("A scaffold for an exercise or a quiz.")),
    "import": ("importing", later("Questions of GIFT and Moodle XML as a quiz.")),
    "doctor": ("doctor", later("Try each layer of confinement for real.")),
    "schema": ("schema", later("JSON Schema of the course's files, for editors.")),
    "completion": ("completion", later("What bash, zsh or fish needs to complete commands and ids.")),
}


class CommandTable(click.Group):
    """A group whose commands are modules, imported when they run."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(filter(_is_there, COMMANDS))

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if not _is_there(cmd_name):
            return None
        command: click.Command = import_module(f"{__name__}.{COMMANDS[cmd_name][0]}").command
        return in_spoken_language(command)

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        if not _is_there(args[0]) and not args[0].startswith("-"):
            from difflib import get_close_matches

            near = get_close_matches(args[0], self.list_commands(ctx), n=1)
            meant = f" {tr('Did you mean {name!r}?', name=near[0])}" if near else ""
            ctx.fail(tr("There is no command {name!r}.", name=args[0]) + meant)
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section(tr("Commands")):
            formatter.write_dl([(name, tr(COMMANDS[name][1])) for name in self.list_commands(ctx)])

    def format_help(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        super(CommandTable, in_spoken_language(self)).format_help(ctx, formatter)

    def format_usage(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        super(CommandTable, in_spoken_language(self)).format_usage(ctx, formatter)

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except BrokenPipeError as error:
            # click itself would exit with 1 here, which means that a check failed.
            raise ReaderGone from error

    def main(self, args: Sequence[str] | None = None, *more: Any, standalone_mode: bool = True, **extra: Any) -> Any:
        asked = sys.argv[1:] if args is None else list(args)
        obey = partial(super().main, asked, *more, standalone_mode=False, **extra)

        def run() -> Any:
            _speak_as_asked(asked)
            return obey()

        # Python has None for a stream that was closed before it began: what is said there is said to nobody.
        with Path(os.devnull).open("w") as nobody:
            sys.stdout, sys.stderr = sys.stdout or nobody, sys.stderr or nobody
            return sys.exit(exit_code(run)) if standalone_mode else run()


def _is_there(command: str) -> bool:
    return command in COMMANDS and find_spec(f"{__name__}.{COMMANDS[command][0]}") is not None


def in_spoken_language(command: Described) -> Described:
    """Return a command as --help shows it in the language spoken."""
    if spoken() == ENGLISH:
        return command
    from autograder.cli.help_texts import translated

    return translated(command)


def _speak_as_asked(arguments: Sequence[str]) -> None:
    """Speak before anything is read of the command line: what is wrong with that is said in the same language."""
    before = [*itertools.takewhile(lambda each: each not in COMMANDS, arguments)]
    given = dict(itertools.pairwise(before)) | dict(each.split("=", 1) for each in before if "=" in each)
    if given.get("--language") in LANGUAGES:
        os.environ[VARIABLE] = given["--language"]
    folder = Path(given["--course"]) if "--course" in given else None
    with suppress(OSError):  # the working directory may be gone
        speak(language_around(folder, os.environ, Path.cwd()))


def _show_version(ctx: click.Context, _: click.Parameter, asked: bool) -> None:
    if asked and not ctx.resilient_parsing:
        from autograder import distribution

        installed = distribution.version()
        click.echo(f"gradecheck {installed}" if installed else tr("gradecheck, from a checkout"))
        ctx.exit()


@click.group(cls=CommandTable, invoke_without_command=True, context_settings={"help_option_names": ["-h", "--help"]})
@click.option("--course", type=click.Path(path_type=Path), metavar="DIR", help="The folder that holds course.yaml.")
@click.option("--ascii", is_flag=True, help="Write plain ASCII, whatever the terminal can show.")
@click.option(
    "--language",
    type=click.Choice(LANGUAGES),
    expose_value=False,
    help="Use this language, whatever the course says.",
)
@click.option(
    "--version", is_flag=True, is_eager=True, expose_value=False, callback=_show_version, help="Show the version."
)
@click.pass_context
def main(ctx: click.Context, course: Path | None, ascii: bool) -> int | None:
    """Exercises and quizzes that grade themselves and explain every wrong answer.

    gradecheck looks for a course in the folder you are in and in those above it, unless --course or
    GRADECHECK_COURSE names one. If it finds none, it uses the course that it comes with. Without a command it
    says where you are.

    \b
    Begin with:
      gradecheck list
      gradecheck start EXERCISE
      gradecheck run EXERCISE
    """
    ctx.obj = Session.begin(course, ascii)
    if ctx.invoked_subcommand is not None:
        return None
    code: int = import_module(f"{__name__}.next_step").tell(ctx.obj)
    return code
