"""What a format's module declares of its subcommand of `gradecheck export`, and what it is then asked for.

    @of_gradebook(roster="The gradebook as Canvas exported it.")
    def subcommand(request: GradebookRequest) -> Iterable[str]:
        '''Canvas's gradebook CSV: the text of --help.'''

It must not know how a command line is read.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, TypeAlias

from autograder.export.bundle import BundledFile, Refused
from autograder.language import tr, tr_n

if TYPE_CHECKING:
    from autograder.course import Course, Quiz
    from autograder.course.quiz_model import AnyQuestion
    from autograder.export.filling import Filling
    from autograder.export.questions import Item
    from autograder.export.scores import Tell
    from autograder.gradebook.book import Gradebook
    from autograder.gradebook.rows import GradebookTask


@dataclass(frozen=True)
class GradebookRequest:
    """A gradebook (or what else lies at `path`), the exercises named, and the sheet that a system gave, if any.

    `system` is for whom it is made, where the format is made for several.
    `column` holds `TASK=TITLE`, for columns that are called otherwise; `new_column`: one that isn't there is added;
    `fill_excused`: a score replaces an excuse; `dry_run`: what would change is told, and nothing is made.
    """

    load_course: Callable[[], Course]
    path: Path
    exercises: Sequence[str]
    tell: Tell
    system: str = ""
    roster: Path | None = None
    column: Sequence[str] = ()
    new_column: bool = False
    fill_excused: bool = False
    dry_run: bool = False

    @cached_property
    def course(self) -> Course:
        """Loaded when it is first asked for: most formats need the gradebook alone. Raises CourseError."""
        return self.load_course()

    @cached_property
    def gradebook(self) -> Gradebook:
        """Opened when it is first asked for. Raises UnusableGradebook."""
        from autograder.gradebook.book import Gradebook

        return Gradebook.read(self.path)

    @cached_property
    def tasks(self) -> list[GradebookTask]:
        """What was to be handed in, or what was named of it. Raises Refused."""
        tasks = self.gradebook.tasks()
        known = [task.id for task in tasks]
        for name in self.exercises:
            if name not in known:
                raise Refused(
                    tr(
                        "There is no {name!r} in {gradebook}. It holds: {ids}.",
                        name=name, gradebook=self.gradebook.path, ids=", ".join(known) or tr("nothing"),
                    )
                )  # fmt: skip
        return [task for task in tasks if not self.exercises or task.id in self.exercises]

    @property
    def task(self) -> GradebookTask:
        """The task of a sheet that is of one assignment. Raises Refused if there are several."""
        if len(self.tasks) != 1:
            names = ", ".join(task.id for task in self.tasks) or tr("the gradebook is empty")
            raise Refused(tr("This sheet is of one assignment. Name it with --exercise: {names}.", names=names))
        return self.tasks[0]

    @cached_property
    def titles(self) -> dict[str, str]:
        """The columns that were named, by the task they are for. Raises Refused."""
        titles = dict[str, str]()
        known = [task.id for task in self.gradebook.tasks()]
        for given in self.column:
            task, sign, title = given.partition("=")
            if not sign or not title.strip():
                said = tr("--column {given!r}: write it as TASK=TITLE, as in 'exercise-04=Homework 1'.", given=given)
                raise Refused(said)
            if task.strip() not in known:
                raise Refused(
                    tr(
                        "--column {given!r}: there is no {task!r}. It is one of {ids}.",
                        given=given, task=task.strip(), ids=", ".join(known),
                    )
                )  # fmt: skip
            if titles.setdefault(task.strip(), title.strip()) != title.strip():
                raise Refused(tr("--column names two columns for {task}: leave one.", task=task.strip()))
        return titles

    def filled(self, fill: Callable[[Filling], bytes]) -> Iterable[str] | bytes:
        """Return the sheet, filled, or what a dry run says of it; and tell what was kept or replaced."""
        from autograder.export.filling import Filling
        from autograder.roster.sheet import read_sheet

        assert self.roster is not None
        filling = Filling(read_sheet(self.roster))
        if remark := filling.sheet.remark():
            filling.notes.append(remark)
        content = fill(filling)
        if self.dry_run:
            return filling.described()
        for sentence in filling.told():
            self.tell(sentence)
        return content

    def __enter__(self) -> GradebookRequest:
        return self

    def __exit__(self, *exception: Any) -> None:
        if "gradebook" in self.__dict__:
            self.gradebook.__exit__(*exception)


@dataclass(frozen=True)
class QuizRequest:
    """A quiz, how often a question with parameters is drawn, and from which seed."""

    course: Course
    quiz: Quiz
    variants: int
    seed: int
    tell: Tell = print

    def with_room(self, *kinds: type[AnyQuestion]) -> list[Item]:
        """Return the items of these kinds; tell of each question that the format has no room for."""
        for question in self.quiz.questions:
            if not isinstance(question, kinds):
                kind = question.__struct_config__.tag
                self.tell(
                    tr(
                        "{question} is left out: this format has no room for a question of the kind {kind!r}.",
                        question=question.id, kind=kind,
                    )
                )  # fmt: skip
        return [item for item in self.items if isinstance(item.question, kinds)]

    def tell_of_categories(self) -> None:
        """Tell what is left to do with pools that became categories of a question bank."""
        for number, pool in enumerate(self.quiz.pools, start=1):
            self.tell(
                tr_n(
                    "Pool {number} is a category of its own: add {n} random question of it to the quiz.",
                    "Pool {number} is a category of its own: add {n} random questions of it to the quiz.",
                    pool.choose, number=number,
                )
            )  # fmt: skip

    def tell_of_no_pools(self) -> None:
        """Tell that a format asks all questions of the pools."""
        for pool in self.quiz.pools:
            self.tell(
                tr(
                    "This format has no pools: it asks all of {questions}, not {n} of them.",
                    questions=", ".join(pool.of), n=pool.choose,
                )
            )  # fmt: skip

    @cached_property
    def items(self) -> list[Item]:
        """Its questions, drawn. Raises Refused."""
        from autograder.course.expressions import NotANumber
        from autograder.export.questions import items
        from autograder.quiz.variant import CannotDraw

        try:
            return items(self.course, self.quiz, self.variants, self.seed)
        except (CannotDraw, NotANumber) as error:
            said = tr(
                "A question of {quiz} can't be drawn: {reason}. `gradecheck validate` tells which.",
                quiz=self.quiz.id, reason=error,
            )  # fmt: skip
            raise Refused(said) from error


@dataclass(frozen=True)
class KitRequest:
    """A course, and the exercises that were named."""

    course: Course
    exercises: Sequence[str]


Text: TypeAlias = Iterable[str]
Files: TypeAlias = Iterable[BundledFile]
Result = Literal["text", "file", "files", "zip"]


@dataclass(frozen=True)
class Subcommand:
    """A format: how it is made, of what, and which options it has. Its help is the docstring of `make`.

    `makes`: "text" in parts, the bytes of one "file", or several "files", as a folder or a zip; or as a "zip" alone.
    `exercises`: --exercise can be given. `systems` are what --for can name. `roster` is the help of --roster, for a
    system that gives a sheet to fill in; where that has a column for each assignment, or is a grade of record, `fills`
    says whose it is: it has more options.
    """

    make: Callable[[Any], Text | bytes | Files]
    of: Literal["gradebook", "quiz", "course"]
    makes: Result
    exercises: bool = False
    roster: str = ""
    systems: tuple[str, ...] = ()
    fills: Literal["", "canvas", "moodle"] = ""


def of_gradebook(
    makes: Result = "text",
    *,
    roster: str = "",
    systems: tuple[str, ...] = (),
    fills: Literal["", "canvas", "moodle"] = "",
) -> Callable[[Callable[[GradebookRequest], Text | bytes | Files]], Subcommand]:
    """Declare what is made of a gradebook."""
    return lambda make: Subcommand(
        make, "gradebook", makes, exercises=True, roster=roster, systems=systems, fills=fills
    )


def of_quiz(makes: Result = "text") -> Callable[[Callable[[QuizRequest], Text | bytes | Files]], Subcommand]:
    """Declare what is made of a quiz."""
    return lambda make: Subcommand(make, "quiz", makes)


def of_course(makes: Result, *, exercises: bool = False) -> Callable[[Callable[[KitRequest], Files]], Subcommand]:
    """Declare what is made of a course."""
    return lambda make: Subcommand(make, "course", makes, exercises=exercises)
