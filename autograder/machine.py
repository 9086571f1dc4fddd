"""What this machine has and how it is shared: cores, threads of libraries, and address space.

It must not know what is run.
"""

from __future__ import annotations

import os
import resource
from pathlib import Path

_THREADS = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "NUMEXPR_NUM_THREADS")

#: Environment in which a library computes with one thread: several processes share the cores.
ONE_THREAD = dict.fromkeys(_THREADS, "1")


def usable_cores() -> list[int]:
    """Return the cores that this process may use, by number."""
    if hasattr(os, "sched_getaffinity"):
        return sorted(os.sched_getaffinity(0))
    return list(range(os.cpu_count() or 1))


def address_space(process: int | str = "self") -> int | None:
    """Return the bytes of address space that a process has, by its pid; None where /proc doesn't tell."""
    try:
        pages = int(Path(f"/proc/{process}/statm").read_text().split()[0])
    except (OSError, ValueError):
        return None
    return pages * resource.getpagesize()


def crowding(most: float = 8.0) -> float:
    """Return how many processes share a core, from 1 to `most`: about so much longer than its CPU a thing takes."""
    try:
        return min(most, max(1.0, os.getloadavg()[0] / len(usable_cores())))
    except OSError:
        return 1.0
