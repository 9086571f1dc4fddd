"""Exercise 10: clip a gradient, stored in several tensors, by its global norm."""

import torch


def clip_by_global_norm(grads: list[torch.Tensor], max_norm: float) -> tuple[list[torch.Tensor], float]:
    """Shorten the gradient to length `max_norm` if it is longer, by one factor for all tensors.

    grads: at least one tensor, of any shapes with one axis or more, all float32 or all float64. Not changed.
    max_norm: the longest that the gradient may be, as one vector.
    Returns the tensors (same order, shapes and dtype) and the global norm before clipping, a Python float.
    Raises ValueError unless max_norm > 0, and when the norm is not finite.
    """
    raise NotImplementedError("Write clip_by_global_norm: replace this line.")
