"""The student's record: nothing lost, nothing mixed, and never a reason to stop."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import pytest

from autograder.progress import Answered, Best, Progress, open_progress
from autograder.progress.migrations import SCHEMA
from autograder.progress.sittings import Part, Sitting

COUNT_HINTS = """
import sys
from autograder.progress import open_progress, record_file
record_file._PATIENCE = 300.0  # a slow disk may let others in again and again before it
progress = open_progress("course", {"GRADECHECK_DATA": sys.argv[1]})
for _ in range(int(sys.argv[2])):
    print(progress.next_hint("exercise-01", 1000), flush=True)
"""
RUN_FOREVER = """
import sys
from autograder.progress import open_progress
progress = open_progress("course", {"GRADECHECK_DATA": sys.argv[1]})
while True:
    progress.record_run("exercise-01", score=1, points=2, passed=False, misconceptions=["a", "b"], sha256="0")
    print(".", flush=True)
"""


def at(folder: Path, course: str = "course") -> Progress:
    return open_progress(course, {"GRADECHECK_DATA": str(folder)})


def run(progress: Progress, exercise: str, score: float, *misconceptions: str) -> None:
    progress.record_run(
        exercise, score=score, points=10, passed=score == 10, misconceptions=misconceptions, sha256="ab" * 32
    )


def test_hints_come_one_by_one_and_the_last_stays(tmp_path: Path) -> None:
    assert [at(tmp_path).next_hint("exercise-01", 3) for _ in range(5)] == [1, 2, 3, 3, 3]
    assert at(tmp_path).hints_shown("exercise-01") == 3
    assert at(tmp_path).hints_shown("exercise-02") == 0


def test_the_best_run_counts_and_once_passed_is_passed(tmp_path: Path) -> None:
    progress = at(tmp_path)
    for score in (4, 10, 7):
        run(progress, "exercise-01", score)
    best = progress.best()["exercise-01"]
    assert best == Best(score=10, points=10, passed=True, runs=3, last=best.last)
    assert best.last.endswith("+00:00")


def test_misconceptions_met_come_with_where_and_how_often(tmp_path: Path) -> None:
    progress = at(tmp_path)
    run(progress, "exercise-01", 4, "rare", "often", "often")
    run(progress, "exercise-02", 4, "often")
    assert [(met.misconception, met.runs, met.exercises) for met in progress.misconceptions_met()] == [
        ("often", 2, ("exercise-01", "exercise-02")),
        ("rare", 1, ("exercise-01",)),
    ]


def test_where_an_exercise_was_started_is_known(tmp_path: Path) -> None:
    progress = at(tmp_path)
    assert progress.started("exercise-01") is None
    progress.record_start("exercise-01", Path("/old/answers.yaml"))
    progress.record_start("exercise-01", Path("/new/answers.yaml"))
    assert at(tmp_path).started("exercise-01") == Path("/new/answers.yaml")


@pytest.mark.skipif(sys.platform == "win32", reason="There every name of a file is Unicode.")
def test_of_what_was_begun_within_a_second_the_last_is_the_last(tmp_path: Path) -> None:
    progress = at(tmp_path)
    for number in (3, 1, 2, 1):
        progress.record_start(f"exercise-{number:02}", tmp_path)
        time.sleep(0.002)
    assert progress.last_exercise() == "exercise-01"
    run(progress, "exercise-03", 1)
    assert progress.last_exercise() == "exercise-03"


def test_a_quiz_is_left_midway_until_it_is_ended_or_an_exercise_is_worked_on(tmp_path: Path) -> None:
    progress = at(tmp_path)
    quizzes = progress.quizzes

    def answer(quiz: str, part: Part = "all") -> Sitting:
        time.sleep(0.002)
        sitting = quizzes.sit(quiz, 7, part)
        quizzes.add(Answered(quiz, sitting.id, 7, "q", ("a",), 0.0, 1.0, (), 1.0))
        return sitting

    quizzes.sit("gates", 7)
    answer("gates", "practice")
    assert progress.quiz_left() is None
    answer("products")
    ended = answer("jacobians")
    assert progress.quiz_left() == "jacobians"
    quizzes.end(ended)
    assert progress.quiz_left() == "products"
    time.sleep(0.002)
    run(progress, "exercise-01", 1)
    assert progress.quiz_left() is None


def test_a_folder_whose_name_is_no_utf_8_is_kept(tmp_path: Path) -> None:
    place = Path(os.fsdecode(b"/gr\xf6\xdfe/answers.yaml"))
    at(tmp_path).record_start("exercise-01", place)
    assert at(tmp_path).started("exercise-01") == place


def test_two_courses_do_not_mix_and_one_can_be_forgotten(tmp_path: Path) -> None:
    for course in ("one", "two"):
        at(tmp_path, course).next_hint("exercise-01", 3)
        at(tmp_path, course).record_start("exercise-01", Path(course))
        run(at(tmp_path, course), "exercise-01", 5, f"belief-of-{course}")
    assert at(tmp_path, "one").reset()
    forgotten, kept = at(tmp_path, "one"), at(tmp_path, "two")
    assert (forgotten.best(), forgotten.misconceptions_met(), forgotten.hints_shown("exercise-01")) == ({}, [], 0)
    assert forgotten.started("exercise-01") is None
    assert kept.best()["exercise-01"].score == 5
    assert kept.misconceptions_met()[0].misconception == "belief-of-two"
    assert kept.hints_shown("exercise-01") == 1


def test_looking_makes_no_file(tmp_path: Path) -> None:
    progress = at(tmp_path / "data")
    assert (progress.best(), progress.misconceptions_met(), progress.hints_shown("exercise-01")) == ({}, [], 0)
    assert not (tmp_path / "data").exists()


def test_two_terminals_at_once_count_every_hint_once(tmp_path: Path) -> None:
    terminals = [
        subprocess.Popen(
            [sys.executable, "-c", COUNT_HINTS, str(tmp_path), "40"], stdout=subprocess.PIPE, stderr=subprocess.PIPE
        )
        for _ in range(3)
    ]
    seen: list[int] = []
    for terminal in terminals:
        output, errors = terminal.communicate(timeout=300)
        assert errors == b""
        seen += [int(line) for line in output.split()]
    assert sorted(seen) == list(range(1, 121))


def test_the_file_alone_holds_every_answer_whatever_becomes_of_the_program(tmp_path: Path) -> None:
    """It is handed in, by who closes the window of the terminal too: that ends a program in the middle of a quiz."""
    quizzes = at(tmp_path / "here").quizzes
    sitting = quizzes.sit("products", 7)
    assert sitting.id is not None
    for number in range(3):
        quizzes.add(Answered("products", sitting.id, 7, f"question-{number}", ("a",), 1.0, 1.0, ("a-belief",), 2.0))
        copied = tmp_path / f"copy-{number}"
        copied.mkdir()
        (copied / "progress.db").write_bytes((tmp_path / "here/progress.db").read_bytes())
        assert len(at(copied).quizzes.answers()) == number + 1


def test_a_killed_program_loses_no_finished_run_and_leaves_no_half_one(tmp_path: Path) -> None:
    program = subprocess.Popen([sys.executable, "-c", RUN_FOREVER, str(tmp_path)], stdout=subprocess.PIPE)
    assert program.stdout
    finished = len(program.stdout.read(20))
    time.sleep(0.05)
    os.kill(program.pid, signal.SIGKILL)
    finished += len(program.stdout.read().replace(b"\n", b"")) - 10
    program.wait()
    progress = at(tmp_path)
    runs = progress.best()["exercise-01"].runs
    assert runs in (finished, finished + 1)
    assert [met.runs for met in progress.misconceptions_met()] == [runs, runs]
    with sqlite3.connect(tmp_path / "progress.db") as db:
        assert db.execute("PRAGMA integrity_check").fetchone() == ("ok",)


def everything_answers(progress: Progress) -> None:
    assert progress.next_hint("exercise-01", 3) == 1
    assert progress.hints_shown("exercise-01") == 0
    progress.record_start("exercise-01", Path("x"))
    run(progress, "exercise-01", 3, "belief")
    assert progress.started("exercise-01") is None
    assert progress.best() == {}
    assert progress.misconceptions_met() == []
    assert progress.reset() is False


def test_a_folder_that_cannot_be_made_is_one_line_and_no_more(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "file").write_text("in the way")
    everything_answers(at(tmp_path / "file" / "data"))
    (line,) = capsys.readouterr().err.splitlines()
    assert line.startswith("Your progress isn't being recorded: ")
    assert line.endswith("(Not a directory); name another folder in GRADECHECK_DATA.")


@pytest.mark.parametrize(
    "content", [b"this is no database, and long enough to be looked at" * 100, b"SQLite format 3\0" * 300]
)
def test_a_damaged_file_is_one_line_and_stays_as_it_is(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], content: bytes
) -> None:
    (tmp_path / "progress.db").write_bytes(content)
    everything_answers(at(tmp_path))
    (line,) = capsys.readouterr().err.splitlines()
    assert line.endswith(
        "progress.db can't be used: it is damaged, or no database; put a copy in its place, or move it away, and a new"
        " one is begun."
    )
    assert (tmp_path / "progress.db").read_bytes() == content


def test_a_file_damaged_in_the_middle_is_one_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    progress = at(tmp_path)
    for _ in range(200):
        run(progress, "exercise-01", 3, "belief")
    progress._connection.close()  # type: ignore[union-attr]
    file = tmp_path / "progress.db"
    content = bytearray(file.read_bytes())
    content[4096:] = b"\xa5" * (len(content) - 4096)
    file.write_bytes(content)
    everything_answers(at(tmp_path))
    (line,) = capsys.readouterr().err.splitlines()
    assert "is damaged" in line


def test_a_newer_file_is_one_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    at(tmp_path).next_hint("exercise-01", 3)
    with sqlite3.connect(tmp_path / "progress.db") as db:
        db.execute(f"PRAGMA user_version = {len(SCHEMA.migrations) + 1}")
    everything_answers(at(tmp_path))
    (line,) = capsys.readouterr().err.splitlines()
    assert line.endswith("it was written by a newer gradecheck; update this one.")


def test_another_programs_database_is_left_alone(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with sqlite3.connect(tmp_path / "progress.db") as db:
        db.execute("CREATE TABLE theirs (x)")
    everything_answers(at(tmp_path))
    assert "it is another program's database" in capsys.readouterr().err
    with sqlite3.connect(tmp_path / "progress.db") as db:
        assert db.execute("SELECT name FROM sqlite_schema").fetchall() == [("theirs",)]


def test_a_file_that_another_program_holds_is_one_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    at(tmp_path).next_hint("exercise-01", 3)
    monkeypatch.setattr("autograder.progress.record_file._PATIENCE", 0.1)
    with sqlite3.connect(tmp_path / "progress.db", isolation_level=None) as db:
        db.execute("BEGIN EXCLUSIVE")
        assert at(tmp_path).next_hint("exercise-01", 3) == 1
    assert "has been in use by another program for 0.1 seconds" in capsys.readouterr().err


def test_what_stands_under_a_former_id_is_taken_over(tmp_path: Path) -> None:
    """A course was named by its title before it had an id; what both have one of stays the newer."""
    old = at(tmp_path, "by-title")
    old.record_run("exercise-01", score=2, points=3, passed=False, misconceptions=["b"], sha256="ab")
    old.next_hint("exercise-01", 3)
    seed = old.quizzes.seed()
    other = at(tmp_path, "another")
    other.record_run("exercise-01", score=1, points=3, passed=False, misconceptions=[], sha256="ab")
    named = open_progress("its-id", {"GRADECHECK_DATA": str(tmp_path)}, former=["by-title"])
    assert named.best()["exercise-01"].score == 2
    assert named.hints_shown("exercise-01") == 1
    assert named.quizzes.seed() == seed
    assert [met.misconception for met in named.misconceptions_met()] == ["b"]
    assert at(tmp_path, "another").best()["exercise-01"].score == 1
    assert at(tmp_path, "by-title").best() == {}
