"""What this machine has and how it is shared: cores, threads of libraries, flags to open files, and a user's folders.

It must not know what is run.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Literal

#: Names the folder for all that gradecheck keeps of a user.
DATA = "GRADECHECK_DATA"
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


def stay_on(core: int | None) -> None:
    """Keep this process, and what it starts, on one core, unless that was taken away meanwhile."""
    if core is not None and sys.platform == "linux":
        with suppress(OSError):
            os.sched_setaffinity(0, {core})


def crowding() -> float:
    """Return how many processes share a core, from 1 to 8: about so much longer than its CPU a thing takes."""
    if sys.platform == "win32":
        return 1.0
    try:
        return min(8.0, max(1.0, max(os.getloadavg()[0], _running()) / len(usable_cores())))
    except OSError:
        return 1.0


def _running() -> float:
    """Return how many others run or wait for a core, where that is told: of a minute the load tells it too late."""
    try:
        return float(Path("/proc/loadavg").read_text().split()[3].partition("/")[0]) - 1
    except (OSError, ValueError, IndexError):
        return 0.0


def user_folder(kind: Literal["data", "cache"], environment: Mapping[str, str] = os.environ) -> Path:
    """Return where to keep what is a user's own, or what can be made anew: in GRADECHECK_DATA, else as usual here."""
    if named := environment.get(DATA):
        return Path(named)
    if sys.platform == "linux":  # as platformdirs has it, whose import takes longer than all else that `list` reads
        variable, usual = ("XDG_DATA_HOME", ".local/share") if kind == "data" else ("XDG_CACHE_HOME", ".cache")
        for folder in (Path(environment.get(variable, "")), Path(environment.get("HOME", ""), usual)):
            if folder.is_absolute():
                return folder / "gradecheck"
    import platformdirs

    ask = platformdirs.user_data_dir if kind == "data" else platformdirs.user_cache_dir
    return Path(ask("gradecheck", appauthor=False))
