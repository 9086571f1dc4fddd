"""A folder for a copy of a course, solutions and all: no other user can read it, and it isn't left behind.

Whoever is killed can't remove its folder, so the next one does. It must not know what is copied.
"""

from __future__ import annotations

import sys

assert sys.platform == "linux"

import fcntl
import os
import shutil
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

_PREFIX = "gradecheck-copy-"
#: Seconds within which whoever makes a folder has surely locked it.
_YOUNG = 60.0


@contextmanager
def course_folder() -> Iterator[Path]:
    """Lend an empty folder, locked for as long as this process lives. Raises OSError."""
    place = Path(tempfile.gettempdir()).resolve()
    for left in place.glob(f"{_PREFIX}*"):
        _remove_left(left)
    folder = Path(tempfile.mkdtemp(prefix=_PREFIX, dir=place))
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        with suppress(OSError):  # a file system without locks, where none is removed either
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)
        os.close(descriptor)


def _remove_left(folder: Path) -> None:
    """Remove a folder of this user's whose owner has ended without doing so."""
    with suppress(OSError):  # it is somebody else's, still in use, or just being removed
        descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW)
        try:
            found = os.fstat(descriptor)
            if found.st_uid == os.geteuid() and found.st_mtime < time.time() - _YOUNG:
                fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
                shutil.rmtree(folder, ignore_errors=True)
        finally:
            os.close(descriptor)
