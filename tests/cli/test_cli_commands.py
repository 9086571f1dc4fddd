"""The light commands, as a student types them."""

from __future__ import annotations

import json
from pathlib import Path

import jsonschema
import pytest
import yaml
from click.testing import CliRunner, Result

from autograder.cli import COMMANDS, main
from autograder.cli.session import Session
from autograder.cli.workplace import started_file
from autograder.progress import open_progress
from tests.small_course import change


@pytest.fixture(autouse=True)
def at_work(tmp_path: Path, small_course: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder to work in, a record of its own, and the small course as the course."""
    work = tmp_path / "work"
    work.mkdir()
    monkeypatch.chdir(work)
    monkeypatch.setenv("GRADECHECK_DATA", str(tmp_path / "data"))
    monkeypatch.setenv("GRADECHECK_COURSE", str(small_course))
    return work


def gradecheck(*arguments: str) -> Result:
    return CliRunner().invoke(main, list(arguments), prog_name="gradecheck")


def record() -> object:
    return open_progress("a-small-course")


def pass_exercise_01() -> None:
    open_progress("a-small-course").record_run(
        "exercise-01", score=3, points=3, passed=True, misconceptions=[], sha256="0"
    )


def test_list_shows_units_points_and_what_is_next() -> None:
    assert gradecheck("list").stdout == (
        "A small course\n"
        "0 of 6 points in exercises, 0 of 4 in quizzes\n"
        "\n"
        "Unit 1. First: ρ^T\n"
        "  exercise-01       3 points  drill      Numbers that die\n"
        "  exercise-02       3 points  implement  Twice x\n"
        "  products          4 points  quiz       Products of ρ\n"
        "\n"
        "Next: gradecheck show exercise-01, then gradecheck start exercise-01\n"
    )


def test_list_shows_own_progress() -> None:
    pass_exercise_01()
    output = gradecheck("list").stdout
    assert "3 of 6 points" in output
    assert "exercise-01     passed 3/3  drill" in output
    assert "Next: gradecheck show exercise-02" in output


def test_list_as_json_has_the_same() -> None:
    pass_exercise_01()
    overview = json.loads(gradecheck("list", "--json").stdout)
    assert (overview["schema"], overview["score"], overview["points"]) == (1, 3, 6)
    assert overview["course"]["id"] == "a-small-course"
    (unit,) = overview["units"]
    (quiz,) = unit["quizzes"]
    assert [quiz[key] for key in ("id", "questions", "answered", "points", "score")] == ["products", 3, 0, 4, None]
    assert unit["exercises"][0] == {
        "id": "exercise-01",
        "title": "Numbers that die",
        "kind": "drill",
        "file": "answers.yaml",
        "points": 3,
        "score": 3,
        "passed": True,
        "runs": 1,
        "quiz": "",
    }
    assert unit["exercises"][1]["score"] is None


def test_list_shows_the_rest_when_one_exercise_is_broken(small_course: Path) -> None:
    change(small_course, "exercises/exercise-01/exercise.yaml", "points: 3", "pionts: 3")
    result = gradecheck("list")
    assert result.exit_code == 2
    assert "exercise-02" in result.stdout
    assert "exercise.yaml:4: Unknown key 'pionts'. Did you mean 'points'?" in result.stderr


def test_list_says_what_is_broken_where_nothing_is_left_to_list(small_course: Path) -> None:
    course = "format: 1\nid: new\ntitle: New\nunits: [{id: one, title: One, exercises: [exercise-01]}]\n"
    (small_course / "course.yaml").write_text(course)
    change(small_course, "exercises/exercise-01/exercise.yaml", "points: 3", "pionts: 3")
    result = gradecheck("list")
    assert result.exit_code == 2
    assert "Unit 1. One" in result.stdout
    assert "Unknown key 'pionts'" in result.stderr


def test_show_writes_the_statement_with_its_mathematics(small_course: Path) -> None:
    change(small_course, "exercises/exercise-02/exercise.yaml", "[numpy]", "[torch]")
    result = gradecheck("show", "exercise-02")
    assert result.exit_code == 0
    assert "which is 2x" in result.stdout
    assert result.stdout.endswith(
        "3 points. You hand in twice.py.\nIt may import numpy and torch, and Python's own modules.\n"
        "Next: gradecheck start exercise-02\n"
    )


def test_hints_come_one_by_one_and_again_on_demand() -> None:
    first = gradecheck("hint", "exercise-02").stdout
    assert first.startswith("Hint 1 of 3\nWhat is 2x?")
    assert first.endswith("2 more hints: gradecheck hint exercise-02\n")
    assert "1 more hint:" in gradecheck("hint", "exercise-02").stdout
    assert "There is no other hint." in gradecheck("hint", "exercise-02").stdout
    assert gradecheck("hint", "exercise-02").stdout.startswith("Hint 3 of 3\nMultiply.")
    again = gradecheck("hint", "exercise-02", "--again").stdout
    assert [line for line in again.splitlines() if line.startswith("Hint")] == [f"Hint {n} of 3" for n in (1, 2, 3)]


def test_hint_again_before_any_says_how_many_there_are() -> None:
    assert gradecheck("hint", "exercise-02", "--again").stdout == "3 more hints: gradecheck hint exercise-02\n"


def test_start_puts_the_stub_in_a_folder_here_and_says_what_is_next(at_work: Path, small_course: Path) -> None:
    result = gradecheck("start", "exercise-02")
    assert result.exit_code == 0
    stub = (small_course / "exercises/exercise-02/twice.py").read_text()
    assert (at_work / "exercise-02/twice.py").read_text() == stub
    assert result.stdout.startswith("exercise-02/twice.py is ready.")
    assert "gradecheck run exercise-02" in result.stdout


def test_start_never_overwrites(at_work: Path) -> None:
    gradecheck("start", "exercise-02")
    (at_work / "exercise-02/twice.py").write_text("my work")
    result = gradecheck("start", "exercise-02")
    assert result.exit_code == 2
    assert "exercise-02/twice.py is there already. Go on with it: `gradecheck run exercise-02`." in result.stderr
    assert (at_work / "exercise-02/twice.py").read_text() == "my work"


def test_start_by_force_keeps_what_was_there(at_work: Path) -> None:
    for text in ("first", "second"):
        gradecheck("start", "exercise-02", "--force")
        (at_work / "exercise-02/twice.py").write_text(text)
    result = gradecheck("start", "exercise-02", "--force")
    assert "Your earlier file is now exercise-02/twice.py.2.old." in result.stdout
    assert (at_work / "exercise-02/twice.py.2.old").read_text() == "second"
    assert "NotImplementedError" in (at_work / "exercise-02/twice.py").read_text()


def test_start_elsewhere_is_remembered(tmp_path: Path, at_work: Path, small_course: Path) -> None:
    assert gradecheck("start", "exercise-02", "--dir", str(tmp_path / "home")).exit_code == 0
    session = Session(small_course, ascii=False)
    exercise = session.exercise("exercise-02")
    assert started_file(exercise, session.progress, at_work) == tmp_path / "home/twice.py"
    (at_work / "exercise-02").mkdir()
    (at_work / "exercise-02/twice.py").touch()
    assert started_file(exercise, session.progress, at_work) == at_work / "exercise-02/twice.py"
    assert started_file(session.exercise("exercise-01"), session.progress, at_work) is None


def test_start_where_nothing_can_be_written_says_so(at_work: Path) -> None:
    (at_work / "exercise-02").write_text("a file in the way")
    result = gradecheck("start", "exercise-02")
    assert result.exit_code == 2
    assert "exercise-02/twice.py" in result.stderr
    assert "--dir" in result.stderr


def test_start_leaves_a_dangling_link_alone(at_work: Path) -> None:
    (at_work / "exercise-02").mkdir()
    (at_work / "exercise-02/twice.py").symlink_to(at_work / "elsewhere.py")
    assert gradecheck("start", "exercise-02").exit_code == 2
    assert not (at_work / "elsewhere.py").exists()


def test_schema_is_the_one_that_editors_need(small_course: Path) -> None:
    described = json.loads(gradecheck("schema", "exercise").stdout)
    jsonschema.validate(yaml.safe_load((small_course / "exercises/exercise-02/exercise.yaml").read_text()), described)


@pytest.mark.parametrize("command", ["show", "start", "hint"])
def test_a_misspelt_exercise_is_misuse_and_names_the_nearest(command: str) -> None:
    result = gradecheck(command, "exercise-2")
    assert result.exit_code == 2
    assert result.stderr == "Error: There is no exercise 'exercise-2'. Did you mean 'exercise-02'?\n"


@pytest.mark.parametrize("command", ["list", "show", "start", "hint", "schema"])
def test_every_commands_help_has_an_example(command: str) -> None:
    result = gradecheck(command, "--help")
    assert result.exit_code == 0
    assert f"  gradecheck {command}" in result.stdout
    assert "Example" in result.stdout


def test_help_lists_only_commands_that_are_there() -> None:
    listed = gradecheck("--help").stdout.partition("Commands:")[2]
    names = [line.split()[0] for line in listed.splitlines() if line.startswith("  ") and line[2] != " "]
    assert {"list", "show", "start", "hint", "schema"} <= set(names) <= set(COMMANDS)
    for name in names:
        assert gradecheck(name, "--help").exit_code == 0


def test_a_record_that_cannot_be_kept_stops_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "file").touch()
    monkeypatch.setenv("GRADECHECK_DATA", str(tmp_path / "file"))
    for arguments in (["list"], ["hint", "exercise-02"], ["start", "exercise-02"]):
        result = gradecheck(*arguments)
        assert result.exit_code == 0
        assert len(result.stderr.splitlines()) <= 1
    assert result.stderr.startswith("Your progress isn't being recorded: ")


def test_a_folder_that_was_deleted_is_told_as_one(at_work: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Path, "cwd", lambda: (at_work / "gone").stat())  # as Path.cwd() ends where it is gone
    result = gradecheck("list")
    assert (result.exit_code, "was deleted: go to one that is there, with `cd`." in result.stderr) == (2, True)
