r"""A threshold above 1 is refused here. Clipping to 1 is common, but it isn't a law: any positive threshold has an answer.

Take the worked example, with $\mathrm{max\_norm} = 3.25$. The norm is 13, the factor a quarter, and nothing is wrong with that. Yours raises a `ValueError`.

An unusual argument isn't a bad one. What exactly does the contract refuse?
"""

import math

import torch


def clip_by_global_norm(grads, max_norm):
    if not 0 < max_norm <= 1:
        raise ValueError("max_norm must be positive.")
    norm = math.sqrt(sum(g.double().square().sum().item() for g in grads))
    if not math.isfinite(norm):
        raise ValueError("The gradient holds NaN or infinity.")
    if norm <= max_norm:
        return list(grads), norm
    return [g * (max_norm / norm) for g in grads], norm
