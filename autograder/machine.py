"""What this machine has and how it is shared: cores, threads of libraries, and flags to open files with.

It must not know what is run.
"""

from __future__ import annotations

import os
import sys

_THREADS = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "NUMEXPR_NUM_THREADS")

#: Environment in which a library computes with one thread: several processes share the cores.
ONE_THREAD = dict.fromkeys(_THREADS, "1")


#: Flags with which a stranger's file is opened: a link isn't followed, and a FIFO, of which opening would wait for a
#: writer, not waited for. Windows has neither flag, but one without which it reads text.
READ_WARILY = os.O_RDONLY
for _flag in ("O_NOFOLLOW", "O_NONBLOCK", "O_CLOEXEC", "O_BINARY"):
    READ_WARILY |= getattr(os, _flag, 0)


def usable_cores() -> list[int]:
    """Return the cores that this process may use, by number."""
    if sys.platform == "linux":
        return sorted(os.sched_getaffinity(0))
    return list(range(os.cpu_count() or 1))
