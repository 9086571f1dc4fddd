"""Warm zygotes that outlive the judge that asks for one: that one starts anew for each is what few tests are about.

A judge is lent one as it stands in a class: its workers are forked, confined and ended as always. Whoever wants other
layers, or finds bubblewrap elsewhere, gets one of its own; so do the tests of how a zygote starts and ends.
"""

from __future__ import annotations

import copy
import json
import os
import socket
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from typing import NamedTuple
from unittest import mock

from autograder.sandbox import starter
from autograder.sandbox.inside.warmth import Warmth
from autograder.sandbox.layers import ALL, Layers, SandboxUnavailable
from autograder.sandbox.linux.zygote import Zygote

_STARTS = "autograder.grading.judge.start"
_LONGEST = 1 << 12


class Kind(NamedTuple):
    """What a zygote has imported, and on how much it is prepared."""

    warmth: Warmth
    modules: tuple[str, ...] = ()
    many: bool = False

    def started(self) -> Zygote:
        """A new one; it is warm after `_wait_until_warm`."""
        return Zygote(self.warmth, modules=self.modules, many=self.many)


class _Lent(Zygote):
    """A zygote, as whoever is lent it sees it: at the end of this, its own programs end alone."""

    def close(self) -> None:
        self.end_shared()


def lent(zygote: Zygote) -> Zygote:
    """A zygote for one who ends it: only what ran for them ends."""
    found = copy.copy(zygote)
    found.__class__ = _Lent
    return found


@contextmanager
def lending(find: Callable[[Kind], Zygote | None], path: str | None) -> Iterator[None]:
    """Lend judges of this process what `find` has of a kind; `path` is the PATH with which these were started."""
    process = os.getpid()

    def start(
        warmth: Warmth, *, layers: Layers = ALL, modules: Sequence[str] = (), many: bool = False
    ) -> starter.Starter:
        # Two that ask one zygote at the same time would get each other's answers.
        here = os.getpid() == process and threading.current_thread() is threading.main_thread()
        alike = here and layers == ALL and os.environ.get("PATH") == path
        found = find(Kind(warmth, tuple(modules), many)) if alike else None
        if found is None:
            return starter.start(warmth, layers=layers, modules=modules, many=many)
        return lent(found)

    with mock.patch(_STARTS, start):
        yield


class Kept:
    """The zygotes of one process, each started when it is first wanted."""

    def __init__(self) -> None:
        self._zygotes: dict[Kind, Zygote] = {}

    def find(self, kind: Kind) -> Zygote:
        """One that is warm."""
        if kind not in self._zygotes or self._zygotes[kind]._process.poll() is not None:
            self._zygotes[kind] = kind.started()
            self._zygotes[kind]._wait_until_warm()
        return self._zygotes[kind]

    def close(self) -> None:
        while self._zygotes:
            self._zygotes.popitem()[1].close()


class KeptForCommands:
    """The zygotes that a process keeps for commands that it forks one after the other.

    A command finds those that were warm when it was forked. Of what it didn't find it tells, on `wanted`, for the next.
    """

    def __init__(self) -> None:
        self._warming: dict[int, tuple[Kind, Zygote]] = {}
        self._warm: dict[Kind, Zygote] = {}
        self.path = os.environ.get("PATH")
        self.wanted, self._tell = socket.socketpair(socket.AF_UNIX, socket.SOCK_DGRAM)

    def keep_what_is_wanted(self) -> int | None:
        """Start what a command has told of; return the descriptor that can be read when it is warm."""
        warmth, modules, many = json.loads(self.wanted.recv(_LONGEST))
        kind = Kind(Warmth(warmth), tuple(modules), many)
        if kind in self._warm or kind in [each for each, _ in self._warming.values()]:
            return None
        zygote = kind.started()
        self._warming[zygote._control.fileno()] = kind, zygote
        return zygote._control.fileno()

    def is_warm(self, descriptor: int) -> bool:
        """Whether this is one that became warm, which can be lent from now on."""
        if descriptor not in self._warming:
            return False
        kind, zygote = self._warming.pop(descriptor)
        with suppress(SandboxUnavailable):
            zygote._wait_until_warm()
            self._warm[kind] = zygote
        return True

    def before_a_command(self) -> None:
        """Forget what has ended."""
        for kind in [kind for kind, zygote in self._warm.items() if zygote._process.poll() is not None]:
            del self._warm[kind]

    def end_all(self) -> None:
        """After a command that was killed: its programs could still run."""
        while self._warm:
            self._warm.popitem()[1].close()

    def find(self, kind: Kind) -> Zygote | None:
        """In a command."""
        if kind not in self._warm:
            self._tell.send(json.dumps(kind).encode())
        return self._warm.get(kind)
