r"""Here every number above $\mathrm{max\_norm}$ is cut down to it, and the negative ones stay as they are. With a threshold of 3, the gradient $(-30, 4)$ becomes
$(-30, 3)$: ten times the threshold still. Clipping by value is another method, and one that bends the step. Clipping by norm looks at one number, the length of the whole
gradient, and shortens all entries by the same factor.
"""

import math

import torch


def clip_by_global_norm(grads, max_norm):
    if not max_norm > 0:
        raise ValueError("max_norm must be positive.")
    norm = math.sqrt(sum(g.double().square().sum().item() for g in grads))
    if not math.isfinite(norm):
        raise ValueError("The gradient holds NaN or infinity.")
    return [g.clamp(max=max_norm) for g in grads], norm
