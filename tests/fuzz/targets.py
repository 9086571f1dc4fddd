"""What is fuzzed: the parsers that face strangers. A target takes any bytes, and raises only if there is a fault."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import msgspec

from autograder.course.authored import Authored
from autograder.course.drill_key import AnswerKey
from autograder.course.expressions import NotANumber, evaluate
from autograder.course.model import CourseFile, ExerciseFile
from autograder.course.source import parse_yaml
from autograder.course.validation import validate
from autograder.sandbox.values import Unpacking
from autograder.sandbox.wire import (
    PREFIX,
    ArrayNode,
    MappingNode,
    NumberNode,
    Raised,
    Returned,
    SequenceNode,
    WireError,
    frame,
    lengths,
    parse,
    reply_decoder,
)
from tests.small_course import FILES

_MODELS: tuple[type[Authored], ...] = (CourseFile, ExerciseFile, AnswerKey)


def wire(data: bytes) -> None:
    """One frame of a worker: a value of plain types, or one of the errors that the judge turns into a failed check."""
    try:
        header, body = lengths(data[: PREFIX.size].ljust(PREFIX.size, b"\0"))
        rest = data[PREFIX.size :]
        reply = parse(reply_decoder, rest[:header])
        if isinstance(reply, Returned):
            msgspec.json.encode(
                _written(Unpacking(memoryview(rest[header : header + body]), _written).value(reply.value))
            )
    except (WireError, ValueError, OverflowError, RecursionError):  # what Program expects of Unpacking
        return


def _written(value: Any) -> str:
    return repr(value)[:1000]


def yaml(data: bytes) -> None:
    """A file of an author's or a student's: a model, or problems of one line each."""
    text = data.decode("utf-8", "replace")
    for model in _MODELS:
        instance, problems = validate(model, parse_yaml(text, Path("exercise.yaml")))
        assert isinstance(instance, model) or problems
        for problem in problems:
            assert len(str(problem).splitlines()) == 1
            assert str(problem).isprintable()


def expression(data: bytes) -> None:
    """A number or an expression in a student's file of answers: a float, or one sentence."""
    try:
        assert isinstance(evaluate(data.decode("utf-8", "replace")[:2000]), float)
    except NotANumber as problem:
        assert len(str(problem).splitlines()) == 1  # noqa: PT017 - no test: a fault must leave the target as it is


TARGETS: dict[str, Callable[[bytes], None]] = {"wire": wire, "yaml": yaml, "expression": expression}
_NODES = [
    None, True, 7, 0.5, "text", NumberNode(integer="0x10000000000000000"), NumberNode(complex=(1.0, 2.0)),
    ArrayNode("array", "float64", [1, 1], 0, 8), SequenceNode("tuple", [SequenceNode("list", [1])]),
    MappingNode([("key", 1), (SequenceNode("tuple", [1]), None)]),
]  # fmt: skip
#: What fuzzing starts from.
SEEDS: dict[str, list[bytes]] = {
    "wire": [frame(Returned(1, node), bytes(8)) for node in _NODES]  # type: ignore[arg-type]
    + [frame(Raised(1, "ValueError", ["ValueError"], "no", []))],
    "yaml": [FILES[name].encode() for name in sorted(FILES) if name.endswith(".yaml")],
    "expression": [b"0.7**20", b"-8e-4", b"sqrt(2) * (1 + log(3))", b"9**9**9", b"round(2.5, -1)", b"'a' * 99"],
}
