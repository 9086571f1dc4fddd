r"""The caller's own tensors change here (`mul_`, `*=` or `g[:] = …` do that), or the caller's
list (`grads[i] = …` or `grads.pop()`). If your result is written there, someone who passes $(3, 4)$ with a threshold of 1
holds $(0.6, 0.8)$ from then on; asked again with a threshold of 2, such a function reports a norm of 1, and the true 5 is lost.
`torch.nn.utils.clip_grad_norm_` does work in place, and its last letter, the underscore, is the warning. Here the
contract says that the arguments stay as they were: make new tensors, in a new list.
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
    for g in grads:
        g.mul_(max_norm / norm)
    return grads, norm
