"""Small files in a folder that only this user can write to, so that what is read there can be believed.

Whoever grades with another's rights (sudo keeps HOME, and a home can be shared) must not read what that person could
have written, nor write where that person could have put a link. It must not know what the files hold.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

_OTHERS_MAY_WRITE = 0o022


def read(folder: Path, name: str) -> bytes:
    """Return what a file of the folder holds. Raises OSError where there is none, or somebody else could write it."""
    with opened(folder) as place, os.fdopen(os.open(name, os.O_RDONLY, dir_fd=place), "rb") as file:
        return file.read()


def write(folder: Path, name: str, content: bytes) -> None:
    """Write a file whole or not at all; the folder is made if need be. Raises OSError where another has a say in it."""
    _make(folder)
    draft = f".{name}.{os.getpid()}"
    with opened(folder) as place:
        with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600, dir_fd=place), "wb") as file:
            file.write(content)
        os.rename(draft, name, src_dir_fd=place, dst_dir_fd=place)


def _make(folder: Path) -> None:
    """Make the folder and those above, if what is there already is this user's."""
    there = next(place for place in (folder, *folder.parents) if place.exists())
    _demand_own(there.stat())
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)


@contextmanager
def opened(folder: Path) -> Iterator[int]:
    """Lend the folder, open: what it is called may change its meaning, what is open may not.

    Raises OSError where it is no folder of this user's alone.
    """
    if sys.platform == "win32":
        raise PermissionError("this system doesn't tell whose a folder is")
    place = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW)
    try:
        _demand_own(os.fstat(place))
        yield place
    finally:
        os.close(place)


def _demand_own(found: os.stat_result) -> None:
    if sys.platform == "win32" or found.st_uid != os.geteuid() or found.st_mode & _OTHERS_MAY_WRITE:
        raise PermissionError("another user may write there")
