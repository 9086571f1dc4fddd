"""What every command is given: the course asked for, the student's record, and how to write to this terminal.

Each part is made when a command first asks for it, and what it needs is imported then.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, Concatenate, ParamSpec, TextIO, TypeVar

import click

from autograder.cli.endings import Misuse, ReaderGone
from autograder.language import speak, tr

if TYPE_CHECKING:
    from rich.console import Console

    from autograder.course import Course, CourseRoot, Exercise, Problem, Quiz
    from autograder.course.outline import Outline
    from autograder.progress import Progress

#: A terminal that can't take these gets ASCII.
_NEEDED = "∂‖⊙→₁²─✓…"
_WIDEST = 100

P = ParamSpec("P")
R = TypeVar("R")


@dataclass
class Session:
    """One call of gradecheck."""

    course_folder: Path | None
    ascii: bool
    plain: bool = False

    @classmethod
    def begin(cls, course_folder: Path | None, ascii: bool) -> Session:
        """Return the session of this process, and make sure that no character stops a command."""
        for stream in (sys.stdout, sys.stderr):
            if hasattr(stream, "reconfigure"):
                stream.reconfigure(errors="replace")
        return cls(course_folder, ascii or not _takes_unicode(sys.stdout))

    @cached_property
    def root(self) -> CourseRoot:
        """Where the course is; once it is known, its language is spoken."""
        from autograder.course import find_course
        from autograder.course_place import language_of

        try:
            here = Path.cwd()
        except FileNotFoundError:
            said = tr("The folder that this terminal is in was deleted: go to one that is there, with `cd`.")
            raise Misuse(said) from None
        root = find_course(self.course_folder, os.environ, here)
        speak(language_of(root.file))
        return root

    @cached_property
    def course(self) -> Course:
        """course.yaml."""
        from autograder.course import load_course

        return load_course(self.root)

    @cached_property
    def outline(self) -> tuple[Outline, list[Problem]]:
        """The course in outline, and the problems of what is left out of it."""
        from autograder.course.outline import read_outline
        from autograder.machine import user_folder

        return read_outline(self.root, user_folder("cache") / "outlines")

    def exercise(self, exercise_id: str) -> Exercise:
        """Return one exercise; a misspelt id is misuse, and the nearest is named."""
        from autograder.course import UnknownExercise, load_exercise

        try:
            return load_exercise(self.root, exercise_id)
        except UnknownExercise as error:
            other = tr("{name} is a quiz: `{command}`.", name=exercise_id, command=f"gradecheck quiz {exercise_id}")
            raise Misuse(other if exercise_id in self.course.quiz_ids else error.problems[0].sentence) from error

    def quiz(self, quiz_id: str) -> Quiz:
        """Return one quiz; a misspelt id is misuse, and the nearest is named."""
        from autograder.course import load_quiz

        with self._told_otherwise(quiz_id):
            return load_quiz(self.course, quiz_id)

    def quiz_to_ask(self, quiz_id: str) -> Quiz:
        """Return one quiz as it was kept, or read; from then on the course is the one around it."""
        from autograder.course.kept_quiz import read_quiz
        from autograder.machine import user_folder

        with self._told_otherwise(quiz_id):
            self.course, quiz = read_quiz(self.root, quiz_id, user_folder("cache") / "quizzes")
        return quiz

    @contextmanager
    def _told_otherwise(self, quiz_id: str) -> Iterator[None]:
        """Say what can be meant by the id of a quiz that isn't there."""
        from autograder.course.problems import CourseError

        try:
            yield
        except CourseError as error:
            from autograder.course import UnknownQuiz

            if not isinstance(error, UnknownQuiz):
                raise
            other = tr("{name} is an exercise: `{command}`.", name=quiz_id, command=f"gradecheck show {quiz_id}")
            raise Misuse(other if quiz_id in self.course.exercise_ids else error.problems[0].sentence) from error

    def as_asked(self, quiz: Quiz) -> Quiz:
        """Return a quiz with those questions of its pools that this student is asked."""
        from autograder.quiz.pools import as_asked

        return as_asked(quiz, self.progress.quizzes.seed()) if quiz.pools else quiz

    @cached_property
    def progress(self) -> Progress:
        """The student's record of this course."""
        from autograder.progress import open_progress

        known = self.outline[0] if "outline" in vars(self) else self.course  # who has the one needn't read the other
        return open_progress(known.id, former=known.former_ids)

    @cached_property
    def console(self) -> Console:
        """A rich console on standard output: no markup, no wider than reads well, without any style if `plain`."""
        from rich import console as rich_console

        class Terminal(rich_console.Console):
            def on_broken_pipe(self) -> None:
                raise ReaderGone

        styled = False if self.plain else None
        console = Terminal(markup=False, emoji=False, highlight=False, force_terminal=styled)
        if console.is_dumb_terminal:  # which rich takes for one of 80 × 25
            from shutil import get_terminal_size

            console.size = get_terminal_size()
        console.width = min(console.width, _WIDEST)
        return console

    @contextmanager
    def pager(self, *, wanted: bool) -> Iterator[None]:
        """Show what is written on the console within it in a pager, if it is longer than the terminal."""
        if not (wanted and self.console.is_terminal and sys.stdin.isatty()):
            yield
            return
        with self.console.capture() as captured:
            yield
        text = captured.get()
        if text.count("\n") < self.console.height:
            click.echo(text, nl=False)
            return
        os.environ.setdefault("LESS", "-FRX")  # colours are shown, and what was read stays on the terminal
        click.echo_via_pager(text)

    def text(self, markdown: str) -> str:
        """Return one line of an author's Markdown with LaTeX, as this terminal can show it."""
        if "$" in markdown:
            from autograder.feedback import mathematics

            return mathematics.to_ascii(markdown) if self.ascii else mathematics.to_unicode(markdown)
        return self.spell(markdown)

    def page(self, markdown: str) -> None:
        """Write a page of an author's Markdown with LaTeX."""
        from autograder.feedback import terminal_markdown

        terminal_markdown.render(markdown, self.console, ascii=self.ascii)

    def say(self, line: str = "") -> None:
        """Write one line of our own."""
        click.echo(self.spell(line))

    def tell(self, sentence: str) -> None:
        """Write a sentence of our own, on a terminal wrapped to its width."""
        from autograder.cli.fitting import tell

        tell(self.spell(sentence))

    def write_json(self, value: Any, *, one_line: bool = False) -> None:
        """Write plain data, Structs or bytes of JSON; where the terminal takes ASCII only, the rest is escaped."""
        import json

        import msgspec

        text = (value if isinstance(value, bytes) else msgspec.json.encode(value)).decode()
        if self.ascii and not text.isascii():
            text = json.dumps(json.loads(text))
        click.echo(text if one_line else msgspec.json.format(text, indent=2))

    def warn(self, sentence: str) -> None:
        """Write one line of our own to standard error, wrapped where that is a terminal."""
        from autograder.cli.fitting import tell

        tell(self.spell(sentence), err=True)

    def spell(self, text: str) -> str:
        """Return text in the characters that this terminal can show."""
        if not self.ascii or text.isascii():
            return text
        from autograder.feedback import transliteration

        return transliteration.to_ascii(text)


def with_session(command: Callable[Concatenate[Session, P], R]) -> Callable[P, R]:
    """Hand the session to a command as its first argument."""
    return click.make_pass_decorator(Session)(command)


def _takes_unicode(stream: TextIO) -> bool:
    try:
        _NEEDED.encode(stream.encoding or "ascii")
    except (UnicodeError, LookupError):
        return False
    return True
