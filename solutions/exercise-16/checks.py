"""Hidden checks of exercise 16: the gradient that attention gives to every step, and the lengths of the paths.

Scores stay of order one unless a check says otherwise, so that finite differences are as good an answer as autograd.
"""

import numpy as np

from autograder.checks import Tensor, points, tensor


def drawn(rng, steps, d, n, dtype="float32"):
    """The four arguments of attention_gradient_norms; queries and keys meet in scores of order one."""
    x = rng.normal(size=(steps, n))
    W_q, W_k = 1.5 * rng.normal(size=(2, d, n)) / np.sqrt(n)
    W_v = rng.normal(size=(d, n)) / np.sqrt(n)
    return tensors(x, W_q, W_k, W_v, dtype=dtype)


def tensors(*arrays, dtype="float32"):
    return tuple(tensor(array, dtype) for array in arrays)


def plain(value):
    """The numbers of an array or a tensor, of whatever dtype; anything else as it is."""
    numbers = value.numpy() if isinstance(value, Tensor) else value
    try:
        return np.asarray(numbers, dtype=float)
    except (TypeError, ValueError):
        return value


def lengths(architecture, sizes):
    """A question about path lengths that leaves their number type free."""
    return lambda program: tuple(plain(program.path_lengths(steps, architecture)) for steps in sizes)


@points(1.5, hint="Write down the shapes: one query $(d,)$, and $T$ keys and values. What do the weights sum over?")
def test_whole_profile(agree, rng):
    """Every step gets gradient as a value and as a key, and the last one as the query too."""
    agree("attention_gradient_norms", *drawn(rng, steps=6, d=5, n=3))
    agree("attention_gradient_norms", *drawn(rng, steps=5, d=2, n=4))


@points(1, hint="Where $d = n$ no shape complains. Is the query $W_q\\, x_T$, and the scale the root of $d$?")
def test_square_weights(agree, rng):
    """With square weights no shape tells rows from columns, or queries from keys: only the numbers do."""
    agree("attention_gradient_norms", *drawn(rng, steps=5, d=4, n=4))


@points(1)
def test_equal_scores(agree, rng):
    """With $W_q = 0$ all scores are equal, and the first step gets exactly as much as the last: distance costs nothing."""
    x, W_q, W_k, W_v = (argument.numpy() for argument in drawn(rng, steps=8, d=3, n=4))
    agree("attention_gradient_norms", *tensors(x, 0 * W_q, W_k, W_v))


@points(1)
def test_query_of_zeros(agree, rng):
    """A last step of zeros weighs all steps alike, and still counts as the query: moving it would move the weights."""
    x, W_q, W_k, W_v = (argument.numpy() for argument in drawn(rng, steps=5, d=4, n=3))
    x = np.concatenate([x[:-1], np.zeros((1, 3))])
    agree("attention_gradient_norms", *tensors(x, W_q, W_k, W_v))


@points(1)
def test_saturated_softmax(agree, rng):
    """Where the softmax is nearly saturated, almost all gradient goes to the step that is attended to."""
    d, chosen = 4, int(rng.integers(1, 4))
    x = 0.1 * rng.normal(size=(6, d))
    x[chosen] += 2.0
    x[-1] += rng.uniform(0.8, 1.2)
    W_v = rng.normal(size=(d, d))
    # The chosen step's score leads by about 8. Rounding of scores of that size leaves about 1e-5 in float32.
    agree("attention_gradient_norms", *tensors(x, 2 * np.eye(d), 2 * np.eye(d), W_v), atol=1e-4)


@points(0.5)
def test_one_step(agree, rng):
    """A single step has the weight 1 whatever its score: only its value matters."""
    for d, n in ((4, 3), (2, 5)):
        agree("attention_gradient_norms", *drawn(rng, steps=1, d=d, n=n))


@points(0.5)
def test_order_of_the_past(agree, rng):
    """Attention knows no order: shuffle the earlier steps, and their gradients are shuffled with them."""
    x, W_q, W_k, W_v = (argument.numpy() for argument in drawn(rng, steps=7, d=4, n=3))
    shuffled = x[[*rng.permutation(6), 6]]
    for past in (x, shuffled):
        agree("attention_gradient_norms", *tensors(past, W_q, W_k, W_v))


@points(0.5)
def test_double_precision(agree, rng):
    """float64 in, float64 out, with the precision of float64."""
    agree("attention_gradient_norms", *drawn(rng, steps=5, d=3, n=4, dtype="float64"), atol=1e-8)


@points(0.5)
def test_arguments_stay(agree, rng):
    """The values of the arguments are the same after the call as before."""
    agree("attention_gradient_norms", *drawn(rng, steps=4, d=3, n=2), keep_arguments="only")


@points(1.5, hint="Count transitions from state to state: how many lie between the last state and itself?")
def test_recurrent_paths(agree, rng):
    """In a recurrent network the path grows by one with every step back, and the last step needs none."""
    agree(lengths("recurrent", (int(rng.integers(5, 12)), 2, 1)))


@points(
    0.5, hint="From any step to the output of attention it is one weighted sum. Does that differ for the last step?"
)
def test_attention_paths(agree, rng):
    """With attention every step is one step away, the last one as much as the first."""
    agree(lengths("attention", (int(rng.integers(5, 12)), 2, 1)))
