"""A real terminal for the tests: gradecheck at a pty, and pyte, which draws what it writes as a terminal does."""

from __future__ import annotations

import contextlib
import fcntl
import os
import pty
import re
import select
import struct
import termios
import time
from collections.abc import Mapping, Sequence
from pathlib import Path

import pyte

from tests.command import WARM
from tests.warm import Started

_HISTORY = 50_000
#: Seconds after which a program is taken to hang.
_PATIENCE = 300.0


class Terminal:
    """`width` is what programs are told; the picture can be wider, so that a line that is too long is seen as one."""

    def __init__(self, width: int, height: int, *, drawn: int | None = None) -> None:
        self._ours, self._theirs = pty.openpty()
        fcntl.ioctl(self._theirs, termios.TIOCSWINSZ, struct.pack("HHHH", height, width, 0, 0))
        self._picture = pyte.HistoryScreen(drawn or width, height, history=_HISTORY, ratio=0.5)
        self._stream = pyte.ByteStream(self._picture)
        self._program: Started | None = None
        #: All that came, with what was taken away again before anyone looked.
        self.came = bytearray()

    def start(self, command: Sequence[str | Path], environment: Mapping[str, str]) -> None:
        """Start gradecheck as the terminal's own program; the one before it must have ended."""
        if self._program is not None:
            assert self._program.ended(0) is not None
            self._program.close()
        # Whoever runs the tests may have told programs the size of another terminal.
        environment = {name: value for name, value in environment.items() if name not in {"COLUMNS", "LINES"}}
        assert WARM.can_give(environment)
        self._program = WARM.start(
            [str(part) for part in command], Path.cwd(), environment, [self._theirs] * 3, at_terminal=True
        )

    def type(self, line: str) -> None:
        """A line and Enter."""
        self.press(f"{line}\r")

    def press(self, keys: str) -> None:
        """Keys as a terminal sends them: Ctrl-C is \\x03."""
        os.write(self._ours, keys.encode())

    @property
    def screen(self) -> str:
        """What can be seen now."""
        self._draw()
        return "\n".join(line.rstrip() for line in self._picture.display)

    @property
    def everything(self) -> str:
        """What has scrolled away, and what can be seen."""
        screen, columns = self.screen, range(self._picture.columns)
        gone = ["".join(line[column].data for column in columns).rstrip() for line in self._picture.history.top]
        return "\n".join([*gone, screen])

    def wait_for(self, pattern: re.Pattern[str], seconds: float = _PATIENCE) -> None:
        """Until the last line that isn't empty matches."""
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline:
            if pattern.search(self.screen.rstrip().rpartition("\n")[2]):
                return
            select.select([self._ours], [], [], 0.1)
        raise AssertionError(f"{pattern.pattern!r} did not come within {seconds} s:\n{self.screen}")

    def ended(self, seconds: float = _PATIENCE) -> int:
        """The program's exit code, once it has ended."""
        assert self._program is not None
        deadline = time.monotonic() + seconds
        while (code := self._program.ended(0)) is None and time.monotonic() < deadline:
            self._draw()  # it may wait for someone to read
            select.select([self._ours, self._program], [], [], 0.1)
        assert code is not None, f"it did not end within {seconds} s:\n{self.screen}"
        return code

    def _draw(self) -> None:
        while select.select([self._ours], [], [], 0)[0]:
            with contextlib.suppress(OSError):
                self.came += (piece := os.read(self._ours, 65_536))
                self._stream.feed(piece)

    def close(self) -> None:
        """End the program and the terminal."""
        if self._program is not None:
            self._program.kill()
            self._program.close()
        os.close(self._ours)
        os.close(self._theirs)
