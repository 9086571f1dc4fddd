"""What leads to one worker behind the wall: a socket, two pipes, and its pidfd.

Whatever waits here waits for the socket, and meanwhile drains what the program prints.
"""

from __future__ import annotations

import contextlib
import os
import select
import signal
import socket
import sys
import time

assert sys.platform == "linux"

import msgspec

from autograder.machine import crowding
from autograder.sandbox.connection import MAX_OUTPUT

_MAX_TRACE = 64 << 10
_CHUNK = 1 << 16
#: Seconds to wait for a hung worker to say at which line it is; more on a busy machine.
_TRACE_PATIENCE = 0.3


class WorkerProcess(msgspec.Struct, frozen=True):
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


class SocketConnection:
    """A `Connection`. A worker that isn't `trusted` is stopped between questions.

    So no thread of it computes off the clock, or slows down the programs asked meanwhile.
    """

    def __init__(
        self, connection: socket.socket, output: int, trace: int, process: WorkerProcess, *, trusted: bool
    ) -> None:
        self.process = process
        self._connection, self._output, self._trace, self._trusted = connection, output, trace, trusted
        self._arrived = bytearray()
        self._printed = bytearray()
        self._poll = select.poll()
        self._poll.register(output, select.POLLIN)
        connection.setblocking(False)
        os.set_blocking(output, False)
        os.set_blocking(trace, False)

    @property
    def printed(self) -> bytes:
        return bytes(self._printed)

    @property
    def lost(self) -> bool:
        return False

    def begin(self, seconds: float) -> None:
        if not self._trusted:
            self.process.send(signal.SIGCONT)

    def end(self) -> None:
        if not self._trusted:
            self.process.send(signal.SIGSTOP)
        self._drain()

    def send(self, data: bytes, until: float) -> None:
        view = memoryview(data)
        while view.nbytes:
            try:
                view = view[self._connection.send(view) :]
            except BlockingIOError:
                self._wait(select.POLLOUT, until)

    def receive(self, count: int, until: float) -> bytearray:
        while len(self._arrived) < count:
            self._wait(select.POLLIN, until)
            chunk = self._connection.recv(_CHUNK)
            if not chunk:
                raise EOFError
            self._arrived += chunk
            if time.monotonic() >= until:  # a slow drip of bytes never blocks, and must not outlast the limit
                raise TimeoutError
        data = self._arrived[:count]
        del self._arrived[:count]
        return data

    def wait(self, until: float) -> None:
        self._wait(select.POLLIN, until)

    def trace(self, filename: str, *, ended: bool = False) -> bytes:
        """Ask the program's C signal handler where it is, unless it has ended; it may have been tampered with."""
        if not ended:
            self._forget_trace()
            self.process.send(signal.SIGUSR1)
        traced, wanted = bytearray(), f'File "{filename}", line '.encode()
        until = time.monotonic() + _TRACE_PATIENCE * crowding()
        poll = select.poll()
        poll.register(self._trace, select.POLLIN)
        # The time left is taken once a turn: a negative one would have `poll` wait for ever.
        while (left := until - time.monotonic()) > 0 and len(traced) < _MAX_TRACE and poll.poll(left * 1000):
            chunk = os.read(self._trace, _CHUNK)
            traced += chunk
            place = traced.find(wanted)
            if not chunk or (place >= 0 and b"\n" in traced[place:]):  # it is written in pieces, the number by itself
                break
        return bytes(traced)

    def _forget_trace(self) -> None:
        """Take what is left of an earlier trace: it tells where the program was then."""
        with contextlib.suppress(BlockingIOError):
            while os.read(self._trace, _CHUNK):
                pass

    def close(self) -> None:
        self.process.close()
        self._drain()
        self._connection.close()
        os.close(self._output)
        os.close(self._trace)

    def _wait(self, events: int, until: float) -> None:
        poll = self._poll
        poll.register(self._connection, events)  # also in the place of other events
        while True:
            ready = [descriptor for descriptor, _ in poll.poll(max(0.0, until - time.monotonic()) * 1000)]
            if self._output in ready and not self._drain_output():
                poll.unregister(self._output)
            if self._connection.fileno() in ready:
                return
            if time.monotonic() >= until:
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
