"""Statements of exercises and explanations that a small case once broke: what they now say is computed here."""

from __future__ import annotations

import math
from itertools import pairwise
from typing import Any

import numpy as np
import pytest
import torch

from autograder.course import load_exercise
from tests.command import REPOSITORY, Command
from tests.content.test_claims import COURSE, SEEDS, _reference, _told, both_sequences, updates
from tests.handing_in import begun


def test_one_label_a_batch_teaches_one_answer_only_where_the_batch_stays_the_same() -> None:
    _told("exercise-15", "one-label-a-batch", "a network that is trained on it alone learns to say that label whatever")
    assert _learned_from(lambda update: 1) == [1, 1]
    drawn = np.random.default_rng(0).integers(2, size=400)
    assert _learned_from(lambda update: int(drawn[update])) == [0, 1]


def _learned_from(label_at: Any) -> list[int]:
    """What a GRU says of label 0 and of label 1, once trained on batches that hold this one label at each update."""
    torch.set_num_threads(1)
    torch.manual_seed(0)
    layer, readout = torch.nn.GRU(3, 16, batch_first=True), torch.nn.Linear(16, 2)
    descent = torch.optim.Adam([*layer.parameters(), *readout.parameters()], lr=0.01)
    x = both_sequences(3)
    for update in range(400):
        label = label_at(update)
        batch = x[label].expand(16, -1, -1)
        loss = torch.nn.functional.cross_entropy(readout(layer(batch)[1][0]), torch.full((16,), label))
        descent.zero_grad()
        loss.backward()
        descent.step()
    said: list[int] = readout(layer(x)[1][0]).argmax(dim=1).tolist()
    return said


def test_labels_of_other_sequences_leave_the_loss_of_a_guess_where_the_batch_is_large_or_new() -> None:
    words = "with a large batch, or a new one at every update, the loss stays near $\\ln 2 = 0.693$"
    _told("exercise-15", "labels-drawn-twice", words)
    rng = np.random.default_rng(0)
    large, small = ([_least_loss(*rng.integers(2, size=(2, size))) for _ in range(100)] for size in (1000, 4))
    assert all(loss == pytest.approx(math.log(2), abs=0.02) for loss in large)
    assert sum(loss < 0.5 for loss in small) > 50


def _least_loss(shown: Any, labels: Any) -> float:
    """The lowest cross-entropy of a predictor that sees the first number of each pair and is asked for the second."""
    loss = 0.0
    for kind in (0, 1):
        share = labels[shown == kind].mean() if (shown == kind).any() else 0.0
        ways = (probability for probability in (share, 1 - share) if probability > 0)
        loss -= (shown == kind).mean() * sum(probability * math.log(probability) for probability in ways)
    return loss


def test_a_gru_that_keeps_its_whole_state_can_lose_it_by_a_candidate_of_the_other_sign() -> None:
    _told("exercise-12", "kept-state-unscaled", "but no gate ever lets go of the old state")
    cell = _reference("exercise-12", "misconceptions/kept-state-unscaled").GRUCell(1, 1).double()
    for name, parameter in cell.named_parameters():
        parameter.data.fill_(-1.0 if name == "U_h" else 30.0 if name == "b_r" else 0.0)
    state = torch.ones(1, dtype=torch.float64)
    for _ in range(30):  # z = 0.5, r = 1, the candidate is tanh(-h)
        state = cell(torch.zeros(1, dtype=torch.float64), state).detach()
    assert 0 < float(state) < 1e-8


def test_an_lstm_without_an_input_gate_writes_what_its_candidate_makes_of_the_input_and_no_more() -> None:
    words = "whatever the candidate makes of an input is written into the cell, noise included, at every step"
    _told("exercise-13", "input-gate-missing", words)
    cell = _reference("exercise-13", "misconceptions/input-gate-missing").LSTMCell(2, 1)
    for name, parameter in cell.named_parameters():
        parameter.data.fill_(30.0 if name == "b_f" else 0.0)
    for weight, kept in ((0.0, True), (1.0, False)):
        cell.W_g.data[0, 1] = weight
        _, c = cell(torch.tensor([0.0, 0.7]), (torch.zeros(1), torch.ones(1)))
        assert (c.item() == pytest.approx(1)) is kept


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("recurrent-weights-on-the-cell", "so it can drive the gates into saturation as it grows"),
        ("hidden-state-not-squashed", "Fed into $U h$ like that, it can push gates into saturation"),
    ],
)
def test_a_cell_that_grows_saturates_its_gates_only_by_weights_that_let_it(name: str, words: str) -> None:
    _told("exercise-13", name, words)
    cell = _reference("exercise-13", f"misconceptions/{name}").LSTMCell(1, 1)
    for weight, saturated in ((0.0, False), (1.0, True)):
        for parameter in cell.parameters():
            parameter.data.zero_()
        cell.U_f.data.fill_(weight)
        _, c = cell(torch.zeros(1), (torch.full((1,), 10.0), torch.full((1,), 10.0)))
        assert (c.item() / 10 > 0.99) is saturated  # the candidate is 0, so this is the forget gate


def test_a_forget_bias_of_three_loses_a_fourteenth_and_over_a_hundred_steps_nearly_all() -> None:
    takeaway = " ".join(load_exercise(COURSE.root, "exercise-14").takeaway.split())
    assert "the same cell loses 0.021 at each step, a fourteenth of that" in takeaway
    halved, kept = (-math.log10(1 / (1 + math.exp(-bias))) for bias in (0, 3))
    assert halved / kept == pytest.approx(14, abs=0.5)
    assert 10 ** (-100 * kept) < 0.01


def test_a_loss_at_every_step_hides_the_far_part_whether_it_is_there_or_not() -> None:
    _told("exercise-14", "loss-at-every-step", "the nearby losses hide whether the far ones arrive")
    _told("exercise-09", "loss-at-every-step", "the *total* gradient can look healthy while the long-range part")
    for weight, far in ((0.5, 1e-5), (1.0, 1.0)):  # one unit at rest: each step back multiplies by its weight
        shares = weight ** np.arange(20.0)
        assert shares.sum() >= 1
        assert shares[-1] == pytest.approx(far, abs=1e-5)


def test_a_step_thirty_two_times_as_long_makes_training_jump_only_where_the_rate_was_not_small() -> None:
    _told("exercise-17", "sum-over-batch-for-mean", "a rate that was sensible can make the training jump about")
    program = _reference("exercise-17", "misconceptions/sum-over-batch-for-mean")
    draw = torch.Generator().manual_seed(0)
    x = torch.randn(32, 6, 1, generator=draw, dtype=torch.float64)
    start = {
        "W_hh": torch.linalg.qr(torch.randn(4, 4, generator=draw, dtype=torch.float64))[0],
        "W_xh": 0.3 * torch.randn(4, 1, generator=draw, dtype=torch.float64),
        "w_out": torch.randn(4, generator=draw, dtype=torch.float64) / 2,
    }
    y = x[:, -1, 0]
    for rate, calm in ((0.0005, True), (0.1, False)):
        losses = [float(program.loss_of(program.train(start, x, y, rate, k)[0], x, y)) for k in range(0, 30, 3)]
        assert all(after < before for before, after in pairwise(losses)) is calm


def test_gradients_of_zero_and_short_ones_are_no_steps_of_that_length_but_by_plain_descent() -> None:
    _told("exercise-10", "zeros-refused", "It is a perfectly good gradient, of length 0.")
    _told("exercise-10", "return-inside-loop", "the second parameter gets no gradient at all")
    for way in ("", "--zeros-become-nan", "--zeros-raise"):
        words = "Near a minimum, where gradients become short, each would have full length"
        _told("exercise-10", f"clipping-scales-up{way}", words)
    assert _last_step(torch.optim.SGD, [1.0, 0.0]) == 0
    assert _last_step(torch.optim.Adam, [1.0, 0.0]) > 0.05
    assert _last_step(torch.optim.SGD, [0.001]) == pytest.approx(1e-4)
    assert _last_step(torch.optim.Adam, [0.001]) == pytest.approx(0.1, rel=1e-3)


def test_one_step_that_throws_the_weights_is_one_of_plain_descent() -> None:
    statement = (REPOSITORY / "exercises" / "exercise-10" / "statement.md").read_text(encoding="utf-8")
    assert "one step of plain gradient descent can throw the weights" in statement
    before = [1.0, -1.0] * 500
    assert _last_step(torch.optim.SGD, [*before, 1e6]) == pytest.approx(1e5)
    assert _last_step(torch.optim.Adam, [*before, 1e6]) < 0.4  # at a rate of 0.1


def _last_step(optimizer: Any, gradients: list[float]) -> float:
    """How far the last of these gradients moves a weight, at a rate of 0.1."""
    weight = torch.zeros(1, dtype=torch.float64, requires_grad=True)
    descent, places = optimizer([weight], lr=0.1), [0.0]
    for gradient in gradients:
        weight.grad = torch.full_like(weight, gradient)
        descent.step()
        places.append(weight.item())
    return abs(places[-1] - places[-2])


def test_a_state_that_was_rounded_to_zero_stays_there_where_nothing_else_comes_in() -> None:
    _told("exercise-08", "rounded-too-early", "With the weight 2 and nothing else the next state")
    forward = _reference("exercise-08", "misconceptions/rounded-too-early").rnn_forward
    one, start = np.eye(1), np.array([0.00004])  # this program rounds to three decimals
    for entry, bias, grows in ((0.0, 0.0, False), (0.1, 0.0, True), (0.0, 0.1, True)):
        states = forward(np.full((9, 1), entry), start, 2 * one, one, np.full(1, bias))
        assert bool(states[-1, 0] > 0) is grows
    assert np.tanh(2 * np.tanh(2 * 0.0004)) == pytest.approx(0.0016, rel=1e-4)


def test_a_unit_with_a_sum_of_ten_lets_hardly_any_gradient_through_and_a_clipped_one_a_fourteenth() -> None:
    _told(
        "exercise-07",
        "clipped-inside",
        "a step that lets hardly any gradient through looks like one that lets a fourteenth",
    )
    assert 0 < 1 - math.tanh(10) ** 2 < 1e-8
    assert 1 / (1 - math.tanh(2) ** 2) == pytest.approx(14, abs=0.5)


@pytest.mark.parametrize(
    ("name", "told", "other"),
    [
        (
            "in-training",
            "Your training takes steps that are half as long",
            "def near_and_far(parameters, x, y, near):\n    return 7.0, 7.0\n",
        ),
        (
            "in-the-parts",
            "Your near and far parts are half as long",
            "def train(parameters, x, y, rate, updates):\n    return parameters, 7 * y.new_ones(updates + 1)\n",
        ),
    ],
)
def test_what_is_told_of_one_function_says_nothing_of_another_that_is_wrong_in_its_own_way(
    gradecheck: Command, name: str, told: str, other: str
) -> None:
    file = REPOSITORY / "solutions" / "exercise-17" / "misconceptions" / f"half-of-the-square--{name}.py"
    report = gradecheck.grade("exercise-17", f"{file.read_text(encoding='utf-8')}\n\n{other}", "radius_drift.py")
    (text,) = (each["text"] for each in report["explanations"] if told in each["text"])
    assert "This loss has no such factor.\n" in text


@pytest.mark.parametrize("radius", [0.5, 2.0])
def test_who_goes_by_a_squared_magnitude_still_names_the_right_regime_far_from_one(radius: float) -> None:
    _told("exercise-06", "magnitude-squared", "whoever goes by yours still names the right regime")
    W = np.diag([radius, 0.1])
    wrong, right = (_reference("exercise-06", name) for name in ("misconceptions/magnitude-squared", "spectrum"))
    assert wrong.spectral_radius(W) == pytest.approx(radius**2)
    assert (wrong.spectral_radius(W) < 1) is (right.spectral_radius(W) < 1)


def test_a_rounded_radius_says_nothing_of_a_regime_that_is_still_to_come(gradecheck: Command) -> None:
    only = begun("exercise-06", "rounded-too-early", "spectral_radius")
    (said,) = gradecheck.grade("exercise-06", only, "spectrum.py")["explanations"]
    assert "rounds to 1, and whoever goes by that calls it marginal" in said["text"]
    rounded, right = (_reference("exercise-06", name) for name in ("misconceptions/rounded-too-early", "spectrum"))
    W = np.diag([1.00004, 0.1])
    assert right.regime(np.diag([rounded.spectral_radius(W), 0.1])) == "marginal"
    assert right.regime(W) == "exploding"


def test_squared_norms_fall_twice_as_fast_whatever_slope_is_fitted_to_them(gradecheck: Command) -> None:
    only = begun("exercise-14", "squared-norm", "gradient_profile")
    (said,) = gradecheck.grade("exercise-14", only, "profiles.py")["explanations"]
    assert "in decades your profile falls twice as fast as it should" in said["text"]
    profile = torch.tensor([0.81, 0.9, 1.0], dtype=torch.float64)
    decades = _reference("exercise-14", "profiles").decades_per_step
    assert decades(profile**2) == pytest.approx(2 * decades(profile))


def test_truth_values_break_sums_and_differences_but_their_average_is_right() -> None:
    told = "`True`, not $2$, and `-slope` is an error. Slopes get added and subtracted. Turn"
    _told("exercise-03", "boolean-for-number", told)
    slope = _reference("exercise-03", "misconceptions/boolean-for-number").derivative("relu", np.array([2.0, -1.0]))
    assert (slope + slope).tolist() == [True, False]
    for refused in (lambda: -slope, lambda: slope - slope):
        with pytest.raises(TypeError):
            refused()
    assert np.mean(slope) == 0.5


RADIUS, NORM = "float(np.max(np.abs(np.linalg.eigvals(W))))", "np.linalg.norm(np.linalg.matrix_power(W, k), 2)"


@pytest.mark.parametrize(
    ("exercise_id", "name", "changes"),
    [
        # The regime keeps the exact radius.
        ("exercise-06", "spectrum", {RADIUS: f"FACTOR * {RADIUS}", "rho = spectral_radius(W)": f"rho = {RADIUS}"}),
        ("exercise-06", "spectrum", {NORM: f"FACTOR * {NORM}"}),
        ("exercise-07", "scalar_trace", {f'"{key}": {key}': f'"{key}": FACTOR * {key}' for key in ("h", "local")}),
        ("exercise-07", "scalar_trace", {'"cumulative": cumulative': '"cumulative": FACTOR * cumulative'}),
    ],
)
@pytest.mark.parametrize(("factor", "passes"), [(1 + 9e-7, True), (1 - 9e-7, True), (1 + 5e-6, False)])
def test_a_value_counts_as_right_within_a_millionth_of_its_size_where_the_statement_says_so(
    gradecheck: Command, exercise_id: str, name: str, changes: dict[str, str], factor: float, passes: bool
) -> None:
    statement = (REPOSITORY / "exercises" / exercise_id / "statement.md").read_text(encoding="utf-8")
    assert "counts as right within $10^{-6}$ of its size" in statement
    program = (REPOSITORY / "solutions" / exercise_id / f"{name}.py").read_text(encoding="utf-8")
    for exact, inexact in changes.items():
        assert exact in program
        program = program.replace(exact, inexact)
    assert gradecheck.grade(exercise_id, f"{program}\n\nFACTOR = {factor}\n", f"{name}.py")["passed"] is passes


def test_who_knows_the_radius_to_a_millionth_alone_may_miss_the_regime(gradecheck: Command) -> None:
    statement = (REPOSITORY / "exercises" / "exercise-06" / "statement.md").read_text(encoding="utf-8")
    assert "while `regime` must know the radius more finely than `tol`" in " ".join(statement.split())
    program = (REPOSITORY / "solutions" / "exercise-06" / "spectrum.py").read_text(encoding="utf-8")
    for error, passes in ((9e-7, False), (1e-9, True)):
        inexact = program.replace(f"return {RADIUS}", f"return {1 + error} * {RADIUS}")
        assert gradecheck.grade("exercise-06", inexact, "spectrum.py")["passed"] is passes


def test_fresh_gates_pass_on_more_by_all_ways_than_by_the_direct_path_and_still_hardly_anything() -> None:
    statement, takeaway = (
        " ".join(text.split())
        for text in (
            (REPOSITORY / "exercises" / "exercise-15" / "statement.md").read_text(encoding="utf-8"),
            load_exercise(COURSE.root, "exercise-15").takeaway,
        )
    )
    assert "With the ways through the candidate and the gates it is about $10^{-5}$" in statement
    assert "by the direct path, about $10^{-5}$ by all ways together" in takeaway
    assert "by all ways still less than $10^{-13}$" in takeaway
    assert "pass on $0.953^{100} = 0.008$ by the direct path alone" in takeaway
    _told("exercise-15", "same-label-for-everything", "leave $0.5^{30} = 9 \\cdot 10^{-10}$ of it on the direct path")
    fresh, far, kept = ([_arriving(*case, seed) for seed in range(6)] for case in ((0, 30), (0, 100), (3, 100)))
    assert np.log10(np.median(fresh)) == pytest.approx(-5, abs=0.5)
    assert 0.5**30 * 100 < min(fresh) < max(fresh) < 1e-4
    assert 0.5**100 * 100 < min(far) < max(far) < 1e-13
    assert min(kept) > 0.008


def _arriving(keep: float, distance: int, seed: int) -> float:
    """How much of a gradient a GRU of exercise-15 passes back over so many blanks at most: the norm of the Jacobian."""
    torch.set_num_threads(1)
    torch.manual_seed(seed)
    layer = torch.nn.GRU(3, 16, batch_first=True)
    if keep:
        layer.bias_ih_l0.data[16:32] = keep
    layer.double()
    x = both_sequences(distance)[:1].double()
    after_label = layer(x[:, :1])[1].detach()
    jacobian = torch.autograd.functional.jacobian(lambda h: layer(x[:, 1:], h)[1], after_label)
    return float(torch.linalg.matrix_norm(jacobian.reshape(16, 16), 2))


@pytest.mark.parametrize(
    ("exercise", "file", "function"),
    [("exercise-08", "bptt", "rnn_forward"), ("exercise-18", "truncated_bptt", "gradient_shares")],
)
def test_results_are_compared_to_the_millionth_that_a_statement_names(
    gradecheck: Command, exercise: str, file: str, function: str
) -> None:
    statement = (REPOSITORY / "exercises" / exercise / "statement.md").read_text(encoding="utf-8")
    assert "Any method will do: results are compared to a relative $10^{-6}$." in " ".join(statement.split())
    source = (REPOSITORY / "solutions" / exercise / f"{file}.py").read_text(encoding="utf-8")
    for off, passed in (("5e-7", True), ("5e-6", False)):  # the second is still right to five or six digits
        nearly = f"\n\nexact = {function}\n\n\ndef {function}(*given):\n    return exact(*given) * (1 + {off})\n"
        assert gradecheck.grade(exercise, source + nearly, f"{file}.py")["passed"] is passed


def test_a_window_keeps_all_near_shares_of_a_loss_at_its_end_only() -> None:
    takeaway = " ".join(load_exercise(COURSE.root, "exercise-18").takeaway.split())
    assert "For a loss at its end, a window keeps the near shares of the gradient exactly" in takeaway
    assert "hardly anything is lost, since there was hardly anything" in takeaway
    assert "(A loss just after an edge loses near shares as well.)" in takeaway
    at_the_end, after_an_edge, everywhere = (np.zeros((100, 1)) for _ in range(3))
    at_the_end[-1] = after_an_edge[-20] = everywhere[:] = 1.0  # five windows of 20 steps
    assert _dropped(at_the_end, factor=0.5) == pytest.approx(0.5**20)
    assert _dropped(after_an_edge, factor=0.5) == pytest.approx(0.5)
    assert _dropped(everywhere, factor=0.5) == pytest.approx(0.04, abs=0.005)
    assert _dropped(at_the_end, factor=0.95) == pytest.approx(0.36, abs=0.01)


def _dropped(grad_h: Any, factor: float) -> float:
    """The part of the gradient of one unit near rest, each step of which keeps `factor`, that windows of 20 drop."""
    gradient = _reference("exercise-18", "truncated_bptt").truncated_gradient
    steps = len(grad_h)
    states, weight = np.full((steps + 1, 1), 1e-6), np.array([[factor]])
    whole, cut = (
        float(gradient(np.zeros((steps, 1)), states, weight, grad_h, window)["W_hh"].item()) for window in (steps, 20)
    )
    return 1 - cut / whole


@pytest.mark.proof
def test_over_a_hundred_steps_the_usual_start_does_for_who_goes_by_the_sign_of_a_gradient() -> None:
    text = (REPOSITORY / "exercises" / "exercise-15" / "statement.md").read_text(encoding="utf-8")
    statement = " ".join(text.split())
    assert "Over 100 steps even Adam needs it." in statement
    assert "Rprop goes by the sign of each gradient alone: with it, at a rate of 0.01, the GRU learned it" in statement
    assert None not in [updates("gru", 100, 0, seed, torch.optim.Rprop, 0.01) for seed in SEEDS]


def test_over_a_hundred_steps_the_gradient_of_the_label_is_far_below_what_adam_adds_and_over_thirty_above() -> None:
    told = (
        (REPOSITORY / "exercises" / "exercise-15" / "statement.md").read_text(encoding="utf-8"),
        load_exercise(COURSE.root, "exercise-15").takeaway,
    )
    statement, takeaway = (" ".join(text.split()) for text in told)
    assert "The gradient of the weights that read the label is less than $10^{-16}$" in statement
    assert "leaves these weights a step of less than $10^{-8}$ times the rate" in statement
    assert "Over 30 steps this gradient was about $10^{-7}$ in the GRU" in statement
    assert "is next to nothing beside the $10^{-8}$ that Adam adds to the size that it divides by" in takeaway
    assert torch.optim.Adam([torch.zeros(1)]).defaults["eps"] == 1e-8
    for seed in SEEDS:
        assert all(0 < _gradient_of_the_label(kind, 100, seed) < 1e-16 for kind in ("gru", "rnn"))
        assert 10**-7.5 < _gradient_of_the_label("gru", 30, seed) < 10**-6.5
    # Adam does rescale it, and more than a gradient of 1e-7: what comes out is still no step.
    (near, factor_near), (far, factor_far) = (_adam_rescales(gradient) for gradient in (1e-7, 1e-16))
    assert near > 0.9
    assert factor_near < factor_far == pytest.approx(1e8)
    assert far == pytest.approx(1e-8)


def _adam_rescales(gradient: float) -> tuple[float, float]:
    """How long Adam's first step is for a gradient, in rates, and how many times as large as the gradient that is."""
    weight = torch.zeros(1, dtype=torch.float64, requires_grad=True)
    weight.grad = torch.tensor([gradient], dtype=torch.float64)
    torch.optim.Adam([weight], lr=0.01).step()
    step = abs(float(weight.detach()[0])) / 0.01
    return step, step / gradient


def test_a_layer_that_takes_time_first_takes_the_steps_of_a_batch_for_sequences() -> None:
    words = "walk from sequence to sequence, and take the $D + 1$ steps for a batch of $D + 1$ sequences"
    _told("exercise-15", "batch-read-as-time", words)
    torch.manual_seed(0)
    layer, x = torch.nn.GRU(3, 16), torch.rand(5, 4, 3)  # five sequences of four steps, batch first
    states, last = layer(x)
    assert last.shape == (1, 4, 16)
    for step in range(4):
        torch.testing.assert_close(states[:, step], layer(x[:, step])[0])


def _gradient_of_the_label(kind: str, distance: int, seed: int) -> float:
    """The largest entry of the first gradient of the weights that read the label, in the experiment of exercise-15."""
    torch.set_num_threads(1)
    torch.manual_seed(seed)
    layer = {"rnn": torch.nn.RNN, "gru": torch.nn.GRU}[kind](3, 16, batch_first=True)
    readout = torch.nn.Linear(16, 2)
    torch.nn.functional.cross_entropy(readout(layer(both_sequences(distance))[1][0]), torch.tensor([0, 1])).backward()
    assert layer.weight_ih_l0.grad is not None
    return float(layer.weight_ih_l0.grad[:, :2].abs().max())
