"""Sample reports: what the renderers are given in these tests."""

from __future__ import annotations

import io
from collections.abc import Callable

import msgspec
import pytest
from rich.console import Console

from autograder.feedback import terminal
from autograder.grading.report import CheckResult, Curve, Explanation, Figure, Misconception, Report, SubmissionFile

HOSTILE = (
    "It printed \x1b[31mred\x1b[0m <script>alert(1)</script> & \u202eevil\u202c \x00\x07\x9b2J \ud800 "
    "\x1b]0;title\x07 ]]> {{ 7 * 7 }} [bold]x[/bold] :smile:\n    at <img src=x onerror=alert(1)>\n\tlast"
)
MARKS = (
    "jacobian: 2 of 4 entries differ; only the diagonal agrees.\n"
    "   0 1\n0  . x\n1  s .\nx wrong, . right, s right but for its sign"
)
ARRAYS = (
    f"{MARKS}\ncalled with:\nh = [0.5, -1. ]\nW = [[ 1. , -0.5],\n     [ 0.4,  0.8]]\n"
    "it gave: [[0.786448, -1.6e-05],\n          [-0.16799, 0.335979]]\n"
    "expected: [[0.786448, -0.393224],\n           [0.16799, 0.335979]]"
)
_SLOPE = Misconception(
    "slope-not-squared",
    r"Slope of tanh taken as $1 - \tanh(z)$, not $1 - \tanh^2(z)$",
    "At $z = -1$ your slope is `1.762`: *larger* than 1.\n\nThe derivative is\n$$\n"
    r"\frac{1}{\cosh^2(z)} \in (0, 1]."
    "\n$$\n",
)
_GRID = "Row 0 differs by a factor of 2.\n      col  0  1\nrow 0      x  x"


@pytest.fixture(scope="session")
def failed() -> Report:
    return Report(
        exercise="exercise-04",
        title="The Jacobian of one tanh step",
        score=1.5,
        points=6.0,
        passed=False,
        seconds=0.41,
        isolation=["bubblewrap", "landlock"],
        submission=SubmissionFile("tanh_jacobian.py", "9f86d081"),
        checks=[
            CheckResult("worked_example", "The worked example", 1.0, 1.0, "passed", seconds=0.01),
            CheckResult("input", "The input `x` counts, too", 1.0, 0.5, "error", "Raised IndexError."),
            CheckResult("saturated", "Saturated units", 2.0, 0.0, "failed", "Got 1.964.", _SLOPE, "Try $z = 5$."),
            CheckResult("sign", "A slope is never negative: $\\tanh'(z) > 0$", 2.0, 0.0, "failed", _GRID, _SLOPE),
        ],
        output="shape (3, 3)\n",
    )


@pytest.fixture(scope="session")
def passed(failed: Report) -> Report:
    checks = [CheckResult("shape", "The result has shape (d, d)", 6.0, 6.0, "passed")]
    return msgspec.structs.replace(failed, score=6.0, passed=True, checks=checks, output="")


@pytest.fixture(scope="session")
def measured(failed: Report) -> Report:
    """A report with a figure: three profiles over 25 steps, of which the submission has one the wrong way round."""
    vanishing = [10.0 ** (0.25 * step - 6) for step in range(25)]  # from a millionth to one
    kept = [1.0] * 25
    curves = [
        Curve("RNN", vanishing[::-1], vanishing),
        Curve("GRU", kept, kept),
        Curve("LSTM", [*kept[:-1], None], kept),
    ]
    norm = r"$\lVert \partial L / \partial h_t \rVert$"
    figure = Figure("profiles", "How much of the loss reaches $h_t$", "$t$", norm, 1, list(curves))
    return msgspec.structs.replace(failed, figures=[figure])


@pytest.fixture(scope="session")
def whole(failed: Report) -> Report:
    """A report as the engine writes it of one mistake: a grid of marks, arrays, a line to look at."""
    checks = [
        CheckResult("worked_example", "The worked example", 2.0, 0.0, "failed", ARRAYS),
        CheckResult("larger", "A larger one", 2.0, 0.0, "failed", MARKS),
        CheckResult("at_rest", "At rest, $z = 0$", 2.0, 2.0, "passed"),
    ]
    where = "Line 5: with another operation there, every check would pass."
    line = Explanation("line", "Look at line 5", where, None, 5, ["worked_example", "larger"])
    return msgspec.structs.replace(failed, checks=checks, explanations=[line])


@pytest.fixture(scope="session")
def saying(failed: Report) -> Callable[[str], Report]:
    """A report in which everything that can come from a student's program is the text."""

    def build(text: str) -> Report:
        check = msgspec.structs.replace(failed.checks[2], message=text)
        other = CheckResult("other", "Another check", 1.0, 0.0, "crashed", text)
        file = SubmissionFile(text, "9f86d081")
        return msgspec.structs.replace(failed, checks=[check, other], output=text, submission=file, note=text)

    return build


@pytest.fixture(scope="session")
def hostile(saying: Callable[[str], Report]) -> Report:
    return saying(HOSTILE)


@pytest.fixture(scope="session")
def printed() -> Callable[..., str]:
    """What `terminal.render` writes into a pipe."""

    def show(report: Report, *, width: int = 80, **options: bool) -> str:
        console = Console(file=io.StringIO(), width=width)
        terminal.render(report, console, **options)
        return console.file.getvalue()  # type: ignore[attr-defined]

    return show
