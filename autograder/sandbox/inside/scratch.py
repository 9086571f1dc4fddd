"""A folder that isn't there: a program finds the texts in it that it was given, and writes others, all in memory.

There is no place behind the wall where anything may be written. It must not know what the files are for.
"""

from __future__ import annotations

import builtins
import contextlib
import errno
import io
import os
import posixpath
import stat
from collections.abc import Iterator, Mapping
from typing import Any

from autograder.sandbox.wire import MAX_TEXT


class Folder:
    """The files by name; where it is `installed` a program opens them by relative names."""

    def __init__(self, texts: Mapping[str, str]) -> None:
        self._files = {posixpath.normpath(name): text.encode() for name, text in texts.items()}
        self._open = builtins.open
        self._exists, self._isfile, self._stat = os.path.exists, os.path.isfile, os.stat

    @contextlib.contextmanager
    def installed(self) -> Iterator[None]:
        builtins.open = io.open = self.open
        os.path.exists = lambda path: self._name(path) in self._files or self._exists(path)
        os.path.isfile = lambda path: self._name(path) in self._files or self._isfile(path)
        os.stat = self.stat  # which is what pathlib asks
        try:
            yield
        finally:
            builtins.open = io.open = self._open
            os.path.exists, os.path.isfile, os.stat = self._exists, self._isfile, self._stat

    def text(self, name: str) -> str | None:
        """What stands in a file; None if there is none."""
        data = self._files.get(posixpath.normpath(name))
        return None if data is None else data.decode("utf-8", "replace")

    def open(self, file: Any, mode: str = "r", buffering: int = -1, *rest: Any, **named: Any) -> Any:
        """What `open` is for a program."""
        name = self._name(file)
        if not name or ("r" in mode and name not in self._files):
            return self._open(file, mode, buffering, *rest, **named)
        if "x" in mode and name in self._files:
            raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), file)
        raw = _File(self._files, name, b"" if set(mode) & {"w", "x"} else self._files.get(name, b""), mode)
        if "b" in mode:
            return raw
        keywords = dict(zip(("encoding", "errors", "newline"), rest, strict=False)) | named
        encoding = keywords.get("encoding") or "utf-8"
        return io.TextIOWrapper(raw, encoding, keywords.get("errors"), keywords.get("newline"))

    def stat(self, path: Any, **named: Any) -> os.stat_result:
        """What `os.stat` is for a program."""
        data = self._files.get(self._name(path))
        if data is None:
            return self._stat(path, **named)
        return os.stat_result((stat.S_IFREG | 0o644, 0, 0, 1, 0, 0, len(data), 0, 0, 0))

    @staticmethod
    def _name(file: Any) -> str:
        """A relative path below here, made plain; empty for anything else."""
        if not isinstance(file, str | bytes | os.PathLike):
            return ""
        path = posixpath.normpath(os.fsdecode(file).replace(os.sep, "/"))
        return "" if path.startswith(("/", "..")) else path


class _File(io.BytesIO):
    """An open file, kept in `files` as it is when it is flushed or closed."""

    def __init__(self, files: dict[str, bytes], name: str, data: bytes, mode: str) -> None:
        super().__init__(data)
        self.name = name
        self._files, self._writes = files, bool(set(mode) & {"w", "x", "a", "+"})
        if "a" in mode:
            self.seek(0, io.SEEK_END)
        if self._writes:
            files[name] = data

    def write(self, data: Any) -> int:
        if not self._writes:
            raise io.UnsupportedOperation("not writable")
        if self.tell() + memoryview(data).nbytes > MAX_TEXT:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        written = super().write(data)
        self._files[self.name] = self.getvalue()
        return written
