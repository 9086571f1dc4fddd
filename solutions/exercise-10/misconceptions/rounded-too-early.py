r"""Your norm is rounded to a few decimals. One logs it to see gradients vanish, and it is the small norms that rounding hurts.

A norm of $0.004$ rounds to 0 at two decimals, as if nothing arrived at all. And a factor that is made with a rounded norm brings most gradients only near the limit.

Round when you print, and not before.
"""

import math

import torch


def clip_by_global_norm(grads, max_norm):
    if not max_norm > 0:
        raise ValueError("max_norm must be positive.")
    norm = round(math.sqrt(sum(g.double().square().sum().item() for g in grads)), 2)
    if not math.isfinite(norm):
        raise ValueError("The gradient holds NaN or infinity.")
    if norm <= max_norm:
        return list(grads), norm
    return [g * (max_norm / norm) for g in grads], norm
