"""How a batch shares its hand-ins out into calls of an executor."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import Future
from contextlib import closing
from pathlib import Path

from autograder.batch.frozen_course import frozen
from autograder.batch.judging import Brief, Verdict
from autograder.batch.pool import LocalPool
from autograder.batch.progress_bar import Lines
from autograder.batch.recording import Recorder
from autograder.batch.whole_class import Batch
from autograder.course import CourseRoot, load_course
from autograder.course.tasks import course_tasks
from autograder.gradebook.book import Gradebook
from autograder.gradebook.pages import Pages
from autograder.grading.submission import Submission
from autograder.intake import open_intake
from tests.handing_in import write
from tests.small_course import write_course


class _Growing(LocalPool):
    """Wants one submission more with each call."""

    def __init__(self) -> None:
        super().__init__(1)
        self.sizes: list[int] = []

    @property
    def chunk(self) -> int:  # type: ignore[override]
        return len(self.sizes) + 1

    def submit(self, brief: Brief, submissions: Sequence[Submission]) -> Future[list[Verdict]]:
        self.sizes.append(len(submissions))
        return super().submit(brief, submissions)


def test_how_many_submissions_make_a_call_is_asked_for_each(tmp_path: Path) -> None:
    root = CourseRoot.at(write_course(tmp_path / "course"))
    given = write(tmp_path / "in", {f"s{number}/answers.yaml": f"norm_after_20: {number}\n" for number in range(7)})
    tasks = [task for task in course_tasks(load_course(root)) if task.id == "exercise-01"]
    with (
        open_intake(given, tasks) as intake,
        frozen(root, tasks) as course,
        closing(_Growing()) as pool,
        Gradebook.open(tmp_path / "out" / "gradebook.db") as gradebook,
    ):
        recorder = Recorder(gradebook, Pages(tmp_path / "out"), Lines(7, print))
        assert Batch(course, pool, recorder).run(intake, tasks).rows == 7
        assert pool.sizes == [1, 2, 3, 1]
