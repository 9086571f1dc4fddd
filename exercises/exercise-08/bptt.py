"""A recurrent network forward, and the gradients of a loss backward through time."""

import numpy as np


def rnn_forward(x: np.ndarray, h0: np.ndarray, W_hh: np.ndarray, W_xh: np.ndarray, b: np.ndarray) -> np.ndarray:
    """Run h_t = tanh(W_hh h_{t-1} + W_xh x_t + b) for t = 1 ... T and return all states: (T + 1, d), row 0 is h0.

    x: (T, n) with T >= 1, row t is the input of step t + 1; h0: (d,); W_hh: (d, d); W_xh: (d, n); b: (d,); float64.
    """
    raise NotImplementedError("Write rnn_forward: replace this line.")


def rnn_backward(
    x: np.ndarray, h: np.ndarray, W_hh: np.ndarray, W_xh: np.ndarray, grad_h: np.ndarray
) -> dict[str, np.ndarray]:
    """Return the gradients of a loss L with respect to the weights and the initial state.

    x: (T, n); W_hh: (d, d); W_xh: (d, n).
    h: (T + 1, d), what rnn_forward returned for these.
    grad_h: (T, d), row t is the direct gradient of L with respect to the state in row t + 1 of h.

    Returns a dict with exactly four float64 arrays: "W_hh" (d, d), "W_xh" (d, n), "b" (d,), "h0" (d,).
    """
    raise NotImplementedError("Write rnn_backward: replace this line.")
