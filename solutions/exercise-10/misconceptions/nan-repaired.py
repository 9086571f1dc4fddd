r"""NaN and infinity are replaced by numbers here, and the step goes on. The contract asks you to *report* them.

A gradient with NaN in it says that the forward or the backward pass has failed. With the NaN set to 0, the step is taken all the same, in a direction that means
nothing, and the failure is found a day later, somewhere else. No number is the right one to put there.
"""

import math

import torch


def clip_by_global_norm(grads, max_norm):
    if not max_norm > 0:
        raise ValueError("max_norm must be positive.")
    grads = [torch.nan_to_num(g, nan=0.0, posinf=0.0, neginf=0.0) for g in grads]
    norm = math.sqrt(sum(g.double().square().sum().item() for g in grads))
    if not math.isfinite(norm):
        raise ValueError("The gradient holds NaN or infinity.")
    if norm <= max_norm:
        return list(grads), norm
    return [g * (max_norm / norm) for g in grads], norm
