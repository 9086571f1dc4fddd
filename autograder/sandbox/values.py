"""Values as checks hold them: numpy arrays, tensors as data, numbers, and handles to what stays behind the wall.

The judge never imports torch: a tensor here is a numpy array that remembers it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import msgspec
import numpy as np
import numpy.typing as npt

from autograder.language import later, tr
from autograder.sandbox import wire, written
from autograder.sandbox.refusals import unsendable


class Tensor(msgspec.Struct, frozen=True, eq=False):
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


class Opaque(msgspec.Struct, frozen=True, eq=False):
    """An object that stays behind the wall, known by the name of its type: no other is equal to it.

    `kept` is what a check would hold in its place, where there is such a thing.
    """

    type: str
    kept: Any = None


class Named(tuple[Any, ...]):
    """A named tuple of the program's: its items, its type's name, and its fields as attributes."""

    _type: str
    _fields: tuple[str, ...]

    def __new__(cls, items: Iterable[Any], type: str, fields: Iterable[str]) -> Named:
        named = super().__new__(cls, items)
        named._type, named._fields = type, tuple(fields)
        if len(named._fields) != len(named):
            raise wire.WireError("a named tuple with another number of names")
        return named

    def __getattr__(self, name: str) -> Any:
        if name.startswith("_") or name not in self._fields:
            raise AttributeError(name)
        return self[self._fields.index(name)]

    def __repr__(self) -> str:
        return f"{self._type}({', '.join(f'{n}={v!r}' for n, v in zip(self._fields, self, strict=True))})"


class Items(msgspec.Struct, frozen=True):
    """What was taken of an object that is told by its items, such as a generator; `cut`: it had more."""

    type: str
    items: list[Any]
    cut: bool = False


class Fields(msgspec.Struct, frozen=True):
    """What a dataclass or a member of an enumeration consists of."""

    type: str
    fields: dict[str, Any]

    def __hash__(self) -> int:
        """Raise TypeError where a field can be no key."""
        return hash((self.type, *self.fields.items()))

    def __repr__(self) -> str:
        return f"{self.type}({', '.join(f'{name}={value!r}' for name, value in self.fields.items())})"


class Printed(msgspec.Struct, frozen=True):
    """What a script printed; `left` are texts of files that it was to leave, None for one that isn't there."""

    text: str
    left: Mapping[str, str | None] = {}


@dataclass(frozen=True)
class Built:
    """How a torch module is made ready to be asked: what it is built with, and what its parameters and buffers hold.

    `training`: its mode; None: the one in which it was built.
    """

    arguments: tuple[Any, ...]
    parameters: dict[str, Any]
    buffers: dict[str, Any]
    training: bool | None = None

    @property
    def values(self) -> dict[str, Any]:
        """What its parameters and its buffers hold, by their names."""
        return self.parameters | self.buffers

    def but(self, more: Built) -> Built:
        """The same with what another says besides, of all but the arguments."""
        training = self.training if more.training is None else more.training
        return Built(self.arguments, self.parameters | more.parameters, self.buffers | more.buffers, training)

    def holding(self, values: Mapping[str, Any]) -> Built:
        """The same with other values in its parameters and buffers, all of which are given."""
        parameters, buffers = ({name: values[name] for name in names} for names in (self.parameters, self.buffers))
        return Built(self.arguments, parameters, buffers, self.training)


class Packing:
    """Turns one request's values into nodes, and collects the bytes of their arrays in `body`."""

    def __init__(self, standing: Callable[[Any], wire.Node]) -> None:
        """`standing` gives the node of what isn't data: an object of the program's, or a function to lend it.

        None for anything else.
        """
        self.body = bytearray()
        self._standing = standing

    def node(self, value: Any) -> wire.Node:
        """Raises TypeError for what a check may not send."""
        if type(value) is np.ndarray:  # most often
            return self._append("array", dtype_name(value.dtype), value)
        if value is None or isinstance(value, bool | str):
            return value
        if isinstance(value, Tensor):
            return self._append("tensor", value.dtype, value.values)
        if isinstance(value, np.ndarray | np.generic):
            return self._append("array" if isinstance(value, np.ndarray) else "scalar", dtype_name(value.dtype), value)
        if isinstance(value, int | float):
            return _sendable(wire.whole_number, value) if isinstance(value, int) and abs(value) >= 2**63 else value
        if isinstance(value, complex):
            return wire.NumberNode(complex=(value.real, value.imag))
        if isinstance(value, list | tuple):
            return self._sequence("tuple" if isinstance(value, tuple) else "list", value)
        if isinstance(value, dict):
            return wire.MappingNode([(self.node(key), self.node(item)) for key, item in value.items()])
        if isinstance(value, set | frozenset):
            return self._sequence("set" if isinstance(value, set) else "frozenset", value)
        if isinstance(value, range | slice):
            parts = [self.node(part) for part in (value.start, value.stop, value.step)]
            return wire.SequenceNode("range" if isinstance(value, range) else "slice", parts)
        if kind := written.kind_of(value):
            return _sendable(written.write, kind, value)
        if (node := self._standing(value)) is not None:
            return node
        raise TypeError(tr("a check can't send this to a program: {type}", type=type(value).__name__))

    def built(self, built: Built) -> wire.BuiltNode:
        """The same with nodes in it. Raises TypeError."""
        arguments = [self.node(argument) for argument in built.arguments]
        parameters, buffers = (
            {name: self.node(value) for name, value in values.items()} for values in (built.parameters, built.buffers)
        )
        return wire.BuiltNode(arguments, parameters, buffers, built.training)

    def _sequence(self, kind: Any, value: Iterable[Any]) -> wire.Node:
        fields = list(getattr(value, "_fields", ())) if kind == "tuple" else []
        name = value._type if isinstance(value, Named) else type(value).__name__
        return wire.SequenceNode(kind, [self.node(item) for item in value], name if fields else "", fields)

    def _append(self, kind: Any, dtype: str, values: Any) -> wire.ArrayNode:
        data = np.asarray(values, order="C")
        start = len(self.body)
        self.body += data.tobytes()
        return wire.ArrayNode(kind, dtype, list(data.shape), start, data.nbytes)


def _sendable(make: Callable[..., wire.Node], *parts: Any) -> wire.Node:
    """The node that is made of a check's value. Raises TypeError if it can't cross."""
    try:
        return make(*parts)
    except wire.CannotCross as problem:
        raise unsendable(later("what is sent"), problem) from None


class Unpacking:
    """Turns one reply's nodes into values. Its arrays must lie in the body in their order: none is read twice."""

    def __init__(self, body: memoryview, handle: Callable[[wire.HandleNode | wire.FunctionNode], Any]) -> None:
        """`handle` makes what a check holds in the place of an object that stays behind the wall.

        It also gives back a function that the program was lent.
        """
        self._body, self._handle = body, handle
        self._end = 0

    def value(self, node: wire.Node, depth: int = 0) -> Any:
        """The value of a node that a program sent. Raises WireError where it contradicts itself."""
        if depth > wire.MAX_DEPTH:
            raise wire.WireError(f"nested deeper than {wire.MAX_DEPTH} levels")
        if isinstance(node, wire.ArrayNode):
            return self._array(node)
        if isinstance(node, wire.SequenceNode):
            return self._sequence(node, depth + 1)
        if isinstance(node, wire.MappingNode):
            return {self._key(key, depth + 1): self.value(item, depth + 1) for key, item in node.items}
        if isinstance(node, wire.HandleNode | wire.FunctionNode):
            return self._handle(node)
        if isinstance(node, wire.NumberNode):
            return _number(node)
        if isinstance(node, wire.WrittenNode):
            if node.kind == written.BUILT_IN:
                raise wire.WireError("something built in, in the place of a value")
            return written.read(node)
        if isinstance(node, wire.NameNode):
            raise wire.WireError("a name in the place of a value")
        if isinstance(node, str) and len(node) > wire.MAX_TEXT:
            raise wire.WireError(f"a text of {len(node)} characters")
        return node

    def _sequence(self, node: wire.SequenceNode, depth: int) -> Any:
        if node.kind in ("range", "slice"):
            raise wire.WireError(f"a {node.kind} in the place of a value")
        if node.kind in ("set", "frozenset"):
            if len(node.items) > wire.MAX_ENTRIES:  # as for a dict: chosen items can all share one hash
                raise wire.WireError(f"a set of {len(node.items)} items")
            members = [self._key(item, depth) for item in node.items]
            return set(members) if node.kind == "set" else frozenset(members)
        items = [self.value(item, depth) for item in node.items]
        if node.kind == "list":
            return items
        return Named(items, node.type, node.fields) if node.fields else tuple(items)

    def _array(self, node: wire.ArrayNode) -> Any:
        if node.start != self._end:
            raise wire.WireError("an array out of its place")
        self._end += node.size
        dtype = "float32" if node.dtype == "bfloat16" else node.dtype
        data = np.frombuffer(bytearray(wire.array_bytes(node, self._body)), dtype=dtype).reshape(node.shape)
        if dtype == "bool" and data.view("uint8").max(initial=0) > 1:
            raise wire.WireError("a truth value that is neither")
        if node.kind == "tensor":
            return Tensor(data, node.dtype)
        if node.kind == "scalar":
            if node.shape:
                raise wire.WireError("a scalar with a shape")
            return data[()]
        return data

    def _key(self, node: wire.Node, depth: int) -> Any:
        """A dict's key, or a set's member: what can't be one here (an array, an object) is named by its kind.

        No program is asked for an object's hash, nor what it equals.
        """
        if isinstance(node, wire.HandleNode | wire.FunctionNode):
            return Opaque(node.type if isinstance(node, wire.HandleNode) else "function", self._handle(node))
        key = self.value(node, depth)
        if _holds_object(node):
            return Opaque(type(key).__name__, key)
        try:
            hash(key)
        except TypeError:
            return Opaque(type(key).__name__)
        return key


def _holds_object(node: wire.Node) -> bool:
    if isinstance(node, wire.SequenceNode):
        return any(map(_holds_object, node.items))
    return isinstance(node, wire.HandleNode | wire.FunctionNode)


def _number(node: wire.NumberNode) -> Any:
    if node.integer is None:
        return complex(*(node.complex or (0.0, 0.0)))
    try:
        whole = int(node.integer, 16)
    except ValueError:
        raise wire.WireError("a whole number that isn't one") from None
    if whole.bit_length() > wire.MAX_BITS:
        raise wire.WireError(f"a whole number of {whole.bit_length()} bits")
    return whole
