"""A program as a check sees it: ask for a function by name, hold handles to its objects, never its code.

One `Program` outlives its workers: when one crashes or hangs, the next question gets a fresh one.
"""

from __future__ import annotations

import contextlib
import itertools
import time
from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import Any

from autograder.sandbox.cells import place
from autograder.sandbox.failures import (
    ForeignObject,
    OutOfTime,
    ProgramCrashed,
    ProgramError,
    ProgramFailure,
    ProgramMissing,
    ProgramRefused,
    ProgramTimeout,
)
from autograder.sandbox.values import Opaque, Packing, Unpacking
from autograder.sandbox.wire import (
    Call,
    Forget,
    Get,
    HandleNode,
    Load,
    Loaded,
    Missing,
    ModuleTarget,
    ParameterGradients,
    Question,
    Raised,
    Refused,
    Returned,
    Set,
    StateGradient,
    WireError,
)
from autograder.sandbox.worker import MAX_OUTPUT, Worker
from autograder.sandbox.zygote import DEFAULT_BUDGET, Budget, Zygote

__tracebackhide__ = True  # pytest shows the line that asked


@dataclass(frozen=True)
class Allowance:
    """Seconds for one call, seconds for the whole program, and what a worker may use.

    `trusted`: a program of the course, which need not be stopped between questions.
    """

    call: float = 5.0
    total: float = float("inf")
    budget: Budget = DEFAULT_BUDGET
    trusted: bool = False


@dataclass
class Called:
    """One call of a function of the program, by name, and what came of it: `failure` if it is not None, else `value`.

    `built`: the call was one of the torch module that the function of that name builds; the arguments that it is built
    with, and the values of its parameters. `module` tells which: it can keep something from one call to the next.
    """

    name: str
    arguments: tuple[Any, ...]
    keywords: dict[str, Any]
    built: tuple[tuple[Any, ...], dict[str, Any]] | None = None
    module: int | None = None
    value: Any = None
    failure: ProgramFailure | None = None
    changed: list[str] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)

    def ask(self, program: ProgramProxy) -> Any:
        """The same call once more, as a question of its own."""
        function = getattr(program, self.name)
        if self.built is not None:
            arguments, parameters = self.built
            function = module(function, *arguments, parameters=parameters)
        return function(*self.arguments, **self.keywords)


@dataclass
class Remarks:
    """What calls did besides answering, since a check last cleared it.

    `calls` are those of functions and modules by name, `names` all that was asked for by name, and `besides` tells that
    something else was asked: an attribute, an object, a gradient. `nan` and `end` are of a traced program: the lines
    that made the first NaN, and after which the last call that had no value to return came to its end. 0: none.
    """

    changed: list[str] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)
    calls: list[Called] = field(default_factory=list)
    names: set[str] = field(default_factory=set)
    besides: bool = False
    nan: int = 0
    end: int = 0


class Program:
    """One file's source behind the wall, loaded at the first question. `trace`: every call is watched line by line."""

    def __init__(
        self,
        zygote: Zygote,
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
        self._zygote, self._filename, self._source, self._allowance = zygote, filename, source, allowance
        self._worker: Worker | None = None
        self._generation = 0
        self._lent = False
        self._numbers = itertools.count(1)
        self._spent = 0.0
        self._received = 0
        self._output = b""
        self._unloadable: ProgramFailure | None = None
        self._hung: Counter[int] = Counter()

    def load(self) -> None:
        """Run the file once; called by the first question if not before.

        Raises ProgramFailure if it can't be loaded, and again at every later question without trying once more.
        """
        if self._unloadable is not None:
            raise self._unloadable
        if self._worker is not None:
            return
        self._worker = self._zygote.spawn(self._allowance.budget)
        self._worker.trusted = self._allowance.trusted
        self._generation += 1
        self.layers = self._worker.layers
        try:
            self._run()
        except OutOfTime:
            raise
        except ProgramFailure as failure:
            self._unloadable = failure
            raise

    def _run(self) -> None:
        texts = {name: text.encode() for name, text in self._modules.items()}
        sizes = [(name, len(text)) for name, text in texts.items()]
        request = Load(next(self._numbers), self._filename, self._asked, sizes)
        loaded, _ = self._exchange(request, b"".join([self._source.encode(), *texts.values()]))
        self.stumbles = [_error(raised, self._source) for raised in loaded.raised] if isinstance(loaded, Loaded) else []

    def call(
        self, target: Handle | Module | None, name: str, arguments: tuple[Any, ...], keywords: dict[str, Any]
    ) -> Any:
        """The value that a function, method or object returns. Raises ProgramFailure."""
        called = self._noted(target, name, arguments, keywords)
        changes, warnings = len(self.remarks.changed), len(self.remarks.warnings)
        try:
            called.value = self._call(target, name, arguments, keywords)
        except ProgramFailure as failure:
            called.failure = failure
            raise
        finally:
            called.changed = self.remarks.changed[changes:]
            called.warnings = self.remarks.warnings[warnings:]
        return called.value

    def _noted(
        self, target: Handle | Module | None, name: str, arguments: tuple[Any, ...], keywords: dict[str, Any]
    ) -> Called:
        """Note a call among the remarks, as far as it is one that can be made again by itself."""
        if isinstance(target, Module):
            called = Called(target.name, arguments, keywords, target.built, target.number)
        else:
            called = Called(name, arguments, keywords)
        if isinstance(target, Handle):
            self.remarks.besides = True
        else:
            self.remarks.names.add(called.name)
            self.remarks.calls.append(called)
        return called

    def _call(
        self, target: Handle | Module | None, name: str, arguments: tuple[Any, ...], keywords: dict[str, Any]
    ) -> Any:
        self.load()
        packing = Packing(self._number_of)
        owner = self._target(target, packing)
        nodes = [packing.node(argument) for argument in arguments]
        named = {key: packing.node(value) for key, value in keywords.items()}
        return self._ask(Call(next(self._numbers), owner, name, nodes, named, self._trace), packing.body)

    def get(self, target: Handle | None, name: str) -> Any:
        """The value of an attribute. Raises ProgramFailure."""
        self.remarks.besides = True
        if target is None:
            self.remarks.names.add(name)
        self.load()
        return self._ask(Get(next(self._numbers), None if target is None else self._number(target), name), b"")

    def set(self, target: Handle, name: str, value: Any) -> None:
        """Give an attribute of an object another value. Raises ProgramFailure."""
        self.remarks.besides = True
        self.load()
        packing = Packing(self._number_of)
        request = Set(next(self._numbers), self._number(target), name, packing.node(value))
        self._ask(request, packing.body)

    def state_gradient(self, target: Module, sequence: Any, state: Any) -> Any:
        """Gradient of the sum of the last state by the first; see `inside.differentiate`. Raises ProgramFailure."""
        self.remarks.besides = True
        self.remarks.names.add(target.name)
        self.load()
        packing = Packing(self._number_of)
        module = target.target(packing, self._generation)
        nodes = packing.node(sequence), packing.node(state)
        return self._ask(StateGradient(next(self._numbers), module, *nodes), packing.body)

    def parameter_gradients(self, target: Module, arguments: tuple[Any, ...]) -> Any:
        """Gradients of the sum of a module's answer; see `inside.differentiate`. Raises ProgramFailure."""
        self.remarks.besides = True
        self.remarks.names.add(target.name)
        self.load()
        packing = Packing(self._number_of)
        module = target.target(packing, self._generation)
        nodes = [packing.node(argument) for argument in arguments]
        return self._ask(ParameterGradients(next(self._numbers), module, nodes), packing.body)

    def new_number(self) -> int:
        """A number that no request and no module of this program has."""
        self._lent = True
        return next(self._numbers)

    def forget(self) -> None:
        """Let go of the objects that it handed out, so that one which is asked by a whole class doesn't grow."""
        if self._worker is not None and self._lent:
            self._worker.notify(Forget(next(self._numbers)))
            self._generation += 1
        self._lent = False
        self.remarks = Remarks()

    @property
    def seconds_spent(self) -> float:
        """What it has taken of its time in all."""
        return self._spent

    @property
    def seconds_left(self) -> float:
        """What it may still take."""
        return self._allowance.total - self._spent

    def allow(self, seconds: float) -> None:
        """From now on it may take so many seconds more, and none beyond what it has."""
        self._allowance = replace(self._allowance, total=self._spent + min(seconds, self.seconds_left))

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
            self._worker = None

    def _ask(self, request: Question, body: bytes | bytearray) -> Any:
        reply, arrived = self._exchange(request, body)
        if not isinstance(reply, Returned):
            self.close()
            raise ProgramRefused("Its answer broke the format in which answers come: a frame out of its turn.")
        self.remarks.changed += reply.changed
        self.remarks.warnings += reply.warnings
        self.remarks.nan, self.remarks.end = self.remarks.nan or reply.nan, reply.end
        try:
            with self._on_the_clock():
                return Unpacking(arrived, self._handle).value(reply.value)
        except (WireError, ValueError, OverflowError, RecursionError) as problem:
            self.close()
            raise ProgramRefused(f"Its answer broke the format in which answers come: {problem}.") from None

    def _exchange(self, request: Question, body: bytes | bytearray) -> tuple[Returned | Loaded, memoryview]:
        """One question and its answer, on the clock; anything but an answer is raised."""
        assert self._worker is not None
        left = self._allowance.total - self._spent
        if left <= 0:
            raise OutOfTime(f"Not run: the {self._allowance.total:g} s for the whole file were used up before.")
        try:
            with self._on_the_clock():
                seconds = min(left, self._allowance.call)
                reply, arrived = self._worker.ask(request, body, seconds, self._filename, self._hanging)
        except (ProgramTimeout, ProgramCrashed) as failure:
            self.close()
            if isinstance(failure, ProgramTimeout) and failure.line:
                self._hung[failure.line] += 1
            raise (failure.placed(place(self._source, failure.line)) if failure.line else failure) from None
        except ProgramFailure:
            self.close()
            raise
        if isinstance(reply, Returned | Loaded):
            return reply, arrived
        raise _failure(reply, self._source)

    @property
    def _hanging(self) -> list[int]:
        """The lines at which it ran out of time twice: it isn't waited for there as long again."""
        return [line for line, times in self._hung.items() if times > 1]

    @contextlib.contextmanager
    def _on_the_clock(self) -> Iterator[None]:
        """What happens here counts towards the time of the whole file."""
        started = time.monotonic()
        try:
            yield
        finally:
            self._spent += time.monotonic() - started

    def _handle(self, node: HandleNode) -> Handle:
        self._lent = True
        return Handle(self, self._generation, node.number, node.type)

    def _number_of(self, value: Any) -> int | None:
        return self._number(value) if isinstance(value, Handle) else None

    def _number(self, handle: Handle) -> int:
        program, generation, number = handle._place
        if program is not self:
            raise ForeignObject
        if generation != self._generation or self._worker is None:
            raise _lost()
        return number

    def _target(self, target: Handle | Module | None, packing: Packing) -> int | ModuleTarget | None:
        if isinstance(target, Module):
            return target.target(packing, self._generation)
        return None if target is None else self._number(target)


def _lost() -> ProgramFailure:
    return ProgramFailure("Not asked: the object was lost when the program stopped in an earlier call.")


def _error(raised: Raised, source: str) -> ProgramError:
    """What the program raised; a line of a notebook is told as a line of its cell."""
    places = [
        (line.module and f"{line.module}, line {line.number}") or place(source, line.number) for line in raised.lines
    ]
    return ProgramError(raised.type, raised.message, raised.bases, raised.lines, raised.column, places)


def _failure(reply: Any, source: str) -> ProgramFailure:
    if isinstance(reply, Raised):
        return _error(reply, source)
    if isinstance(reply, Missing):
        return ProgramMissing(reply.name, reply.found, reply.module)
    assert isinstance(reply, Refused)
    return ProgramRefused(f"Its answer {reply.reason}.")


class ProgramProxy:
    """What checks hold: `program.tanh_jacobian(h, …)` asks for a function of the program."""

    def __init__(self, program: Program) -> None:
        self._program = program

    def __getattr__(self, name: str) -> Function:
        if name.startswith("__"):
            raise AttributeError(name)
        return Function(self._program, name)

    def __setattr__(self, name: str, value: Any) -> None:
        if name != "_program":
            raise AttributeError(f"a check can't set {name!r} of a program, only attributes of its objects")
        super().__setattr__(name, value)


@dataclass(frozen=True)
class Function:
    """A function or class of a program, by name: calling it asks. Raises ProgramFailure when called."""

    program: Program
    name: str

    def __call__(self, *arguments: Any, **keywords: Any) -> Any:
        return self.program.call(None, self.name, arguments, keywords)


class Handle:
    """An object that stays behind the wall: call it, read an attribute of it or set one. Raises ProgramFailure."""

    __slots__ = ("_place", "_type")
    _place: tuple[Program, int, int]
    _type: str

    def __init__(self, program: Program, generation: int, number: int, type: str) -> None:
        object.__setattr__(self, "_place", (program, generation, number))
        object.__setattr__(self, "_type", type)

    def __call__(self, *arguments: Any, **keywords: Any) -> Any:
        return self._place[0].call(self, "", arguments, keywords)

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        return self._place[0].get(self, name)

    def __setattr__(self, name: str, value: Any) -> None:
        if name.startswith("__"):
            raise AttributeError(f"a check can't set {name!r} of an object")
        self._place[0].set(self, name, value)

    def __repr__(self) -> str:
        return f"<an object of type {self._type}>"


class Module:
    """A `torch.nn.Module` behind the wall: what builds it, and the values of its parameters.

    The first question builds it, fills it and asks it in one trip; then it stands, and keeps what its calls left in it.
    Every question raises ProgramFailure, for what failed while it was built too.
    """

    def __init__(self, function: Function, arguments: tuple[Any, ...], parameters: dict[str, Any]) -> None:
        self._program, self._name, self._arguments = function.program, function.name, arguments
        self._number = self._program.new_number()
        self._generation: int | None = None
        self._parameters = dict(parameters)
        self._values = dict(parameters)

    def __setattr__(self, name: str, value: Any) -> None:
        if not name.startswith("_"):
            raise AttributeError(f"a check can't set {name!r} of a module; its parameters are set by set({{…}})")
        super().__setattr__(name, value)

    def set(self, parameters: dict[str, Any]) -> None:
        """Give some parameters other values, from the next question on."""
        self._parameters |= parameters
        self._values |= parameters

    @property
    def name(self) -> str:
        """The function that builds it."""
        return self._name

    @property
    def number(self) -> int:
        """What tells it from every other module of its program."""
        return self._number

    @property
    def built(self) -> tuple[tuple[Any, ...], dict[str, Any]]:
        """What it is built with, and the values that its parameters were given so far."""
        return self._arguments, dict(self._values)

    def __call__(self, *arguments: Any, **keywords: Any) -> Any:
        return self._asked(self._program.call(self, "", arguments, keywords))

    def state_gradient(self, sequence: Any, state: Any) -> Any:
        """∂(sum of the last state)/∂(first state) after `state = module(x, state)` for every x."""
        return self._asked(self._program.state_gradient(self, sequence, state))

    def parameter_gradients(self, *arguments: Any) -> dict[str, Any]:
        """∂(sum of `module(*arguments)`)/∂parameter, by the parameters' names."""
        gradients = self._asked(self._program.parameter_gradients(self, arguments))
        if not isinstance(gradients, dict):
            raise ProgramFailure("Its parameters' gradients can't be asked for.")
        return gradients

    def target(self, packing: Packing, generation: int) -> ModuleTarget:
        """This module as a request names it, to the worker of this generation."""
        if self._generation not in (None, generation):
            raise _lost()
        self._generation = generation
        arguments = [packing.node(argument) for argument in self._arguments]
        parameters = {name: packing.node(value) for name, value in self._parameters.items()}
        return ModuleTarget(self.number, self.name, arguments, parameters)

    def _asked(self, answer: Any) -> Any:
        self._parameters = {}  # they are in it now
        return answer


def module(build: Function, *arguments: Any, parameters: dict[str, Any] | None = None) -> Module:
    """What `build(*arguments)` makes, with these values (arrays or tensors, with their dtype) in its parameters."""
    return Module(build, arguments, parameters or {})


__all__ = [
    "Allowance",
    "Handle",
    "Opaque",
    "Program",
    "ProgramProxy",
    "module",
]
