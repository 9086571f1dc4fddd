"""The gradebook: one row each, whatever came in, and no cell that a spreadsheet would run."""

from __future__ import annotations

import codecs
import csv
import io
import sqlite3
import threading
from pathlib import Path

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from autograder.gradebook import grades
from autograder.gradebook.book import Gradebook, UnusableGradebook
from autograder.gradebook.folders import folder_name, folder_names, same_folder
from autograder.gradebook.rows import Result
from autograder.grading.report import Explanation
from tests.gradebooks import HOSTILE_NAME, TASKS, jacobian, record, write_gradebook

HEADER = (
    "student,exercise,score,points,status,misconceptions,submission_sha256,graded_at"
    ",name,email,section,late,attempt,override,explained,raw_score,late_penalty,override_reason,outdated"
)


def table(path: Path) -> list[dict[str, str]]:
    with Gradebook.read(path) as gradebook:
        grades.write(gradebook, path.with_name("grades.csv"))
    data = path.with_name("grades.csv").read_bytes()
    assert data.startswith(codecs.BOM_UTF8)  # without it, Excel takes the table for another encoding
    text = data.decode("utf-8-sig")
    assert text.partition("\n")[0] == HEADER
    return list(csv.DictReader(io.StringIO(text)))


def test_one_row_for_every_student_and_exercise(tmp_path: Path) -> None:
    rows = table(write_gradebook(tmp_path))
    students = {row["student"] for row in rows}
    assert {(row["student"], row["exercise"]) for row in rows} == {(s, task.id) for s in students for task in TASKS}
    assert len(rows) == 6 * len(TASKS)
    statuses = {(row["student"], row["exercise"]): row["status"] for row in rows}
    assert statuses["dora", "exercise-04"] == "unreadable"
    assert statuses["emil", "exercise-04"] == "crashed"
    assert statuses["fritz", "exercise-12"] == "missing"
    assert {"", "slope-not-squared", "gates-swapped"} <= {row["misconceptions"] for row in rows}


def test_a_row_says_who_it_is_whether_it_was_late_and_what_was_explained(tmp_path: Path) -> None:
    with Gradebook.open(tmp_path / "gradebook.db") as gradebook:
        gradebook.describe("course", "Course", [(0, TASKS[0])])
        gradebook.enrol(
            [("ada_7", "Ada Lovelace", "canvas", "7", "ada@example.org"), ("bo_8", "@bo", "canvas", "8", "")]
        )
        why = [Explanation("belief", "", ""), Explanation("line", "", ""), Explanation("belief", "", "")]
        report = msgspec.structs.replace(jacobian(["passed", "failed", "failed"]), explanations=why)
        record(gradebook, "ada_7", report, late=True)
        record(gradebook, "bo_8", jacobian(["passed"] * 3))
    added = HEADER.split(",")[8:]
    ada, bo = ([row[name] for name in added] for row in table(tmp_path / "gradebook.db"))
    assert ada == ["Ada Lovelace", "ada@example.org", "", "yes", "1", "", "belief line", "1", "0", "", ""]
    assert bo == ["'@bo", "", "", "", "1", "", "", "6", "0", "", ""]


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r"])
def test_no_cell_is_a_formula(start: str) -> None:
    assert grades.cell(f"{start}1+1") == f"'{start}1+1".replace("\r", " ")


def test_a_hostile_name_is_text_in_the_table(tmp_path: Path) -> None:
    assert f"'{HOSTILE_NAME}" in {row["student"] for row in table(write_gradebook(tmp_path))}


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_any_name_comes_back_from_the_table(name: str) -> None:
    file = io.StringIO(newline="")
    csv.writer(file, lineterminator="\n").writerow([grades.cell(name)])
    rows = [[], *csv.reader(io.StringIO(file.getvalue(), newline=""))]
    assert rows[1][0].removeprefix("'") == name.replace("\r", " ").removeprefix("'")
    assert not rows[1][0].startswith(("=", "+", "-", "@", "\t", "\r"))


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=120))
def test_any_student_gets_a_folder_that_is_safe_everywhere(name: str) -> None:
    folder = folder_name(name)
    assert folder not in ("", ".", "..")
    assert not set(folder) & set('/\\:*?"<>|\0\n')
    assert len(folder.encode()) <= 100
    assert not folder.startswith((".", "-"))
    assert not folder.endswith(".")


def test_names_that_a_file_system_may_take_for_one_get_folders_of_their_own(tmp_path: Path) -> None:
    names = ["Ada", "ada", "ADA", "a/da", "a:da", "..", "con", "é", "e\u0301", "ﬁ", "fi"]
    with Gradebook.open(tmp_path / "gradebook.db") as gradebook:
        gradebook.enrol((name, "", "", "", "") for name in names)
        gradebook.enrol((name, "", "", "", "") for name in reversed(names))
        folders = {name: gradebook.enrolled(name).folder for name in names}
    assert len({same_folder(folder) for folder in folders.values()}) == len(names)


def test_folder_names_never_run_out() -> None:
    several = [name for name, _ in zip(folder_names("ada"), range(20), strict=False)]
    assert len(set(several)) == 20


def test_a_crashed_row_is_not_lost_and_a_missing_one_never_hides_a_result(tmp_path: Path) -> None:
    path = write_gradebook(tmp_path)
    with Gradebook.open(path) as gradebook:
        before = gradebook.result("Bo_102", "exercise-04")
        assert gradebook.record_missing("Bo_102", TASKS[0], ["Nothing came."]) == before
        again = gradebook.record_missing("fritz", TASKS[0], ["Nothing came."])
    assert again.status == "missing"
    assert again.remarks == ["Nothing came."]


def test_two_writers_at_once(tmp_path: Path) -> None:
    """Each has a connection of its own, as two batches have; no row is lost and none comes twice."""
    path = tmp_path / "gradebook.db"
    students = [f"s{number:03}" for number in range(60)]

    def write(mine: list[str]) -> None:
        with Gradebook.open(path) as gradebook:
            gradebook.describe("course", "Course", enumerate(TASKS))
            gradebook.enrol((name, "", "", "", "") for name in students)
            for name in mine:
                gradebook.record(Result(name, "exercise-04", "graded", 1.0, 6.0), None)
            gradebook.complete()

    threads = [threading.Thread(target=write, args=(students[start::2],)) for start in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with Gradebook.read(path) as gradebook:
        found = [(result.student, result.exercise, result.status) for result in gradebook.results()]
    assert len(found) == len(set(found)) == 60 * len(TASKS)
    assert {status for _, exercise, status in found if exercise == "exercise-04"} == {"graded"}


def test_commits_outlive_a_loss_of_power(tmp_path: Path) -> None:
    with Gradebook.open(tmp_path / "gradebook.db") as gradebook:
        assert gradebook._connection.execute("PRAGMA journal_mode").fetchone() == ("wal",)
        assert gradebook._connection.execute("PRAGMA synchronous").fetchone() == (2,)  # FULL


@pytest.mark.parametrize(
    ("pragma", "reason"),
    [("max_page_count = 1", "the disk is full; make room"), ("query_only = ON", "is read-only; copy it")],
)
def test_a_disk_that_takes_nothing_is_told_with_its_cure(tmp_path: Path, pragma: str, reason: str) -> None:
    with Gradebook.open(write_gradebook(tmp_path)) as gradebook:
        gradebook._connection.execute(f"PRAGMA {pragma}")
        report = msgspec.structs.replace(jacobian(["passed"] * 3), output="x" * 1_000_000)
        with pytest.raises(UnusableGradebook, match=reason):
            record(gradebook, "fritz", report)


def test_another_programs_database_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "gradebook.db"
    with sqlite3.connect(path) as other:
        other.execute("CREATE TABLE photos (name)")
    other.close()
    before = path.read_bytes()
    with pytest.raises(UnusableGradebook, match="another program's database"):
        Gradebook.open(path)
    assert path.read_bytes() == before


def test_what_is_no_database_is_told(tmp_path: Path) -> None:
    (tmp_path / "gradebook.db").write_bytes(b"hello " * 1000)
    with pytest.raises(UnusableGradebook, match="damaged, or no database"):
        Gradebook.open(tmp_path / "gradebook.db")


def test_what_is_damaged_behind_its_beginning_is_told(tmp_path: Path) -> None:
    """Opening it reads little: the damage shows where its rows are read."""
    path = write_gradebook(tmp_path)
    whole = path.read_bytes()
    path.write_bytes(whole[:4096] + b"\xa5" * (len(whole) - 4096))
    with (
        pytest.raises(
            UnusableGradebook, match=r"gradebook.db can't be used: it is damaged, or no database; put a copy"
        ),
        Gradebook.read(path) as gradebook,
    ):
        list(gradebook.results())


def test_a_newer_gradebook_is_not_touched(tmp_path: Path) -> None:
    path = write_gradebook(tmp_path)
    with sqlite3.connect(path) as newer:
        newer.execute("PRAGMA user_version = 99")
    newer.close()
    with pytest.raises(UnusableGradebook, match="newer gradecheck"):
        Gradebook.open(path)


def test_a_gradebook_is_for_one_course(tmp_path: Path) -> None:
    with Gradebook.open(write_gradebook(tmp_path)) as gradebook, pytest.raises(UnusableGradebook, match="belongs to"):
        gradebook.describe("another", "Another", [])
