"""A zygote is as warm as its program needs: known-wrong programs too may use torch's lazily imported parts."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from autograder.course import CourseRoot, load_course, load_exercise
from autograder.grading import judge
from autograder.grading.grade import grade
from autograder.grading.report import Report
from autograder.grading.submission import from_bytes
from autograder.sandbox.inside.warmth import Warmth
from autograder.sandbox.starter import Starter
from tests.small_course import change, write_course

CHECKS = '''from autograder.checks import points, tensor


@points(2)
def test_slope(agree):
    """The slope of the square."""
    agree("slope", tensor([1.0, 2.0]))
'''
REFERENCE = "import torch\n\n\ndef slope(x):\n    return 2 * x\n"
BELIEF = '''"""You thought of the cube."""
import torch


def slope(x):
    torch.optim.SGD([torch.ones(1, requires_grad=True)], lr=0.1).step()
    return torch.func.grad(lambda y: (y**3).sum())(x)
'''
AS_BELIEVED = b"def slope(x):\n    return 3 * x * x\n"
RIGHT = b"def slope(x):\n    return x + x\n"


@pytest.fixture
def course_folder(tmp_path: Path) -> Path:
    """The small course, with one torch exercise whose known-wrong program needs torch's compiler."""
    root = write_course(tmp_path)
    task, solution = root / "exercises/exercise-02", root / "solutions/exercise-02"
    spec = (task / "exercise.yaml").read_text()
    (task / "exercise.yaml").write_text(spec.partition("checks:")[0])
    change(root, "exercises/exercise-02/exercise.yaml", "points: 3", "points: 2")
    change(root, "exercises/exercise-02/exercise.yaml", "[numpy]", "[torch]")
    (task / "twice.py").write_text("def slope(x):\n    raise NotImplementedError\n")
    for path in (solution / "misconceptions").iterdir():
        path.unlink()
    (solution / "twice.py").write_text(REFERENCE)
    (solution / "checks.py").write_text(CHECKS)
    (solution / "misconceptions/added-not-doubled.py").write_text(BELIEF)
    return root


def graded(root: Path, source: bytes) -> Report:
    course = CourseRoot.at(root)
    exercise = load_exercise(course, "exercise-02")
    (report,) = grade(load_course(course), exercise, [from_bytes("twice.py", source)])
    return report


@pytest.fixture
def started(monkeypatch: pytest.MonkeyPatch) -> list[Warmth]:
    """How warm every zygote is that a judge asks for."""
    warmths: list[Warmth] = []
    start = judge.start

    def noted(warmth: Warmth, **options: Any) -> Starter:
        warmths.append(warmth)
        return start(warmth, **options)

    monkeypatch.setattr(judge, "start", noted)
    return warmths


def test_a_known_wrong_program_that_needs_the_compiler_is_named(course_folder: Path, started: list[Warmth]) -> None:
    report = graded(course_folder, AS_BELIEVED)
    assert [check.misconception and check.misconception.id for check in report.checks] == ["added-not-doubled"]
    assert started == [Warmth.TORCH, Warmth.COMPILER]


def test_nobody_pays_for_the_compiler_who_does_not_need_it(course_folder: Path, started: list[Warmth]) -> None:
    assert graded(course_folder, RIGHT).passed
    assert started == [Warmth.TORCH]


def test_what_torch_is_set_to_at_the_top_costs_no_time_out(course_folder: Path) -> None:
    settings = (
        "manual_seed(0)", "use_deterministic_algorithms(True)", "set_default_dtype(torch.float64)",
        "set_num_threads(1)", "set_printoptions(precision=3)", "autograd.set_detect_anomaly(True)",
        "set_float32_matmul_precision('high')",
    )  # fmt: skip
    top = "".join(f"torch.{setting}\n" for setting in settings)
    report = graded(course_folder, f"import torch\n{top}\n{RIGHT.decode()}".encode())
    assert report.passed, report.checks
