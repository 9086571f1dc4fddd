"""The judge's end of one worker: ask within a time limit, keep what it prints, and be sure that it ends.

Everything that arrives here was written by a stranger: lengths are capped before memory is taken, and nothing that
doesn't fit the format is believed. It must not know what the questions are about.
"""

from __future__ import annotations

import contextlib
import os
import re
import select
import signal
import socket
import time
from collections.abc import Callable, Collection
from dataclasses import dataclass

from autograder.language import tr
from autograder.sandbox.failures import ProgramCrashed, ProgramTimeout, broken_format
from autograder.sandbox.wire import (
    PREFIX,
    Callback,
    Question,
    Ready,
    Reply,
    Request,
    WireError,
    frame,
    lengths,
    parse,
    reply_decoder,
)

MAX_OUTPUT = 64 << 10
_MAX_TRACE = 64 << 10
_READY = 20.0
_TELL = 1.0
_CHUNK = 1 << 16
#: Seconds to wait for a hung worker to say at which line it is.
_TRACE_PATIENCE = 0.3
#: The part of its time after which a program is looked at that hung before.
_EARLY = 8
_TRACE_LINE = re.compile(r'^  File "(?P<file>[^"\n]*)", line (?P<line>\d+) in ', re.MULTILINE)


@dataclass(frozen=True)
class WorkerProcess:
    """A process to signal: by its pidfd where there is one, else by its pid."""

    pid: int
    handle: int | None

    def send(self, number: signal.Signals) -> None:
        try:
            if self.handle is not None:
                signal.pidfd_send_signal(self.handle, number)
            else:
                os.kill(self.pid, number)
        except ProcessLookupError:
            pass

    def close(self) -> None:
        """Kill it and let it go."""
        self.send(signal.SIGKILL)
        if self.handle is not None:
            os.close(self.handle)


class Worker:
    """One confined process that holds one program. `layers` lists what it reported to be in force, outermost first.

    `received` counts the bytes of its answers. `trusted` (set by whoever holds it): it runs a program of the course,
    which need not be stopped between questions.
    """

    def __init__(
        self, connection: socket.socket, output: int, trace: int, process: WorkerProcess, outer: list[str]
    ) -> None:
        self.trusted = False
        self.received = 0
        self._connection, self._output, self._trace, self._process = connection, output, trace, process
        self._arrived = bytearray()
        self._printed = bytearray()
        self._traced = bytearray()
        self._closed = False
        self._asking = 0  # questions that wait for their answers: more than one where they are asked in a callback
        connection.setblocking(False)
        os.set_blocking(output, False)
        os.set_blocking(trace, False)
        self.layers = [*outer, *self._ready()]

    def ask(
        self,
        request: Question,
        body: bytes | bytearray,
        seconds: float,
        filename: str,
        call_back: Callable[[Callback, memoryview, float], bytes] | None = None,
        hung: Collection[int] = (),
    ) -> tuple[Reply, memoryview]:
        """The reply to one request, within `seconds`; who is at a line of `hung` after an eighth of them is stopped.

        `call_back` gives the frame with which a callback of the program's is answered, and may ask it meanwhile; it is
        told the seconds that are left. What it raises is raised, and then this worker is closed. Raises
        ProgramTimeout, ProgramCrashed or ProgramRefused, and then this worker is closed, too.
        """
        deadline = _Deadline(seconds)
        if not self.trusted:
            self._process.send(signal.SIGCONT)
        self._asking += 1
        try:
            self._send(frame(request, body), deadline)
            if hung:
                self._look(hung, seconds / _EARLY, filename)
            reply, arrived = self._reply(deadline)
            while isinstance(reply, Callback) and call_back is not None and reply.number == request.number:
                answer = call_back(reply, arrived, deadline.left())
                if self._closed:
                    raise ProgramCrashed(tr("It stopped while a function that it called asked it something else."))
                self._send(answer, deadline)
                reply, arrived = self._reply(deadline)
            if isinstance(reply, Ready | Callback) or reply.number != request.number:
                raise WireError("a frame out of its turn")
        except TimeoutError:
            line = None if self._closed else self._hanging_line(filename)
            self.close()
            raise ProgramTimeout(seconds, line) from None
        except (ConnectionError, EOFError):
            reason, line = self._death(filename)
            self.close()
            raise ProgramCrashed(reason, line) from None
        except WireError as problem:
            self.close()
            raise broken_format(problem) from None
        except BaseException:
            self.close()
            raise
        finally:
            self._asking -= 1
        # Nothing of it runs off the clock: no thread that computes on, or slows down the programs asked meanwhile.
        if not self.trusted and not self._asking:
            self._process.send(signal.SIGSTOP)
        self._drain()
        return reply, arrived

    def notify(self, request: Request) -> None:
        """Send what has no reply; a worker that can't take it shows that at the next question."""
        with contextlib.suppress(TimeoutError, ConnectionError):
            self._send(frame(request), _Deadline(_TELL))

    def _ready(self) -> list[str]:
        """The layers that it has taken on. Raises ProgramCrashed if it doesn't come that far."""
        with contextlib.suppress(TimeoutError, ConnectionError, EOFError, WireError):
            reply, _ = self._reply(_Deadline(_READY))
            if isinstance(reply, Ready):
                return reply.layers
        self.close()
        raise ProgramCrashed(tr("The process for it did not start: too little memory, or too many processes."))

    def printed(self) -> bytes:
        """What it has printed so far, cut at `MAX_OUTPUT` bytes."""
        return bytes(self._printed)

    def close(self) -> None:
        """Kill the process and release everything; what was printed stays readable."""
        if self._closed:
            return
        self._closed = True
        self._process.close()
        self._drain()
        self._connection.close()
        os.close(self._output)
        os.close(self._trace)

    def _send(self, data: bytes, deadline: _Deadline) -> None:
        view = memoryview(data)
        while view.nbytes:
            try:
                view = view[self._connection.send(view) :]
            except BlockingIOError:
                self._wait(select.POLLOUT, deadline)

    def _reply(self, deadline: _Deadline) -> tuple[Reply, memoryview]:
        header_size, body_size = lengths(self._exactly(PREFIX.size, deadline))
        self.received += header_size + body_size
        header = self._exactly(header_size, deadline)
        body = self._exactly(body_size, deadline)
        return parse(reply_decoder, header), memoryview(body)

    def _exactly(self, count: int, deadline: _Deadline) -> bytearray:
        """Exactly `count` bytes; memory is taken as they arrive, not as they are announced."""
        while len(self._arrived) < count:
            self._wait(select.POLLIN, deadline)
            chunk = self._connection.recv(_CHUNK)
            if not chunk:
                raise EOFError
            self._arrived += chunk
            if deadline.left() <= 0:  # a slow drip of bytes never blocks, and must not outlast the limit
                raise TimeoutError
        data = self._arrived[:count]
        del self._arrived[:count]
        return data

    def _wait(self, events: int, deadline: _Deadline) -> None:
        """Wait for the connection, and meanwhile drain what the program prints."""
        poll = select.poll()
        poll.register(self._connection, events)
        poll.register(self._output, select.POLLIN)
        while True:
            ready = dict(poll.poll(max(0.0, deadline.left()) * 1000))
            if self._output in ready and not self._drain_output():
                poll.unregister(self._output)
            if self._connection.fileno() in ready:
                return
            if deadline.left() <= 0:
                raise TimeoutError

    def _drain(self) -> None:
        """Take what is there of output, without waiting."""
        for _ in range(2 * MAX_OUTPUT // _CHUNK + 1):  # a program that never stops printing is not waited for
            if not self._drain_output():
                break

    def _drain_output(self) -> bool:
        """Read one chunk of output; False where there is none."""
        try:
            chunk = os.read(self._output, _CHUNK)
        except BlockingIOError:
            return False
        room = MAX_OUTPUT - len(self._printed)
        self._printed += chunk[:room]
        return bool(chunk)

    def _look(self, hung: Collection[int], seconds: float, filename: str) -> None:
        """Wait for the beginning of a reply; raise ProgramTimeout if there is none, and it is where it hung before."""
        try:
            self._wait(select.POLLIN, _Deadline(seconds))
        except TimeoutError:
            line = self._hanging_line(filename)
            self._traced.clear()
            if line in hung:
                self.close()
                raise ProgramTimeout(seconds, line, again=True) from None

    def _hanging_line(self, filename: str) -> int | None:
        """Ask a hung program's C signal handler where it is; it may have been tampered with, then None."""
        self._process.send(signal.SIGUSR1)
        return self._traced_line(filename)

    def _traced_line(self, filename: str) -> int | None:
        deadline = _Deadline(_TRACE_PATIENCE)
        poll = select.poll()
        poll.register(self._trace, select.POLLIN)
        # The time left is taken once a turn: a negative one would have `poll` wait for ever.
        while (left := deadline.left()) > 0 and len(self._traced) < _MAX_TRACE and poll.poll(left * 1000):
            chunk = os.read(self._trace, _CHUNK)
            self._traced += chunk
            if not chunk or self._last_line(filename) is not None:
                break
        return self._last_line(filename)

    def _last_line(self, filename: str) -> int | None:
        for match in _TRACE_LINE.finditer(self._traced.decode(errors="replace")):
            if match["file"] == filename and len(match["line"]) < 8:
                return int(match["line"])
        return None

    def _death(self, filename: str) -> tuple[str, int | None]:
        line = self._traced_line(filename)
        if b"Segmentation fault" in self._traced:
            return tr("It crashed: a segmentation fault, in compiled code that it called."), line
        if b"Fatal Python error" in self._traced:
            return tr("It crashed: a fatal error in the interpreter."), line
        return tr("It ended its own process instead of answering (os._exit, or a limit that it ran into)."), line


class _Deadline:
    """A moment on the monotonic clock."""

    def __init__(self, seconds: float) -> None:
        self._end = time.monotonic() + seconds

    def left(self) -> float:
        return self._end - time.monotonic()
