"""A drill's key, solutions/<id>/answers.yaml: the numbers asked for, what tempts, and why.

It knows what an expression may be made of. It must not evaluate one: that is the grader's.
"""

from __future__ import annotations

import ast
import math
from collections.abc import Collection
from typing import Annotated, Any, TypeAlias

from pydantic import AfterValidator, BeforeValidator, Field, model_validator

from .model import KebabId, Number, Points, SnakeId, Text
from .validation import Authored

FUNCTIONS = frozenset({"sqrt", "log", "log10", "exp", "ceil", "floor", "abs"})
CONSTANTS = frozenset({"pi", "e"})
_VOCABULARY = f"numbers, + - * / ** ^, parentheses, {', '.join(sorted(FUNCTIONS))}, pi and e"
_NODES = (
    ast.Expression, ast.BinOp, ast.UnaryOp, ast.Call, ast.Name, ast.Load, ast.Constant,
    ast.Add, ast.Sub, ast.Mult, ast.Div, ast.Pow, ast.UAdd, ast.USub,
)  # fmt: skip
_RELATION = (ast.Compare, ast.Lt, ast.LtE, ast.Gt, ast.GtE, ast.Eq, ast.NotEq, ast.BoolOp, ast.And, ast.Or, ast.Not)


def expression_fault(text: str, names: Collection[str] = (), relation: bool = False) -> str | None:
    """What is wrong with an expression, or None. `names` are answers it may use; `relation` allows comparisons."""
    try:
        tree = ast.parse(text.strip().replace("^", "**"), mode="eval") if len(text) <= 300 else None
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        tree = None
    if tree is None:
        return f"is no expression: {text!r}"
    called = {id(node.func) for node in ast.walk(tree) if isinstance(node, ast.Call)}
    for node in ast.walk(tree):
        allowed = isinstance(node, _NODES + (_RELATION if relation else ()))
        if isinstance(node, ast.Constant):
            allowed = type(node.value) in (int, float)
        elif isinstance(node, ast.Name):
            allowed = node.id in (FUNCTIONS if id(node) in called else CONSTANTS.union(names))
        if not allowed:
            return f"uses {ast.unparse(node)!r}; it may hold {_VOCABULARY}"
    return None


def _expression(value: Any) -> Any:
    """A bare number is an expression too."""
    return repr(value) if isinstance(value, (int, float)) and not isinstance(value, bool) else value


def _constant(text: str) -> str:
    fault = expression_fault(text)
    if fault:
        raise ValueError(fault)
    return text


Expression: TypeAlias = Annotated[str, BeforeValidator(_expression), AfterValidator(_constant)]


class Tolerance(Authored):
    """How near is near enough: one of three; 1 % of the expected number where none is said."""

    relative: Annotated[Number, Field(gt=0, lt=1)] | None = Field(
        default=None, description="As a share of the number, such as 0.01."
    )
    absolute: Annotated[Number, Field(gt=0)] | None = Field(default=None, description="In the number's own unit.")
    exact: bool = Field(default=False, description="No deviation at all; 13.0 counts as 13.")

    @model_validator(mode="after")
    def _only_one(self) -> Tolerance:
        if (self.relative is not None) + (self.absolute is not None) + self.exact > 1:
            raise ValueError("has several of 'relative', 'absolute' and 'exact'; keep one")
        return self

    def accepts(self, value: float, expected: float) -> bool:
        """Whether `value` counts as `expected`. NaN and infinities never do."""
        if not math.isfinite(value):
            return False
        if self.exact:
            return value == expected
        if self.absolute is not None:
            return abs(value - expected) <= self.absolute
        return abs(value - expected) <= (0.01 if self.relative is None else self.relative) * abs(expected)


class Trap(Tolerance):
    """A tempting wrong number and the belief that leads to it."""

    value: Expression = Field(description="The wrong number, as an expression.")
    misconception: KebabId = Field(description="The belief, by its id in the catalogue.")
    why: Text = Field(description="What was thought, where it breaks, what to think instead (Markdown with LaTeX).")


class Answer(Tolerance):
    """One number asked for."""

    title: Text = Field(description="What is asked, in one line (Markdown with LaTeX).")
    points: Points = Field(description="What it is worth.")
    key: Expression = Field(description="The right number, as an expression.")
    right: Text = Field(description="Why it is right (Markdown with LaTeX).")
    hint: Text | None = Field(default=None, description="Shown when the number is wrong and no trap matches.")
    traps: tuple[Trap, ...] = Field(default=(), description="Tempting wrong numbers; the first that matches wins.")


class Consistency(Authored):
    """A relation that several answers must meet together."""

    id: SnakeId = Field(description="The check's id.")
    title: Text = Field(description="The relation in one line (Markdown with LaTeX).")
    points: Points = Field(description="What it is worth.")
    holds: Text = Field(description="An expression over the answers' names that must be true.")
    message: Text = Field(description="Said where it is not (Markdown with LaTeX).")


class AnswerKey(Authored):
    """The whole key: answers by their name, in the order in which they are asked."""

    answers: dict[SnakeId, Answer] = Field(min_length=1, description="The numbers asked for, by name.")
    consistency: tuple[Consistency, ...] = Field(default=(), description="Relations between several answers.")

    @model_validator(mode="after")
    def _names_are_known(self) -> AnswerKey:
        for check in self.consistency:
            fault = expression_fault(check.holds, self.answers, relation=True)
            if fault:
                raise ValueError(f"has a fault in consistency {check.id!r}: 'holds' {fault}")
            if check.id in self.answers:
                raise ValueError(f"has an answer and a consistency check of the same id {check.id!r}; rename one")
        return self

    @property
    def points(self) -> float:
        """What all answers and relations are worth together."""
        return sum(a.points for a in self.answers.values()) + sum(c.points for c in self.consistency)
