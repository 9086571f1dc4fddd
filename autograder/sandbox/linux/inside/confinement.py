"""What a worker gives up, for good, before it loads a program: files, signals, system calls, memory, threads.

Each layer is taken on its own and reported by name; one that this kernel hasn't got is left out and so not reported.
This must run before any of the program's code, and must not need anything that it takes away.
"""

from __future__ import annotations

import contextlib
import ctypes
import ctypes.util
import os
import resource
import signal
import sys
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

assert sys.platform == "linux"

import msgspec

if TYPE_CHECKING:
    from landlockpy import Ruleset

_PR_SET_PDEATHSIG = 1
_PR_SET_DUMPABLE = 4
_PR_SET_NO_NEW_PRIVS = 38
_PR_CAPBSET_DROP = 24
_CLONE_NEWIPC, _CLONE_NEWUSER, _CLONE_NEWPID, _CLONE_NEWNET = 0x08000000, 0x10000000, 0x20000000, 0x40000000
_CAPABILITY_VERSION_3 = 0x20080522
#: More than any kernel has yet; those that it hasn't are refused one by one.
_CAPABILITIES = 64
_SECCOMP_SET_MODE_FILTER = 1
_SECCOMP_FILTER_FLAG_TSYNC = 1
_SYS_SECCOMP = {"x86_64": 317, "aarch64": 277}
_SYS_LANDLOCK_RESTRICT_SELF = 446


class Limits(msgspec.Struct, frozen=True):
    """What one worker may use: address space in bytes, CPU seconds, threads, open files."""

    address_space: int
    cpu_seconds: int
    threads: int = 64
    open_files: int = 64


class Confinement(msgspec.Struct, frozen=True):
    """Which layers a worker takes on: the paths that Landlock leaves readable, and seccomp's BPF program."""

    readable: list[str] | None
    seccomp_filter: bytes | None
    rlimits: bool = True


class Confiner:
    """Prepares the layers once, in the zygote, so that each worker only has to take them on.

    Landlock's ruleset is made beforehand because making it costs ten times as much as the rest of a worker's start, and
    a worker calls the C library by itself: each Python object that is met after a fork has its page copied.
    """

    def __init__(self, confinement: Confinement) -> None:
        libc = ctypes.CDLL(None)
        self._control, self._call = libc.prctl, libc.syscall
        self._control(_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)  # which Landlock and seccomp ask for; workers inherit it
        self._ruleset = None if confinement.readable is None else _ruleset(confinement.readable)
        self._rlimits = confinement.rlimits
        self._filter = None if confinement.seccomp_filter is None else _FilterProgram.of(confinement.seccomp_filter)
        self._set_filter = _SYS_SECCOMP.get(os.uname().machine)

    def confine(self, limits: Limits) -> list[str]:
        """Take on, for good, every layer that was asked for and that the kernel has; return those in force."""
        layers = []
        self._control(_PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)  # without bubblewrap it could outlive the zygote
        self._control(_PR_SET_DUMPABLE, 0, 0, 0, 0)  # no core file, wherever cores go; nobody reads its memory
        if self._restricted():
            layers.append("landlock")
        if self._rlimits:
            _set_rlimits(limits)
        if self._filtered():
            layers.append("seccomp")
        return [*layers, "rlimits"] if self._rlimits else layers

    def _restricted(self) -> bool:
        if self._ruleset is None:
            return False
        ruleset = self._ruleset.fileno()
        restricted = self._call(_SYS_LANDLOCK_RESTRICT_SELF, ruleset, 0) == 0
        os.close(ruleset)
        return bool(restricted)

    def _filtered(self) -> bool:
        """Install seccomp's program on every thread of this process; False where the kernel has no seccomp."""
        if self._filter is None or self._set_filter is None:
            return False
        arguments = (_SECCOMP_SET_MODE_FILTER, _SECCOMP_FILTER_FLAG_TSYNC, ctypes.byref(self._filter))
        return bool(self._call(self._set_filter, *arguments) == 0)


def enter_own_namespaces() -> bool:
    """Leave behind, for good, the processes, memory and network of those around; False where the system won't have it.

    The next child is the first in a pid namespace. In a user namespace of its own, threads are counted apart too: what
    one program takes of them no neighbour lacks. No power over the new namespaces is kept.
    """
    libc = ctypes.CDLL(None)
    if libc.unshare(_CLONE_NEWUSER | _CLONE_NEWPID | _CLONE_NEWIPC | _CLONE_NEWNET) != 0:
        return False
    for capability in range(_CAPABILITIES):
        libc.prctl(_PR_CAPBSET_DROP, capability, 0, 0, 0)
    header, none = (ctypes.c_uint32 * 2)(_CAPABILITY_VERSION_3, 0), (ctypes.c_uint32 * 6)()
    return bool(libc.capset(header, none) == 0)


def _ruleset(readable: Iterable[str]) -> Ruleset | None:
    """Only reading below `readable` is left; no signal and no ptrace reaches anything outside the worker."""
    try:
        from landlockpy import AccessFS, Ruleset, Scope

        with _c_library_known():
            ruleset = Ruleset(scoped=Scope.SIGNAL | Scope.ABSTRACT_UNIX_SOCKET)
        for path in readable:
            access = AccessFS.READ_FILE | (AccessFS.READ_DIR if os.path.isdir(path) else AccessFS.NONE)
            with contextlib.suppress(FileNotFoundError):
                ruleset.allow_path(path, access)
    except (ImportError, OSError):  # a kernel without Landlock: LandlockError is an OSError
        return None
    return ruleset


@contextlib.contextmanager
def _c_library_known() -> Iterator[None]:
    """Keep landlockpy from starting programs to find the C library: it is loaded, and there are none here."""
    find, ctypes.util.find_library = ctypes.util.find_library, lambda name: None
    try:
        yield
    finally:
        ctypes.util.find_library = find


def _set_rlimits(limits: Limits) -> None:
    wanted = {
        resource.RLIMIT_AS: limits.address_space,
        resource.RLIMIT_CPU: limits.cpu_seconds,
        resource.RLIMIT_NOFILE: limits.open_files,
        resource.RLIMIT_FSIZE: 0,
        resource.RLIMIT_CORE: 0,
        resource.RLIMIT_MEMLOCK: 0,
        resource.RLIMIT_MSGQUEUE: 0,
        resource.RLIMIT_NPROC: limits.threads,
    }
    for which, value in wanted.items():
        hard = resource.getrlimit(which)[1]
        value = value if hard == resource.RLIM_INFINITY else min(value, hard)
        with contextlib.suppress(OSError, ValueError):
            resource.setrlimit(which, (value, value))


class _FilterProgram(ctypes.Structure):
    _fields_ = (("length", ctypes.c_ushort), ("filter", ctypes.c_char_p))

    @classmethod
    def of(cls, program: bytes) -> _FilterProgram:
        """A BPF program, each of whose instructions has eight bytes."""
        return cls(len(program) // 8, program)
