"""The judge's end of one worker: ask within a time limit, keep what it prints, and be sure that it ends.

Everything that arrives here was written by a stranger: lengths are capped before memory is taken, and nothing that
doesn't fit the format is believed. It must not know what the questions are about, nor what the connection is made of.
"""

from __future__ import annotations

import contextlib
import re
import time
from collections.abc import Callable, Collection

from autograder.language import later, tr
from autograder.sandbox import refusals, wire
from autograder.sandbox.connection import MAX_OUTPUT as MAX_OUTPUT
from autograder.sandbox.connection import Connection
from autograder.sandbox.failures import ProgramCrashed, ProgramFailure, ProgramTimeout, broken_format

_READY = 20.0
_TELL = 1.0
#: The part of its time after which a program is looked at that hung before.
EARLY = 8
_TRACE_LINE = re.compile(rb'^  File "(?P<file>[^"\n]*)", line (?P<line>\d+) in ', re.MULTILINE)
#: What a trace says where compiled code went wrong: on POSIX, and on Windows.
_FAULTS = (b"Segmentation fault", b"Windows fatal exception: access violation")


class Worker:
    """One process that holds one program. `layers` lists what it reported to be in force, outermost first.

    `received` counts the bytes of its answers.
    """

    def __init__(self, connection: Connection, outer: list[str], patience: float = _READY) -> None:
        """`patience`: seconds that it has to be ready."""
        self.received = 0
        self._closed = False
        self._connection = connection
        self._asking = 0  # questions that wait for their answers: more than one where they are asked in a callback
        self.layers = [*outer, *self._ready(patience)]

    def ask(
        self,
        request: wire.Question,
        body: bytes | bytearray,
        seconds: float,
        filename: str,
        call_back: Callable[[wire.Callback, memoryview, float], bytes] | None = None,
        hung: Collection[int] = (),
    ) -> tuple[wire.Reply, memoryview]:
        """The reply to one request, within `seconds`; who is at a line of `hung` after an eighth of them is stopped.

        `call_back` gives the frame with which a callback of the program's is answered, and may ask it meanwhile; it is
        told the seconds that are left. What it raises is raised, and then this worker is closed. Raises
        ProgramTimeout, ProgramCrashed or ProgramRefused, and then this worker is closed, too; TypeError for a question
        that can't cross.
        """
        try:
            question = wire.frame(request, body)
        except wire.CannotCross as problem:
            raise refusals.unsendable(later("what is asked"), problem) from None
        until = time.monotonic() + seconds
        self._connection.begin(seconds)
        self._asking += 1
        try:
            self._connection.send(question, until)
            if hung:
                self._look(hung, seconds / EARLY, filename)
            reply, arrived = self._answer(request, until, call_back)
        except (TimeoutError, ConnectionError, EOFError, wire.WireError) as problem:
            try:
                raise self._failure(problem, seconds, filename) from problem
            finally:
                self.close()
        except BaseException:
            self.close()
            raise
        finally:
            self._asking -= 1
        if not self._asking:
            self._connection.end()
        return reply, arrived

    def _answer(
        self,
        request: wire.Question,
        until: float,
        call_back: Callable[[wire.Callback, memoryview, float], bytes] | None,
    ) -> tuple[wire.Reply, memoryview]:
        """The reply, once every callback before it is answered."""
        reply, arrived = self._reply(until)
        while isinstance(reply, wire.Callback) and call_back is not None and reply.number == request.number:
            answer = call_back(reply, arrived, until - time.monotonic())
            if self._closed:
                raise ProgramCrashed(tr("It stopped while a function that it called asked it something else."))
            self._connection.send(answer, until)
            reply, arrived = self._reply(until)
        if isinstance(reply, wire.Ready | wire.Callback) or reply.number != request.number:
            raise wire.WireError("a frame out of its turn")
        return reply, arrived

    def _failure(self, problem: Exception, seconds: float, filename: str) -> ProgramFailure:
        """What went wrong with the connection, as the program's failure."""
        if isinstance(problem, TimeoutError):
            line = None if self._closed else _line(self._connection.trace(filename), filename)
            return ProgramTimeout(seconds, line)
        return broken_format() if isinstance(problem, wire.WireError) else ProgramCrashed(*self._death(filename))

    def notify(self, request: wire.Request) -> None:
        """Send what has no reply; a worker that can't take it shows that at the next question."""
        with contextlib.suppress(TimeoutError, ConnectionError):
            self._connection.send(wire.frame(request), time.monotonic() + _TELL)

    @property
    def closed(self) -> bool:
        """Whether it has ended: by itself, or with the process that it shared."""
        return self._closed or self._connection.lost

    def _ready(self, patience: float) -> list[str]:
        """The layers that it has taken on. Raises ProgramCrashed if it doesn't come that far."""
        with contextlib.suppress(TimeoutError, ConnectionError, EOFError, wire.WireError):
            reply, _ = self._reply(time.monotonic() + patience)
            if isinstance(reply, wire.Ready):
                return reply.layers
        self.close()
        raise ProgramCrashed(tr("The process for it did not start: too little memory, or too many processes."))

    def printed(self) -> bytes:
        """What it has printed so far, cut at `MAX_OUTPUT` bytes."""
        return self._connection.printed

    def close(self) -> None:
        """Kill the process and release everything; what was printed stays readable."""
        if not self._closed:
            self._closed = True
            self._connection.close()

    def _reply(self, until: float) -> tuple[wire.Reply, memoryview]:
        header_size, body_size = wire.lengths(self._connection.receive(wire.PREFIX.size, until))
        self.received += header_size + body_size
        view = memoryview(self._connection.receive(header_size + body_size, until))
        return wire.parse(wire.reply_decoder, view[:header_size]), view[header_size:]

    def _look(self, hung: Collection[int], seconds: float, filename: str) -> None:
        """Wait for the beginning of a reply; raise ProgramTimeout if there is none, and it is where it hung before."""
        try:
            self._connection.wait(time.monotonic() + seconds)
        except TimeoutError:
            line = _line(self._connection.trace(filename), filename)
            if line in hung:
                raise ProgramTimeout(seconds, line, again=True) from None

    def _death(self, filename: str) -> tuple[str, int | None]:
        trace = self._connection.trace(filename, ended=True)
        line = _line(trace, filename)
        if any(fault in trace for fault in _FAULTS):
            return tr("It crashed: a segmentation fault, in compiled code that it called."), line
        if b"Fatal Python error" in trace:
            return tr("It crashed: a fatal error in the interpreter."), line
        return tr("It ended its own process instead of answering (os._exit, or a limit that it ran into)."), line


def _line(trace: bytes, filename: str) -> int | None:
    """The line of a file that a trace names first; a program may have tampered with it, then perhaps None."""
    for match in _TRACE_LINE.finditer(trace):
        if match["file"].decode(errors="replace") == filename and len(match["line"]) < 8:
            return int(match["line"])
    return None
