"""What a Dask cluster costs beside the same judges on this machine, and what a lost, a stuck and a slow worker cost.

Run with `python -m benchmarks.cluster [SUBMISSIONS [EXERCISE]]` (default: 1000 exercise-04). Scheduler, workers and
batch are processes of their own on this machine: one worker with several threads as a machine has, and several with one
each, as several machines. Each writes down which calls it began (this file is preloaded there), so a call that is run
twice is counted, not guessed. What a cluster costs by its start alone is that of a class of one call a thread.
Dask is set up as docs/instructors.md advises; `benchmarks.cluster_parts` tells what it costs as it comes.
"""

from __future__ import annotations

import json
import os
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Mapping
from contextlib import ExitStack, closing, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click

from autograder.batch.course_folder import PREFIX
from benchmarks import measuring
from benchmarks.classes import EXERCISES, write_class

ROOT = Path(__file__).resolve().parents[1]
GRADECHECK = Path(sys.executable).with_name("gradecheck")
#: Workers, and threads of each.
SIZES = ((1, 1), (1, 2), (2, 1), (4, 1))
CHUNK = 4
_STANDING = 10.0
#: How docs/instructors.md has Dask started: it looks less often whether it is well.
ADVISED = {"DASK_DISTRIBUTED__WORKER__PROFILE__ENABLED": "False", "DASK_DISTRIBUTED__ADMIN__TICK__INTERVAL": "1s"}
_LOG = "GRADECHECK_CLUSTER_LOG"
_CALL = "grade_there"


@click.command(help=__doc__)
@click.argument("count", type=click.IntRange(1), default=1000)
@click.argument("exercise", type=click.Choice(list(EXERCISES)), default="exercise-04")
def main(count: int, exercise: str) -> None:
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        given = write_class(folder / "in", exercise, count)
        for workers, threads in SIZES:
            few = write_class(folder / f"few-{workers}-{threads}", exercise, CHUNK * workers * threads)
            _beside_this_machine(folder, few, given, exercise, workers, threads)
        for kind, disturb in {"killed": _kill, "stopped": _stop, "slowed": _slow_down}.items():
            _disturbed(folder, given, exercise, kind, disturb)
        few = write_class(folder / "few", exercise, max(1, count // 4))
        _memory(folder, few, given, exercise)


class Cluster:
    """A scheduler and workers, charged to one account; a context manager."""

    def __init__(self, folder: Path, workers: int, threads: int = 1, settings: Mapping[str, str] = ADVISED) -> None:
        self.log, self._threads, self._settings = folder / "log", threads, settings
        self.log.mkdir(parents=True)
        self._folder, self._stack, self.account = folder, ExitStack(), measuring.Account()
        self.workers: list[subprocess.Popen[bytes]] = []
        self._places = [folder / f"worker-{number}" for number in range(workers)]
        self.address = ""

    def __enter__(self) -> Cluster:
        self._stack.enter_context(self.account)
        file = self._folder / "scheduler.json"
        where = ("--host", "127.0.0.1", "--port", "0", "--scheduler-file", file)
        self.scheduler = self._start("scheduler", *where, "--no-dashboard")
        wait_for(lambda: file.is_file() and file.read_text().endswith("}"))
        self.address = json.loads(file.read_text())["address"]
        options = (
            "--nworkers",
            "1",
            "--nthreads",
            f"{self._threads}",
            "--no-nanny",
            "--no-dashboard",
            "--preload",
            __file__,
        )
        for place in self._places:
            place.mkdir()
            worker = self._start("worker", self.address, *options, "--local-directory", place, place=place)
            self.workers.append(worker)
        wait_for(lambda: len(list(self.log.iterdir())) == len(self._places))
        return self

    def _start(self, *arguments: str | Path, place: Path | None = None) -> subprocess.Popen[bytes]:
        command = self.account.charged([sys.executable, "-m", "dask", *arguments])
        own = {_LOG: str(self.log), "TMPDIR": str(place or self._folder)}
        environment = {**measuring.ENVIRONMENT, **self._settings, **own}
        process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=environment)
        self._stack.enter_context(process)
        self._stack.callback(process.kill)
        return process

    def standing_cost(self) -> float:
        """CPU seconds a second of scheduler and workers that have nothing to do: the busier the machine, the more."""
        time.sleep(_STANDING / 5)
        started, before = time.monotonic(), self.account.cpu()
        time.sleep(_STANDING)
        return (self.account.cpu() - before) / (time.monotonic() - started)

    def begun(self) -> Counter[str]:
        """How often each call was begun, on whatever worker: the last part of a key is of one run of it."""
        keys = (key for file in self.log.iterdir() for key in file.read_text().split())
        return Counter(key.rpartition("-")[0] for key in keys if key.startswith(_CALL))

    def arrivals(self) -> list[int]:
        """How often each worker has fetched and unpacked the course."""
        return [len(list(folder.glob(f"{PREFIX}*"))) for folder in self._places]

    def __exit__(self, *exception: object) -> None:
        self._stack.close()


def dask_setup(worker: Any) -> None:
    """Note what a worker does: Dask calls this where the file is preloaded."""
    from distributed import WorkerPlugin

    class Log(WorkerPlugin):
        def __init__(self) -> None:
            self._file = (Path(os.environ[_LOG]) / f"{os.getpid()}").open("a", buffering=1)

        def transition(self, key: Any, start: str, finish: str, **_: Any) -> None:
            if finish == "executing":
                self._file.write(f"{key}\n")

    async def register() -> None:
        await worker.plugin_add(Log(), name="log")

    worker.loop.add_callback(register)


@dataclass(frozen=True)
class _Beside:
    """What a class costs on a cluster, and on this machine; `busy`: without what the cluster takes in any case."""

    here: measuring.Cost
    cpu: float
    busy: float
    seconds: float
    standing: float
    said: str


def _beside_this_machine(folder: Path, few: Path, given: Path, exercise: str, workers: int, threads: int) -> None:
    """Print what a cluster costs beside as many judges of this machine."""
    start, whole = (_beside(folder, each, exercise, workers, threads) for each in (few, given))
    print(
        f"{workers} workers, {threads} threads each: {whole.cpu / whole.here.cpu:.3f} times the CPU and"
        f" {whole.seconds / whole.here.seconds:.2f} times the time of --jobs {workers * threads};"
        f" {whole.busy / whole.here.cpu:.3f} times the CPU without what the cluster takes when it has nothing to do,"
        f" {100 * whole.standing:.1f} % of a core; of {whole.busy - whole.here.cpu:.2f} s more,"
        f" {start.busy - start.here.cpu:.2f} are of the start; {whole.said}",
        flush=True,
    )


def _beside(folder: Path, given: Path, exercise: str, workers: int, threads: int) -> _Beside:
    place = folder / f"{given.name}-{workers}-{threads}"
    jobs = f"{workers * threads}"
    here = measuring.run(batch_of(given, folder / f"here-{place.name}", exercise, "--jobs", jobs), quiet(folder))
    with Cluster(place, workers, threads) as cluster:
        standing = cluster.standing_cost()
        started, before = time.perf_counter(), cluster.account.cpu()
        client = to_its_end(begin(cluster, given, folder / f"there-{place.name}", exercise))
        seconds, cpu = time.perf_counter() - started, cluster.account.cpu() - before
        said = (
            f"the client's is 1 of {cpu / client:.0f} parts; {_calls(cluster)}; the course was fetched"
            f" {cluster.arrivals()} times by each"
        )
        return _Beside(here, cpu, cpu - standing * seconds, seconds, standing, said)


def _calls(cluster: Cluster) -> str:
    begun = cluster.begun()
    return f"{len(begun)} calls, {begun.total() - len(begun)} of them begun again"


def begin(cluster: Cluster, given: Path, out: Path, exercise: str) -> subprocess.Popen[bytes]:
    """Begin a batch on a cluster, charged to its account."""
    command = cluster.account.charged(batch_of(given, out, exercise, "--dask", cluster.address))
    environment = {**measuring.ENVIRONMENT, **quiet(out.parent)}
    return subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=environment)


def batch_of(given: Path, out: Path, exercise: str, *options: str) -> list[str | Path]:
    """Return the command of a batch."""
    return [GRADECHECK, "--course", ROOT, "batch", given, "--out", out, "--exercise", exercise, *options]


def quiet(folder: Path) -> dict[str, str]:
    """Return an environment in which nothing is read or kept of whoever measures."""
    return {"GRADECHECK_DATA": str(folder / "data")}


def to_its_end(batch: subprocess.Popen[bytes]) -> float:
    """Wait for a batch; return the CPU seconds of its own process."""
    _, status, used = os.wait4(batch.pid, 0)
    batch.returncode = os.waitstatus_to_exitcode(status)
    if batch.returncode not in (0, 1):
        raise SystemExit(f"The batch ended with {batch.returncode}.")
    return used.ru_utime + used.ru_stime


def _disturbed(folder: Path, given: Path, exercise: str, kind: str, disturb: Callable[[int], None]) -> None:
    """Do something to one of two workers when half of the rows stand, and print what that cost."""
    out, count = folder / kind, len(list(given.iterdir()))
    with Cluster(folder / f"cluster-{kind}", 2) as cluster:
        batch = begin(cluster, given, out, exercise)
        started = time.monotonic()
        wait_for(lambda: _rows(out) >= count // 2, 36_000)
        half, stood = time.monotonic() - started, _rows(out)
        disturb(cluster.workers[0].pid)
        longest, last, rows = 0.0, time.monotonic(), stood
        while os.waitid(os.P_PID, batch.pid, os.WEXITED | os.WNOHANG | os.WNOWAIT) is None:
            time.sleep(0.02)
            if (now := _rows(out)) != rows:
                longest, last, rows = max(longest, time.monotonic() - last), time.monotonic(), now
        to_its_end(batch)
        rest = (time.monotonic() - started - half) / (count - stood) / (half / stood)
        calls = len(cluster.begun())
        again = cluster.begun().total() - calls
        print(
            f"a worker of 2 {kind} at {stood} of {count}: {_rows(out)} rows; {again} of {calls} calls begun twice; each"
            f" row after that took {rest:.2f} times the time of one before, the longest wait for one was"
            f" {longest * stood / half:.0f} times that",
            flush=True,
        )


def _kill(pid: int) -> None:
    os.kill(pid, signal.SIGKILL)


def _stop(pid: int) -> None:
    """Let a worker stand still without a word: no connection ends, and Dask waits five minutes before it gives up."""
    os.kill(pid, signal.SIGSTOP)


def _slow_down(pid: int) -> None:
    """Let a worker and its judge run a twentieth of the time, until it ends."""
    if os.fork() == 0:
        while Path(f"/proc/{pid}").exists():
            for each in (signal.SIGSTOP, signal.SIGCONT):
                for process in measuring.below(pid):
                    with suppress(ProcessLookupError):
                        os.kill(process, each)
                time.sleep(0.95 if each is signal.SIGSTOP else 0.05)
        os._exit(0)


def _rows(out: Path) -> int:
    if not (out / "gradebook.db").is_file():
        return 0
    with closing(sqlite3.connect(f"file:{out / 'gradebook.db'}?mode=ro", uri=True)) as gradebook:
        try:
            return int(gradebook.execute("SELECT count(*) FROM result").fetchone()[0])
        except sqlite3.OperationalError:  # it is just being made
            return 0


def _memory(folder: Path, few: Path, many: Path, exercise: str) -> None:
    """Print the greatest memory of the client on a quarter of the class and on all."""
    peaks = []
    with Cluster(folder / "cluster-memory", 2) as cluster:
        for given in (few, many):
            out = folder / f"memory-{given.name}"
            peaks.append(measuring.run(batch_of(given, out, exercise, "--dask", cluster.address), quiet(folder)).memory)
    print(
        f"memory of the client: {peaks[1] / peaks[0]:.2f} times for {len(list(many.iterdir()))} what it is for"
        f" {len(list(few.iterdir()))} ({peaks[1]:.0f} and {peaks[0]:.0f} MiB)",
        flush=True,
    )


def wait_for(condition: Callable[[], bool], seconds: float = 120.0) -> None:
    """Wait until something holds. Raises SystemExit where it takes longer than `seconds`."""
    end = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > end:
            raise SystemExit(f"Waited {seconds:g} s in vain.")
        time.sleep(0.05)


if __name__ == "__main__":
    main()
