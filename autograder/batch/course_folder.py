"""A folder for a copy of a course, solutions and all: no other user can read it, and it isn't left behind.

Whoever is killed can't remove its folder, so the next one does. It must not know what is copied.
"""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path

from autograder.private_folder import opened

#: What the name of each such folder begins with.
PREFIX = "gradecheck-copy-"
#: Seconds within which whoever makes a folder has surely locked it.
_YOUNG = 60.0


@contextmanager
def course_folder() -> Iterator[Path]:
    """Lend an empty folder, locked for as long as this process lives. Raises OSError."""
    place = Path(tempfile.gettempdir()).resolve()
    for left in place.glob(f"{PREFIX}*"):
        _remove_left(left)
    folder = Path(tempfile.mkdtemp(prefix=PREFIX, dir=place))
    with ExitStack() as held:
        held.callback(shutil.rmtree, folder, ignore_errors=True)
        with suppress(OSError):  # a file system without locks, where none is removed either
            _lock(held.enter_context(opened(folder)))
        yield folder


def _remove_left(folder: Path) -> None:
    """Remove a folder of this user's whose owner has ended without doing so."""
    with suppress(OSError), opened(folder) as descriptor:  # somebody else's, still in use, or just being removed
        if os.fstat(descriptor).st_mtime < time.time() - _YOUNG:
            _lock(descriptor)
            shutil.rmtree(folder, ignore_errors=True)


def _lock(descriptor: int) -> None:
    """Lock an open folder until it is closed. Raises OSError: another has it, or the file system knows no locks."""
    if sys.platform != "win32":
        import fcntl

        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
