"""The judge's end of what leads to one worker, whatever that is made of: what `Worker` needs of it.

`until` is a moment on the monotonic clock.
"""

from __future__ import annotations

from typing import Protocol

#: Bytes of what a program prints that are kept.
MAX_OUTPUT = 64 << 10


class Connection(Protocol):
    """Bytes both ways, what the program prints, and where it is."""

    @property
    def printed(self) -> bytes:
        """What it has printed so far, cut at `MAX_OUTPUT` bytes."""

    @property
    def lost(self) -> bool:
        """Whether the process was ended for the sake of another program that shared it."""

    def begin(self, seconds: float) -> None:
        """A question follows that may take so long."""

    def end(self) -> None:
        """The question is answered, and nothing is asked for now: from here on the program is off the clock."""

    def send(self, data: bytes, until: float) -> None:
        """Send all of it. Raises TimeoutError or ConnectionError."""

    def receive(self, count: int, until: float) -> bytearray:
        """Exactly so many bytes; memory is taken as they arrive. Raises TimeoutError, ConnectionError or EOFError."""

    def wait(self, until: float) -> None:
        """Wait until something has arrived, or its end. Raises TimeoutError."""

    def trace(self, filename: str, *, ended: bool = False) -> bytes:
        """Where the process is, or was when it `ended`, as `faulthandler` writes it; what comes within a moment.

        A line of the file named is enough. What a program prints can be among it.
        """

    def close(self) -> None:
        """End the program and release everything; what was printed stays readable."""
