"""A check that asks for several words at once: what is said of one word stands above that word's case."""

from __future__ import annotations

import pytest

from autograder.course import CourseRoot, load_course, load_exercise
from autograder.feedback import mistakes
from autograder.grading.grade import grade
from autograder.grading.report import Report
from autograder.grading.submission import from_bytes
from tests.small_course import write_course

REFERENCE = """import numpy as np


def slope(name, z):
    return 1 - np.tanh(z) ** 2 if name == "tanh" else np.exp(-z * z)
"""
CHECKS = '''from autograder.checks import points


@points(3)
def test_slopes(agree, rng):
    """Slopes of both curves."""
    for _ in range(3):
        z = rng.normal(size=4)
        agree(lambda program: [program.slope("gauss", z), program.slope("tanh", z)])
'''
#: Twice the slope of the tanh, and of the other curve something that no reason is found for.
TWICE = '2 - 2 * np.tanh(z) ** 2 if name == "tanh" else '
STRANGE = "np.sin(np.exp(-z * z) * 7) - z[0]"


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> CourseRoot:
    folder = write_course(tmp_path_factory.mktemp("course"))
    exercise, solution = folder / "exercises/exercise-02", folder / "solutions/exercise-02"
    spec = (exercise / "exercise.yaml").read_text().partition("checks:")[0]
    (exercise / "exercise.yaml").write_text(spec)
    (exercise / "twice.py").write_text("def slope(name, z):\n    raise NotImplementedError\n")
    (solution / "twice.py").write_text(REFERENCE)
    (solution / "checks.py").write_text(CHECKS)
    for old in (solution / "misconceptions").iterdir():
        old.unlink()
    return CourseRoot.at(folder)


def report_on(root: CourseRoot, expression: str) -> Report:
    program = f"import numpy as np\n\n\ndef slope(name, z):\n    return {expression}\n"
    (report,) = grade(load_course(root), load_exercise(root, "exercise-02"), [from_bytes("twice.py", program.encode())])
    return report


def test_a_case_belongs_to_the_word_that_it_stands_below(root: CourseRoot) -> None:
    report = report_on(root, TWICE + STRANGE)
    assert [case.besides for finding in mistakes.findings(report) for case in finding.cases] == ["", ""]
    told = {
        finding.explanation.title if finding.explanation is not None else "": [each.message for each in finding.cases]
        for finding in mistakes.findings(report)
    }
    (twice,) = told.pop("slope: the answer is the right one times 2, where name is 'tanh'")
    assert twice.startswith("slope for tanh: ")
    assert [each for messages in told.values() for each in messages if each.startswith("slope for gauss: ")]


def test_a_check_that_only_one_word_fails_has_one_case(root: CourseRoot) -> None:
    report = report_on(root, f"{TWICE}np.exp(-z * z)")
    (check,) = report.checks
    assert check.faults == []
    ((case,),) = [finding.cases for finding in mistakes.findings(report)]
    assert case.message.startswith("slope for tanh: ")
