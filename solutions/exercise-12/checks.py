"""Hidden checks of exercise 12: what a GRU cell computes, and that its additive path carries a gradient.

Parameters are set before anything is compared, since their start is free. What concerns the Jacobian at a shut gate is
measured by finite differences through plain calls; autograd is asked only for comparison with the reference.
"""

import numpy as np

from autograder.checks import foretold, module, points, tensor

NAMES = [kind + gate for gate in ("z", "r", "h") for kind in ("W_", "U_", "b_")]
SHUT, OPEN = -30.0, 30.0  # a gate with this bias is 0 or 1 to thirteen digits, and to all of float32's


def draw_weights(rng, n, d, **biases):
    """Random weights of order one; a keyword such as b_z=SHUT fixes that bias for every unit."""
    weights = {}
    for gate in ("z", "r", "h"):
        weights["W_" + gate] = 0.7 * rng.normal(size=(d, n))
        weights["U_" + gate] = 0.7 * rng.normal(size=(d, d))
        weights["b_" + gate] = rng.choice([-1.0, 1.0], size=d) * rng.uniform(0.4, 1.0, size=d)
    return weights | {name: np.full(d, value) for name, value in biases.items()}


def draw_state(rng, *shape):
    return rng.uniform(-0.9, 0.9, size=shape)


def build(program, weights):
    d, n = weights["W_z"].shape
    return module(program.GRUCell, n, d, parameters=weights)


def forward(weights, x, h):
    """The question: one step of a cell with these weights."""

    def ask(program):
        return build(program, weights)(tensor(x), tensor(h))

    return ask


def gradient(weights, xs, h):
    """The question: the gradient of the sum of the last state by the first, after all the inputs `xs`."""

    def ask(program):
        return build(program, weights).state_gradient(tensor(xs), tensor(h))

    return ask


@points(0.5)
def test_nine_parameters(agree):
    """The module has nine parameters: `W (d, n)`, `U (d, d)` and `b (d,)` for two gates and a candidate."""
    expected = {"W": [3, 5], "U": [3, 3], "b": [3]}

    def ask(program):
        state = program.GRUCell(5, 3).state_dict()
        return {name: list(value.shape) for name, value in state.items()}

    def accept(shapes):
        return all(shapes.get(name) == expected[name[0]] for name in NAMES)

    agree.that(ask, accept, "GRUCell(5, 3) must have the nine parameters of the contract, each in its shape.")


@points(1.5)
def test_one_input(agree, rng):
    """One input and one state give one state."""
    for d, n in ((4, 4), (3, 5)):
        agree(forward(draw_weights(rng, n, d), rng.normal(size=n), draw_state(rng, d)))


@points(1.5)
def test_batch(agree, rng):
    """In a batch every row is its own example, and a batch of one stays a batch."""
    for batch, d, n in ((3, 3, 3), (4, 5, 2), (1, 4, 4)):
        agree(forward(draw_weights(rng, n, d), rng.normal(size=(batch, n)), draw_state(rng, batch, d)))


@points(0.5)
def test_single_precision(agree, rng):
    """With float32 parameters and inputs the state stays float32."""
    weights = {name: value.astype("float32") for name, value in draw_weights(rng, 4, 4).items()}
    agree(forward(weights, rng.normal(size=4).astype("float32"), draw_state(rng, 4).astype("float32")))


@points(1.5)
def test_shut_update_gate(agree, rng):
    """Where the update gate is shut, $z = 0$, the Jacobian of the step is the identity."""
    weights, x, h = draw_weights(rng, 3, 4, b_z=SHUT), rng.normal(size=3), draw_state(rng, 4)
    nudge = 1e-4

    def ask(program):
        cell = build(program, weights)

        def advance(state):
            answer = cell(tensor(x), tensor(state))
            assert hasattr(answer, "numpy"), "forward must return a tensor, the new state."
            return np.asarray(answer.numpy())

        start = advance(h)
        return np.stack([(advance(h + step) - start) / nudge for step in nudge * np.eye(4)], axis=-1)

    agree(
        ask,
        expected=np.eye(4),
        atol=1e-6,
        because="With z = 0, nudging a unit of h must move the same unit of h' as much, and no other.",
    )


@points(0.5)
def test_open_update_gate(agree, rng):
    """Where the update gate is open, $z = 1$, the new state is the candidate alone."""
    agree(forward(draw_weights(rng, 4, 4, b_z=OPEN), rng.normal(size=4), draw_state(rng, 4)), atol=1e-7)


@points(0.5)
def test_reset_gate(agree, rng):
    """A unit whose reset gate is shut is hidden from every candidate; one whose gate is open is seen."""
    weights = draw_weights(rng, 4, 4, b_z=OPEN) | {"b_r": np.array([SHUT, OPEN, SHUT, OPEN])}
    agree(forward(weights, rng.normal(size=4), draw_state(rng, 4)), atol=1e-7)


@points(0.5)
def test_gradient_takes_every_path(agree, rng):
    """The gradient flows back through the kept state, the candidate and both gates."""
    agree(gradient(draw_weights(rng, 4, 4), rng.normal(size=(3, 4)), draw_state(rng, 4)))


@points(
    0.5,
    hint="Which parameters have a `.grad` after `backward()` from the sum of the new state? The others can never learn.",
)
def test_every_parameter_learns(agree, rng):
    """The nine parameters get the gradient that nudging them predicts, so each of them can learn."""
    weights, x, h = draw_weights(rng, 4, 3), rng.normal(size=(2, 4)), draw_state(rng, 2, 3)
    steps = {name: 1e-5 * rng.normal(size=value.shape) for name, value in weights.items()}

    def ask(program):
        cell = build(program, weights)
        gradients = cell.parameter_gradients(tensor(x), tensor(h))
        shown = nudged(cell, 1) - nudged(cell, -1)
        # The gradient by the state is asked as well: it tells a cut at the parameters from a cut at the gates.
        return (
            {name: gradients[name].numpy() for name in weights},
            shown,
            cell.state_gradient(tensor(x[None]), tensor(h)),
        )

    def nudged(cell, sign):
        """The sum of the new state with every parameter nudged, by a plain call."""
        cell.set({name: weights[name] + sign * steps[name] for name in weights})
        return cell(tensor(x), tensor(h)).numpy().sum()

    agree.that(
        ask,
        lambda answer: foretold(answer[1], answer[0], steps),
        "Where all nine are nudged a little, the new state doesn't change as their gradients predict. Perhaps the gradient "
        "is cut on its way to some of them, or digits are lost on the way forward, as by `float()`.",
    )


@points(1.5)
def test_fifty_steps(agree, rng):
    """After fifty steps with a nearly shut update gate, the gradient of the first state is still there."""
    weights = draw_weights(rng, 4, 4, b_z=-4.0)
    for name in ("W_z", "U_z"):
        weights[name] *= 0.2  # so that no unit's update gate opens far by chance
    weights["U_h"] *= 0.5 / np.linalg.norm(weights["U_h"], 2)
    xs, h = rng.normal(size=(50, 4)), draw_state(rng, 4)
    # A cell that computes something else falls here; what falls below it cuts the graph.
    agree(forward(weights, xs[0], h), because="Of the first of the fifty steps:")
    agree(
        gradient(weights, xs, h),
        expected=tensor(by_the_chain_rule(weights, xs, h)),
        because="Of the gradient after fifty steps, which a vanilla RNN may well have lost:",
    )


def by_the_chain_rule(weights, xs, h):
    """That gradient as a product of Jacobians. The reference would take as long for it as for all other questions."""
    W, U, b = ({gate: weights[kind + gate] for gate in ("z", "r", "h")} for kind in ("W_", "U_", "b_"))
    product = np.eye(len(h))
    for x in xs:
        z, r = (1 / (1 + np.exp(-(W[gate] @ x + U[gate] @ h + b[gate]))) for gate in ("z", "r"))
        candidate = np.tanh(W["h"] @ x + U["h"] @ (r * h) + b["h"])
        seen = np.diag(r) + (h * r * (1 - r))[:, None] * U["r"]  # how r * h follows h
        follows = (1 - candidate**2)[:, None] * (U["h"] @ seen)  # how the candidate follows h
        jacobian = np.diag(1 - z) + z[:, None] * follows + ((candidate - h) * z * (1 - z))[:, None] * U["z"]
        product = jacobian @ product
        h = (1 - z) * h + z * candidate
    return product.sum(axis=0)


@points(0.5)
def test_nothing_is_remembered(agree, rng):
    """The same question gets the same answer, whatever was asked in between, and leaves its arguments alone."""
    weights = draw_weights(rng, 4, 4)
    x, h, other_x, other_h = rng.normal(size=4), draw_state(rng, 4), rng.normal(size=4), draw_state(rng, 4)

    def ask(program):
        cell = build(program, weights)
        return tuple(cell(tensor(a), tensor(s)) for a, s in ((other_x, other_h), (x, h)))

    agree(ask, keep_arguments=True)
