"""What each layer alone is said to stop, tried for real: every probe with no layer, with each alone, and with all.

A program of its own, so that it can run as any user: `probing.py FOLDER` prints, as JSON, what came of every probe
under every combination of layers. FOLDER belongs to that user, and is written to.
"""

from __future__ import annotations

import json
import os
import socket
import sys
import textwrap
from dataclasses import dataclass
from pathlib import Path

from autograder.sandbox.failures import ProgramCrashed, ProgramFailure
from autograder.sandbox.inside.warmth import Warmth
from autograder.sandbox.layers import ALL, Layers
from autograder.sandbox.linux.zygote import Zygote
from autograder.sandbox.program import Allowance, Program, ProgramProxy
from autograder.sandbox.starter import Budget

NONE = Layers(bubblewrap=False, landlock=False, seccomp=False, rlimits=False)
COMBINATIONS = {
    "none": NONE,
    "bubblewrap": Layers(landlock=False, seccomp=False, rlimits=False),
    "landlock": Layers(bubblewrap=False, seccomp=False, rlimits=False),
    "seccomp": Layers(bubblewrap=False, landlock=False, rlimits=False),
    "rlimits": Layers(bubblewrap=False, landlock=False, seccomp=False),
    "all": ALL,
}
THROUGH, STOPPED, ENDED = "through", "stopped", "ended"


@dataclass(frozen=True)
class Probe:
    """Something that a program tries.

    `source` defines `probe(folder, port, pid)`, which returns True if it got through; `pid` is the judge's. An OSError,
    a MemoryError or the end of its process means that it was stopped. Each layer in `stopped_by` stops it alone; of the
    others nothing is said.
    """

    source: str
    stopped_by: tuple[str, ...]


_HEAD = (
    "import ctypes, mmap, os, socket, time\nlibc = ctypes.CDLL(None, use_errno=True)\ndef probe(folder, port, pid):\n"
)


def _probe(body: str, *stopped_by: str) -> Probe:
    return Probe(_HEAD + textwrap.indent(textwrap.dedent(body).strip(), "    "), stopped_by)


PROBES = {
    "reads a file of the user's": _probe(
        "return open(folder + '/victim').read() == 'secret'", "bubblewrap", "landlock"
    ),
    "lists a folder of the user's": _probe("return 'victim' in os.listdir(folder)", "bubblewrap", "landlock"),
    "makes a file": _probe("open(folder + '/made', 'w').close()\nreturn True", "bubblewrap", "landlock"),
    "fills a file": _probe(
        """
        with open(folder + '/filled', 'w') as file:
            file.write('x' * 99999)
        return True
        """,
        "bubblewrap",
        "landlock",
        "rlimits",
    ),
    "deletes a file": _probe("os.remove(folder + '/victim')\nreturn True", "bubblewrap", "landlock", "seccomp"),
    "opens a file's rights": _probe("os.chmod(folder + '/victim', 0o777)\nreturn True", "bubblewrap", "seccomp"),
    "connects to a server of this machine": _probe(
        "socket.create_connection(('127.0.0.1', port), 2)\nreturn True", "bubblewrap", "seccomp"
    ),
    "makes a socket": _probe("return bool(socket.socket())", "seccomp"),
    "signals the judge": _probe("os.kill(pid, 0)\nreturn True", "bubblewrap", "landlock", "seccomp"),
    "signals the zygote": _probe("os.kill(os.getppid(), 0)\nreturn True", "landlock", "seccomp"),
    "reads the zygote's memory": _probe(
        """
        class Piece(ctypes.Structure):
            _fields_ = [('base', ctypes.c_void_p), ('length', ctypes.c_size_t)]
        buffer = ctypes.create_string_buffer(64)
        mine, theirs = Piece(ctypes.addressof(buffer), 64), Piece(id(os) & ~15, 64)
        return libc.process_vm_readv(os.getppid(), ctypes.byref(mine), 1, ctypes.byref(theirs), 1, 0) == 64
        """,
        "landlock",
        "seccomp",
    ),
    "attaches to the zygote": _probe("return libc.ptrace(0x4206, os.getppid(), 0, 0) == 0", "landlock", "seccomp"),
    "forks": _probe(
        """
        child = os.fork()
        if child == 0:
            os._exit(0)
        os.waitpid(child, 0)
        return True
        """,
        "seccomp",
    ),
    "runs another program": _probe("os.execve('/bin/true', ['true'], {})", "bubblewrap", "landlock", "seccomp"),
    "makes a file in memory": _probe("return os.memfd_create('x') > 0", "seccomp"),
    "makes memory that outlives it": _probe(
        "made = libc.shmget(0, 4096, 0o1600)\nlibc.shmctl(made, 0, None)\nreturn made >= 0", "seccomp"
    ),
    "makes a user namespace": _probe("return libc.unshare(0x10000000) == 0", "seccomp"),
    # Not a bytearray: that writes all its pages, which a machine may hand out so slowly that time stops it first.
    "takes 2 GiB": _probe("return len(bytes(2 << 30)) > 0", "rlimits"),
    "maps 2 GiB to share": _probe("return bool(mmap.mmap(-1, 2 << 30))", "rlimits"),
    "opens 500 descriptors": _probe("return len([os.dup(0) for _ in range(500)]) > 0", "rlimits"),
    "computes for longer than its time": _probe("while time.process_time() < 1.7:\n    pass\nreturn True", "rlimits"),
    "sees the machine's name": _probe("return os.uname().nodename != 'gradecheck'", "bubblewrap"),
    "sees other processes": _probe("return os.path.exists(f'/proc/{pid}/stat')", "bubblewrap"),
}


def main(folder: str) -> None:
    """Print what came of every probe, and the layers that were in force, by combination."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
        results = {name: _try_all(name, Path(folder), port) for name in COMBINATIONS}
    print(json.dumps(results))


def _try_all(name: str, folder: Path, port: int) -> dict[str, object]:
    """The probes of which something is said under this combination."""
    wanted = [probe for probe in PROBES if name in ("none", "all", *PROBES[probe].stopped_by)]
    with Zygote(Warmth.NUMPY, layers=COMBINATIONS[name]) as zygote:
        in_force = zygote.probe()
        return {"layers": in_force, "probes": {probe: _try(zygote, PROBES[probe], folder, port) for probe in wanted}}


def _try(zygote: Zygote, probe: Probe, folder: Path, port: int) -> str:
    victim = folder / "victim"
    victim.write_text("secret")
    victim.chmod(0o600)
    program = Program(zygote, "probe.py", probe.source, Allowance(120, 120, Budget(memory=512, cpu_seconds=1)))
    try:
        return THROUGH if ProgramProxy(program).probe(str(folder), port, os.getpid()) else STOPPED
    except ProgramCrashed:
        return ENDED
    except ProgramFailure:
        return STOPPED
    finally:
        program.close()


if __name__ == "__main__":
    main(sys.argv[1])
