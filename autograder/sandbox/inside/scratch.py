"""A folder that isn't there: a program finds the files in it that it was given, and writes others, all in memory.

There is no place behind the wall where anything may be written. What a program does there goes as on its author's
machine: what raises there raises here. It must not know what the files are for.
"""

from __future__ import annotations

import builtins
import contextlib
import errno
import io
import os
import posixpath
import stat
import sys
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from autograder.sandbox.wire import MAX_TEXT

_HERE = "."


class Folder:
    """The files by name; where it is `installed` a program opens them by their names."""

    def __init__(self, files: Mapping[str, bytes]) -> None:
        self._files = {posixpath.normpath(name): bytearray(data) for name, data in files.items()}
        self._folders = {_HERE}
        for name in self._files:
            while name := posixpath.dirname(name):
                self._folders.add(name)
        self._cwd = os.getcwd().replace(os.sep, "/")
        self._real = {name: getattr(os, name) for name in _OF_OS}
        self._open = builtins.open

    @contextlib.contextmanager
    def installed(self) -> Iterator[None]:
        instead: list[tuple[Any, str, Any]] = [(module, "open", self.open) for module in (builtins, io)]
        instead += [(os, name, getattr(self, name)) for name in _OF_OS]
        for name, is_so in (("exists", bool), ("isfile", _is_file), ("isdir", _is_folder)):
            instead.append((os.path, name, self._asking(is_so, getattr(os.path, name))))
        before = [(holder, name, getattr(holder, name)) for holder, name, _ in instead]
        opener = _numpys_opener()
        numpys = opener.get(None)
        try:
            for holder, name, function in instead:
                setattr(holder, name, function)
            opener[None] = self.open
            yield
        finally:
            for holder, name, function in before:
                setattr(holder, name, function)
            opener[None] = numpys

    def text(self, name: str) -> str | None:
        """What stands in a file; None if there is none."""
        data = self._files.get(posixpath.normpath(name))
        return None if data is None else data.decode("utf-8", "replace")

    def open(self, file: Any, mode: str = "r", buffering: int = -1, *rest: Any, **named: Any) -> Any:
        """What `open` is for a program."""
        name = self._name(file)
        if not name or ("r" in mode and name not in self._files and name not in self._folders):
            return self._open(file, mode, buffering, *rest, **named)
        keywords = dict(zip(("encoding", "errors", "newline"), rest, strict=False)) | named
        as_text = {key: keywords[key] for key in ("encoding", "errors", "newline") if key in keywords}
        with contextlib.suppress(_Asked):
            self._open(_HERE, mode, buffering, **as_text, opener=_refuse)  # raises what a wrong mode raises
        if name in self._folders:
            raise _error(errno.EISDIR, file)
        if (posixpath.dirname(name) or _HERE) not in self._folders:
            raise _error(errno.ENOENT, file)
        if "x" in mode and name in self._files:
            raise _error(errno.EEXIST, file)
        raw = _File(self._files.setdefault(name, bytearray()), os.fspath(file), mode)
        if "b" in mode and buffering == 0:
            return raw
        buffered = io.BufferedReader if "r" in mode else io.BufferedWriter
        buffer: Any = io.BufferedRandom(raw) if "+" in mode else buffered(raw)
        if "b" in mode:
            return buffer
        text: Any = io.TextIOWrapper(buffer, **{**as_text, "encoding": as_text.get("encoding") or "utf-8"})
        text.mode = mode
        return text

    def stat(self, path: Any, **named: Any) -> os.stat_result:
        """What `os.stat` is for a program; pathlib and os.path ask it, too."""
        return self._status(path) or self._real["stat"](path, **named)

    lstat = stat

    def access(self, path: Any, mode: int, **named: Any) -> bool:
        """What `os.access` is for a program."""
        return self._status(path) is not None or self._real["access"](path, mode, **named)

    def listdir(self, path: Any = _HERE) -> list[str]:
        """What `os.listdir` is for a program: of this folder it tells what it was given or wrote."""
        name = self._name(path)
        if name not in self._folders:
            return self._real["listdir"](path)  # type: ignore[no-any-return]
        names = [*self._files, *self._folders - {_HERE}]
        return sorted(posixpath.basename(each) for each in names if (posixpath.dirname(each) or _HERE) == name)

    def scandir(self, path: Any = _HERE) -> Any:
        """What `os.scandir` is for a program; glob, pathlib and os.walk ask it."""
        if self._name(path) not in self._folders:
            return self._real["scandir"](path)
        return _Entries(_Entry(name, os.path.join(path, name)) for name in self.listdir(path))

    def mkdir(self, path: Any, *mode: Any, **named: Any) -> None:
        """What `os.mkdir` is for a program; pathlib and os.makedirs ask it, too."""
        name = self._name(path)
        if not name:
            return self._real["mkdir"](path, *mode, **named)  # type: ignore[no-any-return]
        if name in self._folders or name in self._files:
            raise _error(errno.EEXIST, path)
        if (posixpath.dirname(name) or _HERE) not in self._folders:
            raise _error(errno.ENOENT, path)
        self._folders.add(name)
        return None

    def remove(self, path: Any, **named: Any) -> None:
        """What `os.remove` is for a program."""
        if self._files.pop(self._name(path), None) is None:
            self._real["remove"](path, **named)

    unlink = remove

    def replace(self, path: Any, to: Any, **named: Any) -> None:
        """What `os.replace` is for a program."""
        if self._name(path) not in self._files or not self._name(to):
            return self._real["replace"](path, to, **named)  # type: ignore[no-any-return]
        self._files[self._name(to)] = self._files.pop(self._name(path))
        return None

    rename = replace

    def _status(self, path: Any) -> os.stat_result | None:
        name = self._name(path)
        if name in self._folders:
            return os.stat_result((stat.S_IFDIR | 0o755, hash(name), 0, 1, 0, 0, 0, 0, 0, 0))
        data = self._files.get(name)
        if data is None:
            return None
        inode = id(data)  # tells two files apart, as shutil asks
        return os.stat_result((stat.S_IFREG | 0o644, inode, 0, 1, 0, 0, len(data), 0, 0, 0))

    def _asking(self, is_so: Callable[[Any], bool], real: Callable[[Any], bool]) -> Callable[[Any], bool]:
        def asked(path: Any) -> bool:
            status = self._status(path)
            return real(path) if status is None else is_so(status)

        return asked

    def _name(self, file: Any) -> str:
        """A path below here, made plain; empty for anything else."""
        if not isinstance(file, str | bytes | os.PathLike) or not os.fspath(file):
            return ""
        path = posixpath.normpath(os.fsdecode(file).replace(os.sep, "/"))
        if path.startswith("/"):
            path = posixpath.relpath(path, self._cwd)
        return "" if path.startswith(("/", "..")) else path


#: What a program asks `os` about files by name. The folder has a method for each.
_OF_OS = ("access", "listdir", "lstat", "mkdir", "remove", "rename", "replace", "scandir", "stat", "unlink")


class _File(io.RawIOBase):
    """An open file; what is written stands in the folder at once."""

    def __init__(self, data: bytearray, name: Any, mode: str) -> None:
        super().__init__()
        self.name, self.mode = name, mode
        self._data, self._place = data, 0
        if "w" in mode:
            data.clear()
        if "a" in mode:
            self._place = len(data)

    def readable(self) -> bool:
        return bool(set(self.mode) & {"r", "+"})

    def writable(self) -> bool:
        return bool(set(self.mode) - {"r", "b", "t"})

    def seekable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        if not self.readable():
            raise io.UnsupportedOperation("not readable")
        part = self._data[self._place : self._place + len(buffer)]
        buffer[: len(part)] = part
        self._place += len(part)
        return len(part)

    def write(self, data: Any) -> int:
        if not self.writable():
            raise io.UnsupportedOperation("not writable")
        if "a" in self.mode:
            self._place = len(self._data)
        end = self._place + memoryview(data).nbytes
        if end > MAX_TEXT:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        self._data.extend(bytes(max(0, self._place - len(self._data))))
        self._data[self._place : end] = data
        written, self._place = end - self._place, end
        return written

    def seek(self, offset: int, whence: int = os.SEEK_SET) -> int:
        start = {os.SEEK_SET: 0, os.SEEK_CUR: self._place, os.SEEK_END: len(self._data)}[whence]
        if start + offset < 0:
            raise OSError(errno.EINVAL, os.strerror(errno.EINVAL))
        self._place = start + offset
        return self._place

    def truncate(self, size: int | None = None) -> int:
        size = self._place if size is None else size
        if size > MAX_TEXT:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        self._data[size:] = bytes(max(0, size - len(self._data)))
        return size


class _Entry:
    """What `os.scandir` tells of a file or a folder."""

    def __init__(self, name: str, path: str) -> None:
        self.name, self.path = name, path

    def __fspath__(self) -> str:
        return self.path

    def is_dir(self, **_: Any) -> bool:
        return os.path.isdir(self.path)

    def is_file(self, **_: Any) -> bool:
        return os.path.isfile(self.path)

    def is_symlink(self) -> bool:
        return False

    def stat(self, **_: Any) -> os.stat_result:
        return os.stat(self.path)


class _Entries(contextlib.AbstractContextManager[Iterator[_Entry]]):
    """What `os.scandir` gives: an iterator, also as a context."""

    def __init__(self, entries: Iterator[_Entry]) -> None:
        self._entries = entries

    def __iter__(self) -> Iterator[_Entry]:
        return self

    def __next__(self) -> _Entry:
        return next(self._entries)

    def __exit__(self, *_: object) -> None:
        """Nothing is held open."""

    close = __exit__


class _Asked(Exception):
    """A mode would do: there is something to be opened."""


def _refuse(name: str, flags: int) -> int:
    raise _Asked


def _error(number: int, file: Any) -> OSError:
    return OSError(number, os.strerror(number), file)


def _is_file(status: os.stat_result) -> bool:
    return stat.S_ISREG(status.st_mode)


def _is_folder(status: os.stat_result) -> bool:
    return stat.S_ISDIR(status.st_mode)


def _numpys_opener() -> dict[Any, Any]:
    """Where numpy.loadtxt and its kin keep the `open` that was there when numpy was imported."""
    source = sys.modules.get("numpy.lib._datasource")
    opener = getattr(getattr(source, "_file_openers", None), "_file_openers", None)
    return opener if isinstance(opener, dict) else {}
