r"""Your norm is the sum of the squares. For $(3, 4)$ that is 25, but the vector is 5 long. With a threshold of 10 a
gradient that was short enough becomes shorter, and with a threshold of 1 its length becomes 0.2 instead of 1. A sum
of squares is the square of a length. Before you compare it with a length, or divide by it, make it a length again.
"""

import math

import torch


def clip_by_global_norm(grads: list[torch.Tensor], max_norm: float) -> tuple[list[torch.Tensor], float]:
    """Shorten the gradient to length `max_norm` if it is longer, by one factor for all tensors."""
    if not max_norm > 0:
        raise ValueError("max_norm must be positive.")

    norm = sum(g.double().square().sum().item() for g in grads)

    # NaN and infinity survive any factor: say so, instead of handing them to the optimizer.
    if not math.isfinite(norm):
        raise ValueError("The gradient holds NaN or infinity.")

    # Clipping is a ceiling, not a target (and this way a gradient of zeros never meets a division).
    if norm <= max_norm:
        return list(grads), norm
    return [g * (max_norm / norm) for g in grads], norm
