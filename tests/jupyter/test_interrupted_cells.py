"""A kernel that is interrupted while it grades: one line, nothing recorded, and nothing left running."""

from __future__ import annotations

import time
from contextlib import suppress
from pathlib import Path

import psutil
from jupyter_client.manager import start_new_kernel

ENDLESS = "%%gradecheck exercise-04\ndef tanh_jacobian(*arguments):\n    while True:\n        pass"


def test_an_interrupt_ends_grading(tmp_path: Path) -> None:
    manager, client = start_new_kernel(kernel_name="python3", cwd=str(tmp_path), env=_environment(tmp_path))
    try:
        client.execute_interactive("%load_ext autograder", timeout=300)
        kernel = psutil.Process(manager.provisioner.pid)  # type: ignore[union-attr]
        client.execute(ENDLESS)
        judge = _wait_for_judge(kernel)
        manager.interrupt_kernel()
        complaint = _complaint(client)
        assert complaint == "UsageError: Stopped. Nothing was graded.\n"
        _, alive = psutil.wait_procs([judge], timeout=300)
        assert not alive
        client.execute_interactive("print('goes on')", timeout=300)
    finally:
        client.stop_channels()
        manager.shutdown_kernel(now=True)
    assert not _runs(tmp_path)


def _environment(folder: Path) -> dict[str, str]:
    import os

    return {**os.environ, "GRADECHECK_DATA": str(folder / "data")}


def _wait_for_judge(kernel: psutil.Process) -> psutil.Process:
    """The process that grades, once it has started others of its own."""
    for _ in range(3000):
        for child in kernel.children():
            with suppress(psutil.NoSuchProcess):  # another one, that is over already
                if child.children():
                    return child
        time.sleep(0.1)
    raise AssertionError("nothing was started")


def _complaint(client) -> str:  # type: ignore[no-untyped-def]
    """What the cell wrote to standard error, until the kernel is idle again."""
    said = ""
    while True:
        message = client.get_iopub_msg(timeout=300)
        if message["msg_type"] == "stream" and message["content"]["name"] == "stderr":
            said += message["content"]["text"]
        if message["msg_type"] == "status" and message["content"]["execution_state"] == "idle" and said:
            return said


def _runs(folder: Path) -> bool:
    """Whether a run was recorded."""
    import sqlite3

    file = folder / "data" / "progress.db"
    if not file.exists():
        return False
    with sqlite3.connect(file) as record:
        return bool(record.execute("SELECT count(*) FROM runs").fetchone()[0])
