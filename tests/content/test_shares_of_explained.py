"""What is counted as explained: work that is still to come is neither explained nor left without a word."""

from __future__ import annotations

import pytest

from autograder.course import CourseRoot, load_course, load_exercise
from autograder.grading.grade import grade
from autograder.grading.submission import from_bytes
from benchmarks.explain import Tally
from tests.command import REPOSITORY

SOURCE = (REPOSITORY / "solutions/exercise-05/jacobian_product.py").read_text()
UNWRITTEN = SOURCE.partition("def norm_bound")[0] + "def norm_bound(W_hh, steps, slope=1.0):\n    pass\n"


@pytest.mark.parametrize(
    ("source", "kind"),
    [(UNWRITTEN, "unwritten"), (UNWRITTEN.replace("    return product", "    return product.tolist()"), "behaviour")],
)
def test_a_function_that_is_still_to_come_is_counted_apart(source: str, kind: str) -> None:
    root = CourseRoot.at(REPOSITORY)
    submission = from_bytes("jacobian_product.py", source.encode())
    (report,) = grade(load_course(root), load_exercise(root, "exercise-05"), [submission])
    tally = Tally()
    tally.add("it", report, cpu=0.0)
    assert dict(tally.kinds) == {kind: 1}
    assert not tally.unexplained
