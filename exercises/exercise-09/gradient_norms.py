"""Exercise 09: how much of the loss reaches each state of a recurrent network."""

import torch


def gradient_norms(
    W_hh: torch.Tensor,
    W_xh: torch.Tensor,
    b: torch.Tensor,
    x: torch.Tensor,
    h0: torch.Tensor,
) -> torch.Tensor:
    """Return the profile of gradient norms of one run of a tanh RNN.

    The network is h_t = tanh(W_hh @ h_{t-1} + W_xh @ x_t + b) for t = 1 ... T, the loss is L = h_T.sum().

    Args:
        W_hh: (d, d)
        W_xh: (d, n)
        b: (d,)
        x: (T, n), one row per step, T >= 1
        h0: (d,), the state before the first step

    All five have the same dtype, float32 or float64, and none of them requires a gradient yet.

    Returns:
        (T,) of that dtype: entry t is the Euclidean length of the gradient of L with respect to h_{t+1}.
        Entry 0 belongs to h_1, the state farthest from the loss; the last entry is sqrt(d).

    The values of the arguments stay as they were.
    """
    raise NotImplementedError("Write gradient_norms: replace this line.")
