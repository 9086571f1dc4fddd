"""What a command costs with all the processes that it starts: seconds, CPU seconds and memory.

CPU is that of a control group of the kernel, where one can be made (by root): other work on the machine doesn't count.
Else it is what the whole machine spent meanwhile: leave it alone. The processes themselves don't tell it, for a worker
behind the wall lives for milliseconds, and the kernel adds its time to nobody's. Memory is the sum of the tree's
proportional set sizes (PSS): what processes share is counted once.
"""

from __future__ import annotations

import os
import subprocess
import threading
import time
from collections import defaultdict
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from uuid import uuid4

_TICK = os.sysconf("SC_CLK_TCK")
_EVERY = 1.0
#: What is installed has its bytecode, whatever this shell wants of it.
ENVIRONMENT = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
_CONTROL_GROUPS = Path("/sys/fs/cgroup/cpuacct")


@dataclass(frozen=True)
class Cost:
    """Wall-clock seconds, CPU seconds of the machine, and the greatest MiB of memory at one time."""

    seconds: float
    cpu: float
    memory: float
    output: str


def run(command: Sequence[str | Path], environment: Mapping[str, str] | None = None) -> Cost:
    """Run a command to its end, without its complaints. Raises CalledProcessError where it exits with more than 1."""
    with Account() as account:
        return _run(command, environment, account)


def _run(command: Sequence[str | Path], environment: Mapping[str, str] | None, account: Account) -> Cost:
    started, before = time.perf_counter(), account.cpu()
    with subprocess.Popen(
        account.charged(command),
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        env={**ENVIRONMENT, **(environment or {})},
    ) as process:
        watch = _Watch(process.pid)
        watch.start()
        output = process.communicate()[0]
        watch.stop()
    if process.returncode > 1:
        raise subprocess.CalledProcessError(process.returncode, command, output)
    return Cost(time.perf_counter() - started, account.cpu() - before, watch.memory, output)


class Account:
    """What some commands, and all processes that they start, have spent of the CPU; a context manager."""

    def __init__(self) -> None:
        self._group: Path | None = _CONTROL_GROUPS / f"gradecheck-{uuid4().hex}"
        try:
            self._group.mkdir()
        except OSError:  # not root, or another version of control groups
            self._group = None

    def charged(self, command: Sequence[str | Path]) -> list[str | Path]:
        """Return the command as it is to be started, so that it counts."""
        if self._group is None:
            return [*command]
        return ["sh", "-c", 'echo $$ > "$0" && exec "$@"', self._group / "cgroup.procs", *command]

    def cpu(self) -> float:
        """Seconds until now."""
        return _busy() if self._group is None else int((self._group / "cpuacct.usage").read_text()) / 1e9

    def __enter__(self) -> Account:
        return self

    def __exit__(self, *exception: object) -> None:
        end = time.monotonic() + _EVERY
        while self._group is not None and time.monotonic() < end:  # something of it may be just ending
            with suppress(OSError):
                self._group.rmdir()
                return
            time.sleep(0.02)


def below(root: int) -> list[int]:
    """Return the processes of a tree, its root first."""
    return _below(_children(), root)


def _busy() -> float:
    """Seconds that all cores together have worked since the machine was started."""
    user, nice, system, _, _, interrupts, soft = map(int, Path("/proc/stat").read_text().split()[1:8])
    return (user + nice + system + interrupts + soft) / _TICK


class _Watch(threading.Thread):
    """Looks at the memory of a tree of processes once a second."""

    def __init__(self, root: int) -> None:
        super().__init__(daemon=True)
        self.memory = 0.0
        self._root, self._ended = root, threading.Event()

    def run(self) -> None:
        while not self._ended.wait(_EVERY):
            self.memory = max(self.memory, sum(map(_pss, below(self._root))) / 1024)

    def stop(self) -> None:
        self._ended.set()
        self.join()


def _children() -> dict[int, list[int]]:
    """The children of every process."""
    children: dict[int, list[int]] = defaultdict(list)
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                parent = (entry / "stat").read_text().rpartition(")")[2].split()[1]
            except OSError:
                continue
            children[int(parent)].append(int(entry.name))
    return children


def _below(children: Mapping[int, Sequence[int]], root: int) -> list[int]:
    found = [root]
    for pid in found:
        found += children.get(pid, ())
    return found


def _pss(pid: int) -> int:
    """KiB; 0 for a process that has ended or may not be looked at."""
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) for line in lines if line.startswith("Pss:")), 0)
