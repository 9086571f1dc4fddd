"""The gradebook in the forms of seven systems: each is a golden file, and no cell is a formula."""

from __future__ import annotations

import base64
import csv
import io
import json
from pathlib import Path
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from autograder.export import github_classroom, gradescope
from autograder.export.scores import cell
from autograder.gradebook.book import Gradebook
from autograder.gradebook.rows import GradebookTask, Result
from tests import gradebooks
from tests.command import Command, Finished
from tests.export import golden

SHEETS = Path(__file__).with_name("sheets")
FORMULAS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def exported(gradecheck: Command, *arguments: str | Path) -> Finished:
    done = gradecheck("export", *arguments)
    assert done.code == 0, done.err
    return done


@pytest.mark.parametrize("form", ["csv", "canvas", "nbgrader", "github-classroom"])
def test_a_table_is_as_it_was(gradecheck: Command, gradebook: Path, form: str) -> None:
    done = exported(gradecheck, form, gradebook)
    assert ("Without --roster every column makes a new assignment" in done.err) == (form == "canvas")
    golden.check(f"{form}.csv", done.out)


def test_moodle_is_as_it_was(gradecheck: Command, gradebook: Path) -> None:
    golden.check("moodle.csv", exported(gradecheck, "moodle", gradebook, "--exercise", "exercise-04").out)


def test_a_gradebook_is_exported_whatever_the_course_has_become(gradecheck: Command, gradebook: Path) -> None:
    (gradecheck.folder / "course.yaml").write_text("title: [")
    done = gradecheck("export", "csv", gradebook, "--exercise", "exercise-12", course=gradecheck.folder)
    assert done.out.startswith("\ufeffstudent,exercise,"), done.err


def test_junit_is_as_it_was(gradecheck: Command, gradebook: Path) -> None:
    text = exported(gradecheck, "junit", gradebook).out
    suites = ElementTree.fromstring(text)
    assert len(suites) == len(gradebooks.TASKS) * 6
    assert sum(int(suite.get("tests", 0)) for suite in suites) == len(suites.findall(".//testcase"))
    golden.check("junit.xml", text)


def test_gradescope_is_as_it_was(gradecheck: Command, gradebook: Path, tmp_path: Path) -> None:
    exported(gradecheck, "gradescope", gradebook, "--out", tmp_path / "results")
    found = sorted(path.parent.name for path in (tmp_path / "results").glob("*/results.json"))
    assert len(found) == 5
    assert "emil" not in found  # nothing was decided, so there is no score
    bo = (tmp_path / "results" / "Bo_102" / "results.json").read_text(encoding="utf-8")
    data = json.loads(bo)
    assert data["score"] == sum(test["score"] for test in data["tests"]) == 1.0
    assert sum(test["max_score"] for test in data["tests"]) == sum(task.points for task in gradebooks.TASKS)
    golden.check("gradescope.json", bo)


def test_gradescope_names_what_came_in_place_of_a_program() -> None:
    task = GradebookTask("exercise-04", "exercise", "Tanh", "tanh.py", 10.0)
    said = "Nothing fits tanh.py. There is essay.docx."
    results = gradescope.content(
        [task], {task.id: (Result("ada", task.id, "missing", 0.0, 10.0, remarks=[said]), None)}
    )
    assert (results["score"], results["output"]) == (0.0, said)


def test_one_exercise_of_several_has_its_own_score(gradecheck: Command, gradebook: Path, tmp_path: Path) -> None:
    """Ada has 6 points in one exercise and 4 in the other; the grader failed over Emil in the first."""
    for task, score, there in (("exercise-04", 6.0, False), ("exercise-12", 4.0, True)):
        out = tmp_path / task
        exported(gradecheck, "gradescope", gradebook, "--exercise", task, "--out", out)
        ada = json.loads(next(out.glob("Ada*/results.json")).read_text(encoding="utf-8"))
        assert (ada["score"], list(ada["extra_data"]["sha256"])) == (score, [task])
        assert (out / "emil").exists() == there


def test_a_score_by_hand_is_exported_whatever_came_in(gradecheck: Command, tmp_path: Path) -> None:
    with Gradebook.open(tmp_path / "gradebook.db") as gradebook:
        gradebook.describe(gradebooks.COURSE, gradebooks.TITLE, [(0, gradebooks.TASKS[0])])
        gradebook.enrol([("bo", "", "", "", ""), ("cy", "", "", "", "")])
        unread = gradebooks.jacobian(["failed"] * 3, message="Not text.", belief=None)
        gradebooks.record(gradebook, "cy", unread, status="unreadable")
        gradebook.complete()
        for student in ("bo", "cy"):
            gradebook.override(student, "exercise-04", 2.5, "Shown orally")
    suites = ElementTree.fromstring(exported(gradecheck, "junit", tmp_path).out)
    scores = [suite.find("properties/property[@name='score']") for suite in suites]
    assert [score.get("value") for score in scores if score is not None] == ["2.5", "2.5"]
    lines = exported(gradecheck, "canvas", tmp_path).out.splitlines()[2:]
    assert [line.rpartition(",")[2] for line in lines] == ["2.5", "2.5"]
    assert [line.split(",")[2] != "" for line in exported(gradecheck, "nbgrader", tmp_path).out.splitlines()[1:]] == [
        False, True,
    ]  # fmt: skip


def test_a_github_action_gets_one_report(gradecheck: Command, tmp_path: Path) -> None:
    report = tmp_path / "report.json"
    made = gradebooks.jacobian(["passed", "failed", "timeout"])
    report.write_bytes(made.to_json())
    result = json.loads(base64.b64decode(exported(gradecheck, "github-classroom", report).out))
    assert result == github_classroom.content(made)
    golden.check("github-classroom.json", json.dumps(result, indent=1) + "\n")


@pytest.mark.parametrize(
    ("form", "arguments", "said"),
    [
        ("canvas", (), "exercise-04: scores were scaled from 6 to the 12 points of Canvas."),
        (
            "moodle",
            ("--exercise", "exercise-04"),
            "exercise-04: scores were scaled from 6 to the 100 points of Moodle.",
        ),
        ("github-classroom", ("--exercise", "exercise-04"), "are not in github-classroom.csv"),
    ],
)
def test_a_downloaded_sheet_is_filled_in(
    gradecheck: Command, gradebook: Path, form: str, arguments: tuple[str, ...], said: str
) -> None:
    done = exported(gradecheck, form, gradebook, "--roster", SHEETS / f"{form}.csv", *arguments)
    assert said in done.err
    assert "of the gradebook " in done.err
    golden.check(f"{form}-sheet.csv", done.out)


@pytest.mark.parametrize("form", ["csv", "canvas", "moodle", "nbgrader", "github-classroom"])
@pytest.mark.parametrize("with_sheet", [False, True])
def test_no_cell_of_a_student_is_a_formula(gradecheck: Command, gradebook: Path, form: str, with_sheet: bool) -> None:
    if with_sheet and not (SHEETS / f"{form}.csv").exists():
        assert form in ("csv", "nbgrader")  # these have none
        return
    sheet = ["--roster", SHEETS / f"{form}.csv"] if with_sheet else []
    lines = list(
        csv.reader(io.StringIO(exported(gradecheck, form, gradebook, "--exercise", "exercise-04", *sheet).out))
    )
    assert {len(line) for line in lines} == {len(lines[0])}
    formulas = [text for line in lines for text in line if text.startswith(FORMULAS) and text != "-"]
    # What a system gave and reads back stays: an id in Canvas, a teacher's comment in Moodle ("-" is its "never").
    given_back = {"canvas": ["=S-103"], "moodle": ["@Earlier comment"]}
    assert formulas == (given_back.get(form, []) if with_sheet else [])


@given(st.text())
def test_a_cell_keeps_its_text_and_is_no_formula(text: str) -> None:
    # A lone carriage return would begin a line in some spreadsheets; it becomes a blank.
    assert cell(text).removeprefix("'") == text.replace("\r", " ").removeprefix("'")
    assert not cell(text).startswith(FORMULAS)


def test_a_table_can_be_written_to_a_file(gradecheck: Command, gradebook: Path, tmp_path: Path) -> None:
    out = tmp_path / "grades.csv"
    assert exported(gradecheck, "csv", gradebook / "gradebook.db", "--exercise", "exercise-12", "--out", out).out == ""
    lines = out.read_text(encoding="utf-8").splitlines()
    assert len(lines) == 7
    assert all(",exercise-12," in line for line in lines[1:])
    assert list(tmp_path.glob(".grades*")) == []


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["csv", "nowhere"], "There is no gradebook nowhere"),
        (["csv", "GRADES", "--exercise", "exercise-99"], "It holds: exercise-04, exercise-12, activations."),
        (["moodle", "GRADES"], "Name it with --exercise: exercise-04, exercise-12, activations."),
        (["canvas", "GRADES", "--roster", "nothing.csv"], "nothing.csv can't be read: No such file"),
        (["canvas", "GRADES", "--roster", str(SHEETS / "moodle.csv")], "moodle.csv:1: this is no gradebook of Canvas"),
        (["canvas", "GRADES", "--roster", "noise.csv"], "noise.csv isn't text"),
        (["canvas", "GRADES", "--roster", "latin.csv"], "latin.csv has no assignment for exercise-04"),
        (["canvas", "GRADES", "--dry-run"], "give it with --roster"),
        (["csv", "GRADES", "--out", "no/such/folder/x.csv"], "can't be written: No such file or directory"),
        (["github-classroom", "broken.json"], "broken.json is no report"),
        (["gradescope", "GRADES", "--out", "latin.csv"], "latin.csv is a file. Name a new folder"),
        (
            ["canvas", "GRADES", "--roster", "latin.csv", "--out", "latin.csv"],
            "latin.csv is what this export is made of",
        ),
        (["csv", "GRADES", "--out", "GRADES/gradebook.db"], "gradebook.db is what this export is made of"),
    ],
)
def test_what_is_wrong_is_said_in_one_line(
    gradecheck: Command, gradebook: Path, tmp_path: Path, arguments: list[str], sentence: str
) -> None:
    (tmp_path / "latin.csv").write_bytes("Student,ID\nZo\xeb,1\n".encode("latin-1"))
    (tmp_path / "noise.csv").write_bytes(b"\x00\x81\xff")
    (tmp_path / "broken.json").write_text('{"exercise": 4}', encoding="utf-8")
    done = gradecheck("export", *[part.replace("GRADES", str(gradebook)) for part in arguments])
    assert done.code == 2
    assert sentence in done.err
    assert "Traceback" not in done.err
    assert done.out == ""


def test_two_students_of_one_name_are_told_apart_or_left_out(gradecheck: Command, tmp_path: Path) -> None:
    with Gradebook.open(tmp_path / "gradebook.db") as gradebook:
        gradebook.describe(gradebooks.COURSE, gradebooks.TITLE, [(0, gradebooks.TASKS[0])])
        gradebook.enrol([("a_1", "Ada", "canvas", "1", ""), ("a", "Ada", "", "", ""), ("b_9", "Bo", "canvas", "9", "")])
        for student in ("a_1", "a", "b_9"):
            gradebooks.record(gradebook, student, gradebooks.jacobian(["passed"] * 3))
    sheet = tmp_path / "sheet.csv"
    sheet.write_text("Student,ID,SIS Login ID\nAda,1,x\nAda,2,y\nBo,3,z\n", encoding="utf-8")
    done = exported(gradecheck, "canvas", tmp_path, "--roster", sheet, "--new-column")
    # Of one name there are two, and Canvas itself tells Bo of number 9 from Bo of number 3.
    assert [line.rpartition(",")[2] for line in done.out.splitlines()[1:]] == ["6", "", ""]
    assert "Ada (a) can't be told from others in sheet.csv, lines 2, 3: nothing is put." in done.err
    assert "1 of the gradebook is not in sheet.csv: Bo." in done.err
