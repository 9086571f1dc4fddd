r"""Your tensors are float32 where float64 ones came in (`.float()`, or a new tensor built from Python numbers,
does that). float32 keeps about 7 digits: 0.1 becomes 0.10000000149. Mixed with float64 weights, such a gradient
raises an error at best, and loses digits in silence at worst. Multiplying a tensor by a Python number keeps the
tensor's dtype; nothing needs converting.
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
        return [g.float() for g in grads], norm
    return [g.float() * (max_norm / norm) for g in grads], norm
