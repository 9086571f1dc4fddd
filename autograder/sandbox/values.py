"""Values as checks hold them: numpy arrays, tensors as data, numbers, and handles to what stays behind the wall.

The judge never imports torch: a tensor here is a numpy array that remembers it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np
import numpy.typing as npt

from autograder.sandbox.wire import (
    MAX_BITS,
    MAX_DEPTH,
    MAX_TEXT,
    ArrayNode,
    HandleNode,
    MappingNode,
    Node,
    NumberNode,
    SequenceNode,
    WireError,
    array_bytes,
    whole_number,
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
    return Tensor(array.reshape(np.shape(values)), dtype_name(array.dtype))


@lru_cache(maxsize=64)
def dtype_name(dtype: np.dtype[Any]) -> str:
    """`float64`, …: what `dtype.name` says, which numpy makes up anew each time it is asked."""
    return str(dtype.name)


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
            return self._append("array" if isinstance(value, np.ndarray) else "scalar", dtype_name(value.dtype), value)
        if isinstance(value, int | float):
            return whole_number(value) if isinstance(value, int) and abs(value) >= 2**63 else value
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


class Unpacking:
    """Turns one reply's nodes into values. Its arrays must lie in the body in their order: none is read twice."""

    def __init__(self, body: memoryview, handle: Callable[[HandleNode], Any]) -> None:
        """`handle` makes what a check holds in the place of an object that stays behind the wall."""
        self._body, self._handle = body, handle
        self._end = 0

    def value(self, node: Node, depth: int = 0) -> Any:
        """The value of a node that a program sent. Raises WireError where it contradicts itself."""
        if depth > MAX_DEPTH:
            raise WireError(f"nested deeper than {MAX_DEPTH} levels")
        if isinstance(node, ArrayNode):
            return self._array(node)
        if isinstance(node, SequenceNode):
            items = [self.value(item, depth + 1) for item in node.items]
            return tuple(items) if node.kind == "tuple" else items
        if isinstance(node, MappingNode):
            return {self._key(key, depth + 1): self.value(item, depth + 1) for key, item in node.items}
        if isinstance(node, HandleNode):
            return self._handle(node)
        if isinstance(node, NumberNode):
            return _number(node)
        if isinstance(node, str) and len(node) > MAX_TEXT:
            raise WireError(f"a text of {len(node)} characters")
        return node

    def _array(self, node: ArrayNode) -> Any:
        if node.start != self._end:
            raise WireError("an array out of its place")
        self._end += node.size
        dtype = "float32" if node.dtype == "bfloat16" else node.dtype
        data = np.frombuffer(bytearray(array_bytes(node, self._body)), dtype=dtype).reshape(node.shape)
        if dtype == "bool" and data.view("uint8").max(initial=0) > 1:
            raise WireError("a truth value that is neither")
        if node.kind == "tensor":
            return Tensor(data, node.dtype)
        if node.kind == "scalar":
            if node.shape:
                raise WireError("a scalar with a shape")
            return data[()]
        return data

    def _key(self, node: Node, depth: int) -> Any:
        """A dict's key: what can't be one here (an array, a handle) is named by its kind."""
        if isinstance(node, HandleNode):
            return Opaque(node.type)
        key = self.value(node, depth)
        try:
            hash(key)
        except TypeError:
            return Opaque(type(key).__name__)
        return key


def _number(node: NumberNode) -> Any:
    if node.integer is None:
        return complex(*(node.complex or (0.0, 0.0)))
    try:
        whole = int(node.integer, 16)
    except ValueError:
        raise WireError("a whole number that isn't one") from None
    if whole.bit_length() > MAX_BITS:
        raise WireError(f"a whole number of {whole.bit_length()} bits")
    return whole
