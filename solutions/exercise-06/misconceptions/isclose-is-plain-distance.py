r"""Your test lets more pass as marginal than the distance `tol`. Perhaps the distance is measured against $\rho$, or `isclose` is taken for the plain
question "is the distance at most `tol`?". But `isclose` also counts a *relative* tolerance.

`np.isclose(rho, 1, atol=tol)` allows `atol + rtol * 1`, and `rtol` is `1e-5` unless you set it. With `tol = 1e-6` that
is $0.000011$, $11$ times what was asked: $\rho = 1.000004$ passes as marginal. `math.isclose(rho, 1, rel_tol=tol)` measures against the larger of the two numbers:
for $\rho = 1.6$ and `tol = 0.5` it allows $0.5 \cdot 1.6 = 0.8$, though the distance $0.6$ is more than `tol`.

Compare the distance itself with `tol`, or switch the relative part off.
"""

import numpy as np


def spectral_radius(W):
    return float(np.max(np.abs(np.linalg.eigvals(W))))


def regime(W, tol=1e-6):
    rho = spectral_radius(W)
    if np.isclose(rho, 1, atol=tol):
        return "marginal"
    return "vanishing" if rho < 1 else "exploding"


def power_norms(W, steps):
    return np.array([np.linalg.norm(np.linalg.matrix_power(W, k), 2) for k in range(steps + 1)])
