"""Shares jobs out to processes, as many at a time as wanted, and hands on their findings.

A process reads jobs from its standard input, a line each, and writes to standard output: a line with a dot for each
step, and the findings as a job's last line. What starts programs stays warm in it from one job to the next. This must
not know what the jobs prove.
"""

from __future__ import annotations

import contextlib
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from typing import IO

import msgspec

from autograder.machine import ONE_THREAD, stay_on, usable_cores
from autograder.proof.findings import Findings, encode, read_as
from autograder.proof.jobs import Job, perform
from autograder.sandbox.layers import SandboxUnavailable
from autograder.sandbox.starter import Starters

_START = "import sys; sys.path[:] = {path!r}; from autograder.proof import parallel; parallel.main({core})"
_STEP = b".\n"


class ProofFailed(Exception):
    """A process ended without findings; the text says which, and its last words."""


def findings_of(jobs: Sequence[Job], processes: int, on_step: Callable[[Job], None]) -> Iterator[tuple[Job, Findings]]:
    """Yield every job with its findings, as they come; but of checks that can't be run the programs' job alone tells.

    Raises ProofFailed. However it ends, no process is left.
    """
    cores = usable_cores()
    # A judge and its programs take turns: on one core they find what they need in its caches.
    crew, held = _Crew(on_step, cores if processes >= len(cores) else []), list[tuple[Job, Findings]]()
    with contextlib.ExitStack() as at_the_end:
        at_the_end.callback(crew.stop)  # again: a thread may have put a process by when it had been stopped
        pool = at_the_end.enter_context(ThreadPoolExecutor(processes))
        at_the_end.callback(crew.stop)
        at_the_end.callback(pool.shutdown, wait=False, cancel_futures=True)
        running = {pool.submit(crew.perform, job): job for job in jobs}
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


class _Crew:
    """The processes at work, and those that wait for the next job. Each of the pool's threads waits for one."""

    def __init__(self, on_step: Callable[[Job], None], cores: list[int]) -> None:
        """`cores`: those that nobody has; each process stays on one, as far as there are enough."""
        self._on_step, self._cores = on_step, cores
        self._working: dict[_Process, Job] = {}
        self._idle: list[_Process] = []
        self._spared: set[str] = set()
        self._stopped = False

    def perform(self, job: Job) -> Findings | None:
        """Return what was found; None of a job that was spared."""
        if self.is_spared(job):
            return None
        process = self._idle.pop() if self._idle else _Process(self._cores.pop() if self._cores else None)
        self._working[process] = job
        try:
            last = self._follow(job, process)
        finally:
            del self._working[process]
        if last and not self._stopped:
            self._idle.append(process)
            return read_as(Findings, last)
        said = process.last_words()
        self._cores += [] if process.core is None else [process.core]
        if self.is_spared(job):
            return None
        raise ProofFailed(f"{job.kind} of {job.id}: {said}")

    def _follow(self, job: Job, process: _Process) -> bytes:
        """Return its findings, when it has told of every step; nothing where it ended."""
        for line in process.ask(job):
            if self._stopped:
                process.kill()
            if line != _STEP:
                return line
            self._on_step(job)
        return b""

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
        """End every process: at once where it works, else when it has let go of what it keeps."""
        self._stopped = True
        for process in list(self._working):
            process.kill()
        while self._idle:
            self._idle.pop().close()


class _Process:
    """One process for one job after the other. With a `core` it and the programs that it starts stay on that one."""

    def __init__(self, core: int | None) -> None:
        self.core = core
        self._complaints = tempfile.TemporaryFile()  # noqa: SIM115 - closed with the process
        self._popen = subprocess.Popen(
            [sys.executable, "-c", _START.format(path=sys.path, core=core)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self._complaints,
            env={**os.environ, **ONE_THREAD},
        )

    def ask(self, job: Job) -> IO[bytes]:
        """Give it a job, and return its output."""
        assert self._popen.stdin is not None
        assert self._popen.stdout is not None
        with contextlib.suppress(OSError):  # it has ended, and its output is at its end, too
            self._popen.stdin.write(msgspec.json.encode(job) + b"\n")
            self._popen.stdin.flush()
        return self._popen.stdout

    def kill(self) -> None:
        self._popen.kill()

    def last_words(self) -> str:
        """Say how it ended, and let go of it."""
        ended = self._popen.wait()
        self._complaints.seek(0)
        said = self._complaints.read().decode(errors="replace").strip().rpartition("\n")[2][:300]
        self.close()
        return f"exit code {ended}. {said}"

    def close(self) -> None:
        with self._complaints, contextlib.suppress(OSError):
            self._popen.communicate()


def main(core: int | None) -> None:
    """Perform the jobs of standard input, until it ends."""
    stay_on(core)
    results, jobs = os.dup(1), os.fdopen(os.dup(0), "rb")
    os.dup2(2, 1)  # what an author's check prints must not come among the results
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    with jobs, Starters() as starters:
        for line in jobs:
            try:
                findings = perform(msgspec.json.decode(line, type=Job), lambda: _write(results, _STEP), starters)
            except SandboxUnavailable as unavailable:
                sys.exit(str(unavailable))
            _write(results, encode(findings) + b"\n")


def _write(descriptor: int, data: bytes) -> None:
    while data:
        data = data[os.write(descriptor, data) :]
