"""Public checks: those written in exercise.yaml, a call and what must come of it. Collected by pytest like the others.

The grammar of their values is `course.values`; here the values are built.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import numpy as np
import pytest

from autograder.course import PublicCheck
from autograder.grading.agree import Agree
from autograder.grading.asking import Ask, Outcome
from autograder.grading.compare import Tolerance
from autograder.sandbox.failures import ProgramError
from autograder.sandbox.program import ProgramProxy, module
from autograder.sandbox.values import Tensor, tensor

#: Expected values in a statement are rounded for reading: to six decimals, or four significant digits.
_WRITTEN = Tolerance(1e-3, 1e-6)


class PublicChecks(pytest.File):
    """exercise.yaml as a file of checks. `checks` is set by whoever collects it."""

    checks: Iterable[PublicCheck] = ()

    def collect(self) -> Iterable[pytest.Item]:
        for check in self.checks:
            item = PublicItem.from_parent(self, name=f"test_{check.id}")
            item.check = check
            yield item


class PublicItem(pytest.Item):
    """One public check. `agree` and `rng` are set by the plugin before each run."""

    check: PublicCheck
    agree: Agree
    rng: np.random.Generator

    def runtest(self) -> None:
        arguments = tuple(build(value, self.rng) for value in self.check.args)
        if self.check.then is not None:
            expected = build(self.check.expect, self.rng)
            self.agree(self._called_again(arguments), expected=expected, rtol=_WRITTEN.relative, atol=_WRITTEN.absolute)
        elif self.check.raises is not None:
            failure = ProgramError(self.check.raises, "", [], [])
            self.agree.expect(self.check.call, arguments, Outcome(failure=failure), _WRITTEN)
        elif self.check.expect is not None:
            self.agree.expect(self.check.call, arguments, Outcome(build(self.check.expect, self.rng)), _WRITTEN)
        else:
            self.agree(self.check.call, *arguments)

    def _called_again(self, arguments: tuple[Any, ...]) -> Ask:
        """The question: what does that which came back answer to `then`?"""
        then = tuple(build(value, self.rng) for value in self.check.then or ())
        values = {name: build(value, self.rng) for name, value in (self.check.parameters or {}).items()}

        def ask(program: ProgramProxy) -> Any:
            made = getattr(program, self.check.call)
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
