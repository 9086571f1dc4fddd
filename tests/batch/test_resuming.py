"""A batch can be killed, run twice, run again: nothing is lost, nothing is graded in vain, no score moves."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from autograder.gradebook.book import Gradebook, UnusableGradebook
from tests.command import GRADECHECK, Command
from tests.handing_in import (
    DRILL_ANSWERS,
    FILE,
    HALF,
    REPOSITORY,
    contents,
    json_lines,
    results,
    right,
    rows,
    write,
    wrong,
)

STUDENTS = 24
#: Who hangs, for all of the time that a file has.
HANGS = "s05"


@pytest.fixture(scope="module")
def handed_in(module_folder: Path) -> Path:
    """A class of 24: right, wrong, broken, and one who hangs."""
    makers: tuple[Callable[[str], str], ...] = (right, wrong, lambda student: f"{HALF}\n# {student}\n")
    files = {f"s{number:02}/{FILE}": makers[number % 3](str(number)) for number in range(STUDENTS)}
    files[f"{HANGS}/{FILE}"] = "import time; time.sleep(1000)\n"  # all of the time that it has, and none of the CPU's
    files["s00/answers.yaml"] = DRILL_ANSWERS
    return write(module_folder / "in", files)


@pytest.fixture(scope="module")
def undisturbed(handed_in: Path, module_folder: Path) -> Path:
    """The results of a batch that nothing happened to."""
    done = Command(module_folder)("batch", handed_in, "--out", "whole", "--exercise", "exercise-04", "--jobs", "2")
    assert done.code == 1, done.err
    return module_folder / "whole"


@pytest.fixture(scope="module")
def brisk(handed_in: Path, module_folder: Path) -> Path:
    """The same class without the one who hangs: how judges are replaced doesn't depend on what they wait for."""
    return Path(shutil.copytree(handed_in, module_folder / "brisk", ignore=lambda *_: [HANGS]))


def contents_of_brisk(undisturbed: Path) -> list[dict[str, Any]]:
    return [row for row in contents(undisturbed) if row["student"] != HANGS]


@contextmanager
def running(handed_in: Path, out: Path, *more: str) -> Iterator[subprocess.Popen[bytes]]:
    """A batch in the background."""
    command = [GRADECHECK, "--course", REPOSITORY, "batch", handed_in, "--out", out, "--exercise", "exercise-04", *more]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        try:
            yield process
        finally:
            process.kill()


def graded_so_far(out: Path) -> int:
    try:
        return sum(result.status != "missing" for result in results(out))
    except UnusableGradebook:
        return 0


def wait_for(batch: subprocess.Popen[bytes], out: Path, graded: int) -> None:
    """Wait until so many are graded, or the batch has ended."""
    end = time.monotonic() + 300
    while batch.poll() is None and graded_so_far(out) < graded:
        assert time.monotonic() < end, "waited in vain"
        time.sleep(0.02)


def test_killed_and_run_again_it_grades_the_rest_and_comes_to_the_same(
    handed_in: Path, undisturbed: Path, tmp_path: Path, gradecheck: Command
) -> None:
    """`test_interrupted_class.py` kills one three times."""
    out = tmp_path / "out"
    with running(handed_in, out) as process:
        wait_for(process, out, 4)
        process.send_signal(signal.SIGKILL)
        assert process.wait() == -signal.SIGKILL
    before = graded_so_far(out)
    assert before >= 4
    done = gradecheck("batch", handed_in, "--out", out, "--exercise", "exercise-04", "--json")
    lines, summary = json_lines(done.out)
    assert summary["rows"] == STUDENTS
    assert summary["unchanged"] == before
    assert len(lines) == STUDENTS - before
    assert contents(out) == contents(undisturbed)
    assert not [path for path in out.rglob(".*") if path.suffix == ".html"]


def test_a_second_run_grades_nothing_and_a_changed_file_alone(
    handed_in: Path, undisturbed: Path, gradecheck: Command, tmp_path: Path
) -> None:
    out = tmp_path / "out"
    copied = write(
        tmp_path / "in", {f"{path.parent.name}/{FILE}": path.read_bytes() for path in handed_in.glob(f"s0[0-3]/{FILE}")}
    )
    first = gradecheck("batch", copied, "--out", out, "--exercise", "exercise-04", "--json")
    assert json_lines(first.out)[1]["unchanged"] == 0
    again = gradecheck("batch", copied, "--out", out, "--exercise", "exercise-04", "--json")
    assert json_lines(again.out)[0] == []
    assert json_lines(again.out)[1]["unchanged"] == 4
    (copied / "s01" / FILE).write_text(right("mended"))
    (out / "reports" / "s02" / "exercise-04.html").unlink()
    third = gradecheck("batch", copied, "--out", out, "--exercise", "exercise-04", "--json")
    assert [(line["student"], line["score"]) for line in json_lines(third.out)[0]] == [("s01", 10.0)]
    assert (out / "reports" / "s02" / "exercise-04.html").is_file()
    regraded = gradecheck("batch", copied, "--out", out, "--exercise", "exercise-04", "--json", "--regrade")
    assert len(json_lines(regraded.out)[0]) == 4


def test_neither_jobs_nor_order_move_any_score(
    handed_in: Path, undisturbed: Path, gradecheck: Command, tmp_path: Path
) -> None:
    """One judge, and students whose names put them the other way round; the seed is the content's, not the name's."""
    turned = {
        f"s{STUDENTS - 1 - int(path.parent.name[1:]):02}/{FILE}": path.read_bytes()
        for path in handed_in.glob(f"*/{FILE}")
    }
    done = gradecheck(
        "batch", write(tmp_path / "in", turned), "--out", "out", "--exercise", "exercise-04", "--jobs", "1"
    )
    assert done.code == 1, done.err
    here, there = contents(tmp_path / "out"), contents(undisturbed)
    names = {"student": "", "came_as": ""}
    assert [row | names for row in reversed(here)] == [row | names for row in there]


def test_results_are_those_of_run(handed_in: Path, undisturbed: Path, gradecheck: Command) -> None:
    """A neighbour has no influence: a submission graded alone gets the same report."""
    with Gradebook.read(undisturbed / "gradebook.db") as gradebook:
        for student in ("s00", "s01", "s02"):
            report = gradebook.report(student, "exercise-04")
            alone = gradecheck("run", "exercise-04", handed_in / student / FILE, "--json").report
            assert report is not None
            assert alone["score"] == report.score
            assert [(c["id"], c["status"], c["message"]) for c in alone["checks"]] == [
                (c.id, c.status, c.message) for c in report.checks
            ]
            assert [c["misconception"] and c["misconception"]["id"] for c in alone["checks"]] == [
                c.misconception and c.misconception.id for c in report.checks
            ]


def test_two_batches_on_one_gradebook(brisk: Path, undisturbed: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    with running(brisk, out, "--jobs", "1") as one, running(brisk, out, "--jobs", "1") as other:
        assert one.wait(timeout=300) == 1
        assert other.wait(timeout=300) == 1
    assert contents(out) == contents_of_brisk(undisturbed)


def test_another_exercise_joins_the_same_gradebook(handed_in: Path, gradecheck: Command, tmp_path: Path) -> None:
    few = write(
        tmp_path / "in", {f"{path.parent.name}/{path.name}": path.read_bytes() for path in handed_in.glob("s00/*")}
    )
    gradecheck("batch", few, "--out", "out", "--exercise", "exercise-01")
    gradecheck("batch", few, "--out", "out", "--exercise", "exercise-04")
    found = rows(tmp_path / "out")
    assert {key: row.status for key, row in found.items()} == {
        ("s00", "exercise-01"): "graded",
        ("s00", "exercise-04"): "graded",
    }


def test_judges_killed_in_the_middle_are_replaced(brisk: Path, undisturbed: Path, tmp_path: Path) -> None:
    """Their submissions are graded again by others; the batch goes on to the same end."""
    out = tmp_path / "out"
    with running(brisk, out, "--jobs", "2") as process:
        wait_for(process, out, 3)
        # So that none takes over the submission of one that was killed, only to be killed itself: that would be told.
        process.send_signal(signal.SIGSTOP)
        while not stands_still(process.pid):
            time.sleep(0.01)
        judges = judges_of(process.pid)
        assert judges, "the batch was over before a judge could be killed"
        for judge in judges:
            os.kill(judge, signal.SIGKILL)
        while any(Path(f"/proc/{judge}").exists() for judge in judges):
            time.sleep(0.01)
        process.send_signal(signal.SIGCONT)
        assert process.wait(timeout=300) == 1
    assert contents(out) == contents_of_brisk(undisturbed)


def test_what_judges_are_forked_from_is_replaced_with_all_of_them(
    brisk: Path, undisturbed: Path, tmp_path: Path
) -> None:
    out = tmp_path / "out"
    with running(brisk, out, "--jobs", "2") as process:
        wait_for(process, out, 3)
        (server,), judges = servers_of(process.pid), judges_of(process.pid)
        assert judges
        os.kill(server, signal.SIGKILL)
        assert process.wait(timeout=300) == 1
        assert not any(map(command_line, judges))
    assert contents(out) == contents_of_brisk(undisturbed)


def servers_of(batch: int) -> set[int]:
    """The processes that judges are forked from."""
    return {pid for pid in children(batch) if b"fork_server.main" in command_line(pid)}


def judges_of(batch: int) -> set[int]:
    forked = (pid for server in servers_of(batch) for pid in children(server))
    return {pid for pid in forked if b"fork_server.main" in command_line(pid)}


def stands_still(pid: int) -> bool:
    """Whether each of its threads is stopped: a signal doesn't reach all at once."""
    return {file.read_text().rpartition(")")[2].split()[0] for file in Path(f"/proc/{pid}/task").glob("*/stat")} == {
        "T"
    }


def children(pid: int) -> list[int]:
    listed = Path(f"/proc/{pid}/task").glob("*/children")
    return [int(child) for file in listed for child in file.read_text().split()]


def command_line(pid: int) -> bytes:
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes()
    except OSError:
        return b""
