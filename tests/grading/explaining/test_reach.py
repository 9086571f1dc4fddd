"""Which checks a reason is given for, and what each check is said to have met: no more than is so."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from autograder.grading.asking import Asked, Outcome
from autograder.grading.explaining.behaviours import exception_among_others
from autograder.grading.explaining.behaviours.claim import Case
from autograder.grading.explaining.behaviours.probe import Probe
from autograder.sandbox.failures import ProgramError
from autograder.sandbox.program import Called
from autograder.sandbox.wire import Line
from tests.command import REPOSITORY
from tests.grading.judges import FEW_TRIES, Graded

pytestmark = pytest.mark.reasons

BPTT = (REPOSITORY / "solutions/exercise-08/bptt.py").read_text(encoding="utf-8")
CLIPPING = """
def clip_by_global_norm(grads, max_norm):
    norm = float(sum(g.double().square().sum() for g in grads)) ** 0.5
    if max_norm <= 0 or norm != norm or norm == float("inf"):
        raise ValueError("bad input")
    clipped = [g * min(1.0, max_norm / g.norm().item()) for g in grads]
    return clipped, RETURNED
"""
ACTIVATIONS = """
import numpy as np


def derivative(name, z):
    slopes = {"sigmoid": lambda: np.exp(-abs(z)) / (1 + np.exp(-abs(z))) ** 2, "tanh": lambda: 1 - np.tanh(z) ** 2,
              "relu": lambda: (z > 0) * 1.0, "identity": lambda: np.ones_like(z)}
    if name not in slopes:
        raise ValueError("unknown")
    return slopes[name]()


def peak_derivative(name):
    peaks = {"sigmoid": 0.25, "tanh": 1.0, "relu": 1.0, "identity": 1.0}
    if name not in peaks:
        raise ValueError("unknown")
    return peaks[name]


def gradient_ceiling(name, steps):
    if steps == 0:
        return 1 if name == "unheard of" else peak_derivative(name) ** 0
    return peak_derivative(name) ** (steps - 1)
"""


def messages(graded: Graded, exercise: str, source: str) -> dict[str, str]:
    return {each.id: each.message for each in graded(exercise, source, FEW_TRIES).checks}


def test_a_check_of_one_entry_tells_of_that_entry(graded: Graded) -> None:
    wrong = BPTT.replace("np.outer(delta, h[t])", "2 * np.outer(delta, h[t])").replace("+= delta\n", "+= 3 * delta\n")
    said = messages(graded, "exercise-08", wrong)
    assert 'at ["W_hh"]' in said["recurrent_weights"]
    assert 'at ["b"]' in said["bias"]
    assert not said["input_weights"]


def test_a_key_that_is_missing_is_the_reason_of_what_looks_for_it(graded: Graded) -> None:
    wrong = BPTT.replace('"h0": carried', '"h_0": carried').replace(
        '"W_xh": np.zeros_like(W_xh)', '"W_xh": np.zeros(W_xh.shape, "float32")'
    )
    report = graded("exercise-08", wrong, FEW_TRIES, known=False)
    (missing,) = [each for each in report.explanations if "lacks 'h0'" in each.title]
    assert "initial_state" in missing.checks
    assert "input_weights" not in missing.checks


def test_a_check_of_one_value_of_a_pair_tells_of_that_value(graded: Graded) -> None:
    said = messages(graded, "exercise-10", CLIPPING.replace("RETURNED", "norm / 2"))
    assert "at [0][0]" in said["one_factor_for_all"]
    assert "at [1], it is" in said["norm_before_clipping"]


def test_a_list_that_a_check_takes_for_an_array_isnt_held_against_it(graded: Graded) -> None:
    trace = (REPOSITORY / "solutions/exercise-07/scalar_trace.py").read_text(encoding="utf-8")
    wrong = trace.replace("w * (1 - h**2)", "w * (1 - h)").replace(
        '": h, "local": local,', '": [*h], "local": [*local],'
    )
    said = messages(graded, "exercise-07", wrong)
    assert "list" not in said["local_derivatives"]
    assert "argest difference" in said["local_derivatives"]
    assert 'at ["h"], it is a list of 1' in said["single_step"]


def test_an_exception_is_no_reason_of_a_wrong_answer() -> None:
    def case(outcome: Outcome, *, fresh: bool = False) -> Case:
        return Case(Asked(lambda program: None, outcome), Called("clip", (), {}), Outcome(1.0), fresh)

    def unasked(call: Called) -> Outcome:
        raise AssertionError(call)

    def covers(*cases: Case) -> Callable[[Case], bool] | None:
        source = "def clip():\n    return 1 / 0"
        probe = Probe("clip", source, cases, [], unasked, unasked, unasked, lambda source: pytest.fail(source))
        (claim,) = exception_among_others.claims(probe)
        return claim.covers

    raised = Outcome(
        failure=ProgramError("ZeroDivisionError", "division by zero", [], [Line(2, "clip", "return 1 / 0")])
    )
    wrong, raising = case(Outcome(2.0)), case(raised)
    covered = covers(wrong, raising)
    assert covered is not None
    assert [covered(each) for each in (wrong, raising)] == [False, True]
    nothing = case(Outcome())
    covered = covers(wrong, nothing)
    assert covered is not None
    assert [covered(each) for each in (wrong, nothing)] == [False, True]
    assert (
        covers(wrong, case(raised, fresh=True)) is None
    )  # no check met it: all that can be said is said of the others


def test_what_is_so_of_any_word_isnt_said_of_one_alone(graded: Graded) -> None:
    raising = ACTIVATIONS.replace("name not in slopes", "name != 'identity'").replace("np.ones_like(z)", "z")
    titles = [each.title for each in graded("exercise-03", raising, FEW_TRIES).explanations]
    assert not any("ValueError" in title and "where name is" in title for title in titles)


def test_what_is_so_of_one_word_alone_is_said_of_it(graded: Graded) -> None:
    raising = ACTIVATIONS.replace("1 - np.tanh(z) ** 2", "np.missing(z)").replace("(z > 0) * 1.0", "(z > 1) * 1.0")
    titles = [each.title for each in graded("exercise-03", raising, FEW_TRIES).explanations]
    assert any("AttributeError" in title and title.endswith("where name is 'tanh'") for title in titles)


def test_a_line_comes_before_how_large_the_right_answers_are(graded: Graded) -> None:
    (found,) = graded("exercise-03", ACTIVATIONS).explanations
    assert (found.kind, found.functions) == ("line", ["gradient_ceiling"])
    assert "(steps - 1)" in ACTIVATIONS.splitlines()[found.line - 1 if found.line else 0]


def test_a_number_that_may_be_cut_off_isnt_said_to_be_rounded(graded: Graded) -> None:
    source = (REPOSITORY / "solutions/exercise-11/initialization.py").read_text(encoding="utf-8")
    wrong = source.replace("scale * np.eye(d)", "int(scale) * np.eye(d)")
    (found,) = graded("exercise-11", wrong, FEW_TRIES, known=False).explanations
    assert found.title == "identity_init: the answer is rounded or cut off to whole numbers"


def test_gradients_that_raise_something_have_their_own_reason(graded: Graded) -> None:
    source = (REPOSITORY / "solutions/exercise-13/lstm_cell.py").read_text(encoding="utf-8")
    in_place = source.replace("c_next = f * c + i * g", "c_next = c.mul_(f).add_(i * g)")
    (first, *_) = graded(
        "exercise-13", in_place.replace("o * torch", "(o - x.sum()) * torch"), FEW_TRIES, known=False
    ).explanations
    assert "the first value is wrong" in first.title
    assert "hidden_state" in first.checks
    assert "gradient_takes_every_path" not in first.checks


def test_a_seed_that_counts_for_nothing_is_the_reason_of_what_asks_for_it(graded: Graded) -> None:
    source = (REPOSITORY / "solutions/exercise-11/initialization.py").read_text(encoding="utf-8")
    wrong = source.replace("default_rng(seed)", "default_rng(0)").replace("return Q\n", "return 2 * Q\n")
    report = graded("exercise-11", wrong, FEW_TRIES, known=False)
    seedless = next(each for each in report.explanations if "`seed` has no effect" in each.title)
    assert seedless.checks == ["other_seed"]


def test_a_shape_that_goes_with_wrong_answers_by_chance_isnt_told(graded: Graded) -> None:
    source = (REPOSITORY / "solutions/exercise-17/radius_drift.py").read_text(encoding="utf-8")
    right = "close.sum(0).norm().item(), far.sum(0).norm().item()"
    assert right in source
    norms = "sum(each.norm().item() for each in close), sum(each.norm().item() for each in far)"
    titles = [
        each.title for each in graded("exercise-17", source.replace(right, norms), FEW_TRIES, known=False).explanations
    ]
    assert not any("isn't square" in title for title in titles)


JACOBIAN = """
import numpy as np


def tanh_jacobian(h, x, W_hh, W_xh, b):
    slopes = 1 - np.tanh(W_hh @ h + W_xh @ x + b) ** 2
    return ANSWER
"""


@pytest.mark.parametrize(
    ("answer", "title"),
    [
        ("np.diag(np.sin(9 * slopes) + np.cos(h) ** 3)", "all entries off the diagonal of the answer are 0"),
        ("np.diag(slopes * np.diag(W_hh))", "the answer is the right one with zeros off its diagonal"),
        ("np.sin(9 * slopes[:, None] * W_hh) + np.cos(h) ** 3", ""),
    ],
)
def test_zeros_off_the_diagonal_are_told_where_they_are(answer: str, title: str, graded: Graded) -> None:
    found = graded("exercise-04", JACOBIAN.replace("ANSWER", answer), FEW_TRIES, known=False).explanations
    told = [each.title for each in found if "diagonal" in each.title]
    assert told == ([f"tanh_jacobian: {title}"] if title else [])
