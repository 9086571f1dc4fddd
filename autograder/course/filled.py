"""What an author wrote, with drawn values in it: every hole of its texts filled, every expression worked out.

It must not know where the values come from.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from msgspec.structs import replace

from autograder.course.authored import Authored
from autograder.course.expressions import evaluate
from autograder.course.parameters import Expression, Parameter
from autograder.course.template import Value, fill, numbers_in

Model = TypeVar("Model", bound=Authored)


def filled(model: Model, values: Mapping[str, Value]) -> Model:
    """Return a model with these values in it; relations keep their names. Raises NotANumber."""
    numbers = numbers_in(values)

    def inside(value: Any) -> Any:
        if isinstance(value, Expression):
            return Expression(repr(evaluate(value, numbers)))
        if isinstance(value, str):
            return fill(value, values)
        if isinstance(value, tuple):
            return tuple(map(inside, value))
        if isinstance(value, dict):
            return {key: inside(item) for key, item in value.items()}
        if isinstance(value, Authored) and not isinstance(value, Parameter):
            return replace(value, **{name: inside(getattr(value, name)) for name in value.__struct_fields__})
        return value

    whole: Model = inside(model)
    return whole
