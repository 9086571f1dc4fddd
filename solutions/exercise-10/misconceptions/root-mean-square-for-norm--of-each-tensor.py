r"""Your norm adds up the *mean* of the squares of each tensor. The length of a vector is the root of the *sum* of all squares, however they are stored.

Take the one tensor $(3, 4)$: the sum of squares is 25 and the length 5. The mean of the squares is $12.5$, and its root about $3.5$. Stored as two tensors of one entry each, the same numbers
would have given you 5: how a gradient is cut up must not change its length.
"""

import math

import torch


def clip_by_global_norm(grads, max_norm):
    if not max_norm > 0:
        raise ValueError("max_norm must be positive.")
    norm = math.sqrt(sum(g.double().square().mean().item() for g in grads))
    if not math.isfinite(norm):
        raise ValueError("The gradient holds NaN or infinity.")
    if norm <= max_norm:
        return list(grads), norm
    return [g * (max_norm / norm) for g in grads], norm
