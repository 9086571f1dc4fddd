"""However a judge ends, nothing of it is left: no zygote and no worker, however it clings to life."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.command import GRADECHECK, REPOSITORY

ASLEEP = "import time\ndef tanh_jacobian(*arguments):\n    while True:\n        time.sleep(1)\n"
DEAF_AND_BUSY = (
    "import signal\n"
    "for number in set(range(1, 65)) - {9, 19, 32, 33}:\n    signal.signal(number, signal.SIG_IGN)\n"
    "def tanh_jacobian(*arguments):\n    signal.pthread_sigmask(signal.SIG_BLOCK, range(1, 65))\n"
    "    while True:\n        pass\n"
)
#: Seconds that starting, or dying, may take on a busy machine.
PATIENCE = 300.0


@pytest.fixture
def started(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[subprocess.Popen[bytes]]:
    """`gradecheck run` of a program that never ends; `request.param` is its source and how it is confined."""
    source, *options = request.param
    (tmp_path / "tanh_jacobian.py").write_text(source)
    process = subprocess.Popen(
        [GRADECHECK, "--course", REPOSITORY, "run", "exercise-04", "tanh_jacobian.py", *options],
        cwd=tmp_path,
        env={**os.environ, "GRADECHECK_DATA": str(tmp_path / "data")},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    yield process
    process.kill()
    process.wait()


@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGINT, signal.SIGTERM, signal.SIGHUP], ids=str)
@pytest.mark.parametrize(
    "started", [(DEAF_AND_BUSY,), (ASLEEP, "--unsandboxed")], ids=["deaf and busy", "unsandboxed"], indirect=True
)
def test_nothing_is_left(started: subprocess.Popen[bytes], how: signal.Signals) -> None:
    processes = _until_it_grades(started.pid)
    started.send_signal(how)
    started.wait(PATIENCE)
    assert _gone(processes)


def _until_it_grades(judge: int) -> set[int]:
    """The processes below a judge, once a worker of it is there and has had a moment to load its program."""
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        found = _descendants(judge)
        if sum(b"autograder.sandbox.linux.inside" in _command_of(process) for process in found) >= 2:
            time.sleep(0.3)
            return found | _descendants(judge)
        time.sleep(0.02)
    raise AssertionError("no worker was started")


def _gone(processes: set[int]) -> bool:
    end = time.monotonic() + PATIENCE
    while processes and time.monotonic() < end:
        processes = {process for process in processes if _command_of(process)}
        time.sleep(0.02)
    return not processes


def _descendants(process: int) -> set[int]:
    parents: dict[int, set[int]] = {}
    for folder in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError):
            parent = int((folder / "stat").read_text().rpartition(")")[2].split()[1])
            parents.setdefault(parent, set()).add(int(folder.name))
    found: set[int] = set()
    next_ones = {process}
    while next_ones := {child for parent in next_ones for child in parents.get(parent, ())}:
        found |= next_ones
    return found


def _command_of(process: int) -> bytes:
    """Its command line; empty for one that is gone, or dead and not yet buried."""
    try:
        return Path(f"/proc/{process}/cmdline").read_bytes()
    except OSError:
        return b""
