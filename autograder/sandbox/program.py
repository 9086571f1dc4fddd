"""A program as a check sees it: ask for a function by name, hold handles to its objects, never its code.

One `Program` outlives its workers: when one crashes or hangs, the next question gets a fresh one.
"""

from __future__ import annotations

import itertools
import pickle
import re
import time
from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from types import MappingProxyType
from typing import Any

import msgspec

from autograder.language import tr
from autograder.sandbox import wire
from autograder.sandbox.cells import place
from autograder.sandbox.failures import (
    ForeignObject,
    OutOfTime,
    ProgramCrashed,
    ProgramError,
    ProgramFailure,
    ProgramMissing,
    ProgramTimeout,
    broken_format,
    lost,
    program_error,
    refused,
)
from autograder.sandbox.handles import Behind, Function, Handle, is_iterator
from autograder.sandbox.lending import Lent
from autograder.sandbox.module import Module
from autograder.sandbox.starter import DEFAULT_BUDGET, Budget, Starter
from autograder.sandbox.values import Built, Packing, Printed, Unpacking
from autograder.sandbox.worker import MAX_OUTPUT, Worker

__tracebackhide__ = True  # pytest shows the line that asked


class Allowance(msgspec.Struct, frozen=True):
    """Seconds for one call, seconds for the whole program, and what a worker may use.

    `trusted`: a program of the course, which need not be stopped between questions. `shares`: one that need not have a
    process for itself, so that dozens of them are started quickly.
    """

    call: float = 5.0
    total: float = float("inf")
    budget: Budget = DEFAULT_BUDGET
    trusted: bool = False
    shares: bool = False


@dataclass
class Called:
    """One call of a function of the program, by name, and what came of it: `failure` if it is not None, else `value`.

    `built`: the call was one of the torch module that the function of that name builds so. `module` tells which: it can
    keep something from one call to the next. `gradient`: what was asked for is that of the answer, by this, weighted by
    `weights`; see `Module`.
    """

    name: str
    arguments: tuple[Any, ...]
    keywords: dict[str, Any] = field(default_factory=dict)
    built: Built | None = None
    module: int | None = None
    gradient: wire.By = ""
    weights: Any = None
    value: Any = None
    failure: ProgramFailure | None = None
    changed: list[str] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)

    @property
    def question(self) -> bytes | None:
        """What it asks, as bytes that are equal for equal questions; None where that can't be told."""
        try:
            return pickle.dumps((self.name, self.arguments, self.keywords, self.built, self.gradient, self.weights))
        except Exception:  # a function among the arguments, or what an object's own way of being pickled raises
            return None

    def ask(self, program: ProgramProxy) -> Any:
        """The same call once more, as a question of its own."""
        function = Function(program._program, self.name)
        asked = function if self.built is None else Module(function, self.built)
        if self.gradient:
            return program._program.gradient(asked, self.gradient, self.arguments, self.weights)
        return asked(*self.arguments, **self.keywords)


class Remarks(msgspec.Struct):
    """What calls did besides answering, since a check last cleared it.

    `calls` are those of functions and modules by name, `names` all that was asked for by name, and `besides` tells that
    something else was asked: an attribute, an object. `values` are what the program has under names of its
    own. `last` is what came last of a call or an attribute, after its name; operations, as pytest's `repr`, don't
    count. `nan` and `end` are of a traced program: the lines that made the first NaN, and after which the last call
    that had no value to return came to its end. 0: none.
    """

    changed: list[str] = []
    warnings: list[str] = []
    calls: list[Called] = []
    names: set[str] = set()
    besides: bool = False
    values: dict[str, Any] = {}
    last: tuple[str, Any] | None = None
    nan: int = 0
    end: int = 0


class _Clock:
    """The seconds of a program's time that are `spent`: a context in which they count.

    A class: every question enters it twice, and a generator takes five times as long.
    """

    def __init__(self, lent: Lent) -> None:
        self.spent = 0.0
        self._lent, self._started = lent, 0.0

    def __enter__(self) -> None:
        if not self._lent.depth:
            self._lent.begin()
            self._started = time.monotonic()
        self._lent.depth += 1

    def __exit__(self, *exception: object) -> None:
        self._lent.depth -= 1
        if not self._lent.depth:  # what is asked in a callback is within the time of the question around it
            self.spent += time.monotonic() - self._started


class Program:
    """One file's source behind the wall, loaded at the first question. `trace`: every call is watched line by line."""

    def __init__(
        self,
        starter: Starter,
        filename: str,
        source: str,
        allowance: Allowance,
        *,
        trace: bool = False,
        asked: Collection[str] = (),
        modules: Mapping[str, str] = MappingProxyType({}),
    ) -> None:
        """`asked`: names of which one must be there, and what else its top level raises is kept in `stumbles`.

        `modules`: the texts of modules beside it, by name.
        """
        self._trace, self._asked, self._modules = trace, list(asked), modules
        self.stumbles: list[ProgramError] = []
        self.layers: list[str] = []
        self.remarks = Remarks()
        self._starter, self._filename, self._source, self._allowance = starter, filename, source, allowance
        self._worker: Worker | None = None
        self._waits = False  # the worker, for its program
        self._generation = 0
        self._lent = False
        self._altered = False  # what stands under one of its names, by a check
        self._numbers = itertools.count(1)
        self._received = 0
        self._output = b""
        self._unloadable: ProgramFailure | None = None
        self._values: frozenset[str] = frozenset()
        #: The functions of a check's that its worker was lent.
        self.lent = Lent(self._handle, self._standing)
        self._clock = _Clock(self.lent)
        self._hung: Counter[int] = Counter()

    def load(self) -> None:
        """Run the file once; called by the first question if not before.

        Raises ProgramFailure if it can't be loaded, and again at every later question without trying once more.
        """
        if self._unloadable is not None:
            raise self._unloadable
        if not self._waits:
            if self._worker is not None and not self._worker.closed:
                return
            self.close()
            self._start()
        self._waits = False
        try:
            self._run()
        except OutOfTime:
            self._waits = True  # nothing was sent: it is loaded once there is time
            raise
        except ProgramFailure as failure:
            self._unloadable = failure
            raise

    @property
    def unloadable(self) -> ProgramFailure | None:
        """Why its file can't be loaded, where that was tried."""
        return self._unloadable

    def prepare(self) -> list[str]:
        """Have a worker that waits for the program, and return the layers that it really has."""
        self._start()
        self._waits = True
        return self.layers

    def _start(self) -> None:
        allowed = self._allowance
        self._worker = self._starter.spawn(allowed.budget, trusted=allowed.trusted, shares=allowed.shares)
        self._generation += 1
        self.lent.clear()
        self.layers = self._worker.layers

    def _run(self) -> None:
        sizes, body = self._texts()
        loaded, _ = self._exchange(wire.Load(next(self._numbers), self._filename, self._asked, sizes), body)
        if isinstance(loaded, wire.Loaded):
            self.stumbles = [_error(raised, self._source) for raised in loaded.raised]
            self._values = frozenset(loaded.values)

    def _texts(self) -> tuple[list[tuple[str, int]], bytes]:
        """The names of the modules beside it with their sizes, and its source with theirs behind it."""
        texts = {name: text.encode() for name, text in self._modules.items()}
        sizes = [(name, len(text)) for name, text in texts.items()]
        return sizes, b"".join([self._source.encode(), *texts.values()])

    def has_value(self, name: str) -> bool:
        """Whether it has something under a name that can't be called. Raises ProgramFailure."""
        if name in self._asked:
            return False
        self.load()
        return name in self._values

    def value(self, name: str) -> Any:
        """What it has under a name. Raises ProgramFailure."""
        value = self.get(None, name)
        if not self._altered:  # else it may be the check's own
            self.remarks.values[name] = value
        return value

    def script(
        self, stdin: str, arguments: Sequence[str], files: Mapping[str, str | bytes], leaves: Sequence[str]
    ) -> Printed:
        """What it prints, run from the start in a process of its own. Raises ProgramFailure."""
        self.remarks.besides = True
        self.remarks.names.add(self._filename)
        allowance = msgspec.structs.replace(self._allowance, shares=False)
        alone = Program(self._starter, self._filename, self._source, allowance, modules=self._modules)
        alone.allow(self.seconds_left)
        try:
            return alone._printed(stdin, list(arguments), _as_bytes(files), list(leaves))
        finally:
            self._clock.spent += alone.seconds_spent
            self.layers = self.layers or alone.layers
            alone.close()
            self._output = (self._output + alone._output)[:MAX_OUTPUT]
            self._received += alone.received

    def _printed(self, stdin: str, arguments: list[str], files: dict[str, bytes], leaves: list[str]) -> Printed:
        self._start()
        sizes, body = self._texts()
        asked = wire.Script(next(self._numbers), self._filename, stdin, arguments, files, leaves, sizes)
        told = self._ask(asked, body)
        texts = told if isinstance(told, list) and len(told) == 1 + len(leaves) else [None]
        printed, *left = texts
        if not isinstance(printed, str) or not all(isinstance(text, str | None) for text in left):
            raise broken_format()
        self._output += printed.encode()
        return Printed(printed, dict(zip(leaves, left, strict=True)))

    def call(
        self, target: Handle | Module | None, name: str, arguments: tuple[Any, ...], keywords: dict[str, Any]
    ) -> Any:
        """The value that a function, method or object returns. Raises ProgramFailure."""
        if isinstance(target, Module):
            called = Called(target.name, arguments, keywords, target.built, target.number)
            self.remarks.names.add(target.name)
        else:
            called = Called(name or self._last_read(target), arguments, keywords)
        own = not name if isinstance(target, Module) else not isinstance(target, Handle)
        return self._noted(called, lambda: self._call(target, name, arguments, keywords), own=own)

    def _noted(self, called: Called, answer: Callable[[], Any], *, own: bool = True) -> Any:
        """Note a call among the remarks, as far as it is one that can be made again by itself, and what comes of it."""
        if not own or self.lent.depth:  # a callback's call is no question of the check's
            self.remarks.besides = True
        else:
            self.remarks.names.add(called.name)
            self.remarks.calls.append(called)
            self.remarks.besides = self.remarks.besides or self._altered  # without what was set it is another
        changes, warnings = len(self.remarks.changed), len(self.remarks.warnings)
        try:
            called.value = answer()
        except ProgramFailure as failure:
            called.failure = self._last(called.name, failure)
            raise
        finally:
            called.changed = self.remarks.changed[changes:]
            called.warnings = self.remarks.warnings[warnings:]
        return self._last(called.name, called.value)

    def _last(self, name: str, value: Any) -> Any:
        """Note an answer as the last one, unless a callback asked or nothing has a name; return it."""
        if name and not self.lent.depth:
            self.remarks.last = name, value
        return value

    def _last_read(self, method: object) -> str:
        """The name under which a method was read just now; empty for any other object."""
        name, value = self.remarks.last or ("", None)
        return name if value is method else ""

    def _call(
        self, target: Handle | Module | None, name: str, arguments: tuple[Any, ...], keywords: dict[str, Any]
    ) -> Any:
        self.load()
        packing = Packing(self._standing)
        owner = self._target(target, packing)
        nodes = [packing.node(argument) for argument in arguments]
        named = {key: packing.node(value) for key, value in keywords.items()}
        return self._ask(wire.Call(next(self._numbers), owner, name, nodes, named, self._trace), packing.body)

    def get(self, target: Behind | None, name: str) -> Any:
        """The value of an attribute. Raises ProgramFailure."""
        self.remarks.besides = True
        if target is None:
            self.remarks.names.add(name)
        self.load()
        owner = None if target is None else self._owner(target)
        return self._last(name, self._ask(wire.Get(next(self._numbers), owner, name), b""))

    def set(self, target: Behind | None, name: str, value: Any) -> None:
        """Give an attribute of an object, or a name of the program, another value. Raises ProgramFailure."""
        self.remarks.besides = True
        self.load()
        self._altered = self._altered or not isinstance(target, Handle)
        packing = Packing(self._standing)
        owner = None if target is None else self._owner(target)
        self._ask(wire.Set(next(self._numbers), owner, name, packing.node(value)), packing.body)
        if target is None:
            self.remarks.names.add(name)
            self._values = self._values - {name} if callable(value) else self._values | {name}

    def lay(self, files: Mapping[str, str | bytes]) -> None:
        """Let it open these files by their names, until it is renewed. Raises ProgramFailure."""
        self.remarks.besides = True  # without them a call is another
        self.load()
        self._altered = True
        self._ask(wire.Lay(next(self._numbers), _as_bytes(files)), b"")

    def apply(self, operation: str, operands: tuple[Any, ...]) -> Any:
        """What one of Python's operations gives, see `inside.operations`. Raises ProgramFailure."""
        self.remarks.besides = True
        self.load()
        packing = Packing(self._standing)
        nodes = [packing.node(operand) for operand in operands]
        return self._ask(wire.Apply(next(self._numbers), operation, nodes), packing.body)

    def gradient(self, target: Module | Function, by: wire.By, arguments: tuple[Any, ...], weights: Any) -> Any:
        """Gradient of a weighted sum of an answer; see `inside.differentiate`. Raises ProgramFailure."""
        if isinstance(target, Module):
            called = Called(target.name, arguments, {}, target.built, target.number, by, weights)
        else:
            called = Called(target._name, arguments, {}, gradient=by, weights=weights)
        answer = self._noted(called, lambda: self._gradient(target, called))
        if by == "parameters" and not isinstance(answer, dict):
            raise ProgramFailure(tr("The gradients by its parameters can't be asked for."))
        if by == "inputs" and not (isinstance(answer, tuple) and len(answer) == len(arguments)):
            raise ProgramFailure(tr("The gradients by its arguments can't be asked for."))
        return answer

    def _gradient(self, target: Module | Function, called: Called) -> Any:
        self.load()
        packing = Packing(self._standing)
        owner = target.target(packing, self._generation) if isinstance(target, Module) else called.name
        nodes, weights = [packing.node(argument) for argument in called.arguments], packing.node(called.weights)
        request = wire.Differentiate(next(self._numbers), owner, called.gradient, nodes, weights)
        return self._ask(request, packing.body)

    def new_number(self) -> int:
        """A number that no request and no module of this program has."""
        self._lent = True
        return next(self._numbers)

    def forget(self) -> None:
        """Let go of the objects that it handed out, so that one which is asked by a whole class doesn't grow."""
        self.renew()
        if self._worker is not None and self._lent:
            self._worker.notify(wire.Forget(next(self._numbers)))
            self._generation += 1
            self.lent.clear()
        self._lent = False
        self.remarks = Remarks()

    def renew(self) -> None:
        """Begin anew where a check set a name, or an attribute of a class: no later question meets what it set."""
        if self._altered:
            self.close()
            self._altered = False

    @property
    def seconds_spent(self) -> float:
        """What it has taken of its time in all."""
        return self._clock.spent

    @property
    def seconds_left(self) -> float:
        """What it may still take."""
        return self._allowance.total - self._clock.spent

    def allow(self, seconds: float) -> None:
        """From now on it may take so many seconds more, and none beyond what it has."""
        total = self._clock.spent + min(seconds, self.seconds_left)
        self._allowance = msgspec.structs.replace(self._allowance, total=total)

    @contextmanager
    def within(self, seconds: float) -> Iterator[None]:
        """It may take so many seconds in here, and later what it may anyway."""
        before = self._allowance
        self.allow(seconds)
        try:
            yield
        finally:
            self._allowance = before

    @property
    def received(self) -> int:
        """Bytes that it has answered in all."""
        return self._received + (self._worker.received if self._worker is not None else 0)

    @property
    def output(self) -> str:
        """What the program has printed, cut at 64 KB."""
        printed = self._output + (self._worker.printed() if self._worker is not None else b"")
        return printed[:MAX_OUTPUT].decode(errors="replace")

    def close(self) -> None:
        """End the worker; the program can be asked again, from the start."""
        if self._worker is not None:
            self._worker.close()
            self._output = (self._output + self._worker.printed())[:MAX_OUTPUT]
            self._received += self._worker.received
            self._worker, self._waits = None, False

    def _ask(self, request: wire.Question, body: bytes | bytearray) -> Any:
        reply, arrived = self._exchange(request, body)
        if not isinstance(reply, wire.Returned):
            self.close()
            raise broken_format()
        self.remarks.changed += reply.changed
        self.remarks.warnings += reply.warnings
        self.remarks.nan, self.remarks.end = self.remarks.nan or reply.nan, reply.end
        try:
            with self._clock:
                return Unpacking(arrived, self.lent.given).value(reply.value)
        except (wire.WireError, ValueError, OverflowError, RecursionError) as problem:
            self.close()
            raise broken_format() from problem

    def _exchange(
        self, request: wire.Question, body: bytes | bytearray
    ) -> tuple[wire.Returned | wire.Loaded, memoryview]:
        """One question and its answer; anything but an answer is raised, and knows whose it is."""
        try:
            return self._timed(request, body)
        except ProgramFailure as failure:
            failure.trusted = self._allowance.trusted
            raise

    def _timed(self, request: wire.Question, body: bytes | bytearray) -> tuple[wire.Returned | wire.Loaded, memoryview]:
        """One question and its answer, on the clock; anything but an answer is raised."""
        assert self._worker is not None
        if self.seconds_left <= 0:
            raise OutOfTime(
                tr("Not run: the {seconds:g} s for the whole file were used up before.", seconds=self._allowance.total)
            )
        try:
            with self._clock:
                seconds = min(self.seconds_left, self._allowance.call)
                reply, arrived = self._worker.ask(
                    request, body, seconds, self._filename, self.lent.answer, self._hanging
                )
        except (ProgramTimeout, ProgramCrashed) as failure:
            self.close()
            if isinstance(failure, ProgramTimeout) and failure.line:
                self._hung[failure.line] += 1
            if isinstance(failure, ProgramTimeout) and seconds < self._allowance.call:
                failure = ProgramTimeout(self._allowance.total, failure.line, again=failure.again, whole=True)
            raise (failure.placed(place(self._source, failure.line)) if failure.line else failure) from None
        except ProgramFailure:
            self.close()
            raise
        if isinstance(reply, wire.Returned | wire.Loaded):
            return reply, arrived
        if isinstance(reply, wire.Raised):
            raised = _error(reply, self._source)
            raised.lent = self.lent.threw(reply.type, reply.message)
            raise raised
        if isinstance(reply, wire.Missing):
            raise ProgramMissing(reply.name, reply.found, reply.module, buffer=reply.buffer)
        if isinstance(reply, wire.Refused):
            raise refused(reply.reason, reply.values)
        self.close()
        raise broken_format()

    @property
    def _hanging(self) -> list[int]:
        """The lines at which it ran out of time twice: it isn't waited for there as long again."""
        return [line for line, times in self._hung.items() if times > 1]

    def _handle(self, node: wire.HandleNode) -> Handle:
        self._lent = True
        return Handle(self, self._generation, node.number, node.type, node.fields, items=node.items)

    def _standing(self, value: Any) -> wire.Node:
        """The node of an object of its own, or of a function or an iterator to lend it; None for anything else."""
        if isinstance(value, Handle):
            return wire.HandleNode(self._number(value), "")
        if isinstance(value, Function):
            if value._program is not self:
                raise ForeignObject
            self.remarks.names.add(value._name)
            return wire.NameNode(value._name)
        if not callable(value) and not is_iterator(value):
            return None
        self._lent = True
        return self.lent.iterator(value) if is_iterator(value) else self.lent.node(value)

    def _number(self, handle: Handle) -> int:
        if handle._program is not self:
            raise ForeignObject
        if handle._generation != self._generation or self._worker is None:
            raise lost()
        return handle._number

    def _owner(self, target: Behind) -> int | str:
        """How a request names an object, or what stands under a name."""
        if isinstance(target, Function):
            self.remarks.names.add(target._name)
            return target._name
        assert isinstance(target, Handle)
        return self._number(target)

    def _target(self, target: Handle | Module | None, packing: Packing) -> int | wire.ModuleTarget | None:
        if isinstance(target, Module):
            return target.target(packing, self._generation)
        return None if target is None else self._number(target)


def _error(raised: wire.Raised, source: str) -> ProgramError:
    """What the program raised; a line of a notebook is told as a line of its cell."""
    places = [
        (line.module and f"{line.module}, line {line.number}") or place(source, line.number) for line in raised.lines
    ]
    # Of a syntax error Python may name another line of the text besides.
    names_lines = raised.column > 0 and not raised.lines[-1].module
    message = _OTHER_LINE.sub(partial(_placed, source), raised.message) if names_lines else raised.message
    return program_error(raised.type, message, raised.bases, raised.lines, raised.column, places)


_OTHER_LINE = re.compile(r"\b(?:on|at) line (\d{1,7})\b")


def _placed(source: str, found: re.Match[str]) -> str:
    where = place(source, int(found[1]))
    return found[0] if where == f"line {found[1]}" else f"at {where}"


def _as_bytes(files: Mapping[str, str | bytes]) -> dict[str, bytes]:
    return {name: data.encode() if isinstance(data, str) else data for name, data in files.items()}


class ProgramProxy:
    """What checks hold: `program.tanh_jacobian(h, …)` asks a function of the program, `program.LIMIT` is a value."""

    _program: Program

    def __init__(self, program: Program) -> None:
        object.__setattr__(self, "_program", program)

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        return self._program.value(name) if self._program.has_value(name) else Function(self._program, name)

    def __setattr__(self, name: str, value: Any) -> None:
        if name.startswith("__"):
            raise AttributeError(tr("a check can't set {name!r} of an object", name=name))
        self._program.set(None, name, value)
