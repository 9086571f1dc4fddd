"""The functions of a check's that a program is lent: they stay here, and are called when it asks for that.

A program chooses what it calls them with, how often and how deeply: all of that is bounded. It must not know who asks
the program, nor what the functions compute.
"""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from typing import Any

import msgspec

from autograder.language import later, tr
from autograder.sandbox import alarm, wire
from autograder.sandbox.failures import ProgramError, ProgramFailure, ProgramRefused
from autograder.sandbox.handles import described
from autograder.sandbox.refusals import unsendable
from autograder.sandbox.values import Packing, Unpacking

#: Calls that one question may make of them, and questions and calls that may stand inside one another.
MOST_CALLS = 100_000
_MOST_NESTED = 40


class _Overtime(BaseException):
    """A function computes on and on; no `except Exception` of its author's keeps it."""


class Lent:
    """What one worker was lent, by number. `thrown` is what one of them raised last; `calls` and `depth` are counted.

    `handle` makes what they are given for an object of the program's, `standing` the node of such an object.
    """

    def __init__(self, handle: Callable[[wire.HandleNode], Any], standing: Callable[[Any], wire.Node]) -> None:
        self.thrown: Exception | None = None
        self.calls = 0
        self.depth = 0
        self._threw: tuple[str, str] | None = None
        self._functions: list[Callable[..., Any]] = []
        self._handle, self._standing = handle, standing

    def clear(self) -> None:
        self._functions = []

    def begin(self) -> None:
        """A question begins, which is inside no other."""
        self.calls, self._threw = 0, None

    def threw(self, kind: str, message: str) -> bool:
        """Whether an exception that came out of the program is the one that a function raised in it last."""
        return self._threw is not None and self._threw[0] == kind and message in (self._threw[1], repr(self._threw[1]))

    def node(self, function: Callable[..., Any]) -> wire.FunctionNode:
        """Lend a function, or say once more which it is."""
        number = next((at for at, each in enumerate(self._functions) if each is function), len(self._functions))
        if number == len(self._functions):
            self._functions.append(function)
        return wire.FunctionNode(number, str(getattr(function, "__name__", ""))[: wire.MAX_NAME])

    def iterator(self, iterator: Iterator[Any]) -> wire.FunctionNode:
        """Lend an iterator: what gives its next item, until it raises StopIteration."""
        return msgspec.structs.replace(self.node(lambda: next(iterator)), name="", iterates=True)

    def function(self, number: int) -> Callable[..., Any]:
        """The function of a number. Raises WireError if there is none."""
        if not 0 <= number < len(self._functions):
            raise wire.WireError("a function that it wasn't lent")
        return self._functions[number]

    def given(self, node: wire.HandleNode | wire.FunctionNode) -> Any:
        """What stands for a node here."""
        return self.function(node.number) if isinstance(node, wire.FunctionNode) else self._handle(node)

    def answer(self, callback: wire.Callback, arrived: memoryview, seconds: float) -> bytes:
        """The frame that answers a call. Raises WireError for one that breaks the format, and what ends the question.

        That is TimeoutError once the function has taken so many seconds, a ProgramFailure of a question that it put to
        the program, and TypeError for an answer of its own that can't be sent.
        """
        self.calls += 1
        if self.calls > MOST_CALLS:
            raise ProgramRefused(tr("It called functions that it was given more than {n} times.", n=MOST_CALLS))
        if self.depth > _MOST_NESTED:
            return wire.frame(
                wire.Threw(callback.number, "RecursionError", [], tr("the functions call each other too deeply"))
            )
        try:
            unpacking = Unpacking(arrived, self.given)
            arguments = [unpacking.value(node) for node in callback.arguments]
            keywords = {name: unpacking.value(node) for name, node in callback.keywords.items()}
        except (ValueError, OverflowError, RecursionError) as problem:
            raise wire.WireError(str(problem)) from None
        function = self.function(callback.function)
        try:
            with _at_most(seconds if self.depth <= 1 else 0):
                value = function(*arguments, **keywords)
        except ProgramFailure as failure:
            if not isinstance(failure, ProgramError):
                raise
            return _threw(callback.number, failure)
        except Exception as problem:
            self.thrown = problem
            if not isinstance(problem, StopIteration):  # an iterator's end is no mishap of the check's
                kind, _, message = described(problem)
                self._threw = kind[: wire.MAX_NAME], message[: wire.MAX_MESSAGE]
            return _threw(callback.number, problem)
        except _Overtime:
            raise TimeoutError from None
        packing = Packing(self._standing)
        try:
            return wire.frame(wire.Answered(callback.number, packing.node(value)), packing.body)
        except wire.CannotCross as problem:
            raise unsendable(later("what a function of the check's returned"), problem) from None


def _threw(number: int, problem: BaseException) -> bytes:
    kind, bases, message = described(problem)
    return wire.frame(wire.Threw(number, kind[: wire.MAX_NAME], bases[: wire.MAX_NAMES], message[: wire.MAX_MESSAGE]))


def _at_most(seconds: float) -> AbstractContextManager[None]:
    """End what happens here after so many seconds; 0: there is a bound already.

    Only in the main thread, for no other can be interrupted.
    """
    if seconds <= 0 or threading.current_thread() is not threading.main_thread():
        return contextlib.nullcontext()
    return alarm.at_most(seconds, _Overtime)
