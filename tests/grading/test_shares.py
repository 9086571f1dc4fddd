"""Shares of a check's points: what fails in one costs that part, and the check goes on."""

from __future__ import annotations

from pathlib import Path

import pytest

from autograder.grading.report import CheckResult
from tests.grading.test_lent_functions import explained

CHECKS = """from autograder.checks import points


@points(2)
def test_all(agree, submission):
    r'''Each part for itself.'''
    with agree.share(0.25):
        agree("descend", lambda x: 0.0, 1.0, 0.1)
    with agree.share(0.75):
        agree("descend", lambda x: x, 2.0, 0.5)
        assert submission.descend(lambda x: x, 0.0, 0.5) == 0, "Nothing moves at the bottom."
    agree("descend", lambda x: x, 0.0, 0.0)
"""


def result(folder: Path, body: str) -> CheckResult:
    source = f"def descend(slope, x, rate):\n    {body}\n"
    check: CheckResult = explained(folder, source, **{"solutions/descend/checks.py": CHECKS}).checks[0]
    return check


@pytest.mark.parametrize(
    ("body", "score", "said"),
    [
        ("return x * (1 - rate * (slope(1.0) != 0)) ** 9", 2, ""),
        ("return x", 0.5, "descend: it is 2, and that is not the right number."),
        ("return x / 2 ** 9 if slope(1.0) else 0.0", 1.5, "descend: it is 0, and that is not the right number."),
        ("return 5.0", 0, "descend: it is 5, and that is not the right number."),
        ("return 1 / 0", 0, "ZeroDivisionError"),
    ],
)
def test_what_fails_in_a_share_costs_that_part(tmp_path: Path, body: str, score: float, said: str) -> None:
    check = result(tmp_path, body)
    assert (check.status == "passed") is (score == 2)
    assert check.score == score
    assert said in check.message
