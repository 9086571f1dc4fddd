r"""Gradients that aren't finite get through here, perhaps because clipping is expected to tame them too. Follow
$(1, \mathrm{NaN})$ and a threshold of 1 through your program: the norm is NaN, which isn't above any threshold, so the gradient comes
back as it is. With $(1, \infty)$ the norm is infinite and the factor $1 / \infty = 0$: you return $(0, \mathrm{NaN})$, since $0 \cdot \infty$
is NaN. The optimizer then writes NaN into the weights, and each later step is lost. No factor turns NaN into a number. Such a gradient
has to be refused, so that somebody hears of it.
"""

import math

import torch


def clip_by_global_norm(grads: list[torch.Tensor], max_norm: float) -> tuple[list[torch.Tensor], float]:
    """Shorten the gradient to length `max_norm` if it is longer, by one factor for all tensors."""
    if not max_norm > 0:
        raise ValueError("max_norm must be positive.")

    # Squares add up over the pieces of a vector; lengths don't. So sum first, and take one root at the end.
    norm = math.sqrt(sum(g.double().square().sum().item() for g in grads))

    if norm > max_norm:
        return [g * (max_norm / norm) for g in grads], norm
    return list(grads), norm
