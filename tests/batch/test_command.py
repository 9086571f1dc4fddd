"""`gradecheck batch` as an instructor meets it: files, exit codes, JSON lines, and one line for every misuse."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest

from tests.command import Command
from tests.handing_in import FILE, contents, json_lines, right, rows, write, wrong
from tests.small_course import change, write_course

RESULT_FIELDS = {
    "schema", "type", "student", "exercise", "status", "score", "points", "passed", "misconceptions", "late", "remarks",
    "file", "sha256", "graded_at", "seconds", "key", "note", "attempt", "version", "engine", "handed_in", "came_as",
    "best", "raw", "late_penalty", "override", "reason", "outdated",
}  # fmt: skip


def test_what_a_batch_leaves_behind(gradecheck: Command, tmp_path: Path) -> None:
    folder = write(tmp_path / "in", {f"=ada/{FILE}": right("ada"), f"bo/{FILE}": wrong("bo"), "cy/notes.txt": ""})
    done = gradecheck("batch", folder, "--out", "out", "--exercise", "exercise-04", "--json")
    lines, summary = json_lines(done.out)
    out = tmp_path / "out"
    assert done.code == 1
    assert all(set(line) == RESULT_FIELDS for line in lines)
    assert {(line["student"], line["status"]) for line in lines} == {
        ("=ada", "graded"),
        ("bo", "graded"),
        ("cy", "missing"),
    }
    counts = {"students": 3, "rows": 3, "graded": 2, "missing": 1, "passed": 1, "unreadable": 0, "crashed": 0}
    assert {key: summary[key] for key in counts} == counts
    assert sorted(path.name for path in out.iterdir()) == ["class.html", "gradebook.db", "grades.csv", "reports"]
    with (out / "grades.csv").open(encoding="utf-8-sig", newline="") as file:
        table = {row["student"]: row for row in csv.DictReader(file)}
    assert set(table) == {"'=ada", "bo", "cy"}
    assert (table["'=ada"]["score"], table["'=ada"]["points"]) == ("10", "10")
    assert table["bo"]["misconceptions"] == "jacobian-transposed"
    assert sorted(path.name for path in (out / "reports").iterdir()) == ["ada", "bo"]


def test_what_was_graded_without_the_wall_is_graded_again_behind_it(gradecheck: Command, tmp_path: Path) -> None:
    folder = write(tmp_path / "in", {f"ada/{FILE}": right("ada")})
    for flags, layers in ((["--unsandboxed"], set()), ([], {"bubblewrap"})):
        done = gradecheck("batch", folder, "--out", "out", "--exercise", "exercise-04", "--json", *flags)
        assert done.code == 0, done.err
        assert len(json_lines(done.out)[0]) == 1
        isolation = set(contents(tmp_path / "out")[0]["report"]["isolation"])
        assert isolation & {"bubblewrap"} == layers
        assert "seccomp" in isolation


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["nowhere", "--out", "out"], "There is no folder or archive nowhere."),
        (["empty", "--out", "out"], "empty holds nobody's submission. It should hold a folder or a file"),
        (["in"], "Missing option '--out'"),
        (["in", "--out", "in"], "in is the folder of the submissions."),
        (["in", "--out", "in/out"], "lies within in, and would be taken for a submission"),
        (["in", "--out", "notes.txt"], "notes.txt is a file. Name a folder with --out."),
        (["in", "--out", "out", "--exercise", "exercise-4"], "There is no exercise 'exercise-4'."),
        (["in", "--out", "out", "--quiz", "product"], "There is no quiz 'product'."),
        (["unfit", "--out", "out"], "No file there fits an exercise of this course."),
        (["in", "--out", "out", "--jobs", "0"], "Invalid value for '--jobs'"),
        (["in", "--out", "taken"], "taken/gradebook.db can't be used"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_misuse_is_one_line_and_leaves_nothing(
    arguments: list[str], says: str, gradecheck: Command, tmp_path: Path
) -> None:
    write(tmp_path / "in", {f"ada/{FILE}": right("ada")})
    write(tmp_path / "unfit", {"ada/photo.jpg": b"\xff\xd8"})
    write(tmp_path, {"notes.txt": "", "taken/gradebook.db": b"no database " * 100})
    (tmp_path / "empty").mkdir()
    done = gradecheck("batch", *arguments)
    assert (done.code, done.out) == (2, "")
    assert says in done.err
    assert "Traceback" not in done.err
    assert not (tmp_path / "out").exists()


def test_a_table_that_can_not_be_read_is_one_line(gradecheck: Command, tmp_path: Path) -> None:
    folder = write(tmp_path / "in", {"ada/answers.yaml": "norm_after_20: 1\n"})
    (tmp_path / "out/grades.csv").mkdir(parents=True)
    done = gradecheck("batch", folder, "--out", "out", "--exercise", "exercise-01")
    assert done.code == 2
    assert "out/grades.csv can't be read: Is a directory." in done.err


@pytest.mark.parametrize("table", ["grades.csv", "totals.csv"])
def test_a_table_of_the_instructor_s_is_never_written_over(gradecheck: Command, tmp_path: Path, table: str) -> None:
    """One that a batch wrote is made anew, though a spreadsheet has saved it."""
    folder = write(tmp_path / "in", {"ada/answers.yaml": "norm_after_20: 1\n"})
    for mine in ("login,name\nada,Ada Ek\n", "", "Student ID,exercise-01\n7,9\n"):
        write(tmp_path / "out", {table: mine})
        done = gradecheck("batch", folder, "--out", "out", "--exercise", "exercise-01")
        assert done.code == 2
        assert f"out/{table} is no table of a batch, and would be written over." in done.err
        assert (tmp_path / "out" / table).read_text() == mine
    write(tmp_path / "out", {table: "student;exercise;score\n" if table == "grades.csv" else "student;name;email\n"})
    done = gradecheck("batch", folder, "--out", "out", "--exercise", "exercise-01")
    assert done.code == 1, done.err


def test_a_course_without_solutions_is_no_place_for_a_class(gradecheck: Command, tmp_path: Path) -> None:
    kit = write(tmp_path / "kit", {"course.yaml": "format: 1\ntitle: 'Kit'\nunits: []\n"})
    folder = write(tmp_path / "in", {f"ada/{FILE}": right("ada")})
    done = gradecheck("batch", folder, "--out", "out", course=kit)
    assert done.code == 2
    assert done.err.strip()


def test_a_fault_of_the_course_stops_it_with_file_and_line(gradecheck: Command, tmp_path: Path) -> None:
    course = write_course(tmp_path / "course")
    change(course, "exercises/exercise-01/exercise.yaml", "points: 3", "points: many")
    folder = write(tmp_path / "in", {"ada/answers.yaml": "norm_after_20: 1\n"})
    done = gradecheck("batch", folder, "--out", "out", "--exercise", "exercise-01", course=course)
    assert done.code == 2
    assert "exercise.yaml:" in done.err


def test_a_known_wrong_program_that_is_left_out_is_named(gradecheck: Command, tmp_path: Path) -> None:
    course = write_course(tmp_path / "course")
    change(course, "solutions/exercise-02/misconceptions/added-not-doubled.py", "def twice(x)", "def twice(x")
    folder = write(tmp_path / "in", {"ada/notes.txt": ""})
    done = gradecheck("batch", folder, "--out", "out", "--exercise", "exercise-02", course=course)
    (told,) = [line for line in done.err.splitlines() if "added-not-doubled.py:" in line]
    assert told.endswith("It is left out, and its belief named to nobody.")


def test_a_fault_of_a_check_is_the_graders_own(gradecheck: Command, tmp_path: Path) -> None:
    """Nothing is decided about the student: the row says `crashed`, the exit code 3, and the next run tries again."""
    course = write_course(tmp_path / "course")
    check = 'from autograder.checks import points\n\n\n@points(2)\ndef test_odd(submission):\n    """Odd numbers."""\n'
    checks = course / "solutions" / "exercise-02" / "checks.py"
    checks.write_text(check + "    submission.twice(3.0)\n    1 / 0\n")
    files = {f"{student}/twice.py": f"def twice(x):\n    return 2 * x  # {student}\n" for student in ("ada", "bo")}
    folder = write(tmp_path / "in", files)
    done = gradecheck("batch", folder, "--out", "out", "--exercise", "exercise-02", course=course)
    found = rows(tmp_path / "out")
    assert done.code == 3, done.err
    assert [(row.status, row.score) for row in found.values()] == [("crashed", 0.0)] * 2
    assert "checks.py:8: The check 'odd' is broken" in found["ada", "exercise-02"].remarks
    assert "ZeroDivisionError: division by zero at `1 / 0`" in done.err
    again = gradecheck("batch", folder, "--out", "out", "--exercise", "exercise-02", "--json", course=course)
    assert again.code == 3
    assert len(json_lines(again.out)[0]) == 2
    checks.write_text(check + "    assert submission.twice(3.0) == 6.0\n")
    mended = gradecheck("batch", folder, "--out", "out", "--exercise", "exercise-02", course=course)
    assert mended.code == 0, mended.err
    assert {row.status for row in rows(tmp_path / "out").values()} == {"graded"}


def answers(course_id: str, quiz: str, *given: tuple[str, object, int]) -> str:
    """A file of answers: question, answer, attempt."""
    listed = [{"question": name, "answer": answer, "seed": 1, "attempt": attempt} for name, answer, attempt in given]
    return json.dumps({"schema": 1, "course": course_id, "quiz": quiz, "answers": listed})


def test_answers_to_a_quiz_are_taken_in(gradecheck: Command, tmp_path: Path) -> None:
    """The first answer to a question counts; a wrong one names its belief; what is no file of answers says so."""
    course = write_course(tmp_path / "course")
    first, again = ("two-steps", ["sum"], 1), ("two-steps", ["power"], 2)
    files = {
        "ada/products.json": answers(
            "a-small-course", "products", ("two-steps", ["power"], 1), ("several", ["half", "tenth"], 1)
        ),
        "bo/products (1).json": answers("a-small-course", "products", again, first),
        "cy/my answers.json": answers("a-small-course", "products", ("several", ["half", "tenth"], 1)),
        "dee/products.json": answers("another-course", "products", first, ("gate", ["open"], 1)),
        "eve/products.json": "{",
        "fay/notes.txt": "",
        "gus/package.json": '{"name": "x"}',
    }
    done = gradecheck("batch", write(tmp_path / "in", files), "--out", "out", "--json", course=course)
    lines, summary = json_lines(done.out)
    found = {student: row for (student, quiz), row in rows(tmp_path / "out").items() if quiz == "products"}
    assert done.code == 1, done.err
    assert summary["rows"] == len(lines) == len(files)
    assert {student: (row.status, row.score, row.beliefs) for student, row in found.items()} == {
        "ada": ("graded", 3.0, ()),
        "bo": ("graded", 0.0, ("product-for-power",)),
        "cy": ("graded", 2.0, ()),
        "dee": ("unreadable", 0.0, ()),
        "eve": ("unreadable", 0.0, ()),
        "fay": ("missing", 0.0, ()),
        "gus": ("missing", 0.0, ()),
    }
    assert "cy, products: my answers.json was taken for products.json" in done.err
    assert "dee, products: unreadable: products.json: These are answers of the course 'another-course'" in done.err
    assert "eve, products: unreadable: products.json: This is not JSON." in done.err
    assert (tmp_path / "out" / "reports" / "bo" / "products.html").is_file()
    again_ = gradecheck("batch", tmp_path / "in", "--out", "out", "--quiz", "products", "--json", course=course)
    assert json_lines(again_.out)[0] == []


def test_what_the_quiz_command_saves_is_what_a_batch_reads(gradecheck: Command, tmp_path: Path) -> None:
    """Played through the command, saved with --save or handed in as the record itself, scored alike."""
    course = write_course(tmp_path / "course")
    (tmp_path / "in" / "ada").mkdir(parents=True)
    saved = tmp_path / "in" / "ada" / "products.json"
    played = gradecheck("quiz", "products", "--plain", "--save", saved, course=course, typed="a\na\n0.1\n" * 3)
    assert saved.is_file(), played.out + played.err
    record = (tmp_path / "data" / "progress.db").read_bytes()
    write(tmp_path / "in", {"bo/progress.db": record, "cy/progress.db": record[:5000], "dee.db": record})
    done = gradecheck("batch", tmp_path / "in", "--out", "out", "--quiz", "products", course=course)
    found = {student: row for (student, _), row in rows(tmp_path / "out").items()}
    assert {student: row.status for student, row in found.items()} == {
        "ada": "graded", "bo": "graded", "cy": "missing", "dee": "graded",
    }  # fmt: skip
    assert found["ada"].file == "products.json"
    assert found["ada"].score == found["bo"].score == found["dee"].score
    assert found["ada"].beliefs == found["bo"].beliefs
    assert "bo, products: progress.db was taken for products.json: it holds answers to products." in done.err


def test_other_pains_over_reasons_are_another_result(gradecheck: Command, tmp_path: Path) -> None:
    folder = write(tmp_path / "in", {f"bo/{FILE}": wrong("bo")})
    asked = ("batch", folder, "--out", tmp_path / "out", "--exercise", "exercise-04", "--json")
    for more, unchanged in (((), 0), ((), 1), (("--explain", "thorough"), 0), (("--explain", "thorough"), 1)):
        assert json_lines(gradecheck(*asked, *more).out)[1]["unchanged"] == unchanged
