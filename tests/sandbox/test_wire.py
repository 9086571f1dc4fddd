"""The wire: what may cross arrives as it left; whatever else comes is one refusal, soon and without harm."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from typing import Any, get_args

import msgspec
import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings

from autograder.sandbox.failures import ProgramFailure, ProgramRefused
from autograder.sandbox.inside.values import Leaving, Objects, enter
from autograder.sandbox.linux.zygote import Zygote
from autograder.sandbox.program import Allowance, Program, ProgramProxy
from autograder.sandbox.refusals import CLAUSES
from autograder.sandbox.values import Packing, Tensor, Unpacking
from autograder.sandbox.wire import (
    MAX_BODY,
    MAX_DEPTH,
    MAX_ENTRIES,
    MAX_HEADER,
    PREFIX,
    ArrayNode,
    Call,
    HandleNode,
    MappingNode,
    Node,
    NumberNode,
    Reason,
    Refused,
    Reply,
    Returned,
    SequenceNode,
    Tried,
    WireError,
    frame,
    lengths,
    parse,
    reply_decoder,
    request_decoder,
)
from tests.sandbox.frames import BODIES, FRAMES, HEADERS, TENSORS, VALUES, same

CALM = settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow])
REAL = settings(
    max_examples=150,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)
#: A tampered worker: it writes the bytes that it is given where its replies belong.
FORGER = (
    "import sys\n"
    "outer = sys._getframe()\n"
    "while outer.f_code.co_name != 'serve':\n    outer = outer.f_back\n"
    "connection = outer.f_locals['self'].channel\n"
    "def send(data):\n    connection.sendall(data.tobytes())\n"
    "def honest():\n    return 7\n"
)


def unpack(header: bytes, body: bytes) -> Any:
    """What the judge makes of a reply's header and body; a handle becomes its node."""
    reply = parse(reply_decoder, header)
    return Unpacking(memoryview(body), lambda node: node).value(reply.value) if isinstance(reply, Returned) else reply


def is_plain(value: Any) -> bool:
    """Whether a value is of the few types that a check may meet."""
    if isinstance(value, list | tuple):
        return all(map(is_plain, value))
    if isinstance(value, dict):
        return all(is_plain(item) for item in value.values())
    plain = type(value) in (bool, int, float, complex, str, np.ndarray, Tensor, HandleNode)
    return value is None or plain or isinstance(value, np.generic)


@CALM
@given(VALUES)
def test_a_value_crosses_to_the_program_and_back(value: Any) -> None:
    packing = Packing(lambda value: None)
    sent = frame(Call(1, None, "f", [packing.node(value)], {}), packing.body)
    header, body = lengths(sent[: PREFIX.size])
    request = parse(request_decoder, sent[PREFIX.size : PREFIX.size + header])
    assert isinstance(request, Call)
    inside = enter(request.arguments[0], memoryview(sent[PREFIX.size + header :]), Objects())
    assert same(inside, value)

    leaving = Leaving(Objects())
    answer = frame(Returned(1, leaving.node(inside)), leaving.body)
    header, body = lengths(answer[: PREFIX.size])
    assert len(answer) == PREFIX.size + header + body
    assert same(unpack(answer[PREFIX.size : PREFIX.size + header], answer[PREFIX.size + header :]), value)


@CALM
@given(TENSORS)
def test_a_tensor_crosses_as_its_values(value: Tensor) -> None:
    packing = Packing(lambda value: None)
    node = packing.node(value)
    assert same(Unpacking(memoryview(bytes(packing.body)), lambda node: node).value(node), value)


@CALM
@given(HEADERS, BODIES)
def test_any_header_is_a_plain_value_or_refused(header: bytes, body: bytes) -> None:
    try:
        value = unpack(header, body)
    except (WireError, ValueError, OverflowError, RecursionError):  # what Program turns into a refusal
        return
    assert is_plain(value) or isinstance(value, Reply)


@REAL
@given(FRAMES)
def test_any_bytes_from_a_worker_fail_the_call_or_are_a_value(hasty: Program, data: bytes) -> None:
    told = ""
    try:
        told = repr(ProgramProxy(hasty).send(np.frombuffer(data, dtype="uint8")))
    except ProgramFailure as failure:
        told = str(failure)
    assert 0 < len(told) < 10_000


@pytest.fixture
def forger(zygote: Zygote) -> Iterator[Program]:
    """A program that writes any bytes to the judge."""
    program = Program(zygote, "forger.py", FORGER, Allowance(call=60))
    yield program
    program.close()


@pytest.fixture
def hasty(zygote: Zygote) -> Iterator[Program]:
    """The same, where half a frame is waited for a fifth of a second."""
    program = Program(zygote, "forger.py", FORGER, Allowance(call=0.2))
    yield program
    program.close()


def test_after_a_forged_frame_the_next_question_is_answered_by_a_fresh_process(forger: Program) -> None:
    with pytest.raises(ProgramRefused):
        ProgramProxy(forger).send(np.frombuffer(frame(Returned(999, 1)), dtype="uint8"))
    assert ProgramProxy(forger).honest() == 7


def test_a_second_reply_is_not_taken_for_the_next_answer(forger: Program) -> None:
    forger.load()
    number = 2  # after the load, the first question
    ProgramProxy(forger).send(np.frombuffer(frame(Returned(number, 5)) * 2, dtype="uint8"))
    with pytest.raises(ProgramRefused, match="broke the format") as refused:
        ProgramProxy(forger).honest()
    assert "out of its turn" in str(refused.value.__cause__)


def test_an_answer_to_what_was_not_asked_breaks_the_format(forger: Program) -> None:
    forger.load()
    with pytest.raises(ProgramRefused, match="broke the format"):
        ProgramProxy(forger).send(np.frombuffer(frame(Tried(2, [], [])), dtype="uint8"))


@pytest.mark.parametrize(
    "forged",
    [
        {"tag": "refused", "number": 2, "reason": "you passed", "values": {}},
        {"tag": "refused", "number": 2, "reason": "array", "values": {}},
        {"tag": "refused", "number": 2, "reason": "array", "values": {"size": "x" * 201, "most": 1}},
        {"tag": "refused", "number": 2, "reason": "array", "values": {str(n): n for n in range(5)}},
    ],
)
def test_a_refusal_is_for_a_known_reason_with_a_few_short_values(forger: Program, forged: dict[str, Any]) -> None:
    forger.load()
    header = msgspec.msgpack.encode(forged)
    with pytest.raises(ProgramRefused, match="broke the format"):
        ProgramProxy(forger).send(np.frombuffer(PREFIX.pack(len(header), 0) + header, dtype="uint8"))


def test_a_forged_value_fills_a_hole_and_is_no_form(forger: Program) -> None:
    forged = Refused(2, "no-tensor", {"type": "{size.__class__}\n{most}"})
    forger.load()
    with pytest.raises(ProgramRefused, match=re.escape("Its answer is a {size.__class__}\n{most}, where")):
        ProgramProxy(forger).send(np.frombuffer(frame(forged), dtype="uint8"))


def test_every_reason_has_its_clause() -> None:
    assert set(CLAUSES) == set(get_args(Reason))


def nested(depth: int) -> Node:
    return None if depth == 0 else SequenceNode("list", [nested(depth - 1)])


def array(shape: list[int], size: int, *, dtype: str = "uint8", start: int = 0, kind: Any = "array") -> ArrayNode:
    return ArrayNode(kind, dtype, shape, start, size)


REFUSED: dict[str, tuple[Node, int]] = {
    "nested too deep": (nested(MAX_DEPTH + 1), 0),
    "a body twice": (SequenceNode("list", [array([8], 8), array([8], 8)]), 8),
    "a gap between arrays": (SequenceNode("list", [array([4], 4), array([2], 2, start=6)]), 8),
    "beyond the body": (array([9], 9), 8),
    "a shape that doesn't fit": (array([3, 3], 8), 8),
    "a side of none and a huge one": (array([0, MAX_BODY], 0, dtype="float64"), 0),
    "objects": (array([1], 8, dtype="object"), 8),
    "text": (array([1], 8, dtype="U2"), 8),
    "a bfloat16 that is no tensor": (array([1], 4, dtype="bfloat16"), 4),
    "a truth value of 255": (array([1], 1, dtype="bool"), 1),
    "a scalar with a side": (array([1], 1, kind="scalar"), 1),
    "a number that is no number": (NumberNode(integer="0xzz"), 0),
    "a huge number": (NumberNode(integer=hex(1 << 1021)), 0),
    "a long text": ("x" * (MAX_HEADER // 2), 0),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_contradicts_itself_is_refused(name: str) -> None:
    node, size = REFUSED[name]
    with pytest.raises(WireError):
        Unpacking(memoryview(b"\xff" * size), lambda node: node).value(node)


def test_caps_are_kept_where_replies_are_parsed() -> None:
    crowded = Returned(1, MappingNode([(number, None) for number in range(MAX_ENTRIES + 1)]))
    crowded_header = frame(crowded)[PREFIX.size :]
    for header in (crowded_header, b"\x91" * 100_000, b"\xdd\xff\xff\xff\xff", b"", b"\xc1"):
        with pytest.raises(WireError):
            parse(reply_decoder, header)
    for prefix in (PREFIX.pack(MAX_HEADER + 1, 0), PREFIX.pack(0, MAX_BODY + 1), PREFIX.pack(2**32 - 1, 2**32 - 1)):
        with pytest.raises(WireError):
            lengths(prefix)


def test_nothing_too_large_is_sent() -> None:
    for message, body in ((Returned(1, "x" * MAX_HEADER), b""), (Returned(1, None), bytes(MAX_BODY + 1))):
        with pytest.raises(WireError):
            frame(message, body)


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        (np.zeros(3 << 20), "what is asked is too large: its arrays are 24 MiB; at most 16 may cross"),
        (["x" * 60_000] * 5, "what is asked is too large: 293 KiB beside its arrays"),
        (2**2000, "what is sent is a whole number of 2001 bits"),
        (b"x" * 70_000, "what is sent is a bytes object of 70000 bytes"),
    ],
)
def test_a_question_that_is_too_large_is_its_authors_fault(forger: Program, sent: Any, said: str) -> None:
    with pytest.raises(TypeError, match=said):
        ProgramProxy(forger).send(sent)
    assert ProgramProxy(forger).honest() == 7


def test_an_array_that_arrives_is_a_copy() -> None:
    body = bytearray(8)
    value = Unpacking(memoryview(body), lambda node: node).value(array([8], 8))
    body[0] = 1
    assert value[0] == 0
    assert value.flags.writeable


def test_numbers_keep_their_kind() -> None:
    packing = Packing(lambda value: None)
    for value in (True, 1, 1.0, 1j, 2**63, -(2**64), math.inf):
        node = packing.node(value)
        assert same(Unpacking(memoryview(b""), lambda node: node).value(node), value)
