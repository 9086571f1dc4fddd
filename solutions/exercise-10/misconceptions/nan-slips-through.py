r"""Infinity is refused here, and NaN walks past, perhaps because the norm is tested by a comparison alone. NaN isn't too large: neither `>` nor `<` nor `==` ever holds for it.

Try `float("nan") > 1e30`: it is `False`, and so is `float("nan") < 1e30`. Infinity is caught; NaN goes on to the optimizer as if nothing were wrong.

Turn the test round: ask whether the norm *is* a finite number, and refuse everything else.
"""

import math

import torch


def clip_by_global_norm(grads, max_norm):
    if not max_norm > 0:
        raise ValueError("max_norm must be positive.")
    norm = math.sqrt(sum(g.double().square().sum().item() for g in grads))
    if norm > 1e30:
        raise ValueError("The gradient holds NaN or infinity.")
    scale = max_norm / norm if norm > max_norm else 1.0
    return [g * scale for g in grads], norm
