"""Values entering and leaving a program: nodes of the wire to arrays, tensors and plain data, and back.

torch is used only if the zygote has imported it.
"""

from __future__ import annotations

import sys
from typing import Any

import numpy as np

from autograder.sandbox.wire import (
    ITEM_SIZES,
    MAX_BODY,
    MAX_DEPTH,
    MAX_ENTRIES,
    MAX_NAME,
    MAX_TEXT,
    ArrayNode,
    HandleNode,
    MappingNode,
    Node,
    NumberNode,
    SequenceNode,
    WireError,
    whole_number,
)


class NoSuchName(Exception):
    """An object has no attribute, or a `module` no parameter, of this name; `found` are the names that there are."""

    def __init__(self, name: str, found: list[str], module: str = "") -> None:
        super().__init__(name)
        self.name, self.found, self.module = name, found, module


class Objects:
    """The objects that a program handed out and that stay here, by number."""

    def __init__(self) -> None:
        self._objects: list[Any] = []

    def keep(self, value: Any, what: str = "") -> HandleNode:
        """`what` it is, where its type doesn't say enough."""
        self._objects.append(value)
        return HandleNode(len(self._objects) - 1, (what or type(value).__name__)[:MAX_NAME])

    def get(self, number: int) -> Any:
        return self._objects[number]


def enter(node: Node, body: memoryview, objects: Objects) -> Any:
    """The value of a node that came in: writable arrays and tensors of their own memory."""
    if isinstance(node, ArrayNode):
        return _array(node, body)
    if isinstance(node, SequenceNode):
        items = [enter(item, body, objects) for item in node.items]
        return tuple(items) if node.kind == "tuple" else items
    if isinstance(node, MappingNode):
        return {enter(key, body, objects): enter(value, body, objects) for key, value in node.items}
    if isinstance(node, HandleNode):
        return objects.get(node.number)
    if isinstance(node, NumberNode):
        return int(node.integer, 16) if node.integer is not None else complex(*(node.complex or (0.0, 0.0)))
    return node


def _array(node: ArrayNode, body: memoryview) -> Any:
    data = np.ndarray(node.shape, node.dtype, body, node.start).copy()
    if node.kind == "tensor":
        return sys.modules["torch"].from_numpy(data)
    return data[()] if node.kind == "scalar" else data


class Leaving:
    """Turns one reply's values into nodes, and collects the bytes of their arrays in `body`."""

    def __init__(self, objects: Objects) -> None:
        self.body = bytearray()
        self._objects = objects

    def node(self, value: Any, depth: int = 0) -> Node:
        """The node of `value`; whatever isn't data stays here and leaves as a handle. Raises WireError if too big."""
        if depth > MAX_DEPTH:
            raise WireError(f"is nested deeper than {MAX_DEPTH} levels, or contains itself")
        if value is None or isinstance(value, bool):
            return value
        if isinstance(value, str):
            return self._text(value)
        if isinstance(value, np.generic | np.ndarray):
            return self._numpy(value)
        if isinstance(value, int | float | complex):
            return _number(value)
        if isinstance(value, list | tuple):
            items = [self.node(item, depth + 1) for item in value]
            return SequenceNode("tuple" if isinstance(value, tuple) else "list", items)
        if isinstance(value, dict):
            if len(value) > MAX_ENTRIES:
                raise WireError(f"is a dict of {len(value)} entries; at most {MAX_ENTRIES} may cross")
            return MappingNode([(self.node(key, depth + 1), self.node(item, depth + 1)) for key, item in value.items()])
        torch = sys.modules.get("torch")
        if torch is not None and isinstance(value, torch.Tensor):
            return self._tensor(torch, value)
        return self._objects.keep(value)

    def _text(self, value: str) -> str:
        if len(value) > MAX_TEXT:
            raise WireError(f"is a text of {len(value)} characters; at most {MAX_TEXT} may cross")
        return str(value).encode("utf-8", "replace").decode()

    def _numpy(self, value: Any) -> Node:
        kind = "scalar" if isinstance(value, np.generic) else "array"
        # A subclass may lie about itself; only the memory that it really holds leaves.
        data = np.array(value, subok=False, order="C", copy=True)
        masked = sys.modules.get("numpy.ma")
        if masked is not None and masked.is_masked(value):
            return self._objects.keep(value, f"masked array of dtype {data.dtype}")
        data = data.astype(data.dtype.newbyteorder("="), copy=False)  # the numbers of a file that was read, say
        if data.dtype.name not in ITEM_SIZES:
            return self._objects.keep(value, f"{type(value).__name__} of dtype {data.dtype}")
        return self._append(kind, data.dtype.name, data)

    def _tensor(self, torch: Any, value: Any) -> Node:
        plain = value.detach()
        dtype = str(plain.dtype).removeprefix("torch.")
        if plain.layout is not torch.strided or plain.is_meta:
            where = "on the device meta, without values" if plain.is_meta else f"in the layout {plain.layout}"
            return self._objects.keep(value, f"tensor {where}")
        if plain.is_quantized or dtype not in ITEM_SIZES:
            return self._objects.keep(value, f"tensor of dtype {dtype}")
        plain = plain.float() if dtype == "bfloat16" else plain
        return self._append("tensor", dtype, np.array(plain.resolve_conj().resolve_neg().cpu().numpy(), order="C"))

    def _append(self, kind: Any, dtype: str, data: np.ndarray[Any, Any]) -> ArrayNode:
        if len(self.body) + data.nbytes > MAX_BODY:
            raise WireError(f"is too large: an array of {data.nbytes >> 20} MiB; at most {MAX_BODY >> 20} may cross")
        start = len(self.body)
        self.body += data.tobytes()
        return ArrayNode(kind, dtype, list(data.shape), start, data.nbytes)


def _number(value: complex) -> Node:
    if isinstance(value, int):
        whole = int(value)
        return whole if -(2**63) <= whole < 2**63 else whole_number(whole)
    if isinstance(value, float):
        return float(value)
    return NumberNode(complex=(value.real, value.imag))
