"""What is said where a belief shows in a part of a program: a softer line, or the belief beside another mistake."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest
from rich.console import Console

from autograder.course import CourseRoot, load_course, load_exercise
from autograder.feedback import first_screen, html, terminal
from autograder.grading.grade import grade
from autograder.grading.report import Report
from autograder.grading.submission import from_bytes
from tests.small_course import write_course

REFERENCE = "def twice(x, half=False):\n    return x / 2 if half else 2 * x\n"
BELIEF = 'r"""You added two."""\n\n\ndef twice(x, half=False):\n    return x / 2 if half else 2 + x\n'
CHECKS = '''from autograder.checks import points


@points(1)
def test_doubled(agree, rng):
    """Numbers are doubled."""
    for _ in range(3):
        agree("twice", rng.uniform(3, 9))


@points(1)
def test_halved(agree, rng):
    """Numbers are halved."""
    for _ in range(3):
        agree("twice", rng.uniform(3, 9), True)


@points(1)
def test_round_numbers(agree, rng):
    """Whole numbers are doubled."""
    for _ in range(3):
        agree("twice", float(rng.integers(3, 90)))


@points(1)
def test_worked(agree):
    """The worked example."""
    agree("twice", 9.731)
'''
TITLE = "Two added, not multiplied by two"
ELSEWHERE = "def twice(x, half=False):\n    return {} if half else {}\n"


@pytest.fixture(scope="module")
def course_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = write_course(tmp_path_factory.mktemp("course"))
    exercise, solution = root / "exercises/exercise-02", root / "solutions/exercise-02"
    spec = (exercise / "exercise.yaml").read_text().partition("checks:")[0]
    (exercise / "exercise.yaml").write_text(spec)
    (exercise / "twice.py").write_text("def twice(x, half=False):\n    raise NotImplementedError\n")
    (solution / "twice.py").write_text(REFERENCE)
    (solution / "checks.py").write_text(CHECKS)
    (solution / "misconceptions/added-not-doubled.py").write_text(BELIEF)
    (solution / "misconceptions/added-not-doubled--late.py").unlink()
    return root


def graded(root: Path, source: str) -> Report:
    course = CourseRoot.at(root)
    submission = from_bytes("twice.py", source.encode())
    (report,) = grade(load_course(course), load_exercise(course, "exercise-02"), [submission])
    return report


def resembling(report: Report) -> dict[str, str]:
    return {check.id: check.resembles for check in report.checks if check.resembles}


def test_a_check_that_a_belief_answers_just_so_is_said_to_resemble_it(course_folder: Path) -> None:
    report = graded(course_folder, ELSEWHERE.format("(x * 7.3 + 1.7) % 3.1", "2 + x"))
    assert resembling(report) == {"doubled": TITLE}
    assert all(check.misconception is None for check in report.checks)
    assert not [each for each in report.explanations if each.kind == "belief"]
    assert [each for each in json.loads(report.to_json())["checks"] if "resembles" in each]
    pages = [html.render(report)]
    for render in (first_screen.render, terminal.render):
        render(report, Console(file=(printed := io.StringIO()), width=300))
        pages.append(printed.getvalue())
    for page in pages:
        assert "Here, if not everywhere, its answers are exactly those of a program with this mistake:" in page
        assert TITLE in page


@pytest.mark.parametrize(
    ("half", "double"),
    [
        ("(x * 7.3 + 1.7) % 3.1", "2 + x if x % 1 == 0 else (x * 3.7) % 2.9"),  # whole numbers tell nothing
        ("(x * 7.3 + 1.7) % 3.1", "2 + x if x > 5 else (x * 3.7) % 2.9"),  # some of a check's answers alone
        ("(x * 7.3 + 1.7) % 3.1", "2 + x if x > 9.7 else (x * 3.7) % 2.9"),  # one question, always the same
        ("(x * 7.3 + 1.7) % 3.1", "2 * x"),  # right, where the belief isn't
    ],
)
def test_what_others_could_answer_too_resembles_nothing(course_folder: Path, half: str, double: str) -> None:
    report = graded(course_folder, ELSEWHERE.format(half, double))
    assert not report.passed
    assert not resembling(report)


def test_a_belief_and_a_slip_are_both_named(course_folder: Path) -> None:
    report = graded(course_folder, ELSEWHERE.format("x - 2", "2 + x"))
    belief, line = report.explanations
    assert (belief.misconception, sorted(belief.checks)) == (
        "added-not-doubled",
        ["doubled", "round_numbers", "worked"],
    )
    assert "With one change at line 2" in belief.because
    # "Your answer is …", which its explanation may say, isn't so yet.
    assert "What follows is said of it with that change." in belief.because
    assert (line.kind, line.line, line.checks) == ("line", 2, ["halved"])
    assert "Your program answers every question" not in html.render(report)


@pytest.mark.parametrize("double", ["x + x + x", "x - 2", "2 - x"])
def test_an_edit_that_would_make_a_belief_names_none(course_folder: Path, double: str) -> None:
    report = graded(course_folder, ELSEWHERE.format("x - 2", double))
    assert not [each for each in report.explanations if each.kind == "belief"]
    assert not resembling(report)


def test_an_edit_that_mends_no_check_names_no_line_beside_a_belief(course_folder: Path) -> None:
    report = graded(course_folder, ELSEWHERE.format("x / 2", "x + 2 if x < 10 else x + 3"))
    assert not report.passed
    assert not [each for each in report.explanations if each.kind == "belief"]
