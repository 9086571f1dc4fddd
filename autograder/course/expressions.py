"""Numbers as people write them: `8e-4`, `0.7**20`, `0.7^20`, `4**-20`. Evaluated by simpleeval, never by `eval`.

What an expression may be made of stands here once, for keys, traps, templates and for what students type. The text may
be a stranger's: its length, its powers and its result are bounded.
"""

from __future__ import annotations

import ast
import math
import operator
import warnings
from collections.abc import Callable, Collection, Mapping
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from autograder.language import tr

if TYPE_CHECKING:
    from simpleeval import SimpleEval

LONGEST = 300


def _round(number: float, digits: float | None = None) -> float:
    """Round as a float: an int would first raise ten to as many digits as are asked for."""
    return round(number) if digits is None else round(float(number), int(digits))


FUNCTIONS: dict[str, Callable[..., float]] = {
    "sqrt": math.sqrt, "log": math.log, "ln": math.log, "log10": math.log10, "exp": math.exp,
    "tanh": math.tanh, "sin": math.sin, "cos": math.cos,
    "ceil": math.ceil, "floor": math.floor, "round": _round, "abs": abs, "min": min, "max": max,
}  # fmt: skip
CONSTANTS = {"pi": math.pi, "e": math.e}
_NODES = (
    ast.Expression, ast.BinOp, ast.UnaryOp, ast.Call, ast.Name, ast.Load, ast.Constant,
    ast.Add, ast.Sub, ast.Mult, ast.Div, ast.Pow, ast.UAdd, ast.USub,
)  # fmt: skip
_RELATION = (ast.Compare, ast.Lt, ast.LtE, ast.Gt, ast.GtE, ast.Eq, ast.NotEq, ast.BoolOp, ast.And, ast.Or, ast.Not)


class NotANumber(Exception):
    """A text that is no number and no expression of one. The text says what is wrong with it."""


def expression_fault(text: str, names: Collection[str] = (), relation: bool = False) -> str | None:
    """Return what is wrong with an expression, or None. `names` may be used in it; `relation` allows comparisons."""
    if text in names or text in CONSTANTS:
        return None
    parsed = _parse(text)
    if parsed is None:
        return tr("is no expression: {text!r}", text=text)
    nodes = list(ast.walk(parsed))
    called = {id(node.func) for node in nodes if isinstance(node, ast.Call)}
    for node in nodes:
        allowed = isinstance(node, _NODES + (_RELATION if relation else ()))
        if isinstance(node, ast.Constant):
            allowed = type(node.value) in (int, float)
        elif isinstance(node, ast.Name):
            allowed = node.id in FUNCTIONS if id(node) in called else node.id in CONSTANTS or node.id in names
        if isinstance(node, ast.Tuple):
            return tr("has a comma in {part!r}: write a decimal point, as in 0.5", part=text)
        if not allowed:
            own = f"{', '.join(sorted(names))}, " if names else ""
            return tr(
                "uses {part!r}; it may hold {own}numbers, + - * / ** ^, parentheses, {functions}, pi and e",
                part=ast.unparse(node) or text,  # an operator by itself has no text
                own=own,
                functions=", ".join(sorted(FUNCTIONS)),
            )
    return None


def names_in(text: str) -> list[str]:
    """Return the names that an expression uses, each once, without functions and constants."""
    parsed = _parse(text)
    found = (node.id for node in ast.walk(parsed) if isinstance(node, ast.Name)) if parsed else ()
    return [name for name in dict.fromkeys(found) if name not in FUNCTIONS and name not in CONSTANTS]


def evaluate(text: str, names: Mapping[str, float] = {}) -> float:
    """Return the finite number that an expression stands for. Raises NotANumber."""
    value = _evaluate(text, names)
    try:
        number = float(value)
    except OverflowError:  # a whole number beyond every float
        number = math.inf
    if not math.isfinite(number):
        raise NotANumber(tr("{text} is not a finite number", text=_quoted(text)))
    return number


def holds(text: str, names: Mapping[str, float]) -> bool:
    """Return whether a relation between numbers is true. Raises NotANumber."""
    return bool(_evaluate(text, names, relation=True))


def _evaluate(text: str, names: Mapping[str, float], *, relation: bool = False) -> Any:
    import simpleeval

    if len(text) > LONGEST:
        raise NotANumber(tr("an expression of {length} characters is too long", length=len(text)))
    # Only the course's own grammar: simpleeval knows texts too, and a factor makes one as long as it likes.
    if not _accepted(text, frozenset(names), relation):
        raise NotANumber(tr("{text} is not a number or an expression such as 0.7**20", text=_quoted(text)))
    evaluator = _evaluator()
    evaluator.names = {**CONSTANTS, **names}
    try:
        return evaluator.eval(text, previously_parsed=_body(text))
    except ZeroDivisionError:
        raise NotANumber(tr("{text} divides by 0", text=_quoted(text))) from None
    except (
        simpleeval.InvalidExpression,
        SyntaxError,
        ValueError,
        TypeError,
        ArithmeticError,
        RecursionError,
        AttributeError,
        KeyError,
        MemoryError,
    ):
        raise NotANumber(tr("{text} can't be evaluated", text=_quoted(text))) from None


@lru_cache(maxsize=1)
def _evaluator() -> SimpleEval:
    import simpleeval

    operators = simpleeval.DEFAULT_OPERATORS | {ast.Pow: _power, ast.Mult: operator.mul}
    return simpleeval.SimpleEval(operators=operators, functions=FUNCTIONS)


@lru_cache(maxsize=4096)
def _accepted(text: str, names: frozenset[str], relation: bool) -> bool:
    return expression_fault(text, names, relation) is None


@lru_cache(maxsize=4096)
def _parse(text: str) -> ast.Expression | None:
    """Return the syntax tree, or None. `^` is a power here, and a minus sign may be the typographer's."""
    if len(text) > LONGEST:
        return None
    try:
        with warnings.catch_warnings(action="ignore"):  # `5log(2)` would write a line of Python's own
            return ast.parse(text.strip().replace("^", "**").replace("−", "-"), mode="eval")
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return None


def _body(text: str) -> ast.expr:
    parsed = _parse(text)
    if parsed is None:
        raise ValueError
    return parsed.body


def _power(base: float, exponent: float) -> float:
    """Powers of floats only: `9**9**9` overflows at once instead of filling the memory."""
    return math.pow(base, exponent)


def _quoted(text: str) -> str:
    return repr(text if len(text) <= 60 else f"{text[:57]}...")
