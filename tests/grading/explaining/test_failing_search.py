"""Where the search for reasons itself fails, the verdict is there all the same, and says so."""

from __future__ import annotations

import pytest

from autograder.course import CourseRoot, load_course, load_exercise
from autograder.grading.explaining import explainer
from autograder.grading.explaining.evidence import Evidence
from autograder.grading.grade import grade
from autograder.grading.submission import from_bytes
from tests.command import REPOSITORY

WRONG = REPOSITORY / "docs/sample/tanh_jacobian.py"


def test_no_verdict_is_lost(monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(evidence: Evidence) -> None:
        raise TypeError("the secret that was expected")

    course = CourseRoot.at(REPOSITORY)
    exercise, wrong = load_exercise(course, "exercise-04"), from_bytes("a.py", WRONG.read_bytes())
    (usual,) = grade(load_course(course), exercise, [wrong])
    monkeypatch.setattr(explainer, "_explanations", fails)
    (report,) = grade(load_course(course), exercise, [wrong])
    assert [(each.id, each.status, each.score) for each in report.checks] == [
        (each.id, each.status, each.score) for each in usual.checks
    ]
    assert report.score == usual.score < report.points
    assert usual.explanations
    assert not report.explanations
    (said,) = report.remarks
    assert said.startswith("The search for reasons failed, the points stand (TypeError, test_failing_search.py:")
    assert "secret" not in said
