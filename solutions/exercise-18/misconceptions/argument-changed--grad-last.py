r"""The caller's `grad_last` changes here, as where `arriving = grad_last` is followed by `arriving *= ...`: the `=` gives the same array a second name, and `*=` writes into it.

Take one unit whose last state is $0.8$, and `grad_last` $= (1)$. After a `*=` with the slope $1 - 0.8^2 = 0.36$ the caller's `grad_last` reads $0.36$, and with it a second call returns shares that are
$0.36$ times as large as those of the first.

`a = a * b` makes a new array; `a *= b` changes the one that is there, for everyone who holds it.
"""

import numpy as np


def truncated_gradient(
    x: np.ndarray, h: np.ndarray, W_hh: np.ndarray, grad_h: np.ndarray, window: int
) -> dict[str, np.ndarray]:
    """Return the gradients of W_hh, W_xh and b, where no gradient crosses the edge of a window."""
    if window < 1:
        raise ValueError(f"a window has at least one step, not {window}")
    gradient = {"W_hh": np.zeros_like(W_hh), "W_xh": np.zeros((len(W_hh), x.shape[1])), "b": np.zeros(len(W_hh))}
    carried = np.zeros(len(W_hh))
    for t in reversed(range(len(x))):
        if (t + 1) % window == 0:  # the last step of its window: what later steps send back stops here
            carried = np.zeros(len(W_hh))
        delta = (1 - h[t + 1] ** 2) * (grad_h[t] + carried)
        gradient["W_hh"] += np.outer(delta, h[t])
        gradient["W_xh"] += np.outer(delta, x[t])
        gradient["b"] += delta
        carried = W_hh.T @ delta
    return gradient


def gradient_shares(h: np.ndarray, W_hh: np.ndarray, grad_last: np.ndarray) -> np.ndarray:
    """Return what each step gives to the gradient of W_hh, the nearest to the loss first: (T, d, d)."""
    shares, arriving = [], grad_last
    for t in reversed(range(len(h) - 1)):
        arriving *= 1 - h[t + 1] ** 2
        shares.append(np.outer(arriving, h[t]))
        arriving = W_hh.T @ arriving
    return np.array(shares)


def truncation_error(shares: np.ndarray, window: int) -> float:
    """Return the length of what a window drops, compared with the whole gradient."""
    if window < 1:
        raise ValueError(f"a window has at least one step, not {window}")
    # One sum first, then its length: shares may cancel each other.
    return float(np.linalg.norm(shares[window:].sum(axis=0)) / np.linalg.norm(shares.sum(axis=0)))
