"""Keeping the judge's own memory within bounds while a check computes with a program's answers.

Each answer is small by itself, but two of them can broadcast to an array that fills the machine: (50000, 1) minus
(1, 50000). It must not know what a check is.
"""

from __future__ import annotations

import contextlib
import sys
from contextlib import AbstractContextManager

#: Bytes that a check may take beside what the judge has: a hundred times what an answer can hold is not honest work.
ROOM = 1 << 30


def bounded_memory(room: int = ROOM) -> AbstractContextManager[None]:
    """What happens here gets a MemoryError instead of more than `room` bytes; only Linux keeps to such a bound."""
    if sys.platform == "linux":
        from autograder.sandbox.linux import memory

        return memory.bounded_memory(room)
    return contextlib.nullcontext()
