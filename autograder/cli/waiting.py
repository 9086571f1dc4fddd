"""A sign of life on a terminal while a program is graded: one line that goes away again.

It must not know what is waited for. Nothing is written in the first second, nor anywhere but on a terminal that can
take a line away.
"""

from __future__ import annotations

import os
import sys
import threading
from types import TracebackType

from autograder.language import tr

_PATIENCE = 1.0
_OFTEN = 0.25
_CLEAR = "\r\x1b[K"


class Waiting:
    """Between `begin` and `end` something takes long; `say` what it is as often as it changes.

    As a context manager it begins at once, and has ended at the end, whatever happened.
    """

    def __init__(self, *, wanted: bool = True) -> None:
        self._wanted = wanted and sys.stderr.isatty() and os.environ.get("TERM") not in ("dumb", "unknown")
        self._sentence = tr("Getting ready to grade …")
        self._done = threading.Event()
        self._thread: threading.Thread | None = None

    def say(self, sentence: str) -> None:
        """Have this sentence stand there from now on, once the first second is over."""
        self._sentence = sentence

    def begin(self) -> None:
        """Begin to wait, unless that has begun already."""
        if self._wanted and self._thread is None:
            self._done.clear()
            self._thread = threading.Thread(target=self._show, daemon=True)
            self._thread.start()

    def __enter__(self) -> Waiting:
        self.begin()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, _: TracebackType | None) -> None:
        self.end()

    def end(self) -> None:
        """Take the line away: what comes now is what was waited for."""
        self._done.set()
        if self._thread is not None:
            self._thread.join()
            self._thread = None

    def _show(self) -> None:
        shown = ""
        pause = _PATIENCE
        while not self._done.wait(pause):
            pause = _OFTEN
            if self._sentence != shown:
                shown = self._sentence
                self._write(f"{_CLEAR}{shown}")
        if shown:
            self._write(_CLEAR)

    def _write(self, text: str) -> None:
        sys.stderr.write(text)
        sys.stderr.flush()
