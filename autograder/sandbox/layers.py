"""Which layers of confinement are wanted, and what to say when one can't be had."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Layers:
    """The layers to put in force. Tests switch single ones off."""

    bubblewrap: bool = True
    landlock: bool = True
    seccomp: bool = True
    rlimits: bool = True


ALL = Layers()
WITHOUT_BUBBLEWRAP = Layers(bubblewrap=False)


class SandboxUnavailable(Exception):
    """A layer that was asked for can't be had here; the text says which, and what cures it."""
