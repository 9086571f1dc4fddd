"""A process of programs without a wall: imports what they need, and then answers the judge over two pipes.

The submission is alone in one; the course's own programs share one. This module imports Python's own modules alone:
what else there is can be found only once `main` has been told where.
"""

from __future__ import annotations

import contextlib
import faulthandler
import importlib.machinery
import io
import os
import queue
import signal
import sys
import threading
from collections.abc import Iterator, Mapping
from typing import Any

#: Into how many parts the time of a question is cut: after each it is written down where the program is.
PARTS = 8
_CHUNK = 1 << 16


def main(warmth: int, modules: list[str], packages: Mapping[str, str], trace: str, mark: str, seed: int) -> None:
    """Serve until the judge hangs up, or ends.

    `packages` says in which folder each may be found that programs may import. `trace` is the file in which is written
    where programs are, `mark` what stands in the output after what a question printed. `seed` sets numpy's random
    numbers off, which are the same in every process, as in the forks of one.
    """
    del sys.path[0]  # the engine's own folder, from which this module came: it may hold a course
    sys.meta_path.append(_Packages(packages))
    from autograder.sandbox.inside import worker
    from autograder.sandbox.inside.warmth import Warmth, warm_up

    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the judge's business
    channel = _Pipes(os.dup(0), os.dup(1))
    worker.take_over_output(os.dup(2))
    warm_up(Warmth(warmth), modules)
    import numpy.random

    numpy.random.seed(seed)
    with open(trace, "ab", buffering=0) as file:
        faulthandler.enable(file, all_threads=False)
        worker.Served(channel, _Watch(file, mark).watched).serve()


class _Packages:
    """Finds the packages that programs may import where they are, and no other that lies beside them."""

    def __init__(self, folders: Mapping[str, str]) -> None:
        self._folders = folders

    def find_spec(self, name: str, path: Any = None, target: Any = None) -> importlib.machinery.ModuleSpec | None:
        folder = self._folders.get(name)
        return None if folder is None else importlib.machinery.PathFinder.find_spec(name, [folder])


class _Pipes:
    """The judge at the other end of two pipes. Once it has ended, so does this process, whatever runs in it."""

    def __init__(self, requests: int, replies: int) -> None:
        self._replies = io.FileIO(replies, "w")
        self._chunks: queue.SimpleQueue[bytes] = queue.SimpleQueue()
        self._chunk = memoryview(b"")
        threading.Thread(target=self._read, args=(io.FileIO(requests, "r"),), daemon=True).start()

    def _read(self, requests: io.FileIO) -> None:
        while chunk := requests.read(_CHUNK):
            self._chunks.put(chunk)
        os._exit(0)

    def recv_into(self, buffer: memoryview) -> int:
        if not self._chunk.nbytes:
            self._chunk = memoryview(self._chunks.get())
        count = min(buffer.nbytes, self._chunk.nbytes)
        buffer[:count] = self._chunk[:count]
        self._chunk = self._chunk[count:]
        return count

    def sendall(self, data: bytes) -> None:
        view = memoryview(data)
        while view.nbytes:
            view = view[self._replies.write(view) :]


class _Watch:
    """Writes down where a program is that hasn't answered yet, and how far what it printed reaches."""

    def __init__(self, trace: io.FileIO, mark: str) -> None:
        self._trace, self._mark = trace, mark.encode()

    @contextlib.contextmanager
    def watched(self, seconds: float) -> Iterator[None]:
        faulthandler.dump_traceback_later(seconds / PARTS, repeat=True, file=self._trace)
        try:
            yield
        finally:
            faulthandler.cancel_dump_traceback_later()
            with contextlib.suppress(OSError):
                os.write(2, self._mark)
