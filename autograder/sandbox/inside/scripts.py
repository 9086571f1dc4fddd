"""Running a program from its start as a script: what it reads is given, and what it prints is the answer.

It must not know what should be printed.
"""

from __future__ import annotations

import contextlib
import io
import linecache
import os
import sys
import types
from collections.abc import Iterator

from autograder.sandbox.inside import loading
from autograder.sandbox.inside.scratch import Folder
from autograder.sandbox.wire import MAX_TEXT, CannotCross, Script
from autograder.several_files import lines_of

#: Bytes that every pipe holds, so that writing to it never waits.
_SMALL = 4096


class _TooMuch(BaseException):
    """More was printed than may cross; no `except Exception` of the program's keeps it."""


class _Paper(io.RawIOBase):
    """Takes what is printed, up to the most that may cross."""

    name = "<stdout>"

    def __init__(self) -> None:
        super().__init__()
        self.written = bytearray()
        self.full = False

    def writable(self) -> bool:
        return True

    def write(self, data: object) -> int:
        text = bytes(data)  # type: ignore[call-overload]  # a buffer, as for every raw file
        if len(self.written) + len(text) > MAX_TEXT:
            self.full = True
            raise _TooMuch
        self.written += text
        return len(text)


def printed(request: Script, source: str) -> list[str | None]:
    """Run a script and return what it printed, and what then stands in the files that `leaves` names.

    Raises what it raises but SystemExit, and CannotCross for too much."""
    paper, folder = _Paper(), Folder(request.files)
    with _as_it_was(), folder.installed():
        _give_input(request.stdin)
        sys.argv = [request.filename, *request.arguments]
        sys.stdout = sys.__stdout__ = io.TextIOWrapper(paper, "utf-8", "replace", write_through=True)  # type: ignore[misc]
        try:
            _run(request.filename, source)
        except SystemExit as end:
            if not isinstance(end.code, int | None):
                print(end.code, file=sys.stderr)
        except _TooMuch:
            pass
    if paper.full:
        raise CannotCross("printed", most=MAX_TEXT >> 10)
    return [paper.written.decode("utf-8", "replace"), *map(folder.text, request.leaves)]


@contextlib.contextmanager
def _as_it_was() -> Iterator[None]:
    """Put back afterwards what a script is given: another may run in this process, where there is no wall."""
    argv, main = sys.argv, sys.modules["__main__"]
    streams = sys.stdin, sys.__stdin__, sys.stdout, sys.__stdout__
    try:
        yield
    finally:
        sys.argv, sys.modules["__main__"] = argv, main
        sys.stdin, sys.__stdin__, sys.stdout, sys.__stdout__ = streams  # type: ignore[misc]


def _run(filename: str, source: str) -> None:
    module = types.ModuleType("__main__")
    module.__file__ = filename
    linecache.cache[filename] = (len(source), None, lines_of(source), filename)
    sys.modules["__main__"] = module
    loading.run(module, filename, source, ())


def _give_input(text: str) -> None:
    """Make a text what `input()`, `sys.stdin` and, as far as it fits into a pipe, descriptor 0 give."""
    data = text.encode()
    sys.stdin = sys.__stdin__ = io.TextIOWrapper(io.BytesIO(data), "utf-8")  # type: ignore[misc]
    reading, writing = os.pipe()
    os.write(writing, data[:_SMALL])
    os.close(writing)
    os.dup2(reading, 0)
    os.close(reading)
