r"""Your norm is that of the first tensor alone. For $(3, 4)$ followed by $(12)$ you get 5, and with a threshold of 6 nothing is clipped, although the gradient is 13 long. In the other
order you get 12. The answer must not depend on the order of the tensors: the gradient of a model is one vector, and every tensor holds a piece of it.
"""

import math

import torch


def clip_by_global_norm(grads: list[torch.Tensor], max_norm: float) -> tuple[list[torch.Tensor], float]:
    """Shorten the gradient to length `max_norm` if it is longer, by one factor for all tensors."""
    if not max_norm > 0:
        raise ValueError("max_norm must be positive.")

    norm = math.sqrt(grads[0].double().square().sum().item())

    # NaN and infinity survive any factor: say so, instead of handing them to the optimizer.
    if not math.isfinite(norm):
        raise ValueError("The gradient holds NaN or infinity.")

    # Clipping is a ceiling, not a target (and this way a gradient of zeros never meets a division).
    if norm <= max_norm:
        return list(grads), norm
    return [g * (max_norm / norm) for g in grads], norm
