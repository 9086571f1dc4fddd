"""Slips of the keyboard or of the mind: what one node of a syntax tree could have been instead.

Both the proof that checks are sharp, which makes them in a reference, and the search for a repair, which undoes them in
a student's program, take them from here. Whether a change matters is not known here.
"""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator
from typing import Any, TypeAlias

#: What was done, and what stands there then.
Variant: TypeAlias = tuple[str, ast.AST]

_OPERATORS: dict[type[ast.operator], tuple[type[ast.operator], ...]] = {
    ast.Add: (ast.Sub,),
    ast.Sub: (ast.Add,),
    ast.Mult: (ast.Div, ast.Add),
    ast.Div: (ast.Mult,),
    ast.Pow: (ast.Mult,),
    ast.MatMult: (ast.Mult,),
    ast.FloorDiv: (ast.Div,),
}
_COMPARISONS: dict[type[ast.cmpop], tuple[type[ast.cmpop], ...]] = {
    ast.Lt: (ast.LtE, ast.Gt),
    ast.LtE: (ast.Lt, ast.Gt),
    ast.Gt: (ast.GtE, ast.Lt),
    ast.GtE: (ast.Gt, ast.Lt),
    ast.Eq: (ast.NotEq,),
    ast.NotEq: (ast.Eq,),
    ast.In: (ast.NotIn,),
    ast.NotIn: (ast.In,),
    ast.Is: (ast.IsNot,),
    ast.IsNot: (ast.Is,),
}
_ONE_SIDED = (ast.Sub, ast.Div, ast.Pow, ast.MatMult)
_STATEMENTS = ast.Assign | ast.AugAssign | ast.Expr | ast.Raise | ast.If | ast.For | ast.While | ast.Return | ast.Break


def slips(node: ast.AST) -> Iterator[Variant]:
    """Yield every slip that could have been made at one node; the node itself stays as it is."""
    for kind, changes in _CHANGES:
        if isinstance(node, kind):
            yield from changes(node)


def _arithmetic(node: ast.BinOp) -> Iterator[Variant]:
    for other in _OPERATORS.get(type(node.op), ()):
        yield f"{type(node.op).__name__}->{other.__name__}", ast.BinOp(node.left, other(), node.right)
    yield "drop right", node.left
    yield "drop left", node.right
    if isinstance(node.op, _ONE_SIDED):
        yield "swap operands", ast.BinOp(node.right, node.op, node.left)


def _in_place(node: ast.AugAssign) -> Iterator[Variant]:
    for other in _OPERATORS.get(type(node.op), ()):
        yield f"{type(node.op).__name__}->{other.__name__}", ast.AugAssign(node.target, other(), node.value)


def _comparison(node: ast.Compare) -> Iterator[Variant]:
    for index, op in enumerate(node.ops):
        for other in _COMPARISONS.get(type(op), ()):
            ops = [*node.ops[:index], other(), *node.ops[index + 1 :]]
            yield f"cmp->{other.__name__}", ast.Compare(node.left, ops, node.comparators)


def _logic(node: ast.BoolOp) -> Iterator[Variant]:
    yield "bool op", ast.BoolOp(ast.Or() if isinstance(node.op, ast.And) else ast.And(), node.values)
    for value in node.values:
        yield "one side", value


def _choice(node: ast.IfExp) -> Iterator[Variant]:
    yield "one branch", node.body
    yield "other branch", node.orelse


def _sign(node: ast.UnaryOp) -> Iterator[Variant]:
    if isinstance(node.op, ast.USub | ast.Not):
        yield "drop unary", node.operand


def _constant(node: ast.Constant) -> Iterator[Variant]:
    value = node.value
    if isinstance(value, bool):
        yield "flip bool", ast.Constant(not value)
    elif isinstance(value, int | float):
        for other in dict.fromkeys((value + 1, value - 1, 0)):
            if other != value:
                yield f"{value}->{other}", ast.Constant(other)


def _call(node: ast.Call) -> Iterator[Variant]:
    if len(node.args) >= 2:
        first, second, *rest = node.args
        yield "swap args", ast.Call(node.func, [second, first, *rest], node.keywords)
    for index, keyword in enumerate(node.keywords):
        if _is_utf8(keyword):
            continue
        others = [*node.keywords[:index], *node.keywords[index + 1 :]]
        yield "drop keyword", ast.Call(node.func, node.args, others)


def _is_utf8(keyword: ast.keyword) -> bool:
    """Whether it says what holds behind the wall anyway, so that nothing would be another without it."""
    value = keyword.value
    return keyword.arg == "encoding" and isinstance(value, ast.Constant) and value.value in ("utf-8", "utf8", "UTF-8")


def _transposed(node: ast.Attribute) -> Iterator[Variant]:
    if node.attr == "T":
        yield "drop .T", node.value


def _statement(node: ast.stmt) -> Iterator[Variant]:
    yield "remove statement", ast.Pass()


_CHANGES: tuple[tuple[Any, Callable[[Any], Iterator[Variant]]], ...] = (
    (ast.BinOp, _arithmetic),
    (ast.AugAssign, _in_place),
    (ast.Compare, _comparison),
    (ast.BoolOp, _logic),
    (ast.IfExp, _choice),
    (ast.UnaryOp, _sign),
    (ast.Constant, _constant),
    (ast.Call, _call),
    (ast.Attribute, _transposed),
    (_STATEMENTS, _statement),
)
