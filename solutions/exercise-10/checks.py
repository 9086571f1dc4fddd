"""Hidden checks of exercise 10. Most of them use float32, torch's default, and stay far from any tie with the threshold.

Where the norm is below 1, its square is below the threshold: that tells a forgotten root from a second division.
"""

import numpy as np

from autograder.checks import points, tensor

SHAPES = [(6,), (4, 6), (2, 3, 4), (5,)]
WEIGHTS = [0.3, 2.0, 1.0, 4.0]  # so that no two tensors are equally long


def gradients(rng, norm, shapes=SHAPES, dtype="float32"):
    """Tensors of the given shapes that are `norm` long, all together."""
    pieces = [weight * rng.normal(size=shape) for weight, shape in zip(WEIGHTS, shapes, strict=False)]
    length = np.sqrt(sum(np.square(piece).sum() for piece in pieces))
    return [tensor(piece * norm / length, dtype) for piece in pieces]


def half_of(answer, which):
    """The tensors (0) or the norm (1) of the pair that came back, if it is one."""
    return answer[which] if isinstance(answer, tuple | list) and len(answer) == 2 else "not a pair of tensors and norm"


def clipped(*cases):
    """The question: what do the tensors become? One question for all cases, so that together they tell mistakes apart."""
    return lambda program: [half_of(program.clip_by_global_norm(grads, max_norm), 0) for grads, max_norm in cases]


def reported(*cases):
    """The question: which norm comes back?"""
    return lambda program: [half_of(program.clip_by_global_norm(grads, max_norm), 1) for grads, max_norm in cases]


@points(1.5, hint="How long is each tensor, compared with the others, before and after?")
def test_one_factor_for_all(agree, rng):
    """One factor for all tensors, so that the gradient keeps its direction."""
    three = [(3, 2), (4,), (2, 2, 2)]
    agree(clipped((gradients(rng, 30.0), 2.0), (gradients(rng, 12.0, three), 11.0), (gradients(rng, 0.6), 0.4)))


@points(1)
def test_one_tensor_alone(agree, rng):
    """A single tensor that is too long comes back as long as the threshold."""
    matrix, vector, short = gradients(rng, 40.0, [(5, 4)]), gradients(rng, 25.0, [(20,)]), gradients(rng, 0.6, [(20,)])
    agree(clipped((matrix, 0.5), (vector, 3.0), (short, 0.4)))


@points(1)
def test_ceiling_not_target(agree, rng):
    """A gradient below the threshold keeps its length: clipping doesn't cure vanishing."""
    agree(clipped((gradients(rng, 5.0), 9.0), (gradients(rng, 0.01), 1.0)))


@points(1.5)
def test_norm_before_clipping(agree, rng):
    """The norm that comes back is the one before clipping, as a plain float."""
    long, short, single = gradients(rng, 30.0), gradients(rng, 7.0), gradients(rng, 50.0, [(4, 3)])
    tiny = gradients(rng, 0.0437)
    agree(reported((long, 2.0), (short, 20.0), (single, 1.0), (tiny, 1.0)), rtol=1e-4, atol=1e-5)


@points(1)
def test_float64(agree, rng):
    """Tensors of float64 stay float64, with the digits that it has."""
    long, short, still = (gradients(rng, norm, dtype="float64") for norm in (40.0, 0.6, 40.0))
    agree(clipped((long, 1.5), (short, 0.4), (still, 60.0)), rtol=1e-5)


@points(0.5)
def test_zeros_stay_zeros(agree):
    """A gradient of zeros stays zeros: it needs no factor, and has no direction."""
    zeros = [tensor(np.zeros(shape), "float32") for shape in SHAPES]
    agree(clipped((zeros, 1.0)))


@points(1)
def test_not_finite_is_refused(agree, rng):
    """NaN and infinity are refused: no factor can mend them."""
    for poison in (np.nan, np.inf, -np.inf):
        matrix = rng.normal(size=(3, 4))
        matrix[rng.integers(3), rng.integers(4)] = poison
        grads = [tensor(rng.normal(size=3), "float32"), tensor(matrix, "float32")]
        agree("clip_by_global_norm", grads, 1.0)


@points(1)
def test_threshold_must_be_positive(agree, rng):
    """A threshold of zero or below is refused: it would stop the step, or turn it uphill."""
    for negative in (-1.0, -0.1):
        agree("clip_by_global_norm", gradients(rng, 10.0), negative)
    agree("clip_by_global_norm", gradients(rng, 10.0), 0.0)


@points(0.5)
def test_arguments_unchanged(agree, rng):
    """The caller's list and tensors are left as they were."""
    agree("clip_by_global_norm", gradients(rng, 25.0), 4.0, keep_arguments="only")
