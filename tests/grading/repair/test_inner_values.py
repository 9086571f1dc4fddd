"""Two mistakes on one path, neither of which shows alone: found by what right programs compute on their way."""

from __future__ import annotations

import textwrap
from collections.abc import Callable
from functools import partial

import numpy as np
import pytest

from autograder.grading.compare import difference
from autograder.grading.explaining.repair.change import Change, Splice, Text, changed
from autograder.grading.explaining.repair.inner_values import Rights, towards
from autograder.grading.explaining.repair.search import Question, Repair, Search
from autograder.sandbox.bench import Bench, Came
from autograder.sandbox.linux.zygote import Zygote
from autograder.sandbox.program import Called
from autograder.sandbox.starter import DEFAULT_BUDGET
from tests.command import Command

RIGHT = textwrap.dedent(
    """
    import numpy as np
    def slope(h):
        return 1 - h ** 2
    def back(W, h):
        g = np.ones(len(W))
        for state in h[::-1]:
            g = W.T @ (slope(state) * g)
        return g
    """
)
WRONG = textwrap.dedent(
    """
    import numpy as np
    def back(A, states):
        carried = np.ones(len(A))
        for t in reversed(range(len(states))):
            factor = 1 + states[t] ** 2
            carried = A @ (factor * carried)
        return carried
    """
)


def calls() -> list[Called]:
    rng = np.random.default_rng(3)
    return [Called("back", (rng.normal(size=(3, 3)), rng.uniform(-0.9, 0.9, size=(4, 3)))) for _ in range(4)]


def accepting(call: Called) -> Callable[[Came], tuple[bool, ...]]:
    W, h = call.arguments
    g = np.ones(3)
    for state in h[::-1]:
        g = W.T @ ((1 - state**2) * g)
    return lambda came: (came.failure is None and difference(came.value, g) is None,)


def repaired(zygote: Zygote, source: str, *, rights: bool) -> Repair | None:
    text = Text(source)
    questions = [Question(call, accepting(call)) for call in calls()]
    programs = [(partial(Bench, zygote, "right.py", DEFAULT_BUDGET), RIGHT)] if rights else []
    with Bench(zygote, "program.py", DEFAULT_BUDGET) as bench:
        return next(Search(bench, text, ["back"], questions, numeric=True, rights=programs).repairs(), None)


@pytest.mark.parametrize(
    ("slope", "lines"),
    [
        ("1 + states[t] ** 2", [6, 7]),
        ("1 + states[t - 1] ** 2", [6, 6]),  # in one expression, and the path with the right factor
        ("1 - states[t]", [6, 7]),
    ],
)
def test_two_changes_on_one_path_are_found(zygote: Zygote, slope: str, lines: list[int]) -> None:
    source = WRONG.replace("1 + states[t] ** 2", slope)
    if lines == [6, 6]:
        source = source.replace("A @", "A.T @")
    found = repaired(zygote, source, rights=True)
    assert found is not None
    assert [change.line for change in sorted(found.changes, key=lambda each: each.line)] == lines
    names: dict[str, Callable[..., object]] = {}
    exec(changed(text := Text(source).source, found.splices), names)
    assert all(all(accepting(call)(Came(names["back"](*call.arguments)))) for call in calls()), text


def test_what_takes_from_a_list_is_looked_at_without_taking_from_the_others(zygote: Zygote) -> None:
    """Many expressions are noted by one version; to note `left.pop()` takes an entry from all that come after it."""
    loop = "left = list(states)\n    while left:\n        state = left.pop()"
    source = WRONG.replace("for t in reversed(range(len(states))):", loop).replace("states[t]", "state")
    found = repaired(zygote, source, rights=True)
    assert found is not None
    assert sorted(change.line for change in found.changes) == [8, 9]


def test_nothing_is_found_where_more_is_wrong(zygote: Zygote) -> None:
    source = WRONG.replace("return carried", "return np.cosh(carried[::-1] + A.sum())")
    assert repaired(zygote, source, rights=True) is None


def test_what_only_leaves_out_the_rest_leads_nowhere(zygote: Zygote) -> None:
    """`states[t]` is right; to put it in place of what is made of it brings nothing nearer."""
    text = Text(WRONG)
    (factor,) = [node for node in text.tree.body[1].body[1].body if text.segment(node).startswith("factor")]  # type: ignore[attr-defined]
    put = text.expression(factor.value, "states[t]", "")
    right = text.expression(factor.value, "1 - states[t] ** 2", "")
    with Bench(zygote, "program.py", DEFAULT_BUDGET, seconds=0.1) as bench:
        programs = [(partial(Bench, zygote, "right.py", DEFAULT_BUDGET), RIGHT)]
        found = towards(Rights(programs, calls()), bench, text, [put, right])
    assert list(found.changes) == [right]


def test_a_loop_with_two_slips_is_told_by_both_lines(gradecheck: Command) -> None:
    program = """\
import numpy as np


def rnn_forward(x, h0, W_hh, W_xh, b):
    h = [h0]
    for x_t in x:
        h.append(np.tanh(W_hh @ h[-1] + W_xh @ x_t + b))
    return np.array(h)


def rnn_backward(x, h, W_hh, W_xh, grad_h):
    dW, dU, db, dh = np.zeros_like(W_hh), np.zeros_like(W_xh), np.zeros(len(W_hh)), np.zeros(len(W_hh))
    for t in range(len(x) - 1, -1, -1):
        dh = dh + grad_h[t]
        dz = (1 + h[t] ** 2) * dh
        dW += np.outer(dz, h[t])
        dU += np.outer(dz, x[t])
        db += dz
        dh = W_hh.T @ dz
    return {"W_hh": dW, "W_xh": dU, "b": db, "h0": dh}
"""
    file = gradecheck.folder / "bptt.py"
    file.write_text(program)
    report = gradecheck("run", "exercise-08", file, "--json", "--explain", "thorough").report
    (told,) = [each for each in report["explanations"] if each["kind"] == "line"]
    assert told["title"] == "Look at line 15"
    assert told["text"].count("Line 15: with") == 2
    assert told["text"].endswith("With both, every check would pass.")


def test_the_second_of_two_lines_is_one_of_the_file_and_the_one_that_is_wrong(gradecheck: Command) -> None:
    """The first change makes four lines two; and `1 - h_new` is a value of one right program, `(1 - h) * (1 + h)`."""
    program = """\
import numpy as np


def tanh_jacobian(h_prev, x, W_hh, W_xh, b):
    pre = np.dot(
        h_prev,
        W_hh,
    ) + np.dot(W_xh, x) + b
    h_new = np.tanh(pre)
    slope = 1 - h_new
    return np.dot(np.diag(slope), W_hh)
"""
    file = gradecheck.folder / "tanh_jacobian.py"
    file.write_text(program)
    report = gradecheck("run", "exercise-04", file, "--json", "--explain", "thorough").report
    assert [each["title"] for each in report["explanations"]] == ["Look at lines 5–8 and line 10"]


@pytest.mark.parametrize(
    ("put", "line", "last_line", "before"),
    [
        ("x", 2, 2, (2, 2)),  # above
        ("x", 3, 3, (3, 5)),  # in what was three lines, or beside it
        ("x", 5, 6, (7, 8)),  # below
        ("x\n\n\n", 5, 6, (3, 5)),
        ("x\n\n\n", 7, 7, (6, 6)),
    ],
)
def test_lines_after_a_change_are_those_of_the_source(
    put: str, line: int, last_line: int, before: tuple[int, int]
) -> None:
    source = b"1\n2\n(3,\n4,\n5)\n6\n7\n8\n"
    start, end = source.index(b"("), source.index(b")") + 1
    told = Change((), "", line, last_line).told_before(Splice(start, end, put), source)
    assert (told.line, told.last_line) == before
