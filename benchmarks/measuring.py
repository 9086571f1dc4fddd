"""What a command costs with all the processes that it starts: seconds, CPU seconds and memory.

A worker behind the wall lives for milliseconds, and dies with its pid namespace, whose first process buries it. So CPU
is what the kernel tells of the command and of the processes that it waited for, and of each zygote's tree the most that
was ever seen. Memory is the sum of the tree's proportional set sizes (PSS): what processes share is counted once.
"""

from __future__ import annotations

import os
import subprocess
import threading
import time
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

_TICK = os.sysconf("SC_CLK_TCK")
_EVERY, _MEMORY_EVERY = 0.1, 10


@dataclass(frozen=True)
class Cost:
    """Wall-clock seconds, CPU seconds, and the greatest MiB of memory at one time."""

    seconds: float
    cpu: float
    memory: float
    output: str


def run(command: Sequence[str | Path], environment: Mapping[str, str] | None = None) -> Cost:
    """Run a command to its end. Raises CalledProcessError where it exits with more than 1."""
    started, before = time.perf_counter(), os.times()
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, text=True, env={**os.environ, **(environment or {})}
    ) as process:
        watch = _Watch(process.pid)
        watch.start()
        output = process.communicate()[0]
        watch.stop()
    after = os.times()
    if process.returncode > 1:
        raise subprocess.CalledProcessError(process.returncode, command, output)
    waited_for = after.children_user - before.children_user + after.children_system - before.children_system
    return Cost(time.perf_counter() - started, waited_for + watch.zygotes, watch.memory, output)


class _Watch(threading.Thread):
    """Looks at a tree of processes ten times a second."""

    def __init__(self, root: int) -> None:
        super().__init__(daemon=True)
        self.memory = 0.0
        self._root, self._ended = root, threading.Event()
        self._most: dict[int, float] = defaultdict(float)

    @property
    def zygotes(self) -> float:
        """CPU seconds of all zygotes with their workers."""
        return sum(self._most.values())

    def run(self) -> None:
        looks = 0
        while not self._ended.wait(_EVERY):
            tree, cpu = _tree()
            mine = _below(tree, self._root)
            for pid in mine:
                if _is_bubblewrap(pid):
                    spent = sum(cpu.get(each, 0.0) for each in _below(tree, pid))
                    self._most[pid] = max(self._most[pid], spent)
            if looks % _MEMORY_EVERY == 0:
                self.memory = max(self.memory, sum(map(_pss, mine)) / 1024)
            looks += 1

    def stop(self) -> None:
        self._ended.set()
        self.join()


def _tree() -> tuple[dict[int, list[int]], dict[int, float]]:
    """The children of every process, and the CPU seconds of each with those of the children that it has buried."""
    children: dict[int, list[int]] = defaultdict(list)
    cpu = {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                fields = (entry / "stat").read_text().rpartition(")")[2].split()
            except OSError:
                continue
            children[int(fields[1])].append(int(entry.name))
            cpu[int(entry.name)] = sum(map(int, fields[11:15])) / _TICK
    return children, cpu


def _below(children: Mapping[int, Sequence[int]], root: int) -> list[int]:
    found = [root]
    for pid in found:
        found += children.get(pid, ())
    return found


def _is_bubblewrap(pid: int) -> bool:
    """The outermost process of a zygote; the one inside, as pid 1, is an interpreter."""
    try:
        return Path(f"/proc/{pid}/comm").read_text().strip() == "bwrap"
    except OSError:
        return False


def _pss(pid: int) -> int:
    """KiB; 0 for a process that has ended or may not be looked at."""
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) for line in lines if line.startswith("Pss:")), 0)
