r"""Only one window teaches here: the last steps of the sequence, as many as the window is long. The steps before it give nothing to the weights.

Take 4 steps, windows of 2, and a loss at every step. The first window holds the steps 1 and 2, and the loss on $h_1$ and $h_2$ teaches within it. Yours leaves both out.

Truncation drops what would cross an edge, not what lies behind it: each window has its own walk backward. Where only the last state has a loss, and $T$ is a multiple of the window, the two agree.
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
    for t in reversed(range(max(0, len(x) - window), len(x))):
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
        delta = (1 - h[t + 1] ** 2) * arriving
        shares.append(np.outer(delta, h[t]))
        arriving = W_hh.T @ delta
    return np.array(shares)


def truncation_error(shares: np.ndarray, window: int) -> float:
    """Return the length of what a window drops, compared with the whole gradient."""
    if window < 1:
        raise ValueError(f"a window has at least one step, not {window}")
    # One sum first, then its length: shares may cancel each other.
    return float(np.linalg.norm(shares[window:].sum(axis=0)) / np.linalg.norm(shares.sum(axis=0)))
