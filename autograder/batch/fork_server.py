"""A process that is warm for one exercise and forks its judges: all that they import and read is there once.

It grades nothing, so no program can bring it down. Whoever asks for judges closes its socket to end it and all of them.
It must not know what is graded.
"""

from __future__ import annotations

import contextlib
import gc
import os
import signal
import sys
import traceback
from collections.abc import Iterator
from multiprocessing.connection import Connection
from multiprocessing.reduction import recv_handle
from typing import NoReturn

assert sys.platform == "linux"

import msgspec

from autograder.batch.judging import Begin, Brief, Ended, Grade, Stop, Verdict, encode, judge, verdict_of, warm
from autograder.machine import stay_on

_decoder: msgspec.msgpack.Decoder[Begin | Stop] = msgspec.msgpack.Decoder(Begin | Stop)


def main(descriptor: int) -> None:
    """Serve until the other end closes the socket."""
    control = Connection(descriptor)
    brief = msgspec.msgpack.decode(control.recv_bytes(), type=Brief)
    try:
        with warm(brief) as grade, Judges(control, grade) as judges:
            judges.serve()
    except Exception as error:
        _refuse(control, verdict_of(error))


class Judges:
    """The judges that were forked, by their numbers, each with its socket: they end with this context manager."""

    def __init__(self, control: Connection, grade: Grade) -> None:
        self._control, self._grade = control, grade
        self._running: dict[int, tuple[int, Connection]] = {}

    def __enter__(self) -> Judges:
        gc.collect()
        gc.freeze()  # what is here stays shared with every judge: no collection touches its pages
        signal.signal(signal.SIGCHLD, lambda *_: self._bury())
        signal.signal(signal.SIGTERM, lambda *_: sys.exit())
        return self

    def serve(self) -> None:
        """Do what is asked, until nobody is there to ask."""
        for request in _requests(self._control):
            if isinstance(request, Begin):
                self._begin(request)
            elif running := self._running.get(request.number):
                with contextlib.suppress(ProcessLookupError):  # it ended by itself a moment ago
                    os.kill(running[0], signal.SIGKILL)

    def _begin(self, request: Begin) -> None:
        connection, complaints = Connection(recv_handle(self._control)), recv_handle(self._control)
        pid = os.fork()
        if pid == 0:
            self._become_judge(connection, complaints, request.core)
        os.close(complaints)
        self._running[request.number] = pid, connection
        self._bury()  # it may have ended before it was known

    def _become_judge(self, connection: Connection, complaints: int, core: int | None) -> NoReturn:
        try:  # never to return into the server's loop
            for number in (signal.SIGCHLD, signal.SIGTERM):
                signal.signal(number, signal.SIG_DFL)
            for other in (self._control, *(each for _, each in self._running.values())):
                other.close()
            for stream in (1, 2):
                os.dup2(complaints, stream)
            stay_on(core)
            judge(connection, self._grade)
        except BaseException:
            traceback.print_exc()
            os._exit(1)
        os._exit(0)

    def _bury(self) -> None:
        """Tell of each judge that has ended how it did."""
        for number, (pid, connection) in [*self._running.items()]:
            try:
                ended, status = os.waitpid(pid, os.WNOHANG)
            except ChildProcessError:  # another judge's end interrupted this one's burial, and was seen to first
                continue
            if ended:
                with connection, contextlib.suppress(OSError):
                    connection.send_bytes(encode(Ended(os.waitstatus_to_exitcode(status))))
                self._running.pop(number, None)

    def __exit__(self, *exception: object) -> None:
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        for pid, _ in self._running.values():
            os.kill(pid, signal.SIGKILL)
        for pid, _ in self._running.values():
            os.waitpid(pid, 0)


def _refuse(control: Connection, verdict: Verdict) -> None:
    """Answer in the place of the judges that are asked for by now, and end: another start may succeed."""
    refused: list[Connection] = []
    for request in _requests(control):
        if isinstance(request, Begin):
            refused.append(Connection(recv_handle(control)))
            os.close(recv_handle(control))
        if not control.poll():
            break
    for connection in refused:
        with connection, contextlib.suppress(OSError):
            connection.send_bytes(encode(verdict))


def _requests(control: Connection) -> Iterator[Begin | Stop]:
    with contextlib.suppress(EOFError, OSError):
        while True:
            yield _decoder.decode(control.recv_bytes())
