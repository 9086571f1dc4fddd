"""`--dask`: a real scheduler and real workers, each a process of its own; one is killed and one stopped on the way."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest

from autograder.gradebook.book import UnusableGradebook
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
        _wait(file.is_file)
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


def _start(stack: ExitStack, *arguments: str | Path, place: Path | None = None) -> subprocess.Popen[bytes]:
    """A process of Dask's; its temporary files are in `place`."""
    process = stack.enter_context(
        subprocess.Popen(
            [sys.executable, "-m", "dask", *map(str, arguments)],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            env=os.environ | ({"TMPDIR": str(place)} if place else {}),
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
    with ExitStack() as stack:
        _start(
            stack, "worker", scheduler, "--nworkers", "1", "--nthreads", "2", "--no-nanny", "--no-dashboard",
            "--local-directory", tmp_path, place=tmp_path,
        )  # fmt: skip
        few = write(tmp_path / "in", {f"{student}/{FILE}": wrong(student) for student in ("ada", "bo", "cy")})
        for out in ("first", "second"):
            arguments = ("batch", few, "--out", out, "--exercise", "exercise-04", "--dask", scheduler)
            assert gradecheck(*arguments).code == 1
            assert contents(tmp_path / out) == contents(tmp_path / "first")
        assert len(list(tmp_path.glob("gradecheck-course-*"))) == 1
