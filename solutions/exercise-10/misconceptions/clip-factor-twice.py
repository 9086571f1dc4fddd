r"""The division by the norm happens twice, perhaps in the factor $\mathrm{max\_norm} / \mathrm{norm}$ and once more when
it is applied (to a gradient that is already a unit vector, or already clipped), or since the factor holds the norm's square. For $(3, 4)$ and a
threshold of 1 yours has the length 0.2, not 1. Test a result by its length after every line: 5 long at the start,
and after one division by the norm 1 long. What is left to do from there?
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
    return [g / norm * (max_norm / norm) for g in grads], norm
