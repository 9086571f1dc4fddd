"""Python's operations on values of the program, by their names: what a check writes as `len(v)`, `v + w`, `v[i] = x`.

It must not know who asks.
"""

from __future__ import annotations

import builtins
import copy
import operator
from collections.abc import Callable, Sequence
from typing import Any

from autograder.sandbox.wire import WireError

_OF_OPERATOR = (
    "add", "sub", "mul", "truediv", "floordiv", "mod", "matmul", "and_", "or_", "xor", "lshift", "rshift", "iadd",
    "isub", "imul", "itruediv", "ifloordiv", "imod", "ipow", "imatmul", "iand", "ior", "ixor", "ilshift", "irshift",
    "eq", "ne", "lt", "le", "gt", "ge", "neg", "pos", "invert", "contains", "getitem", "setitem", "delitem", "index",
)  # fmt: skip
_BUILT_IN = (
    "len", "abs", "bool", "str", "repr", "format", "hash", "int", "float", "complex", "round", "divmod", "pow", "iter",
    "next", "reversed", "delattr", "isinstance", "issubclass",
)  # fmt: skip


def _plain(value: Any) -> Any:
    """What an object is told by: the data that it is, or else an iterator over its items."""
    bases: tuple[Any, ...] = (str, int, float, complex, list, tuple, set, frozenset, dict, bytes)
    for base in bases:
        if isinstance(value, base):
            return base(value)
    return iter(value)


def _enter(manager: Any) -> Any:
    return type(manager).__enter__(manager)


def _leave(manager: Any, kind: str | None = None, bases: Sequence[str] = (), message: str = "") -> bool:
    if kind is None:
        return bool(type(manager).__exit__(manager, None, None, None))
    problem = exception(kind, bases, message)
    return bool(type(manager).__exit__(manager, type(problem), problem, None))


_OPERATIONS: dict[str, Callable[..., Any]] = {
    **{name: getattr(operator, name) for name in _OF_OPERATOR},
    **{name: getattr(builtins, name) for name in _BUILT_IN},
    **{name: getattr(copy, name) for name in ("copy", "deepcopy")},
    "plain": _plain,
    "enter": _enter,
    "exit": _leave,
}


def apply(operation: str, operands: Sequence[Any]) -> Any:
    """Return what an operation gives. Raises what it raises, and WireError where there is none of that name."""
    if operation not in _OPERATIONS:
        raise WireError(f"an operation that isn't there, {operation[:40]}")
    return _OPERATIONS[operation](*operands)


def exception(kind: str, bases: Sequence[str], message: str) -> BaseException:
    """Return an exception as it was raised elsewhere: of the built-in class of its name, or one that derives alike."""
    found = getattr(builtins, kind, None)
    if not (isinstance(found, type) and issubclass(found, Exception)):
        parents = [getattr(builtins, name, None) for name in bases]
        parent = next((each for each in parents if isinstance(each, type) and issubclass(each, Exception)), Exception)
        found = type(kind, (parent,), {})
    try:
        problem = found(message) if message else found()
    except TypeError:  # some want more than a text
        return RuntimeError(f"{kind}: {message}")
    assert isinstance(problem, Exception)
    return problem
