"""Which functions and classes of an exercise are still to be written, as a submission's source tells.

Unfinished is a state and no mistake: `pass`, `...`, the stub's NotImplementedError, or nothing there at all.
"""

from __future__ import annotations

import ast
import difflib
import re
from collections.abc import Container, Iterable, Iterator
from functools import lru_cache

from autograder.course.program_files import parsed
from autograder.several_files import files

_Definition = ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef


def unwritten(source: str, stub: str, names: Iterable[str]) -> list[str]:
    """Those of `names`, which the stub defines, that `source` has no work in. None where it can't be read."""
    tree, its = _tree(source), _tree(stub)
    if tree is None or its is None:
        return []
    mine, given = _definitions(tree), _definitions(its)
    elsewhere = _other_names(tree, {file.module for file in files(source)})
    if "*" in elsewhere:
        return []
    others = [name for name in mine if name not in given]
    elsewhere |= _inside(tree, given).keys()
    wanted = [name for name in names if name not in elsewhere and (name in mine or not misspelt(name, others))]
    return [name for name in wanted if all(_is_open(each, given.get(name)) for each in _that_may_stand(tree, name))]


def emptied(source: str, name: str) -> int:
    """The line of an empty definition that replaces one above it in which there is work; 0 where that isn't so."""
    tree = _tree(source)
    found = [each for each in (tree.body if tree else ()) if isinstance(each, _Definition) and each.name == name]
    replaces = len(found) > 1 and is_empty(found[-1]) and not all(map(is_empty, found)) and not files(source)
    return found[-1].lineno if replaces else 0


def defined_names(source: str) -> frozenset[str]:
    """What a file defines at its top."""
    tree = _tree(source)
    return frozenset(_definitions(tree) if tree is not None else ())


def foreign_names(source: str, stub: str) -> list[str]:
    """What a file defines that has nothing of the stub's: it may be another exercise's."""
    tree, its = _tree(source), _tree(stub)
    if tree is None or its is None:
        return []
    mine = _definitions(tree)
    return [] if mine.keys() & _definitions(its).keys() else list(mine)


def inside_others(source: str, stub: str, names: Iterable[str]) -> dict[str, tuple[str, int, bool]]:
    """Those of `names` that are defined inside of something else only: the name of that, the line, and whether it is a
    method, which takes the object that it is of.
    """
    tree, its = _tree(source), _tree(stub)
    if tree is None or its is None:
        return {}
    found = _inside(tree, _definitions(its))
    return {name: found[name] for name in names if name in found}


def _inside(tree: ast.Module, given: Container[str]) -> dict[str, tuple[str, int, bool]]:
    """What is defined in classes and functions that the stub doesn't have, and not at the top as well."""
    top = _definitions(tree)
    return {
        node.name: (name, node.lineno, isinstance(holder, ast.ClassDef) and _takes_self(node))
        for name, holder in top.items()
        if name not in given
        for node in ast.walk(holder)
        if isinstance(node, _Definition) and node.name not in top and not is_empty(node)
    }


def _takes_self(node: _Definition) -> bool:
    first = [] if isinstance(node, ast.ClassDef) else [*node.args.posonlyargs, *node.args.args][:1]
    return [each.arg for each in first] == ["self"]


#: What Python calls by itself, without its underscores, and some names between single ones that are meant so.
_CALLED_BY_PYTHON = {name.strip("_") for kind in (int, list, dict, set, type) for name in dir(kind) if name[:2] == "__"}
_CALLED_BY_PYTHON |= {"enter", "exit", "next", "getattr", "matmul", "rmatmul", "imatmul", "post_init", "truediv"}
_MEANT = frozenset({"_missing_"})


def ordinary_methods(source: str) -> list[tuple[int, str, str]]:
    """Methods that have nearly the name of one that Python calls, as `_len_`: the line, the name, and that other."""
    tree = _tree(source)
    classes = [node for node in ast.walk(tree) if isinstance(node, ast.ClassDef)] if tree is not None else []
    found = []
    for methods in map(_definitions, classes):
        for name, node in methods.items():
            bare, whole = name.strip("_"), f"__{name.strip('_')}__"
            around = name[0] == name[-1] == "_" and name not in _MEANT
            if around and name != whole and bare in _CALLED_BY_PYTHON and whole not in methods:
                found.append((node.lineno, name, whole))
    return found


def misspelt(name: str, others: Iterable[str]) -> list[str]:
    """Which of the `others` is meant to be `name`, if one has its words in another order, or nearly its letters."""
    others = list(others)
    if same := [other for other in others if _words(other) == _words(name)]:
        return same[:1]
    by_letters = {other.lower(): other for other in others}
    return [by_letters[near] for near in difflib.get_close_matches(name.lower(), list(by_letters), 1, 0.6)]


def _words(name: str) -> set[str]:
    words = re.findall("[A-Z]?[a-z]+|[A-Z]+(?![a-z])|[0-9]+", name)
    return {word.lower() for word in words} - {"of", "for", "from", "by", "in", "to", "the"}


def _definitions(tree: ast.Module | ast.ClassDef) -> dict[str, _Definition]:
    """What a file or a class defines, also under an `if` or in a `try`."""
    return {node.name: node for node in _statements(tree) if isinstance(node, _Definition)}


def _that_may_stand(tree: ast.Module, name: str) -> list[_Definition | None]:
    """The definition of a name that counts: the last; any of them where that stands under an `if` or in a `try`."""
    found = [each for each in _statements(tree) if isinstance(each, _Definition) and each.name == name]
    return [found[-1]] if found and found[-1] in tree.body else [*found] or [None]


def _statements(node: ast.AST) -> Iterator[ast.AST]:
    """The statements of a scope, also those in the blocks of others, but of no function or class that it defines."""
    for each in ast.iter_child_nodes(node):
        if isinstance(each, ast.stmt | ast.excepthandler | ast.match_case):
            yield each
            yield from () if isinstance(each, _Definition) else _statements(each)


@lru_cache(maxsize=16)
def _tree(source: str) -> ast.Module | None:
    """A syntax tree, to be read alone: all of a class have the same stub, and one source is asked several things."""
    return parsed(source)


def _other_names(tree: ast.Module, own: Container[str]) -> set[str]:
    """What is assigned or imported at the top, even in a `try`, but not from its `own` modules: `f = g` defines `f`."""
    names: set[str] = set()
    for node in _statements(tree):
        if isinstance(node, ast.ImportFrom) and node.module in own:
            continue
        if isinstance(node, ast.Import | ast.ImportFrom):
            names |= {alias.asname or alias.name for alias in node.names}
        elif not isinstance(node, _Definition):
            names |= {each.id for each in ast.walk(node) if isinstance(each, ast.Name)}
    return names


def _is_open(mine: _Definition | None, given: _Definition | None) -> bool:
    if mine is None:
        return True
    if not isinstance(mine, ast.ClassDef):
        return is_empty(mine)
    methods = _definitions(mine)
    wanted = _definitions(given) if isinstance(given, ast.ClassDef) else {}
    if not methods:
        return is_empty(mine) and not mine.bases
    works = not all(map(is_empty, methods.values()))
    left = [name for name, method in wanted.items() if name in methods and is_empty(methods[name]) and is_empty(method)]
    return any(not (works and _is_all_that_it_needs(methods[name])) for name in left)


def _is_all_that_it_needs(method: _Definition) -> bool:
    """Whether it is an `__init__` with nothing to do: `pass` is no sign that it is still to come."""
    return method.name == "__init__" and not any(isinstance(each, ast.Raise) for each in method.body)


def is_empty(definition: _Definition) -> bool:
    """Whether nothing stands in a body but a docstring, `pass`, `...` and NotImplementedError."""
    return all(map(_is_nothing, definition.body))


def _is_nothing(statement: ast.stmt) -> bool:
    if isinstance(statement, ast.Expr):
        return isinstance(statement.value, ast.Constant)
    if isinstance(statement, ast.Raise) and statement.exc is not None:
        return "NotImplementedError" in ast.unparse(statement.exc)
    return isinstance(statement, ast.Pass)
