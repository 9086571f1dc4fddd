"""Shares tasks out to processes, as many at a time as wanted, and hands on their findings.

It must not know what the tasks prove.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed

import msgspec

from autograder.machine import ONE_THREAD
from autograder.proof.findings import Findings, decode
from autograder.proof.jobs import Task
from autograder.proof.process import STEP

_START = "import sys; sys.path[:] = {path!r}; from autograder.proof import process; process.main()"


class ProofFailed(Exception):
    """A process ended without findings; the text says which, and its last words."""


def findings_of(tasks: Sequence[Task], jobs: int, on_step: Callable[[Task], None]) -> Iterator[tuple[Task, Findings]]:
    """Every task with its findings, as they come. Raises ProofFailed. However it ends, no process is left."""
    crew = _Crew(on_step)
    with ThreadPoolExecutor(jobs) as pool:
        running = {pool.submit(crew.perform, task): task for task in tasks}
        try:
            for done in as_completed(running):
                yield running[done], done.result()
        finally:
            pool.shutdown(wait=False, cancel_futures=True)
            crew.stop()


class _Crew:
    """The processes at work. Each of the pool's threads waits for one."""

    def __init__(self, on_step: Callable[[Task], None]) -> None:
        self._on_step = on_step
        self._working: set[subprocess.Popen[bytes]] = set()
        self._stopped = False

    def perform(self, task: Task) -> Findings:
        command = [sys.executable, "-c", _START.format(path=sys.path), msgspec.json.encode(task).decode()]
        environment = {**os.environ, **ONE_THREAD}
        with (
            tempfile.TemporaryFile() as complaints,
            subprocess.Popen(
                command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=complaints, env=environment
            ) as process,
        ):
            self._working.add(process)
            try:
                last = self._follow(task, process)
            finally:
                self._working.discard(process)
            if process.wait() == 0 and last:
                return decode(last)
            complaints.seek(0)
            said = complaints.read().decode(errors="replace").strip().rpartition("\n")[2][:300]
            raise ProofFailed(f"{task.kind} of {task.id}: exit code {process.returncode}. {said}")

    def _follow(self, task: Task, process: subprocess.Popen[bytes]) -> bytes:
        """Its last line; every other one is a step."""
        assert process.stdout is not None
        last = b""
        for line in process.stdout:
            if self._stopped:
                process.kill()
            if line == STEP:
                self._on_step(task)
            else:
                last = line
        return last

    def stop(self) -> None:
        self._stopped = True
        for process in list(self._working):
            process.kill()
