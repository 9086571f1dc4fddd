r"""Here something is divided by the norm even where that is zero. For $(0, 0)$ that is $0 / 0$ (or ends as
$\infty \cdot 0$): NaN in a tensor, an exception between Python numbers. Such gradients do come: dead ReLU units, a batch that is masked out, a gradient that
vanished below what float32 can hold. A gradient of zeros is shorter than any threshold. Find out first whether there
is anything to clip.
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

    length = min(norm, max_norm)
    return [g / norm * length for g in grads], norm
