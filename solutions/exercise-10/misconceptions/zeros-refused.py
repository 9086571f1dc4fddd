r"""A gradient of zeros is refused here, as if it were as bad as NaN. It is a perfectly good gradient, of length 0.

Zeros do come: a batch that is masked out, units that are all dead, a squared error of exactly 0. Its norm is a finite number and below every threshold, so
the tensors go back as they came.

Perhaps 0 looked dangerous because the norm is a divisor: is that division needed here?
"""

import math

import torch


def clip_by_global_norm(grads, max_norm):
    if not max_norm > 0:
        raise ValueError("max_norm must be positive.")
    norm = math.sqrt(sum(g.double().square().sum().item() for g in grads))
    if norm == 0 or not math.isfinite(norm):
        raise ValueError("The gradient holds NaN or infinity.")
    if norm <= max_norm:
        return list(grads), norm
    return [g * (max_norm / norm) for g in grads], norm
