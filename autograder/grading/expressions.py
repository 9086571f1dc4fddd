"""Numbers as people write them: `8e-4`, `0.7**20`, `0.7^20`, `4**-20`. Evaluated by simpleeval, never by `eval`.

The text may be a stranger's: its length, its powers and its result are bounded.
"""

from __future__ import annotations

import ast
import math
import operator
from collections.abc import Mapping
from typing import Any

from autograder.course.answers import expression_fault

_MAX_LENGTH = 300
_FUNCTIONS = {
    "sqrt": math.sqrt, "log": math.log, "log10": math.log10, "exp": math.exp,
    "ceil": math.ceil, "floor": math.floor, "abs": abs,
}  # fmt: skip
_CONSTANTS = {"pi": math.pi, "e": math.e}


class NotANumber(Exception):
    """A text that is no number and no expression of one. The text says what is wrong with it."""


def evaluate(text: str, names: Mapping[str, float] = {}) -> float:
    """The finite number that an expression stands for. Raises NotANumber."""
    value = _evaluate(text, names)
    try:
        number = float(value)
    except OverflowError:  # a whole number beyond every float
        number = math.inf
    if not math.isfinite(number):
        raise NotANumber(f"{_quoted(text)} is not a finite number")
    return number


def holds(text: str, names: Mapping[str, float]) -> bool:
    """Whether a relation between answers is true. Raises NotANumber."""
    return bool(_evaluate(text, names, relation=True))


def _evaluate(text: str, names: Mapping[str, float], *, relation: bool = False) -> Any:
    import simpleeval

    if len(text) > _MAX_LENGTH:
        raise NotANumber(f"an expression of {len(text)} characters is too long")
    text = text.strip().replace("−", "-")
    operators = simpleeval.DEFAULT_OPERATORS | {ast.Pow: _power, ast.Mult: operator.mul}
    evaluator = simpleeval.SimpleEval(operators=operators, functions=_FUNCTIONS, names={**_CONSTANTS, **names})
    try:
        # Only the course's own grammar: simpleeval knows texts too, and a factor makes one as long as it likes.
        if expression_fault(text, names, relation=relation) is not None:
            raise ValueError
        return evaluator.eval(text.replace("^", "**"))
    except (simpleeval.InvalidExpression, SyntaxError, ValueError, TypeError, ArithmeticError, RecursionError):
        raise NotANumber(f"{_quoted(text)} is not a number or an expression such as 0.7**20") from None
    except (AttributeError, KeyError, MemoryError):
        raise NotANumber(f"{_quoted(text)} can't be evaluated") from None


def _power(base: float, exponent: float) -> float:
    """Powers of floats only: `9**9**9` overflows at once instead of filling the memory."""
    return math.pow(base, exponent)


def _quoted(text: str) -> str:
    return repr(text if len(text) <= 60 else f"{text[:57]}...")
