"""Which layers of confinement are wanted, and what to say when one can't be had."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from autograder.language import later


class Layers(msgspec.Struct, frozen=True):
    """The layers to put in force. Tests switch single ones off."""

    bubblewrap: bool = True
    landlock: bool = True
    seccomp: bool = True
    rlimits: bool = True

    def missing(self, in_force: Iterable[str]) -> list[str]:
        """The names of the wanted layers that aren't in force."""
        return [layer for layer, wanted in msgspec.structs.asdict(self).items() if wanted and layer not in in_force]


ALL = Layers()
WITHOUT_BUBBLEWRAP = Layers(bubblewrap=False)
#: All that a system without the wall can have.
NONE = Layers(bubblewrap=False, landlock=False, seccomp=False, rlimits=False)

#: What a layer needs, for a machine that could have it.
CURES = {
    "bubblewrap": later(
        "Ordinary users must be allowed to make user namespaces: sysctl user.max_user_namespaces must not be 0, "
        "a container needs --security-opt seccomp=unconfined --security-opt apparmor=unconfined (or --privileged), and "
        "on Ubuntu only the system's bubblewrap may (apt install bubblewrap)."
    ),
    "landlock": later(
        "It needs the package landlockpy, and a kernel of at least 5.13 with landlock in its lsm= list "
        "(cat /sys/kernel/security/lsm)."
    ),
    "seccomp": later("It needs a kernel with CONFIG_SECCOMP_FILTER, on x86_64 or aarch64."),
    "rlimits": later("It needs a system that enforces RLIMIT_AS."),
}


class SandboxUnavailable(Exception):
    """A layer that was asked for can't be had here; the text says which and why, and then what cures it."""

    def __init__(self, reason: str, cure: str = "") -> None:
        super().__init__(f"{reason} {cure}".rstrip())
        self.reason, self.cure = reason, cure
