"""The only thing that crosses the wall: typed, size-capped frames of plain data.

A frame is two lengths (little-endian u32), a MessagePack header of at most `MAX_HEADER` bytes, and a body of at most
`MAX_BODY` bytes that holds the raw bytes of the header's arrays (or a program's source). Nothing is ever unpickled.
Each side turns nodes into values by itself: this module must not import numpy or torch, and must not know what a
program or a check is.

Every text and list has its cap here, so that whoever reads a message may compute with any part of it.
"""

from __future__ import annotations

import math
import struct
from typing import Annotated, Literal, TypeAlias, TypeVar

import msgspec

MAX_HEADER = 256 << 10
MAX_BODY = 16 << 20
MAX_DEPTH = 64
MAX_TEXT = 64 << 10
#: Entries of one dict: chosen keys can all share one hash, and then each costs as much as there are others.
MAX_ENTRIES = 1024
#: Bits of a whole number: below 2**1020 each has a float, and can be written out.
MAX_BITS = 1020
MAX_NAME = 100
MAX_NAMES = 64
MAX_VALUES = 256
MAX_SENTENCE = 200
MAX_FILLED = 4
MAX_MESSAGE = 4096
MAX_LINES = 20
MAX_RAISED = 8
MAX_WARNINGS = 10
MAX_LINE_NUMBER = 1 << 20
PREFIX = struct.Struct("<II")

#: Bytes for one element of each dtype that may cross. A `bfloat16` tensor travels as float32 data.
ITEM_SIZES = {
    "bool": 1, "int8": 1, "int16": 2, "int32": 4, "int64": 8, "uint8": 1, "uint16": 2, "uint32": 4, "uint64": 8,
    "float16": 2, "float32": 4, "float64": 8, "complex64": 8, "complex128": 16, "bfloat16": 4,
}  # fmt: skip


Name: TypeAlias = Annotated[str, msgspec.Meta(max_length=MAX_NAME)]
Names: TypeAlias = Annotated[list[Name], msgspec.Meta(max_length=MAX_NAMES)]
Sentence: TypeAlias = Annotated[str, msgspec.Meta(max_length=MAX_SENTENCE)]
Message: TypeAlias = Annotated[str, msgspec.Meta(max_length=MAX_MESSAGE)]
LineNumber: TypeAlias = Annotated[int, msgspec.Meta(ge=0, le=MAX_LINE_NUMBER)]
Column: TypeAlias = Annotated[int, msgspec.Meta(ge=0, le=MAX_SENTENCE)]
Side: TypeAlias = Annotated[int, msgspec.Meta(ge=0, le=MAX_BODY)]


#: Why an answer can't cross, or isn't one that was asked for: `sandbox.refusals` has a sentence for each.
Reason: TypeAlias = Literal[
    "header", "arrays", "array", "whole-number", "text", "printed", "bytes", "dict", "set", "depth", "written",
    "no-module", "parameter-shape", "buffer-shape", "one-tensor", "parts-for-one", "parts", "shape", "none",
    "no-tensor",
]  # fmt: skip


class WireError(Exception):
    """A frame that breaks the format: malformed, or out of place. The text says how, to who mends the engine."""


class CannotCross(WireError):
    """A value that has no frame, or isn't what was asked for: the reason, and what its sentence is filled with."""

    def __init__(self, reason: Reason, **values: int | str) -> None:
        super().__init__(f"{reason} {values}")
        self.reason: Reason = reason
        self.values = values


class _Node(msgspec.Struct, array_like=True, tag_field="tag", frozen=True):
    """A value that isn't plain MessagePack."""


class ArrayNode(_Node, tag="array", frozen=True):
    """An array, a tensor or a numpy scalar: `size` bytes in C order from `start` in the frame's body.

    The arrays of a frame lie one after the other, in the order of their nodes.
    """

    kind: Literal["array", "tensor", "scalar"]
    dtype: Name
    shape: Annotated[list[Side], msgspec.Meta(max_length=32)]
    start: Side
    size: Side


class SequenceNode(_Node, tag="sequence", frozen=True):
    """A list, a tuple or a set; a named tuple has the name of its type and of its fields.

    A range and a slice, which only a request holds, have three items: start, stop and step.
    """

    kind: Literal["list", "tuple", "set", "frozenset", "range", "slice"]
    items: list[Node]
    type: Name = ""
    fields: Names = []


class MappingNode(_Node, tag="mapping", frozen=True):
    """A dict, as its items in order."""

    items: Annotated[list[tuple[Node, Node]], msgspec.Meta(max_length=MAX_ENTRIES)]


class NumberNode(_Node, tag="number", frozen=True):
    """An int beyond 64 bits (hexadecimal text), or a complex number (two floats)."""

    integer: Annotated[str, msgspec.Meta(max_length=MAX_BITS // 4 + 3)] | None = None
    complex: tuple[float, float] | None = None


class WrittenNode(_Node, tag="written", frozen=True):
    """Data that crosses as a text: bytes, fractions, dates, what is built in; `sandbox.written` reads and writes it."""

    kind: Name
    text: Annotated[str, msgspec.Meta(max_length=MAX_TEXT)]


class HandleNode(_Node, tag="handle", frozen=True):
    """An object that stays behind the wall: its number there, and the name of its type.

    `fields`: the attributes that say all of it, as a dataclass's do. `items`: its items do, as those of a generator.
    """

    number: int
    type: Name
    fields: Names = []
    items: bool = False


class NameNode(_Node, tag="name", frozen=True):
    """What the program has under a name. Only a request holds it."""

    name: Name


class FunctionNode(_Node, tag="function", frozen=True):
    """A function that stays with the judge: its number there, and its name; or an iterator, of which it gives items."""

    number: int
    name: Name = ""
    iterates: bool = False


Node = (
    ArrayNode
    | SequenceNode
    | MappingNode
    | NumberNode
    | WrittenNode
    | HandleNode
    | NameNode
    | FunctionNode
    | None
    | bool
    | int
    | float
    | str
)


#: By what an answer is differentiated; not at all where it is empty.
By: TypeAlias = Literal["", "state", "parameters", "inputs"]


class BuiltNode(msgspec.Struct, array_like=True, frozen=True):
    """How a `torch.nn.Module` is made ready to be asked.

    The arguments that it is built with, what is copied into its parameters and buffers, by their names, and whether it
    is in training mode; None leaves it as it is.
    """

    arguments: list[Node]
    parameters: dict[str, Node]
    buffers: dict[str, Node] = {}
    training: bool | None = None


class ModuleTarget(msgspec.Struct, array_like=True, frozen=True):
    """A `torch.nn.Module` to ask: the one that stands under `number`, else what `name` builds."""

    number: int
    name: str
    built: BuiltNode


class _Numbered(msgspec.Struct, tag=str.lower, tag_field="tag", frozen=True):
    """A message: its name in small letters is its tag, and its number that of the question that it is or belongs to."""

    number: int


class Load(_Numbered, frozen=True):
    """Run the source in the body, as UTF-8, as a module named after `filename`.

    `asked`: if one of these names is there in the end, what the top level raised is told and forgiven. `modules`: the
    names of modules beside it, with the bytes of their sources, which follow one after the other.
    """

    filename: str
    asked: list[str] = []
    modules: list[tuple[str, int]] = []


class Call(_Numbered, frozen=True):
    """Call `name` of the program (target None) or of an object; an empty name calls the object itself.

    `trace`: watch it line by line, which is slow.
    """

    target: int | ModuleTarget | None
    name: str
    arguments: list[Node]
    keywords: dict[str, Node]
    trace: bool = False


class Get(_Numbered, frozen=True):
    """Read attribute `name` of a handle's object, of what the program has under a name, or of the program."""

    target: int | str | None
    name: str


class Set(_Numbered, frozen=True):
    """Give attribute `name` of a handle's object, of what it has under a name, or of the program, another value."""

    target: int | str | None
    name: str
    value: Node


class Apply(_Numbered, frozen=True):
    """Apply one of Python's operations (see `inside.operations`) to operands, as `add` to both sides of a plus sign."""

    operation: str
    operands: list[Node]


class Script(_Numbered, frozen=True):
    """Run the source in the body from the start as `__main__`, and answer with what it prints, and leaves in files.

    `files`: what it may open, by their names. `leaves`: the names of files that are told. `modules` as for Load.
    """

    filename: str
    stdin: str
    arguments: list[str] = []
    files: dict[str, bytes] = {}
    leaves: list[str] = []
    modules: list[tuple[str, int]] = []


class Lay(_Numbered, frozen=True):
    """From now on the program may open these files by their names, and write others."""

    files: dict[str, bytes]


class Answered(_Numbered, frozen=True):
    """What the judge's function returned to the program that called it."""

    value: Node


class Threw(_Numbered, frozen=True):
    """What the judge's function raised to the program that called it; the same for a block of `with` that ended so."""

    type: str
    bases: list[str]
    message: str


class Differentiate(_Numbered, frozen=True):
    """Call a module, or the function of that name, and differentiate the weighted sum of its answer.

    By the state: run the cell over x[0], x[1], … and differentiate the last state by the first one.
    """

    target: ModuleTarget | str
    by: By
    arguments: list[Node]
    weights: Node = None


class Forget(_Numbered, frozen=True):
    """Let go of every object and module that was handed out. There is no reply."""


class Turn(_Numbered, frozen=True):
    """What follows is put to the program of this number, of several that share a process.

    There is no reply, but `Ready` from a program that wasn't there before. `seconds`: that a question may take. `over`:
    the program isn't asked any more, and let go of.
    """

    seconds: float = 0.0
    over: bool = False


class Calling(msgspec.Struct, array_like=True, frozen=True):
    """One call of a function of the program by its name; of the torch module that it builds where `built` says how.

    `gradient`: by what the answer, weighted by `weights`, is differentiated.
    """

    name: str
    arguments: list[Node]
    keywords: dict[str, Node]
    built: BuiltNode | None = None
    gradient: By = ""
    weights: Node = None


class TryVersions(_Numbered, tag="try-versions", frozen=True):
    """Make the same calls of many versions of one source, each as if it were loaded afresh.

    A version is the source with some of its UTF-8 bytes replaced: `(start, end, text)`, in order, without overlap.
    `seconds`: of the worker's own CPU, for one version with all its calls. `watch`: tell of arguments that
    were changed in place and of warnings too.
    """

    filename: str
    source: str
    versions: list[list[tuple[int, int, str]]]
    calls: list[Calling]
    seconds: float
    watch: bool = False


class Ready(msgspec.Struct, tag="ready", tag_field="tag", frozen=True):
    """The worker has confined itself with these layers and waits for a program."""

    layers: Names


class Returned(_Numbered, frozen=True):
    """The answer, the arguments that were changed in place, and the warnings that numpy raised.

    Of a traced call also the line that made the first NaN, and the one after which the function ended without a value;
    0 where there is none.
    """

    value: Node
    changed: Names = []
    warnings: Annotated[list[Sentence], msgspec.Meta(max_length=MAX_WARNINGS)] = []
    nan: LineNumber = 0
    end: LineNumber = 0


class Answer(msgspec.Struct, array_like=True, frozen=True):
    """What one call of one version came to: a value, or the names of what it raised and of the built-in bases."""

    value: Node = None
    raised: Name = ""
    bases: Names = []
    changed: Names = []
    warned: bool = False


class Tried(_Numbered, frozen=True):
    """The distinct answers, and for each version which of them its calls got, in their order.

    A version that took too long has fewer; versions at the end are left out where the answers fill a frame. `seconds`:
    the worker's CPU for all of it, by its own word.
    """

    answers: list[Answer]
    given: list[list[int]]
    seconds: float = 0.0


class Line(msgspec.Struct, array_like=True, frozen=True):
    """One line of the program on the way to an exception, innermost last.

    `module`: the file beside the program that it is in; empty for the program's own.
    """

    number: LineNumber
    function: Name
    text: Sentence
    module: Name = ""


class Raised(_Numbered, frozen=True):
    """The program raised: the type's own name, the built-in exceptions it derives from, its text and its lines.

    `column` is the 1-based column of a syntax error, 0 for everything else.
    """

    type: Name
    bases: Names
    message: Message
    lines: Annotated[list[Line], msgspec.Meta(max_length=MAX_LINES)]
    column: Column = 0


class Loaded(_Numbered, frozen=True):
    """The program stands; `raised` is what parts of its top level raised, in their order.

    `values`: the names under which it has something that can't be called.
    """

    raised: Annotated[list[Raised], msgspec.Meta(max_length=MAX_RAISED)] = []
    values: Annotated[list[Name], msgspec.Meta(max_length=MAX_VALUES)] = []


class Callback(_Numbered, frozen=True):
    """The program calls a function that the judge has lent it, while it answers the question of this number.

    The judge answers with `Answered` or `Threw`, or first asks a question of its own.
    """

    function: int
    arguments: Annotated[list[Node], msgspec.Meta(max_length=MAX_ENTRIES)]
    keywords: Annotated[dict[Name, Node], msgspec.Meta(max_length=MAX_NAMES)] = {}


class Missing(_Numbered, frozen=True):
    """The program (or object) has no such name; these are the names that it has.

    `module`: the type of the module that lacks a parameter of that name, or a `buffer`; empty where it is neither.
    """

    name: Name
    found: Names
    module: Name = ""
    buffer: bool = False


class Refused(_Numbered, frozen=True):
    """The answer can't cross the wall, for a reason that is known, with what fills its sentence."""

    reason: Reason
    values: Annotated[dict[Name, int | Sentence], msgspec.Meta(max_length=MAX_FILLED)] = {}


Question = Load | Call | Get | Set | Apply | Script | Lay | Differentiate | TryVersions
Request = Question | Forget | Answered | Threw | Turn
Reply = Ready | Loaded | Returned | Tried | Raised | Missing | Refused | Callback

_encoder = msgspec.msgpack.Encoder()
request_decoder: msgspec.msgpack.Decoder[Request] = msgspec.msgpack.Decoder(Request)
reply_decoder: msgspec.msgpack.Decoder[Reply] = msgspec.msgpack.Decoder(Reply)

Parsed = TypeVar("Parsed")


def frame(message: Request | Reply, body: bytes | bytearray = b"") -> bytes:
    """The bytes of one frame. Raises CannotCross if a part is too large to send."""
    header = _encoder.encode(message)
    if len(header) > MAX_HEADER:
        raise CannotCross("header", size=len(header) >> 10, most=MAX_HEADER >> 10)
    if len(body) > MAX_BODY:
        raise CannotCross("arrays", size=len(body) >> 20, most=MAX_BODY >> 20)
    return PREFIX.pack(len(header), len(body)) + header + body


def lengths(prefix: bytes | bytearray) -> tuple[int, int]:
    """Header and body length from a frame's first bytes. Raises WireError if either is over its cap."""
    header, body = PREFIX.unpack(prefix)
    if header > MAX_HEADER or body > MAX_BODY:
        raise WireError(f"a frame announces {header} + {body} bytes")
    return header, body


def parse(decoder: msgspec.msgpack.Decoder[Parsed], header: bytes | bytearray | memoryview) -> Parsed:
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
    if math.prod(node.shape) * item != node.size or node.start + node.size > len(body):
        raise WireError("an array whose bytes do not fit its shape")
    # Without an element an array has no bytes, whatever its other sides are; who walks along them must come to an end.
    if math.prod(side or 1 for side in node.shape) * item > MAX_BODY:
        raise WireError("an array of impossible shape")
    return body[node.start : node.start + node.size]


def whole_number(value: int) -> NumberNode:
    """An int that 64 bits can't hold. Raises CannotCross if it is too large to send."""
    if value.bit_length() > MAX_BITS:
        raise CannotCross("whole-number", size=value.bit_length(), most=MAX_BITS)
    return NumberNode(integer=hex(value))
