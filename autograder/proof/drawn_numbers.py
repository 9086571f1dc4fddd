"""The proof that a drill which draws its numbers is sound for every student: it is drawn many times, and worked out.

No trap may count as the key or as another belief's, no expression may fail, and the key must meet every relation.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from autograder.course import Exercise, Problem, load_answer_key
from autograder.course.drawn import values_of
from autograder.course.draws import CannotDraw
from autograder.course.expressions import NotANumber, evaluate, holds
from autograder.course.filled import filled
from autograder.course.source import Location, read_yaml
from autograder.course.template import numbers_in
from autograder.language import tr
from autograder.quiz.soundness import DRAWS, number_faults, with_draws, with_values

if TYPE_CHECKING:
    from pathlib import Path

    from autograder.course import AnswerKey
    from autograder.course.template import Value


def draw_faults(exercise: Exercise) -> list[Problem]:
    """Return what is wrong with some of the numbers that a drill draws, each with the first of them.

    Where it draws none: the numbers of its key that have no value.
    """
    if exercise.kind != "drill" or exercise.solution is None:
        return []
    if not exercise.draws:
        return list(_without_values(exercise, exercise.solution / exercise.file))
    drawn, problem = _drawn(exercise)
    if problem is not None:
        return [problem]
    written, source = load_answer_key(exercise), read_yaml(exercise.solution / exercise.file)
    found: dict[tuple[Location, str], list[Mapping[str, Value]]] = {}
    for values in drawn:
        try:
            for place, sentence in _faults(written, filled(written, values), values):
                found.setdefault((place, sentence), []).append(values)
        except NotANumber as error:
            return [source.problem(_without_value(written, values), with_values(_unworkable(error), values))]
    return sorted(source.problem(place, with_draws(said, those, len(drawn))) for (place, said), those in found.items())


def _drawn(exercise: Exercise) -> tuple[list[dict[str, Value]], Problem | None]:
    file = read_yaml(exercise.folder / "exercise.yaml")
    try:
        return [values_of(exercise, seed) for seed in range(DRAWS)], None
    except CannotDraw as error:
        return [], file.problem(("where",), f"{str(error).capitalize()}.")
    except NotANumber as error:
        return [], file.problem(("parameters",), _unworkable(error))


def _unworkable(error: NotANumber) -> str:
    return tr("With some of the values that are drawn, {error}; narrow 'parameters' or add 'where'.", error=error)


def _without_values(exercise: Exercise, path: Path) -> Iterator[Problem]:
    """Yield a problem for each expression of a key that has no value, whatever is drawn."""
    source = read_yaml(path)
    for place, expression in load_answer_key(exercise).expressions():
        try:
            evaluate(expression)
        except NotANumber as error:
            yield source.problem(place, tr("Here {error}.", error=error))


def _without_value(key: AnswerKey, values: Mapping[str, Value]) -> Location:
    """Return where the first expression stands that these values leave without one."""
    for place, expression in key.expressions():
        try:
            evaluate(expression, numbers_in(values))
        except NotANumber:
            return place
    return ("answers",)  # a hole


def _faults(written: AnswerKey, drawn: AnswerKey, values: Mapping[str, Value]) -> Iterator[tuple[Location, str]]:
    numbers = {name: evaluate(answer.key) for name, answer in drawn.answers.items()}
    for name, answer in drawn.answers.items():
        traps = [evaluate(trap.value) for trap in answer.traps]
        for place, sentence in number_faults(answer, numbers[name], answer.traps, traps, drawn=True):
            yield ("answers", name, *place), sentence
    for index, check in enumerate(written.consistency):
        if not holds(check.holds, {**numbers_in(values), **numbers}):
            yield ("consistency", index, "holds"), tr("The key doesn't meet this relation with some of the values.")
