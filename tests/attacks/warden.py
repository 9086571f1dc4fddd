"""Runs one command, as another user if told so, and reports how it ended and which processes it left behind.

A program of its own (it imports nothing of ours): whatever the command leaves is re-parented to it. Called as
`warden.py REPORT UID SECONDS PATIENCE COMMAND…`: PATIENCE are the seconds that a killed process may take to be gone.
"""

from __future__ import annotations

import contextlib
import ctypes
import json
import os
import resource
import signal
import subprocess
import sys
import time
from pathlib import Path

_PR_SET_CHILD_SUBREAPER = 36


def main(report: str, uid: str, seconds: str, patience: str, *command: str) -> None:
    assert ctypes.CDLL(None).prctl(_PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0) == 0
    drop = {"user": int(uid), "group": int(uid), "extra_groups": []} if os.geteuid() == 0 and uid != "0" else {}
    started = time.monotonic()
    process = subprocess.Popen(command, **drop)  # type: ignore[call-overload]
    late = _wait(process, float(seconds))
    took = time.monotonic() - started
    left = _left_behind(float(patience))
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss >> 10
    found = {"code": process.returncode, "seconds": took, "late": late, "left": left, "peak": peak}
    Path(report).write_text(json.dumps(found))


def _wait(process: subprocess.Popen[bytes], seconds: float) -> bool:
    try:
        process.wait(seconds)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
        return True
    return False


def _left_behind(patience: float) -> list[str]:
    """What still runs below this process after so many seconds; it is killed, too."""
    end = time.monotonic() + patience
    while time.monotonic() < end:
        try:
            if os.waitpid(-1, os.WNOHANG) == (0, 0):
                time.sleep(0.01)
        except ChildProcessError:
            return []
    left = _children()
    for pid in left:
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)
    return list(left.values())


def _children() -> dict[int, str]:
    found = {}
    for folder in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError):
            parent = int((folder / "stat").read_text().rpartition(")")[2].split()[1])
            if parent == os.getpid():
                command = (folder / "cmdline").read_bytes().replace(b"\0", b" ")
                found[int(folder.name)] = command.decode(errors="replace")[:200]
    return found


if __name__ == "__main__":
    main(*sys.argv[1:])
