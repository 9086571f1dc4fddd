r"""In your windows the slopes are taken at the state that a step reads, $h_{t-1}$. But the $\tanh$ of a step makes the *new* state, so its slope is $1 - h_t^2$.

Take the worked example with one window for all, and no other loss than $h_2$: $h_1 = 0.848$ and $h_2 = 0.400$. The slope of step 2 is $1 - 0.400^2 = 0.840$; yours is the slope at $h_1$, $0.280$, and so step 2 gives
$0.238$ to $W_{hh}$ where $0.712$ is right.

Which state did the $\tanh$ of this step hand out?
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
        delta = (1 - h[t] ** 2) * (grad_h[t] + carried)
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
