"""A student's course so far: what is done, what is open, and the misconceptions met; as plain data, and as a page.

The data are also what `list` and `progress` show, and print as JSON. It must not know where they come from.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence

import msgspec

from autograder.feedback.points import format_number, points
from autograder.language import in_turn, tr


class ExerciseSoFar(msgspec.Struct, frozen=True):
    """An exercise with the best run's score, None where there was no run; `quiz` is the one that it prepares for."""

    id: str
    title: str
    kind: str
    file: str
    points: float
    score: float | None
    passed: bool
    runs: int
    quiz: str = ""

    @property
    def done(self) -> bool:
        return self.passed


class QuizSoFar(msgspec.Struct, frozen=True):
    """A quiz: `score` of the latest answers, `first` of the first ones, which statistics count. None: no answer yet."""

    id: str
    title: str
    questions: int
    answered: int
    points: float
    score: float | None
    first: float | None
    missed: list[str]

    @property
    def done(self) -> bool:
        return self.answered >= self.questions


class UnitSoFar(msgspec.Struct, frozen=True):
    """A unit with what can be read of its exercises and quizzes, in their order."""

    id: str
    title: str
    exercises: list[ExerciseSoFar]
    quizzes: list[QuizSoFar]

    @property
    def entries(self) -> Sequence[ExerciseSoFar | QuizSoFar]:
        return [*self.exercises, *self.quizzes]


class Named(msgspec.Struct, frozen=True):
    """Which course it is, and where it was found."""

    id: str
    title: str
    folder: str


class Sum(msgspec.Struct, frozen=True):
    """Points scored, and points to be had."""

    score: float
    points: float


class CourseSoFar(msgspec.Struct, frozen=True, kw_only=True):
    """The course; `score` and `points` are of its exercises, `quizzes` of its quizzes.

    `last` is the exercise that was started or graded last, and `quiz_left` the quiz that was left midway since then;
    each is empty where there is none.
    """

    schema: int = 1
    course: Named
    score: float
    points: float
    quizzes: Sum
    units: list[UnitSoFar]
    last: str = ""
    quiz_left: str = ""

    @property
    def here(self) -> ExerciseSoFar | QuizSoFar | None:
        """What is worked on: the quiz that was left midway, else the last exercise, unless it is done."""
        open_ones = [entry for unit in self.units for entry in unit.entries if not entry.done]
        return next((entry for name in (self.quiz_left, self.last) for entry in open_ones if entry.id == name), None)

    @property
    def next_steps(self) -> Sequence[str]:
        """What to type to go on: with what is worked on, else with what comes after the last exercise."""
        return [_go_on(self.here)] if self.here is not None else self.steps_after(self.last)

    def steps_after(self, exercise: str) -> Sequence[str]:
        """What to type to go on after an exercise: with the first thing behind it that isn't done, else before it."""
        entry = next(iter(self._ahead(exercise)), None)
        if isinstance(entry, ExerciseSoFar) and not entry.runs:
            return [f"gradecheck show {entry.id}", f"gradecheck start {entry.id}"]
        return [_go_on(entry)] if entry is not None else []

    @property
    def next_quiz(self) -> QuizSoFar | None:
        """The quiz to take: one that is begun, else the first that lies ahead; None where all are done."""
        quizzes = [entry for entry in self._ahead(self.last) if isinstance(entry, QuizSoFar)]
        return next((quiz for quiz in quizzes if quiz.answered), quizzes[0] if quizzes else None)

    def _ahead(self, exercise: str) -> Sequence[ExerciseSoFar | QuizSoFar]:
        """What isn't done, from behind an exercise to the end of the course, and then from its beginning."""
        order = list(self._in_turn())
        place = next((number for number, entry in enumerate(order, start=1) if entry.id == exercise), 0)
        return [entry for entry in (*order[place:], *order[:place]) if not entry.done]

    def _in_turn(self) -> Iterator[ExerciseSoFar | QuizSoFar]:
        """Yield the course as it is meant to be worked through: a quiz after the last exercise that prepares for it,
        and one that no exercise prepares for at the end of its unit.
        """
        quizzes = {quiz.id: quiz for unit in self.units for quiz in unit.quizzes}
        last = {each.quiz: each.id for unit in self.units for each in unit.exercises}
        for unit in self.units:
            for exercise in unit.exercises:
                yield exercise
                if exercise.quiz in quizzes and last[exercise.quiz] == exercise.id:
                    yield quizzes[exercise.quiz]
            yield from (quiz for quiz in unit.quizzes if quiz.id not in last)

    @property
    def next_step(self) -> str | None:
        """The same in one line; None where everything is done."""
        return in_turn(self.next_steps) or None


def _go_on(entry: ExerciseSoFar | QuizSoFar) -> str:
    return f"gradecheck {'run' if isinstance(entry, ExerciseSoFar) else 'quiz'} {entry.id}"


def points_in_words(course: CourseSoFar, *, strong: Callable[[str], str] = str) -> str:
    """Say what was scored in a course, of what: exercises and quizzes each by themselves, for no grade adds them up."""
    if not course.quizzes.points:
        return points(course.score, course.points, strong=strong)
    return tr(
        "{score} of {of} points in exercises, {quiz_score} of {quiz_points} in quizzes",
        score=strong(format_number(course.score)),
        of=format_number(course.points),
        quiz_score=format_number(course.quizzes.score),
        quiz_points=format_number(course.quizzes.points),
    )


def standing(entry: ExerciseSoFar | QuizSoFar) -> str:
    """Name an exercise or a quiz, and say how far it is."""
    if isinstance(entry, QuizSoFar):
        return f"{entry.id} · {state_in_words(entry)}"
    if entry.passed:
        return tr("{exercise} · passed", exercise=entry.id)  # a check passes in another gender than an exercise
    return f"{entry.id} · {tr('begun') if entry.runs else tr('not begun')}"


def state_in_words(entry: QuizSoFar) -> str:
    """Say how far a quiz is."""
    if entry.done:
        return tr("done")
    if not entry.answered:
        return tr("not begun")
    return tr("{answered} of {n} answered", answered=entry.answered, n=entry.questions)


class Belief(msgspec.Struct, frozen=True):
    """A misconception that was met: its title and concept, how often, where, and which exercises practise it."""

    title: str
    concept: str
    times: int
    where: Sequence[str]
    practise: Sequence[str]


class Places(msgspec.Struct, frozen=True):
    """Where the other pages lie, by the id of what they are about; `pages` has the titles of the course's own files."""

    statements: Mapping[str, str] = {}
    quizzes: Mapping[str, str] = {}
    reports: Mapping[str, str] = {}
    pages: Mapping[str, str] = {}

    def of(self, entry: ExerciseSoFar | QuizSoFar) -> str:
        """Return where an exercise's statement or a quiz is, empty if nowhere."""
        return (self.statements if isinstance(entry, ExerciseSoFar) else self.quizzes).get(entry.id, "")


def share(entry: ExerciseSoFar | QuizSoFar) -> float:
    """Return which part of an entry's points was earned, from 0 to 1."""
    return min(1.0, (entry.score or 0) / entry.points) if entry.points else 0.0


def render(course: CourseSoFar, beliefs: Sequence[Belief], places: Places) -> str:
    """Return the page."""
    from markupsafe import Markup

    from autograder.feedback import html

    template = html.environment().get_template("course.html")
    return template.render(
        course=course,
        beliefs=beliefs,
        places=places,
        standing=standing,
        part=share,
        title=points_in_words(course),
        scored=Markup(points_in_words(course, strong="<strong>{}</strong>".format)),  # numbers and our own words
    )
