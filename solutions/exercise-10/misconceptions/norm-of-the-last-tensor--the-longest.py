r"""Your norm is that of the longest tensor alone. For $(12)$ and $(3, 4)$ you get 12, and with a threshold of 12.5 nothing is clipped, although the gradient is 13 long. And with
many tensors the gap can be wide: a hundred of length 1 make a gradient of length 10, and you get 1. The gradient of a model is one vector, and every tensor adds to its length.
"""

import math

import torch


def clip_by_global_norm(grads: list[torch.Tensor], max_norm: float) -> tuple[list[torch.Tensor], float]:
    """Shorten the gradient to length `max_norm` if it is longer, by one factor for all tensors."""
    if not max_norm > 0:
        raise ValueError("max_norm must be positive.")

    norm = max(math.sqrt(g.double().square().sum().item()) for g in grads)

    # NaN and infinity survive any factor: say so, instead of handing them to the optimizer.
    if not math.isfinite(norm):
        raise ValueError("The gradient holds NaN or infinity.")

    # Clipping is a ceiling, not a target (and this way a gradient of zeros never meets a division).
    if norm <= max_norm:
        return list(grads), norm
    return [g * (max_norm / norm) for g in grads], norm
