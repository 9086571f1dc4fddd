"""A Dask cluster as a pool of judges: `--dask ADDRESS`, whatever started it (dask-jobqueue, Kubernetes, `dask worker`).

A worker gets the course by content and keeps it in a folder of its own; each of its threads has a judge in a process of
its own, the same as on one machine. Dask gives the tasks of a lost worker to another. The gradebook stays here.
"""

from __future__ import annotations

import atexit
import io
import os
import shutil
import socket
import tarfile
import tempfile
import threading
import time
from collections.abc import Iterable, Sequence
from concurrent.futures import Future
from functools import lru_cache
from pathlib import Path

import distributed
import msgspec

from autograder.batch.fingerprint import engine_version, exercise_digest
from autograder.batch.judging import Brief, Unfit, Verdict
from autograder.batch.pool import Bench
from autograder.course import Course
from autograder.course.tasks import Task
from autograder.grading.submission import Submission
from autograder.misuse import Misuse

_CONNECT, _WORKERS = 10, 60
_RECOUNT = 5.0


class NoCluster(Misuse):
    """The cluster can't be used; the text says why and what to do."""


class DaskPool:
    """An executor whose judges are on the workers of a cluster. Raises NoCluster."""

    #: A task of Dask costs about a millisecond, and what a lost worker had is graded again as a whole.
    chunk = 4

    def __init__(self, address: str, course: Course, tasks: Sequence[Task]) -> None:
        try:
            self._client = distributed.Client(address, timeout=_CONNECT, set_as_default=False)  # type: ignore[no-untyped-call]
            self._client.wait_for_workers(1, timeout=_WORKERS)
        except (OSError, ValueError) as error:
            raise NoCluster(
                f"There is no Dask cluster with workers at {address} ({error}). Start one with `dask scheduler` and"
                " `dask worker`, or name its address."
            ) from None
        digest = "-".join(exercise_digest(course, task.id)[:16] for task in tasks)
        self._digest, archive = digest, _packed(course, tasks)
        # A task of its own, not scattered data: Dask can make it again if every worker that held it is lost.
        self._course = self._client.submit(bytes, archive, key=f"gradecheck-course-{digest}")
        self._executor = self._client.get_executor(pure=False)  # type: ignore[no-untyped-call]
        self._counted, self._window = 0.0, 0

    @property
    def window(self) -> int:
        """Twice the cluster's threads, so that none waits for us; workers may come and go."""
        if time.monotonic() - self._counted > _RECOUNT:
            self._counted = time.monotonic()
            self._window = 2 * max(1, sum(self._client.nthreads().values()))  # type: ignore[no-untyped-call]
        return self._window

    def submit(self, brief: Brief, submissions: Sequence[Submission]) -> Future[list[Verdict]]:
        sent = [msgspec.msgpack.encode(submission) for submission in submissions]
        brief = msgspec.structs.replace(brief, course="")
        future: Future[list[Verdict]] = self._executor.submit(
            grade_there, self._course, self._digest, brief, sent, engine_version()
        )
        return future

    def close(self) -> None:
        self._executor.shutdown(wait=False)
        self._client.close(timeout=5)  # type: ignore[no-untyped-call]


def grade_there(archive: bytes, digest: str, brief: Brief, sent: Sequence[bytes], engine: str) -> list[Verdict]:
    """Return the verdicts on submissions, in their order; this runs on a worker."""
    if engine != engine_version():
        unfit = Unfit(
            "machine", f"{_here()} has gradecheck {engine_version()}, and here is {engine}. Install the same."
        )
        return [unfit for _ in sent]
    brief = msgspec.structs.replace(brief, course=str(_course_folder(digest, archive)))
    verdicts = _bench().grade(brief, [msgspec.msgpack.decode(each, type=Submission) for each in sent])
    return [_with_machine(verdict) for verdict in verdicts]


def _with_machine(verdict: Verdict) -> Verdict:
    """Say in a complaint about a machine which one it is."""
    if isinstance(verdict, Unfit) and verdict.reason == "machine":
        return Unfit("machine", f"{_here()}: {verdict.sentence}")
    return verdict


def _here() -> str:
    return f"The worker on {socket.gethostname()}"


@lru_cache(maxsize=1)
def _bench() -> Bench:
    """Return the judges of this worker's process."""
    bench = Bench()
    atexit.register(bench.close)
    return bench


_unpacking = threading.Lock()
_folders: dict[str, Path] = {}


def _course_folder(digest: str, archive: bytes) -> Path:
    """Return the course, unpacked once in this process, where no other user can read it."""
    with _unpacking:
        if digest not in _folders:
            folder = Path(tempfile.mkdtemp(prefix="gradecheck-course-"))
            atexit.register(shutil.rmtree, folder, ignore_errors=True)
            with tarfile.open(fileobj=io.BytesIO(archive)) as packed:
                packed.extractall(folder, filter="data")
            _folders[digest] = folder
        return _folders[digest]


def _packed(course: Course, tasks: Iterable[Task]) -> bytes:
    """Return a tar of course.yaml and of the exercises that are graded, the same for the same content."""
    root = course.root
    folders = [root.root / "exercises" / task.id for task in tasks]
    folders += [root.solutions / task.id for task in tasks] if root.solutions else []
    files = [root.file, *(path for folder in folders for path in folder.rglob("*") if path.is_file())]
    packed = io.BytesIO()
    with tarfile.open(fileobj=packed, mode="w:gz", compresslevel=6) as tar:
        for path in sorted(files):
            if "__pycache__" not in path.parts:
                data = path.read_bytes()
                member = tarfile.TarInfo(os.fspath(path.relative_to(root.root)))
                member.size = len(data)
                tar.addfile(member, io.BytesIO(data))
    return packed.getvalue()
