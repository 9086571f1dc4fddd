"""Values as checks hold them: numpy arrays, tensors as data, numbers, and handles to what stays behind the wall.

The judge never imports torch: a tensor here is a numpy array that remembers it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from autograder.sandbox.wire import (
    ArrayNode,
    HandleNode,
    MappingNode,
    Node,
    NumberNode,
    SequenceNode,
    WireError,
    array_bytes,
)


@dataclass(frozen=True, eq=False)
class Tensor:
    """A torch tensor's values. `dtype` is torch's name for it, without `torch.` (a bfloat16 is held as float32)."""

    values: npt.NDArray[Any]
    dtype: str

    @property
    def shape(self) -> tuple[int, ...]:
        return self.values.shape

    def numpy(self) -> npt.NDArray[Any]:
        return self.values


def tensor(values: npt.ArrayLike, dtype: str | None = None) -> Tensor:
    """A tensor to send to a program: of the array's own dtype, or of `dtype` (`float32`, `float64`, `int64`, …)."""
    array = np.ascontiguousarray(values, dtype=dtype)
    return Tensor(array.reshape(np.shape(values)), array.dtype.name)


@dataclass(frozen=True)
class Opaque:
    """An object that stays behind the wall, known by the name of its type."""

    type: str


class Packing:
    """Turns one request's values into nodes, and collects the bytes of their arrays in `body`."""

    def __init__(self, number_of: Callable[[Any], int | None]) -> None:
        """`number_of` gives a handle's number in this worker, None for anything that isn't a handle."""
        self.body = bytearray()
        self._number_of = number_of

    def node(self, value: Any) -> Node:
        """Raises TypeError for what a check may not send."""
        number = self._number_of(value)
        if number is not None:
            return HandleNode(number, "")
        if value is None or isinstance(value, bool | str):
            return value
        if isinstance(value, Tensor):
            return self._append("tensor", value.dtype, value.values)
        if isinstance(value, np.ndarray | np.generic):
            return self._append("array" if isinstance(value, np.ndarray) else "scalar", value.dtype.name, value)
        if isinstance(value, int | float):
            return NumberNode(integer=hex(value)) if isinstance(value, int) and abs(value) >= 2**63 else value
        if isinstance(value, complex):
            return NumberNode(complex=(value.real, value.imag))
        if isinstance(value, list | tuple):
            return SequenceNode("tuple" if isinstance(value, tuple) else "list", [self.node(item) for item in value])
        if isinstance(value, dict):
            return MappingNode([(self.node(key), self.node(item)) for key, item in value.items()])
        raise TypeError(f"a check can't send a {type(value).__name__} to a program")

    def _append(self, kind: Any, dtype: str, values: Any) -> ArrayNode:
        data = np.asarray(values, order="C")
        start = len(self.body)
        self.body += data.tobytes()
        return ArrayNode(kind, dtype, list(data.shape), start, data.nbytes)


def unpack(node: Node, body: memoryview, handle: Callable[[HandleNode], Any]) -> Any:
    """The value of a node that a program sent. Raises WireError where it contradicts itself."""
    if isinstance(node, ArrayNode):
        return _array(node, body)
    if isinstance(node, SequenceNode):
        items = [unpack(item, body, handle) for item in node.items]
        return tuple(items) if node.kind == "tuple" else items
    if isinstance(node, MappingNode):
        return {_key(key, body): unpack(item, body, handle) for key, item in node.items}
    if isinstance(node, HandleNode):
        return handle(node)
    if isinstance(node, NumberNode):
        return _number(node)
    return node


def _array(node: ArrayNode, body: memoryview) -> Any:
    dtype = "float32" if node.dtype == "bfloat16" else node.dtype
    data = np.frombuffer(bytearray(array_bytes(node, body)), dtype=dtype).reshape(node.shape)
    if node.kind == "tensor":
        return Tensor(data, node.dtype)
    if node.kind == "scalar":
        if node.shape:
            raise WireError("a scalar with a shape")
        return data[()]
    return data


def _key(node: Node, body: memoryview) -> Any:
    """A dict's key: what can't be one here (an array, a handle) is named by its kind."""
    key = unpack(node, body, lambda handle: Opaque(handle.type))
    try:
        hash(key)
    except TypeError:
        return Opaque(type(key).__name__)
    return key


def _number(node: NumberNode) -> Any:
    try:
        if node.integer is not None:
            return int(node.integer, 16)
    except ValueError:
        raise WireError("a whole number that isn't one") from None
    return complex(*(node.complex or (0.0, 0.0)))
