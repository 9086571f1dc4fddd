"""Mistakes in what is read from files and written to them: what is said of a line is so, and no accident."""

from __future__ import annotations

from pathlib import Path

import pytest

from autograder.course import CourseRoot, load_course, load_exercise
from autograder.grading.grade import grade
from autograder.grading.report import Report
from autograder.grading.submission import from_bytes
from tests.small_course import write_course

NAMES = ("longest", "merged", "added")
STUB = "".join(f"def {name}(*given):\n    raise NotImplementedError\n\n\n" for name in NAMES)
REFERENCE = """def lines(path):
    with open(path) as file:
        return file.read().splitlines()


def merged(paths):
    return [line for path in paths for line in lines(path)]


def longest(path):
    found = lines(path)
    if not found:
        raise ValueError("The file is empty.")
    return max(found, key=len)


def added(path, line):
    with open(path, "a") as file:
        file.write(line)
    return len(lines(path))
"""
CHECKS = '''from autograder.checks import points


@points(1)
def test_longest(agree):
    """The longest line."""
    agree("longest", "a.txt", files={"a.txt": "one\\nthree\\n"})
    agree("longest", "b.txt", files={"b.txt": "four\\n"})


@points(1)
def test_empty(agree):
    """An empty file is refused."""
    agree.raises(ValueError, "longest", "a.txt", files={"a.txt": ""})


@points(1)
def test_merged(agree):
    """All lines."""
    agree("merged", ["b.txt", "a.txt"], files={"a.txt": "1\\n", "b.txt": "2\\n3\\n"})


@points(1)
def test_added(agree):
    """A line more."""
    agree("added", "a.txt", "z\\n", files={"a.txt": "1\\n"})
    agree(lambda program: [program.added("n.txt", "z\\n"), program.merged(["n.txt"])], files={})
'''


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> CourseRoot:
    folder = write_course(tmp_path_factory.mktemp("course"))
    exercise, solution = folder / "exercises/exercise-02", folder / "solutions/exercise-02"
    spec = (exercise / "exercise.yaml").read_text().partition("checks:")[0]
    (exercise / "exercise.yaml").write_text(spec.replace("twice.py", "files.py"))
    for path, text in ((exercise / "files.py", STUB), (solution / "files.py", REFERENCE)):
        Path(path).write_text(text)
    (solution / "checks.py").write_text(CHECKS)
    for old in (solution / "misconceptions").iterdir():
        old.unlink()
    return CourseRoot.at(folder)


def graded(root: CourseRoot, old: str, new: str) -> Report:
    assert old in REFERENCE
    submission = from_bytes("files.py", REFERENCE.replace(old, new).encode())
    return next(grade(load_course(root), load_exercise(root, "exercise-02"), iter([submission])))


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('raise ValueError("The file is empty.")', "return None", "Line 13: with an exception raised there"),
        ('raise ValueError("The file is empty.")', "return -1", "Line 13: with an exception raised there"),
        (
            '    with open(path, "a") as file:\n        file.write(line)\n',
            '    file = open(path, "a")\n    file.write(line)\n',
            "Line 19: with the file closed after it",
        ),
    ],
)
def test_the_line_is_told_with_what_mends_it(root: CourseRoot, old: str, new: str, said: str) -> None:
    report = graded(root, old, new)
    (told,) = report.explanations
    assert told.text == f"{said}, every check would pass."


def test_neither_refusing_everything_nor_a_number_hit_by_chance_is_a_repair(root: CourseRoot) -> None:
    report = graded(root, "open(path) as", 'open("c.txt") as')
    assert report.score < report.points
    assert not [each for each in report.explanations if "would pass" in each.text]
