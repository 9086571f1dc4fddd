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

    scale = min(1.0, max_norm / norm)
    return [scale * g for g in grads], norm
