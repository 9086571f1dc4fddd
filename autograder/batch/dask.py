"""A Dask cluster as a pool of judges: `--dask ADDRESS`, whatever started it (dask-jobqueue, Kubernetes, `dask worker`).

The scheduler keeps the course. A worker asks for it once and keeps it in a folder of its own; as an argument of tasks
Dask would drop it and send it again and again. Each thread of a worker has a judge in a process of its own, the same as
on one machine. Dask gives the tasks of a lost worker to another; what a slow or stuck one has is given to an idle one
as well, and the first verdicts count. The gradebook stays here.
"""

from __future__ import annotations

import atexit
import gzip
import hashlib
import io
import os
import socket
import tarfile
import threading
import time
from collections.abc import Sequence
from concurrent.futures import Future
from contextlib import ExitStack, suppress
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any
from uuid import uuid4

import distributed
import msgspec

from autograder.batch.course_folder import course_folder
from autograder.batch.fingerprint import engine_version
from autograder.batch.frozen_course import FrozenCourse
from autograder.batch.judging import Brief, Graded, Unfit, Verdict
from autograder.batch.pool import Bench
from autograder.grading.submission import Submission
from autograder.machine import usable_cores
from autograder.misuse import Misuse

_CONNECT, _WORKERS = 10, 60
_RECOUNT = 5.0
#: Seconds between two looks at calls that take long.
_LOOK = 1.0
#: Submissions of one call: at least and at most, and in between as many as took so many seconds, half of them waiting.
#: Each call costs Dask 10 ms of CPU in all its processes, and what a lost worker had is graded again as a whole.
_FEWEST, _MOST, _WORTH = 4, 16, 2.0
#: A call takes long after so many times what calls take on average, after at least so many seconds, and after so many
#: while none has ended yet.
_LONG, _LEAST, _FIRST = 4.0, 5.0, 60.0


class NoCluster(Misuse):
    """The cluster can't be used; the text says why and what to do."""


class DaskPool:
    """An executor whose judges are on the workers of a cluster. Raises NoCluster."""

    def __init__(self, address: str, frozen: FrozenCourse) -> None:
        try:
            self._client = distributed.Client(address, timeout=_CONNECT, set_as_default=False)  # type: ignore[no-untyped-call]
            self._client.wait_for_workers(1, timeout=_WORKERS)
        except (OSError, ValueError) as error:
            raise NoCluster(
                f"There is no Dask cluster with workers at {address} ({error}). Start one with `dask scheduler` and"
                " `dask worker`, or name its address."
            ) from None
        packed = _packed(frozen.course.root.root)
        self._digest = hashlib.sha256(packed).hexdigest()
        self._place = f"gradecheck-course-{uuid4().hex}"
        self._client.set_metadata(self._place, gzip.compress(packed, 6))  # type: ignore[no-untyped-call]
        self._executor = self._client.get_executor(pure=False)  # type: ignore[no-untyped-call]
        self._counted, self._window = 0.0, 0
        self._calls, self._closed = _Calls(), threading.Event()
        threading.Thread(target=self._look, name="slow-workers", daemon=True).start()

    @property
    def chunk(self) -> int:
        return self._calls.chunk

    @property
    def window(self) -> int:
        """Twice the cluster's threads, so that none waits for us; workers may come and go."""
        if time.monotonic() - self._counted > _RECOUNT:
            self._counted = time.monotonic()
            self._window = 2 * max(1, sum(self._client.nthreads().values()))  # type: ignore[no-untyped-call]
        return self._window

    def submit(self, brief: Brief, submissions: Sequence[Submission]) -> Future[list[Verdict]]:
        sent = [msgspec.msgpack.encode(submission) for submission in submissions]
        call = _Call(brief, sent)
        self._calls.add(call)
        self._run(call)
        return call.verdicts

    def _run(self, call: _Call, workers: Sequence[str] | None = None) -> None:
        """Have a call run once more, on one of these workers."""
        key = f"{grade_there.__name__}-{call.id}-{uuid4().hex}"
        arguments = (self._place, self._digest, call.brief, call.sent, engine_version())
        self._calls.follow(call, key, self._executor.submit(grade_there, *arguments, key=key, workers=workers))

    def _look(self) -> None:
        """Now and then give calls that take long to idle workers as well."""
        while not self._closed.wait(_LOOK):
            with suppress(OSError):  # the scheduler is just lost: whoever waits for a call is told
                for call in self._calls.long():
                    idle = self._idle_for(call)
                    if idle:
                        self._run(call, idle)

    def _idle_for(self, call: _Call) -> list[str]:
        """The workers with a thread that has nothing to do, without those that have this call already."""
        threads = self._client.nthreads()  # type: ignore[no-untyped-call]
        busy = self._client.processing()  # type: ignore[no-untyped-call]
        scheduler: Any = self._client.scheduler
        done = self._client.sync(scheduler.who_has, keys=list(call.runs))  # type: ignore[no-untyped-call]
        having = {worker for workers in done.values() for worker in workers}
        having |= {worker for worker, keys in busy.items() if call.runs.keys() & set(keys)}
        return [each for each in threads if each not in having and len(busy.get(each, ())) < threads[each]]

    def close(self) -> None:
        self._closed.set()
        self._executor.shutdown(wait=False)
        with suppress(OSError):  # the scheduler has gone
            self._client.set_metadata(self._place, None)  # type: ignore[no-untyped-call]
        self._client.close(timeout=5)  # type: ignore[no-untyped-call]


@dataclass(eq=False)
class _Call:
    """Submissions to be graded together, and their verdicts to come.

    `runs`: by their keys, the tasks of Dask that grade them; `since`: when the last one was begun.
    """

    brief: Brief
    sent: Sequence[bytes]
    verdicts: Future[list[Verdict]] = field(default_factory=Future)
    since: float = field(default_factory=time.monotonic)
    runs: dict[str, Future[list[Verdict]]] = field(default_factory=dict)
    id: str = field(default_factory=lambda: uuid4().hex)


class _Calls:
    """The calls that wait or run. Each ends with the first of its runs that comes to verdicts."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._waiting: set[_Call] = set()
        self._ended, self._seconds = 0, 0.0
        #: How many submissions the next call is to have, by what the last one took.
        self.chunk = _FEWEST

    def add(self, call: _Call) -> None:
        with self._lock:
            self._waiting.add(call)

    def follow(self, call: _Call, key: str, run: Future[list[Verdict]]) -> None:
        """Note that a call is run, and end it with that run unless another was first."""
        with self._lock:
            call.runs[key], call.since = run, time.monotonic()
        run.add_done_callback(lambda run: self._end(call, key, run))

    def long(self) -> list[_Call]:
        """Return the calls that take long since they were last given to a worker, the oldest first."""
        with self._lock:
            patience = max(_LEAST, _LONG * self._seconds / self._ended) if self._ended else _FIRST
            latest = time.monotonic() - patience
            return sorted((each for each in self._waiting if each.since < latest), key=lambda each: each.since)

    def _end(self, call: _Call, key: str, run: Future[list[Verdict]]) -> None:
        failed = run.cancelled() or run.exception() is not None
        with self._lock:
            others = [other for name, other in call.runs.items() if name != key]
            del call.runs[key]
            if call not in self._waiting or (failed and others):
                return
            self._waiting.discard(call)
            seconds = time.monotonic() - call.since
            self._ended, self._seconds = self._ended + 1, self._seconds + seconds
            self.chunk = max(_FEWEST, min(_MOST, int(_WORTH * len(call.sent) / max(seconds, 0.001))))
        if run.cancelled():
            call.verdicts.cancel()
            call.verdicts.set_running_or_notify_cancel()
        elif (error := run.exception()) is not None:
            call.verdicts.set_exception(error)
        else:
            call.verdicts.set_result(run.result())
        for other in others:
            other.cancel()


def grade_there(place: str, digest: str, brief: Brief, sent: Sequence[bytes], engine: str) -> list[Verdict]:
    """Return the verdicts on submissions, in their order; this runs on a worker.

    The scheduler has the course at `place`; `digest` hashes it. `engine` is the version that must grade.
    """
    if engine != engine_version():
        unfit = Unfit(
            "machine", f"{_here()} has gradecheck {engine_version()}, and here is {engine}. Install the same."
        )
        return [unfit for _ in sent]
    folder = str(_course_folder(place, digest))
    here = msgspec.structs.replace(brief, course=folder)
    verdicts = _bench().grade(here, [msgspec.msgpack.decode(each, type=Submission) for each in sent])
    return [_as_said_there(verdict, folder, brief.course) for verdict in verdicts]


def _as_said_there(verdict: Verdict, here: str, there: str) -> Verdict:
    """Say in a complaint about a machine which one it is, and name the course's files by where they came from."""
    if isinstance(verdict, Graded):
        return verdict
    sentence = verdict.sentence.replace(here, there)
    if isinstance(verdict, Unfit) and verdict.reason == "machine":
        sentence = f"{_here()}: {sentence}"
    return msgspec.structs.replace(verdict, sentence=sentence)


def _here() -> str:
    return f"The worker on {socket.gethostname()}"


_beginning = threading.Lock()
_folders: dict[str, Path] = {}


def _bench() -> Bench:
    """Return the judges of this worker's process."""
    with _beginning:
        return _only_bench()


@lru_cache(maxsize=1)
def _only_bench() -> Bench:
    bench = Bench(_cores())
    atexit.register(bench.close)
    return bench


def _cores() -> list[int]:
    """Return the cores for this process's judges, first those that no other worker here begins with.

    There are none where the workers of this machine leave some free: see LocalPool.
    """
    threads = distributed.get_client().nthreads()  # type: ignore[no-untyped-call]
    address = distributed.get_worker().address
    here = sorted(each for each in threads if _machine(each) == _machine(address))
    before, cores = sum(threads[each] for each in here if each < address), usable_cores()
    first = before % len(cores)
    return cores[first:] + cores[:first] if sum(threads[each] for each in here) >= len(cores) else []


def _machine(address: str) -> str:
    """Return an address of Dask's without its port."""
    return address.rpartition(":")[0]


def _course_folder(place: str, digest: str) -> Path:
    """Return the course, fetched and unpacked once in this process, where no other user can read it."""
    with _beginning:
        if digest not in _folders:
            archive = distributed.get_client().get_metadata(place)  # type: ignore[no-untyped-call]
            lent = ExitStack()
            folder = lent.enter_context(course_folder())
            atexit.register(lent.close)
            with tarfile.open(fileobj=io.BytesIO(archive)) as packed:
                packed.extractall(folder, filter="data")
            _folders[digest] = folder
        return _folders[digest]


def _packed(folder: Path) -> bytes:
    """Return a tar of a course's copy, the same for the same content, without what it only links to."""
    packed = io.BytesIO()
    with tarfile.open(fileobj=packed, mode="w") as tar:
        for path in sorted(each for each in folder.rglob("*") if each.is_file() and not each.is_symlink()):
            data = path.read_bytes()
            member = tarfile.TarInfo(os.fspath(path.relative_to(folder)))
            member.size = len(data)
            tar.addfile(member, io.BytesIO(data))
    return packed.getvalue()
