"""Checks that go on to use an object which the fixture `submission` gave them: what they did with it counts, too."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from autograder.course import CourseError, CourseRoot, load_course, load_exercise
from autograder.grading.grade import grade
from autograder.grading.report import Report
from autograder.grading.submission import from_bytes
from tests.small_course import write_course

STUB = "class Shelf:\n    def __init__(self):\n        raise NotImplementedError\n"
SHELF = """class Shelf:
    def __init__(self):
        self.books = []

    def add(self, title):
        if title in self.books:
            raise ValueError(title)
        self.books.append(title)

    def titles(self):
        return {titles}
"""
REFERENCE = SHELF.format(titles="sorted(self.books)")
AS_ADDED = SHELF.format(titles="list(self.books)")
BACKWARDS = SHELF.format(titles="self.books[::-1]")
CHECKS = '''from autograder.checks import points


@points(1)
def test_sorted(agree):
    """Titles are sorted."""

    def ask(program):
        shelf = program.Shelf()
        for title in ("b", "a", "c"):
            shelf.add(title)
        return shelf.titles()

    agree(ask)


@points(1)
def test_given(submission):
    """Each title is there."""
    shelf = submission.Shelf()
    shelf.add("a")
    shelf.add("c")
    assert shelf.titles() == ["a", "c"], f"The shelf holds a and c, and tells {shelf.titles()}."


@points(1)
def test_twice(submission):
    """No title is there twice."""
    shelf = submission.Shelf()
    shelf.add("a")
    try:
        shelf.add("a")
    except ValueError:
        pass
    assert len(shelf.titles()) == 1, "One title is there twice."
'''


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> CourseRoot:
    folder = write_course(tmp_path_factory.mktemp("course"))
    exercise, solution = folder / "exercises/exercise-02", folder / "solutions/exercise-02"
    spec = (exercise / "exercise.yaml").read_text().partition("checks:")[0]
    (exercise / "exercise.yaml").write_text(spec.replace("twice.py", "shelf.py"))
    (exercise / "shelf.py").write_text(STUB)
    (solution / "shelf.py").write_text(REFERENCE)
    (solution / "checks.py").write_text(CHECKS)
    for old in (solution / "misconceptions").iterdir():
        old.unlink()
    (solution / "misconceptions/added-not-doubled.py").write_text(f'r"""They come as they were added."""\n{AS_ADDED}')
    return CourseRoot.at(folder)


def report_on(root: CourseRoot, source: str) -> Report:
    program = from_bytes("shelf.py", source.encode())
    (report,) = grade(load_course(root), load_exercise(root, "exercise-02"), [program])
    return report


def named(report: Report) -> list[str | None]:
    return [each.misconception for each in report.explanations]


def test_the_belief_of_one_who_uses_objects_rightly_elsewhere_is_named(root: CourseRoot) -> None:
    report = report_on(root, AS_ADDED.replace("self.books", "self.row"))
    assert [check.status for check in report.checks] == ["failed", "passed", "passed"]
    assert named(report) == ["added-not-doubled"]


@pytest.mark.parametrize("other", [BACKWARDS, AS_ADDED.replace("raise ValueError(title)", "pass")])
def test_a_belief_is_not_named_where_an_object_answers_otherwise(root: CourseRoot, other: str) -> None:
    report = report_on(root, other)
    assert report.checks[0].status == "failed"
    assert "failed" in {check.status for check in report.checks[1:]}
    assert "added-not-doubled" not in named(report)


CALLED = '''from autograder.checks import points


@points(1)
def test_once(agree):
    """A title is asked for once."""

    def ask(program):
        asked = []
        shelf = program.Shelf()
        shelf.fill(lambda n: asked.append(n) or "a", 2)
        return asked == [0, 1]

    agree(ask)


@points(1)
def test_refused(agree):
    """No title is there twice."""

    def ask(program):
        shelf = program.Shelf()
        shelf.add("a")
        shelf.add("a")

    agree(ask)


@points(1)
def test_named(submission):
    """The refusal names the title."""
    shelf = submission.Shelf()
    try:
        shelf.lend("a")
    except ValueError as raised:
        assert raised.message == "a"


@points(1)
def test_order(submission):
    """They come in order."""
    shelf = submission.Shelf()
    shelf.add("b")
    shelf.add("a")
    assert shelf.titles() == ["a", "b"]
'''
FILL = """
    def fill(self, title, n):
        self.books = [title(i) for i in range({n})]
        return n

    def lend(self, title):
        raise ValueError({told})
"""


def test_what_fails_without_words_tells_what_was_asked_last_by_name(root: CourseRoot, tmp_path: Path) -> None:
    """A check's own value is no answer of the program's, and neither is what pytest asks of an object to print it."""
    copied = CourseRoot.at(Path(shutil.copytree(root.root, tmp_path / "course")))
    solution = copied.root / "solutions/exercise-02"
    (solution / "checks.py").write_text(CALLED)
    (solution / "shelf.py").write_text(REFERENCE + FILL.format(n="n", told="title"))
    wrong = SHELF.format(titles="tuple(self.books)").replace("raise ValueError(title)", "return 'no'")
    report = report_on(copied, wrong + FILL.format(n="n + 1", told="'none'"))
    assert [check.message for check in report.checks] == [
        "What the title says does not hold. Asked last by name, fill gave the int 2.",
        "Nothing was raised, expected a ValueError.",
        "What the title says does not hold. Asked last by name, lend raised ValueError.",
        "What the title says does not hold. Asked last by name, titles gave a tuple of 2.",
    ]


def test_an_object_that_a_check_hands_to_another_program_costs_nobody_points(root: CourseRoot, tmp_path: Path) -> None:
    copied = CourseRoot.at(Path(shutil.copytree(root.root, tmp_path / "course")))
    asked = "agree(lambda program: program.Shelf(shelf).titles())"
    checks = CHECKS.replace("def test_given(submission)", "def test_given(agree, submission)")
    checks = checks.replace(
        '    assert shelf.titles() == ["a", "c"], f"', f'    {asked}\n    assert shelf.titles(), f"'
    )
    (copied.root / "solutions/exercise-02/checks.py").write_text(checks)
    with pytest.raises(CourseError) as broken:
        report_on(copied, REFERENCE)
    (problem,) = broken.value.problems
    assert "the question is about an object that another program keeps at `agree(lambda" in problem.sentence
    assert problem.line == checks[: checks.index(asked)].count("\n") + 1


def test_what_an_object_is_asked_in_words_alone_names_nobody_who_passes(root: CourseRoot) -> None:
    report = report_on(root, SHELF.format(titles="sorted(self.books)[:1]"))
    assert [check.status for check in report.checks] == ["failed", "failed", "passed"]
    assert report.checks[1].message == "The shelf holds a and c, and tells ['a']."
    assert named(report).count("added-not-doubled") == 0
