"""Two mistakes in two entries of one answer: each entry has the reason that is so of it, and no other."""

from __future__ import annotations

import pytest

from autograder.grading.explaining.effort import EFFORTS
from autograder.grading.explaining.evidence import Mistake
from autograder.grading.explaining.repair.entry_lines import _right_too
from autograder.grading.report import Explanation
from tests.command import REPOSITORY
from tests.grading.judges import FEW_TRIES, Graded

pytestmark = pytest.mark.reasons

BPTT = (REPOSITORY / "solutions/exercise-08/bptt.py").read_text(encoding="utf-8")
RETURNED = 'return {**gradient, "h0": carried}'
#: The reference with a gradient by the weights that no reason is found for, where it is computed.
STRANGE = BPTT.replace("np.outer(delta, h[t])", "np.outer(np.sin(3 * delta) + h[t] ** 2, np.cos(delta) * h[t + 1])")


def with_gradients(**entries: str) -> str:
    """The reference of exercise-08 with some entries of its answer made otherwise."""
    made = "\n    ".join(f'gradient["{name}"] = {value}' for name, value in entries.items())
    assert RETURNED in BPTT
    return BPTT.replace(RETURNED, f'gradient["h0"] = carried\n    {made}\n    return gradient')


def told(graded: Graded, source: str, *, known: bool = True) -> dict[str, Explanation]:
    return {each.scope: each for each in graded("exercise-08", source, FEW_TRIES, known=known).explanations}


def test_each_entry_has_its_own_reason(graded: Graded) -> None:
    wrong = with_gradients(
        W_hh='gradient["W_hh"].T.copy()', W_xh='0.866 * gradient["W_xh"]', b='np.zeros_like(gradient["b"])'
    )
    report = graded("exercise-08", wrong, FEW_TRIES)
    found = {each.scope: each for each in report.explanations}
    belief, factor, zero = (found[f"in `{name}`"] for name in ("W_hh", "W_xh", "b"))
    assert belief.misconception == "weight-gradient-transposed"
    assert belief.because == "What your rnn_backward returns in `W_hh` is what one with this mistake returns there."
    assert factor.title == "rnn_backward: the answer is the right one times 0.866, in `W_xh`"
    assert zero.title == "rnn_backward: the answer is always 0, in `b`"
    assert ("recurrent_weights" in belief.checks, "input_weights" in belief.checks) == (True, False)
    assert ("bias" in zero.checks, "input_weights" in zero.checks) == (True, False)
    shared = next(each for each in report.checks if each.id == "single_step")
    assert {each.scope: f'at ["{each.scope[4:-1]}"]' in each.message for each in shared.faults} == dict.fromkeys(
        found, True
    )


def test_what_is_told_of_one_entry_is_told_of_no_other(graded: Graded) -> None:
    report = graded("exercise-08", STRANGE.replace('"h0": carried', '"h0": -carried'), FEW_TRIES, known=False)
    sign, *rest = sorted(report.explanations, key=lambda each: each.scope != "in `h0`")
    # What is left is told of the answer as a whole.
    assert {(each.title, each.scope) for each in rest} <= {
        ("rnn_backward: of its answer, `W_hh` and `h0` are wrong", "")
    }
    assert sign.title == "rnn_backward: the answer has the wrong sign, in `h0`"
    assert "recurrent_weights" not in sign.checks
    faults = next(each for each in report.checks if each.id == "many_steps").faults
    assert [sign.explains("many_steps", each) for each in faults] == [True, False]


def test_a_belief_that_is_wrong_in_both_entries_isnt_named_by_one(graded: Graded) -> None:
    """Who forgets the slope gets every gradient wrong; here one is so, another is odd, and the rest are right."""
    file = REPOSITORY / "solutions/exercise-08/misconceptions/slope-forgotten.py"
    believed = file.read_text(encoding="utf-8")
    assert "rnn_backward" in believed
    mixed = (
        f"{believed}\n\n_believed = rnn_backward\n\n\n"
        + with_gradients(W_hh='_believed(x, h, W_hh, W_xh, grad_h)["W_hh"]', b='np.sin(7 * gradient["b"])')
        .partition("\n\n\n")[2]
        .partition("\n\n\n")[2]
    )
    report = graded("exercise-08", mixed)
    assert {"recurrent_weights", "bias"} < {each.id for each in report.checks if each.status == "failed"}
    assert {each.status for each in report.checks if each.id in ("input_weights", "initial_state")} == {"passed"}
    assert "slope-forgotten" not in {each.misconception for each in report.explanations}


def test_where_nothing_is_found_of_an_entry_the_whole_answer_is_told_of(graded: Graded) -> None:
    both = STRANGE.replace('"h0": carried', '"h0": carried * 2 + np.arange(len(carried))')
    (found,) = graded("exercise-08", both, FEW_TRIES, known=False).explanations
    assert (found.title, found.scope) == ("rnn_backward: of its answer, `W_hh` and `h0` are wrong", "")


@pytest.mark.parametrize("wrong", ['2 * gradient["W_hh"]', 'gradient["W_hh"] + 1.5'])
def test_one_wrong_entry_is_no_two_mistakes(wrong: str, graded: Graded) -> None:
    assert not any("in `W_hh`" in each for each in told(graded, with_gradients(W_hh=wrong), known=False))


TWO_ENTRIES = """import numpy as np


def trace_gradient(w, u, x, h0=0.0):
    h = np.empty(len(x) + 1)
    h[0] = h0
    for t in range(len(x)):
        h[t + 1] = np.tanh(w * h[t] + u * x[t])
    local = np.sqrt((w * (1 - h[1:] ** 2)) ** 2)
    cumulative = np.cumprod(w * (1 - h[1:] ** 2)[::-1])
    return {"h": h[:-1], "local": local, "cumulative": cumulative}
"""


def test_a_line_is_told_of_one_entry(graded: Graded) -> None:
    report = graded("exercise-07", TWO_ENTRIES, EFFORTS["thorough"], known=False)
    found = {each.scope: each for each in report.explanations}
    line, sign = found["in `h`"], found["in `local`"]
    assert (line.kind, line.line) == ("line", 11)
    assert line.text == "Line 11: with another slice there, `h` would be right in every answer of trace_gradient."
    assert sign.title == "trace_gradient: the answer is the right one without its sign, in `local`"
    assert ("states" in line.checks, "negative_weight" in line.checks) == (True, False)


def test_no_line_is_told_of_an_entry_that_one_change_spoils_another_for(graded: Graded) -> None:
    """With the list turned round where it is made, the products would be right, and the derivatives no more."""
    source = """import numpy as np


def trace_gradient(w, u, x, h0=0.0):
    states, local = [h0], []
    for value in x:
        states.append(np.tanh(w * states[-1] + u * value))
        local.append(w * (1 - states[-1] ** 2))
    h = np.array(states[1:])
    return {"h": np.sin(3 * h + w) - u, "local": np.array(local), "cumulative": np.cumprod(local)}
"""
    explanations = graded("exercise-07", source, known=False).explanations
    assert not any("`cumulative` would be right" in each.text and each.line == 8 for each in explanations)


def test_one_change_for_two_entries_is_told_of_each_as_it_is() -> None:
    """What costs more points is told first, so that neither can point to what is told before it."""
    mistake = Mistake(frozenset({"train"}), [], entry=1, scope="in the second value")
    about = {"part": "the second value", "functions": "train", "before": "line 3"}
    told = {"line 3": (3, "Line 3: with another name there")}
    said = _right_too(mistake, about, told)
    assert (said.title, said.line) == ("Look at line 3", 3)
    assert said.text == "Line 3: with another name there, the second value would be right in every answer of train."
    several = _right_too(
        mistake, {**about, "before": "line 3 and line 5"}, {**told, "line 5": (5, "Line 5: without it")}
    )
    assert several.text.startswith("With what is told of line 3 and line 5, the second value would be right")
