"""`gradecheck new`: what it writes, what it says is left, and that nothing else is left."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.command import REPOSITORY, Command
from tests.proof.filled import EXERCISE, QUIZ, Proved, begin, change, line_of

LEFT = re.compile(r"^(?P<file>\S+):(?P<line>\d+): TODO: ", re.MULTILINE)


def test_every_todo_is_listed_with_its_file_and_line(gradecheck: Command, tmp_path: Path) -> None:
    exercise, quiz = begin(gradecheck, tmp_path / "course")
    assert (exercise.code, quiz.code) == (0, 0)
    listed = {(tmp_path / found["file"], int(found["line"])) for found in LEFT.finditer(exercise.out + quiz.out)}
    written = {
        (path, number)
        for path in (tmp_path / "course").rglob("*.*")
        for number, line in enumerate(path.read_text().splitlines(), start=1)
        if "TODO" in line
    }
    assert listed == written
    assert len(listed) > 40


def test_validate_accepts_what_is_filled_in_and_nothing_before(
    gradecheck: Command, tmp_path: Path, proved: Proved
) -> None:
    begin(gradecheck, tmp_path / "course")
    unfinished = gradecheck("validate", course=tmp_path / "course")
    assert unfinished.code == 1
    assert "TODO: the belief in one line" in unfinished.out
    finished = proved.first
    assert (finished.code, finished.report["problems"]) == (0, []), finished.err
    assert finished.report["exercises"][EXERCISE]["mutants"]["right"] > 5
    assert finished.report["quizzes"][QUIZ]["questions"] == {"right": 2, "of": 2}


def test_it_is_listed_where_it_was_asked_for(gradecheck: Command, tmp_path: Path) -> None:
    begin(gradecheck, tmp_path / "course")
    later = "  - id: second\n    title: 'Second'\n    exercises:\n      - leaky-step\nmisconceptions:"
    change(tmp_path / "course", "course.yaml", "\nmisconceptions:", later)
    change(tmp_path / "course", "course.yaml", "exercises: [leaky-step]", "exercises: []")
    named = gradecheck("new", "exercise", "another", "--unit", "first", course=tmp_path / "course")
    assert named.code == 0
    assert "exercises: [another]" in (tmp_path / "course/course.yaml").read_text()
    # A list that is written item by item is left to the author, who is told the line.
    blocked = gradecheck("new", "exercise", "third", course=tmp_path / "course")
    line = line_of(tmp_path / "course", "course.yaml", "      - leaky-step") - 1
    assert f"course/course.yaml:{line}: Add 'third' to the exercises of this unit." in blocked.out


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("exercise", "Leaky Step"), "is no id"),
        (("exercise", "leaky-step"), "Choose another id"),
        (("quiz", "leaky-step"), "Choose another id"),
        (("exercise", "another", "--unit", "nowhere"), "The units are first"),
        (("exercise", "checks"), "--name"),
        (("lesson", "another"), "'exercise', 'drill'"),
    ],
)
def test_misuse_is_one_sentence_and_writes_nothing(
    gradecheck: Command, course: Path, arguments: tuple[str, ...], sentence: str
) -> None:
    before = sorted(course.rglob("*"))
    done = gradecheck("new", *arguments, course=course)
    assert done.code == 2
    assert sentence in done.err
    assert sorted(course.rglob("*")) == before


def test_where_there_is_no_course_the_one_that_ships_stays_as_it_is(tmp_path: Path) -> None:
    """On a copy of the engine, with a course beside it as in a checkout."""
    engine, empty = tmp_path / "engine", tmp_path / "empty"
    shutil.copytree(REPOSITORY / "autograder", engine / "autograder", ignore=shutil.ignore_patterns("__pycache__"))
    (engine / "solutions").mkdir()
    shipped = "format: 1\ntitle: 'Shipped'\nunits: [{id: first, title: 'First'}]\n"
    (engine / "course.yaml").write_text(shipped)
    empty.mkdir()
    environment = {name: value for name, value in os.environ.items() if not name.startswith("GRADECHECK")}
    for kind in ("exercise", "quiz"):
        done = subprocess.run(
            [sys.executable, "-c", "from autograder.cli import main; main()", "new", kind, "leak"], cwd=empty,
            env=environment | {"PYTHONPATH": str(engine)}, capture_output=True, text=True, timeout=300,
        )  # fmt: skip
        assert done.returncode == 2
        assert "There is no course here but the one that ships with gradecheck." in done.stderr
    assert list(empty.iterdir()) == []
    assert (engine / "course.yaml").read_text() == shipped
    assert sorted(path.name for path in engine.iterdir()) == ["autograder", "course.yaml", "solutions"]
