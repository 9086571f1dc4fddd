"""Many versions of one program, tried in one worker: far cheaper than a program for each.

What it says is a worker's word on many programs that ran in it one after the other, so it only tells which versions are
worth a `Program` of their own. It must not know why they are tried, and no right answer comes near it.
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from autograder.machine import crowding
from autograder.sandbox.failures import ProgramError, ProgramFailure
from autograder.sandbox.handles import Behind
from autograder.sandbox.lending import Lent
from autograder.sandbox.program import Called
from autograder.sandbox.starter import Budget, Starter
from autograder.sandbox.values import Opaque, Packing, Unpacking
from autograder.sandbox.wire import MAX_TEXT, Answer, Calling, Node, Tried, TryVersions, WireError
from autograder.sandbox.worker import Worker

#: A version of the source: some of its UTF-8 bytes, in order and without overlap, become other text.
Version = Sequence[tuple[int, int, str]]

#: Seconds of wall-clock time beyond which a worker is taken to hang: so many, and so many times what it may compute;
#: more on a busy machine.
_LEAST_PATIENCE = 1.0
_PATIENCE = 4.0


@dataclass(frozen=True)
class Came:
    """What a call of a version came to: `failure` if it is not None, else `value`."""

    value: Any = None
    failure: ProgramFailure | None = None
    changed: tuple[str, ...] = ()
    warned: bool = False


class Bench:
    """Use as a context manager: at its end its worker is gone.

    `seconds`: of CPU for one version with all its calls. `spent`: of CPU that the worker says it took in all. `lost`: a
    worker of it has died, hung, or answered what can't be read.
    """

    def __init__(self, starter: Starter, filename: str, budget: Budget, seconds: float = 0.004) -> None:
        self.seconds, self.spent, self.lost = seconds, 0.0, False
        self._starter, self._filename, self._budget = starter, filename, budget
        self._worker: Worker | None = None
        self._numbers = itertools.count(1)
        self._lent = Lent(lambda node: Opaque(node.type), self._standing)

    def answers(
        self, source: str, versions: Sequence[Version], calls: Sequence[Called], *, watch: bool = False
    ) -> list[list[Came]]:
        """Return for each version what its calls came to, up to the first that took too long; none if the worker died.

        Fewer versions than were given can have been tried: go on after them. Raises WireError for what is too large.
        """
        if len(source) > MAX_TEXT:
            raise WireError(f"a source of {len(source)} characters")
        packing = Packing(self._standing)
        self._lent.clear()
        self._lent.begin()
        asked = [_packed(call, packing) for call in calls]
        request = TryVersions(
            next(self._numbers),
            self._filename,
            source,
            [[(start, end, text) for start, end, text in version] for version in versions],
            asked,
            self.seconds,
            watch,
        )
        if self._worker is None:
            self._worker = self._starter.spawn(self._budget)
        try:
            patience = (_LEAST_PATIENCE + _PATIENCE * self.seconds * len(versions)) * crowding()
            reply, body = self._worker.ask(request, packing.body, patience, self._filename, call_back=self._lent.answer)
            if isinstance(reply, Tried):
                self.spent += max(0.0, reply.seconds)
                return _unpacked(reply, body, self._lent)
        except (ProgramFailure, WireError, ValueError, OverflowError, RecursionError, IndexError):
            pass
        self.lost = True
        self.close()
        return [[] for _ in versions]

    def _standing(self, value: Any) -> Node:
        """The node of a function to lend the versions; an object of a program's is of none of them."""
        return self._lent.node(value) if callable(value) and not isinstance(value, Behind) else None

    def close(self) -> None:
        if self._worker is not None:
            self._worker.close()
            self._worker = None

    def __enter__(self) -> Bench:
        return self

    def __exit__(self, *exception: object) -> None:
        self.close()


def _packed(call: Called, packing: Packing) -> Calling:
    arguments = [packing.node(each) for each in call.arguments]
    keywords = {name: packing.node(each) for name, each in call.keywords.items()}
    built = None if call.built is None else packing.built(call.built)
    return Calling(call.name, arguments, keywords, built, call.gradient, packing.node(call.weights))


def _unpacked(reply: Tried, body: memoryview, lent: Lent) -> list[list[Came]]:
    unpacking = Unpacking(body, lent.given)
    distinct = [_came(answer, unpacking) for answer in reply.answers]
    if any(number < 0 for numbers in reply.given for number in numbers):
        raise WireError("an answer that isn't there")
    return [[distinct[number] for number in numbers] for numbers in reply.given]


def _came(answer: Answer, unpacking: Unpacking) -> Came:
    if answer.raised:
        return Came(failure=ProgramError(answer.raised, "", answer.bases, []))
    return Came(unpacking.value(answer.value), None, tuple(answer.changed), answer.warned)
