"""Every file below a folder, also where a link leads to another folder: what is kept of a course must notice each edit.

It must not know what the files hold.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

#: A folder, whatever it is called.
_Folder = tuple[int, int]


def files_below(place: Path) -> Iterator[Path]:
    """Yield the files in the order of their names; a link that leads back to a folder it is in isn't followed.

    Two links to one folder are both followed: what is read by either name must be found. A folder that is removed
    meanwhile has no files.
    """
    above: dict[Path, frozenset[_Folder]] = {}
    for name, folders, names in os.walk(place, followlinks=True):
        where = Path(name)
        inside, found = above.pop(where, frozenset[_Folder]()), _identity(where)
        if found is None or found in inside:
            folders.clear()
            continue
        folders.sort()
        above.update((where / folder, inside | {found}) for folder in folders)
        yield from (where / each for each in sorted(names))


def _identity(folder: Path) -> _Folder | None:
    try:
        found = folder.stat()
    except OSError:
        return None
    return found.st_dev, found.st_ino
