"""Whether a program could remember earlier calls, as far as its source tells."""

from __future__ import annotations

import ast
import re
from functools import lru_cache

from autograder.course.program_files import parsed

#: Names, and attributes after a point, of what draws numbers or tells the time.
_CHANCE = re.compile(r"\.?(rand|default_rng$|shuffle$|sample$|perf_counter|uuid)|\.(choice|time|time_ns|now)$")
_CONTAINERS = (ast.List, ast.Dict, ast.Set, ast.ListComp, ast.DictComp, ast.SetComp, ast.GeneratorExp, ast.Call)


# It is asked of one submission for each function that it gets wrong, and of a belief for each submission.
@lru_cache(maxsize=64)
def keeps_state(source: str) -> bool:
    """Whether a program could remember earlier calls: by `global`, a default, a cache, or what a module or class holds.

    Not where it can't be read: then nothing of it runs.
    """
    tree = parsed(source)
    if tree is None:
        return False
    nodes = [*ast.walk(tree)]
    return any(map(_holds_container, nodes)) or any(map(_remembers, nodes))


def draws(source: str) -> bool:
    """Whether a program could answer by chance: it names what draws numbers, or tells the time."""
    tree = parsed(source)
    nodes = ast.walk(tree) if tree is not None else ()
    names = (f".{node.attr}" if isinstance(node, ast.Attribute) else getattr(node, "id", "") for node in nodes)
    return any(map(_CHANCE.match, names))


def _holds_container(node: ast.AST) -> bool:
    """Whether a module or a class has a container, or an object, in its body."""
    body = node.body if isinstance(node, ast.Module | ast.ClassDef) else []
    return any(isinstance(each, ast.Assign | ast.AnnAssign) and isinstance(each.value, _CONTAINERS) for each in body)


def _remembers(node: ast.AST) -> bool:
    if isinstance(node, ast.arguments):
        defaults = [*node.defaults, *(default for default in node.kw_defaults if default is not None)]
        return any(isinstance(default, _CONTAINERS) for default in defaults)
    if isinstance(node, ast.FunctionDef):
        return any("cache" in ast.unparse(each) for each in node.decorator_list)
    if isinstance(node, ast.Assign | ast.AugAssign):
        return any(map(_of_no_instance, node.targets if isinstance(node, ast.Assign) else [node.target]))
    return isinstance(node, ast.Global | ast.Nonlocal)


def _of_no_instance(target: ast.expr) -> bool:
    """Whether an attribute of something else than `self` is set: of a class, a function or a module, say."""
    return isinstance(target, ast.Attribute) and ast.unparse(target.value) != "self"
