"""A drill whose numbers are drawn, as one student meets it: texts with the numbers in them, and a file that says whose.

`seed: 4711` in the file brings the same numbers back wherever it is graded. It must not know who the student is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import msgspec

from autograder.course.draws import CannotDraw, Draws, draw
from autograder.course.expressions import NotANumber, expression_fault
from autograder.course.parameters import numbers_of, words_of
from autograder.course.problems import CourseError
from autograder.course.source import read_yaml
from autograder.course.template import Value, fill, template_faults, without_holes
from autograder.language import tr

if TYPE_CHECKING:
    from autograder.course.authored import Fault
    from autograder.course.content import Exercise
    from autograder.course.drill_key import Answer, AnswerKey, Consistency
    from autograder.course.parameters import Parameter
    from autograder.course.source import Location

    Titled = TypeVar("Titled", Answer, Consistency)

#: The line of a student's file that says whose numbers it answers, and the largest that it may be.
SEED = "seed"
LARGEST_SEED = 2**63 - 1
_HEAD = 1 << 16
_LINE = re.compile(rf'^\s*"?{SEED}:\s*(\d{{1,19}})\b', re.MULTILINE)  # in a notebook's JSON it is a text


def values_of(exercise: Exercise, seed: int) -> dict[str, Value]:
    """Return what a drill draws for a seed. Raises CannotDraw or NotANumber."""
    return draw(exercise.draws, exercise.where, Draws(seed, exercise.id))


def as_drawn(exercise: Exercise, seed: int) -> Exercise:
    """Return the exercise with the numbers of a seed in all that students read; as it is, where nothing is drawn.

    Raises CourseError where that can't be done, which is the course's fault.
    """
    if not exercise.draws:
        return exercise
    try:
        values = values_of(exercise, seed)
        return msgspec.structs.replace(
            exercise,
            seed=seed,
            statement=fill(exercise.statement, values),
            hints=tuple(fill(hint, values) for hint in exercise.hints),
            takeaway=fill(exercise.takeaway, values),
            stub=f"{seed_line(seed)}\n{fill(exercise.stub, values, plain=True)}",
        )
    except (CannotDraw, NotANumber) as error:
        sentence = tr("No numbers can be drawn: {error}.", error=error)
        raise CourseError([read_yaml(exercise.folder / "exercise.yaml").problem(("where",), sentence)]) from None


def seed_in(file: Path) -> int | None:
    """Return the seed that a student's file or notebook names; None where it can't be read there."""
    try:
        with file.open("rb") as opened:
            text = opened.read(_HEAD).decode(errors="replace")
    except OSError:
        return None
    return seed_of(text)


def seed_of(text: str) -> int | None:
    """Return the seed that a file's or a notebook's text names; None where it names none."""
    found = _LINE.search(text)
    seed = int(found[1]) if found else None
    return seed if seed is not None and seed <= LARGEST_SEED else None


def seed_line(seed: int) -> str:
    """Return the line of a file of answers that says whose numbers it answers."""
    remark = tr("It tells the grader which numbers are yours: leave it as it is.")
    return f"{SEED}: {seed}  # {remark}"


def without_numbers(key: AnswerKey) -> AnswerKey:
    """Return a key as it is shown where nobody has drawn numbers: its titles without them."""
    answers = {name: _untitled(each) for name, each in key.answers.items()}
    return msgspec.structs.replace(key, answers=answers, consistency=tuple(map(_untitled, key.consistency)))


def _untitled(titled: Titled) -> Titled:
    return msgspec.structs.replace(titled, title=without_holes(titled.title))


def key_faults(key: AnswerKey, parameters: Mapping[str, Parameter]) -> Iterator[Fault]:
    """Yield the expressions of a key that use what neither they may nor the drill draws."""
    numbers = numbers_of(parameters)
    for name in key.answers:
        here: Location = ("answers", name)
        if name in parameters:
            yield here, tr("has the name of a parameter; rename one")
        if parameters and name == SEED:
            yield here, tr("has the name of the line that says whose numbers they are; rename it")
    for place, expression in key.expressions():
        yield from _expression(expression, numbers, place)
    known = numbers | key.answers.keys()
    for index, check in enumerate(key.consistency):
        yield from _expression(check.holds, known, ("consistency", index, "holds"), relation=True)


def _expression(text: str, names: frozenset[str], place: Location, *, relation: bool = False) -> Iterator[Fault]:
    if fault := expression_fault(text, names, relation):
        yield place, fault


def hole_faults(text: str, parameters: Mapping[str, Parameter]) -> Iterator[tuple[int, str]]:
    """Yield what is wrong with the holes of a drawn drill's text, with the line of the text, from 0."""
    numbers, words = numbers_of(parameters), words_of(parameters)
    for number, line in enumerate(text.split("\n")):
        yield from ((number, fault) for fault in template_faults(line, numbers, words))
