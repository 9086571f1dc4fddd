"""What a worker gives up, for good, before it loads a program: files, signals, system calls, memory, threads.

Each layer is taken on its own and reported by name; one that this kernel hasn't got is left out and so not reported.
This must run before any of the program's code, and must not need anything that it takes away.
"""

from __future__ import annotations

import contextlib
import ctypes
import os
import resource
import signal
import sys
from collections.abc import Iterable
from typing import TYPE_CHECKING

assert sys.platform == "linux"

import msgspec

if TYPE_CHECKING:
    from landlockpy import Ruleset

_PR_SET_PDEATHSIG = 1
_PR_SET_DUMPABLE = 4
_PR_SET_NO_NEW_PRIVS = 38
_SECCOMP_SET_MODE_FILTER = 1
_SECCOMP_FILTER_FLAG_TSYNC = 1
_SYS_SECCOMP = {"x86_64": 317, "aarch64": 277}


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

    Landlock's ruleset is made beforehand because making it costs ten times as much as the rest of a worker's start.
    """

    def __init__(self, confinement: Confinement) -> None:
        self._confinement = confinement
        self._libc = ctypes.CDLL(None, use_errno=True)
        self._ruleset = None if confinement.readable is None else _ruleset(confinement.readable)

    def confine(self, limits: Limits) -> list[str]:
        """Take on, for good, every layer that was asked for and that the kernel has; return those in force."""
        layers = []
        control = self._libc.prctl
        control(_PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)  # without bubblewrap it could outlive the zygote
        control(_PR_SET_DUMPABLE, 0, 0, 0, 0)  # no core file, wherever cores go; nobody reads its memory
        if self._ruleset is not None and _restrict(self._ruleset):
            layers.append("landlock")
        if self._confinement.rlimits:
            _rlimits(limits)
        if self._confinement.seccomp_filter is not None and _seccomp(self._libc, self._confinement.seccomp_filter):
            layers.append("seccomp")
        return [*layers, "rlimits"] if self._confinement.rlimits else layers


def _ruleset(readable: Iterable[str]) -> Ruleset | None:
    """Only reading below `readable` is left; no signal and no ptrace reaches anything outside the worker."""
    try:
        from landlockpy import AccessFS, Ruleset, Scope

        ruleset = Ruleset(scoped=Scope.SIGNAL | Scope.ABSTRACT_UNIX_SOCKET)
        for path in readable:
            access = AccessFS.READ_FILE | (AccessFS.READ_DIR if os.path.isdir(path) else AccessFS.NONE)
            with contextlib.suppress(FileNotFoundError):
                ruleset.allow_path(path, access)
    except (ImportError, OSError):  # a kernel without Landlock: LandlockError is an OSError
        return None
    return ruleset


def _restrict(ruleset: Ruleset) -> bool:
    try:
        ruleset.restrict()
        ruleset.close()
    except OSError:
        return False
    return True


def _rlimits(limits: Limits) -> None:
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
    _fields_ = (("length", ctypes.c_ushort), ("filter", ctypes.c_void_p))


def _seccomp(libc: ctypes.CDLL, program: bytes) -> bool:
    """Install a BPF program on every thread of this process; False where the kernel has no seccomp."""
    number = _SYS_SECCOMP.get(os.uname().machine)
    if number is None:
        return False
    code = ctypes.create_string_buffer(program, len(program))
    filter_program = _FilterProgram(len(program) // 8, ctypes.addressof(code))
    if libc.prctl(_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0:
        return False
    arguments = (_SECCOMP_SET_MODE_FILTER, _SECCOMP_FILTER_FLAG_TSYNC, ctypes.byref(filter_program))
    return bool(libc.syscall(number, *arguments) == 0)
