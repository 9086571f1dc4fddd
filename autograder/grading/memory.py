"""Keeping the judge's own memory within bounds while a check computes with a program's answers.

Each answer is small by itself, but two of them can broadcast to an array that fills the machine: (50000, 1) minus
(1, 50000). It must not know what a check is.
"""

from __future__ import annotations

import contextlib
import resource
from collections.abc import Iterator

from autograder.machine import address_space

#: Bytes that a check may take beside what the judge has: a hundred times what an answer can hold is not honest work.
ROOM = 1 << 30


@contextlib.contextmanager
def bounded_memory(room: int = ROOM) -> Iterator[None]:
    """What happens here gets a MemoryError instead of more than `room` bytes; without /proc there is no bound.

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
