"""What a source says of a function: its parameters, their defaults, and where it stands. No program is run."""

from __future__ import annotations

import ast
from typing import Any

from autograder.course.program_files import parsed


def parameter_names(stub: str, name: str) -> list[str]:
    """What a stub calls the positional parameters of a function, or of a class's `forward` or `__call__`."""
    function = _function(stub, name)
    names = [each.arg for each in function.args.args] if function is not None else []
    return names[1:] if function is not None and function.name != name else names


def parameter_defaults(stub: str, name: str) -> dict[str, Any]:
    """The numbers, words and truth values that a stub gives to parameters of the same."""
    function = _function(stub, name)
    if function is None:
        return {}
    given = function.args.defaults
    names = [each.arg for each in function.args.args][-len(given) :]
    return {name: value.value for name, value in zip(names, given, strict=False) if isinstance(value, ast.Constant)}


def _function(stub: str, name: str) -> ast.FunctionDef | None:
    tree = parsed(stub)
    node = next((each for each in tree.body if getattr(each, "name", None) == name), None) if tree else None
    if isinstance(node, ast.ClassDef):
        methods = {each.name: each for each in node.body if isinstance(each, ast.FunctionDef)}
        return methods.get("forward") or methods.get("__call__")
    return node if isinstance(node, ast.FunctionDef) else None


def own_function(tree: ast.Module | None, name: str) -> ast.FunctionDef | None:
    """The function of a name at the top of a program: of several the last, which is the one that stands."""
    found = [node for node in tree.body if isinstance(node, ast.FunctionDef) and node.name == name] if tree else []
    return found[-1] if found else None
