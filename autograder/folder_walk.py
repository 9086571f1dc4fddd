"""Every file below a folder, also where a link leads to another folder: what is kept of a course must notice each edit.

It must not know what the files hold.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path


def files_below(place: Path) -> Iterator[Path]:
    """Yield the files in the order of their names; each folder once, though links lead back to it."""
    met = set[tuple[int, int]]()
    for where, folders, names in os.walk(place, followlinks=True):
        found = Path(where).stat()
        if (found.st_dev, found.st_ino) in met:
            folders.clear()
            continue
        met.add((found.st_dev, found.st_ino))
        folders.sort()
        yield from (Path(where, name) for name in sorted(names))
