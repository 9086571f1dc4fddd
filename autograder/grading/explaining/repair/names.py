"""The names that a function can use, and what it does with them: parts of which edits are made.

It must not know which edits those are.
"""

from __future__ import annotations

import ast
import builtins
from collections.abc import Collection


class Names:
    """The names that a function can use: its own, and those of its module that aren't shadowed."""

    def __init__(self, tree: ast.Module, function: ast.FunctionDef) -> None:
        self.parameters = [
            each.arg for each in (*function.args.posonlyargs, *function.args.args, *function.args.kwonlyargs)
        ]
        names = [node for node in ast.walk(function) if isinstance(node, ast.Name)]
        bound = [node.id for node in names if isinstance(node.ctx, ast.Store)]
        self.own = [name for name in dict.fromkeys([*self.parameters, *bound]) if name != "self"]
        self.read = {node.id for node in names if isinstance(node.ctx, ast.Load)}
        sums = [node.target for node in ast.walk(function) if isinstance(node, ast.AugAssign)]
        self.added_to = list(dict.fromkeys(node.id for node in sums if isinstance(node, ast.Name)))
        #: What a method reads or sets of its object.
        self.attributes = list(dict.fromkeys(filter(None, map(_attribute, ast.walk(function)))))
        self._set_at = _set_at(function, self.parameters)
        self._given = _given(function)
        functions = [each.name for each in tree.body if isinstance(each, ast.FunctionDef)]
        imported = [
            (alias.asname or alias.name).partition(".")[0]
            for each in ast.walk(tree)
            if isinstance(each, ast.Import | ast.ImportFrom)
            for alias in each.names
        ]
        globals_ = [
            node.id
            for each in tree.body
            if not isinstance(each, ast.FunctionDef | ast.ClassDef)
            for node in ast.walk(each)
            if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)
        ]
        inner = [node.name for node in ast.walk(function) if isinstance(node, ast.FunctionDef) and node is not function]
        self.shared = list(dict.fromkeys([*inner, *globals_, *functions]))
        #: What no arithmetic is done with: modules, and `self`.
        self.not_values = {*imported, "self"} - {*bound}
        self.known = {*self.own, *self.shared, *imported, *dir(builtins)}
        loops = [node.target for node in ast.walk(function) if isinstance(node, ast.For | ast.comprehension)]
        self.counters = [node.id for each in loops for node in ast.walk(each) if isinstance(node, ast.Name)]
        #: Functions of a module that are called here with nothing but one argument, such as `np.tanh`.
        self.applied = list(dict.fromkeys(filter(None, map(_applied, ast.walk(function)))))
        self.sequences = list(dict.fromkeys(filter(None, map(_sequence, ast.walk(function)))))

    def set_before(self, node: ast.expr) -> list[str]:
        """Return its own names that can have a value where a node is evaluated: not those that are set below it."""
        return [name for name in self.own if self._set_at.get(name, 0) <= node.lineno]

    def holding(self, node: ast.expr) -> list[str]:
        """Return the names that are given the value of the same expression elsewhere."""
        if not isinstance(node, ast.Subscript | ast.Call | ast.Attribute | ast.BinOp) or not self._given:
            return []
        same = self._given.get(ast.unparse(node), ())
        return list(dict.fromkeys(name for name, value in same if value is not node))


def _given(function: ast.FunctionDef) -> dict[str, list[tuple[str, ast.expr]]]:
    """Return the names that are given something, with that, by its text."""
    found: dict[str, list[tuple[str, ast.expr]]] = {}
    for node in ast.walk(function):
        if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
            found.setdefault(ast.unparse(node.value), []).append((node.targets[0].id, node.value))
    return found


def _set_at(function: ast.FunctionDef, parameters: Collection[str]) -> dict[str, int]:
    """Return the line at which each name is set first; none where a loop may come back to a line above."""
    found: dict[str, int] = {}
    for node in ast.walk(function):
        if isinstance(node, ast.For | ast.While | ast.FunctionDef) and node is not function:
            return {}
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store) and node.id not in parameters:
            found[node.id] = min(node.lineno, found.get(node.id, node.lineno))
    return found


def _attribute(node: ast.AST) -> str:
    """Return an attribute of `self` that isn't called here, or an empty text."""
    is_own = isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id == "self"
    return ast.unparse(node) if is_own else ""


def _applied(node: ast.AST) -> str:
    """Return the function of a module that is applied to one argument here, or an empty text."""
    if isinstance(node, ast.Call) and has_one_argument(node) and isinstance(node.func, ast.Attribute):
        return ast.unparse(node.func) if isinstance(node.func.value, ast.Name) else ""
    return ""


_OF_SEQUENCES = frozenset({"len", "enumerate", "reversed", "sorted", "sum"})


def _sequence(node: ast.AST) -> str:
    """Return the name of what is indexed, looped over or measured here, or an empty text."""
    if isinstance(node, ast.Subscript | ast.Starred):
        node = node.value
    elif isinstance(node, ast.For | ast.comprehension):
        node = node.iter
    elif isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in _OF_SEQUENCES and node.args:
        node = node.args[0]
    else:
        return ""
    return node.id if isinstance(node, ast.Name) else ""


def has_one_argument(node: ast.Call) -> bool:
    """Whether a call has one argument and nothing else."""
    return len(node.args) == 1 and not node.keywords and not isinstance(node.args[0], ast.Starred)
