"""What starts programs: one interface, and two ways to be it, chosen by what the machine has.

On Linux it is a zygote behind the wall (`linux/`). Elsewhere every submission gets a plain process of its own
(`anywhere/`): there is no wall then, so that way is for one's own programs only. It must not know what is run.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from contextlib import ExitStack
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

    def end_shared(self) -> None:
        """End the workers that several programs share: whoever has one to itself closes that."""

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


class Starters:
    """What starts programs, lent to one judge of this process after another: torch is imported once for all of them."""

    def __init__(self) -> None:
        self._starters: dict[tuple[Warmth, Layers, tuple[str, ...], bool], Starter] = {}
        self._stack = ExitStack()

    def start(
        self, warmth: Warmth, *, layers: Layers = ALL, modules: Sequence[str] = (), many: bool = False
    ) -> Starter:
        """As the function `start`; who closes it ends what it started, and not what starts programs."""
        kind = warmth, layers, tuple(modules), many
        if kind not in self._starters:
            self._starters[kind] = self._stack.enter_context(start(warmth, layers=layers, modules=modules, many=many))
        return _Lent(self._starters[kind])

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exception: object) -> None:
        self._stack.close()


class _Lent:
    """A `Starter` of which more will be wanted than its borrower knows."""

    def __init__(self, starter: Starter) -> None:
        self.spawn, self.probe, self.branch = starter.spawn, starter.probe, starter.branch
        self.end_shared = self.close = starter.end_shared

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exception: object) -> None:
        self.close()


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
