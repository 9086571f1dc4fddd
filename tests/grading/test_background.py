"""What a report says beyond "wrong": which line made the NaN, where a `return` is missing, where entries differ."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from autograder.course import CourseRoot, load_course, load_exercise
from autograder.grading import agree
from autograder.grading.compare import difference
from autograder.grading.grade import grade, grading
from autograder.grading.judge import Judge
from autograder.grading.submission import Submission, from_bytes
from autograder.sandbox.program import Program
from autograder.sandbox.values import Fields, Named, Opaque
from tests.command import REPOSITORY, Command

HEAD = "import numpy as np\ndef tanh_jacobian(h_prev, x, W_hh, W_xh, b):\n    z = W_hh @ h_prev + W_xh @ x + b\n"
RIGHT = "np.diag(1 - np.tanh(z) ** 2) @ W_hh"


def details(report: dict[str, Any], status: str = "failed") -> str:
    return "\n".join(check["message"] for check in report["checks"] if check["status"] == status)


def test_the_first_nan_is_traced_to_its_line(gradecheck: Command) -> None:
    source = HEAD + f"    scale = np.inf * z\n    none = scale - scale\n    return {RIGHT} + none.sum()\n"
    report = gradecheck.grade("exercise-04", source)
    assert "The first NaN is made at line 5 of your file: none = scale - scale" in details(report)


def test_a_nan_that_was_replaced_isnt_taken_for_that_of_the_answer(gradecheck: Command) -> None:
    gap = "    gap = np.full(len(b), np.nan)\n    gap = np.nan_to_num(gap)\n"
    report = gradecheck.grade("exercise-04", HEAD + gap + f"    J = {RIGHT}\n    return J * np.log(-1.0)\n")
    assert "is NaN" in details(report) or "are NaN" in details(report) or "nan" in details(report)
    assert "The first NaN" not in details(report)


def test_a_nan_in_a_function_that_is_called_is_traced_into_it(gradecheck: Command) -> None:
    helper = "def ratio(a):\n    zero = a - a\n    return zero / zero\n"
    report = gradecheck.grade("exercise-04", helper + HEAD + f"    return {RIGHT} * ratio(b).sum()\n")
    assert "The first NaN is made at line 3 of your file: return zero / zero" in details(report)


@pytest.mark.parametrize(
    ("body", "said"),
    [
        (
            f"    J = {RIGHT}\n",
            f"The function ends after line 4 of your file, without coming to a `return`: J = {RIGHT}",
        ),
        ("    return\n", "Line 4 of your file returns nothing: return"),
        (
            "    if z.max() < 9: return None\n    return z\n",
            "last line that ran is line 4 of your file: if z.max() < 9: ret",
        ),
        ("    return (None if z.max() < 9\n        else z)\n", "Line 4 of your file returns nothing: return (None"),
        (f"    if z.max() > 9:\n        return {RIGHT}\n", "without coming to a `return`: if z.max() > 9:"),
    ],
)
def test_none_is_traced_to_the_branch_without_return(gradecheck: Command, body: str, said: str) -> None:
    assert said in details(gradecheck.grade("exercise-04", HEAD + body))


@pytest.mark.parametrize("mark", ["\f", "\v", "\x1c", "\x85", "\u2028"])
def test_a_line_is_quoted_by_the_number_that_python_gives_it(gradecheck: Command, mark: str) -> None:
    head = f"# a{mark}b\n{mark if mark == chr(12) else ''}{HEAD}"
    report = gradecheck.grade("exercise-04", head + f"    J = {RIGHT}\n")
    assert f"ends after line 5 of your file, without coming to a `return`: J = {RIGHT}" in details(report)
    raised = gradecheck.grade("exercise-04", head + "    return no_such_name\n")
    assert all("line 5, in tanh_jacobian\n    return no_such_name" in check["message"] for check in raised["checks"])


def test_one_process_tells_where_all_the_answers_came_from(monkeypatch: pytest.MonkeyPatch) -> None:
    watched: list[Program] = []
    program = Judge.program

    def counted(judge: Judge, submission: Submission, *, trace: bool = False, **keywords: Any) -> Program:
        made = program(judge, submission, trace=trace, **keywords)
        watched.extend([made] if trace else [])
        return made

    monkeypatch.setattr(Judge, "program", counted)
    root = CourseRoot.at(REPOSITORY)
    (report,) = grade(
        load_course(root),
        load_exercise(root, "exercise-04"),
        [from_bytes("jacobian.py", HEAD.encode() + b"    z * z\n")],
    )
    assert sum("without coming to a `return`: z * z" in check.message for check in report.checks) > 1
    assert len(watched) == 1


def test_printing_for_returning_is_told(gradecheck: Command) -> None:
    said = details(gradecheck.grade("exercise-04", HEAD + f"    print({RIGHT})\n"))
    assert "a printed result is not a returned one" in said
    assert f"without coming to a `return`: print({RIGHT})" in said


def test_the_simplest_failing_input_is_shown_where_its_author_allows(gradecheck: Command) -> None:
    source = "import numpy as np\ndef spectral_radius(W):\n    return float(np.linalg.norm(W, 2))\n"
    report = gradecheck.grade("exercise-06", source, "spectrum.py")
    shown = next(check["message"] for check in report["checks"] if check["id"] == "matrix_that_is_not_symmetric")
    matrix = shown.partition("called with:\nW = ")[2].partition("\nit gave")[0]
    entries = np.array(matrix.replace("[", " ").replace("]", " ").replace(",", " ").split(), dtype=float)
    assert entries.shape == (4,)
    assert np.count_nonzero(entries) == 1
    assert "expected: 0.0" in shown
    hidden = next(check["message"] for check in report["checks"] if check["id"] == "negative_eigenvalue")
    assert "expected" not in hidden


def test_where_nobody_reads_it_the_simplest_input_is_looked_for_until_one_is_found(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Of each check: one that is known says that its author's way to draw small inputs leads to one."""
    sought: list[object] = []
    small = (np.array([[0.0, 3.0], [0.0, 0.0]]),)
    monkeypatch.setattr(agree, "smallest", lambda *asked: sought.append(asked) or small)
    root = CourseRoot.at(REPOSITORY)
    largest = b"import numpy as np\ndef spectral_radius(W):\n    return float(np.abs(W).max())\n"
    submission = from_bytes("spectrum.py", largest)
    counts = {}
    for once in (True, False):
        sought.clear()
        with grading(load_course(root), load_exercise(root, "exercise-06"), simplest_once=once) as grader:
            reports = [grader.grade(submission) for _ in range(2)]
        counts[once] = len(sought)
        said = [sum("The simplest input" in check.message for check in each.checks) for each in reports]
        assert said == [counts[True], 0 if once else counts[True]]
    assert 0 < 2 * counts[True] == counts[False]


def test_a_grid_shows_where_entries_differ() -> None:
    right = np.arange(1.0, 10.0).reshape(3, 3)
    answer = right.copy()
    answer[0, 1] *= -1
    answer[2] += 1
    said = difference(answer, right)
    assert said is not None
    assert said.splitlines()[1:] == [
        "   0 1 2",
        "0  . s .",
        "1  . . .",
        "2  x x x",
        "x wrong, . right, s right but for its sign",
    ]


@pytest.mark.parametrize("answer", [np.zeros((3, 3)), np.zeros((40, 40))])
def test_no_grid_where_it_tells_nothing_or_is_too_wide(answer: np.ndarray[Any, Any]) -> None:
    right = np.ones_like(answer)
    right[0, 0] = 0 if len(answer) > 9 else 1
    said = difference(answer, right)
    assert said is not None
    assert "\n" not in said


@pytest.mark.parametrize(
    ("answer", "right", "said"),
    [
        ({1: 2}, {1: 3}, "at [1], it is 2, and that is not the right number"),
        ({"1": 2}, {1: 2}, "the dict lacks 1 and also has '1'"),
        ({"a": 2}, {1: 2}, "the dict lacks 1 and also has a"),
        ({"": 2}, {"b": 2}, "the dict lacks 'b' and also has ''"),
        (
            Fields("Money", {"cents": 1, "of": 2}),
            Fields("Money", {"cents": 1}),
            "its fields are cents, of, expected cents",
        ),
        (Opaque("Money"), Fields("Money", {"cents": 1}), "expected a Money with the fields cents"),
        (
            Named([1], "Money", ["cents"]),
            Fields("Money", {"cents": 1}),
            "it is a named tuple of the type Money, expected a Money with the fields cents",
        ),
    ],
)
def test_a_difference_never_contradicts_itself(answer: Any, right: Any, said: str) -> None:
    assert said in str(difference(answer, right))


def test_a_call_that_a_definition_cannot_take_is_no_exception_of_its_own(gradecheck: Command) -> None:
    source = "def tanh_jacobian(h_prev, x, W_hh, W_xh):\n    return W_hh\n"
    said = details(gradecheck.grade("exercise-04", source), "error")
    assert (
        "The call doesn't fit how your file defines it: TypeError: tanh_jacobian() takes 4 positional arguments but 5"
        in said
    )
    assert "In the file that you were given it takes h_prev, x, W_hh, W_xh, b." in said
    assert "Your program raised" not in said
