"""What a call did besides answering: arguments changed in place, and warnings of numpy.

It must not know what is allowed.
"""

from __future__ import annotations

import contextlib
import inspect
import warnings
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import numpy as np

from autograder.sandbox.inside.values import Objects, enter
from autograder.sandbox.wire import MAX_NAME, MAX_SENTENCE, MAX_WARNINGS, ArrayNode, MappingNode, Node, SequenceNode


@contextlib.contextmanager
def caught_warnings() -> Iterator[list[str]]:
    """Collect the RuntimeWarnings of numpy (overflow, invalid value), at most a few, and print the others."""
    texts: list[str] = []
    printed = warnings.showwarning

    def note(message: Warning | str, category: type[Warning], *rest: Any, **named: Any) -> None:
        if issubclass(category, RuntimeWarning):
            if len(texts) < MAX_WARNINGS:
                texts.append(str(message)[:MAX_SENTENCE])
        else:
            printed(message, category, *rest, **named)

    with warnings.catch_warnings():
        warnings.simplefilter("always", RuntimeWarning)
        warnings.showwarning = note
        yield texts


def changed_arguments(
    function: Any,
    sent: Sequence[Node],
    arguments: Sequence[Any],
    sent_by_name: Mapping[str, Node],
    keywords: Mapping[str, Any],
    body: memoryview,
) -> list[str]:
    """Return the names of arguments that are another value now than the one that was sent."""
    return [
        *(_parameter(function, k) for k, node in enumerate(sent) if _changed(node, body, arguments[k])),
        *(name for name, node in sent_by_name.items() if _changed(node, body, keywords[name])),
    ]


def _parameter(function: Any, index: int) -> str:
    """The name of a positional parameter, or its place where it has no name."""
    try:
        return list(inspect.signature(function).parameters)[index][:MAX_NAME]
    except (TypeError, ValueError, IndexError):
        return f"argument {index + 1}"


def _changed(node: Node, body: memoryview, value: Any) -> bool:
    """Whether the value that came in as `node` is another one now."""
    if isinstance(node, ArrayNode) and node.kind != "scalar":
        if not hasattr(value, "detach" if node.kind == "tensor" else "shape"):
            return True
        now = value.detach().numpy() if node.kind == "tensor" else value
        sent = body[node.start : node.start + node.size]
        return list(now.shape) != node.shape or bytes(sent) != np.ascontiguousarray(now).tobytes()
    if isinstance(node, SequenceNode) and node.kind in ("range", "slice"):
        return False
    if isinstance(node, SequenceNode | MappingNode) and not isinstance(value, list | tuple | set | frozenset | dict):
        return True
    if isinstance(node, SequenceNode):
        if len(node.items) != len(value):
            return True
        if node.kind in ("set", "frozenset"):
            return _is_another(node, value)
        return any(_changed(item, body, current) for item, current in zip(node.items, value, strict=True))
    if isinstance(node, MappingNode):
        if len(node.items) != len(value):
            return True
        return any(_changed(item, body, current) for (_, item), current in zip(node.items, value.values(), strict=True))
    return isinstance(node, bool | int | float | str | None) and _is_another(node, value)


def _is_another(node: Node, value: Any) -> bool:
    """Whether plain data isn't what was sent; NaN is what it was."""
    try:
        before = enter(node, memoryview(b""), Objects())
    except LookupError:  # an object of the program's, which is the same whatever happened to it
        return False
    return type(before) is not type(value) or (bool(before != value) and value == value)
