r"""Here every number is cut off at $\pm\mathrm{max\_norm}$. With a threshold of 3, the gradient $(3, 4)$ becomes
$(3, 3)$: its length is 4.24, still above 3, and it points at 45° where it pointed at 53°. Entries that are small
never notice the threshold, however many they are: 10000 entries of 0.1 make a gradient of length 10. Clipping by
value is another method, and it bends the step. Clipping by norm looks at one number, the length of the whole
gradient, and treats all entries alike.
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

    return [g.clamp(-max_norm, max_norm) for g in grads], norm
