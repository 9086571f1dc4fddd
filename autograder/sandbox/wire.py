"""The only thing that crosses the wall: typed, size-capped frames of plain data.

A frame is two lengths (little-endian u32), a MessagePack header of at most `MAX_HEADER` bytes, and a body of at most
`MAX_BODY` bytes that holds the raw bytes of the header's arrays. Nothing is ever unpickled. Each side turns nodes into
values by itself: this module must not import numpy or torch, and must not know what a program or a check is.
"""

from __future__ import annotations

import struct
from typing import Literal, TypeVar

import msgspec

MAX_HEADER = 1 << 20
MAX_BODY = 64 << 20
MAX_DEPTH = 64
MAX_TEXT = 64 << 10
PREFIX = struct.Struct("<II")

#: Bytes for one element of each dtype that may cross. A `bfloat16` tensor travels as float32 data.
ITEM_SIZES = {
    "bool": 1, "int8": 1, "int16": 2, "int32": 4, "int64": 8, "uint8": 1, "uint16": 2, "uint32": 4, "uint64": 8,
    "float16": 2, "float32": 4, "float64": 8, "complex64": 8, "complex128": 16, "bfloat16": 4,
}  # fmt: skip


class WireError(Exception):
    """A frame that breaks the format: too large, malformed, or out of place. The text says how."""


class ArrayNode(msgspec.Struct, array_like=True, tag="array", tag_field="tag", frozen=True):
    """An array, a tensor or a numpy scalar: `size` bytes in C order from `start` in the frame's body."""

    kind: Literal["array", "tensor", "scalar"]
    dtype: str
    shape: list[int]
    start: int
    size: int


class SequenceNode(msgspec.Struct, array_like=True, tag="sequence", tag_field="tag", frozen=True):
    """A list or a tuple."""

    kind: Literal["list", "tuple"]
    items: list[Node]


class MappingNode(msgspec.Struct, array_like=True, tag="mapping", tag_field="tag", frozen=True):
    """A dict, as its items in order."""

    items: list[tuple[Node, Node]]


class NumberNode(msgspec.Struct, array_like=True, tag="number", tag_field="tag", frozen=True):
    """An int beyond 64 bits (hexadecimal text), or a complex number (two floats)."""

    integer: str | None = None
    complex: tuple[float, float] | None = None


class HandleNode(msgspec.Struct, array_like=True, tag="handle", tag_field="tag", frozen=True):
    """An object that stays behind the wall: its number there, and the name of its type."""

    number: int
    type: str


Node = ArrayNode | SequenceNode | MappingNode | NumberNode | HandleNode | None | bool | int | float | str


class Load(msgspec.Struct, tag="load", tag_field="tag", frozen=True):
    """Run this source as a module named after `filename`."""

    number: int
    filename: str
    source: str


class Call(msgspec.Struct, tag="call", tag_field="tag", frozen=True):
    """Call `name` of the program (target None) or of a handle's object; an empty name calls the object itself."""

    number: int
    target: int | None
    name: str
    arguments: list[Node]
    keywords: dict[str, Node]


class Get(msgspec.Struct, tag="get", tag_field="tag", frozen=True):
    """Read attribute `name` of a handle's object, or of the program."""

    number: int
    target: int | None
    name: str


class SetParameters(msgspec.Struct, tag="set-parameters", tag_field="tag", frozen=True):
    """Copy values into the named parameters of a `torch.nn.Module`."""

    number: int
    target: int
    values: dict[str, Node]


class StateGradient(msgspec.Struct, tag="state-gradient", tag_field="tag", frozen=True):
    """Run the cell over x[0], x[1], … and differentiate the sum of the last state by the first one."""

    number: int
    target: int
    sequence: Node
    state: Node


class Ready(msgspec.Struct, tag="ready", tag_field="tag", frozen=True):
    """The worker has confined itself with these layers and waits for a program."""

    layers: list[str]


class Returned(msgspec.Struct, tag="returned", tag_field="tag", frozen=True):
    """The answer, the arguments that were changed in place, and the warnings that numpy raised."""

    number: int
    value: Node
    changed: list[str] = []
    warnings: list[str] = []


class Line(msgspec.Struct, array_like=True, frozen=True):
    """One line of the program on the way to an exception, innermost last."""

    number: int
    function: str
    text: str


class Raised(msgspec.Struct, tag="raised", tag_field="tag", frozen=True):
    """The program raised: the type's own name, the built-in exceptions it derives from, its text and its lines.

    `column` is the 1-based column of a syntax error, 0 for everything else.
    """

    number: int
    type: str
    bases: list[str]
    message: str
    lines: list[Line]
    column: int = 0


class Missing(msgspec.Struct, tag="missing", tag_field="tag", frozen=True):
    """The program (or object) has no such name; these are the names that it has."""

    number: int
    name: str
    found: list[str]


class Refused(msgspec.Struct, tag="refused", tag_field="tag", frozen=True):
    """The answer cannot cross the wall; `reason` completes "the answer …"."""

    number: int
    reason: str


Request = Load | Call | Get | SetParameters | StateGradient
Reply = Ready | Returned | Raised | Missing | Refused

_encoder = msgspec.msgpack.Encoder()
request_decoder: msgspec.msgpack.Decoder[Request] = msgspec.msgpack.Decoder(Request)
reply_decoder: msgspec.msgpack.Decoder[Reply] = msgspec.msgpack.Decoder(Reply)

Message = TypeVar("Message")


def frame(message: Request | Reply, body: bytes | bytearray = b"") -> bytes:
    """The bytes of one frame. Raises WireError if a part is too large to send."""
    header = _encoder.encode(message)
    if len(header) > MAX_HEADER or len(body) > MAX_BODY:
        raise WireError(
            f"is too large ({(len(header) + len(body)) / 1e6:.0f} MB; at most {MAX_BODY >> 20} MB may cross)"
        )
    return PREFIX.pack(len(header), len(body)) + header + body


def lengths(prefix: bytes | bytearray) -> tuple[int, int]:
    """Header and body length from a frame's first bytes. Raises WireError if either is over its cap."""
    header, body = PREFIX.unpack(prefix)
    if header > MAX_HEADER or body > MAX_BODY:
        raise WireError(f"a frame announces {header} + {body} bytes")
    return header, body


def parse(decoder: msgspec.msgpack.Decoder[Message], header: bytes | bytearray) -> Message:
    """The message in a header. Raises WireError for anything that isn't one, however deep or odd."""
    try:
        return decoder.decode(header)
    except (msgspec.DecodeError, RecursionError, ValueError, OverflowError) as problem:
        raise WireError(f"a malformed frame: {str(problem)[:200]}") from None


def array_bytes(node: ArrayNode, body: memoryview) -> memoryview:
    """The bytes of an array in the body. Raises WireError unless dtype, shape, start and size fit together."""
    item = ITEM_SIZES.get(node.dtype)
    if item is None or (node.dtype == "bfloat16" and node.kind != "tensor"):
        raise WireError(f"an array of dtype {node.dtype[:40]!r}")
    if len(node.shape) > 32 or any(side < 0 for side in node.shape):
        raise WireError("an array of impossible shape")
    count = 1
    for side in node.shape:
        count *= side
    if count * item != node.size or node.start < 0 or node.start + node.size > len(body):
        raise WireError("an array whose bytes do not fit its shape")
    return body[node.start : node.start + node.size]
