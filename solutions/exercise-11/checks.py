"""Hidden checks of exercise 11.

An orthogonal matrix is judged by its properties, whatever generator and method it came from. The questions hand back a
portrait in words, not the matrix, so that the same mistake gives the same answer with any generator.
"""

from itertools import combinations

import numpy as np

from autograder.checks import points

NOTHING_SPECIAL = ["columns not of length 1", "columns not perpendicular", "not of length 1 on average"]


def portrait(Q, d):
    """What can be said of a matrix that ought to be orthogonal, in words that don't depend on how it was drawn."""
    Q = np.asarray(Q)
    if Q.shape != (d, d) or Q.dtype != np.float64:
        return [f"shape {Q.shape} and dtype {Q.dtype}"]
    gram = Q.T @ Q
    squares = np.diag(gram)
    words = []
    if not np.allclose(squares, 1, atol=1e-6):
        words.append("columns not of length 1")
    if not np.allclose(gram - np.diag(squares), 0, atol=1e-6):
        words.append("columns not perpendicular")
    if words and np.allclose(Q, Q.T, atol=1e-6):
        words.append("symmetric")
    if words and np.allclose(np.square(Q).sum(axis=1), 1, atol=1e-6):
        words.append("rows of length 1")
    if words and np.allclose(np.tril(Q, -1), 0):
        words.append("zero below the diagonal")
    if words and np.isfinite(Q).all() and np.isclose(np.abs(np.linalg.eigvals(Q)).max(), 1):
        words.append("spectral radius 1")
    if words and np.isfinite(Q).all():
        norm = np.linalg.norm(Q, 2)
        if np.isclose(norm, 1):
            words.append("spectral norm 1")
        elif d > 1 and norm < 1:  # of a single entry, chance decides this, as it does the next
            words.append("every vector becomes shorter")
        if np.isclose(np.linalg.norm(Q), 1):
            words.append("Frobenius norm 1")
    if words and d > 1 and np.allclose(gram, np.eye(d), atol=0.3):
        words.append("nearly orthogonal")
    if words and d > 1 and np.allclose(Q, Q.round(3), rtol=0, atol=1e-9):
        words.append("three decimals at most")
    # With fewer entries, chance decides these.
    if words and d > 20 and (Q >= 0).all():
        words.append("no negative entry")
    if words and d > 20:
        words.append("length 1 on average" if 0.5 < squares.mean() < 1.5 else "not of length 1 on average")
        if words == NOTHING_SPECIAL and 0.7 < squares.mean() / d < 1.4:
            words.append("entries of size 1")
    return words


def alike(one, other):
    """Whether two matrices are the same, however small or broken their entries are."""
    return np.shape(one) == np.shape(other) and np.allclose(one, other, atol=0, equal_nan=True)


def similar(rng, blocks):
    """A non-symmetric matrix with the eigenvalues of the given block-diagonal one, in another basis."""
    d = len(blocks)
    basis = np.eye(d) + 0.2 * rng.uniform(-1, 1, size=(d, d))  # never far from singular values of 1
    return basis @ blocks @ np.linalg.inv(basis)


def turning(magnitude, angle, rest):
    """Block-diagonal: the eigenvalues magnitude * exp(±i angle), and the numbers in `rest`."""
    blocks = np.diag([0.0, 0.0, *rest])
    cos, sin = np.cos(angle), np.sin(angle)
    blocks[:2, :2] = magnitude * np.array([[cos, -sin], [sin, cos]])
    return blocks


@points(1)
def test_identity(agree, rng):
    """The scaled identity: the scale on the diagonal, zero elsewhere, and scale 1 by default."""
    scale = rng.uniform(0.3, 0.8)
    agree(lambda program: [program.identity_init(4, scale), program.identity_init(6), program.identity_init(1, scale)])


@points(1.5, hint="Print Q.T @ Q, and compare it with the identity.")
def test_orthogonal(agree, rng):
    """The columns have length 1 and are perpendicular, so no vector grows or shrinks."""
    cases = [(24, int(rng.integers(10_000))), (7, int(rng.integers(10_000)))]
    agree.that(
        lambda program: [portrait(program.orthogonal_init(d, seed), d) for d, seed in cases],
        lambda words: words == [[], []],
        "orthogonal_init(d, seed) must return a float64 matrix of shape (d, d) whose columns have length 1 and are "
        "perpendicular to each other.",
    )


@points(0.5)
def test_one_unit(agree, rng):
    """With one unit, the only orthogonal matrices are 1 and −1."""
    seed = int(rng.integers(10_000))
    agree.that(
        lambda program: [portrait(program.orthogonal_init(d, seed), d) for d in (1, 24)],  # 24 tells mistakes apart
        lambda words: words[0] == [],
        "orthogonal_init(1, seed) must be a float64 matrix of shape (1, 1) that holds 1 or −1.",
    )


@points(0.5)
def test_same_seed(agree, rng):
    """The seed decides: the same seed gives the same matrix, however often it is asked."""
    one, other = (int(seed) for seed in rng.choice(10_000, size=2, replace=False))

    def ask(program):
        first = program.orthogonal_init(9, one)
        program.orthogonal_init(9, other)
        again = program.orthogonal_init(9, one)
        return "the same" if alike(first, again) else "another"

    agree.that(ask, lambda word: word == "the same", "orthogonal_init(9, seed) gave two matrices for one seed.")


@points(0.5)
def test_other_seed(agree, rng):
    """Another seed gives another matrix."""
    seeds = [int(seed) for seed in rng.choice(10_000, size=3, replace=False)]

    def ask(program):
        drawn = [np.asarray(program.orthogonal_init(24, seed)) for seed in seeds]
        if all(Q.shape == (24, 24) and np.allclose(Q, np.eye(24)) for Q in drawn):
            return "always the identity"
        return "the same matrix" if any(alike(*pair) for pair in combinations(drawn, 2)) else "different matrices"

    agree.that(ask, lambda word: word == "different matrices", "Two different seeds gave the same matrix.")


@points(1.5)
def test_complex_eigenvalues(agree, rng):
    """Eigenvalues off the real axis count by their magnitude, not by their real part."""
    angle, rho = rng.uniform(1.1, 1.4), rng.uniform(0.6, 1.3)
    agree("scale_to_radius", similar(rng, turning(2.5, angle, [1.4, -1.7])), rho)


@points(0.5)
def test_negative_eigenvalue(agree, rng):
    """A negative eigenvalue counts by its magnitude: a state that flips its sign decays no faster."""
    rho = rng.uniform(0.6, 1.3)
    agree("scale_to_radius", similar(rng, np.diag([-3.0, 1.5, 0.8, 0.2])), rho)


@points(1.5)
def test_non_normal(agree, rng):
    """The radius isn't the norm: a non-normal matrix of radius 1 can still stretch a vector."""
    shear = np.diag([0.9, 0.5, -0.3]) + np.tril(rng.uniform(3, 6, size=(3, 3)), -1)
    agree("scale_to_radius", shear, 1.0)


@points(0.5)
def test_radius_grows_too(agree, rng):
    """A matrix that is too small is scaled up, one that fits is kept, and a singular one is not refused."""
    small = 0.01 * similar(rng, np.diag([2.0, -1.0, 0.5]))
    fits = similar(rng, turning(1.2, rng.uniform(2.0, 2.3), [0.3]))
    singular = np.array([[2.0, 4.0], [1.0, 2.0]])
    asked = [(small, 0.9), (fits, 1.2), (singular, 0.8)]
    agree(lambda program: [program.scale_to_radius(W, rho) for W, rho in asked])


@points(0.5)
def test_zero_matrix(agree):
    """The zero matrix is refused: no factor changes its radius."""
    agree("scale_to_radius", np.zeros((3, 3)), 0.9)


@points(0.5)
def test_arguments_unchanged(agree, rng):
    """The matrix that came in is left as it was."""
    W = similar(rng, np.diag([-3.0, 1.5, 0.8]))
    agree("scale_to_radius", W, 0.7, keep_arguments="only")
