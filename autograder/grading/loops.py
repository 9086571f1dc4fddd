"""Why a loop may not end, as a submission's source tells: what it goes on for, and whether anything in it changes that.

It must not know what the program did, nor guess what its author meant.
"""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator

from autograder.course.program_files import parsed
from autograder.language import tr
from autograder.sandbox.cells import place
from autograder.sandbox.failures import in_words

_LONGEST = 60  # characters of a condition that is quoted
#: Functions that change nothing that they are given.
_LEAVE_ALONE = frozenset({"abs", "bool", "float", "int", "len", "max", "min", "print", "range", "round", "sum"})


def why_endless(source: str, line: int) -> str:
    """Say of the innermost `while` around a line what it goes on for; empty where there is none.

    Of one that something in it may end, the one around it is told too: which of the two is endless, no line says.
    """
    tree = parsed(source)
    loops = [node for node in (ast.walk(tree) if tree else ()) if isinstance(node, ast.While) and _holds(node, line)]
    if tree is None or not loops:
        return ""
    inner, *around = sorted(loops, key=lambda node: -node.lineno)
    told = _told(tree, inner, source)
    sure = isinstance(inner.test, ast.Constant) or not _may_end(tree, inner)
    return " ".join(filter(None, [told, *(_told(tree, loop, source) for loop in around[:1] if not sure)]))


def _may_end(tree: ast.Module, loop: ast.While) -> bool:
    """Whether something in a loop may change what its condition depends on."""
    names = _read(loop.test)
    return not names or any(name in _changed(tree, loop) for name in names)


def _told(tree: ast.Module, loop: ast.While, source: str) -> str:
    where = in_words(place(source, loop.lineno))
    if isinstance(loop.test, ast.Constant) and loop.test.value:
        if _is_left(loop.body):
            return tr("The loop at {place} has no condition: only `break` or `return` ends it.", place=where)
        if any(isinstance(node, ast.Break) for node in ast.walk(loop)):
            return tr("The loop at {place} has no condition, and each `break` in it ends another loop.", place=where)
        return tr("The loop at {place} has no condition, and no `break` or `return` in it.", place=where)
    condition = ast.unparse(loop.test)
    if len(condition) > _LONGEST:
        return ""
    said = {"place": where, "condition": condition}
    if _may_end(tree, loop):
        return tr("The loop at {place} goes on while `{condition}`.", **said)
    unassigned = tr(" or ").join(f"`{name}`" for name in _read(loop.test))
    return tr(
        "The loop at {place} goes on while `{condition}`, and no line in it assigns {names}.", names=unassigned, **said
    )


def _holds(node: ast.While, line: int) -> bool:
    return node.lineno <= line <= (node.end_lineno or node.lineno)


def _is_left(body: Iterable[ast.AST], *, within: bool = False) -> bool:
    """Whether a `return`, or a `break` of the loop itself, stands in its body; `within` another loop no `break` is."""
    for node in body:
        if isinstance(node, ast.Return) or (isinstance(node, ast.Break) and not within):
            return True
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef | ast.Lambda):
            continue
        inner = within or isinstance(node, ast.While | ast.For | ast.AsyncFor)
        if _is_left(ast.iter_child_nodes(node), within=inner):
            return True
    return False


def _read(test: ast.expr) -> list[str]:
    """The names on whose values a condition depends, in their order."""
    called = {id(node.func) for node in ast.walk(test) if isinstance(node, ast.Call)}
    names = (node.id for node in ast.walk(test) if isinstance(node, ast.Name) and id(node) not in called)
    return list(dict.fromkeys(names))


def _changed(tree: ast.Module, loop: ast.While) -> set[str]:
    """Every name whose value may be another after a round of the loop: it is bound, or given to what may change it."""
    found = {name for node in ast.walk(tree) if isinstance(node, ast.Global | ast.Nonlocal) for name in node.names}
    for node in ast.walk(loop):
        if isinstance(node, ast.Name | ast.Attribute | ast.Subscript) and not isinstance(node.ctx, ast.Load):
            found |= _root(node)
        elif isinstance(node, ast.Call):
            found |= set().union(*map(_root, _handed_over(node)))
    return found


def _handed_over(call: ast.Call) -> Iterator[ast.expr]:
    """What a call may change: what it is called on, and what it is given, unless its function is known for not to."""
    if isinstance(call.func, ast.Name) and call.func.id in _LEAVE_ALONE:
        return
    yield call.func
    yield from call.args
    yield from (keyword.value for keyword in call.keywords)


def _root(node: ast.expr) -> set[str]:
    """The name that an expression is a part of: of `state.h[0]` it is `state`."""
    while isinstance(node, ast.Attribute | ast.Subscript | ast.Starred):
        node = node.value
    return {node.id} if isinstance(node, ast.Name) else set()
