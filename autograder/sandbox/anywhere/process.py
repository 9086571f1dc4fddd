"""One process of programs without a wall: start it, speak with it over pipes, end it.

Windows can wait for no pipe, so a thread reads each. It must not know what crosses, nor which programs there are.
"""

from __future__ import annotations

import contextlib
import os
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import IO

from autograder.machine import ONE_THREAD, crowding
from autograder.sandbox.connection import MAX_OUTPUT
from autograder.sandbox.wire import MAX_BODY, MAX_HEADER

_CHUNK = 1 << 16
#: Bytes that every pipe takes at once, so that nobody has to see whether they arrive.
_SURE = 4096
#: Seconds to wait for what a program has printed, and for the rest of where it is; more on a busy machine.
_PATIENCE = 0.5
_ENGINE = Path(__file__).parents[3]


class Process:
    """An interpreter of its own, in an empty folder.

    `ended`: this end has ended it. `turn` is for whoever asks its programs: the number of the one that was asked last.
    """

    def __init__(
        self, warmth: int, modules: Sequence[str], packages: Mapping[str, str], folder: Path, number: int, seed: int
    ) -> None:
        """`folder` is for what all processes need; `number` tells them apart, and `seed` is the same for all."""
        self.ended = False
        self.turn = 0
        self._output = bytearray()
        self._rest = b""  # of the output, which may be the beginning of a mark
        self._trace = folder / f"trace-{number}"
        self._mark = f"\0{os.urandom(16).hex()}"
        self._marks = 0
        self._arrived = bytearray()
        self._changed = threading.Condition()
        self._over = set[IO[bytes]]()  # the pipes that the process has closed
        home = folder / f"home-{number}"
        home.mkdir()
        setup = int(warmth), list(modules), dict(packages), str(self._trace), self._mark, seed
        start = (
            f"import sys; sys.path.insert(0, {str(_ENGINE)!r}); "
            f"from autograder.sandbox.anywhere.inside import process; process.main(*{setup!r})"
        )
        self._popen = subprocess.Popen(
            [sys.executable, "-S", "-s", "-P", "-B", "-c", start],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            bufsize=0,
            env=_environment(),
            cwd=home,
        )
        assert self._popen.stdin is not None
        assert self._popen.stdout is not None
        assert self._popen.stderr is not None
        self._requests, self._replies, self._prints = self._popen.stdin, self._popen.stdout, self._popen.stderr
        self._readers = [
            threading.Thread(target=self._read, args=(pipe, keep), daemon=True)
            for pipe, keep in ((self._replies, self._keep_reply), (self._prints, self._keep_output))
        ]
        for reader in self._readers:
            reader.start()

    def send(self, data: bytes, until: float) -> None:
        """Send all of it. Raises TimeoutError or ConnectionError."""
        view = memoryview(data)
        try:
            with self._ended_at(until) if view.nbytes > _SURE else contextlib.nullcontext():
                while view.nbytes:
                    view = view[self._requests.write(view) :]
        except (OSError, ValueError):
            raise TimeoutError if time.monotonic() >= until else ConnectionError from None

    def receive(self, count: int, until: float) -> bytearray:
        """Exactly so many bytes. Raises TimeoutError or EOFError."""
        self.wait(until, count)
        with self._changed:
            data = self._arrived[:count]
            del self._arrived[:count]
            self._changed.notify_all()
        return data

    def wait(self, until: float, count: int = 1) -> None:
        """Wait until so many bytes have arrived. Raises TimeoutError or EOFError."""
        with self._changed:
            while len(self._arrived) < count:
                if self._replies in self._over:
                    raise EOFError
                if not self._changed.wait(until - time.monotonic()):
                    raise TimeoutError

    def printed(self, answers: int) -> bytes:
        """What was printed until it had given so many answers."""
        until = time.monotonic() + _PATIENCE * crowding()
        with self._changed:
            while self._marks < answers and self._prints not in self._over:
                if not self._changed.wait(until - time.monotonic()):
                    break
        return bytes(self._output[:MAX_OUTPUT])

    @property
    def complaint(self) -> str:
        """The last line that it has printed, which says why it couldn't start."""
        return self.printed(0).decode(errors="replace").strip().rpartition("\n")[2].rstrip(".")

    def traced(self) -> int:
        """How many bytes it has written on where its programs were."""
        try:
            return self._trace.stat().st_size
        except OSError:
            return 0

    def trace(self, start: int, filename: str, *, ended: bool) -> bytes:
        """What it has written since then, the last time; what comes within a moment."""
        wanted, until = f'File "{filename}", line '.encode(), time.monotonic() + _PATIENCE * crowding()
        text = self._traced_since(start)
        while wanted not in text and not ended and time.monotonic() < until:
            time.sleep(_PATIENCE / 50)
            text = self._traced_since(start)
        times = text.split(b"Timeout (")
        return next((each for each in reversed(times) if wanted in each), text)

    def _traced_since(self, start: int) -> bytes:
        try:
            with self._trace.open("rb") as file:
                file.seek(start)
                return file.read()
        except OSError:
            return b""

    def close(self) -> None:
        """End it and all its programs; what was printed stays readable."""
        self.ended = True
        self._popen.kill()
        self._popen.wait()
        self._join()
        with contextlib.suppress(OSError):
            self._requests.close()

    def _join(self) -> None:
        for reader in self._readers:
            reader.join(_PATIENCE)

    @contextlib.contextmanager
    def _ended_at(self, until: float) -> Iterator[None]:
        """A program that takes in nothing must not keep the judge for ever."""
        timer = threading.Timer(max(0.0, until - time.monotonic()), self._popen.kill)
        timer.daemon = True
        timer.start()
        try:
            yield
        finally:
            timer.cancel()

    def _read(self, pipe: IO[bytes], keep: Callable[[bytes], None]) -> None:
        with contextlib.suppress(OSError, ValueError), pipe:
            while chunk := pipe.read(_CHUNK):
                with self._changed:
                    keep(chunk)
                    self._changed.notify_all()
        with self._changed:
            self._over.add(pipe)
            self._changed.notify_all()

    def _keep_reply(self, chunk: bytes) -> None:
        self._arrived += chunk
        # No answer is larger: what comes then is for nobody.
        while len(self._arrived) > MAX_HEADER + MAX_BODY and not self.ended:
            self._changed.wait()

    def _keep_output(self, chunk: bytes) -> None:
        """Keep what is printed, as much as may be, but for the marks in it."""
        mark = self._mark.encode()
        *parts, rest = (self._rest + chunk).split(mark)
        self._marks += len(parts)
        begun = rest.rfind(mark[:1])
        begun = begun if begun >= 0 and mark.startswith(rest[begun:]) else len(rest)
        self._rest = rest[begun:]
        for part in (*parts, rest[:begun]):
            self._keep(part)

    def _keep(self, text: bytes) -> None:
        self._output += text[: max(0, MAX_OUTPUT - len(self._output))]


def _environment() -> dict[str, str]:
    """One thread a library, and text that is UTF-8, as behind the wall; nothing of the user's own for Python."""
    others = {name: value for name, value in os.environ.items() if not name.upper().startswith("PYTHON")}
    return others | ONE_THREAD | {"PYTHONHASHSEED": "0", "PYTHONUTF8": "1"}
