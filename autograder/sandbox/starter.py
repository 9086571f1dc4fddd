"""What starts programs: one interface, and two ways to be it, chosen by what the machine has.

On Linux it is a zygote behind the wall (`linux/`). Elsewhere every submission gets a plain process of its own
(`anywhere/`): there is no wall then, so that way is for one's own programs only. It must not know what is run.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING, Protocol, Self

import msgspec

from autograder.language import later, tr
from autograder.sandbox.bytecode import leave_bytecode
from autograder.sandbox.inside.warmth import Warmth
from autograder.sandbox.layers import ALL, Layers, SandboxUnavailable

if TYPE_CHECKING:
    from autograder.sandbox.worker import Worker


class Budget(msgspec.Struct, frozen=True):
    """What one worker may use: MiB of memory beyond what it starts with, and CPU seconds in all.

    Only the wall holds it to that.
    """

    memory: int = 512
    cpu_seconds: int = 60


DEFAULT_BUDGET = Budget()


class Starter(Protocol):
    """Starting it returns at once; the first `spawn` waits until it is warm. Its end takes every worker along."""

    def spawn(self, budget: Budget, *, trusted: bool = False, shares: bool = False) -> Worker:
        """A worker that waits for its program.

        `trusted`: a program of the course; without a wall all of these share a process. `shares`: one that shares a
        process with its like behind the wall too.
        """

    def probe(self) -> list[str]:
        """The layers that a worker really gets; waits until programs can be started."""

    def branch(self) -> None:
        """In a process that was forked from the one that started it, before anything was asked: be one's own."""

    def close(self) -> None:
        """End all its workers, at once."""

    def __enter__(self) -> Self: ...

    def __exit__(self, *exception: object) -> None: ...


def start(warmth: Warmth, *, layers: Layers = ALL, modules: Sequence[str] = (), many: bool = False) -> Starter:
    """Start what starts programs here; `modules` of other libraries are there, and imported, too.

    `many`: programs by the dozen are to come, which are worth preparing for.
    Raises SandboxUnavailable if a wanted layer can't be had.
    """
    leave_bytecode()
    if sys.platform == "linux":
        from autograder.sandbox.linux.zygote import Zygote

        return Zygote(warmth, layers=layers, modules=modules, many=many)
    if layers.bubblewrap:
        require_wall()
    from autograder.sandbox.anywhere.processes import Processes

    return Processes(warmth, modules)


def require_wall() -> None:
    """Raise SandboxUnavailable where nothing can be a wall; whether each layer holds, only a worker can tell."""
    if sys.platform == "linux":
        from autograder.sandbox.linux.bubblewrap import find_bubblewrap, unavailable

        if find_bubblewrap() is None:
            raise unavailable()
    else:
        raise SandboxUnavailable(tr("Programs run behind a wall on Linux only."), tr(NO_WALL))


def confined_by() -> tuple[object, ...]:
    """Return on what it depends here how programs are confined: who runs them, and by which bubblewrap."""
    if sys.platform == "linux":
        from autograder.sandbox.linux.bubblewrap import find_bubblewrap

        return os.geteuid(), find_bubblewrap()
    return ()


#: What to do on a machine that can't have the wall.
NO_WALL = later(
    "Other people's programs are graded on Linux: in WSL 2 or a virtual machine, or on a server. Your own programs can "
    "be graded here."
)
