"""Exercise 17: train from an orthogonal start, and watch the spectral radius and the shares of the gradient."""

import torch


def train(
    parameters: dict[str, torch.Tensor], x: torch.Tensor, y: torch.Tensor, rate: float, updates: int
) -> tuple[dict[str, torch.Tensor], torch.Tensor]:
    """Return the parameters after plain gradient descent, and the spectral radius of W_hh before and after each update.

    Arguments (left unchanged; of one dtype):
        parameters: "W_hh" (d, d), "W_xh" (d, n) and "w_out" (d,)
        x: inputs, shape (B, T, n)
        y: one number for each sequence, shape (B,)
        rate: the learning rate
        updates: how many updates, from 0 up

    Returns:
        the trained parameters, under the same names, and the radii, shape (updates + 1,)
    """
    raise NotImplementedError("Write train: replace this line.")


def near_and_far(
    parameters: dict[str, torch.Tensor], x: torch.Tensor, y: torch.Tensor, near: int
) -> tuple[float, float]:
    """Return the lengths of the near part (the last `near` steps) and the far part of the gradient of W_hh."""
    raise NotImplementedError("Write near_and_far: replace this line.")
