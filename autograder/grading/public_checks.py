"""Public checks: those written in exercise.yaml, a call and what must come of it.

The grammar of their values is `course.literals`; here the values are built.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import Any

import numpy as np

from autograder.checks import Mark
from autograder.course import Exercise, PublicCheck
from autograder.grading.asking import Ask, Outcome
from autograder.grading.checking import Check, Trial
from autograder.grading.tolerance import Tolerance
from autograder.sandbox.failures import ProgramError
from autograder.sandbox.module import module
from autograder.sandbox.program import ProgramProxy
from autograder.sandbox.values import Tensor, tensor

#: Expected values in a statement are rounded for reading: to six decimals, or four significant digits.
_WRITTEN = Tolerance(1e-3, 1e-6)


def public_checks(exercise: Exercise) -> Iterator[Check]:
    """Yield the checks of exercise.yaml, in their order."""
    for check in exercise.public_checks:
        mark = Mark(check.points, check.hint, show=True)
        place = exercise.folder / "exercise.yaml", 1
        yield Check(check.id, check.title, mark, *place, partial(_ask, check), seed=check.id)


def _ask(check: PublicCheck, trial: Trial) -> None:
    agree, rng = trial.agree, trial.rng
    arguments = tuple(build(value, rng) for value in check.args)
    if check.then is not None:
        expected = build(check.expect, rng)
        again = _called_again(check, arguments, rng)
        agree(again, expected=expected, rtol=_WRITTEN.relative, atol=_WRITTEN.absolute)
    elif check.raises is not None:
        agree.expect(check.call, arguments, Outcome(failure=ProgramError(check.raises, "", [], [])), _WRITTEN)
    elif check.expect is not None:
        agree.expect(check.call, arguments, Outcome(build(check.expect, rng)), _WRITTEN)
    else:
        agree(check.call, *arguments)


def _called_again(check: PublicCheck, arguments: tuple[Any, ...], rng: np.random.Generator) -> Ask:
    """Return the question: what does that which came back answer to `then`?"""
    then = tuple(build(value, rng) for value in check.then or ())
    values = {name: build(value, rng) for name, value in (check.parameters or {}).items()}

    def ask(program: ProgramProxy) -> Any:
        made = getattr(program, check.call)
        return (module(made, *arguments, parameters=values) if values else made(*arguments))(*then)

    return ask


def build(value: Any, rng: np.random.Generator) -> Any:
    """The value that an author wrote. Draws come from `rng`, in the order in which they are written."""
    if isinstance(value, list):
        return np.array(value, dtype=float)
    if not isinstance(value, dict):
        return value
    if "tensor" in value:
        return _tensor(value)
    if "list" in value:
        return [build(item, rng) for item in value["list"]]
    if "normal" in value:
        return value.get("scale", 1.0) * rng.normal(size=value["normal"])
    if "uniform" in value:
        return rng.uniform(value.get("low", 0.0), value.get("high", 1.0), size=value["uniform"])
    if "eye" in value:
        return value.get("scale", 1.0) * np.eye(value["eye"])
    if "zeros" in value:
        return np.zeros(value["zeros"])
    return {key: build(item, rng) for key, item in value.items()}


def _tensor(value: dict[str, Any]) -> Tensor:
    return tensor(value["tensor"], dtype=value.get("dtype", "float32"))
