"""Hidden checks of exercise-06: the spectral radius, the regime it decides, and the norms of matrix powers.

Every matrix is built from eigenvalues that the check chose, so that each check isolates one belief. The eigenvalues of a
defective matrix can't be computed to more than about eight digits by anyone, unless it is triangular: there they stand on
the diagonal, and a solver finds them exactly. So the defective matrices are triangular. Their powers are no problem.
"""

import numpy as np

from autograder.checks import ProgramError, points


def turning(radius, angle):
    """Return a 2 x 2 block with the eigenvalues radius * exp(+-i angle), which turns vectors along an ellipse.

    Not along a circle: there every vector is stretched by just the radius, and following a single one would do.
    """
    cosine, sine = radius * np.cos(angle), radius * np.sin(angle)
    return np.array([[cosine, -2 * sine], [sine / 2, cosine]])


def matrix(rng, *blocks, coupling):
    """Return a matrix with the blocks' eigenvalues; a coupling above 0 makes it non-normal, with at least that norm."""
    blocks = [np.atleast_2d(block) for block in blocks]
    size = sum(len(block) for block in blocks)
    schur, start = coupling * rng.uniform(1, 1.5, size=(size, size)), 0
    for block in blocks:
        end = start + len(block)
        schur[start:, start:end] = 0
        schur[start:end, start:end] = block
        start = end
    basis, _ = np.linalg.qr(rng.normal(size=(size, size)))
    return basis @ schur @ basis.T


def symmetric(rng, radius):
    """Return a symmetric matrix of that radius: here nearly any way to a radius is right, only tol counts."""
    return matrix(rng, radius, 0.4, -0.4, coupling=0.0)


def defective(rng, size, eigenvalue):
    """Return a triangular matrix with one eigenvalue, `size` times, and one direction of eigenvectors."""
    return np.triu(rng.uniform(0.5, 1.5, size=(size, size)), 1) + eigenvalue * np.eye(size)


def agree_on_regime(agree, W, *tolerance, **named):
    """Ask for the regime of W, and for its radius without a verdict: three words alone tell too little of a mistake."""

    def radius(program):
        try:
            return program.spectral_radius(W)
        except ProgramError:
            return None

    agree.that(radius, lambda value: True, "")
    agree("regime", W, *tolerance, **named)


def two_by_two(st):
    """Whole numbers in a 2 x 2 matrix: the simplest that goes wrong is shown."""
    entries = st.lists(st.integers(-2, 2), min_size=4, max_size=4)
    return st.tuples(entries.map(lambda four: np.array(four, dtype=float).reshape(2, 2)))


@points(1)
def test_matrix_that_is_not_symmetric(agree, rng):
    """The radius comes from the eigenvalues, also where $W$ is not symmetric."""
    scale = rng.uniform(0.8, 1.2)
    agree("spectral_radius", scale * matrix(rng, 0.9, 0.5, 0.2, coupling=1.5), smaller=two_by_two)
    agree("spectral_radius", scale * matrix(rng, 1.4, -0.6, 0.3, 0.1, coupling=0.8))


@points(1)
def test_complex_eigenvalues(agree, rng):
    """Eigenvalues may be complex, and then their magnitude counts."""
    W = matrix(rng, turning(1.3, rng.uniform(1.3, 1.8)), 0.4, 0.2, coupling=0.7)
    agree("spectral_radius", W, smaller=two_by_two)
    agree("spectral_radius", matrix(rng, turning(0.8, rng.uniform(0.8, 1.2)), -0.3, coupling=0.3))
    agree("spectral_radius", turning(rng.uniform(0.6, 0.95), rng.uniform(1.0, 2.0)))


@points(0.5)
def test_negative_eigenvalue(agree, rng):
    """A negative eigenvalue counts by its magnitude: the sign only turns the gradient round."""
    scale = rng.uniform(0.8, 1.2)
    agree("spectral_radius", scale * matrix(rng, -1.2, 0.7, 0.3, coupling=0.0))
    agree("spectral_radius", scale * matrix(rng, -1.1, 0.6, 0.2, coupling=0.8))
    agree("spectral_radius", scale * matrix(rng, -0.9, 0.9, 0.2, coupling=0.8))


@points(1)
def test_norms_of_matrix_powers(agree, rng):
    """The norm of a power is the largest singular value of the matrix product W W ... W."""
    agree("power_norms", 0.7 * rng.normal(size=(4, 4)), 6)
    agree("power_norms", matrix(rng, turning(1.05, rng.uniform(0.5, 2.5)), 0.8, -0.4, coupling=0.5), 9)


@points(0.5)
def test_radius_of_a_repeated_eigenvalue(agree, rng):
    """In a triangular matrix, an eigenvalue that comes several times, with one eigenvector only, is found exactly."""
    agree("spectral_radius", defective(rng, 4, rng.uniform(0.7, 0.95)))
    agree("spectral_radius", defective(rng, 5, -rng.uniform(1.05, 1.3)))


@points(0.5)
def test_powers_without_enough_eigenvectors(agree, rng):
    """A matrix that has too few eigenvectors for a basis has powers like any other."""
    agree("power_norms", defective(rng, 3, rng.uniform(0.7, 0.95)), 8)
    agree("power_norms", defective(rng, 4, rng.uniform(1.0, 1.2)), 5)


@points(0.5)
def test_growth_before_decay(agree, rng):
    """With a radius below one, the norms can rise for a while before they fall."""
    agree("power_norms", matrix(rng, 0.8, 0.6, -0.5, coupling=2.5), 24)


@points(0.5)
def test_entry_zero(agree, rng):
    """Zero steps back is the identity: one entry, and its norm is 1."""
    W = rng.normal(size=(3, 3))
    agree("power_norms", W, 0)
    agree("power_norms", W, 1)


@points(1.5)
def test_radius_decides_the_regime(agree, rng):
    """The radius decides the regime, not the norm of one step."""
    # Only the norm exceeds 1 here: a radius that is wrong in another way still says "vanishing".
    agree_on_regime(agree, np.array([[rng.uniform(0.1, 0.3), rng.uniform(1.1, 1.2)], [0.0, rng.uniform(0.1, 0.3)]]))
    agree_on_regime(agree, matrix(rng, 0.9, 0.5, -0.3, coupling=1.5))
    agree_on_regime(agree, matrix(rng, -1.15, 0.6, 0.2, coupling=0.6))
    agree_on_regime(agree, matrix(rng, turning(1.1, rng.uniform(1.2, 1.9)), 0.5, coupling=0.3))
    agree_on_regime(agree, matrix(rng, turning(0.9, rng.uniform(1.2, 1.9)), 0.5, coupling=1.5))


@points(0.5)
def test_marginal_within_the_default_tolerance(agree, rng):
    """A radius within 1e-6 of one is marginal, on either side; twice as far is not."""
    for radius in (1 + 8e-7, 1 - 8e-7, 1 + 2e-6, 1 - 2e-6, 1 + 3e-5):  # the last is too far for isclose, too
        agree_on_regime(agree, symmetric(rng, radius))


@points(0.5)
def test_tolerance_of_the_caller(agree, rng):
    """The caller's tolerance sets how far from one still counts as marginal."""
    marginal = ((1 + 4e-7, 0.1), (1.05, 0.1), (0.93, 0.1))
    # The last is 1.25 once it is rounded: only there do rounding and a tolerance that never gets small part.
    neither = ((1.2, 0.1), (0.8, 0.1), (1.6, 0.5), (1 + 1e-6, 1e-8), (1.25004, 0.25))
    for radius, tol in marginal + neither:
        W = symmetric(rng, radius)
        agree_on_regime(agree, W, tol)
        agree_on_regime(agree, W, tol=tol)


@points(0.5)
def test_argument_is_left_alone(agree, rng):
    """`W` is the caller's matrix: it is the same after the call as before."""
    W = matrix(rng, -0.9, 0.7, 0.3, coupling=0.6)
    agree("spectral_radius", W, keep_arguments="only")
    agree("regime", W, keep_arguments="only")
    agree("power_norms", W, 3, keep_arguments="only")
