"""A recurrent network forward, and the gradients of a loss backward through time."""

import numpy as np


def rnn_forward(x: np.ndarray, h0: np.ndarray, W_hh: np.ndarray, W_xh: np.ndarray, b: np.ndarray) -> np.ndarray:
    """Run h_t = tanh(W_hh h_{t-1} + W_xh x_t + b) for t = 1 ... T and return all states: (T + 1, d), row 0 is h0."""
    h = [h0]
    for x_t in x:
        h.append(np.tanh(W_hh @ h[-1] + W_xh @ x_t + b))
    return np.stack(h)


def rnn_backward(
    x: np.ndarray, h: np.ndarray, W_hh: np.ndarray, W_xh: np.ndarray, grad_h: np.ndarray
) -> dict[str, np.ndarray]:
    """Return the gradients of a loss L with respect to the weights and the initial state."""
    gradient = {"W_hh": np.zeros_like(W_hh), "W_xh": np.zeros_like(W_xh), "b": np.zeros(len(W_hh))}
    carried = np.zeros(len(W_hh))  # what later steps send back: nothing arrives at the last state
    for t in reversed(range(len(x))):
        # Row t of x and grad_h belongs to the step that reads h[t] and yields h[t + 1].
        delta = (1 - h[t + 1] ** 2) * (grad_h[t] + carried)
        gradient["W_hh"] += np.outer(delta, h[t])
        gradient["W_xh"] += np.outer(delta, x[t])
        gradient["b"] += delta
        carried = W_hh.T @ delta
    return {**gradient, "h0": carried}
