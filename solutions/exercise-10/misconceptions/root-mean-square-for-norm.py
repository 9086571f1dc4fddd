r"""Your norm is the root of the *mean* of the squares. The length of a vector is the root of their *sum*.

Take $(3, 4)$: the sum of squares is 25 and the length 5. Half of 25 is $12.5$, and its root about $3.5$. The more entries a model has, the further the two lie
apart: with a million entries the root mean square is a thousandth of the length, and a threshold of 1 lets gradients of length 1000 through.
"""

import math

import torch


def clip_by_global_norm(grads, max_norm):
    if not max_norm > 0:
        raise ValueError("max_norm must be positive.")
    norm = math.sqrt(sum(g.double().square().sum().item() for g in grads) / sum(g.numel() for g in grads))
    if not math.isfinite(norm):
        raise ValueError("The gradient holds NaN or infinity.")
    if norm <= max_norm:
        return list(grads), norm
    return [g * (max_norm / norm) for g in grads], norm
