"""Shares jobs out to processes, as many at a time as wanted, and hands on their findings.

A process gets its job as its first argument, and writes to standard output: a line with a dot for each step, and
the findings as its last line. This must not know what the jobs prove.
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
from autograder.proof.findings import Findings, decode, encode
from autograder.proof.jobs import Job, perform
from autograder.sandbox.layers import SandboxUnavailable

_START = "import sys; sys.path[:] = {path!r}; from autograder.proof import parallel; parallel.main()"
_STEP = b".\n"


class ProofFailed(Exception):
    """A process ended without findings; the text says which, and its last words."""


def findings_of(jobs: Sequence[Job], processes: int, on_step: Callable[[Job], None]) -> Iterator[tuple[Job, Findings]]:
    """Yield every job with its findings, as they come. Raises ProofFailed. However it ends, no process is left."""
    crew = _Crew(on_step)
    with ThreadPoolExecutor(processes) as pool:
        running = {pool.submit(crew.perform, job): job for job in jobs}
        try:
            for done in as_completed(running):
                yield running[done], done.result()
        finally:
            pool.shutdown(wait=False, cancel_futures=True)
            crew.stop()


class _Crew:
    """The processes at work. Each of the pool's threads waits for one."""

    def __init__(self, on_step: Callable[[Job], None]) -> None:
        self._on_step = on_step
        self._working: set[subprocess.Popen[bytes]] = set()
        self._stopped = False

    def perform(self, job: Job) -> Findings:
        command = [sys.executable, "-c", _START.format(path=sys.path), msgspec.json.encode(job).decode()]
        environment = {**os.environ, **ONE_THREAD}
        with (
            tempfile.TemporaryFile() as complaints,
            subprocess.Popen(
                command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=complaints, env=environment
            ) as process,
        ):
            self._working.add(process)
            try:
                last = self._follow(job, process)
            finally:
                self._working.discard(process)
            if process.wait() == 0 and last:
                return decode(last)
            complaints.seek(0)
            said = complaints.read().decode(errors="replace").strip().rpartition("\n")[2][:300]
            raise ProofFailed(f"{job.kind} of {job.id}: exit code {process.returncode}. {said}")

    def _follow(self, job: Job, process: subprocess.Popen[bytes]) -> bytes:
        """Return its last line; every other one is a step."""
        assert process.stdout is not None
        last = b""
        for line in process.stdout:
            if self._stopped:
                process.kill()
            if line == _STEP:
                self._on_step(job)
            else:
                last = line
        return last

    def stop(self) -> None:
        self._stopped = True
        for process in list(self._working):
            process.kill()


def main() -> None:
    """Perform the job of the command line."""
    results = os.dup(1)
    os.dup2(2, 1)  # what an author's check prints must not come among the results
    job = msgspec.json.decode(sys.argv[1], type=Job)
    try:
        findings = perform(job, lambda: _write(results, _STEP))
    except SandboxUnavailable as unavailable:
        sys.exit(str(unavailable))
    _write(results, encode(findings) + b"\n")


def _write(descriptor: int, data: bytes) -> None:
    while data:
        data = data[os.write(descriptor, data) :]
