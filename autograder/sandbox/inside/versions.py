"""Many versions of one program, asked the same calls one after the other: what came of each.

A worker that does this holds versions of one source and arguments, and no right answer. Each version gets a module and
arguments of its own, and little time; what it does to its worker can spoil the answers of those after it, which are
confirmed in a worker of their own before anything is said.
"""

from __future__ import annotations

import builtins
import contextlib
import functools
import io
import sys
import time
import types
import warnings
from collections.abc import Callable, Iterator, Sequence
from typing import Any

import msgspec

from autograder import several_files
from autograder.sandbox import alarm
from autograder.sandbox.inside import differentiate, loading
from autograder.sandbox.inside.side_effects import caught_warnings, changed_arguments
from autograder.sandbox.inside.values import Leaving, Objects, enter, enter_built
from autograder.sandbox.wire import MAX_BODY, MAX_HEADER, MAX_NAME, MAX_NAMES, Answer, Calling, Tried, TryVersions

#: A version that swallows the exception which ends its time gets it again, as often as this many seconds pass.
_AGAIN = 0.001
#: Bytes of a frame's header for answers, and of its body: then versions are left for the next request.
_FULL_HEADER, _FULL_BODY = MAX_HEADER // 2, MAX_BODY // 2
_LARGEST = MAX_HEADER // 4

_encoder = msgspec.msgpack.Encoder()


class _TooLong(BaseException):
    """The version's time is up; no `except Exception` of its own keeps it."""


#: Makes a function that calls the judge's of a number.
Lend = Callable[[int, str], Callable[..., Any]]


def tried(request: TryVersions, body: memoryview, lend: Lend) -> tuple[Tried, Leaving]:
    """Return what the calls of each version came to."""
    source, answers = request.source.encode(), _Answers(lambda number, name: _untimed(lend(number, name)))
    given: list[list[int]] = []
    started = time.process_time()
    with _nothing_printed(), warnings.catch_warnings():
        warnings.simplefilter("ignore")
        for version in request.versions:
            if answers.full:
                break
            given.append(_asked(request, _text(source, version), body, answers))
    return Tried(request.number, answers.distinct, given, time.process_time() - started), answers.leaving


def _untimed(function: Callable[..., Any]) -> Callable[..., Any]:
    """The same function, which no end of a version's time leaves half asked."""

    @functools.wraps(function)
    def call(*arguments: Any, **keywords: Any) -> Any:
        with alarm.held():
            return function(*arguments, **keywords)

    return call


@contextlib.contextmanager
def _nothing_printed() -> Iterator[None]:
    kept = sys.stdout, sys.stderr
    sys.stdout = sys.stderr = _Nowhere()
    try:
        yield
    finally:
        sys.stdout, sys.stderr = kept


class _Nowhere(io.TextIOBase):
    def write(self, text: str) -> int:
        return len(text)


def _text(source: bytes, version: Sequence[tuple[int, int, str]]) -> str:
    parts, end = [], 0
    for start, stop, text in version:
        parts += [source[end:start], text.encode()]
        end = stop
    return b"".join([*parts, source[end:]]).decode()


def _asked(request: TryVersions, text: str, body: memoryview, answers: _Answers) -> list[int]:
    """Return the answers of one version, up to the first call that takes too long."""
    module = types.ModuleType(request.filename.removesuffix(".py"))
    sys.modules[module.__name__] = module
    found: list[int] = []
    try:
        with alarm.at_most(request.seconds, _TooLong, cpu=True, again=_AGAIN):
            if several_files.files(text):
                loading.run(module, request.filename, text, ())
            else:
                exec(compile(text, request.filename, "exec", dont_inherit=True), module.__dict__)
            for call in request.calls:
                found.append(_called(module, call, body, answers, watch=request.watch))
    except _TooLong:
        pass
    except BaseException as problem:  # it can't be loaded: that is its answer to every call
        found += [answers.keep(_raised(problem))] * (len(request.calls) - len(found))
    return found


def _called(module: types.ModuleType, call: Calling, body: memoryview, answers: _Answers, *, watch: bool) -> int:
    objects = Objects(lend=answers.lend)
    arguments = [enter(node, body, objects) for node in call.arguments]
    keywords = {name: enter(node, body, objects) for name, node in call.keywords.items()}
    with contextlib.ExitStack() as stack:
        caught = stack.enter_context(caught_warnings()) if watch else []
        try:
            function = getattr(module, call.name)
            if call.built is not None:
                built = enter_built(call.built, body, objects)
                function = function(*built.arguments)
                differentiate.prepare(function, built)
            if call.gradient:
                weights = enter(call.weights, body, objects)
                value = differentiate.gradient(call.gradient, function, arguments, weights)
            else:
                value = function(*arguments, **keywords)
        except _TooLong:
            raise
        except BaseException as problem:
            return answers.keep(_raised(problem))
    changed = changed_arguments(function, call.arguments, arguments, call.keywords, keywords, body) if watch else []
    try:
        return answers.add(value, changed, bool(caught))
    except _TooLong:
        raise
    except BaseException as problem:  # it can't leave
        return answers.keep(_raised(problem))


def _raised(problem: BaseException) -> Answer:
    kind = type(problem)
    bases = [base.__name__ for base in kind.__mro__ if getattr(builtins, base.__name__, None) is base]
    return Answer(raised=kind.__name__[:MAX_NAME], bases=bases[:MAX_NAMES])


class _Answers:
    """The distinct answers so far; most versions of a program answer as others do."""

    def __init__(self, lend: Lend) -> None:
        self.lend = lend
        self.distinct: list[Answer] = []
        self.leaving = Leaving(Objects())
        self._numbers: dict[bytes, int] = {}
        self._size = 0

    @property
    def full(self) -> bool:
        return self._size > _FULL_HEADER or len(self.leaving.body) > _FULL_BODY

    def add(self, value: Any, changed: list[str], warned: bool) -> int:
        alone = Leaving(Objects())
        answer = Answer(alone.node(value), changed=changed, warned=warned)
        header = _encoder.encode(answer)
        if len(header) > _LARGEST or len(alone.body) > _FULL_BODY:
            return self.keep(Answer(raised="TooLarge"))
        key = header + alone.body
        if key not in self._numbers:
            # Once more, now with the place that its arrays get among all others: with a part of them no frame is read.
            with alarm.held():
                self._keep(key, Answer(self.leaving.node(value), changed=changed, warned=warned))
        return self._numbers[key]

    def keep(self, answer: Answer) -> int:
        key = _encoder.encode(answer)
        if key not in self._numbers:
            self._keep(key, answer)
        return self._numbers[key]

    def _keep(self, key: bytes, answer: Answer) -> None:
        self._numbers[key] = len(self.distinct)
        self.distinct.append(answer)
        self._size += len(key)
