"""Ending what runs too long in this process, by an exception in its main thread: both sides of the wall use it.

POSIX has timers that send a signal. On Windows a thread looks at the clock, often, and has the main thread interrupted.
It must not know what runs.
"""

from __future__ import annotations

import contextlib
import signal
import sys
import threading
import time
import types
from collections.abc import Callable, Iterator
from typing import Any

#: How often `held` is entered: then the exception waits.
_held = [0]


@contextlib.contextmanager
def at_most(
    seconds: float,
    error: type[BaseException],
    *,
    cpu: bool = False,
    again: float = 0.0,
    never_amid: Callable[[types.FrameType | None], bool] = lambda frame: False,
) -> Iterator[None]:
    """Raise `error` here after so many seconds, of this process's CPU if `cpu`.

    If `again`, once more each time that so many seconds more have passed. Not where `never_amid` is true of the frame
    that runs. Only in the main thread.
    """

    def ring(number: int, frame: types.FrameType | None) -> None:
        if not _held[0] and not never_amid(frame):
            raise error

    with _timer(seconds, ring, cpu, again):
        yield


@contextlib.contextmanager
def held() -> Iterator[None]:
    """Nothing is raised here; where it is raised `again`, that comes afterwards."""
    _held[0] += 1
    try:
        yield
    finally:
        _held[0] -= 1


if sys.platform != "win32":

    @contextlib.contextmanager
    def _timer(seconds: float, ring: Any, cpu: bool, again: float) -> Iterator[None]:
        which, number = (signal.ITIMER_VIRTUAL, signal.SIGVTALRM) if cpu else (signal.ITIMER_REAL, signal.SIGALRM)
        handler, (left, interval) = signal.signal(number, ring), signal.setitimer(which, seconds, again)
        try:
            yield
        finally:
            signal.setitimer(which, left, interval)
            signal.signal(number, handler)

else:
    import _thread

    #: Seconds between two looks at the clock.
    _OFTEN = 0.001

    @contextlib.contextmanager
    def _timer(seconds: float, ring: Any, cpu: bool, again: float) -> Iterator[None]:
        clock = time.process_time if cpu else time.monotonic
        watch = _Watch(clock, clock() + seconds, again)

        def interrupted(number: int, frame: types.FrameType | None) -> None:
            if watch.rang:
                ring(number, frame)
            elif callable(handler):  # it was Ctrl-C
                handler(number, frame)

        handler = signal.signal(signal.SIGINT, interrupted)
        threading.Thread(target=watch.look, daemon=True).start()
        try:
            yield
        finally:
            watch.end()
            try:
                signal.signal(signal.SIGINT, handler)  # what is on its way comes before that
            except BaseException:
                signal.signal(signal.SIGINT, handler)
                raise

    class _Watch:
        def __init__(self, clock: Callable[[], float], until: float, again: float) -> None:
            self.rang = False
            self._clock, self._until, self._again = clock, until, again
            self._lock, self._over = threading.Lock(), threading.Event()

        def look(self) -> None:
            while not self._over.wait(_OFTEN):
                with self._lock:
                    if self._over.is_set() or self._clock() < self._until:
                        continue
                    self.rang = True
                    _thread.interrupt_main()
                if not self._again:
                    return

        def end(self) -> None:
            with self._lock:
                self._over.set()
