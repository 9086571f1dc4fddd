"""Values entering and leaving a program: nodes of the wire to arrays, tensors and plain data, and back.

torch is used only if the zygote has imported it.
"""

from __future__ import annotations

import collections
import enum
import sys
import types
from collections.abc import Callable, Iterator
from typing import Any

import numpy as np

from autograder.sandbox import wire, written


class NoSuchName(Exception):
    """An object has no attribute, or a `module` no parameter or `buffer`, of this name; `found` are those it has."""

    def __init__(self, name: str, found: list[str], module: str = "", *, buffer: bool = False) -> None:
        super().__init__(name)
        self.name, self.found, self.module, self.buffer = name, found, module, buffer


class Objects:
    """The objects that a program handed out and that stay here, by number; and the functions that it was lent.

    `named` gives what the program has under a name, `lend` makes a function that calls the judge's of a number.
    """

    def __init__(
        self, named: Callable[[str], Any] | None = None, lend: Callable[[int, str], Callable[..., Any]] | None = None
    ) -> None:
        self._objects: list[Any] = []
        self._numbers: dict[int, int] = {}
        self._lent: dict[int, Callable[..., Any]] = {}
        self._named, self._lend = named, lend

    def keep(self, value: Any, what: str = "") -> wire.HandleNode:
        """`what` it is, where its type doesn't say enough."""
        if id(value) not in self._numbers:
            self._objects.append(value)  # and so its id stays its own
            self._numbers[id(value)] = len(self._objects) - 1
        name = (what or type(value).__name__)[: wire.MAX_NAME]
        return wire.HandleNode(self._numbers[id(value)], name, _telling_fields(value), _told_by_items(value))

    def get(self, number: int) -> Any:
        return self._objects[number]

    def named(self, name: str) -> Any:
        """Raises NoSuchName."""
        if self._named is None:
            raise NoSuchName(name, [])
        return self._named(name)

    def function(self, node: wire.FunctionNode) -> Any:
        """The function that stands here for one of the judge's, always the same; or an iterator for one of its own."""
        if self._lend is None:
            raise wire.WireError("a function, and none can be called here")
        if node.iterates:
            return _given_by(self._lend(node.number, node.name))
        if node.number not in self._lent:
            self._lent[node.number] = self._lend(node.number, node.name)
        return self._lent[node.number]

    def lent(self, value: Any) -> int | None:
        """The number of a function that the judge has lent; None of anything else."""
        if not isinstance(value, types.FunctionType):
            return None
        return next((number for number, function in self._lent.items() if function is value), None)

    def is_own(self, kind: type) -> bool:
        """Whether the program has a class of its own under that class's name."""
        try:
            return self.named(kind.__name__) is kind
        except NoSuchName:
            return False

    def has_methods(self, kind: type) -> bool:
        """Whether a class that derives from one of data is the program's own, and can do more than that."""
        if issubclass(kind, enum.Enum) or not self.is_own(kind):
            return False
        own = {name for name, value in vars(kind).items() if isinstance(value, _METHODS)}
        return bool(own - _OF_NAMED_TUPLES if "_fields" in vars(kind) else own)

    def of_type(self, name: str, fields: list[str], items: list[Any]) -> Any:
        """A named tuple: of the program's own class, if it has one of that name and these fields."""
        try:
            kind: Any = self.named(name)
        except NoSuchName:
            kind = None
        if isinstance(kind, type) and issubclass(kind, tuple) and list(getattr(kind, "_fields", ())) == fields:
            return kind(*items)
        return collections.namedtuple(name, fields)(*items)


def _given_by(following: Callable[[], Any]) -> Iterator[Any]:
    """Yield what a function gives until it raises StopIteration."""
    while True:
        try:
            item = following()
        except StopIteration:
            return
        yield item


def _telling_fields(value: Any) -> list[str]:
    """The attributes that say all of a dataclass or of a member of an enumeration."""
    if isinstance(value, type):
        return ["__name__"] if written.kind_of(value) else []
    if isinstance(value, enum.Enum):
        return ["name", "value"]
    fields = getattr(type(value), "__dataclass_fields__", None)
    if not isinstance(fields, dict) or not fields or len(fields) > wire.MAX_NAMES:
        return []
    return [str(name)[: wire.MAX_NAME] for name in fields]


def _told_by_items(value: Any) -> bool:
    """Whether it is taken by iterating: a generator, another iterator, a range, a view of a dict."""
    kind = type(value)
    if isinstance(value, (range, collections.deque, *_BASES)) or kind in _VIEWS:
        return True
    return not isinstance(value, type) and hasattr(kind, "__next__") and hasattr(kind, "__iter__")


#: What may cross, by its dtype: numpy makes up a dtype's name anew each time it is asked.
_DTYPES = {np.dtype(name): name for name in wire.ITEM_SIZES if name != "bfloat16"}
#: Data, and what is data and nothing else.
_BASES = (str, int, float, complex, list, tuple, set, frozenset, dict, bytes)
_PLAIN = frozenset(_BASES) | {bool}
_METHODS = (types.FunctionType, classmethod, staticmethod, property)
_OF_NAMED_TUPLES = frozenset({"_make", "_replace", "_asdict", "__new__", "__repr__", "__getnewargs__", "__replace__"})
_VIEWS: tuple[type, ...] = (type({}.keys()), type({}.values()), type({}.items()))


def enter(node: wire.Node, body: memoryview, objects: Objects) -> Any:
    """The value of a node that came in: writable arrays and tensors of their own memory."""
    if isinstance(node, wire.ArrayNode):
        return _array(node, body)
    if isinstance(node, wire.SequenceNode):
        items = [enter(item, body, objects) for item in node.items]
        if node.fields:
            return objects.of_type(node.type, node.fields, items)
        return items if node.kind == "list" else _SEQUENCES[node.kind](items)
    if isinstance(node, wire.MappingNode):
        return {enter(key, body, objects): enter(value, body, objects) for key, value in node.items}
    if isinstance(node, wire.HandleNode):
        return objects.get(node.number)
    if isinstance(node, wire.NumberNode):
        return int(node.integer, 16) if node.integer is not None else complex(*(node.complex or (0.0, 0.0)))
    if isinstance(node, wire.WrittenNode):
        return written.read(node)
    if isinstance(node, wire.NameNode):
        return objects.named(node.name)
    if isinstance(node, wire.FunctionNode):
        return objects.function(node)
    return node


def enter_built(node: wire.BuiltNode, body: memoryview, objects: Objects) -> wire.BuiltNode:
    """How a module is made ready, with the values that came in in the places of their nodes."""
    parameters, buffers = (
        {name: enter(value, body, objects) for name, value in each.items()} for each in (node.parameters, node.buffers)
    )
    return wire.BuiltNode([enter(each, body, objects) for each in node.arguments], parameters, buffers, node.training)


_SEQUENCES: dict[str, Callable[[list[Any]], Any]] = {
    "tuple": tuple,
    "set": set,
    "frozenset": frozenset,
    "range": lambda parts: range(*parts),
    "slice": lambda parts: slice(*parts),
}


def _array(node: wire.ArrayNode, body: memoryview) -> Any:
    data = np.ndarray(node.shape, node.dtype, body, node.start).copy()
    if node.kind == "tensor":
        return sys.modules["torch"].from_numpy(data)
    return data[()] if node.kind == "scalar" else data


class Leaving:
    """Turns one reply's values into nodes, and collects the bytes of their arrays in `body`."""

    def __init__(self, objects: Objects) -> None:
        self.body = bytearray()
        self._objects = objects

    def node(self, value: Any, depth: int = 0) -> wire.Node:
        """The node of `value`; whatever isn't data stays here and leaves as a handle. Raises CannotCross if too big."""
        if depth > wire.MAX_DEPTH:
            raise wire.CannotCross("depth", most=wire.MAX_DEPTH)
        if type(value) not in _PLAIN and isinstance(value, _BASES) and self._objects.has_methods(type(value)):
            return self._objects.keep(value)
        if value is None or isinstance(value, bool):
            return value
        if isinstance(value, str):
            return self._text(value)
        if isinstance(value, np.generic | np.ndarray):
            return self._numpy(value)
        if isinstance(value, int | float | complex):
            return _number(value)
        if isinstance(value, list | tuple | set | frozenset):
            return self._sequence(value, depth)
        if isinstance(value, dict):
            if len(value) > wire.MAX_ENTRIES:
                raise wire.CannotCross("dict", size=len(value), most=wire.MAX_ENTRIES)
            return wire.MappingNode(
                [(self.node(key, depth + 1), self.node(item, depth + 1)) for key, item in value.items()]
            )
        torch = sys.modules.get("torch")
        if torch is not None and isinstance(value, torch.Tensor):
            return self._tensor(torch, value)
        kind = written.kind_of(value)
        if kind and kind != written.BUILT_IN:
            return written.write(kind, value)
        lent = self._objects.lent(value)
        return self._objects.keep(value) if lent is None else wire.FunctionNode(lent)

    def _sequence(self, value: Any, depth: int) -> wire.Node:
        if isinstance(value, set | frozenset) and len(value) > wire.MAX_ENTRIES:
            raise wire.CannotCross("set", size=len(value), most=wire.MAX_ENTRIES)
        items = [self.node(item, depth + 1) for item in value]
        if isinstance(value, set | frozenset):
            return wire.SequenceNode("set" if isinstance(value, set) else "frozenset", items)
        if isinstance(value, list):
            return wire.SequenceNode("list", items)
        fields = getattr(type(value), "_fields", ())
        # A library's named tuple, such as numpy's answer to `eigh`, is a tuple to whoever computes with it.
        if not fields or len(fields) > wire.MAX_NAMES or not self._objects.is_own(type(value)):
            return wire.SequenceNode("tuple", items)
        return wire.SequenceNode(
            "tuple", items, type(value).__name__[: wire.MAX_NAME], [str(each)[: wire.MAX_NAME] for each in fields]
        )

    def _text(self, value: str) -> str:
        if len(value) > wire.MAX_TEXT:
            raise wire.CannotCross("text", size=len(value), most=wire.MAX_TEXT)
        return str(value).encode("utf-8", "replace").decode()

    def _numpy(self, value: Any) -> wire.Node:
        kind = "scalar" if isinstance(value, np.generic) else "array"
        # A subclass may lie about itself; only the memory that it really holds leaves.
        data = np.array(value, subok=False, order="C", copy=True)
        masked = sys.modules.get("numpy.ma")
        if masked is not None and masked.is_masked(value):
            return self._objects.keep(value, f"masked array of dtype {data.dtype}")
        data = data.astype(data.dtype.newbyteorder("="), copy=False)  # the numbers of a file that was read, say
        if (dtype := _DTYPES.get(data.dtype)) is None:
            return self._objects.keep(value, f"{type(value).__name__} of dtype {data.dtype}")
        return self._append(kind, dtype, data)

    def _tensor(self, torch: Any, value: Any) -> wire.Node:
        plain = value.detach()
        dtype = str(plain.dtype).removeprefix("torch.")
        if plain.layout is not torch.strided or plain.is_meta:
            where = "on the device meta, without values" if plain.is_meta else f"in the layout {plain.layout}"
            return self._objects.keep(value, f"tensor {where}")
        if plain.is_quantized or dtype not in wire.ITEM_SIZES:
            return self._objects.keep(value, f"tensor of dtype {dtype}")
        plain = plain.float() if dtype == "bfloat16" else plain
        return self._append("tensor", dtype, np.array(plain.resolve_conj().resolve_neg().cpu().numpy(), order="C"))

    def _append(self, kind: Any, dtype: str, data: np.ndarray[Any, Any]) -> wire.ArrayNode:
        if len(self.body) + data.nbytes > wire.MAX_BODY:
            size = (len(self.body) + data.nbytes) >> 20
            raise wire.CannotCross("arrays" if self.body else "array", size=size, most=wire.MAX_BODY >> 20)
        start = len(self.body)
        self.body += data.tobytes()
        return wire.ArrayNode(kind, dtype, list(data.shape), start, data.nbytes)


def _number(value: complex) -> wire.Node:
    if isinstance(value, int):
        whole = int(value)
        return whole if -(2**63) <= whole < 2**63 else wire.whole_number(whole)
    if isinstance(value, float):
        return float(value)
    return wire.NumberNode(complex=(value.real, value.imag))
