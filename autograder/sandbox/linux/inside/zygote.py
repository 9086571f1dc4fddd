"""The zygote: imports numpy (and torch) once, then forks a worker for each program that the judge wants to ask.

It runs none of a program's code itself. It speaks with the judge over one socket: each `Spawn` comes with three
descriptors (the worker's connection, its output, its trace), and is answered by the worker's pid and pidfd. For another
judge it forks another zygote, so that nothing is imported twice: a `Branch` comes with the socket to that judge.
"""

from __future__ import annotations

import contextlib
import ctypes
import faulthandler
import gc
import os
import random
import signal
import socket
import sys
import time
from collections.abc import Callable, Sequence
from functools import partial
from itertools import count, takewhile

assert sys.platform == "linux"

import msgspec

from autograder.sandbox.inside.warmth import warm_up
from autograder.sandbox.linux.inside.confinement import Confinement, Confiner, Limits, enter_own_namespaces
from autograder.sandbox.linux.inside.orders import MAX_MESSAGE, Branch, Setup, Spawn, Spawned
from autograder.sandbox.wire import Ready, frame

_decode = msgspec.msgpack.Decoder(Spawn | Branch).decode
#: Workers after which the zygote prepares for many more: with torch that takes as long as it saves over twenty of them.
_FEW = 4
#: Bytes of a huge page, and how many of them below the break are tried: 2 GiB.
_HUGE = 2 << 20
_TRIED = 1024
_PATIENCE = 1.0
_MADV_COLLAPSE = 25
_LIBC = ctypes.PyDLL(None, use_errno=True)


def main(control_descriptor: int) -> None:
    """Serve spawns until the judge closes the control socket."""
    gc.disable()  # what is imported stays
    control = socket.socket(fileno=control_descriptor)
    setup = msgspec.msgpack.decode(control.recv(MAX_MESSAGE), type=Setup)
    warm_up(setup.warmth, setup.modules)
    work = _prepared(setup.confinement)
    gc.freeze()  # what is here stays shared with every worker: no collection touches its pages
    gc.enable()
    _answer(control, b"ready", os.getpid())
    # Where many are to come, before any: one that lives long would keep the pages that it was forked with for itself.
    worth_it = 0 if setup.many else _FEW
    for served in count():
        if served == worth_it:
            _use_huge_pages()
        message, descriptors, _, _ = socket.recv_fds(control, MAX_MESSAGE, 3)
        _reap()
        if not message:
            return
        request = _decode(message)
        if isinstance(request, Branch):
            control = _branch(control, request, *descriptors)
        else:
            _spawn(control, partial(work, request.limits, descriptors), descriptors)


def _prepared(confinement: Confinement) -> Callable[[Limits, Sequence[int]], None]:
    """Do here, once, what need not be done in each worker; return what a worker then does until it ends.

    Whatever it meets first after the fork costs it the copy of a page, each Python object 4 µs. So it finds all that it
    needs made, on descriptors of its own that only have to be pointed elsewhere.
    """
    from autograder.sandbox.inside.worker import Served, take_over_output

    confiner = Confiner(confinement)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    channel, other_end = socket.socketpair()
    reading, trace = os.pipe()
    take_over_output(trace)  # a pipe, as a worker's is: of which kind it is, is looked at now
    faulthandler.register(signal.SIGUSR1, file=trace, all_threads=True)
    faulthandler.enable(file=trace, all_threads=False)
    other_end.close()
    os.close(reading)
    own, served = (channel.fileno(), 1, trace), Served(channel)

    def work(limits: Limits, descriptors: Sequence[int]) -> None:
        for theirs, mine in zip(descriptors, own, strict=True):
            os.dup2(theirs, mine)
            os.close(theirs)
        os.dup2(1, 2)
        channel.sendall(frame(Ready(confiner.confine(limits))))
        served.serve()

    return work


def _use_huge_pages() -> None:
    """Move the heap to huge pages where the kernel does so at once (Linux 6.1 and newer); elsewhere nothing happens.

    A fork copies, and the worker's end undoes, one entry for each page that is here: 37,000 of them with torch, which
    takes longer than all else that starts a worker.
    """
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


def _spawn(control: socket.socket, work: Callable[[], None], descriptors: list[int]) -> None:
    random.seed()  # so that no two workers draw the same
    pid = _fork()
    if pid == 0:
        try:  # never to return into the zygote's loop
            os.close(control.detach())
            work()
        except BaseException:
            os._exit(1)
        os._exit(0)
    for descriptor in descriptors:
        os.close(descriptor)
    _answer(control, msgspec.msgpack.encode(Spawned(pid)), pid)


def _branch(control: socket.socket, request: Branch, descriptor: int) -> socket.socket:
    """Fork a zygote for who is at the descriptor's other end; return the socket to serve, which is that one in it."""
    pid = _fork()
    if pid != 0:
        os.close(descriptor)
        if request.apart:  # what only enters the namespaces would count among the processes there until it is buried
            os.waitpid(pid, 0)
        return control
    control.close()
    control = socket.socket(fileno=descriptor)
    if request.apart:
        if not enter_own_namespaces():
            os._exit(1)
        if _fork() != 0:  # whose child is the first process of the new pid namespace: it takes all others along
            os._exit(0)
    with contextlib.suppress(OSError):  # a core was taken away meanwhile
        os.sched_setaffinity(0, request.cores)
    control.send(b"ready")
    return control


def _fork() -> int:
    """Fork as C does. Raises OSError.

    `os.fork` goes on to mend in the child what other threads may have held. There are none here, and it would take the
    child longer than all else that starts it.
    """
    pid: int = _LIBC.fork()
    if pid < 0:
        raise OSError(ctypes.get_errno(), "no worker can be forked")
    return pid


def _answer(control: socket.socket, message: bytes, pid: int) -> None:
    """Send a message, with a pidfd of `pid`: the judge can't name a process of this pid namespace otherwise."""
    if not hasattr(os, "pidfd_open"):  # a Python built without it: the judge, in the same pid namespace, uses the pid
        control.send(message)
        return
    handle = os.pidfd_open(pid)
    socket.send_fds(control, [message], [handle])
    os.close(handle)


def _reap() -> None:
    """Bury the workers that have died, so that a long batch leaves no zombies."""
    try:
        while os.waitpid(-1, os.WNOHANG) != (0, 0):
            pass
    except ChildProcessError:
        pass


if __name__ == "__main__":
    main(int(sys.argv[1]))
