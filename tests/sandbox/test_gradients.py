"""Gradients by inputs and of a chosen loss, modes and buffers, asked for beside a real worker that has torch."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import numpy as np
import numpy.typing as npt
import pytest

from autograder.grading.asking import ask_program
from autograder.sandbox.anywhere.processes import Processes
from autograder.sandbox.bench import Bench
from autograder.sandbox.failures import ProgramError, ProgramFailure, ProgramMissing, ProgramRefused
from autograder.sandbox.inside.warmth import Warmth
from autograder.sandbox.linux.zygote import Zygote
from autograder.sandbox.module import input_gradients, module
from autograder.sandbox.program import Allowance, Called, Program, ProgramProxy
from autograder.sandbox.starter import Budget
from autograder.sandbox.values import Built, Tensor, tensor

SOURCE = """
import torch

class Linear(torch.nn.Module):
    def __init__(self, n, d):
        super().__init__()
        self.W = torch.nn.Parameter(torch.zeros(d, n))

    def forward(self, x):
        return torch.tanh(x @ self.W.T)

class Pair(torch.nn.Module):
    def forward(self, x, state):
        h, c = state
        return h * x, [c * x * x, None][0]

class Norm(torch.nn.Module):
    def __init__(self, n):
        super().__init__()
        self.scale = torch.nn.Parameter(torch.ones(n))
        self.register_buffer("mean", torch.zeros(n))
        self.register_buffer("steps", torch.tensor(0))

    def forward(self, x):
        if self.training:
            self.steps += 1
            self.mean = 0.5 * self.mean + 0.5 * x.mean(0)
            return self.scale * (x - x.mean(0))
        return self.scale * (x - self.mean)

class Large(torch.nn.Module):
    def __init__(self):
        super().__init__()
        self.W = torch.nn.Parameter(torch.zeros(5 << 20))

    def forward(self):
        return self.W.sum()

def product(x, y):
    return x * y

def in_place(x):
    x *= 3
    return x

def counted(x, number):
    return number * x ** 2

def leaves(x):
    return torch.tensor(x.numpy())

def whole(x):
    return x.long()

def nothing(x):
    return ()
"""
#: What stands at the place of `x * y` there.
START = SOURCE.index("x * y")
X, Y = np.array([0.5, -1.0, 2.0]), np.array([1.0, 2.0, -0.5])
W = np.array([[0.3, -0.2, 0.5], [0.8, 0.1, -0.4]])
BATCH = np.array([[1.0, 2.0], [3.0, -2.0], [5.0, 3.0]])
MEAN = np.array([10.0, 20.0])
BUDGET = Budget(memory=1024)


@pytest.fixture(scope="module")
def program(torch_zygote: Zygote) -> Iterator[ProgramProxy]:
    loaded = Program(torch_zygote, "layers.py", SOURCE, Allowance(call=60, budget=BUDGET))
    yield ProgramProxy(loaded)
    loaded.close()


def numbers(value: Any) -> npt.NDArray[Any]:
    assert isinstance(value, Tensor)
    return value.numpy()


def slopes(loss: Callable[[npt.NDArray[Any]], float], at: npt.NDArray[Any]) -> npt.NDArray[Any]:
    """What finite differences say of a loss's gradient."""
    found = np.zeros_like(at)
    for place in np.ndindex(*at.shape):
        step = np.zeros_like(at)
        step[place] = 1e-5
        found[place] = (loss(at + step) - loss(at - step)) / 2e-5
    return found


def squares(answer: npt.NDArray[Any]) -> float:
    """The mean squared error from (1, -1): its gradient by the answer is what `weights` are."""
    return float(np.mean((answer - [1.0, -1.0]) ** 2))


def test_a_loss_is_differentiated_by_inputs_and_parameters(program: ProgramProxy) -> None:
    linear = module(program.Linear, 3, 2, parameters={"W": W})

    def answer(x: npt.NDArray[Any], weights: npt.NDArray[Any] = W) -> npt.NDArray[Any]:
        linear.set({"W": weights})
        return numbers(linear(tensor(x)))

    weights = 2 * (answer(X) - [1.0, -1.0]) / 2
    (by_x,) = linear.input_gradients(tensor(X), weights=weights)
    by_w = linear.parameter_gradients(tensor(X), weights=tensor(weights))["W"]
    np.testing.assert_allclose(numbers(by_x), slopes(lambda x: squares(answer(x)), X), rtol=1e-6)
    np.testing.assert_allclose(numbers(by_w), slopes(lambda w: squares(answer(X, w)), W), rtol=1e-6)
    answer(X)
    (of_the_sum,) = linear.input_gradients(tensor(X))
    np.testing.assert_allclose(numbers(of_the_sum), slopes(lambda x: float(answer(x).sum()), X), rtol=1e-6)


def test_a_function_of_tensors_has_gradients_too(program: ProgramProxy) -> None:
    by_x, by_y = input_gradients(program.product, tensor(X), tensor(Y), weights=np.array([1.0, 0.0, 3.0]))
    np.testing.assert_array_equal(numbers(by_x), Y * [1, 0, 3])
    np.testing.assert_array_equal(numbers(by_y), X * [1, 0, 3])
    by_x, none = input_gradients(program.counted, tensor(X), 3)
    np.testing.assert_array_equal(numbers(by_x), 6 * X)
    assert none is None
    (by_x,) = input_gradients(program.in_place, tensor(X))
    np.testing.assert_array_equal(numbers(by_x), np.full(3, 3.0))


def test_only_a_function_by_its_name_is_asked_so(program: ProgramProxy) -> None:
    for other in (module(program.Norm, 2), X.sum, program.Norm(2)):
        with pytest.raises(TypeError, match=r"a function as program\.name"):
            input_gradients(other, tensor(X))  # type: ignore[arg-type]


def test_a_gradient_has_the_dtype_of_what_it_is_by(program: ProgramProxy) -> None:
    single = tensor(X, dtype="float32")
    (by_x, _) = input_gradients(program.product, single, tensor(Y, dtype="float32"), weights=np.ones(3))
    assert by_x.dtype == "float32"


def test_an_answer_without_a_graph_gets_zeros_and_what_autograd_refuses_is_raised(program: ProgramProxy) -> None:
    for function in (program.whole, program.nothing):
        (by_x,) = input_gradients(function, tensor(X))
        np.testing.assert_array_equal(numbers(by_x), np.zeros(3))
    with pytest.raises(ProgramError, match="requires grad"):
        input_gradients(program.leaves, tensor(X))


def test_the_parts_of_a_tuple_count_by_their_weights(program: ProgramProxy) -> None:
    x, h, c = tensor(X), tensor(Y), tensor(X + Y)
    pair = module(program.Pair)
    by_x, (by_h, by_c) = pair.input_gradients(x, (h, c))
    np.testing.assert_allclose(numbers(by_x), Y + 2 * (X + Y) * X)
    np.testing.assert_allclose(numbers(by_h), X)
    np.testing.assert_allclose(numbers(by_c), X**2)
    for weights, expected in (((0, 2), (0 * X, 2 * X**2)), ((Y, 0), (X * Y, 0 * X)), ((0, 0), (0 * X, 0 * X))):
        _, by_state = pair.input_gradients(x, (h, c), weights=weights)
        np.testing.assert_allclose([numbers(part) for part in by_state], expected)
        again = pair.state_gradient(tensor(X[None]), (h, c), weights=weights)
        np.testing.assert_allclose([numbers(part) for part in again], expected)
    first = pair.state_gradient(tensor(X[None]), (h, c))
    np.testing.assert_allclose([numbers(part) for part in first], (X, 0 * X))


@pytest.mark.parametrize(
    ("weights", "said"),
    [
        (np.ones(4), r"has shape \(3,\), expected \(4,\)"),
        ((1, 1), "is one tensor, where a tuple of 2 was expected"),
    ],
)
def test_weights_of_another_form_are_refused_in_words(program: ProgramProxy, weights: Any, said: str) -> None:
    with pytest.raises(ProgramRefused, match=said):
        input_gradients(program.product, tensor(X), tensor(Y), weights=weights)


def test_a_tuple_is_not_weighted_by_one_array(program: ProgramProxy) -> None:
    for weights, said in ((X, "is a tuple of 2 parts, where one tensor"), ((1, 1, 1), "of 2 parts, expected 3")):
        with pytest.raises(ProgramRefused, match=said):
            module(program.Pair).input_gradients(tensor(X), (tensor(X), tensor(Y)), weights=weights)


def test_a_module_is_asked_in_either_mode_and_its_buffers_are_set_and_read(program: ProgramProxy) -> None:
    norm = module(program.Norm, 2, buffers={"mean": MEAN, "steps": 7}, training=False)
    np.testing.assert_array_equal(numbers(norm(tensor(BATCH))), BATCH - MEAN)
    assert norm.state_dict()["steps"].numpy() == 7
    norm.set(training=True)
    np.testing.assert_array_equal(numbers(norm(tensor(BATCH))), BATCH - BATCH.mean(0))
    held = norm.state_dict()
    assert held["steps"].numpy() == 8
    np.testing.assert_array_equal(held["mean"].numpy(), (MEAN + BATCH.mean(0)) / 2)
    norm.set({"scale": np.array([2.0, 3.0])}, buffers={"mean": np.zeros(2)}, training=False)
    np.testing.assert_array_equal(numbers(norm(tensor(BATCH))), BATCH * [2, 3])


def test_the_mode_decides_the_gradient(program: ProgramProxy) -> None:
    weights = np.array([[1.0, 0.0], [0.0, 0.0], [0.0, 0.0]])
    for training, first in ((True, 2 / 3), (False, 1.0), (None, 2 / 3)):
        norm = module(program.Norm, 2, training=training)
        (by_x,) = norm.input_gradients(tensor(BATCH, dtype="float32"), weights=weights)
        assert numbers(by_x)[0, 0] == pytest.approx(first)


def test_a_buffer_that_is_not_there_is_named_with_those_that_are(program: ProgramProxy) -> None:
    with pytest.raises(ProgramMissing, match="Norm has no buffer variance") as missing:
        module(program.Norm, 2, buffers={"variance": X})(tensor(BATCH))
    assert missing.value.found == ["mean", "steps"]
    with pytest.raises(ProgramMissing, match="Norm has no parameter mean"):
        module(program.Norm, 2, parameters={"mean": X})(tensor(BATCH))
    with pytest.raises(ProgramRefused, match=r"whose buffer mean has shape \(2,\), expected \(3,\)"):
        module(program.Norm, 2, buffers={"mean": X})(tensor(BATCH))


def test_a_call_of_each_kind_can_be_asked_again(program: ProgramProxy) -> None:
    def ask(program: ProgramProxy) -> Any:
        norm = module(program.Norm, 2, buffers={"mean": np.ones(2)}, training=False)
        plain, gradient = norm(tensor(BATCH)), norm.input_gradients(tensor(BATCH), weights=2 * BATCH)
        return plain, gradient, input_gradients(program.product, tensor(X), tensor(Y), weights=Y)

    outcome = ask_program(ask, program._program)
    plain, gradient, of_a_function = outcome.remarks.calls
    assert (gradient.gradient, of_a_function.gradient, of_a_function.built) == ("inputs", "inputs", None)
    np.testing.assert_array_equal(numbers(plain.ask(program)), BATCH - 1)
    np.testing.assert_array_equal(numbers(gradient.ask(program)[0]), 2 * BATCH)
    np.testing.assert_array_equal(numbers(of_a_function.ask(program)[0]), Y * Y)
    assert len({call.question for call in outcome.remarks.calls}) == 3
    assert not outcome.remarks.besides


def test_what_a_module_holds_is_no_call_that_can_be_asked_again(program: ProgramProxy) -> None:
    outcome = ask_program(lambda program: module(program.Norm, 2).state_dict(), program._program)
    assert (outcome.remarks.besides, outcome.remarks.calls, outcome.remarks.names) == (True, [], {"Norm"})


def test_versions_are_asked_for_the_same_gradients(torch_zygote: Zygote) -> None:
    built = Built((2,), {}, {"mean": np.ones(2)}, training=False)
    calls = [
        Called("product", (tensor(X), tensor(Y)), gradient="inputs", weights=Y),
        Called("Norm", (tensor(BATCH),), built=built),
    ]
    with Bench(torch_zygote, "layers.py", BUDGET, seconds=2.0) as bench:
        right, other = bench.answers(SOURCE, [[], [(START, START + 5, "x + y")]], calls)
    np.testing.assert_array_equal(numbers(right[0].value[0]), Y * Y)
    np.testing.assert_array_equal(numbers(other[0].value[0]), Y)
    np.testing.assert_array_equal(numbers(right[1].value), BATCH - 1)


@pytest.mark.parametrize("forged", ["[]", "{}", "7", "(1, 2, 3)", "None"])
def test_an_answer_that_is_none_is_refused(torch_zygote: Zygote, forged: str) -> None:
    tampering = f"from autograder.sandbox.inside import differentiate\ndifferentiate.gradient = lambda *_: {forged}\n"
    forger = Program(torch_zygote, "layers.py", SOURCE + tampering, Allowance(call=60, budget=BUDGET))
    try:
        with pytest.raises(ProgramFailure, match="gradients by its arguments"):
            input_gradients(ProgramProxy(forger).product, tensor(X), tensor(Y))
    finally:
        forger.close()


def test_gradients_too_large_to_cross_are_refused(program: ProgramProxy) -> None:
    with pytest.raises(ProgramRefused, match="too large"):
        module(program.Large).parameter_gradients()


def test_a_call_differs_by_its_weights() -> None:
    one, other = (Called("f", (1,), {}, gradient="inputs", weights=np.array(each)) for each in ([1.0], [2.0]))
    assert one.question != other.question


def test_without_a_wall_they_are_the_same() -> None:
    with Processes(Warmth.TORCH) as processes:
        loaded = Program(processes, "layers.py", SOURCE, Allowance(call=60, budget=BUDGET))
        norm = module(ProgramProxy(loaded).Norm, 2, buffers={"mean": MEAN}, training=False)
        weights = np.array([[1.0, 0.0], [0.0, 2.0], [0.0, 0.0]])
        (by_x,) = norm.input_gradients(tensor(BATCH), weights=weights)
        np.testing.assert_array_equal(numbers(by_x), weights)
        np.testing.assert_array_equal(norm.state_dict()["mean"].numpy(), MEAN)
        norm.set(buffers={"variance": MEAN})
        with pytest.raises(ProgramMissing, match="no buffer variance"):
            norm(tensor(BATCH))
        loaded.close()
