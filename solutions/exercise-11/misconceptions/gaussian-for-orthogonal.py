r"""Your matrix behaves like Gaussian numbers divided by $\sqrt d$. There every column has a squared length of 1 **on average**, and is perpendicular to the others on
average: neither holds for the one matrix that you got. One step nearly doubles some vectors and nearly loses others. For one such $G$ with $d = 64$,
$\lVert G \rVert = 2.0$; half of the singular values of $G^{10}$ are below $0.03$, while the largest is $3.2$. And the radius of such a matrix
is only *near* 1, above or below as the draw has it: $\lVert G^{100} \rVert = 19$ for this one, $7426$ for another. An orthogonal matrix does neither, at
any step: orthogonal means exactly, column by column. A random matrix can be the raw material, but something has to be done to it.
"""

import numpy as np


def identity_init(d: int, scale: float = 1.0) -> np.ndarray:
    """`scale` times the (d, d) identity."""
    return scale * np.eye(d)


def orthogonal_init(d: int, seed: int) -> np.ndarray:
    """A (d, d) orthogonal matrix, decided by `seed`: drawn at random."""
    rng = np.random.default_rng(seed)
    gaussian = rng.normal(size=(d, d))
    return gaussian / np.sqrt(d)


def scale_to_radius(W: np.ndarray, rho: float) -> np.ndarray:
    """W times the positive number that makes its spectral radius `rho`."""
    # eigvals, not eigvalsh: W need not be symmetric. abs of a complex number is its magnitude.
    radius = np.abs(np.linalg.eigvals(W)).max()
    if radius == 0:
        raise ValueError("The zero matrix has radius 0, and no factor changes that.")

    # Eigenvalues grow with the matrix: those of s W are s times those of W.
    return W * (rho / radius)
