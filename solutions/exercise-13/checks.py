"""Hidden checks of exercise 13: what an LSTM cell computes, and that its cell path carries a gradient.

Parameters are set before anything is compared, since their start is free (all but b_f). Everything is float32, the dtype
in which a module is born, except where a dtype is what is asked; `atol` leaves room for another order of its sums.
"""

import numpy as np

from autograder.checks import foretold, module, points, tensor

GATES = ("f", "i", "g", "o")
SHUT, OPEN = -30.0, 30.0  # a gate with this bias is 0 or 1, to all digits of float32
ROOM = 1e-5


def single(array):
    return np.asarray(array, dtype="float32")


def draw_weights(rng, n, d, scale=0.7, **biases):
    """Random weights; a keyword such as b_f=OPEN fixes that bias for every unit."""
    weights = {}
    for gate in GATES:
        weights["W_" + gate] = single(scale * rng.normal(size=(d, n)))
        weights["U_" + gate] = single(scale * rng.normal(size=(d, d)))
        weights["b_" + gate] = single(rng.choice([-1.0, 1.0], size=d) * rng.uniform(0.4, 1.0, size=d))
    return weights | {name: np.full(d, value, dtype="float32") for name, value in biases.items()}


def draw_case(rng, n, d, *batch):
    """One input and one state (h, c), or a batch of them."""
    h, c = rng.uniform(-0.9, 0.9, size=(*batch, d)), rng.uniform(-2.5, 2.5, size=(*batch, d))
    return tensor(single(rng.normal(size=(*batch, n)))), (tensor(single(h)), tensor(single(c)))


def build(program, weights):
    d, n = weights["W_f"].shape
    return module(program.LSTMCell, n, d, parameters=weights)


def half_of(answer, which):
    """The hidden state (0) or the cell (1) of the pair that came back, if it is one."""
    return answer[which] if isinstance(answer, tuple | list) and len(answer) == 2 else "not a pair (h', c')"


def steps(weights, inputs, state):
    """The question: the states (h, c) after each input, where the state that comes out goes in again."""

    def ask(program):
        cell, reached, states = build(program, weights), state, []
        for x in inputs:
            reached = cell(tensor(x), reached)
            states.append(reached)
        return states

    return ask


def gradient(weights, inputs, state):
    """The question: the gradient of the sum of the last h by the first h and c."""
    return lambda program: build(program, weights).state_gradient(tensor(inputs), state)


@points(0.5, show=True)
def test_worked_example(agree):
    """The worked example of the statement."""
    example = {"f": (0.5, -1.0, 1.0), "i": (1.0, 2.0, -2.0), "g": (-1.5, 1.0, 0.5), "o": (1.0, -2.0, 2.0)}
    weights = {}
    for gate, (W, U, b) in example.items():
        weights |= {"W_" + gate: single([[W]]), "U_" + gate: single([[U]]), "b_" + gate: single([b])}
    x, h, c = tensor(single([1.0])), tensor(single([0.5])), tensor(single([2.0]))
    agree(lambda program: build(program, weights)(x, (h, c)), atol=ROOM)


@points(0.5)
def test_twelve_parameters(agree):
    """Twelve parameters: `W (d, n)`, `U (d, d)` and `b (d,)` for three gates and a candidate."""
    shapes = {"W_": [3, 5], "U_": [3, 3], "b_": [3]}
    expected = {kind + gate: shape for gate in GATES for kind, shape in shapes.items()}
    agree.that(
        lambda program: {name: list(value.shape) for name, value in program.LSTMCell(5, 3).state_dict().items()},
        lambda found: all(found.get(name) == shape for name, shape in expected.items()),
        "LSTMCell(5, 3) must have the twelve parameters of the contract, each in its shape.",
    )


@points(0.5)
def test_forget_bias(agree):
    """The forget bias starts at 1, so that a new cell begins by keeping."""

    def ask(program):
        b_f = program.LSTMCell(3, 5).b_f
        if not hasattr(b_f, "numpy"):
            return "not a tensor"
        start = np.asarray(b_f.numpy())
        if start.shape != (5,):
            return f"shape {start.shape}"
        if np.ptp(start) > 1e-6:
            return "different in every unit"
        return float(start[0])

    agree.that(ask, lambda start: start == 1.0, "Every entry of b_f must be 1 in a new LSTMCell(3, 5).")


@points(1)
def test_new_cell(agree, rng):
    """The new cell is what the forget gate leaves of the old one, plus what the input gate lets in."""
    for n, d in ((4, 4), (5, 3), (2, 5)):
        weights, (x, state) = draw_weights(rng, n, d), draw_case(rng, n, d)
        agree(lambda program, w=weights, x=x, s=state: half_of(build(program, w)(x, s), 1), atol=ROOM)


@points(1)
def test_hidden_state(agree, rng):
    """The hidden state is the tanh of the cell, shown as far as the output gate allows."""
    for n, d in ((4, 4), (3, 6)):  # with the cell simply kept, only the output can go wrong
        weights, (x, state) = draw_weights(rng, n, d, b_f=OPEN, b_i=SHUT), draw_case(rng, n, d)
        agree(lambda program, w=weights, x=x, s=state: build(program, w)(x, s), atol=ROOM)


@points(1)
def test_batch(agree, rng):
    """In a batch every row is an example of its own, and a batch of one stays a batch."""
    for batch, n, d in ((3, 3, 3), (4, 5, 3), (1, 4, 4)):
        weights, (x, state) = draw_weights(rng, n, d), draw_case(rng, n, d, batch)
        agree(lambda program, w=weights, x=x, s=state: build(program, w)(x, s), atol=ROOM)


@points(0.5)
def test_forget_gate_keeps_or_empties(agree, rng):
    """An open forget gate keeps its unit of the cell over eight steps, a shut one empties it at once."""
    weights = draw_weights(rng, 4, 4, b_i=SHUT) | {"b_f": single([OPEN, SHUT, OPEN, SHUT])}
    _, state = draw_case(rng, 4, 4)
    inputs = single(rng.normal(size=(8, 4)))

    def ask(program):
        states = steps(weights, inputs, state)(program)
        return [half_of(states[t], 1) for t in (0, 1, 7)]  # the first two tell apart what all ends near 0

    agree(ask, atol=ROOM)


@points(0.5)
def test_state_goes_round(agree, rng):
    """Over five steps the pair that comes out goes in again."""
    weights, (_, state) = draw_weights(rng, 3, 4, scale=0.4), draw_case(rng, 3, 4)
    agree(steps(weights, single(rng.normal(size=(5, 3))), state), rtol=1e-3, atol=1e-4)


@points(1)
def test_gradient_takes_every_path(agree, rng):
    """The gradient flows back through the cell, the candidate and all three gates."""
    weights, (_, state) = draw_weights(rng, 4, 4), draw_case(rng, 4, 4)
    agree(gradient(weights, single(rng.normal(size=(3, 4))), state), rtol=1e-3, atol=1e-4)


@points(
    0.5,
    hint="Which parameters have a `.grad` after `backward()` from the sum of the new state? The others can never learn.",
)
def test_every_parameter_learns(agree, rng):
    """The twelve parameters get the gradient that nudging them predicts, so each of them can learn."""
    weights = {name: value.astype(float) for name, value in draw_weights(rng, 4, 3).items()}
    x, h, c = (rng.uniform(-0.9, 0.9, size=(2, size)) for size in (4, 3, 3))
    steps = {name: 1e-5 * rng.normal(size=value.shape) for name, value in weights.items()}

    def ask(program):
        cell = build(program, weights)
        gradients = cell.parameter_gradients(tensor(x), (tensor(h), tensor(c)))
        shown = nudged(cell, 1) - nudged(cell, -1)
        # The gradient by the state is asked as well: it tells a cut at the parameters from a cut at the gates.
        state = cell.state_gradient(tensor(x[None]), (tensor(h), tensor(c)))
        return {name: gradients[name].numpy() for name in weights}, shown, state

    def nudged(cell, sign):
        """The sum of the new state with every parameter nudged, by a plain call."""
        cell.set({name: weights[name] + sign * steps[name] for name in weights})
        return sum(part.numpy().sum() for part in cell(tensor(x), (tensor(h), tensor(c))))

    agree.that(
        ask,
        lambda answer: foretold(answer[1], answer[0], steps),
        "Where all twelve are nudged a little, the new state doesn't change as their gradients predict. Perhaps the "
        "gradient is cut on its way to some of them, or digits are lost on the way forward, as by `float()`.",
    )


@points(0.5)
def test_gradient_after_forty_steps(agree, rng):
    """After forty steps with forget gates near 1, the gradient of the first cell is still there."""
    weights, (_, state) = draw_weights(rng, 4, 4, scale=0.1, b_f=4.0, b_i=-2.0), draw_case(rng, 4, 4)
    inputs = single(rng.normal(size=(40, 4)))

    def ask(program):  # one step as well: after forty, mistakes of many kinds all have 0 left
        return [gradient(weights, inputs[:T], state)(program) for T in (40, 1)]

    agree(ask, rtol=1e-3, atol=1e-4)


@points(0.5)
def test_nothing_is_remembered(agree, rng):
    """The same question has the same answer, whatever was asked in between."""
    weights, (x, state), (other_x, other_state) = draw_weights(rng, 4, 4), draw_case(rng, 4, 4), draw_case(rng, 4, 4)

    def ask(program):
        cell = build(program, weights)
        asked = (x, state), (other_x, other_state), (x, state)
        before, _, after = ([half.numpy() for half in cell(*each)] for each in asked)
        return np.allclose(before, after, equal_nan=True)

    agree(ask)


@points(0.5)
def test_arguments_unchanged(agree, rng):
    """The input, the state and the gates that came in are left as they were."""
    weights, (x, state) = draw_weights(rng, 4, 4), draw_case(rng, 4, 4)
    gates = single(rng.uniform(0.3, 0.9, size=(5, 4)))

    agree(lambda program: build(program, weights)(x, state), keep_arguments="only")
    agree("cell_path_gain", tensor(gates), keep_arguments="only")


@points(0.5)
def test_path_gain(agree, rng):
    """Along the cell path, each unit's gradient is multiplied by all of its forget gates."""
    gates = single(rng.uniform(0.3, 1.0, size=(7, 4)))
    emptied = gates.copy()
    emptied[3, 1] = 0.0
    agree(lambda program: [program.cell_path_gain(tensor(g)) for g in (gates, emptied, gates[:4])])


@points(0.5)
def test_path_gain_of_one_step(agree, rng):
    """After a single step the gain is that step's forget gate, in its own dtype."""
    gates = rng.uniform(0.1, 0.9, size=(1, 5))
    agree(lambda program: [program.cell_path_gain(tensor(gates)), program.cell_path_gain(tensor(single(gates)))])
