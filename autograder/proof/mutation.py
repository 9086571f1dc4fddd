"""Small changes to a program, one at a time: what a slip of the keyboard or of the mind could have made of it.

Works on the syntax tree and on nothing else; whether a change matters is not known here. Names, annotations, decorators
and docstrings stay as they are. (The kept libraries, mutmut and cosmic-ray, run a test suite over changed files in the
suite's own process; here a changed program is a submission, behind the wall like any other.)
"""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator, MutableMapping, MutableSequence
from dataclasses import dataclass
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
_NOT_PROGRAM = frozenset({"annotation", "returns", "decorator_list", "type_params"})
_STATEMENTS = ast.Assign | ast.AugAssign | ast.Expr | ast.Raise | ast.If | ast.For | ast.While | ast.Return | ast.Break
_MAX_SHOWN = 70


@dataclass(frozen=True)
class Mutant:
    """A changed program; `description` reads `line 12: Mult->Div: a * b`, with the text before the change."""

    line: int
    description: str
    source: str


def mutants(source: str) -> Iterator[Mutant]:
    """Yield every mutant of a program, each text once, in the order of the program."""
    tree = ast.parse(source)
    seen = {ast.unparse(tree)}
    for site in list(_sites(tree)):
        for what, replacement in _variants(site.node):
            changed = site.changed_to(replacement, tree)
            if changed not in seen:
                seen.add(changed)
                line = getattr(site.node, "lineno", 1)
                shown = " ".join(ast.unparse(site.node).split())[:_MAX_SHOWN].rstrip()
                yield Mutant(line, f"line {line}: {what}: {shown}", changed)


@dataclass(frozen=True)
class _Site:
    """A place in the tree: a node, and where its parent keeps it."""

    node: ast.AST
    shelf: MutableMapping[str, Any] | MutableSequence[Any]
    key: Any

    def changed_to(self, replacement: ast.AST, tree: ast.Module) -> str:
        """Return the program's text with another node here; the tree itself is as it was afterwards."""
        self.shelf[self.key] = ast.copy_location(replacement, self.node)
        try:
            return ast.unparse(ast.fix_missing_locations(tree))
        finally:
            self.shelf[self.key] = self.node


def _sites(parent: ast.AST) -> Iterator[_Site]:
    for name, value in ast.iter_fields(parent):
        if name in _NOT_PROGRAM:
            continue
        kept: Any = value if isinstance(value, list) else vars(parent)
        for key, child in list(enumerate(value)) if isinstance(value, list) else [(name, value)]:
            if isinstance(child, ast.AST) and not _is_text(child):
                yield _Site(child, kept, key)
                yield from _sites(child)


def _is_text(node: ast.AST) -> bool:
    """Return whether a statement is a constant alone: a docstring, or `...`."""
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)


def _variants(node: ast.AST) -> Iterator[Variant]:
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
    for index in range(len(node.keywords)):
        others = [*node.keywords[:index], *node.keywords[index + 1 :]]
        yield "drop keyword", ast.Call(node.func, node.args, others)


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
