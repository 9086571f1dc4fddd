"""What becomes of a pool whose judges can't be started."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

from autograder.batch.judging import Brief, Graded, Unfit
from autograder.batch.pool import Bench
from autograder.grading.report import Report
from autograder.grading.submission import from_bytes
from tests.small_course import change


def test_a_start_that_failed_is_told_and_tried_anew(small_course: Path) -> None:
    brief = Brief(str(small_course), "exercise-02")
    submission = from_bytes("twice.py", b"def twice(x):\n    return 2 * x\n")
    with closing(Bench()) as bench:
        (verdict,) = bench.grade(brief, [submission])
        assert isinstance(verdict, Unfit)
        assert "nobody may import this" in verdict.sentence
        change(small_course, "solutions/exercise-02/checks.py", "raise SystemExit('nobody may import this')\n", "")
        (verdict,) = bench.grade(brief, [submission])
        assert isinstance(verdict, Graded)
        assert Report.from_json(verdict.report).passed
