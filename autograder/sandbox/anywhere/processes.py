"""A `Starter` without a wall: each submission has a process of its own, the course's programs share one.

So torch is imported twice, and not thirty times; the next process warms up while the one before is asked. A program of
the course that hangs or crashes takes the others along: they begin anew, and only objects are lost that stood there.
It must not know what is run.
"""

from __future__ import annotations

import contextlib
import itertools
import os
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from autograder.language import tr
from autograder.sandbox.anywhere.process import Process
from autograder.sandbox.failures import ProgramCrashed
from autograder.sandbox.inside.warmth import Warmth
from autograder.sandbox.layers import SandboxUnavailable
from autograder.sandbox.libraries import packages
from autograder.sandbox.starter import DEFAULT_BUDGET, NO_WALL, Budget
from autograder.sandbox.wire import Turn, frame
from autograder.sandbox.worker import Worker

#: Seconds that a process may take to import torch on a slow, cold disk.
_START = 120.0
#: What a question may take that nobody waits for.
_LONGEST = 60.0


class Processes:
    """A context manager: its end takes every process along."""

    def __init__(self, warmth: Warmth, modules: Sequence[str] = ()) -> None:
        """`modules` of other libraries are there, and imported, too."""
        found = packages(modules, torch=warmth >= Warmth.TORCH)
        self._setup = warmth, modules, {path.name.partition(".")[0]: str(path.parent) for path in found}
        # Files that a program has open can't be deleted everywhere.
        self._folder = tempfile.TemporaryDirectory(prefix="gradecheck-", ignore_cleanup_errors=True)
        self._numbers = itertools.count(1)
        self._seed = int.from_bytes(os.urandom(4))
        self._all: list[Process] = []
        self._shared = self._new()
        self._spare = self._new()

    def spawn(self, budget: Budget, *, trusted: bool = False, shares: bool = False) -> Worker:
        """A worker that waits for its program. Its `budget` of memory is held by no system but Linux."""
        if trusted and self._shared.ended:
            self._shared, self._spare = self._spare, self._new()
        process = self._shared if trusted else self._spare
        try:
            worker = Worker(PipeConnection(process, next(self._numbers), alone=not trusted), [], _START)
        except ProgramCrashed:
            process.close()
            reason = process.complaint or tr("nothing was said")
            raise SandboxUnavailable(
                tr("No process for programs could be started: {reason}.", reason=reason),
                tr("Close other programs, then try again."),
            ) from None
        if not trusted:
            self._spare = self._new()  # not before: two that import at once would keep each other waiting
        return worker

    def probe(self) -> list[str]:
        worker = self.spawn(DEFAULT_BUDGET, trusted=True)
        worker.close()
        return worker.layers

    def branch(self) -> None:
        """Refuse: judges are forked for a class, and a class isn't graded without a wall."""
        raise SandboxUnavailable(tr("Programs run behind a wall on Linux only."), tr(NO_WALL))

    def end_shared(self) -> None:
        """End the process that the course's programs share; another is ready to be shared next."""
        self._shared.close()

    def close(self) -> None:
        for process in self._all:
            process.close()
        self._folder.cleanup()

    def __enter__(self) -> Processes:
        return self

    def __exit__(self, *exception: object) -> None:
        self.close()

    def _new(self) -> Process:
        self._all = [process for process in self._all if not process.ended]
        process = Process(*self._setup, Path(self._folder.name), next(self._numbers), self._seed)
        self._all.append(process)
        return process


class PipeConnection:
    """A `Connection` to one program of a process, by its number; it is `alone` there or not."""

    def __init__(self, process: Process, number: int, *, alone: bool) -> None:
        self._process, self._number, self._alone = process, number, alone
        self._asked = False
        self._seconds = _LONGEST
        self._answers = 0
        self._traced = 0
        with contextlib.suppress(TimeoutError, ConnectionError):  # it is found out when the program isn't ready
            self.send(b"", time.monotonic() + _START)

    @property
    def printed(self) -> bytes:
        """What it has printed; of programs that share a process nobody can tell which of them printed what."""
        return self._process.printed(self._answers) if self._alone else b""

    @property
    def lost(self) -> bool:
        return self._process.ended

    def begin(self, seconds: float) -> None:
        if not self._asked:
            self._asked, self._seconds, self._traced = True, seconds, self._process.traced()
            self._process.turn = 0  # the program is told how long it has

    def end(self) -> None:
        self._asked = False
        self._answers += 1

    def send(self, data: bytes, until: float) -> None:
        if self._process.turn != self._number:
            self._process.turn = self._number
            data = frame(Turn(self._number, self._seconds)) + data
        self._process.send(data, until)

    def receive(self, count: int, until: float) -> bytearray:
        return self._process.receive(count, until)

    def wait(self, until: float) -> None:
        self._process.wait(until)

    def trace(self, filename: str, *, ended: bool = False) -> bytes:
        return self._process.trace(self._traced, filename, ended=ended)

    def close(self) -> None:
        """End the program; the process too, if it is alone there, or can't be asked anything else."""
        if self._alone or self._asked:
            self._process.close()
            return
        with contextlib.suppress(TimeoutError, ConnectionError):
            self._process.turn = 0
            self._process.send(frame(Turn(self._number, over=True)), time.monotonic() + _LONGEST)
