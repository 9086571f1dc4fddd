"""What becomes of a pool whose judges can't be started, and of judges that are forked from one process."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path

import pytest

from autograder.batch.judging import Brief, Graded, Unfit, warm
from autograder.batch.pool import Bench
from autograder.grading.report import Report
from autograder.grading.submission import from_bytes
from autograder.language import ENGLISH, VARIABLE
from autograder.sandbox.linux.zygote import Zygote
from autograder.sandbox.starter import Budget
from autograder.sandbox.worker import Worker
from tests.command import REPOSITORY
from tests.small_course import change

#: What is started is what these are about.
STARTS_ITS_OWN = True


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


def test_a_judge_that_ended_while_it_was_idle_costs_no_submission_a_try(small_course: Path) -> None:
    change(small_course, "solutions/exercise-02/checks.py", "raise SystemExit('nobody may import this')\n", "")
    brief, submission = (
        Brief(str(small_course), "exercise-02"),
        from_bytes("twice.py", b"def twice(x):\n    return 2 * x\n"),
    )
    with closing(Bench()) as bench:
        judges = [bench._take(brief) for _ in range(2)]
        for judge in judges:
            assert isinstance(judge.ask(submission), Graded)
            bench._give_back(judge)
        (server,) = {judge.server._process.pid for judge in judges}
        for pid in Path(f"/proc/{server}/task/{server}/children").read_text().split():
            if b"fork_server.main" in Path(f"/proc/{pid}/cmdline").read_bytes():
                os.kill(int(pid), signal.SIGKILL)
        while not all(judge.ended for judge in judges):
            time.sleep(0.01)
        (verdict,) = bench.grade(brief, [submission])
        assert isinstance(verdict, Graded)


def test_no_worker_lives_that_judges_would_share(small_course: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(VARIABLE, ENGLISH)  # which what is warm speaks from now on, and so would all tests that follow
    change(small_course, "solutions/exercise-02/checks.py", "raise SystemExit('nobody may import this')\n", "")
    started: list[Worker] = []
    original = Zygote.spawn

    def noted(self: Zygote, budget: Budget, **options: bool) -> Worker:
        started.append(original(self, budget, **options))
        return started[-1]

    monkeypatch.setattr(Zygote, "spawn", noted)
    with warm(Brief(str(small_course), "exercise-02")):
        assert started
        assert all(worker.closed for worker in started)


def test_no_judge_imports_anything_for_its_first_mistake() -> None:
    program = """if True:
        import sys
        from pathlib import Path
        from autograder.course import CourseRoot, load_course, load_exercise
        from autograder.batch.judging import import_explainer
        from autograder.grading.grade import grading
        from autograder.grading.submission import from_bytes
        root = CourseRoot.at(Path.cwd())
        exercise = load_exercise(root, "exercise-04")
        right = exercise.reference.read_text()
        wrong = right + "right = tanh_jacobian\\ndef tanh_jacobian(*given): return 1.01 * right(*given)\\n"
        with grading(load_course(root), exercise, many=True, meanwhile=import_explainer) as grader:
            before = {*sys.modules}
            report = grader.grade(from_bytes(exercise.file, wrong.encode()))
            print([each.kind for each in report.explanations], [*{*sys.modules} - before])
    """
    run = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, cwd=REPOSITORY, check=True)
    assert run.stdout == "['behaviour'] []\n"
