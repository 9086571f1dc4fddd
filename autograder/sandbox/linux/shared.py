"""Several programs of the course in one worker: a fork for each would cost more than all that they are asked.

They take turns (`Turn` in `sandbox/wire.py`). One that hangs or crashes takes the others along: they begin anew when
they are asked again. It must not know what is run; a submission and the reference never come here.
"""

from __future__ import annotations

import contextlib
import itertools
import sys
import time

assert sys.platform == "linux"

from autograder.sandbox.linux.socket_connection import SocketConnection
from autograder.sandbox.wire import Turn, frame

_TELL = 1.0


class SharedProcess:
    """A worker's process, to which each program has a connection of its own. `layers`: those that it took on."""

    def __init__(self, connection: SocketConnection, layers: list[str]) -> None:
        self.layers = layers
        self.ended = False
        self.whole = connection
        self.turn = 0
        self._numbers = itertools.count(1)

    def join(self) -> OneOfSeveral:
        """Return the connection to one more program, which says that it is ready."""
        return OneOfSeveral(self, next(self._numbers))

    def close(self) -> None:
        """End it, and every program in it."""
        if not self.ended:
            self.ended = True
            self.whole.close()


class OneOfSeveral:
    """A `Connection` to one program of a process. What it prints is nobody's: it can't be told from the others'."""

    printed = b""

    def __init__(self, process: SharedProcess, number: int) -> None:
        self._process, self._number, self._asked = process, number, False
        with contextlib.suppress(TimeoutError, ConnectionError):  # then it is found out that it isn't ready
            self.send(b"", time.monotonic() + _TELL)

    @property
    def lost(self) -> bool:
        return self._process.ended

    def begin(self, seconds: float) -> None:
        self._asked = True
        self._process.whole.begin(seconds)

    def end(self) -> None:
        self._asked = False
        self._process.whole.end()

    def send(self, data: bytes, until: float) -> None:
        if self._process.turn != self._number:
            self._process.turn = self._number
            data = frame(Turn(self._number)) + data
        self._process.whole.send(data, until)

    def receive(self, count: int, until: float) -> bytearray:
        return self._process.whole.receive(count, until)

    def wait(self, until: float) -> None:
        self._process.whole.wait(until)

    def trace(self, filename: str, *, ended: bool = False) -> bytes:
        return self._process.whole.trace(filename, ended=ended)

    def close(self) -> None:
        """Let go of the program; of the process too, where it can't be asked anything else."""
        if self._process.ended:
            return
        if self._asked:
            self._process.close()
            return
        with contextlib.suppress(TimeoutError, ConnectionError):
            self._process.turn = 0
            self._process.whole.send(frame(Turn(self._number, over=True)), time.monotonic() + _TELL)
