"""How strict a proof is: by course.yaml, and by the command line; and a proof that goes on at every save."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import threading
from pathlib import Path
from queue import Queue
from typing import IO, Any

import pytest

from autograder.course import Problem
from autograder.course.model import Demands
from autograder.proof.findings import Findings, encode, judged, read_as
from tests.command import GRADECHECK, Command
from tests.proof.filled import EXERCISE, QUIZ, SOLUTION, TASK, change

QUOTED, UNNOTICED = "which figures.yaml doesn't compute", "No check fails after this change"


@pytest.fixture
def lax(course: Path) -> Path:
    """A course that quotes a figure which nothing computes, and says more in its reference than any check can see."""
    change(course, f"{TASK}/statement.md", "Memory leaks.", "Memory leaks by 0.777 at each step.")
    change(course, f"{SOLUTION}/leaky_step.py", "x / 2", "0.5 ** 1 * x")
    return course


def sentences(places: list[dict[str, Any]]) -> str:
    return "\n".join(place["sentence"] for place in places)


def test_what_is_demanded_is_a_problem_a_warning_or_nothing() -> None:
    problem = Problem(Path("a.md"), 3, "It quotes 0.777.")
    found = read_as(Findings, encode(Findings(demanded={"quoted_figures": (problem,)})))
    assert judged(found, Demands()).problems == (problem,)
    warned = judged(found, Demands(quoted_figures="warn"))
    assert (warned.problems, warned.warnings) == ((), (problem,))
    assert judged(found, Demands(quoted_figures="off")) == Findings()


def test_a_course_says_how_strict_its_proof_is(gradecheck: Command, lax: Path) -> None:
    def proof(*options: str) -> tuple[int, str, str]:
        done = gradecheck("validate", EXERCISE, "--json", *options, course=lax)
        return done.code, sentences(done.report["problems"]), sentences(done.report["warnings"])

    change(lax, "course.yaml", "format: 1", "format: 1\ndemands: {quoted_figures: warn, equivalent_mutants: warn}")
    code, problems, warnings = proof()
    assert (code, problems) == (0, "")
    assert QUOTED in warnings
    assert UNNOTICED in warnings
    assert proof()[2] == warnings, "what was kept is told again"
    code, problems, warnings = proof("--fast")
    assert (code, problems) == (0, "")
    assert QUOTED not in warnings
    code, problems, _ = proof("--strict")
    assert code == 1
    assert QUOTED in problems
    assert UNNOTICED in problems
    assert "keep one of them" in gradecheck("validate", "--fast", "--strict", course=lax).err


def test_an_unknown_demand_is_told_with_its_line(gradecheck: Command, course: Path) -> None:
    change(course, "course.yaml", "format: 1", "format: 1\ndemands:\n  quoted_figures: lax\n  figures: off")
    done = gradecheck("validate", course=course)
    assert done.code == 2
    assert "course.yaml:3: " in done.err
    assert "must be 'off', 'strict' or 'warn'" in done.err
    assert "course.yaml:4: Unknown key 'figures'" in done.err


def test_a_save_is_proved_and_nothing_else(tmp_path: Path, course: Path) -> None:
    process = subprocess.Popen(
        [GRADECHECK, "--course", course, "validate", "--watch", "--fast", "--json"],
        env={**os.environ, "GRADECHECK_DATA": str(tmp_path / "data")}, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        text=True, start_new_session=True,
    )  # fmt: skip
    lines, told = lines_of(process.stdout), lines_of(process.stderr)
    try:
        first = json.loads(lines.get(timeout=300))
        assert (first["passed"], first["unchanged"]) == (True, [])
        change(course, f"quizzes/{QUIZ}.yaml", "Half of something is something.", "Half is something.")
        again = json.loads(lines.get(timeout=300))
        assert (again["passed"], again["unchanged"]) == (True, [EXERCISE])
        change(course, "course.yaml", "format: 1", "format: one")
        while "course.yaml:1: " not in told.get(timeout=300):
            pass
        change(course, "course.yaml", "format: one", "format: 1")
        mended = json.loads(lines.get(timeout=300))
        assert (mended["passed"], mended["unchanged"]) == (True, [EXERCISE, QUIZ])
    finally:
        os.killpg(process.pid, signal.SIGINT)
        assert process.wait(300) == 0


def lines_of(stream: IO[str] | None) -> Queue[str]:
    """The lines that a process writes, as they come."""
    lines: Queue[str] = Queue()

    def read() -> None:
        assert stream is not None
        for line in stream:
            lines.put(line)

    threading.Thread(target=read, daemon=True).start()
    return lines
