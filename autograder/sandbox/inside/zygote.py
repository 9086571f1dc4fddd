"""The zygote: imports numpy (and torch) once, then forks a worker for each program that the judge wants to ask.

It runs none of a program's code itself. It speaks with the judge over one socket: each `Spawn` comes with three
descriptors (the worker's connection, its output, its trace), and is answered by the worker's pid and pidfd.
"""

from __future__ import annotations

import ctypes
import gc
import importlib
import os
import signal
import socket
import sys
import time
from collections.abc import Sequence
from enum import IntEnum
from itertools import count, takewhile

import msgspec

from autograder.sandbox.inside.confinement import Confinement, Confiner, Limits


class Warmth(IntEnum):
    """What a zygote imports before it forks; each includes those before it.

    torch's compiler takes as long again as torch, and few programs need it.
    """

    NUMPY = 1
    TORCH = 2
    COMPILER = 3


class Setup(msgspec.Struct, frozen=True):
    """The judge's first message: what to import, and how workers confine themselves."""

    warmth: Warmth
    confinement: Confinement
    modules: list[str] = []


class Spawn(msgspec.Struct, frozen=True):
    """Fork one worker with these limits."""

    limits: Limits


class Spawned(msgspec.Struct, frozen=True):
    """The new worker's pid, as the zygote sees it. The message carries its pidfd where the system has pidfds."""

    pid: int


#: Small messages only: a Setup carries a BPF program of some kilobytes.
MAX_MESSAGE = 1 << 16
#: Workers after which the zygote prepares for many more: with torch that takes as long as it saves over twenty of them.
_FEW = 4
#: Bytes of a huge page, and how many of them below the break are tried: 2 GiB.
_HUGE = 2 << 20
_TRIED = 1024
_PATIENCE = 1.0
_MADV_COLLAPSE = 25


def main(control_descriptor: int) -> None:
    """Serve spawns until the judge closes the control socket."""
    control = socket.socket(fileno=control_descriptor)
    setup = msgspec.msgpack.decode(control.recv(MAX_MESSAGE), type=Setup)
    _warm_up(setup.warmth, setup.modules)
    confiner = Confiner(setup.confinement)
    gc.collect()
    gc.freeze()  # what is here stays shared with every worker: no collection touches its pages
    _answer(control, b"ready", os.getpid())
    for served in count():
        if served == _FEW:
            _use_huge_pages()
        message, descriptors, _, _ = socket.recv_fds(control, MAX_MESSAGE, 3)
        _reap()
        if not message:
            return
        _spawn(control, msgspec.msgpack.decode(message, type=Spawn), confiner, descriptors)


def _warm_up(warmth: Warmth, modules: Sequence[str]) -> None:
    """Import all that a worker needs; after it has given up its rights, an import costs more or fails."""
    import numpy.linalg
    import numpy.random  # noqa: F401

    from autograder.sandbox.inside import standins, worker  # noqa: F401

    if warmth >= Warmth.TORCH:
        import torch

        # A zygote that ever ran a multi-threaded OpenMP region would leave its forked children hanging.
        torch.set_num_threads(1)
        weight = torch.ones(2, 2, requires_grad=True)
        (weight @ weight).sum().backward()  # type: ignore[no-untyped-call]
    if warmth >= Warmth.COMPILER:
        _import_compiler()
    for name in modules:
        _import(name)
    standins.install()


def _import(name: str) -> None:
    """Import a library; what stands below it may be a function of its module, and no module."""
    try:
        importlib.import_module(name)
    except ImportError:
        if "." not in name:
            raise


def _import_compiler() -> None:
    """Import what `torch.optim`, `torch.func` and others import at their first use: torch._dynamo and its settings.

    While it is imported it asks for a temporary folder and makes a cache, though nothing is compiled here; there is no
    writable folder in the sandbox, so it is told of one and the making is left out.
    """
    import tempfile

    import torch

    make, tempfile.tempdir = os.makedirs, "/"
    os.environ["TORCHINDUCTOR_CACHE_DIR"] = "/"
    os.makedirs = lambda *arguments, **keywords: None
    try:
        torch.func.grad(lambda x: x.sum())(torch.ones(1))
        importlib.import_module("torch._inductor.config")  # which `torch.use_deterministic_algorithms` sets
        torch.optim.SGD([torch.ones(1, requires_grad=True)], lr=1.0).step()
        torch.use_deterministic_algorithms(True)
        torch.use_deterministic_algorithms(False)
    finally:
        os.makedirs = make


def _use_huge_pages() -> None:
    """Move the heap to huge pages where the kernel does so at once (Linux 6.1 and newer); elsewhere nothing happens.

    A fork copies, and the worker's end undoes, one entry for each page that is here: 37,000 of them with torch, which
    takes longer than all else that starts a worker.
    """
    if sys.platform != "linux":
        return
    libc = ctypes.CDLL(None)
    libc.sbrk.restype = ctypes.c_size_t
    gc.unfreeze()  # only so that they are listed
    places = {id(each) // _HUGE for each in gc.get_objects()}
    gc.freeze()
    # There is no /proc here to tell where memory is: beside Python's objects it is below the break. What isn't the
    # heap, or not wholly there, is refused one by one.
    places |= set(range(min(places), libc.sbrk(0) // _HUGE)[-_TRIED:])
    until = time.monotonic() + _PATIENCE  # where memory is scattered, the kernel first has to tidy up
    for place in takewhile(lambda _: time.monotonic() < until, places):
        libc.madvise(ctypes.c_void_p(place * _HUGE), ctypes.c_size_t(_HUGE), _MADV_COLLAPSE)


def _spawn(control: socket.socket, spawn: Spawn, confiner: Confiner, descriptors: list[int]) -> None:
    pid = os.fork()
    if pid == 0:
        _become_worker(control, spawn, confiner, descriptors)
    for descriptor in descriptors:
        os.close(descriptor)
    _answer(control, msgspec.msgpack.encode(Spawned(pid)), pid)


def _answer(control: socket.socket, message: bytes, pid: int) -> None:
    """Send a message, with a pidfd of `pid`: the judge can't name a process of this pid namespace otherwise."""
    if not hasattr(os, "pidfd_open"):  # not Linux: the judge, in the same pid namespace, uses the pid
        control.send(message)
        return
    handle = os.pidfd_open(pid)
    socket.send_fds(control, [message], [handle])
    os.close(handle)


def _become_worker(control: socket.socket, spawn: Spawn, confiner: Confiner, descriptors: list[int]) -> None:
    """Serve as a worker, and never return into the zygote's loop."""
    from autograder.sandbox.inside import worker

    status = 1
    try:
        control.close()
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        connection, output, trace = descriptors
        worker.serve(socket.socket(fileno=connection), output, trace, confiner, spawn.limits)
        status = 0
    finally:
        os._exit(status)


def _reap() -> None:
    """Bury the workers that have died, so that a long batch leaves no zombies."""
    try:
        while os.waitpid(-1, os.WNOHANG) != (0, 0):
            pass
    except ChildProcessError:
        pass


if __name__ == "__main__":
    main(int(sys.argv[1]))
