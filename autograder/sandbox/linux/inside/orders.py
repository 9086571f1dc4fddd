"""What the judge tells a zygote, and the zygote the judge: the messages of their socket.

The judge imports them before it starts one, and all else that it needs of a worker meanwhile.
"""

from __future__ import annotations

import sys

assert sys.platform == "linux"

import msgspec

from autograder.sandbox.inside.warmth import Warmth
from autograder.sandbox.linux.inside.confinement import Confinement, Limits

#: Small messages only: a Setup carries a BPF program of some kilobytes.
MAX_MESSAGE = 1 << 16


class Setup(msgspec.Struct, frozen=True):
    """The judge's first message: what to import, and how workers confine themselves; `many`: dozens will be wanted."""

    warmth: Warmth
    confinement: Confinement
    modules: list[str] = []
    many: bool = False


class Spawn(msgspec.Struct, frozen=True, tag=True):
    """Fork one worker with these limits."""

    limits: Limits


class Branch(msgspec.Struct, frozen=True, tag=True):
    """Fork one zygote, to run on these cores; `apart`: in namespaces of its own, or not at all."""

    cores: list[int]
    apart: bool


class Spawned(msgspec.Struct, frozen=True):
    """The new worker's pid, as the zygote sees it. The message carries its pidfd where the system has pidfds."""

    pid: int
