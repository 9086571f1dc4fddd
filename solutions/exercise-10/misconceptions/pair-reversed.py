r"""The two parts of your answer have changed places: the norm comes first, the tensors second.

A caller writes `clipped, norm = clip_by_global_norm(...)` and finds a number in `clipped`. torch's own function returns the norm alone, which is perhaps why it
comes first here; this contract names the tensors first.
"""

import math

import torch


def clip_by_global_norm(grads, max_norm):
    if not max_norm > 0:
        raise ValueError("max_norm must be positive.")
    norm = math.sqrt(sum(g.double().square().sum().item() for g in grads))
    if not math.isfinite(norm):
        raise ValueError("The gradient holds NaN or infinity.")
    if norm <= max_norm:
        return norm, list(grads)
    return norm, [g * (max_norm / norm) for g in grads]
