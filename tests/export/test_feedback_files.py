"""Reports under the names by which Canvas and Moodle take them back, read as their importers read them."""

from __future__ import annotations

import re
import zipfile
from pathlib import Path

import pytest

from tests.command import Command
from tests.handing_in import write, zipped
from tests.small_course import write_course

ANSWERS = "norm_after_20: 0.000798\n"


@pytest.fixture
def course(tmp_path: Path) -> Path:
    return write_course(tmp_path / "course")


def canvas_takes(name: str) -> tuple[int, int] | None:
    """The user and the attachment that Canvas reads from a name: its first two parts that are numbers."""
    numbers = [part for part in name.rpartition("/")[2].split("_") if re.fullmatch(r"\d+", part)]
    return (int(numbers[0]), int(numbers[1])) if len(numbers) > 1 else None


def moodle_takes(name: str) -> tuple[int, str] | None:
    """The participant and the file that Moodle reads from a name: five parts, the fifth with what is left."""
    parts = name.split("_", 4)
    if len(parts) < 5 or not parts[1].isdigit() or parts[2:4] != ["assignfeedback", "file"]:
        return None
    return int(parts[1]), parts[4]


def test_canvas_finds_whose_each_page_is(gradecheck: Command, course: Path, tmp_path: Path) -> None:
    download = zipped(
        tmp_path / "in.zip",
        {
            "lovelaceada_101_9001_answers.yaml": ANSWERS,
            "turingalan_LATE_102_9002_answers-1.yaml": ANSWERS.replace("0.000798", "14"),
        },
    )
    gradecheck("batch", download, "--out", "out", "--exercise", "exercise-01", course=course)
    done = gradecheck("export", "feedback", "out", "--for", "canvas", "--out", "back.zip", course=course)
    assert (done.code, done.err) == (0, "")
    with zipfile.ZipFile(tmp_path / "back.zip") as back:
        assert {canvas_takes(name) for name in back.namelist()} == {(101, 9001), (102, 9002)}
        page = back.read("turingalan_LATE_102_9002_exercise-01.html").decode()
    assert "turingalan" in page
    said = " ".join(re.sub(r"<[^>]+>", " ", page).split())
    graded = r"Graded \d{4}-\d\d-\d\d \d\d:\d\d UTC, in [\d.]+ s gradecheck \S+ exercise-01 version [0-9a-f]{12}"
    assert re.search(graded, said)
    assert (tmp_path / "back.zip").stat().st_mode & 0o007 == 0


def test_moodle_finds_whose_each_page_is(gradecheck: Command, course: Path, tmp_path: Path) -> None:
    download = write(
        tmp_path / "in",
        {
            "Ada Lovelace_301_assignsubmission_file/answers.yaml": ANSWERS,
            "Alan Turing_302_assignsubmission_file_/answers.yaml": ANSWERS,
        },
    )
    gradecheck("batch", download, "--out", "out", "--exercise", "exercise-01", course=course)
    done = gradecheck("export", "feedback", "out", "--for", "moodle", "--out", "back.zip", course=course)
    assert (done.code, done.err) == (0, "")
    with zipfile.ZipFile(tmp_path / "back.zip") as back:
        assert sorted(map(moodle_takes, back.namelist())) == [(301, "exercise-01.html"), (302, "exercise-01.html")]


def test_a_page_that_no_system_would_take_is_told(gradecheck: Command, course: Path, tmp_path: Path) -> None:
    folder = write(tmp_path / "in", {"ada/answers.yaml": ANSWERS, "bob/answers.yaml": ANSWERS})
    gradecheck("batch", folder, "--out", "out", "--exercise", "exercise-01", course=course)
    refused = gradecheck("export", "feedback", "out", "--for", "canvas", "--out", "back.zip", course=course)
    assert (refused.code, (tmp_path / "back.zip").exists()) == (2, False)
    assert "No report in" in refused.err
    assert gradecheck("export", "feedback", "out", "--for", "folder", "--out", "back", course=course).code == 0
    assert sorted(path.relative_to(tmp_path / "back").as_posix() for path in (tmp_path / "back").rglob("*.html")) == [
        "ada/exercise-01.html",
        "bob/exercise-01.html",
    ]


def test_a_page_about_typed_text_is_told_with_the_way_out(gradecheck: Command, course: Path, tmp_path: Path) -> None:
    download = write(
        tmp_path / "in",
        {"lovelaceada_101_9001_answers.yaml": ANSWERS, "turingalan_102_text.html": f"<p>{ANSWERS}</p>"},
    )
    gradecheck("batch", download, "--out", "out", "--exercise", "exercise-01", course=course)
    done = gradecheck("export", "feedback", "out", "--for", "canvas", "--out", "back.zip", course=course)
    assert done.code == 0
    assert done.err.startswith("1 left out: what they handed in has no name by which canvas knows to whom a page goes")
    assert "turingalan_102. `--for folder` writes a page for each." in done.err


def test_a_group_gets_one_page_and_that_is_told(gradecheck: Command, course: Path, tmp_path: Path) -> None:
    download = write(tmp_path / "in", {"Red_56_assignsubmission_file/answers.yaml": ANSWERS})
    (tmp_path / "class.csv").write_text("login,name,group\nada,Ada Ek,Red\nbo,Bo Ox,Red\n")
    batch = ("batch", download, "--out", "out", "--exercise", "exercise-01", "--roster", "class.csv")
    gradecheck(*batch, course=course)
    done = gradecheck("export", "feedback", "out", "--for", "moodle", "--out", "back.zip", course=course)
    assert done.code == 0
    with zipfile.ZipFile(tmp_path / "back.zip") as back:
        assert back.namelist() == ["Red_56_assignfeedback_file_exercise-01.html"]
    assert done.err == (
        "1 without a page of their own, for a group gets one back, which bears one member's name and score:"
        " bo (with ada). `--for folder` writes a page for each.\n"
    )
