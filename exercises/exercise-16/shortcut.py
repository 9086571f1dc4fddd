"""Exercise 16: the shortcut that attention gives the gradient."""

import numpy as np
import torch


def attention_gradient_norms(
    x: torch.Tensor, W_q: torch.Tensor, W_k: torch.Tensor, W_v: torch.Tensor
) -> torch.Tensor:
    """Return the norm of the gradient of L = out.sum() at every input step.

    out is single-head scaled dot-product attention over all T steps, with one query, made from the last step.

    Args:
        x: (T, n), one row per step, T >= 1
        W_q, W_k, W_v: (d, n): query, key and value of a step are W_q @ x_t, W_k @ x_t and W_v @ x_t

    All four have the same dtype, float32 or float64, and none of them requires a gradient yet.

    Returns:
        (T,) of that dtype: entry t is the Euclidean length of dL/dx[t], along every way from x[t] to L.

    The values of the arguments stay as they were.
    """
    raise NotImplementedError("Write attention_gradient_norms: replace this line.")


def path_lengths(T: int, architecture: str) -> np.ndarray | torch.Tensor:
    """Return for every step t = 0 ... T - 1 how many steps the signal takes from it to the last output.

    Args:
        T: the number of steps, T >= 1
        architecture: "recurrent" or "attention"

    Returns:
        (T,), a numpy array or a tensor, of whole numbers (an integer or a floating dtype, as you like)
    """
    raise NotImplementedError("Write path_lengths: replace this line.")
