"""What was read of a course, kept until one of its files changes, or what reads them.

It is read back only from a folder that nobody else may write to. A quiz is asked by it; no submission is graded by it.
A file that can't be written or read is as none. It must not know what is kept.
"""

from __future__ import annotations

import os
import sys
import time
from binascii import crc32
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any, TypeVar

import msgspec

from autograder import private_folder
from autograder.folder_walk import files_below
from autograder.language import spoken

_READS_COURSES = Path(__file__).parent
#: A file that is changed twice within this many seconds can have the same time and size both times.
_TOO_FRESH = 2.0

#: A file: its path, when it was changed, which can be set, when that was set, which can't, its bytes, and which file it
#: is: of files written together, all else can be the same when one folder takes another's place.
Stamp = tuple[str, int, int, int, int]
Kind = TypeVar("Kind")


class _Note(msgspec.Struct, frozen=True):
    language: str
    python: str
    files: list[Stamp]
    content: msgspec.Raw


def name(root: Path, *parts: str) -> str:
    """Return under what name a part of the course there is kept, or all of it."""
    return "-".join(f"{crc32(each):08x}" for each in (os.fsencode(root), *map(str.encode, parts))) + ".msgpack"


def stamps(places: Iterable[Path]) -> list[Stamp]:
    """Return what tells of files, and of all in folders, whether they have changed; of what reads courses, too."""
    return sorted(stamp for place in (*places, _READS_COURSES) for stamp in _stamps(place))


def recall(
    place: Path, name: str, kind: type[Kind], files: list[Stamp], convert: Callable[[type, Any], Any] | None = None
) -> Kind | None:
    """Return what was kept by this name in the folder `place`; None if it isn't of these files, in this language.

    `convert` makes what was kept as text a value of a type of ours.
    """
    try:
        note = msgspec.msgpack.decode(private_folder.read(place, name), type=_Note)
        if (note.files, note.language, note.python) != (files, spoken(), sys.version):
            return None
        return msgspec.msgpack.decode(note.content, type=kind, dec_hook=convert)
    except (OSError, msgspec.MsgspecError):
        return None


def keep(place: Path, name: str, content: object, files: list[Stamp], now: Callable[[], list[Stamp]]) -> None:
    """Keep what was read of `files`, unless one has changed meanwhile (`now` tells), or only just."""
    newest = max(max(stamp[1:3]) for stamp in files) / 1e9
    if files != now() or newest >= time.time() - _TOO_FRESH:
        return
    note = _Note(spoken(), sys.version, files, msgspec.Raw(msgspec.msgpack.encode(content, enc_hook=str)))
    with suppress(OSError):  # it is only read anew next time
        private_folder.write(place, name, msgspec.msgpack.encode(note))


def _stamps(place: Path) -> Iterator[Stamp]:
    if not place.is_dir():
        yield _stamp(place)
    yield from (_stamp(path) for path in files_below(place) if path.parent.name != "__pycache__")


def _stamp(path: Path) -> Stamp:
    try:
        found = path.stat()
    except OSError:
        return str(path), 0, 0, -1, 0
    return str(path), found.st_mtime_ns, found.st_ctime_ns, found.st_size, found.st_ino
