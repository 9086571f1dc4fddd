"""The figures and claims of the quizzes on long range, gates and what lies beyond, found again by another way than the
one in the quiz: by autograd through a network that really runs, by torch's own cells, by counting."""

from __future__ import annotations

import math
import re
from collections.abc import Callable
from itertools import count
from pathlib import Path
from typing import Any

import pytest
import torch
from torch import Tensor

from autograder.course import CourseRoot, Quiz, load_course, load_quiz
from autograder.course.quiz_model import Number
from autograder.quiz.variant import Variant, variant

ROOT = CourseRoot.at(Path(__file__).resolve().parents[2])
COURSE = load_course(ROOT)
QUIZZES: dict[str, Quiz] = {name: load_quiz(COURSE, name) for name in ("long-range", "gates", "beyond")}
SEEDS = range(20)
Values = dict[str, Any]


def drawn(quiz_id: str, question_id: str, seed: int = 0) -> Variant:
    """One question as a student with this seed gets it."""
    question = next(one for one in QUIZZES[quiz_id].questions if one.id == question_id)
    return variant(question, seed, quiz_id)


def number(value: float) -> Tensor:
    return torch.tensor(value, dtype=torch.float64)


def gradient(function: Callable[[Tensor], Tensor], at: float) -> float:
    """The derivative of a function of one number, by autograd."""
    argument = number(at).requires_grad_()
    return float(torch.autograd.grad(function(argument), argument)[0])


def repeated(step: Callable[[Tensor], Tensor], times: int) -> Callable[[Tensor], Tensor]:
    def run(state: Tensor) -> Tensor:
        for _ in range(times):
            state = step(state)
        return state

    return run


def rest(w: float) -> float:
    """Where h = tanh(w h) comes to rest above 0."""
    return float(repeated(lambda h: torch.tanh(w * h), 500)(number(1.0)))


def silent(cell: torch.nn.RNNCellBase) -> torch.nn.RNNCellBase:
    """One of torch's cells in float64 with all parameters 0."""
    cell = cell.double()
    with torch.no_grad():
        for parameter in cell.parameters():
            parameter.zero_()
    return cell


def jacobians_to_subject(values: Values) -> float:
    sentence = drawn("long-range", "from-verb-to-subject").ask.split('"')[1]
    words = sentence.split()
    return len(words[words.index("keys") + 1 :])


def share_at_word(values: Values) -> float:
    """The gradient by the state after one word, in a linear network that keeps rho a step."""
    later = int(values["N"]) - int(values["s"])
    return gradient(repeated(lambda h: values["rho"] * h, later), 0.5)


def torch_gru(z: float, h: float, candidate: float) -> float:
    """A step of torch's own GRU whose update gate, in torch's letter, is z."""
    cell = silent(torch.nn.GRUCell(1, 1))
    with torch.no_grad():
        cell.bias_ih[1] = math.log(z / (1 - z))
        cell.bias_ih[2] = math.atanh(candidate)
    return float(cell(torch.zeros(1, 1).double(), torch.full((1, 1), h).double()).detach())


def torch_forget_gate(first: float, second: float) -> float:
    """The forget gate of torch's own LSTM with these two biases: what it leaves of a cell that holds 1."""
    cell = silent(torch.nn.LSTMCell(1, 1))
    with torch.no_grad():
        cell.bias_ih[1], cell.bias_hh[1] = first, second
    nothing = torch.zeros(1, 1).double()
    return float(cell(nothing, (nothing, nothing + 1))[1].detach())


def along_gates(gates: list[float]) -> float:
    """The gradient by the first cell, where only these gates act."""

    def run(c: Tensor) -> Tensor:
        for gate in gates:
            c = gate * c + 0.3
        return c

    return gradient(run, 0.5)


def bias_by_bisection(values: Values) -> float:
    low, high = 0.0, 20.0
    for _ in range(60):
        middle = (low + high) / 2
        keeps = torch_forget_gate(middle, 0.0) ** values["T"]
        low, high = (middle, high) if keeps < 0.5 else (low, middle)
    return low


def held_identity(values: Values) -> float:
    """The norm of dh_T/dh_0 with W_hh = I, where an input holds two tanh units at a."""
    a, steps = values["a"], int(values["T"])
    drive = math.atanh(a) - a
    start = torch.full((2,), a, dtype=torch.float64)
    jacobian = torch.autograd.functional.jacobian(repeated(lambda h: torch.tanh(h + drive), steps), start)
    return float(torch.linalg.matrix_norm(jacobian, 2))


def share_within_window(values: Values) -> float:
    """The gradient by u with the state detached k steps before the end, over that without."""

    def derivative(cut: int) -> float:
        def run(u: Tensor) -> Tensor:
            h = number(0.0)
            for step in range(3000):
                h = values["rho"] * (h.detach() if step == cut else h) + u
            return h

        return gradient(run, 1.0)

    return derivative(3000 - int(values["k"])) / derivative(0)


def scores(steps: int) -> int:
    return torch.nn.functional.scaled_dot_product_attention(
        torch.zeros(steps, 2), torch.zeros(steps, 2), torch.eye(steps)
    ).numel()


def first_below_half(values: Values) -> int:
    gamma = 1 - 2.0 ** -values["n"]
    return next(steps for steps in count() if gamma**steps < 0.5)


def words_that_fit(values: Values) -> int:
    """How many words can be told apart by bits of this number, counted word by word."""
    codes, words = 2 ** (16 * int(values["d"])), 0
    while int(values["V"]) ** (words + 1) <= codes:
        words += 1
    return words


def loss_per_sample(values: Values) -> float:
    low, high = 0.0, 0.05
    for _ in range(80):
        middle = (low + high) / 2
        low, high = (middle, high) if (1 - middle) ** values["T"] > 0.95**100 else (low, middle)
    return low


AGAIN: dict[tuple[str, str], Callable[[Values], float]] = {
    ("long-range", "layers-and-samples"): loss_per_sample,
    ("gates", "words-in-a-state"): words_that_fit,
    ("long-range", "from-verb-to-subject"): jacobians_to_subject,
    ("long-range", "first-words-of-a-review"): share_at_word,
    ("long-range", "holding-a-bit"): lambda v: gradient(lambda h: torch.tanh(v["w"] * h), rest(v["w"])),
    ("gates", "one-step-of-a-gru"): lambda v: torch_gru(1 - v["z"], v["h"], v["g"]),
    ("gates", "along-the-cells"): lambda v: along_gates([v["f"]] * int(v["T"])),
    ("gates", "one-closed-gate"): lambda v: along_gates([v["f"]] * 7 + [v["c"]] + [v["f"]] * (int(v["T"]) - 8)),
    ("gates", "bias-for-half"): bias_by_bisection,
    ("gates", "two-biases"): lambda v: torch_forget_gate(v["b"], v["b"]),
    ("beyond", "identity-with-tanh"): held_identity,
    ("beyond", "residual-steps"): lambda v: gradient(repeated(lambda h: h + v["a"] * h, int(v["L"])), 0.5),
    ("beyond", "share-within-the-window"): share_within_window,
    ("beyond", "price-of-attention"): lambda v: scores(4 * int(v["m"])) / scores(4),
    ("beyond", "half-life-of-a-head"): first_below_half,
}


def variants(quiz_id: str, question_id: str) -> list[Variant]:
    """The different draws among the first seeds."""
    all_of_them = [drawn(quiz_id, question_id, seed) for seed in SEEDS]
    return list({tuple(one.values.items()): one for one in all_of_them}.values())


@pytest.mark.parametrize(("quiz_id", "question_id"), AGAIN)
def test_key_is_found_again_another_way(quiz_id: str, question_id: str) -> None:
    for one in variants(quiz_id, question_id):
        assert one.key == pytest.approx(AGAIN[quiz_id, question_id](dict(one.values)), rel=1e-6), one.ask


def test_every_number_of_these_quizzes_is_found_again() -> None:
    numbers = {(name, one.id) for name, quiz in QUIZZES.items() for one in quiz.questions if isinstance(one, Number)}
    assert numbers == set(AGAIN)


@pytest.mark.parametrize("w", [1.5, 1.6, 1.8])
def test_a_doubled_weight_makes_the_factor_at_rest_smaller(w: float) -> None:
    before, after = (gradient(lambda h, v=v: torch.tanh(v * h), rest(v)) for v in (w, 2 * w))
    assert after < before / 5
    told = next(choice.text for choice in shown("long-range", "larger-weight", w=w) if choice.id == "smaller")
    assert f"{after:.3f}" in told


def shown(quiz_id: str, question_id: str, **wanted: float) -> tuple[Any, ...]:
    """The choices of the first draw that has these values."""
    draws = variants(quiz_id, question_id)
    return next(one.choices for one in draws if all(one.values[name] == value for name, value in wanted.items()))


def test_torchs_update_gate_keeps_what_the_courses_replaces() -> None:
    assert torch_gru(0.95, h=0.8, candidate=-0.4) == pytest.approx(0.95 * 0.8 + 0.05 * -0.4)


def lstm_gradient(weight: float, steps: int) -> float:
    """dc_T/dc_0 of torch's own LSTM with one unit, all parameters 0 but the candidate's recurrent weight."""
    cell = silent(torch.nn.LSTMCell(1, 1))
    with torch.no_grad():
        cell.weight_hh[2] = weight
    start = torch.zeros(1, 1, dtype=torch.float64, requires_grad=True)
    h, c = 0.5 * torch.tanh(start), start
    for _ in range(steps):
        h, c = cell(torch.zeros(1, 1).double(), (h, c))
    return float(torch.autograd.grad(c.sum(), start)[0])


def test_an_lstm_explodes_through_its_hidden_state() -> None:
    assert lstm_gradient(0.0, 20) == pytest.approx(0.5**20)
    assert lstm_gradient(4.0, 20) == pytest.approx(1.5**20)


def test_a_cell_adds_up_and_a_gru_stays_below_its_candidate() -> None:
    cell = silent(torch.nn.LSTMCell(1, 1))
    with torch.no_grad():
        cell.bias_ih[:] = torch.tensor([40.0, 40.0, math.atanh(0.8), 40.0])
    nothing = torch.zeros(1, 1).double()
    h, c = nothing, nothing
    for _ in range(20):
        h, c = cell(nothing, (h, c))
    assert float(c.detach()) == pytest.approx(0.8 * 20)
    assert float(h.detach()) <= 1
    state = 0.0
    for z in torch.rand(20, generator=torch.Generator().manual_seed(1)).tolist():
        state = torch_gru(1 - z, state, candidate=0.8)
        assert state <= 0.8


def test_detaching_stops_the_gradient_and_not_the_state() -> None:
    word = number(1.0).requires_grad_()
    h = 0.9 * word
    for step in range(1, 60):
        h = 0.9 * (h.detach() if step % 20 == 0 else h) + 0 * word.detach()
    assert float(h) == pytest.approx(0.9**60)
    assert not h.requires_grad


def spectral_norm(*rows: list[float], power: int = 1) -> float:
    matrix = torch.tensor(rows, dtype=torch.float64)
    return float(torch.linalg.matrix_norm(torch.linalg.matrix_power(matrix, power), 2))


def test_an_update_takes_a_matrix_off_the_orthogonal_ones() -> None:
    whys = " ".join(choice.why for choice in drawn("beyond", "orthogonal-start").choices)
    assert f"{spectral_norm([1, 0.1], [0, 1]):.3f}" in whys
    assert spectral_norm([1, 0.1], [0, 1], power=100) == pytest.approx(spectral_norm([1, 10], [0, 1]))
    assert f"{spectral_norm([1, 10], [0, 1]):.1f}" in whys
    assert spectral_norm([1, 10], [0, 1], power=5) > spectral_norm([1, 10], [0, 1])


def test_the_singular_values_of_a_gaussian_matrix_spread_from_near_0_to_near_2() -> None:
    generator = torch.Generator().manual_seed(0)
    matrix = torch.randn(400, 400, generator=generator, dtype=torch.float64) / 20
    values = torch.linalg.svdvals(matrix)
    assert values[0] == pytest.approx(2, abs=0.1)
    assert values[-1] < 0.05


def attention(x: Tensor) -> tuple[Tensor, Tensor]:
    """Weights and output in one dimension, with all three matrices 1, asked by the last step."""
    weights = torch.softmax(x * x[-1], 0)
    return weights, (weights * x).sum()


def test_an_attention_weight_is_not_the_gradient() -> None:
    x = torch.tensor([0.0, 1.0], dtype=torch.float64, requires_grad=True)
    weights, out = attention(x)
    first = float(torch.autograd.grad(out, x)[0][0])
    why = next(c.why for c in drawn("beyond", "what-attention-promises").choices if c.id == "weight-is-gradient")
    assert f"{float(weights[0].detach()):.3f}" in why
    assert f"{first:.3f}" in why


def test_attention_does_not_know_which_step_is_near() -> None:
    x = torch.tensor([0.3, -0.7, 0.9, 1.1], dtype=torch.float64)
    order = torch.tensor([2, 0, 1, 3])
    weights, out = attention(x)
    weights_moved, out_moved = attention(x[order])
    assert torch.allclose(weights_moved, weights[order])
    assert torch.allclose(out_moved, out)


@pytest.mark.parametrize("a", [5, 6, 7])
def test_a_long_euler_step_grows_where_the_solution_decays(a: float) -> None:
    factor = gradient(lambda h: h + 0.5 * (-a * h), 1.0)
    told = next(choice.text for choice in shown("beyond", "euler-step", a=a) if choice.id == "overshoots")
    assert abs(factor) > 1
    assert f"{factor:g}" in told
    assert abs(gradient(repeated(lambda h: h + 0.9 * (2 / a) * (-a * h), 50), 1.0)) < 0.01


def test_a_blend_never_goes_past_its_candidate_and_may_grow_all_the_same() -> None:
    """With the factor of the question, by a tanh."""
    state = 0.01
    for _ in range(10):
        candidate = math.tanh(-4 * state)
        blended = state + 0.5 * (candidate - state)
        assert min(state, candidate) <= blended <= max(state, candidate)
        state = blended
    assert abs(state) > 0.1


def test_only_a_matrix_that_keeps_lengths_has_no_direction_that_grows() -> None:
    """Eigenvalues of magnitude 1 don't do it."""
    shear = torch.tensor([[1, 10], [0, 1]], dtype=torch.complex128)
    phases = torch.polar(torch.ones(4, dtype=torch.float64), torch.tensor([0.3, 1.0, 2.0, 3.0], dtype=torch.float64))
    basis, _ = torch.linalg.qr(torch.randn(4, 4, dtype=torch.complex128, generator=torch.Generator().manual_seed(0)))
    unitary = basis @ torch.diag(phases) @ basis.mH
    for matrix in (shear, unitary):
        assert torch.allclose(torch.linalg.eigvals(matrix).abs(), torch.ones(len(matrix), dtype=torch.float64))
    assert torch.linalg.matrix_norm(shear, 2) > 10
    assert torch.allclose(torch.linalg.svdvals(unitary), torch.ones(4, dtype=torch.float64))


def test_a_real_tanh_is_nowhere_steeper_than_1_and_a_complex_one_is() -> None:
    """A unitary network whose tanh acts on the real and the imaginary part: its Jacobian never stretches."""
    at_i = torch.tanh(torch.tensor(1j, dtype=torch.complex128))
    assert float((1 - at_i**2).abs()) > 3
    generator = torch.Generator().manual_seed(0)
    U, _ = torch.linalg.qr(torch.randn(4, 4, dtype=torch.complex128, generator=generator))
    real = torch.cat([torch.cat([U.real, -U.imag], 1), torch.cat([U.imag, U.real], 1)])
    state = torch.randn(8, dtype=torch.float64, generator=generator)
    jacobian = torch.autograd.functional.jacobian(lambda h: torch.tanh(real @ h), state)
    assert float(torch.linalg.matrix_norm(jacobian, 2)) <= 1
    assert float(torch.linalg.matrix_norm(torch.linalg.matrix_power(0.75 * real, 50), 2)) == pytest.approx(0.75**50)
    why = next(choice.why for choice in drawn("beyond", "unitary-start").choices if choice.id == "no-vanishing")
    assert "as long as tanh acts on real numbers" in " ".join(why.split())


def test_no_letter_of_a_gate_stands_before_the_gates_are_taught() -> None:
    for question in QUIZZES["long-range"].questions:
        one = drawn("long-range", question.id)
        told = [
            one.ask,
            one.right or "",
            *(f"{each.text} {each.why}" for each in one.choices),
            *(e.why for e in one.traps),
        ]
        assert not re.search(r"\$[fioz](_t)?\$", " ".join(told))


def test_an_error_ends_after_as_many_steps_as_units_where_no_unit_acts_on_itself() -> None:
    """ "Never exactly zero" was said: of the product of three Jacobians of three units in a chain nothing is left."""
    W = torch.ones(3, 3, dtype=torch.float64).triu(1)
    jacobian = torch.autograd.functional.jacobian(
        repeated(lambda h: torch.tanh(W @ h + 0.1), 3), torch.full((3,), 0.2, dtype=torch.float64)
    )
    assert not jacobian.any()
    why = next(choice.why for choice in drawn("long-range", "error-through-time").choices if choice.id == "hard-limit")
    assert "As a rule there is no wall" in " ".join(why.split())
    assert "where no unit acts on itself, directly or through others" in " ".join(why.split())


def test_a_power_has_the_powers_of_the_eigenvalues_and_may_be_large_all_the_same() -> None:
    """That a matrix of radius 0.9 leaves 0.9^100 was said: this one makes three of one."""
    power = torch.linalg.matrix_power(torch.tensor([[0.9, 1000.0], [0.0, 0.9]], dtype=torch.float64), 100)
    assert float(torch.linalg.eigvals(power).abs().max()) == pytest.approx(0.9**100)
    assert float(torch.linalg.matrix_norm(power, 2)) > 2.9
    why = next(choice.why for choice in drawn("beyond", "a-chosen-spectrum").choices if choice.id == "any-matrix")
    assert "an eigenvalue of $1.1$ becomes" in " ".join(why.split())


def test_a_cell_grows_along_its_path_and_no_gradient_does() -> None:
    c = number(0.5).requires_grad_()
    late = repeated(lambda cell: 0.99 * cell + 0.99 * 0.8, 20)(c)
    assert float(late.detach()) > 10
    assert float(torch.autograd.grad(late, c)[0]) <= 1
    why = next(choice.why for choice in drawn("gates", "can-it-explode").choices if choice.id == "gate-above-one")
    assert "no gradient can grow" in " ".join(why.split())


def test_a_far_part_decides_where_the_near_part_has_nothing_to_teach() -> None:
    """That the near part decides every time was said: a weight w, a near input of 0 and a far one."""
    w = number(0.0).requires_grad_()
    for _ in range(400):
        near, far = w * 0.0, w * 0.7**5
        (slope,) = torch.autograd.grad((near + far - 0.7**5) ** 2, w)
        with torch.no_grad():
            w -= 5 * slope
    assert float(w.detach()) == pytest.approx(1, abs=1e-3)
    why = next(choice.why for choice in drawn("long-range", "safe-or-learnable").choices if choice.id == "patience")
    assert "as long as the near part has anything to teach, it decides" in " ".join(why.split())
