"""What an author writes while a class is graded is of the next batch: this one grades the course that it began with."""

from __future__ import annotations

import os
import signal
import subprocess
import tempfile
import time
from pathlib import Path

import pytest

from autograder.batch import fingerprint
from autograder.batch.course_folder import course_folder
from autograder.batch.frozen_course import _copy_file, frozen
from autograder.course import CourseError, CourseRoot, load_course, load_exercise, load_hidden_checks, load_quiz
from autograder.course.tasks import Task
from tests.command import GRADECHECK, Command
from tests.files import write
from tests.handing_in import Row, results, rows
from tests.small_course import FILES, change, small_course

__all__ = ["small_course"]
CHECKS = "solutions/exercise-03/checks.py"


def check(expected: str) -> str:
    return (
        "from autograder.checks import points\n\n\n@points(2)\ndef test_negative(submission):\n"
        f'    """Negative numbers double too."""\n    assert submission.twice(-2.0) == {expected}\n'
    )


@pytest.fixture
def course(small_course: Path) -> Path:
    """It has `twice` twice, so that one can hang while the other is changed."""
    second = {name.replace("-02", "-03"): text for name, text in FILES.items() if "exercise-02" in name}
    both = {name.replace("-03", number): check("-4.0") for name in (CHECKS,) for number in ("-02", "-03")}
    write(small_course, second | both)
    change(small_course, "course.yaml", "exercise-01, exercise-02", "exercise-01, exercise-02, exercise-03")
    return small_course


def task(course: Path, name: str) -> Task:
    return Task.of(load_exercise(CourseRoot.at(course), name))


def test_what_is_written_meanwhile_is_not_graded_by(course: Path) -> None:
    mine = task(course, "exercise-03")
    before = fingerprint.digest(load_course(CourseRoot.at(course)), mine)
    with frozen(CourseRoot.at(course), [mine]) as copy:
        write(course, {CHECKS: check("-5.0")})
        assert fingerprint.digest(copy.course, mine) == before
        exercise = load_exercise(copy.course.root, mine.id)
        assert exercise.solution is not None
        assert "-4.0" in (exercise.solution / "checks.py").read_text()
        assert copy.course.title == load_course(CourseRoot.at(course)).title
        folder = copy.course.root.root
        assert folder.stat().st_mode & 0o777 == 0o700
    assert not folder.exists()


def test_what_is_wrong_is_said_of_the_file_that_its_author_has(course: Path) -> None:
    write(course, {CHECKS: "def ("})
    with (
        pytest.raises(CourseError) as raised,
        frozen(CourseRoot.at(course), [task(course, "exercise-03")]) as copy,
    ):
        load_hidden_checks(load_exercise(copy.course.root, "exercise-03"))
    assert [each.file for each in raised.value.problems] == [course / CHECKS]


def test_a_batch_says_it_so_too(course: Path, gradecheck: Command, tmp_path: Path) -> None:
    write(course, {CHECKS: "import nothing_of_that_name\n" + check("-4.0")})
    write(tmp_path / "in", {"ada/exercise-03/twice.py": FILES["solutions/exercise-02/twice.py"]})
    done = gradecheck("batch", tmp_path / "in", "--out", tmp_path / "out", "--jobs", "1", course=course)
    assert (done.code, "gradecheck-copy-" in done.err) == (2, False), done.err
    assert f"{course / CHECKS}:1: " in done.err


def test_a_course_that_is_changed_and_put_back_leaves_no_verdict_of_the_change(course: Path, tmp_path: Path) -> None:
    """The second exercise waits for its judge while the first hangs, and is changed just then."""
    right = FILES["solutions/exercise-02/twice.py"]
    hanging = "import time\n\n\ndef twice(x):\n    time.sleep(1000)\n"
    given = write(tmp_path / "in", {"ada/exercise-02/twice.py": hanging, "ada/exercise-03/twice.py": right})
    command = [GRADECHECK, "--course", course, "batch", given, "--out", tmp_path / "out", "--jobs", "1"]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as batch:
        while batch.poll() is None and not (tmp_path / "out" / "gradebook.db").exists():
            time.sleep(0.02)
        time.sleep(0.5)
        write(course, {CHECKS: check("-5.0")})
    write(course, {CHECKS: check("-4.0")})
    found = rows(tmp_path / "out")
    assert found["ada", "exercise-02"].score == 0.0
    assert found["ada", "exercise-03"] == Row("graded", 3.0, (), False, "", "twice.py")
    (version,) = {each.version for each in results(tmp_path / "out") if each.exercise == "exercise-03"}
    assert version == fingerprint.digest(load_course(CourseRoot.at(course)), task(course, "exercise-03"))


def test_what_exercises_share_is_found_from_the_copy(course: Path, gradecheck: Command, tmp_path: Path) -> None:
    """Beside the exercise's own folders, in the course's, and by two names in its own."""
    reads = (
        "import sys\nfrom pathlib import Path\n\nHERE = Path(__file__).parent\n"
        'sys.path.insert(0, str(HERE.parent / "common"))\nimport samples\n\n'
        'assert (HERE.parents[1] / "shared" / "x.txt").read_text() == "shared"\n'
        'assert (HERE / "data" / "x.txt").read_text() == (HERE / "same" / "x.txt").read_text() == "own"\n\n'
    )
    write(course, {"solutions/common/samples.py": "", "shared/x.txt": "shared"})
    write(course, {CHECKS: reads + check("-4.0"), "solutions/exercise-03/data/x.txt": "own"})
    (course / "solutions/exercise-03/same").symlink_to("data")
    given = write(tmp_path / "in", {"ada/exercise-03/twice.py": FILES["solutions/exercise-02/twice.py"]})
    done = gradecheck("batch", given, "--out", tmp_path / "out", "--jobs", "1", course=course)
    assert done.code == 0, done.err
    assert rows(tmp_path / "out")["ada", "exercise-03"].score == 3.0


def test_links_of_the_copy_lead_out_of_it_and_nothing_is_written_there(course: Path) -> None:
    (course / "exercises" / "broken").symlink_to("nowhere")
    before = sorted(course.rglob("*"))
    for mine in (task(course, "exercise-03"), Task.of_quiz(load_quiz(load_course(CourseRoot.at(course)), "products"))):
        with frozen(CourseRoot.at(course), [mine]) as copy:
            assert (copy.course.root.root / "exercises" / "exercise-02" / "exercise.yaml").is_file()
    assert sorted(course.rglob("*")) == before


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
def test_a_batch_that_is_told_to_end_leaves_no_copy(course: Path, tmp_path: Path, number: signal.Signals) -> None:
    done = ended_by(number, course, tmp_path)
    assert (done.returncode, done.stderr.splitlines()[-1]) == (
        128 + number,
        "0 of 1 are done and kept. Run the same command again to go on.",
    )
    assert not [*(tmp_path / "temporary").iterdir()]


def test_the_copy_of_a_batch_that_was_killed_is_removed_by_the_next(
    course: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ended_by(signal.SIGKILL, course, tmp_path)
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "temporary"))
    (left,) = (tmp_path / "temporary").iterdir()
    with course_folder() as young:
        assert left.exists()
        for folder in (left, young):
            os.utime(folder, (0.0, 0.0))
        with course_folder():
            assert (left.exists(), young.exists()) == (False, True)


def test_where_no_room_is_left_for_the_copy_that_place_is_named(course: Path) -> None:
    with pytest.raises(OSError, match="No space left") as raised:
        _copy_file(course / CHECKS, Path("/dev/full"))
    assert raised.value.filename == "/dev/full"


def test_a_file_that_cannot_be_read_is_the_courses(course: Path, tmp_path: Path) -> None:
    with pytest.raises(CourseError, match=r"solutions:1: This file can't be read: Is a directory\."):
        _copy_file(course / "solutions", tmp_path / "copy")


def ended_by(number: signal.Signals, course: Path, tmp_path: Path) -> subprocess.CompletedProcess[str]:
    """A batch with a program that hangs, and what it said when it got this signal."""
    (tmp_path / "temporary").mkdir()
    given = write(tmp_path / "in", {"ada/exercise-03/twice.py": "def twice(x):\n    while True:\n        pass\n"})
    command = [GRADECHECK, "--course", course, "batch", given, "--out", tmp_path / "out", "--jobs", "1"]
    environment = {**os.environ, "TMPDIR": str(tmp_path / "temporary")}
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=environment) as batch:
        while batch.poll() is None and not (tmp_path / "out" / "gradebook.db").exists():
            time.sleep(0.02)
        time.sleep(0.5)
        batch.send_signal(number)
        out, err = batch.communicate()
    return subprocess.CompletedProcess(command, batch.returncode, out, err)
