r"""Your norm is the mean of the lengths of the tensors. For the tensors $(3)$ and $(4)$ that gives 3.5, but as one
vector, $(3, 4)$, they are 5 long: longer than either of them. With a threshold of 4 the mean lets this gradient pass,
which is too long. The very same numbers, stored in one tensor, would have given you 5: how a gradient is cut into
tensors must not change its length. Pieces of a vector stand at right angles to each other, so think of Pythagoras:
what adds up?
"""

import math

import torch


def clip_by_global_norm(grads: list[torch.Tensor], max_norm: float) -> tuple[list[torch.Tensor], float]:
    """Shorten the gradient to length `max_norm` if it is longer, by one factor for all tensors."""
    if not max_norm > 0:
        raise ValueError("max_norm must be positive.")

    norm = sum(g.double().norm().item() for g in grads) / len(grads)

    # NaN and infinity survive any factor: say so, instead of handing them to the optimizer.
    if not math.isfinite(norm):
        raise ValueError("The gradient holds NaN or infinity.")

    # Clipping is a ceiling, not a target (and this way a gradient of zeros never meets a division).
    if norm <= max_norm:
        return list(grads), norm
    return [g * (max_norm / norm) for g in grads], norm
