"""Drills: what a relation between answers is judged by, and whom it blames."""

from __future__ import annotations

from pathlib import Path

import pytest

from autograder.course import CourseRoot, load_answer_key, load_course, load_exercise
from autograder.grading.drill import grade_drill
from autograder.grading.report import CheckResult
from autograder.grading.submission import from_bytes
from tests.files import write

FILES = {
    "course.yaml": """format: 1
title: 'Mixing'
units: [{id: first, title: 'First', exercises: [mixing]}]
misconceptions: {}
""",
    "exercises/mixing/exercise.yaml": """title: 'Mixing'
kind: drill
file: answers.yaml
points: 7
takeaway: 'All parts are a whole.'
hints: ['One.', 'Two.', 'Three.']
""",
    "exercises/mixing/statement.md": "# Mixing\n",
    "exercises/mixing/answers.yaml": "water:\nsugar:\nratio:\n",
    "solutions/mixing/answers.yaml": """answers:
  water: {title: 'Water', points: 1, key: '0.75', right: 'Three parts.', hint: 'Parts of *four*.'}
  sugar: {title: 'Sugar', points: 1, key: '0.25', right: 'One part.'}
  ratio: {title: 'Ratio', points: 1, key: '3', right: 'Three to one.'}
consistency:
  - {id: whole, title: 'A whole', points: 2, holds: 'abs(water + sugar - 1) < 1e-6', message: 'Parts make $1$.'}
  - {id: parts, title: 'Parts', points: 2, holds: 'water / sugar > 1', message: 'More water.'}
""",
}


@pytest.fixture
def root(tmp_path: Path) -> CourseRoot:
    return CourseRoot.at(write(tmp_path, FILES))


def checks(root: CourseRoot, answers: str) -> dict[str, CheckResult]:
    exercise = load_exercise(root, "mixing")
    key = load_answer_key(exercise)
    report = grade_drill(load_course(root), exercise, key, from_bytes("answers.yaml", answers.encode()))
    return {check.id: check for check in report.checks}


@pytest.mark.parametrize("third", ["many", "", "[1, 2]", "4"])
def test_what_a_relation_does_not_name_is_nothing_to_it(root: CourseRoot, third: str) -> None:
    found = checks(root, f"water: 0.75\nsugar: 0.25\nratio: {third}\n")
    assert [found[name].status for name in ("whole", "parts")] == ["passed", "passed"]
    assert found["ratio"].score == 0


def test_it_says_which_number_it_lacks_and_why(root: CourseRoot) -> None:
    found = checks(root, "water: lots\nsugar: 0.25\nratio: 3\n")
    assert found["whole"].message == "water can't be read, and this compares it."
    found = checks(root, "water: 0.75\nratio: 3\n")
    assert found["whole"].message == "No answer is given for sugar, and this compares it."
    found = checks(root, "water: 0.75\nsugar: 0\n")
    assert found["parts"].message == "This can't be worked out with water = 0.75, sugar = 0."


def test_where_it_does_not_hold_the_numbers_are_blamed_and_the_author_hints(root: CourseRoot) -> None:
    check = checks(root, "water: 0,75\nsugar: 0,5\nratio: 3\n")["whole"]
    assert (check.status, check.score) == ("failed", 0)
    assert check.message == "This doesn't hold for what you gave: water = 0.75, sugar = 0.5."
    assert check.hint == "Parts make $1$."


def test_a_decimal_comma_is_a_point_and_a_hint_is_for_what_no_trap_explains(root: CourseRoot) -> None:
    found = checks(root, "water: 0,75\nsugar: 0,3\n")
    assert (found["water"].status, found["water"].hint) == ("passed", None)
    assert checks(root, "water: 0,8\n")["water"].hint == "Parts of *four*."


@pytest.mark.parametrize(
    ("written", "message"),
    [
        ("true", "ratio can't be read: true and false are no numbers: write one."),
        ("[3, 4]", "ratio can't be read: something other than one number stands there: write the number alone."),
        ("{three: 3}", "ratio can't be read: something other than one number stands there: write the number alone."),
        ("[3]", ""),
    ],
)
def test_what_yaml_makes_of_an_answer_is_told_in_words(root: CourseRoot, written: str, message: str) -> None:
    assert checks(root, f"ratio: {written}\n")["ratio"].message == message
