"""The judge's end of a zygote: start it behind bubblewrap, ask it for workers, end it. It is a `Starter`.

It must not know what the workers will run.
"""

from __future__ import annotations

import contextlib
import ctypes
import os
import resource
import signal
import socket
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

assert sys.platform == "linux"

import msgspec

from autograder.language import tr
from autograder.sandbox.inside.warmth import Warmth
from autograder.sandbox.layers import ALL, CURES, Layers, SandboxUnavailable
from autograder.sandbox.linux import bubblewrap, view
from autograder.sandbox.linux.inside.confinement import Confinement, Limits
from autograder.sandbox.linux.inside.orders import MAX_MESSAGE, Branch, Setup, Spawn, Spawned
from autograder.sandbox.linux.memory import address_space
from autograder.sandbox.linux.syscalls import seccomp_program
from autograder.sandbox.starter import DEFAULT_BUDGET, Budget

if TYPE_CHECKING:  # imported when a worker is wanted: the zygote warms up meanwhile
    from autograder.sandbox.linux.shared import SharedProcess
    from autograder.sandbox.linux.socket_connection import SocketConnection, WorkerProcess
    from autograder.sandbox.worker import Worker

#: Seconds that a zygote may take to import torch on a slow, cold disk.
_START = 120.0
_SPAWN = 10.0
_PR_SET_PDEATHSIG = 1


class Zygote:
    """A warm interpreter behind the wall. Starting returns at once; the first `spawn` waits until it is warm.

    Raises SandboxUnavailable if a wanted layer can't be had. A context manager: its end takes every worker along.
    """

    def __init__(
        self, warmth: Warmth, *, layers: Layers = ALL, modules: Sequence[str] = (), many: bool = False
    ) -> None:
        """`modules` of other libraries are there, and imported, too. `many`: dozens of workers will be wanted."""
        self._warmth, self._layers, self._modules, self._many = warmth, layers, [*modules], many
        self._begin()

    def _begin(self) -> None:
        self._control, child = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        self._complaints = tempfile.TemporaryFile()  # noqa: SIM115 - closed with the zygote
        self._warm = False
        self._shared: SharedProcess | None = None
        self._memory_at_start: int | None = None  # stays None where processes can't be measured
        self._process: subprocess.Popen[bytes] | None = None
        torch = self._warmth >= Warmth.TORCH
        try:
            self._process, readable = _start(torch, self._modules, self._layers, child, self._complaints.fileno())
        except BaseException:
            self._control.close()
            raise
        finally:
            child.close()
        program = seccomp_program(os.uname().machine) if self._layers.seccomp else None
        confinement = Confinement(readable if self._layers.landlock else None, program, self._layers.rlimits)
        setup = Setup(self._warmth, confinement, self._modules, self._many)
        with contextlib.suppress(OSError):  # it has ended already: whoever waits until it is warm is told why
            self._control.send(msgspec.msgpack.encode(setup))

    def branch(self) -> None:
        """In a process forked from the one that started this: go on with a zygote of one's own, forked from that one.

        Where that can't have namespaces of its own, a new one is started. Either ends with this process.
        """
        _end_with_parent()
        self._process = None
        shared, branch = self._control, Branch(sorted(os.sched_getaffinity(0)), self._layers.bubblewrap)
        self._control, child = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        self._control.settimeout(_START)
        ready = b""
        with shared, contextlib.suppress(OSError):
            with child:
                socket.send_fds(shared, [msgspec.msgpack.encode(branch)], [child.fileno()])
            ready = self._control.recv(MAX_MESSAGE)
        if not ready:
            self._control.close()
            self._begin()

    def probe(self) -> list[str]:
        """The layers that a worker really gets, from one that is started for this alone."""
        worker = self.spawn(DEFAULT_BUDGET)
        worker.close()
        return worker.layers

    def spawn(self, budget: Budget, *, trusted: bool = False, shares: bool = False) -> Worker:
        """A confined worker that waits for its program: a fresh one, or the one of all programs that share it."""
        from autograder.sandbox.linux.shared import SharedProcess
        from autograder.sandbox.worker import Worker

        outer = ["bubblewrap"] if self._layers.bubblewrap else []
        if not shares:
            return Worker(self._connect(budget, trusted=trusted), outer)
        if self._shared is None or self._shared.ended:
            connection = self._connect(budget, trusted=True)
            self._shared = SharedProcess(connection, Worker(connection, outer).layers)
        return Worker(self._shared.join(), self._shared.layers)

    def _connect(self, budget: Budget, *, trusted: bool) -> SocketConnection:
        """Fork a worker, and return what leads to it."""
        from autograder.sandbox.linux.socket_connection import SocketConnection

        self._wait_until_warm()
        address_space = resource.RLIM_INFINITY
        if self._memory_at_start is not None:
            address_space = self._memory_at_start + (budget.memory << 20)
        ours, connection = socket.socketpair()
        output, output_end = os.pipe()
        trace, trace_end = os.pipe()
        spawn = Spawn(Limits(address_space, budget.cpu_seconds))
        try:
            with connection:
                descriptors = [connection.fileno(), output_end, trace_end]
                process = self._new_process(spawn, descriptors)
        except BaseException:
            ours.close()
            os.close(output)
            os.close(trace)
            raise
        finally:
            os.close(output_end)
            os.close(trace_end)
        return SocketConnection(ours, output, trace, process, trusted=trusted)

    def _new_process(self, spawn: Spawn, descriptors: list[int]) -> WorkerProcess:
        from autograder.sandbox.linux.socket_connection import WorkerProcess

        self._control.settimeout(_SPAWN)
        message, handles = b"", list[int]()
        with contextlib.suppress(OSError):
            socket.send_fds(self._control, [msgspec.msgpack.encode(spawn)], descriptors)
            message, handles, _, _ = socket.recv_fds(self._control, MAX_MESSAGE, 1)
        if not message:
            raise SandboxUnavailable(tr("The process that starts programs has died. Run the command again."))
        pid = msgspec.msgpack.decode(message, type=Spawned).pid
        return WorkerProcess(pid, handles[0] if handles else None)

    def _wait_until_warm(self) -> None:
        if self._warm:
            return
        self._control.settimeout(_START)
        message, handles = b"", list[int]()
        with contextlib.suppress(OSError):  # it took too long, or has ended
            message, handles, _, _ = socket.recv_fds(self._control, MAX_MESSAGE, 1)
        if not message:
            self._end()
            raise self._complaint()
        for handle in handles:
            self._memory_at_start = _address_space(handle)
            os.close(handle)
        self._warm = True

    def _complaint(self) -> SandboxUnavailable:
        self._complaints.seek(0)
        text = self._complaints.read(4000).decode(errors="replace").strip()
        if text.startswith("Traceback"):
            text = text.rpartition("\n")[2]
        of_its_own = text.startswith("bwrap: ")
        cure = tr(CURES["bubblewrap"]) if of_its_own else tr("`gradecheck doctor` tries each layer by itself.")
        reason = text.rstrip(".") or tr("it said nothing")
        return SandboxUnavailable(tr("The sandbox did not start: {reason}.", reason=reason), cure)

    def end_shared(self) -> None:
        """End the worker that several programs share."""
        if self._shared is not None:
            self._shared.close()

    def close(self) -> None:
        """End the zygote and all its workers, at once."""
        self.end_shared()
        self._control.close()
        self._end()
        self._complaints.close()

    def _end(self) -> None:
        """End the process; one that was forked for another ends with its socket."""
        if self._process is None:
            return
        with contextlib.suppress(ProcessLookupError):
            self._process.send_signal(signal.SIGKILL)
        # The kernel takes its time to take down a mount namespace, and nobody need wait for that.
        with contextlib.suppress(RuntimeError):  # while the interpreter ends there are no new threads
            threading.Thread(target=self._process.wait, daemon=True).start()

    def __enter__(self) -> Zygote:
        return self

    def __exit__(self, *exception: object) -> None:
        self.close()


def _start(
    torch: bool, modules: Sequence[str], layers: Layers, control: socket.socket, complaints: int
) -> tuple[subprocess.Popen[bytes], list[str]]:
    """Start the interpreter inside or outside bubblewrap; also returns the paths that workers may read."""
    environment = view.thread_environment()
    if not layers.bubblewrap:
        files = view.unsandboxed(modules, torch=torch)
        command = _interpreter(files, control.fileno())
        process = _popen(command, control, complaints, environment)
        return process, [destination for _, destination in files.binds]
    bwrap = bubblewrap.find_bubblewrap()
    if bwrap is None:
        raise bubblewrap.unavailable()
    files = view.sandboxed(modules, torch=torch)
    readable = [destination for _, destination in files.binds]
    drop = None
    interpreter = _interpreter(files, control.fileno())
    if os.geteuid() == 0:
        files, bwrap, drop = bubblewrap.staged(files, bwrap)
    command = bubblewrap.command(bwrap, files, environment, interpreter)
    try:
        return _popen(command, control, complaints, {"PATH": os.defpath}, drop), readable
    except OSError as error:
        raise SandboxUnavailable(
            tr("The sandbox did not start: {reason}.", reason=error.strerror),
            tr("Free memory or processes, then try again."),
        ) from None
    except subprocess.SubprocessError:
        raise SandboxUnavailable(
            tr(
                "This process is root, but may not make a mount namespace and become another user, as in many a"
                " container."
            ),
            tr("Run gradecheck as an ordinary user, or give the container --privileged."),
        ) from None


def _interpreter(files: view.View, control: int) -> list[str]:
    start = (
        f"import sys; sys.path[:] = {list(files.import_path)!r}; "
        f"from autograder.sandbox.linux.inside import zygote; zygote.main({control})"
    )
    return [str(files.python), "-S", "-s", "-P", "-B", "-c", start]


def _popen(
    command: list[str],
    control: socket.socket,
    complaints: int,
    environment: dict[str, str],
    drop: Callable[[], None] | None = None,
) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        command,
        stdin=subprocess.DEVNULL,
        stdout=complaints,
        stderr=complaints,
        pass_fds=[control.fileno()],
        env=environment,
        cwd="/",
        start_new_session=True,  # Ctrl-C in the terminal is the judge's business
        preexec_fn=drop,
    )


def _end_with_parent() -> None:
    ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)


def _address_space(handle: int) -> int | None:
    """Bytes of address space of a process, by its pidfd and /proc; None if /proc doesn't tell."""
    lines = Path(f"/proc/self/fdinfo/{handle}").read_text().splitlines()
    pid = next((line.split()[1] for line in lines if line.startswith("Pid:")), None)
    return None if pid is None else address_space(pid)
