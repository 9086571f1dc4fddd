r"""Your norm says how long the gradient is once it has been clipped. For $(3, 4)$ and a threshold of 1 that is 1,
and it is 1 as well for a gradient of length 5 million: whoever plots this number sees a flat line at the threshold,
and never the explosion. The norm is handed back so that somebody can watch it. What is worth watching is how long
the gradient was when it came in.
"""

import math

import torch


def clip_by_global_norm(grads: list[torch.Tensor], max_norm: float) -> tuple[list[torch.Tensor], float]:
    """Shorten the gradient to length `max_norm` if it is longer, by one factor for all tensors."""
    if not max_norm > 0:
        raise ValueError("max_norm must be positive.")

    # Squares add up over the pieces of a vector; lengths don't. So sum first, and take one root at the end.
    norm = math.sqrt(sum(g.double().square().sum().item() for g in grads))

    # NaN and infinity survive any factor: say so, instead of handing them to the optimizer.
    if not math.isfinite(norm):
        raise ValueError("The gradient holds NaN or infinity.")

    # Clipping is a ceiling, not a target (and this way a gradient of zeros never meets a division).
    if norm <= max_norm:
        return list(grads), norm
    return [g * (max_norm / norm) for g in grads], max_norm
