"""How much address space a process has, and keeping one's own within bounds; without /proc neither is known."""

from __future__ import annotations

import contextlib
import os
import resource
import sys
from collections.abc import Iterator

assert sys.platform == "linux"


def address_space(process: int | str = "self") -> int | None:
    """Return the bytes of address space that a process has, by its pid; None where /proc doesn't tell."""
    try:
        file = os.open(f"/proc/{process}/statm", os.O_RDONLY)  # four times as fast as a Path, and asked often
        try:
            pages = int(os.read(file, 200).split()[0])
        finally:
            os.close(file)
    except (OSError, ValueError):
        return None
    return pages * resource.getpagesize()


@contextlib.contextmanager
def bounded_memory(room: int) -> Iterator[None]:
    """What happens here gets a MemoryError instead of more than `room` bytes.

    A program that is started in here would inherit the bound.
    """
    before, most = resource.getrlimit(resource.RLIMIT_AS)
    taken = address_space()
    if taken is None:
        yield
        return
    bounds = [bound for bound in (taken + room, before) if bound != resource.RLIM_INFINITY]
    resource.setrlimit(resource.RLIMIT_AS, (min(bounds), most))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_AS, (before, most))
