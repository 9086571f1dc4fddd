"""One worker: loads a program, and answers the judge's questions about it until it is killed.

It must hold nothing that a hostile program could want: no check, no expected value, no other program. What it replies
is the program's own word. A program that tampers with this module only spoils its own answers.
"""

from __future__ import annotations

import builtins
import contextlib
import io
import linecache
import os
import sys
import threading
import traceback
import types
from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import TYPE_CHECKING, Any, Protocol

from autograder.sandbox import wire
from autograder.sandbox.inside import beside, differentiate, loading, operations, scripts
from autograder.sandbox.inside.scratch import Folder
from autograder.sandbox.inside.side_effects import caught_warnings, changed_arguments
from autograder.sandbox.inside.tracing import Seen, tracing
from autograder.sandbox.inside.values import Leaving, NoSuchName, Objects, enter, enter_built
from autograder.sandbox.inside.versions import tried
from autograder.several_files import lines_of

if TYPE_CHECKING:
    from autograder.sandbox.inside.shared_state import Taken

#: Frames of the stack that a call back to the judge may take.
_ROOM = 100


class Channel(Protocol):
    """What leads to the judge: a socket, or what can do as much."""

    def recv_into(self, buffer: memoryview, /) -> int: ...

    def sendall(self, data: bytes, /) -> None: ...


class Served:
    """The programs of this process, by number: one behind the wall, elsewhere all of the course's.

    `watch`: a context in which a question is answered that may take so many seconds.
    """

    def __init__(self, channel: Channel, watch: Callable[[float], AbstractContextManager[None]] | None = None) -> None:
        self.channel = channel
        self._watch = watch
        self._seconds = 0.0
        self._programs = {0: Program(channel, self)}
        self._number = 0
        self._shared: dict[int, Taken] = {}
        self._put_back: Taken | None = None

    def serve(self) -> None:
        """Answer requests until the judge hangs up."""
        while (received := self.next()) is not None:
            request, body = received
            if self._watch is None or type(request) is wire.Forget:
                self.answer(request, body)
            else:
                with self._watch(self._seconds):
                    self.answer(request, body)

    def next(self) -> tuple[wire.Request, memoryview] | None:
        """The next request that is put to a program."""
        while (received := _receive(self.channel)) is not None and type(received[0]) is wire.Turn:
            self._turn(received[0])
        return received

    def answer(self, request: wire.Request, body: memoryview) -> None:
        program = self._programs[self._number]
        if type(request) is wire.Forget:  # a program may have patched `isinstance`: it is still answered, by an error
            program.forget()
        else:
            self.channel.sendall(program.answer(request, body))  # type: ignore[arg-type]  # narrowed by the line above

    def _turn(self, turn: wire.Turn) -> None:
        """Go on with another program: what all programs of a process share is as that one left it."""
        self._seconds = turn.seconds
        if turn.number == self._number and not turn.over:
            return
        from autograder.sandbox.inside import shared_state

        now = self._shared[self._number] = shared_state.taken(self._put_back)
        self._number = turn.number
        if turn.over:
            self._programs.pop(turn.number, None)
            self._shared.pop(turn.number, None)
            self._number = 0
        begins = self._number not in self._programs
        program = self._programs.setdefault(self._number, Program(self.channel, self))
        program.enter()
        self._put_back = self._shared.get(self._number, self._shared[0])  # nobody asks program 0: it knows the start
        self._put_back.put_back(now)
        if begins:
            self.channel.sendall(wire.frame(wire.Ready([])))


def _make_sure_of_room(frames: int) -> None:
    """Raise RecursionError, if so many frames deeper one would be: half an exchange would spoil all that follow."""
    if frames:
        _make_sure_of_room(frames - 1)


def take_over_output(output: int) -> None:
    """Point stdout and stderr at `output`, unbuffered, and stdin at nothing."""
    nothing = os.open(os.devnull, os.O_RDONLY)
    os.dup2(nothing, 0)
    os.close(nothing)
    os.dup2(output, 1)
    os.dup2(output, 2)
    sys.stdin = open(0, encoding="utf-8", closefd=False)  # noqa: SIM115 - lives as long as the worker
    for name, descriptor in (("stdout", 1), ("stderr", 2)):
        raw = io.FileIO(descriptor, "w", closefd=False)
        text = io.TextIOWrapper(raw, encoding="utf-8", errors="replace", write_through=True)
        setattr(sys, name, text)
        setattr(sys, f"__{name}__", text)


def _receive(connection: Channel) -> tuple[wire.Request, memoryview] | None:
    prefix = _exactly(connection, wire.PREFIX.size)
    if prefix is None:
        return None
    header_size, body_size = wire.lengths(prefix)
    data = _exactly(connection, header_size + body_size)
    if data is None:
        return None
    view = memoryview(data)
    return wire.parse(wire.request_decoder, view[:header_size]), view[header_size:]


def _exactly(connection: Channel, count: int) -> bytearray | None:
    data = bytearray(count)
    view = memoryview(data)
    while view.nbytes:
        received = connection.recv_into(view)
        if not received:
            return None
        view = view[received:]
    return data


class Program:
    """The loaded program and the objects that it handed out."""

    def __init__(self, connection: Channel, served: Served) -> None:
        self._connection, self._served = connection, served
        self._module = types.ModuleType("submission")
        self._objects = Objects(self._named, self._lend)
        self._modules: dict[int, Any] = {}
        self._filename = ""
        self._lines: tuple[int, None, list[str], str] | None = None
        self._folder: Folder | None = None  # with what a check laid into it
        self._asked = 0  # the number of the question that is being answered; 0: none
        self._calling_back = threading.RLock()

    def enter(self) -> None:
        """Take back the names that programs of one process share."""
        for module in (self._module, *vars(self._module).get(loading.PARTS, ())):
            sys.modules[module.__name__] = module
        if self._lines:
            linecache.cache[self._filename] = self._lines

    def forget(self) -> None:
        self._objects = Objects(self._named, self._lend)
        self._modules.clear()

    def answer(self, request: wire.Question, body: memoryview) -> bytes:
        """One frame for one request, whatever the program does, short of dying."""
        asked_before, self._asked = self._asked, request.number
        folder = None if asked_before else self._folder  # in a call back it stands already
        try:
            with folder.installed() if folder else contextlib.nullcontext():
                return self._answer(request, body)
        finally:
            self._asked = asked_before

    def _answer(self, request: wire.Question, body: memoryview) -> bytes:
        try:
            reply, leaving = self._reply(request, body)
            return wire.frame(reply, leaving.body)
        except NoSuchName as missing:
            found, kind = _shortened(missing.found), missing.module[: wire.MAX_NAME]
            return wire.frame(wire.Missing(request.number, missing.name, found, kind, missing.buffer))
        except wire.CannotCross as problem:
            return wire.frame(wire.Refused(request.number, problem.reason, _filled(problem.values)))
        except BaseException as problem:  # SystemExit and KeyboardInterrupt too: they are the program's answer
            return self._failed(request.number, problem)

    def _reply(self, request: wire.Question, body: memoryview) -> tuple[wire.Reply, Leaving]:
        leaving = Leaving(self._objects)
        if isinstance(request, wire.Load):
            return self._load(request, body), leaving
        if isinstance(request, wire.Call):
            return self._call(request, body, leaving), leaving
        if isinstance(request, wire.Get):
            value = _attribute(self._owner(request.target, body), request.name)
            return wire.Returned(request.number, leaving.node(value)), leaving
        if isinstance(request, wire.Set):
            value = enter(request.value, body, self._objects)
            if request.target is None:
                loading.give(self._module, request.name, value)
            else:
                setattr(self._owner(request.target, body), request.name, value)
            return wire.Returned(request.number, None), leaving
        if isinstance(request, wire.Apply):
            operands = [enter(node, body, self._objects) for node in request.operands]
            return wire.Returned(request.number, leaving.node(operations.apply(request.operation, operands))), leaving
        if isinstance(request, wire.Script):
            self._filename = request.filename
            return wire.Returned(
                request.number, leaving.node(scripts.printed(request, _source(request, body)))
            ), leaving
        if isinstance(request, wire.Lay):
            self._folder = Folder(request.files)
            return wire.Returned(request.number, None), leaving
        if isinstance(request, wire.TryVersions):
            return tried(request, body, self._lend)
        return self._differentiate(request, body, leaving), leaving

    def _load(self, request: wire.Load, body: memoryview) -> wire.Loaded:
        source = _source(request, body)
        self._filename = request.filename
        self._module = types.ModuleType(request.filename.removesuffix(".py"))
        self._module.__file__ = request.filename
        # inspect.getsource, torch.jit and tracebacks read the source here: there is no file to read it from.
        lines = lines_of(source)
        self._lines = (len(source), None, lines, request.filename)
        self.enter()
        raised = loading.run(self._module, request.filename, source, request.asked)
        told = [self._raised(request.number, problem) for problem in raised[: wire.MAX_RAISED]]
        return wire.Loaded(request.number, told, _values(self._module))

    def _owner(self, target: wire.ModuleTarget | int | str | None, body: memoryview) -> Any:
        """What a request is about: a torch module, an object that was handed out, a name, or the program itself."""
        if isinstance(target, wire.ModuleTarget):
            return self._torch_module(target, body)
        if isinstance(target, str):
            return self._named(target)
        return self._module if target is None else self._objects.get(target)

    def _named(self, name: str) -> Any:
        return _attribute(self._module, name)

    def _lend(self, number: int, name: str) -> Callable[..., Any]:
        """A function of the program's that calls the judge's of this number."""

        def function(*arguments: Any, **keywords: Any) -> Any:
            with self._calling_back:
                return self._call_back(number, arguments, keywords)

        function.__name__ = function.__qualname__ = name or "function"
        return function

    def _call_back(self, number: int, arguments: tuple[Any, ...], keywords: dict[str, Any]) -> Any:
        """What the judge's function returns, or raise what it raises; what it asks meanwhile is answered."""
        if not self._asked:
            raise RuntimeError("this function can be called while a question is answered, and not between questions")
        _make_sure_of_room(_ROOM)
        leaving = Leaving(self._objects)
        nodes = [leaving.node(argument) for argument in arguments]
        named = {name: leaving.node(value) for name, value in keywords.items()}
        self._connection.sendall(wire.frame(wire.Callback(self._asked, number, nodes, named), leaving.body))
        while True:
            received = self._served.next()
            if received is None:
                os._exit(0)
            request, body = received
            if isinstance(request, wire.Answered):
                return enter(request.value, body, self._objects)
            if isinstance(request, wire.Threw):
                raise operations.exception(request.type, request.bases, request.message)
            self._served.answer(request, body)  # the judge waits, so it asks

    def _torch_module(self, target: wire.ModuleTarget, body: memoryview) -> Any:
        """The module that is asked, made ready; built if it doesn't stand yet."""
        built = enter_built(target.built, body, self._objects)
        if target.number not in self._modules:
            self._modules[target.number] = _attribute(self._module, target.name)(*built.arguments)
        module = self._modules[target.number]
        differentiate.prepare(module, built)
        return module

    def _call(self, request: wire.Call, body: memoryview, leaving: Leaving) -> wire.Reply:
        owner = self._owner(request.target, body)
        function = _attribute(owner, request.name) if request.name else owner
        arguments = [enter(node, body, self._objects) for node in request.arguments]
        keywords = {name: enter(node, body, self._objects) for name, node in request.keywords.items()}
        with (
            caught_warnings() as caught,
            tracing(self._filename) if request.trace else contextlib.nullcontext(Seen()) as seen,
        ):
            value = function(*arguments, **keywords)
        changed = changed_arguments(function, request.arguments, arguments, request.keywords, keywords, body)
        lines = (_within(line, wire.MAX_LINE_NUMBER) for line in (seen.nan, seen.end))
        return wire.Returned(request.number, leaving.node(value), changed[: wire.MAX_NAMES], caught, *lines)

    def _differentiate(self, request: wire.Differentiate, body: memoryview, leaving: Leaving) -> wire.Reply:
        function = self._owner(request.target, body)
        arguments = [enter(node, body, self._objects) for node in request.arguments]
        weights = enter(request.weights, body, self._objects)
        gradient = differentiate.gradient(request.by, function, arguments, weights)
        return wire.Returned(request.number, leaving.node(gradient))

    def _failed(self, number: int, problem: BaseException) -> bytes:
        """The frame of an exception; its class can be a hostile one, of which no part can be read."""
        try:
            return wire.frame(self._raised(number, problem))
        except BaseException:
            return wire.frame(wire.Raised(number, "Exception", [], "(it could not be read)", []))

    def _raised(self, number: int, problem: BaseException) -> wire.Raised:
        kind = type(problem)
        bases = [base.__name__ for base in kind.__mro__ if getattr(builtins, base.__name__, None) is base]
        message = _text_of(problem)
        lines = [
            self._line(frame.lineno, frame.name, frame.line or "", frame.filename)
            for frame in traceback.extract_tb(problem.__traceback__)
            if self._is_own(frame.filename)
        ]
        column = 0
        if isinstance(problem, SyntaxError) and self._is_own(str(problem.filename)):
            message = _text_of(problem.msg)
            text = _text_of(problem.text or "").rstrip("\n")
            lines.append(self._line(problem.lineno, "", text, str(problem.filename)))
            column = _within(problem.offset, wire.MAX_SENTENCE)
        name = _text_of(kind.__name__)[: wire.MAX_NAME]
        return wire.Raised(number, name, _shortened(bases), message, lines[-wire.MAX_LINES :], column)

    def _is_own(self, filename: str) -> bool:
        """Whether a file is the program's, or one beside it."""
        return filename == self._filename or beside.is_beside(filename)

    def _line(self, number: object, function: str, text: str, filename: str) -> wire.Line:
        """A line of one of its files as it may cross."""
        module = "" if filename == self._filename else filename[: wire.MAX_NAME]
        number = _within(number, wire.MAX_LINE_NUMBER)
        return wire.Line(number, function[: wire.MAX_NAME], text[: wire.MAX_SENTENCE], module)


def _source(request: wire.Load | wire.Script, body: memoryview) -> str:
    """The program's source, when the modules beside it, whose sources follow it, have been installed."""
    size = len(body) - sum(size for _, size in request.modules)
    source, start, texts = bytes(body[:size]).decode(), size, {}
    for name, size in request.modules:
        texts[name] = bytes(body[start : start + size]).decode()
        start += size
    beside.install(texts)
    return source


def _text_of(problem: object) -> str:
    """The text of an exception or of a part of it, cut; one that itself raises is replaced by a note."""
    try:
        return str(problem)[: wire.MAX_MESSAGE].encode("utf-8", "replace").decode()
    except BaseException:
        return "(its text could not be read)"


def _within(number: object, most: int) -> int:
    """A line or column as it may cross; a program can put anything in its place."""
    return min(max(number, 0), most) if isinstance(number, int) else 0


def _filled(values: dict[str, int | str]) -> dict[str, int | str]:
    """What fills a reason's sentence, as it may cross."""
    return {name: each if type(each) is int else _text_of(each)[: wire.MAX_SENTENCE] for name, each in values.items()}


def _shortened(names: list[str]) -> list[str]:
    return [name[: wire.MAX_NAME] for name in names[: wire.MAX_NAMES]]


def _attribute(owner: Any, name: str) -> Any:
    """Raises NoSuchName."""
    if not hasattr(owner, name):
        raise NoSuchName(name, _names(owner))
    return getattr(owner, name)


def _is_of(value: Any, module: types.ModuleType) -> bool:
    return getattr(value, "__module__", None) == module.__name__


def _values(module: types.ModuleType) -> list[str]:
    """The names under which a program has something that is no function, class or module."""
    names = [
        name
        for each in (module, *vars(module).get(loading.PARTS, ()))
        for name, value in list(vars(each).items())
        if not name.startswith("__") and not callable(value) and not isinstance(value, types.ModuleType)
    ]
    return [name for name in names if len(name) <= wire.MAX_NAME][: wire.MAX_VALUES]


def _names(owner: Any) -> list[str]:
    """The public callables (of a program) or public names (of an object) to suggest from."""
    names = [name for name in dir(owner) if not name.startswith("_")]
    if isinstance(owner, types.ModuleType):
        parts = vars(owner).get(loading.PARTS, [owner])
        own = (name for part in parts for name, value in vars(part).items() if _is_of(value, part))
        names = sorted({name for name in own if not name.startswith("_")})
    return names
