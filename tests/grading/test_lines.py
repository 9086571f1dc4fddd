"""The line of a mistake that no belief and no behaviour explains: told with what kind of thing to look at, no more."""

from __future__ import annotations

from typing import Any

import pytest

from tests.command import Command

HEAD = "import numpy as np\ndef tanh_jacobian(h_prev, x, W_hh, W_xh, b):\n"
SUM = "    z = W_hh @ h_prev + W_xh @ x + b\n"


def lines(report: dict[str, Any]) -> list[dict[str, Any]]:
    return [each for each in report["explanations"] if each["kind"] == "line"]


@pytest.mark.parametrize(
    ("body", "line"),
    [
        (f"{SUM}    s = np.tanh(z)\n    return np.diag(1 - s * s * s) @ W_hh\n", 5),
        ("    z = W_hh @ (h_prev + 0.3) + W_xh @ x + b\n    return np.diag(1 - np.tanh(z) ** 2) @ W_hh\n", 3),
        (f"{SUM}    z = z + np.sin(z) / 3\n    return np.diag(1 - np.tanh(z) ** 2) @ W_hh\n", 4),
    ],
)
def test_the_line_is_told_and_the_edit_is_not(gradecheck: Command, body: str, line: int) -> None:
    (told,) = lines(gradecheck.grade("exercise-04", HEAD + body))
    assert told["line"] == line
    assert told["title"] == f"Look at line {line}"
    assert told["text"].startswith(f"Line {line}: with")
    assert "would pass." in told["text"]
    assert "**" not in told["text"]
    assert told["misconception"] is None
    assert told["checks"]


def test_a_line_that_makes_up_for_what_another_function_does_is_not_told(gradecheck: Command) -> None:
    """A grid cut to where the wrong slopes happen to peak rightly would mend the ceiling, and leave the slopes."""
    peak = "def peak_derivative(name):\n    return derivative(name, np.linspace(-10, 10, 1001)).max()\n"
    wrong = """def derivative(name, z):
    if name == "sigmoid":
        s = 1 / (1 + np.exp(-np.abs(z)))
        return s * (1 - s)
    if name == "tanh":
        return 1 - np.tanh(z)
    if name == "relu":
        return np.maximum(0, z)
    if name == "identity":
        return z.copy()
    raise ValueError(name)


"""
    ceiling = "\n\ndef gradient_ceiling(name, steps):\n    return peak_derivative(name) ** steps\n"
    report = gradecheck.grade("exercise-03", "import numpy as np\n\n\n" + wrong + peak + ceiling, "activations.py")
    assert not any("gradient_ceiling" in each["text"] for each in lines(report))


def test_a_right_program_is_told_no_line(gradecheck: Command) -> None:
    report = gradecheck.grade("exercise-04", f"{HEAD}{SUM}    return np.diag(1 - np.tanh(z) ** 2) @ W_hh\n")
    assert report["explanations"] == []


def test_a_program_of_which_nothing_can_be_kept_is_told_no_line(gradecheck: Command) -> None:
    report = gradecheck.grade("exercise-04", f"{HEAD}    return np.cosh(W_hh + h_prev.sum() - x.mean() * b.max())\n")
    assert not lines(report)


def test_who_wants_it_fast_is_not_told_what_takes_long(gradecheck: Command) -> None:
    file = gradecheck.folder / "tanh_jacobian.py"
    sum_ = SUM.replace("+ W_xh", "- W_xh")
    file.write_text(f"{HEAD}{sum_}    s = 1 + np.tanh(z) ** 2\n    return s[:, None] * W_hh\n")
    asked = ("run", "exercise-04", file, "--json", "--explain")
    assert lines(gradecheck(*asked, "fast").report) == []
    (told,) = lines(gradecheck(*asked, "thorough").report)
    assert told["title"] == "Look at line 3 and line 4"


@pytest.mark.parametrize(
    ("slips", "said"),
    [
        ([("1 - h", "1 + h")], "Line 16: with one more term there. Line 17: with another operation there."),
        ([], "Line 16: with one more term there, truncated_gradient would answer every question rightly."),
        # Three mistakes are too many: then no more is said than is known.
        ([("1 - h", "1 + h"), ("np.outer(delta, h[t])", "np.outer(delta, np.cosh(h[t]))")], "Something else can be"),
    ],
)
def test_what_is_wrong_beside_an_argument_without_effect_is_told(
    gradecheck: Command, slips: list[tuple[str, str]], said: str
) -> None:
    program = """\
import numpy as np


def truncated_gradient(x, h, W_hh, grad_h, window):
    if window < 1:
        raise ValueError("a window has a step")
    T, n = x.shape
    d = W_hh.shape[0]
    dW, dU = np.zeros((d, d)), np.zeros((d, n))
    db = np.zeros(d)
    carry = np.zeros(d)
    for t in range(T - 1, -1, -1):
        if (t + 1) % window == 0:
            carry = np.zeros(d)
        # what comes from this step alone
        g = grad_h[t]
        delta = (1 - h[t + 1] ** 2) * g
        dW += np.outer(delta, h[t])
        dU += np.outer(delta, x[t])
        db += delta
        carry = W_hh.T @ delta
    return {"W_hh": dW, "W_xh": dU, "b": db}
"""
    for right, wrong in slips:
        program = program.replace(right, wrong)
    file = gradecheck.folder / "truncated_bptt.py"
    file.write_text(program)
    effort = ["--explain", "thorough"] if len(slips) < 2 else []
    report = gradecheck("run", "exercise-18", file, "--json", *effort).report
    (told,) = [each for each in report["explanations"] if each["kind"] == "behaviour"]
    assert told["title"] == "truncated_gradient: `W_hh` has no effect on the answer"
    assert said in told["text"]
    assert ("Something else" in told["text"]) == (told["line"] is None)
