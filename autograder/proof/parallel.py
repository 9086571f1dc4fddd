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
    """Yield every job with its findings, as they come; but of checks that can't be run the programs' job alone tells.

    Raises ProofFailed. However it ends, no process is left.
    """
    crew, held = _Crew(on_step), list[tuple[Job, Findings]]()
    with ThreadPoolExecutor(processes) as pool:
        running = {pool.submit(crew.perform, job): job for job in jobs}
        try:
            for done in as_completed(running):
                job, findings = running[done], done.result()
                if findings is None:
                    continue
                if findings.broken and job.builds_on_programs:
                    held.append((job, findings))
                    continue
                if findings.broken:
                    crew.spare(job.id)
                yield job, findings
            yield from ((job, findings) for job, findings in held if not crew.is_spared(job))
        finally:
            pool.shutdown(wait=False, cancel_futures=True)
            crew.stop()


class _Crew:
    """The processes at work. Each of the pool's threads waits for one."""

    def __init__(self, on_step: Callable[[Job], None]) -> None:
        self._on_step = on_step
        self._working: dict[subprocess.Popen[bytes], Job] = {}
        self._spared: set[str] = set()
        self._stopped = False

    def perform(self, job: Job) -> Findings | None:
        """Return what was found; None of a job that was spared."""
        if self.is_spared(job):
            return None
        command = [sys.executable, "-c", _START.format(path=sys.path), msgspec.json.encode(job).decode()]
        environment = {**os.environ, **ONE_THREAD}
        with (
            tempfile.TemporaryFile() as complaints,
            subprocess.Popen(
                command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=complaints, env=environment
            ) as process,
        ):
            self._working[process] = job
            try:
                last = self._follow(job, process)
            finally:
                del self._working[process]
            ended = process.wait()
            if self.is_spared(job):
                return None
            if ended == 0 and last:
                return decode(last)
            complaints.seek(0)
            said = complaints.read().decode(errors="replace").strip().rpartition("\n")[2][:300]
            raise ProofFailed(f"{job.kind} of {job.id}: exit code {ended}. {said}")

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

    def spare(self, exercise: str) -> None:
        """End the jobs that build on an exercise's programs, and begin no more of them."""
        self._spared.add(exercise)
        for process, job in list(self._working.items()):
            if self.is_spared(job):
                process.kill()

    def is_spared(self, job: Job) -> bool:
        """Say whether nobody needs what it finds."""
        return job.builds_on_programs and job.id in self._spared

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
