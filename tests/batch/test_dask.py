"""`--dask`: a real scheduler and real workers, each a process of its own; one is killed and one stopped on the way."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import Future
from contextlib import ExitStack, contextmanager
from functools import partial
from pathlib import Path
from types import MappingProxyType
from typing import Any

import distributed
import pytest

from autograder.batch.course_folder import PREFIX
from autograder.batch.dask import _Call, _Calls
from autograder.batch.judging import Brief, Verdict
from autograder.gradebook.book import UnusableGradebook
from autograder.machine import usable_cores
from benchmarks.cluster import ADVISED
from tests.batch.test_resuming import judges_of, servers_of
from tests.command import GRADECHECK, Command
from tests.handing_in import FILE, HALF, REPOSITORY, contents, results, right, write, wrong

pytestmark = pytest.mark.outage

STUDENTS = 18


@pytest.fixture(scope="module")
def handed_in(module_folder: Path) -> Path:
    """Right, wrong, broken, and one who hangs: until that one's time is over, no batch ends before a worker does."""
    makers = (right, wrong, lambda student: f"{HALF}\n# {student}\n")
    files = {f"s{number:02}/{FILE}": makers[number % 3](str(number)) for number in range(STUDENTS)}
    return write(module_folder / "in", files | {f"s12/{FILE}": "import time; time.sleep(1000)\n"})


@pytest.fixture(scope="module")
def here(handed_in: Path, module_folder: Path) -> list[dict[str, Any]]:
    """What a batch on this machine comes to."""
    done = Command(module_folder)("batch", handed_in, "--out", "local", "--exercise", "exercise-04")
    assert done.code == 1, done.err
    found = contents(module_folder / "local")
    assert len(found) == STUDENTS
    return found


@pytest.fixture(scope="module")
def scheduler(module_folder: Path) -> Iterator[str]:
    """The address of a scheduler, which writes it to a file."""
    file = module_folder / "scheduler.json"
    with ExitStack() as stack:
        _start(stack, "scheduler", "--host", "127.0.0.1", "--port", "0", "--scheduler-file", file, "--no-dashboard")
        _wait(lambda: file.is_file() and file.read_text().endswith("}"))  # it stands there empty for a moment
        yield str(json.loads(file.read_text())["address"])


@pytest.fixture
def workers(scheduler: str, tmp_path: Path) -> Iterator[list[subprocess.Popen[bytes]]]:
    """Three workers of one thread each."""
    with ExitStack() as stack:
        yield [
            _start(
                stack, "worker", scheduler, "--nworkers", "1", "--nthreads", "1", "--no-nanny", "--no-dashboard",
                "--local-directory", tmp_path / f"worker-{number}",
            )
            for number in range(3)
        ]  # fmt: skip


def _start(
    stack: ExitStack,
    *arguments: str | Path,
    place: Path | None = None,
    cores: Sequence[int] = (),
    settings: Mapping[str, str] = MappingProxyType({}),
) -> subprocess.Popen[bytes]:
    """A process of Dask's; its temporary files are in `place`, and it has no other cores than these."""
    process = stack.enter_context(
        subprocess.Popen(
            [sys.executable, "-m", "dask", *map(str, arguments)],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            env=os.environ | settings | ({"TMPDIR": str(place)} if place else {}),
            preexec_fn=partial(os.sched_setaffinity, 0, cores) if cores else None,
        )
    )
    stack.callback(process.kill)
    return process


def _wait(condition: object, seconds: float = 300.0) -> None:
    assert callable(condition)
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, "waited in vain"
        time.sleep(0.05)


def _graded(out: Path) -> int:
    try:
        return len(results(out))
    except UnusableGradebook:  # it is just being made
        return 0


def test_workers_that_are_lost_or_stand_still_lose_nothing(
    handed_in: Path,
    here: list[dict[str, Any]],
    scheduler: str,
    workers: list[subprocess.Popen[bytes]],
    tmp_path: Path,
) -> None:
    """What they had is graded again by the third one, long before Dask gives up what stands still after five minutes,
    and the gradebook is that of a batch on this machine.
    """
    out = tmp_path / "cluster"
    command = [GRADECHECK, "--course", REPOSITORY, "batch", handed_in, "--out", out, "--exercise", "exercise-04"]
    with subprocess.Popen([*command, "--dask", scheduler], stderr=subprocess.PIPE) as batch:
        _wait(lambda: batch.poll() is not None or _graded(out) >= 4)
        assert batch.poll() is None, "it was over before a worker could be ended"
        workers[0].kill()
        workers[1].send_signal(signal.SIGSTOP)
        said = batch.communicate(timeout=280)[1].decode()
    assert batch.returncode == 1, said
    assert workers[0].poll() == -signal.SIGKILL
    assert workers[1].poll() is None
    assert contents(out) == here


def test_a_cluster_that_is_not_there_is_one_line(handed_in: Path, gradecheck: Command) -> None:
    done = gradecheck("batch", handed_in, "--out", "out", "--exercise", "exercise-04", "--dask", "127.0.0.1:9")
    assert (done.code, done.out) == (2, "")
    assert "There is no Dask cluster with workers at 127.0.0.1:9" in done.err


def test_a_worker_fetches_the_course_once(scheduler: str, tmp_path: Path, gradecheck: Command) -> None:
    """Also in a second batch of the same exercise, which Dask has cleared up after."""
    few = _few(tmp_path / "in", 3)
    with _two_threads(scheduler, tmp_path):
        for out in ("first", "second"):
            arguments = ("batch", few, "--out", out, "--exercise", "exercise-04", "--dask", scheduler)
            assert gradecheck(*arguments).code == 1
            assert contents(tmp_path / out) == contents(tmp_path / "first")
        assert len(list(tmp_path.glob(f"{PREFIX}*"))) == 1


def test_threads_of_a_worker_share_what_judges_are_forked_from(
    scheduler: str, tmp_path: Path, gradecheck: Command
) -> None:
    """Each judge has a core to itself, where there are as many."""
    few, cores = _few(tmp_path / "in", 16), usable_cores()[:2]
    with _two_threads(scheduler, tmp_path, cores) as worker:
        arguments = ("batch", few, "--out", "out", "--exercise", "exercise-04", "--dask", scheduler)
        assert gradecheck(*arguments).code == 1
        assert len(servers_of(worker.pid)) == 1
        judges = judges_of(worker.pid)
        assert len(judges) == 2
        assert {core for judge in judges for core in os.sched_getaffinity(judge)} == {*cores}
        assert all(len(os.sched_getaffinity(judge)) == 1 for judge in judges)


@pytest.mark.parametrize(("seconds", "size"), [(60.0, 4), (0.8, 10), (0.001, 16)])
def test_a_call_holds_what_takes_a_second_but_never_less_than_four(seconds: float, size: int) -> None:
    """A call of Dask's costs ten milliseconds, however little it grades; what a lost worker had is graded again."""
    calls, run = _Calls(), Future[list[Verdict]]()
    assert calls.chunk == 4
    call = _Call(Brief("", "exercise-04"), [b""] * 4)
    calls.add(call)
    calls.follow(call, "run", run)
    call.since = time.monotonic() - seconds
    run.set_result([])
    assert size - 1 <= calls.chunk <= size


def test_a_worker_looks_after_itself_as_seldom_as_the_page_has_it(scheduler: str, tmp_path: Path) -> None:
    """Its settings are Dask's: a name that Dask doesn't know, or knows no more, would change nothing."""
    page = (REPOSITORY / "docs/instructors.md").read_text(encoding="utf-8")
    settings = dict(re.findall(r"\b(DASK_\w+)=(\S+)", page))
    assert settings == ADVISED
    with distributed.Client(scheduler, set_as_default=False) as client:  # type: ignore[no-untyped-call]
        usual, seldom = (_looks(client, tmp_path / name, each) for name, each in (("a", {}), ("b", settings)))
    assert usual["profile"] < usual["tick"] < 100
    assert "profile" not in seldom
    assert seldom["tick"] == 1000


def _looks(client: distributed.Client, folder: Path, settings: Mapping[str, str]) -> dict[str, float]:
    """What a worker with these settings does by the clock, each every so many milliseconds."""
    with ExitStack() as stack:
        _start(
            stack, "worker", client.scheduler.address, "--name", folder.name, "--nworkers", "1", "--nthreads", "1",
            "--no-nanny", "--no-dashboard", "--local-directory", folder, settings=settings,
        )  # fmt: skip

        found = dict[str, dict[str, float]]()

        def is_there() -> bool:
            found.update(client.run(_by_the_clock, on_error="ignore").values())
            return folder.name in found

        _wait(is_there)
        return found[folder.name]


def _by_the_clock(dask_worker: distributed.Worker) -> tuple[str, dict[str, float]]:
    return dask_worker.name, {name: each.callback_time for name, each in dask_worker.periodic_callbacks.items()}


def _few(folder: Path, students: int) -> Path:
    return write(folder, {f"s{number:02}/{FILE}": wrong(str(number)) for number in range(students)})


@contextmanager
def _two_threads(scheduler: str, folder: Path, cores: Sequence[int] = ()) -> Iterator[subprocess.Popen[bytes]]:
    """A worker of two threads; it has no other cores than these."""
    with ExitStack() as stack:
        yield _start(
            stack, "worker", scheduler, "--nworkers", "1", "--nthreads", "2", "--no-nanny", "--no-dashboard",
            "--local-directory", folder, place=folder, cores=cores,
        )  # fmt: skip
