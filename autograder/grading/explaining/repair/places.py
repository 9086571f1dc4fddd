"""The places of a function at which an edit can be made: its expressions, each with what it is there.

It must not know what is done to them.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass

_NOT_PROGRAM = frozenset({"annotation", "returns", "decorator_list", "type_params", "func", "values"})


@dataclass(frozen=True)
class Place:
    """An expression, and what it is there: `role` is the field of its parent."""

    node: ast.expr
    parent: ast.AST
    role: str


def places(root: ast.AST) -> Iterator[Place]:
    """Yield every expression below a node that is evaluated there."""
    for role, value in ast.iter_fields(root):
        if role in _NOT_PROGRAM and not (
            role == "func" or (role == "values" and isinstance(root, ast.BoolOp | ast.Dict))
        ):
            continue
        for child in value if isinstance(value, list) else [value]:
            if not isinstance(child, ast.AST) or isinstance(child, ast.JoinedStr):
                continue
            if isinstance(child, ast.expr) and not isinstance(getattr(child, "ctx", None), ast.Store | ast.Del):
                yield Place(child, root, role)
            yield from places(child)
