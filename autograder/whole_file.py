"""Files that are written whole or not at all: what was there stays until the new one is complete.

It must not know what is written.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from autograder.language import tr
from autograder.misuse import Misuse


@contextmanager
def replacing(path: Path, *, private: bool = False) -> Iterator[Path]:
    """Give a place beside `path` to write to, which takes its name in one step at the end, and is deleted after an
    exception. A link or a device (/dev/stdout) is written to as it is. `private`: others may not read it. Raises
    OSError.
    """
    if path.is_symlink() or (path.exists() and not path.is_file()):
        yield path
        return
    place = beside(path)
    try:
        yield place
        if private:
            hide_from_others(place)
        place.replace(path)
    finally:
        place.unlink(missing_ok=True)


def hide_from_others(path: Path) -> None:
    """Take from a file or a folder what the system's other users may do with it. Raises OSError."""
    path.chmod(path.stat().st_mode & 0o770)


def beside(path: Path) -> Path:
    """Return the place where this process writes what will replace `path`."""
    return path.with_name(f".{path.name}.{os.getpid()}")


def write_whole(path: Path, content: bytes | Iterable[str], cure: str, *, parents: bool = False) -> None:
    """Write bytes, or text in parts as UTF-8; with `parents` the folders above are made too.

    Raises Misuse, with `cure` as its last sentence, if that can't be done.
    """
    try:
        if parents:
            path.parent.mkdir(parents=True, exist_ok=True)
        with replacing(path) as place, place.open("wb") as file:
            file.writelines([content] if isinstance(content, bytes) else (part.encode() for part in content))
    except OSError as error:
        said = tr("{path} can't be written: {reason}. {cure}", path=path, reason=error.strerror, cure=cure)
        raise Misuse(said) from error
