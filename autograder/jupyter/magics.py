"""The magics of a notebook: `%gradecheck`, `%%gradecheck`, `%hint`, `%quiz` and `%answer`. Only this knows IPython.

Each reads its line as a command of click's, and shows what it has to say as the cell's output. What the student can
mend is one line without a traceback, and stops a notebook that is run from its top.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import click
from IPython.core.error import UsageError

from autograder import shell_words
from autograder.course.problems import CourseError
from autograder.jupyter import commands, frames
from autograder.jupyter.ran_cells import RanCells
from autograder.language import ENGLISH, spoken, tr
from autograder.misuse import Misuse

if TYPE_CHECKING:
    from autograder.cli.session import Session
    from autograder.course import Exercise
    from autograder.jupyter.definitions import Part
    from autograder.jupyter.quiz_cells import QuizCells

_UNSANDBOXED = click.Option(["--unsandboxed"], is_flag=True, help="Do without bubblewrap. For your own code only.")
_EXPLAIN = click.Option(["--explain"], type=click.Choice(["fast", "thorough"]), help="How long reasons are looked for.")
_ALL = click.Option(["--all", "everything"], is_flag=True, help="In plain text, too: every check and every mistake.")
_EXERCISE = click.Argument(["exercise_id"], metavar="[EXERCISE]", required=False)
_NAMES = click.Argument(["names"], nargs=-1, metavar="[NAME]...")
_GRADECHECK = click.Command(
    "%gradecheck",
    params=[_EXERCISE, _NAMES, _UNSANDBOXED, _EXPLAIN, _ALL],
    help="Grade what this notebook defines of an exercise, or of it the functions that you name; as %%gradecheck at the"
    " top of a cell: that cell. With a command of gradecheck, as in `%gradecheck list`, that is run.",
)
_HINT = click.Command(
    "%hint",
    params=[
        _EXERCISE,
        click.Option(["--again"], is_flag=True, help="Show all the hints that you have had, and no new one."),
    ],
    help="The next hint for an exercise.",
)
_QUIZ = click.Command(
    "%quiz",
    params=[
        click.Argument(["quiz_id"], metavar="[NAME]", required=False),
        click.Option(["--missed"], is_flag=True, help="Ask again only what you missed."),
        click.Option(["--again"], is_flag=True, help="Begin anew a quiz that you have finished."),
        click.Option(["--review"], is_flag=True, help="Show all questions with their explanations."),
    ],
    help="The next question of a quiz; without NAME, of the one that you are at.",
)

#: All that have a --help.
DESCRIBED = (_GRADECHECK, _HINT, _QUIZ)


def register(shell: Any) -> None:
    """Give a shell of IPython's our magics."""
    notebook = Notebook(shell)
    shell.events.register("post_run_cell", notebook.ran_cells.note)
    for name, kind in {"gradecheck": "line_cell", "hint": "line", "quiz": "line", "answer": "line"}.items():
        shell.register_magic_function(getattr(notebook, name), magic_kind=kind, magic_name=name)


class Notebook:
    """What one kernel remembers: the cells that ran, and the quiz that it has open."""

    def __init__(self, shell: Any) -> None:
        self._shell = shell
        self.ran_cells = RanCells(shell)
        self._quiz: QuizCells | None = None

    def gradecheck(self, line: str, cell: str | None = None) -> None:
        """Grade this cell (%%gradecheck EXERCISE), or what the notebook defines (%gradecheck EXERCISE [NAME]...)."""
        with _in_one_line():
            words = shell_words.split(line)
            session = _session()
            if words and words[0] not in session.course.exercise_ids and self._is_command(words):
                return
            options = _read(_GRADECHECK, words)
            if options is None:
                return
            exercise = _exercise(session, options["exercise_id"])
            if cell is None:
                self._grade_names(session, exercise, options, line)
            else:
                self._grade_cell(session, exercise, options, line, cell)

    def hint(self, line: str) -> None:
        """The next hint for an exercise."""
        with _in_one_line():
            self._hint(shell_words.split(line))

    def quiz(self, line: str) -> None:
        """The next question of a quiz."""
        with _in_one_line():
            self._open_quiz(shell_words.split(line))

    def answer(self, line: str) -> None:
        """Answer a question of the quiz: its number, then the answer."""
        with _in_one_line():
            if self._quiz is None:
                raise Misuse(tr("Which quiz? Open one first, as in {example}", example="%quiz products"))
            self._show(frames.markdown(self._quiz.answer(line)))

    def _hint(self, words: Sequence[str]) -> None:
        session = _session()
        options = _read(_HINT, words)
        if options is not None:
            self._show(_hints(session, options["exercise_id"], options["again"]))

    def _open_quiz(self, words: Sequence[str]) -> None:
        session = _session()
        options = _read(_QUIZ, words)
        if options is None:
            return
        name = options["quiz_id"]
        if options["review"] or (name is None and self._quiz is None):
            self._run(["quiz", *([name, "--review"] if name is not None else [])])
            return
        if name is not None:
            from autograder.jupyter.quiz_cells import QuizCells

            self._quiz = QuizCells.begin(session, name, missed=options["missed"], again=options["again"])
        assert self._quiz is not None
        self._show(frames.markdown(self._quiz.question()))

    def _grade_names(self, session: Session, exercise: Exercise, options: dict[str, Any], line: str) -> None:
        from autograder.jupyter import definitions, grading

        wanted = options["names"] or sorted(exercise.required_names)
        if exercise.kind == "drill" or not exercise.required_names:
            whole = f"%%gradecheck {exercise.id}"
            raise Misuse(
                tr("{exercise} is graded by the cell: write {magic} at the top of the one that holds your work.",
                   exercise=exercise.id, magic=whole)
            )  # fmt: skip
        _refuse_other_names(exercise, options["names"])
        parts = definitions.of_names(wanted, self.ran_cells.up_to(self.ran_cells.current))
        if not any(name in part.names for name in wanted for part in parts):
            raise Misuse(
                tr("No cell that ran in this notebook defines {names}. Run the one that does, then grade again.",
                   names=", ".join(wanted))
            )  # fmt: skip
        own = [f"{name} [{part.number}]" for part in parts for name in part.names if name in wanted]
        used = _named(parts, leave_out=wanted)
        said = tr("Graded: {names}, with {used}.", names=", ".join(own), used=used) if used else tr(
            "Graded: {names}.", names=", ".join(own))  # fmt: skip
        again = f"%gradecheck {line.strip()}"
        self._show(grading.grade_program(session, exercise, parts, said, again, _passed_on(options)))

    def _grade_cell(self, session: Session, exercise: Exercise, options: dict[str, Any], line: str, cell: str) -> None:
        from autograder.jupyter import definitions, grading

        again, passed_on = f"%%gradecheck {line.strip()}", _passed_on(options)
        if options["names"]:
            raise Misuse(tr("%%gradecheck grades the cell as a whole: leave out {names}.",
                            names=" ".join(options["names"])))  # fmt: skip
        number = self.ran_cells.current
        said = tr("Graded: this cell [{number}].", number=number)
        if exercise.kind == "drill":
            self._show(grading.grade_numbers(session, exercise, f"\n{cell}", said, again, passed_on))
            return
        text = f"\n{cell}"
        if exercise.required_names:
            self.ran_cells.run(f"# {again}\n{cell}")
        own = replace(self.ran_cells.cell(number, text), ran=None)  # it is graded whole, wherever it was stopped
        parts = definitions.of_cell(own, self.ran_cells.up_to(number - 1))
        used = _named(parts[:-1])
        if used:
            said = tr("Graded: this cell [{number}], with {used}.", number=number, used=used)
        whole = definitions.Part(number, text, ())
        self._show(grading.grade_program(session, exercise, [*parts[:-1], whole], said, again, passed_on))

    def _is_command(self, words: Sequence[str]) -> bool:
        """Run a command of `gradecheck`, if that is what was typed."""
        from autograder.cli import COMMANDS

        own: dict[str, Callable[[Sequence[str]], None]] = {"hint": self._hint, "quiz": self._open_quiz}
        if words[0] in own:
            own[words[0]](words[1:])
        elif words[0] == "run" and len(words) == 2:
            self.gradecheck(shell_words.word(words[1]))
        elif words[0] == "practice":
            raise Misuse(tr("`practice` needs a terminal. In a notebook there is {command}", command="%quiz"))
        elif words[0] in COMMANDS:
            self._run(words)
        return words[0] in COMMANDS

    def _run(self, words: Sequence[str]) -> None:
        ended = commands.run(words)
        print(commands.in_a_cell(ended.out), end="")
        if ended.code > 1:
            raise Misuse(commands.in_a_cell(ended.err.strip()).removeprefix("Error: "))
        print(ended.err, end="", file=sys.stderr)

    def _show(self, shown: frames.Shown) -> None:
        self._shell.display_pub.publish(data=shown)


@contextmanager
def _in_one_line() -> Iterator[None]:
    """Whatever the student can mend, and an interrupt, ends the cell by a sentence."""
    try:
        yield
    except (Misuse, CourseError) as error:
        raise UsageError(commands.in_a_cell(str(error))) from None
    except click.ClickException as error:
        raise UsageError(error.format_message()) from None
    except ValueError as error:  # of a quote that isn't closed
        raise UsageError(tr("This line can't be read: {reason}.", reason=error)) from None
    except KeyboardInterrupt:
        raise UsageError(tr("Stopped. Nothing was graded.")) from None


def _session() -> Session:
    from autograder.cli.session import Session

    session = Session(None, ascii=False)
    _ = session.root  # from now on the course's language is spoken
    return session


def _read(command: click.Command, words: Sequence[str]) -> dict[str, Any] | None:
    """What was typed, by the names of a command's parameters; None where it was `--help`, which is shown.

    That, and what click says of a slip, is in the language spoken: a session has found the course before.
    """
    if spoken() != ENGLISH:
        from autograder.cli.help_texts import translated

        command = translated(command)
    try:
        return command.make_context(command.name, list(words)).params
    except click.exceptions.Exit:
        return None


def _exercise(session: Session, named: str) -> Exercise:
    from autograder.cli.workplace import named_exercise

    exercise = named_exercise(session, named)
    if exercise.files:
        raise Misuse(
            tr("{exercise} is of several files, which a cell can't hold. Grade their folder: {command}",
               exercise=exercise.id, command=f"gradecheck run {exercise.id}")
        )  # fmt: skip
    return exercise


def _refuse_other_names(exercise: Exercise, names: Sequence[str]) -> None:
    for name in names:
        if name not in exercise.required_names:
            asked = ", ".join(sorted(exercise.required_names))
            raise Misuse(tr("{exercise} doesn't ask for {name}. It asks for {names}: call it so.",
                            exercise=exercise.id, name=name, names=asked))  # fmt: skip


def _named(parts: Sequence[Part], leave_out: Sequence[str] = ()) -> str:
    """The names of what is graded along, each with its cell: `np [2], slope [4]`."""
    return ", ".join(f"{name} [{part.number}]" for part in parts for name in part.names if name not in leave_out)


def _passed_on(options: dict[str, Any]) -> list[str]:
    """The options that `gradecheck run` has, too."""
    given = [*(["--unsandboxed"] if options["unsandboxed"] else []), *(["--all"] if options["everything"] else [])]
    return [*given, *(["--explain", options["explain"]] if options["explain"] else [])]


def _hints(session: Session, named: str, again: bool) -> frames.Shown:
    from autograder.cli.hint import next_hints

    exercise = _exercise(session, named)
    numbers, left = next_hints(session, exercise, again=again)
    total = len(exercise.hints)
    hints = [
        f"**{tr('Hint {number} of {total}', number=number, total=total)}**\n\n{exercise.hints[number - 1]}"
        for number in numbers
    ]
    return frames.markdown("\n\n".join([*hints, commands.in_a_cell(left)]))
